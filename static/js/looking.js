// Points at what may name somebody while it is typed. The server looks, and keeps nothing. The words
// in the box are only ever changed by a press of a button; what can't be asked is not spoken of.

const AFTER_LAST_KEY = 800;
const LONGEST_WAIT = 8000;
const BETWEEN_WORDS_ALOUD = 5000;
const MOST_SHOWN = 3;

const LATER = {
  settled: "You can go on writing. It must be settled before this is shared.",
  failed: " They are looked for again before anything is shared.",
};

// The roles that this page put in the place of names, [words, kind, role]: sent with each look, and
// kept with the observation, so that one person has one role all through it.
const given = [];

function give(box, words, kind, role) {
  const place = given.findIndex(([of, as]) => of === words && as === kind);
  if (place >= 0) given.splice(place, 1);
  if (role) given.push([words, kind, role]);
  const url = box.form.dataset.roles;
  const sent = { words, kind, role, csrfmiddlewaretoken: tokenOf(box) };
  if (url) {
    const body = new URLSearchParams(sent);
    // With no signal the page still knows it; a later page then asks anew.
    fetch(url, { method: "POST", body, credentials: "same-origin", keepalive: true }).catch(() => {});
  }
}

const tokenOf = (box) => box.form.elements.namedItem("csrfmiddlewaretoken").value;

// A role that this page gave to another name is offered no more, before the server says so too.
function isFree(role, words) {
  return given.every(([of, , taken]) => of === words || taken !== role);
}

export function keepLooking(box) {
  const panel = new Panel(box, { replace, letStay });
  const staying = new Set(); // words that the writer lets stand for now
  let seen = { text: "", findings: [], rare: [] };
  let failed = ""; // why the last look found nothing out, in the server's words
  let told = null; // what the last press of a button did, until something is typed
  let timer = null;
  let asking = null;

  async function look() {
    const text = box.value;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = text.trim() ? await ask(box, text, asking) : {};
      if (!answer) return;
      failed = answer.error ?? answer.could_not_look ?? "";
      if (answer.could_not_look && asksAgain(box)) failed += LATER.failed;
      seen = placed(text, answer);
      show();
    } catch {
      // No signal, or the answer took too long: what is saved is looked through again.
    }
  }

  function show() {
    if (told?.text !== box.value) told = null;
    const groups = [...byWords(seen, box.value)].filter(
      ([words]) => !staying.has(words) && !askedOnPage(words),
    );
    const rare = seen.rare.filter((each) => placeNow(each, seen.text, box.value));
    hideSettled(box);
    panel.show({ groups, rare: byReason(seen.text, rare), failed, told });
  }

  function replace(words, role) {
    const before = box.value;
    const places = byWords(seen, before).get(words);
    if (!places) return;
    for (const place of places.toReversed()) {
      putIn(box, placeNow(place, seen.text, before), place.written[role] ?? role);
    }
    const { code } = places[0];
    give(box, words, code, role);
    tell(`“${words}” is now “${role}”. `, () => {
      give(box, words, code, "");
      putBack(before);
    });
  }

  function letStay(words) {
    staying.add(words);
    tell(`“${words}” stays${asksAgain(box) ? ` for now. ${LATER.settled}` : "."}`);
  }

  // Only while nothing else was typed: then it takes nothing with it.
  function putBack(before) {
    const { selectionStart, selectionEnd } = box;
    box.value = before;
    box.setSelectionRange(selectionStart, selectionEnd);
    tell("");
  }

  function tell(words, undo = null) {
    told = { words, undo, text: box.value };
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER_LAST_KEY);
    show();
  });
  window.addEventListener("online", () => seen.text !== box.value && look());
}

