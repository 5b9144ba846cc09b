// What this device keeps: observations as they are written, sealed ones that wait, the forms to write
// them in, and one key for each person. Words are locked; what stands beside them names nobody.
//
// An item is a draft, or on its way ("leaving"), or was changed elsewhere as well ("clash"). Nothing
// here removes one that has not arrived, but for the person who throws it away.

import { openDB } from "../../build/idb.js";
import { lock, newKey, seal, unlock } from "./seal.js";

const NAME = "practicelens";
const SCHEMA = 2;
const SHAPE = 1; // of an item: one of another shape is kept as it is and never opened
const STORES = { items: "id", keys: "person", kits: "person", facts: "name", tallies: "id" };
const STRICT = { durability: "strict" };

export class NotKept extends Error {}
export class SealedUp extends Error {}

let opened = null;
let chain = Promise.resolve();

// One write after the other, in the order in which they were asked for.
function inTurn(act) {
  const done = chain.then(act, act);
  chain = done.catch(() => {});
  return done;
}

// Stores are only ever added, so that older code still finds what newer code has kept.
async function open() {
  const upgrade = (base) => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      if (!base.objectStoreNames.contains(name)) base.createObjectStore(name, { keyPath });
    }
  };
  const forget = () => (opened = null);
  const blocking = (older, newer, { target }) => {
    target.close();
    forget();
  };
  try {
    return await openDB(NAME, SCHEMA, { upgrade, blocking, terminated: forget });
  } catch (fault) {
    if (fault.name === "VersionError") return openDB(NAME, undefined, { terminated: forget });
    throw new NotKept(fault);
  }
}

export function base() {
  opened ??= open().catch((fault) => {
    opened = null;
    throw fault;
  });
  return opened;
}

const writing = async (...names) => (await base()).transaction(names, "readwrite", STRICT);

// Facts: who wrote here last, what is still to be told. None of them holds a word of an observation.

export const fact = async (name, otherwise = null) =>
  (await (await base()).get("facts", name))?.value ?? otherwise;

export const setFact = (name, value) =>
  inTurn(async () => (await base()).put("facts", { name, value }));

// Changes a fact in one step, whatever other pages do at the same time.
export function changeFact(name, otherwise, change) {
  return inTurn(async () => {
    const tx = await writing("facts");
    const value = (await tx.store.get(name))?.value ?? otherwise;
    await tx.store.put({ name, value: change(value) });
    await tx.done;
  });
}

// Keys and forms

export const keyOf = async (person) => (await (await base()).get("keys", person))?.key ?? null;

// The person's forms, locked with a key of their own that is made with them.
export function setKit(kit) {
  return inTurn(async () => {
    const { person } = kit;
    const key = (await keyOf(person)) ?? (await newKey());
    const locked = await lock(key, kit, `kit ${person}`);
    const tx = await writing("keys", "kits", "facts");
    if (!(await tx.objectStore("keys").get(person))) await tx.objectStore("keys").put({ person, key });
    await tx.objectStore("kits").put({ person, fetched_at: Date.now(), ...locked });
    await tx.objectStore("facts").put({ name: "person", value: person });
    await tx.done;
  });
}

export async function kitOf(person) {
  const [key, kit] = [await keyOf(person), await (await base()).get("kits", person)];
  return key && kit ? { ...(await unlock(key, kit, `kit ${person}`)), fetched_at: kit.fetched_at } : null;
}

// Live tallies of meetings, each under the id of its observation. A key is made where there is none.

const TALLY_KEPT = 31 * 24 * 60 * 60_000; // after the last press
const aboutTally = (id, person) => `tally ${id} ${person}`;

export function keepTally(person, id, presses) {
  return inTurn(async () => {
    const key = await ownKey(person);
    const changed_at = Date.now();
    const locked = await lock(key, presses, aboutTally(id, person));
    const tx = await writing("tallies");
    for (const each of await tx.store.getAll()) {
      if (changed_at - each.changed_at > TALLY_KEPT) await tx.store.delete(each.id);
    }
    await tx.store.put({ id, person, changed_at, ...locked });
    await tx.done;
  });
}

export async function tallyOf(person, id) {
  const [key, kept] = [await keyOf(person), await (await base()).get("tallies", id)];
  return key && kept?.person === person ? unlock(key, kept, aboutTally(id, person)) : null;
}

