// Keys for looking at suggested themes: C, X, S, 1, 2, 3 and U, outside fields, until turned off.

const OFF = "review-keys-off";
const controls = new Map(
  [...document.querySelectorAll("[data-key]")].map((control) => [control.dataset.key, control]),
);
const place = document.querySelector("[data-keys]");

const areOff = () => localStorage.getItem(OFF) === "yes";

function showHints() {
  document.querySelectorAll("kbd.pl-key-hint").forEach((hint) => hint.remove());
  for (const [key, control] of controls) {
    control.toggleAttribute("aria-keyshortcuts", false);
    if (areOff()) continue;
    control.setAttribute("aria-keyshortcuts", key);
    const hint = document.createElement("kbd");
    hint.className = "pl-key-hint";
    hint.setAttribute("aria-hidden", "true");
    hint.textContent = key.toUpperCase();
    (control.matches("input") ? control.nextElementSibling : control).append(hint);
  }
}

function offerToTurn() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pl-link-button";
  const say = () => {
    button.textContent = areOff() ? "Turn the keys on" : "Turn the keys off";
    place.replaceChildren(
      areOff() ? "The keys are off. " : "The keys work when you aren’t typing. ",
      button,
    );
    showHints();
  };
  button.addEventListener("click", () => {
    localStorage.setItem(OFF, areOff() ? "no" : "yes");
    say();
    button.focus();
  });
  say();
  place.hidden = false;
}

// A key held with Ctrl is the browser's, and a key in a field is a letter.
function isForUs(event) {
  const inField = event.target.closest("input:not([type=radio]), select, textarea");
  return !(areOff() || inField || event.ctrlKey || event.metaKey || event.altKey || event.repeat);
}

document.addEventListener("keydown", (event) => {
  const control = isForUs(event) && controls.get(event.key.toLowerCase());
  if (!control) return;
  event.preventDefault();
  control.click();
  if (control.matches("input")) control.focus();
});

if (place) offerToTurn();
