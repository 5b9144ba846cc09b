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

goToErrors();
followErrorLinks();
openMenu();
printEverything();
document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
document.querySelectorAll("[data-look]").forEach(keepLooking);
