// What every page gains from a script. Without it everything here still works.

import { keepSaving } from "./autosave.js";
import { keepLooking } from "./looking.js";

function goToErrors() {
  document.querySelector("[data-error-summary]")?.focus();
}

// An error's link to a fieldset or a row of boxes goes on to the first of its controls.
function followErrorLinks() {
  document.querySelector("[data-error-summary]")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    const control = place.matches("input, select, textarea")
      ? place
      : (place.querySelector("input:checked") ??
        place.querySelector("input:not([type=hidden]), select, textarea"));
    if (!control) return;
    event.preventDefault();
    (place.closest("fieldset, .govuk-form-group") ?? place).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

// A box as high as its text, in browsers whose styles can't do it.
function growWithText() {
  if (CSS.supports("field-sizing", "content")) return;
  for (const box of document.querySelectorAll("textarea")) {
    const edges = box.offsetHeight - box.clientHeight;
    const fit = () => {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + edges}px`;
    };
    box.addEventListener("input", fit);
    if (box.value) fit();
  }
}

// Where a name is settled the page comes back; the question that is next stands where the settled one
// stood on the screen. Without a script it stands at its top.
const STOOD = "pl-stood";

function stayWhereYouAre() {
  document.addEventListener("submit", ({ target, submitter }) => {
    const part = target.matches("[data-settles]") && submitter?.closest(".pl-name");
    if (part) sessionStorage.setItem(STOOD, part.getBoundingClientRect().top);
  });
  const stood = sessionStorage.getItem(STOOD);
  sessionStorage.removeItem(STOOD);
  const place = stood && document.getElementById(location.hash.slice(1));
  if (!place) return;
  const stay = () => window.scrollBy(0, place.getBoundingClientRect().top - Number(stood));
  stay();
  window.addEventListener("load", () => requestAnimationFrame(stay));
}

// A page that Back brings out of the browser's store is asked for again where what it offers is done
// once: the answer says what became of it.
function askAgainOnBack() {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("form[data-once]")) location.reload();
  });
}

// On a phone, Menu is a link to the navigation at the foot; here it opens the one at the head.
function openMenu() {
  const link = document.querySelector("[data-menu]");
  const navigation = link && document.getElementById(link.dataset.menu);
  if (!navigation) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = `pl-link-button ${link.className}`;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", navigation.id);
  button.append(...link.childNodes);
  button.addEventListener("click", () => {
    const open = navigation.classList.toggle("pl-navigation--open");
    button.setAttribute("aria-expanded", String(open));
  });
  link.replaceWith(button);
}

// Browsers print a closed part as closed, and the figures belong on paper. Parts that say
// `data-folded` are printed as they stand.
function printEverything() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open], [data-folded])")];
    opened.forEach((part) => (part.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((part) => (part.open = false)));
}

// Forms whose words are kept as they are typed: those that say so, and those whose own page the
// server keeps the words of, which it says by naming the window.
function findForms() {
  return [...document.forms].filter((form) => {
    if (form.matches("[data-autosave]")) return true;
    const own = new URL(form.getAttribute("action") || location.href, location.href);
    return (
      form.elements.namedItem("window") &&
      own.pathname === location.pathname &&
      form.enctype !== "multipart/form-data" &&
      form.querySelector("textarea, input[type=text]")
    );
  });
}

// On a device that was set up for writing without a signal, what waits is told and sent on every page.
async function sendWhatWaits() {
  if (document.querySelector("[data-waits]")) (await import("./offline/telling.js")).begin();
}

async function offerTally() {
  const place = document.querySelector("form[data-note] [data-tally]");
  if (place) (await import("./tally.js")).offerTally(place, place.closest("form").dataset.note);
}

goToErrors();
followErrorLinks();
stayWhereYouAre();
growWithText();
askAgainOnBack();
openMenu();
printEverything();
findForms().forEach(keepSaving);
document.querySelectorAll("[data-look]").forEach(keepLooking);
sendWhatWaits();
offerTally();
