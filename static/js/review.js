// Comforts for looking at suggested themes: keys, a quote's edges by words, and the next card
// without a whole page. Without it the page works by forms and links.

import { offerEdges } from "./edges.js";
import { listenForKeys, offerKeys, showHints } from "./keys.js";

const REFUSED = [409, 422]; // answers with a page that says what is to be put right

// One place for the whole visit, so that a screen reader hears what is written in it.
const speaker = document.createElement("p");
speaker.className = "govuk-visually-hidden";
speaker.setAttribute("role", "status");
document.body.append(speaker);

let busy = false;

function say(words) {
  speaker.textContent = words;
}

function begin() {
  offerEdges(say);
  offerKeys();
  showHints();
  nameChosenTheme();
}

// The heading names the theme that would be confirmed.
function nameChosenTheme() {
  const select = document.querySelector("[data-themes]");
  select?.addEventListener("change", () => {
    document.querySelector("[data-theme]").textContent = select.selectedOptions[0].textContent;
  });
}

function isInSight(control) {
  const { top, bottom } = control.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}

// To Confirm, where it is in sight with the passage above it; else to the card, which is read first.
function goToCard() {
  const card = document.querySelector("[data-card]");
  const confirm = document.querySelector("[data-does=confirm]");
  if (!card) return;
  if (card.getBoundingClientRect().top < 0) card.scrollIntoView();
  (confirm && isInSight(confirm) ? confirm : card).focus({ preventScroll: true });
}

function sayWhatWasDone(before) {
  const last = document.querySelector("[data-last-done]")?.textContent ?? "";
  const progress = document.querySelector("[data-progress]")?.textContent ?? "";
  if (progress !== before) say(`${last} ${progress}`);
}

function takePlace(page, address) {
  const before = document.querySelector("[data-progress]")?.textContent;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.title = page.title;
  if (address) history.replaceState(null, "", address);
  begin();
  const toPutRight = document.querySelector("[data-error-summary]");
  if (toPutRight) toPutRight.focus();
  else goToCard();
  sayWhatWasDone(before);
}

async function send(form, button) {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  const isHere = new URL(response.url).pathname === location.pathname;
  if (response.redirected && !isHere) {
    location.assign(response.url);
    return;
  }
  if (!response.ok && !REFUSED.includes(response.status)) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  takePlace(page, response.redirected && response.url);
}

async function sendHere(event) {
  if (!event.target.matches("[data-decides]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    await send(event.target, event.submitter);
  } catch {
    const place = document.querySelector("[data-fault]");
    const words = "That was not saved. Look at your connection, then press again.";
    if (place) place.textContent = words;
    else say(words);
  } finally {
    busy = false;
  }
}

document.addEventListener("submit", sendHere);
listenForKeys(() => !busy);
begin();
