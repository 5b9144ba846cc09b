// A tap on a theme is saved without a new page: only its passage changes. Without it, forms do.

const REFUSED = 422; // answers with a page that says what was wrong

// One place for the whole visit, so that a screen reader hears what is written in it.
const speaker = document.createElement("p");
speaker.className = "govuk-visually-hidden";
speaker.setAttribute("role", "status");
document.body.append(speaker);

let busy = false;

// Where the finger or the focus was: the same button, or the next one to press, or the passage.
function goOn(form, value) {
  const same = form.querySelector(`[name=said][value="${CSS.escape(value)}"]`);
  const next = form.querySelector(".pl-chip, [name=said]");
  (same?.checkVisibility?.() ? same : (next ?? form)).focus({ preventScroll: true });
}

function takePlace(form, page, value) {
  const now = page.getElementById(form.id);
  if (!now) {
    // The passage is gone, or the page is another by now.
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    document.querySelector("[data-error-summary]")?.focus();
    return;
  }
  form.replaceWith(now);
  const progress = page.querySelector("[data-progress]")?.textContent ?? "";
  document.querySelector("[data-progress]")?.replaceChildren(progress);
  goOn(now, value);
  const said = page.querySelector(".govuk-notification-banner__content")?.textContent.trim();
  speaker.textContent = said || progress.trim();
  if (said) now.querySelector("[data-fault]").textContent = said;
}

async function send(form, button) {
  const body = new FormData(form, button);
  const response = await fetch(location.pathname, { method: "POST", body });
  if (response.redirected && new URL(response.url).pathname !== location.pathname) {
    location.assign(response.url);
    return;
  }
  if (!response.ok && response.status !== REFUSED) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.ok) takePlace(form, page, button.value);
  else {
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    document.querySelector("[data-error-summary]")?.focus();
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-fresh]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    await send(form, event.submitter);
  } catch {
    form.querySelector("[data-fault]").textContent =
      "That was not saved. Look at your connection, then press again.";
  } finally {
    busy = false;
  }
});
