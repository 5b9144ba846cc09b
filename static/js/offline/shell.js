// The page that opens without a signal: what is on this device, and one observation being written.

import { fetchKit } from "./sending.js";
import { base, changeFact, contentOf, fact, items, kitOf, newDraft, setFact, setKit } from "./store.js";
import { begin as beginTelling, sendAndTell } from "./telling.js";
import { age, clock } from "./words.js";
import { closeDraft, openDraft } from "./writing.js";

const KIT_LASTS = 60 * 60_000;
const place = document.querySelector("[data-offline]");
const find = (name) => place.querySelector(`[data-${name}]`);
const here = { person: null, kit: null };

const REFUSED =
  "This browser refuses to keep anything, as in a private window. So nothing can be written here " +
  "without a signal, and nothing is kept on this device. With a signal, every other page works.";
const NOT_SET_UP =
  "This device is not set up yet. Open this page once with a signal, signed in: from then on it opens " +
  "without one.";
const SIGNED_OUT =
  "Sign in to write here. What you wrote before is sealed: it is sent once you have signed in.";
const NOT_YOURS = "Observations are written by practice leaders.";
const KEPT_TO_SEND =
  "Kept on this device: that you raised a concern, and when. It is sent once there is a signal.";
const WORRIED = "I am worried about someone now";

// Views

let shownBefore = "";

function show(name, title = "Observations on this device") {
  for (const view of place.querySelectorAll("[data-view]")) view.hidden = view.dataset.view !== name;
  place.hidden = false;
  const heading = document.querySelector("[data-heading]");
  heading.textContent = title;
  if (shownBefore && shownBefore !== name) heading.focus();
  shownBefore = name;
}

function close(because, link, words) {
  find("because").textContent = because;
  find("go-on").href = link;
  find("go-on").textContent = words;
  showClosed();
}

// What to do when worried about someone is there whether or not anything can be written here.
function showClosed() {
  if (isWorried()) showWorried();
  else if (find("because").textContent) show("closed");
}

async function route() {
  await closeDraft();
  if (!here.kit) return showClosed();
  if (isWorried()) return showWorried();
  const id = location.hash.slice(1);
  if (id === "new") return showBegin();
  const title = id && (await openDraft(id, here.kit, place));
  if (title) return show("write", title);
  if (id) history.replaceState(null, "", location.pathname);
  await list();
  show("list");
}

// Worried about someone: what to do, and that it was done. Nothing is typed here.

// Without a signal the page of the steps opens as this one.
const isWorried = () =>
  location.hash === "#worried" || (location.pathname === place.dataset.worried && !location.hash);

function showWorried() {
  const steps = here.kit?.forms[here.kit.worried];
  if (steps) find("steps").innerHTML = steps;
  find("can-raise").hidden = !here.kit;
  find("sign-in-to-raise").hidden = Boolean(here.kit);
  find("raised").hidden = true;
  show("worried", WORRIED);
}

async function raise() {
  find("can-raise").hidden = true;
  find("raised").hidden = false;
  const raised = { id: crypto.randomUUID(), person: here.person, at: Date.now() };
  try {
    await changeFact("raised", [], (all) => [...all, raised]);
  } catch {
    find("raised").textContent = "This device can’t keep it. Press the button again with a signal.";
    find("can-raise").hidden = false;
    return;
  }
  find("raised").textContent = KEPT_TO_SEND;
  await sendAndTell();
  const waits = (await fact("raised", [])).some(({ id }) => id === raised.id);
  if (!waits) find("raised").textContent = "It is on record that you raised a concern, and when.";
}

// The list

const STATES = { draft: "Being written", leaving: "Waits to be sent", clash: "Also changed elsewhere" };

let listed = "";

// Drawn anew only where something changed, so that the focus stays where it is.
async function list() {
  const mine = (await items()).filter((each) => each.person === here.person);
  mine.sort((one, other) => other.began_at - one.began_at);
  const seen = mine.map(({ id, turn, state, reason }) => [id, turn, state, reason]);
  const now = JSON.stringify([here.person, seen]);
  if (now !== listed) find("items").replaceChildren(...(await Promise.all(mine.map(rowOf))));
  listed = now;
  find("nothing").hidden = mine.length > 0;
  await offerNewer();
}

async function rowOf(record) {
  const row = document.createElement("li");
  row.dataset.state = record.state;
  const main = document.createElement("div");
  main.className = "pl-row__main";
  const name = document.createElement("a");
  name.className = "govuk-link pl-row__name";
  name.href = record.url || `#${record.id}`;
  name.textContent = await titleOf(record);
  const hint = document.createElement("span");
  hint.className = "pl-row__hint";
  hint.textContent = [`${STATES[record.state]}, begun ${age(record.began_at)} ago`, record.reason]
    .filter(Boolean)
    .join(". ");
  main.append(name, hint);
  row.append(main);
  return row;
}

async function titleOf(record) {
  const content = await contentOf(record).catch(() => null);
  return content?.title ?? `Sealed, last written ${clock(record.changed_at)}`;
}

