// Saves a form as it is written. The words stay on the page whatever the server answers. What could
// not reach it is sent again until it is there; what was refused, once something else is typed.
//
// A form that saves itself says `data-autosave`. Of any other form the server keeps the words for
// their writer until the button is pressed.

const AFTER_LAST_KEY = 2000;
const BEFORE_SAYING_SAVING = 1000;
const BETWEEN_TRIES = 10000;
const LONGEST_WAIT = 15000;
const MOST_OUTLIVING = 60000; // characters

const NO_SIGNAL =
  "No signal. Keep writing: it is kept on this page and saved when there is signal";
const NOT_SENT = "Nobody sees it before you press the button";
const IN_ERROR =
  "Not saved yet. Keep writing: it is kept on this page, and saving is tried again by itself";
const TOO_LONG = "Not saved: it is too long to be sent in one piece. It is on this page alone";

export function keepSaving(form) {
  const status = new Status(form);
  let dirty = false; // something typed that the server has not taken
  // Why the last save failed, if it did: "unreachable" is tried again by itself, "signed-out" once
  // the person is back from signing in, "refused" once something else is typed.
  let failing = "";
  let safe = true; // whether the server has the words, saved or kept
  let running = null; // the save under way, if any: there is never a second beside it
  let timer = null;
  let changes = 0; // how often something was typed or chosen
  let sent = 0; // and at which of these the form was last sent
  let lettingGo = false; // a form is on its way, now that saving was tried

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  function save() {
    clearTimeout(timer);
    if (!running && dirty) {
      running = send().finally(() => {
        running = null;
        if (failing === "unreachable") wait(BETWEEN_TRIES);
        else if (changes !== sent) wait(AFTER_LAST_KEY);
      });
    }
    return running ?? Promise.resolve();
  }

  async function send() {
    dirty = false;
    sent = changes;
    const slow = setTimeout(() => status.show("saving", "Saving…"), BEFORE_SAYING_SAVING);
    try {
      const answer = await post(form);
      failing = take(answer);
      safe = sent === changes && (!failing || Boolean(answer.said.is_kept));
    } catch {
      status.show("offline", NO_SIGNAL);
      failing = "unreachable";
    } finally {
      clearTimeout(slow);
    }
    dirty ||= Boolean(failing);
  }

  // Shows what the server says of the save; returns why it failed, if it did.
  function take({ code, said }) {
    if (code === 401) return signedOut(said);
    if (code === 409 && said.conflict_url) {
      status.show("conflict", `This was also changed at ${said.changed_at}. Both are kept. `, {
        url: said.conflict_url,
        words: "Choose what to keep",
      });
      return "";
    }
    if (said.saved_at) {
      const base = form.elements.namedItem("base_revision");
      if (base && said.revision !== undefined) base.value = said.revision;
      readAs(form, said.read_as);
      if (said.except) status.show("partly", `Saved ${said.saved_at}, except ${said.except}`);
      else status.show("saved", `Saved ${said.saved_at}`);
      return "";
    }
    if (said.kept_at) {
      status.show("saved", `Kept ${said.kept_at}, for you alone. ${said.until ?? NOT_SENT}`);
      return "";
    }
    if (code === 413 || code === 400) return refused(TOO_LONG);
    if (said.error) return refused(`Not saved. ${said.error} `, said);
    status.show("offline", IN_ERROR);
    return "unreachable";
  }

  function signedOut(said) {
    const where = said.is_kept
      ? "What you typed is kept for you. "
      : `What you typed is on this page alone. ${said.because ?? ""} `;
    status.show("signed-out", `You have been signed out. ${where}`, {
      url: said.sign_in_url,
      words: "Sign in again in another tab",
      after: ", then carry on here",
      elsewhere: true,
    });
    return "signed-out";
  }

  function refused(words, said = {}) {
    const place = said.is_kept && { url: said.kept_url, words: "What you typed is kept here" };
    status.show("refused", words, ...[place, ...(said.go_to ?? [])].filter(Boolean));
    return "refused";
  }

  // Saves until nothing is left, or until a save fails.
  async function settle() {
    do await save();
    while (!failing && (dirty || running));
  }

  // Saved first: with no signal the browser would show a page of its own instead of the words,
  // and another form of the page (one that settles a name, say) may change the same text.
  async function submitAfterSaving(other, submitter) {
    await settle();
    if (failing === "unreachable") return; // the page says so, and the words stay
    lettingGo = true;
    other.requestSubmit(submitter);
    lettingGo = false;
  }

  function changed() {
    dirty = true;
    safe = false;
    changes += 1;
  }

  form.addEventListener("input", () => {
    changed();
    wait(failing === "unreachable" ? BETWEEN_TRIES : AFTER_LAST_KEY);
  });
  form.addEventListener("change", () => {
    changed();
    save();
  });
  document.addEventListener("submit", (event) => {
    if (!lettingGo && (dirty || running)) {
      event.preventDefault();
      submitAfterSaving(event.target, event.submitter);
    } else if (event.target === form) {
      clearTimeout(timer);
      dirty = false;
      safe = true;
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!(dirty || running) || !leavesPage(event, link)) return;
    event.preventDefault();
    settle().then(() => location.assign(link.href));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  // The last moment: better two saves at once, and two versions to choose from, than words lost.
  window.addEventListener("pagehide", () => {
    if (running && dirty) request(form).catch(() => {});
    else save();
  });
  for (const moment of ["online", "focus"]) {
    window.addEventListener(moment, () => failing && failing !== "refused" && save());
  }
  window.addEventListener("beforeunload", (event) => {
    if (!safe && (failing || !navigator.onLine || !outlivesPage(form))) event.preventDefault();
  });
}

// One post, and a second with a new token if the first was out of date after signing in again.
async function post(form) {
  let answer = await answerTo(form);
  if (answer.said.is_token_old) {
    await renewToken(form);
    answer = await answerTo(form);
  }
  return answer;
}

async function answerTo(form) {
  const response = await request(form);
  const json = response.headers.get("Content-Type")?.includes("json");
  return { code: response.status, said: json ? await response.json() : {} };
}

function outlivesPage(form) {
  return bodyOf(form).length < MOST_OUTLIVING;
}

function bodyOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

// `keepalive` lets a save outlive its page, but browsers refuse it for long observations.
async function request(form) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.getAttribute("action") || location.href, {
    method: "POST",
    body,
    headers: { "X-Autosave": "1", Accept: "application/json" },
    credentials: "same-origin",
    keepalive: outlivesPage(form),
    signal: AbortSignal.timeout(LONGEST_WAIT),
  });
}

