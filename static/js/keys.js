// Keys for what can be done on a page, by the name in data-does. They can be turned off or changed.

const STORE = "review-keys";

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function store(kept) {
  try {
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Kept nowhere, then: the keys are as they were on the next page.
  }
}

const panel = () => document.querySelector("[data-keys]");
const boxes = () => [...document.querySelectorAll("[data-key-of]")];
const areOff = () => stored().off === true;

// What each key does. The page says the first keys; the device keeps those that were changed.
function keys() {
  const own = stored().keys ?? {};
  return new Map(boxes().map((box) => [own[box.dataset.keyOf] ?? box.dataset.firstKey, box.dataset.keyOf]));
}

const controlFor = (does) => document.querySelector(`[data-does="${does}"]`);

export function showHints() {
  document.querySelectorAll("kbd.pl-key-hint").forEach((hint) => hint.remove());
  for (const [key, does] of keys()) {
    const control = controlFor(does);
    if (!control) continue;
    control.removeAttribute("aria-keyshortcuts");
    if (areOff()) continue;
    control.setAttribute("aria-keyshortcuts", key);
    const hint = document.createElement("kbd");
    hint.className = "pl-key-hint";
    hint.setAttribute("aria-hidden", "true");
    hint.textContent = key.toUpperCase();
    (control.matches("input") ? control.nextElementSibling : control).append(hint);
  }
}

function say(words) {
  panel().querySelector("[data-keys-said]").textContent = words;
}

function showState() {
  panel().querySelector("[data-keys-state]").textContent = areOff()
    ? "The keys are off."
    : "Keys work when you aren’t typing.";
  panel().querySelector("[data-keys-turn]").textContent = areOff()
    ? "Turn the keys on"
    : "Turn the keys off";
  showHints();
}

function fillBoxes() {
  const own = stored().keys ?? {};
  for (const box of boxes()) box.value = own[box.dataset.keyOf] ?? box.dataset.firstKey;
}

// What is wrong with the keys as they are typed: one each, and no two the same.
function fault() {
  const taken = new Map();
  for (const box of boxes()) {
    const key = box.value.trim().toLowerCase();
    const { words } = box.dataset;
    if (!key) return { box, words: `Give a key for “${words}”` };
    if (taken.has(key)) return { box, words: `Give “${words}” another key: “${taken.get(key)}” has ${key.toUpperCase()}` };
    taken.set(key, words);
  }
  return null;
}

function save(event) {
  event.preventDefault();
  const wrong = fault();
  const place = panel().querySelector("[data-keys-error]");
  place.textContent = wrong?.words ?? "";
  for (const box of boxes()) box.toggleAttribute("aria-invalid", false);
  if (wrong) {
    wrong.box.setAttribute("aria-invalid", "true");
    wrong.box.focus();
    return;
  }
  const own = Object.fromEntries(boxes().map((box) => [box.dataset.keyOf, box.value.trim().toLowerCase()]));
  store({ ...stored(), keys: own });
  showHints();
  say("The keys are saved on this device.");
}

function reset() {
  store({ off: areOff() });
  fillBoxes();
  showHints();
  say("The keys are as they were at first.");
}

function turn() {
  store({ ...stored(), off: !areOff() });
  showState();
  say(areOff() ? "The keys are off." : "The keys are on.");
}

// Makes the panel of a page work; again for each page that takes its place.
export function offerKeys() {
  if (!panel()) return;
  fillBoxes();
  showState();
  panel().querySelector("[data-keys-form]").addEventListener("submit", save);
  panel().querySelector("[data-keys-reset]").addEventListener("click", reset);
  panel().querySelector("[data-keys-turn]").addEventListener("click", turn);
  panel().hidden = false;
}

// A key held with Ctrl is the browser's, and a key in a field is a letter.
function isForUs(event) {
  const inField = event.target.closest?.("input:not([type=radio]), select, textarea, [contenteditable]");
  return !(areOff() || inField || event.ctrlKey || event.metaKey || event.altKey || event.repeat);
}

function press(control) {
  control.click();
  if (control.matches("input")) control.focus();
  // What a key opens is gone on with in its first field.
  if (control.matches("summary") && control.parentElement.open) {
    control.parentElement.querySelector("select")?.focus();
  }
}

// `mayPress` says whether the page is ready for another key.
export function listenForKeys(mayPress) {
  document.addEventListener("keydown", (event) => {
    const control = isForUs(event) && controlFor(keys().get(event.key.toLowerCase()));
    if (!control) return;
    event.preventDefault();
    if (mayPress()) press(control);
  });
}