// A new observation

function showBegin() {
  find("begin-fields").innerHTML = here.kit.forms[here.kit.begin];
  find("fault").hidden = true;
  const now = new Date();
  const today = [now.getDate(), now.getMonth() + 1, now.getFullYear()];
  today.forEach((part, at) => {
    const box = find("begin").elements.namedItem(`observed_on_${at}`);
    if (box) box.value = part;
  });
  show("begin", "New observation");
}

async function begin(event) {
  event.preventDefault();
  const form = event.target;
  const { unit, kind_of_work: kind } = form.elements;
  const team = here.kit.teams[unit.value];
  const fault =
    (!unit.value && "Choose the team") ||
    (!team && "No framework is in use for this team. Ask a framework admin") ||
    (!kind.value && "Choose the kind of work");
  find("fault").hidden = !fault;
  if (fault) {
    find("fault-words").textContent = fault;
    find("fault").focus();
    return;
  }
  const title = `${kind.selectedOptions[0].textContent.trim()}, ${team.name}`;
  const where = new URLSearchParams(new FormData(form)).toString();
  const content = { version: team.version, set: team.set, title, sections: { where } };
  const draft = newDraft(here.person, content);
  draft.record.set = team.set;
  await openDraft(draft, here.kit, place);
  history.pushState(null, "", `#${draft.record.id}`);
  show("write", title);
  askToLast();
}

// What browsers promise

async function askToLast() {
  const lasts = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  await setFact("lasts", lasts).catch(() => {});
  sayWhetherItLasts(lasts);
}

function sayWhetherItLasts(lasts) {
  if (lasts === null) return;
  find("lasts").textContent = lasts
    ? "This browser has promised to keep what you write here."
    : "This browser has not promised to keep what you write here: it may clear it when space is " +
      "short. With a signal, what you write is also sent to the server as you write.";
}

// A newer version waits until nothing is being written, and until it is asked for.

let registration = null;

async function register() {
  const { worker, sendingWorker } = place.dataset;
  const [script, type] = "SyncManager" in window ? [sendingWorker, "module"] : [worker, "classic"];
  registration = await navigator.serviceWorker?.register(script, { scope: "/", type });
  registration?.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", offerNewer),
  );
  await offerNewer();
}

async function offerNewer() {
  const isWaiting = registration?.waiting && navigator.serviceWorker.controller;
  find("newer").hidden = !isWaiting;
}

function takeOver() {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  registration.waiting?.postMessage("take over");
}

// Who writes here, and with which forms

async function know(state) {
  here.person = state?.person ?? (await fact("person"));
  here.kit = here.person ? await kitOf(here.person) : null;
}

async function refresh(state) {
  const passed = Date.now() - here.kit?.fetched_at;
  const isOld = !here.kit || passed > KIT_LASTS || passed < 0;
  if (!state?.person || !isOld) return;
  const kit = await fetchKit().catch(() => null);
  if (kit) await setKit(await withFormsInUse(kit));
}

// The forms that a draft was begun with stay with it, though a newer version is in use by now.
async function withFormsInUse(kit) {
  const older = await kitOf(kit.person);
  if (!older) return kit;
  const used = new Set((await items()).map((each) => each.set));
  for (const [name, parts] of Object.entries(older.sets)) {
    if (!used.has(name) || kit.sets[name]) continue;
    kit.sets[name] = parts;
    for (const { form } of parts) kit.forms[form] = older.forms[form];
  }
  return kit;
}

async function changed({ detail: state }) {
  find("network").textContent = state ? "" : "No signal, or the server can’t be reached.";
  const before = here.person;
  const had = Boolean(here.kit);
  await know(state);
  await refresh(state);
  await know(state);
  if (here.kit) {
    if (!had || before !== here.person) await route();
    else if (!place.querySelector('[data-view="list"]').hidden) await list();
    return;
  }
  await closeDraft();
  sayWhyClosed(state);
}

function sayWhyClosed(state) {
  const back = `${place.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
  if (state?.person) close(NOT_YOURS, "/", "Go to your first page");
  else if (state) close(SIGNED_OUT, back, "Sign in");
  else close(here.person ? SIGNED_OUT : NOT_SET_UP, back, "Sign in");
}

async function start() {
  register().catch(() => {});
  window.addEventListener("hashchange", route);
  find("raise").addEventListener("click", raise);
  try {
    await base();
  } catch {
    close(REFUSED, "/observations/start/", "Log an observation");
    return;
  }
  await know(null);
  sayWhetherItLasts(await fact("lasts"));
  if (here.kit) await route();
  document.addEventListener("practicelens:sent", changed);
  find("begin").addEventListener("submit", begin);
  find("take-over").addEventListener("click", takeOver);
  document.addEventListener("practicelens:finished", async () => {
    history.pushState(null, "", location.pathname);
    await route();
    await sendAndTell();
  });
  await beginTelling();
}

start();
