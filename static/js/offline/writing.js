// One observation as it is written on this device: kept 300 ms after the last key, and whenever the
// page is left. With a signal the server has a copy within a quarter of a minute.

import { offerTally } from "../tally.js";
import { send, whoIsThere } from "./sending.js";
import { contentOf, item, put, SealedUp, settle, throwAway } from "./store.js";
import { sendAndTell } from "./telling.js";
import { clock } from "./words.js";

const AFTER_LAST_KEY = 300;
const UNTIL_SENT = 15_000;
const NAMED = ["id", "for", "aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"];

const OVER = "It can’t be changed here any more. Go back to the list.";

let now = null; // what is open: its draft, the kit, the place, and how to release it

// Returns the title of what is open now, or an empty one where it can't be.
export async function openDraft(which, kit, place) {
  const draft = typeof which === "string" ? await readDraft(which) : which;
  const parts = draft && kit.sets[draft.content.set];
  if (!parts) return "";
  const release = await holdAlone(draft.record.id);
  if (!release) {
    say(place, "conflict", "This observation is open in another tab. Go on writing there.");
  }
  now = { draft, kit, place, release, timer: null, sender: null, dirty: false, end: new AbortController() };
  draw(parts);
  listen();
  if (release && !draft.record.turn) await keep();
  return draft.content.title;
}

async function readDraft(id) {
  const record = await item(id);
  if (!record || record.state === "clash") return null;
  const content = await contentOf(record).catch(() => null);
  return content && { record, content };
}

// A draft is written in one tab at a time.
function holdAlone(id) {
  return new Promise((held) => {
    navigator.locks.request(`practicelens ${id}`, { ifAvailable: true }, (mine) => {
      if (!mine) return held(null);
      return new Promise((done) => held(done));
    });
  });
}

export async function closeDraft() {
  if (!now) return;
  await keepIfDirty();
  clearTimeout(now.timer);
  clearTimeout(now.sender);
  now.end.abort();
  now.release?.();
  now = null;
}

// Drawing

function draw(parts) {
  const { place, draft } = now;
  const reason = place.querySelector("[data-reason]");
  reason.textContent = draft.record.reason;
  reason.hidden = !draft.record.reason;
  if (now.release) say(place, "new", "");
  place.querySelector("[data-really]").hidden = true;
  place.querySelector("[data-parts]").replaceChildren(...parts.map(partOf));
  showWhatThereIs();
}

// A part that only some kinds of work have is there while one of these is chosen.
function showWhatThereIs() {
  const { place, draft, kit } = now;
  const kind = new URLSearchParams(draft.content.sections.where).get("kind_of_work");
  for (const { code, kinds } of kit.sets[draft.content.set]) {
    if (kinds) place.querySelector(`[data-fold="${code}"]`).hidden = !kinds.includes(kind);
  }
  now.arrangeTally?.();
}

// The live tally, where the forms that were kept have it.
function tallyIn(form) {
  const place = form.querySelector("[data-tally]");
  if (!place || !now.release) return;
  const { draft } = now;
  const areThere = () => new URLSearchParams(draft.content.sections.where).getAll("present");
  now.arrangeTally = offerTally(place, draft.record.id, areThere);
}

function partOf(part) {
  const fold = document.createElement("details");
  fold.className = "govuk-details pl-sheet";
  fold.dataset.fold = part.code;
  fold.open = part.code === "passages";
  const head = document.createElement("summary");
  head.className = "govuk-details__summary";
  const title = document.createElement("h2");
  title.className = "govuk-details__summary-text pl-h3";
  title.textContent = part.title;
  head.append(title);
  fold.append(head, ...(nameOfOne(part) ? entries(part) : [formOf(part.code, part.form)]));
  return fold;
}

// What one entry of a part with many is called; forms that were kept before say it of none.
const nameOfOne = ({ code, one }) => one ?? (code === "passages" ? "passage" : "");