async function ownKey(person) {
  const made = (await keyOf(person)) ?? (await newKey());
  const tx = await writing("keys");
  const key = (await tx.store.get(person))?.key ?? made;
  await tx.store.put({ person, key });
  await tx.done;
  return key;
}

// Items

const aboutOf = ({ id, person, turn }) => `${id} ${person} ${turn}`;

export const items = async () => (await base()).getAll("items");
export const item = async (id) => (await base()).get("items", id);

// What was typed, or null where it is sealed for the server alone or of a shape unknown here.
export async function contentOf(record) {
  const key = await keyOf(record.person);
  if (!key || !record.words || record.shape !== SHAPE) return null;
  return unlock(key, record, aboutOf(record));
}

async function recordOf(draft, key, server, as) {
  const { version, sections } = draft.content;
  const record = { ...draft.record, ...as, shape: SHAPE, turn: draft.record.turn + 1 };
  record.changed_at = Date.now();
  const about = aboutOf(record);
  const [locked, sealed] = await Promise.all([
    lock(key, draft.content, about),
    seal(server, { version, sections }, about),
  ]);
  return { ...record, ...locked, sealed };
}

export const newDraft = (person, content) => ({
  content,
  record: {
    id: crypto.randomUUID(),
    window: crypto.randomUUID(),
    person,
    turn: 0,
    began_at: Date.now(),
    state: "draft",
    submit: false,
    sent_turn: 0,
    reason: "",
  },
});

// Keeps a draft as it is now, or lets it go on its way; returns it with its next turn. Its record
// comes back with a fault, too: what can't be kept here can still be sent.
export function put(draft, server, as = {}) {
  return inTurn(async () => {
    const { person, id } = draft.record;
    const key = await keyOf(person);
    if (!key) throw new SealedUp();
    const record = await recordOf(draft, key, server, as);
    draft.record = record;
    try {
      const tx = await writing("items", "keys");
      const there = await tx.objectStore("items").get(id);
      const isOpen = (await tx.objectStore("keys").get(person)) && (!there || there.state === "draft");
      if (!isOpen) throw new SealedUp();
      record.sent_turn = Math.max(record.sent_turn, there?.sent_turn ?? 0);
      await tx.objectStore("items").put(record);
      await tx.done;
    } catch (fault) {
      throw fault instanceof SealedUp ? fault : new NotKept(fault);
    }
    return record;
  });
}

// Changes an item if it still stands at the turn that was sent; what was typed since is newer.
export function settle(record, change) {
  return inTurn(async () => {
    const tx = await writing("items");
    const there = await tx.store.get(record.id);
    if (there) {
      const next = change(there, there.turn === record.turn);
      if (next === null) await tx.store.delete(record.id);
      else await tx.store.put(next);
    }
    await tx.done;
  });
}

// What somebody throws away the server need not miss.
export function throwAway(id) {
  return inTurn(async () => {
    const tx = await writing("items", "facts", "tallies");
    await tx.objectStore("items").delete(id);
    await tx.objectStore("tallies").delete(id);
    const gone = (await tx.objectStore("facts").get("gone"))?.value ?? [];
    await tx.objectStore("facts").put({ name: "gone", value: [...gone, id] });
    await tx.done;
  });
}

// The key and the forms are destroyed: all that this person wrote can still be sent, and not be read.
export function sealUp(isToSeal) {
  return inTurn(async () => {
    const tx = await writing("items", "keys", "kits", "tallies");
    const people = (await tx.objectStore("keys").getAllKeys()).filter(isToSeal);
    for (const person of people) {
      await tx.objectStore("keys").delete(person);
      await tx.objectStore("kits").delete(person);
    }
    for (const each of await tx.objectStore("tallies").getAll()) {
      if (people.includes(each.person)) await tx.objectStore("tallies").delete(each.id);
    }
    for (const record of await tx.objectStore("items").getAll()) {
      if (!people.includes(record.person) || !record.sealed) continue;
      const { once, words, ...rest } = record;
      const state = rest.state === "draft" ? "leaving" : rest.state;
      await tx.objectStore("items").put({ ...rest, state });
    }
    await tx.done;
    return people;
  });
}