async function renewToken(form) {
  const page = await (await fetch(location.href, { credentials: "same-origin" })).text();
  const fresh = new DOMParser()
    .parseFromString(page, "text/html")
    .querySelector("input[name=csrfmiddlewaretoken]");
  if (fresh) setToken(form, fresh.value);
}

function setToken(form, token) {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (field) field.value = token;
}

// How the words in a box were read, such as 1 hour 30 minutes, beside it.
function readAs(form, lengths = {}) {
  for (const place of form.querySelectorAll("[data-read-as]")) {
    const box = form.elements.namedItem(place.dataset.readAs);
    const words = lengths[place.dataset.readAs] ?? "";
    place.textContent = words && words !== box?.value.trim() ? `Read as ${words}` : "";
  }
}

function leavesPage(event, link) {
  return (
    link &&
    event.button === 0 &&
    !(event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
    !link.target &&
    !link.download &&
    link.href.split("#")[0] !== location.href.split("#")[0]
  );
}

// What is shown, and the quieter matter of what is said aloud: a state once, not at each save.
class Status {
  constructor(form) {
    this.place =
      form.querySelector("[data-save-status]") ??
      document.querySelector("[data-save-status]") ??
      lineIn(form);
    this.said = "";
    this.voice = document.createElement("span");
    this.voice.className = "govuk-visually-hidden";
    this.voice.setAttribute("role", "status");
    form.append(this.voice);
  }

  show(state, words, ...links) {
    if (this.place) {
      this.place.dataset.state = state;
      const line = this.place.querySelector("[data-save-words]") ?? this.place;
      const parts = links.flatMap((link) => [anchor(link), link.after ?? " "]);
      // A line that would say the same stays: a link replaced under a finger is not followed.
      const next = line.cloneNode();
      next.append(words, ...parts);
      if (!line.isEqualNode(next)) line.replaceChildren(words, ...parts);
    }
    if (state === "saving" || state === this.said) return;
    this.said = state;
    this.voice.textContent = words + links.map((link) => link.words + (link.after ?? ". ")).join("");
  }
}

// A form that does not say where the state of its words stands has it over its buttons.
function lineIn(form) {
  const line = document.createElement("p");
  line.className = "pl-status";
  line.dataset.saveStatus = "";
  const button = form.querySelector("button:not([type=button])");
  const place = button?.closest(".pl-buttons") ?? button;
  if (place) place.before(line);
  else form.append(line);
  return line;
}

function anchor({ url, words, elsewhere }) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = url;
  link.textContent = words;
  if (elsewhere) link.target = "_blank";
  return link;
}