function entries(part) {
  const one = nameOfOne(part);
  const { sections } = now.draft.content;
  const newEntry = () => `${part.code}/${crypto.randomUUID()}`;
  // A page from before that met newer forms took it for a part with one form.
  if (sections[part.code] !== undefined) {
    sections[newEntry()] = sections[part.code];
    delete sections[part.code];
  }
  const there = Object.keys(sections).filter((code) => code.startsWith(`${part.code}/`));
  const list = document.createElement("div");
  const add = (code) => list.append(entryOf(code, part.form, `${one} ${list.children.length + 1}`));
  (there.length ? there : [newEntry()]).forEach(add);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = `Add another ${one}`;
  button.addEventListener("click", () => {
    add(newEntry());
    list.lastChild.querySelector("textarea, select, input")?.focus();
  });
  return [list, button];
}

function entryOf(code, form, name) {
  const group = document.createElement("section");
  const title = document.createElement("h3");
  title.className = "pl-h3";
  title.textContent = name[0].toUpperCase() + name.slice(1);
  group.append(title, formOf(code, form));
  return group;
}

// A form as the server drew it, empty, filled with what was typed. Its names of places are made this
// form's own, since several stand on one page.
function formOf(code, name) {
  const form = document.createElement("form");
  form.dataset.part = code;
  form.noValidate = true;
  form.innerHTML = now.kit.forms[name];
  for (const attribute of NAMED) {
    for (const each of form.querySelectorAll(`[${attribute}]`)) {
      const own = each.getAttribute(attribute).split(" ").map((id) => `${code}-${id}`);
      each.setAttribute(attribute, own.join(" "));
    }
  }
  offerTicks(form);
  const typed = now.draft.content.sections[code];
  if (typed !== undefined) fill(form, new URLSearchParams(typed));
  if (!now.release) for (const box of form.elements) box.disabled = true;
  tallyIn(form);
  return form;
}

function fill(form, typed) {
  for (const box of form.elements) {
    if (!box.name || !(typed.has(box.name) || ["radio", "checkbox"].includes(box.type))) continue;
    if (["radio", "checkbox"].includes(box.type)) box.checked = typed.getAll(box.name).includes(box.value);
    else box.value = typed.get(box.name);
  }
}

// The passages that are written, as what an answer rests on: {key, words} of each.
function passagesWritten() {
  const typed = Object.entries(now.draft.content.sections).filter(([code]) => code.startsWith("passages/"));
  const all = typed.map(([code, sent], at) => {
    const said = new URLSearchParams(sent);
    const text = said.get("text")?.trim() ?? "";
    return { key: code.slice("passages/".length), words: inShort(at + 1, said.get("kind"), text), text };
  });
  return all.filter(({ text }) => text);
}

const KINDS = { seen: "seen", heard: "heard", reading: "my reading" };

function inShort(number, kind, text) {
  const words = text.split(/\s+/);
  const first = `${words.slice(0, 9).join(" ")}${words.length > 9 ? "…" : ""}`;
  return `Passage ${number}, ${KINDS[kind] ?? "not said how you know"}: “${first}”`;
}

// Draws a tick for each passage where a form asks what shows an answer; what was ticked stays so.
function offerTicks(form) {
  const passages = passagesWritten();
  for (const place of form.querySelectorAll("[data-ticks]")) {
    const ticked = new Set([...place.querySelectorAll(":checked")].map((box) => box.value));
    place.replaceChildren(...passages.map((each) => tickOf(form, place.dataset.ticks, each)));
    for (const box of place.querySelectorAll("input")) box.checked = ticked.has(box.value);
  }
}

function tickOf(form, name, { key, words }) {
  const item = document.createElement("div");
  item.className = "govuk-checkboxes__item";
  const box = document.createElement("input");
  box.className = "govuk-checkboxes__input";
  box.type = "checkbox";
  box.id = `${form.dataset.part}-${name}-${key}`;
  box.name = name;
  box.value = key;
  box.disabled = !now.release;
  const label = document.createElement("label");
  label.className = "govuk-label govuk-checkboxes__label";
  label.htmlFor = box.id;
  const said = document.createElement("span");
  said.className = "pl-ticked";
  said.textContent = words;
  label.append(said);
  item.append(box, label);
  return item;
}