// The findings in a text, or nothing where the server would not say: signed out, or in error.
async function ask(box, text, asking) {
  const tooLate = setTimeout(() => asking.abort(), LONGEST_WAIT);
  try {
    const response = await fetch(box.dataset.look, {
      method: "POST",
      body: new URLSearchParams({
        text,
        note: box.form.dataset.note ?? "",
        given: JSON.stringify(given),
        csrfmiddlewaretoken: tokenOf(box),
      }),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: asking.signal,
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return isJson ? await response.json() : null;
  } finally {
    clearTimeout(tooLate);
  }
}

// The server counts characters, and scripts count units: an emoji is one of the first, two of these.
function placed(text, { findings = [], rare = [] }) {
  const characters = [...text];
  const units = (at) => characters.slice(0, at).join("").length;
  const place = (each) => ({ ...each, start: units(each.start), end: units(each.end) });
  return { text, findings: findings.map(place), rare: rare.map(place) };
}

// Where a place of a text is after more was typed; null where it was typed into.
function placeNow({ start, end }, text, now) {
  let same = 0;
  while (same < text.length && same < now.length && text[same] === now[same]) same += 1;
  if (end <= same) return { start, end };
  let alike = 0;
  const most = Math.min(text.length, now.length) - same;
  while (alike < most && text.at(-1 - alike) === now.at(-1 - alike)) alike += 1;
  if (start < text.length - alike) return null;
  const by = now.length - text.length;
  return { start: start + by, end: end + by };
}

// Left to itself the browser would select what was put in where the cursor stood right behind it,
// and the next key would write over it.
function putIn(box, { start, end }, words) {
  const cursor = [box.selectionStart, box.selectionEnd].map((at) => {
    if (at <= start) return at;
    return Math.max(at, end) + words.length - (end - start);
  });
  box.setRangeText(words, start, end);
  box.setSelectionRange(...cursor);
}

// The same words are asked about once, wherever they stand.
function byWords({ text, findings }, now) {
  const groups = new Map();
  for (const each of findings) {
    if (!placeNow(each, text, now)) continue;
    const words = text.slice(each.start, each.end);
    groups.set(words, [...(groups.get(words) ?? []), each]);
  }
  return groups;
}

// What is rare, each reason once: [words, reason].
function byReason(text, rare) {
  const reasons = new Map();
  for (const { start, end, reason } of rare) {
    if (!reasons.has(reason)) reasons.set(reason, text.slice(start, end));
  }
  return [...reasons].map(([reason, words]) => [words, reason]);
}

const asksAgain = (box) => box.hasAttribute("data-look-again");
const asked = () => [...document.querySelectorAll("[data-asked]")];
const askedOnPage = (words) => asked().some((each) => each.dataset.asked === words);

// A question of the page about words that are no longer in the box is answered.
function hideSettled(box) {
  if (!asksAgain(box)) return;
  for (const each of asked()) each.hidden = !box.value.includes(each.dataset.asked);
}

// What stands under the box, and the quieter matter of what is said aloud.
class Panel {
  constructor(box, { replace, letStay }) {
    this.replace = replace;
    this.letStay = letStay;
    this.again = asksAgain(box);
    this.place = element("div", "pl-looking");
    this.place.hidden = true;
    this.voice = element("p", "govuk-visually-hidden");
    this.voice.setAttribute("role", "status");
    box.after(this.place, this.voice);
    this.shown = "";
    this.told = null;
    this.aloud = "";
    this.lastAloud = 0;
  }

  show({ groups, rare, failed, told }) {
    const names = groups.map(([words]) => words);
    const offered = groups.map(([, [{ likely }]]) => likely);
    const what = JSON.stringify([names, offered, given, rare, failed, told?.words]);
    if (what === this.shown && told === this.told) return;
    this.shown = what;
    this.told = told;
    const parts = [];
    if (told?.words) parts.push(tellOf(told));
    if (groups.length) parts.push(this.names(groups));
    if (rare.length) parts.push(fewHave(rare));
    if (failed) parts.push(element("p", "pl-looking__told", failed));
    this.put(parts);
    const found = names.length ? [`${count(names)}: ${names.join(", ")}.`] : [];
    this.say(told?.words || failed || [...found, ...rare.map(([, reason]) => reason)].join(" "));
  }

  // New parts in place of the old; whoever stood on a button stands on it again, and what was opened
  // stays open.
  put(parts) {
    const on = this.place.contains(document.activeElement) && document.activeElement.textContent;
    const opened = [...this.place.querySelectorAll("details[open]")].map((each) => each.firstChild);
    const open = new Set(opened.map((each) => each.textContent));
    for (const part of parts.flatMap((each) => [...each.querySelectorAll("details")])) {
      part.open = open.has(part.firstChild.textContent);
    }
    this.place.replaceChildren(...parts);
    this.place.hidden = !parts.length;
    if (!on) return;
    [...this.place.querySelectorAll("button, summary")].find((each) => each.textContent === on)?.focus();
  }

  names(groups) {
    const part = element("div", "pl-name");
    part.append(
      element("p", "pl-looking__lead", `${count(groups)}`),
      ...groups.slice(0, MOST_SHOWN).map(([words, places]) => this.question(words, places[0])),
    );
    const more = groups.length - MOST_SHOWN;
    if (more > 0) part.append(element("p", "", `And ${more} more, asked about after these.`));
    if (this.again) part.append(element("p", "pl-name__after", LATER.settled));
    return part;
  }

  question(words, { kind, likely, more }) {
    const line = element("p", "pl-name__quote");
    line.append(element("mark", "pl-found", words), ` ${kind}`);
    const part = element("div", "pl-looking__question");
    part.append(line, this.roles(words, likely));
    const others = more.filter(([, roles]) => roles.some((role) => isFree(role, words)));
    if (others.length) part.append(this.moreRoles(words, others));
    const stay = button("It can stay", "pl-link-button");
    stay.addEventListener("click", () => this.letStay(words));
    stay.append(element("span", "govuk-visually-hidden", `: ${words}`));
    part.append(stay);
    return part;
  }

  roles(words, roles) {
    const buttons = element("div", "pl-buttons pl-roles");
    for (const role of roles.filter((each) => isFree(each, words))) {
      const put = button("", "govuk-button govuk-button--secondary");
      put.append(element("span", "govuk-visually-hidden", `Replace “${words}” with `), role);
      put.addEventListener("click", () => this.replace(words, role));
      buttons.append(put);
    }
    return buttons;
  }

  moreRoles(words, groups) {
    const part = element("details", "govuk-details");
    const head = element("summary", "govuk-details__summary");
    const name = element("span", "govuk-details__summary-text", "More roles");
    name.append(element("span", "govuk-visually-hidden", ` for “${words}”`));
    head.append(name);
    part.append(head);
    for (const [heading, roles] of groups) {
      part.append(element("p", "pl-roles__of", heading), this.roles(words, roles));
    }
    return part;
  }

  // Each change of what was found is said once, and never so often that it talks over the writer.
  say(words) {
    clearTimeout(this.later);
    if (words === this.aloud) return;
    const wait = Math.max(0, this.lastAloud + BETWEEN_WORDS_ALOUD - Date.now());
    this.later = setTimeout(() => {
      this.aloud = this.voice.textContent = words;
      this.lastAloud = Date.now();
    }, wait);
  }
}

const count = ({ length }) => (length === 1 ? "1 name to check" : `${length} names to check`);

function fewHave(rare) {
  const part = element("div", "pl-looking__rare");
  part.append(element("p", "pl-looking__lead", "Could this tell who it is?"));
  for (const [words, reason] of rare.slice(0, MOST_SHOWN)) {
    const line = element("p");
    line.append(element("mark", "pl-found", words), ` ${reason}`);
    part.append(line);
  }
  return part;
}

function tellOf({ words, undo }) {
  const line = element("p", "pl-looking__told", words);
  if (undo) {
    const back = button("Put it back", "pl-link-button");
    back.addEventListener("click", undo);
    line.append(back);
  }
  return line;
}

function button(words, look) {
  const made = element("button", look, words);
  made.type = "button";
  return made;
}

function element(name, look = "", words = "") {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.textContent = words;
  return made;
}
