// Sends what waits, exactly once: the server knows each observation by the id that was made here, and
// nothing leaves this device before the server has answered with that id.

import { changeFact, fact, items, sealUp, setFact, settle } from "./store.js";

export const ADDRESS = "/observations/offline/";
const PATIENCE = 15_000;
const SLOWEST = 5; // bytes a millisecond: a long observation over a poor line is waited for
const SENDING = "practicelens sending";

let queued = null;

// One page sends at a time, and the next finds what is left. What asks while this page waits for its
// turn is answered with that turn.
export function flush() {
  queued ??= navigator.locks.request(SENDING, () => {
    queued = null;
    return sendAll();
  });
  return queued;
}

// Returns who is signed in; null where the server can't be reached.
async function sendAll() {
  const state = await whoIsThere();
  if (!state) return null;
  const { person } = state;
  if (person) await sealUp((other) => other !== person);
  const all = await items();
  for (const record of all.filter((each) => isToSend(each, person))) await send(record, state);
  for (const each of await fact("raised", [])) if (each.person === person) await sendRaised(each, state);
  if (person) await report(state);
  return state;
}

// Whether anything of the person waits to be sent.
export async function waits(person) {
  const raised = await fact("raised", []);
  return raised.some((each) => each.person === person) || (await items()).some((each) => isToSend(each, person));
}

const isToSend = (record, person) =>
  record.person === person &&
  record.sealed &&
  (record.state === "leaving" || (record.state === "draft" && record.sent_turn < record.turn));

// An answer that is not ours, such as a page of some hotel's network, is none.
async function ask(address, options = {}, size = 0) {
  const response = await fetch(ADDRESS + address, {
    ...options,
    cache: "no-store",
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE + size / SLOWEST),
  });
  const isOurs = response.headers.get("Content-Type")?.includes("json");
  return { code: response.status, said: isOurs ? await response.json() : null };
}

export async function whoIsThere() {
  try {
    const { code, said } = await ask("state/");
    return code === 200 && said && "person" in said ? said : null;
  } catch {
    return null;
  }
}

export async function fetchKit() {
  const { code, said } = await ask("kit/");
  return code === 200 && said?.forms ? said : null;
}

function post(address, token, value) {
  const body = JSON.stringify(value);
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  return ask(address, { method: "POST", body, headers }, body.length);
}

// That a concern was raised: who and when, and no words. It stays here until the server has its id.
async function sendRaised({ id, person, at }, { token }) {
  try {
    const { code, said } = await post("raised/", token, { id, person, at, sent_at: Date.now() });
    if (said?.id !== id || (code !== 200 && code !== 201)) return;
    await changeFact("raised", [], (all) => all.filter((each) => each.id !== id));
  } catch {
    // Sent another time.
  }
}

function parcelOf(record) {
  const { id, person, turn, window, submit, began_at, changed_at, sealed } = record;
  const leaves = record.state === "leaving";
  return { id, person, turn, window, submit, leaves, began_at, changed_at, sealed, sent_at: Date.now() };
}

// Returns what the server made of it, or null where nothing is known.
export async function send(record, { token }) {
  try {
    const answer = await post("send/", token, parcelOf(record));
    await take(record, answer).catch(() => {}); // a device that is full: it is sent again, in vain
    return answer;
  } catch {
    return null;
  }
}

async function take(record, { code, said }) {
  if (!said) return;
  const isOfThis = said.id === record.id;
  if (isOfThis && (code === 200 || code === 201)) await arrived(record, said);
  else if (isOfThis && code === 409) await clashed(record, said);
  else if ([403, 413, 422].includes(code) && said.error) await refused(record, said.error);
}

async function arrived(record, said) {
  const isLeaving = record.state === "leaving";
  await settle(record, (there, isSame) => {
    if (isLeaving && isSame) return null;
    return { ...there, sent_turn: Math.max(there.sent_turn, record.turn), reason: "" };
  });
  if (isLeaving) await changeFact("sent", [], (sent) => [...sent, tellOf(said)]);
}

const tellOf = ({ id, url, state, left }) => ({ id, url, state, left, at: Date.now() });

// The server has both: what was written here, and what was written elsewhere.
const clashed = (record, said) =>
  settle(record, (there, isSame) => {
    if (!isSame) return { ...there, url: said.conflict_url };
    const { once, words, sealed, ...rest } = there;
    return { ...rest, state: "clash", url: said.conflict_url };
  });

// Back among the drafts, with the reason. Sealed, it can only wait.
const refused = (record, reason) =>
  settle(record, (there) => {
    const state = there.state === "leaving" && there.words ? "draft" : there.state;
    const sent_turn = state === "draft" ? there.turn : there.sent_turn;
    return { ...there, state, reason, sent_turn, submit: false };
  });

// Says what this device holds, and learns what it has lost. The same is said once an hour.
const REPORTED_FOR = 60 * 60_000;

async function report(state) {
  const mine = (await items()).filter((each) => each.person === state.person);
  const held = mine.filter((each) => each.state !== "clash").map(({ id, began_at }) => ({ id, began_at }));
  const gone = await fact("gone", []);
  const same = JSON.stringify([state.person, held, gone]);
  const before = await fact("reported");
  const since = Date.now() - (before?.at ?? 0);
  if (before?.same === same && since >= 0 && since < REPORTED_FOR) return;
  try {
    const body = { person: state.person, sent_at: Date.now(), held, gone };
    const { code, said } = await post("held/", state.token, body);
    if (code !== 200 || !said?.lost) return;
    await setFact("reported", { same, at: Date.now() });
    await changeFact("gone", [], (now) => now.filter((id) => !gone.includes(id)));
    await changeFact("lost", [], () => said.lost);
  } catch {
    // Said another time.
  }
}