// A passage was written, changed or emptied: answers are offered what there is now.
function offerTicksAgain() {
  const { place, draft } = now;
  const told = JSON.stringify(passagesWritten().map(({ key, words }) => [key, words]));
  if (told === now.told) return;
  now.told = told;
  for (const form of place.querySelectorAll("form[data-part]")) {
    if (!form.querySelector("[data-ticks]")) continue;
    offerTicks(form);
    const { part } = form.dataset;
    if (draft.content.sections[part] !== undefined) draft.content.sections[part] = typedIn(form);
  }
}

const typedIn = (form) => new URLSearchParams(new FormData(form)).toString();

// Writing

function listen() {
  const { place, end } = now;
  const on = (target, name, act) => target.addEventListener(name, act, { signal: end.signal });
  const parts = place.querySelector("[data-parts]");
  on(parts, "input", ({ target }) => typed(target.form, AFTER_LAST_KEY));
  on(parts, "change", ({ target }) => typed(target.form, 0));
  on(parts, "submit", (event) => event.preventDefault());
  on(document, "visibilitychange", () => document.visibilityState === "hidden" && keepIfDirty());
  on(window, "pagehide", keepIfDirty);
  for (const button of place.querySelectorAll("[data-finish]")) {
    on(button, "click", () => finish(button.dataset.finish === "submit"));
  }
  const really = place.querySelector("[data-really]");
  on(place.querySelector("[data-throw-away]"), "click", () => {
    really.hidden = false;
    really.querySelector("p").focus();
  });
  on(place.querySelector("[data-keep]"), "click", () => (really.hidden = true));
  on(place.querySelector("[data-really-throw]"), "click", throwItAway);
}

function typed(form, wait) {
  if (!form || !now.release) return;
  now.draft.content.sections[form.dataset.part] = typedIn(form);
  if (form.dataset.part === "where") showWhatThereIs();
  if (form.dataset.part.startsWith("passages/")) offerTicksAgain();
  now.dirty = true;
  clearTimeout(now.timer);
  now.timer = setTimeout(keep, wait);
}

const keepIfDirty = () => (now?.dirty ? keep() : Promise.resolve());

async function keep(as = {}) {
  const open = now;
  clearTimeout(open.timer);
  open.dirty = false;
  // What was opened again after it was finished is a draft once more.
  const state = { state: "draft", submit: false, reason: "", ...as };
  try {
    if (open.draft.record.state === "leaving") await settle(open.draft.record, reopened);
    await put(open.draft, open.kit.seal, state);
    say(open.place, "saved", `Saved on this device at ${clock(Date.now())}`);
    open.sender ??= setTimeout(() => sendCopy(open), UNTIL_SENT);
    return true;
  } catch (fault) {
    open.dirty = true;
    if (fault instanceof SealedUp) say(open.place, "refused", OVER);
    else await sendUnkept(open);
    return false;
  }
}

const reopened = (there) => ({ ...there, state: "draft", submit: false });

function sendCopy(open) {
  open.sender = null;
  return sendAndTell().catch(() => {});
}

// This device takes no more: the words stay in the boxes, and the server is tried at once.
async function sendUnkept(open) {
  say(open.place, "refused", "Not saved on this device: it has no room. Leave this page open.");
  const state = await whoIsThere();
  const answer = state?.person ? await send(open.draft.record, state) : null;
  if (answer && answer.code < 300) {
    say(open.place, "partly", "Not saved on this device: it has no room. The server has it as a draft.");
  }
}

function say(place, state, words) {
  const status = place.querySelector("[data-save-status]");
  status.dataset.state = state;
  status.querySelector("[data-save-words]").textContent = words;
}

// Ending

async function finish(submit) {
  if (!now?.release) return;
  if (submit) takeSharing();
  if (!(await keep({ state: "leaving", submit }))) return;
  document.dispatchEvent(new CustomEvent("practicelens:finished"));
}

// Whether to share it is sent as the form says it, also where nobody touched that.
function takeSharing() {
  const form = now.place.querySelector('form[data-part="sharing"]');
  if (form) now.draft.content.sections.sharing = typedIn(form);
}

async function throwItAway() {
  if (!now?.release) return;
  clearTimeout(now.timer);
  now.dirty = false;
  await throwAway(now.draft.record.id);
  document.dispatchEvent(new CustomEvent("practicelens:finished"));
}
