// On every page: what waits on this device and since when, and sending it as soon as that can be.

import { flush, waits } from "./sending.js";
import { changeFact, fact, items, sealUp, settle } from "./store.js";
import { age, day, clock, observations } from "./words.js";

const BETWEEN_TRIES = 30_000;
const LATER = "practicelens send";
const HERE = "/observations/offline/";
const LIST = "/observations/";
const CLASH = "An observation of this device was also changed elsewhere. Both are kept.";
const channel = new BroadcastChannel("practicelens");

// What is to be told, as lines of [words, link, words of the link].
async function lines(state) {
  const all = await items();
  const person = state?.person ?? (await fact("person"));
  return [
    ...clashes(all, person),
    ...waiting(all, person, state),
    ...(await raised(person, state)),
    ...written(all, person),
    ...(await lost()),
    ...(await sent()),
  ];
}

const oldest = (records) => Math.min(...records.map((each) => each.began_at));

function heldSince(records, words) {
  const began = oldest(records);
  return `${observations(records.length)} ${words}. The oldest was begun ${age(began)} ago.`;
}

function waiting(all, person, state) {
  const leaving = all.filter((each) => each.state === "leaving");
  const mine = leaving.filter((each) => each.person === person);
  const others = leaving.length - mine.length;
  const found = [];
  if (mine.length) {
    const isOut = state && !state.person;
    const verb = mine.length === 1 ? "waits" : "wait";
    const words = `${verb} on this device to be sent${isOut ? " once you sign in" : ""}`;
    const link = isOut ? [state.sign_in_url, "Sign in"] : elsewhere("See what waits");
    found.push([heldSince(mine, words), ...link]);
  }
  if (others) {
    const verb = others === 1 ? "waits" : "wait";
    found.push([`${observations(others)} of someone else ${verb} here, sealed until they sign in.`]);
  }
  return found;
}

async function raised(person, state) {
  if (!(await fact("raised", [])).some((each) => each.person === person)) return [];
  const words = "That you raised a concern waits on this device to be sent";
  if (state && !state.person) return [[`${words} once you sign in.`, state.sign_in_url, "Sign in"]];
  return [[`${words}.`]];
}

// The page of what is on this device shows it anyway.
const elsewhere = (words) => (location.pathname === HERE ? ["", ""] : [HERE, words]);

function written(all, person) {
  const drafts = all.filter((each) => each.state === "draft" && each.person === person);
  if (!drafts.length || location.pathname === HERE) return [];
  const verb = drafts.length === 1 ? "is" : "are";
  return [[heldSince(drafts, `${verb} being written on this device`), HERE, "Go on writing"]];
}

const clashes = (all, person) =>
  all
    .filter((each) => each.state === "clash" && each.person === person)
    .map(({ url }) => [CLASH, url, "Choose what to keep"]);

async function lost() {
  return (await fact("lost", [])).map(({ id, began_at, url }) => {
    const when = `begun on ${day(began_at)} at ${clock(began_at)}`;
    const words = url
      ? `An observation ${when} is no longer on this device. The server has what it was sent of it.`
      : `An observation ${when} was lost: this device no longer has it, and it had not reached the server.`;
    return [words, url, "Open it", id];
  });
}

async function sent() {
  const all = await fact("sent", []);
  if (all.length > 1) return [[`${observations(all.length)} were sent.`, LIST, "See your observations"]];
  return all.map(({ url, state, left }) => {
    const rest = left ? ` ${left} thing${left === 1 ? " is" : "s are"} left to do in it.` : "";
    return [`An observation was sent. It is now: ${state.toLowerCase()}.${rest}`, url, "Open it"];
  });
}

function lineOf([words, url, link, id]) {
  const line = document.createElement("p");
  line.append(`${words} `);
  if (url) {
    const anchor = document.createElement("a");
    anchor.className = "govuk-link";
    anchor.href = url;
    anchor.textContent = link;
    line.append(anchor);
  }
  if (id) line.append(" ", known(id));
  return line;
}

// A loss is told until somebody says that they know.
function known(id) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pl-link-button";
  button.textContent = "I know";
  button.addEventListener("click", async () => {
    await changeFact("lost", [], (all) => all.filter((each) => each.id !== id));
    await changeFact("gone", [], (gone) => [...gone, id]);
    await sendAndTell();
  });
  return button;
}

let shown = "";

export async function tell(state) {
  const place = document.querySelector("[data-waits]");
  if (!place) return;
  const found = await lines(state);
  place.dataset.signal = state ? "yes" : "no";
  const now = JSON.stringify(found);
  if (now === shown) return;
  shown = now;
  place.hidden = !found.length;
  place.querySelector("[data-waits-words]").replaceChildren(...found.map(lineOf));
}

// A browser that can send once there is a signal, though no page is open, is asked to. Others send
// while a page is open.
async function askToSendLater() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.sync && (await waits(await fact("person")))) await registration.sync.register(LATER);
}

export async function sendAndTell() {
  await askToSendLater().catch(() => {});
  const state = await flush();
  if (state !== null) await forgetOpened();
  await tell(state);
  document.dispatchEvent(new CustomEvent("practicelens:sent", { detail: state }));
  return state;
}

// What a page opens need not be told again.
async function forgetOpened() {
  const here = location.pathname;
  for (const record of await items()) {
    if (record.state === "clash" && record.url === here) await settle(record, () => null);
  }
  const isTold = (each) => each.url === here || here === LIST;
  if ((await fact("sent", [])).some(isTold)) {
    await changeFact("sent", [], (sent) => sent.filter((each) => !isTold(each)));
  }
}

// At sign-out the key goes before the session does.
function sealAtSignOut() {
  let isSealed = false;
  const seal = async (form, submitter) => {
    await sealUp(() => true).catch(() => {});
    channel.postMessage("sealed");
    isSealed = true;
    form.requestSubmit(submitter);
  };
  document.addEventListener(
    "submit",
    (event) => {
      const { pathname } = new URL(event.target.action, location.href);
      if (isSealed || pathname !== "/accounts/logout/") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      seal(event.target, event.submitter);
    },
    true,
  );
}

export function begin() {
  sealAtSignOut();
  const go = () => sendAndTell().catch(() => {});
  channel.addEventListener("message", go);
  for (const moment of ["online", "focus"]) window.addEventListener(moment, go);
  setInterval(go, BETWEEN_TRIES);
  return go();
}
