// The live tally of a meeting, in its form: one press says who speaks now. The same on the page with a
// signal and on the one without. Every press is kept on this device; the form is filled when asked.

import { figures, lengthInWords, minutesInWords, shares, standing } from "./counting.js";
import { keepTally, tallyOf } from "./offline/store.js";

const BETWEEN_LOOKS = 1000; // only what is shown hangs on it
const NOT_KEPT = "This device can’t keep the tally: leave this page open until it is filled in.";

// Makes the tally in `place` work. `id` is its observation's; `areThere` says which roles are ticked as
// there, where the form itself does not. Returns how to put the roles in order again.
export function offerTally(place, id, areThere = () => []) {
  const tally = new Tally(place, id, areThere);
  tally.begin();
  return () => tally.arrange();
}

class Tally {
  constructor(place, id, areThere) {
    this.place = place;
    this.form = place.closest("form");
    this.person = place.dataset.tally;
    this.id = id;
    this.areThere = areThere;
    this.presses = [];
    this.roles = this.all("[data-role]");
  }

  find = (name) => this.place.querySelector(`[data-tally-${name}]`);
  all = (what) => [...this.place.querySelectorAll(what)];
  now = () => standing(this.presses, Date.now());
  called = (role) => this.place.querySelector(`[data-role="${role}"] [data-called]`)?.textContent ?? role;

  begin() {
    this.place.addEventListener("click", (event) => this.clicked(event));
    this.place.addEventListener("keydown", (event) => this.keyed(event));
    this.arrange();
    this.load();
    const again = () => (this.place.isConnected ? this.load() : document.removeEventListener("visibilitychange", again));
    document.addEventListener("visibilitychange", again);
    const timer = setInterval(() => {
      if (!this.place.isConnected) clearInterval(timer);
      else if (this.now().role) this.drawTimes();
    }, BETWEEN_LOOKS);
  }

  // From the device: after a reload, and where another tab went on.
  async load() {
    try {
      this.presses = (await tallyOf(this.person, this.id)) ?? this.presses;
    } catch {
      this.tellKept(false);
    }
    this.place.hidden = false;
    this.draw();
    this.say(this.presses.length ? this.stateInWords() : "");
  }

  // Those in the room first; all at once where nobody is ticked.
  arrange() {
    const ticked = this.areThere();
    const isThere = ({ dataset }) => (ticked.length ? ticked.includes(dataset.role) : "there" in dataset);
    const there = this.roles.filter(isThere);
    this.find("there").append(...there);
    const others = this.roles.filter((each) => !there.includes(each));
    this.find("others").append(...others);
    this.find("others").closest("details").hidden = !others.length;
    this.ordered = [...there, ...others];
    this.ordered.forEach((button, at) => {
      const key = at < 9 ? String(at + 1) : "";
      button.querySelector("kbd").textContent = key;
      button.querySelector("kbd").hidden = !key;
      if (key) button.setAttribute("aria-keyshortcuts", key);
      else button.removeAttribute("aria-keyshortcuts");
    });
  }

  // Presses

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.role) this.speaks(button.dataset.role);
    else if (button.dataset.moment) this.marks(button);
    else this[button.dataset.does]();
    // With a finger or a mouse the keys go on to work; whoever walks by Tab stays where they are.
    if (event.detail) this.place.focus({ preventScroll: true });
  }

  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const role = /^[1-9]$/.test(event.key) && this.ordered[Number(event.key) - 1];
    const isOnButton = event.target.closest("button, summary");
    if (role) this.speaks(role.dataset.role);
    else if (event.key === " " && !isOnButton) this.pause();
    else if (event.key.toLowerCase() === "u") this.undo();
    else return;
    event.preventDefault();
  }

  speaks(role) {
    const { role: before, isAsking } = this.now();
    if (role === before && !isAsking) return;
    this.press({ does: "speaks", of: role });
    this.say(isAsking ? `${this.called(role)} was asked first, and speaks.` : this.stateInWords());
  }

  pause() {
    const { role, last } = this.now();
    if (!role && !last) return this.say("Press who speaks first.");
    this.press(role ? { does: "pause" } : { does: "speaks", of: last });
    this.say(this.stateInWords());
  }

  marks({ dataset, textContent }) {
    const isAsk = dataset.moment === "asked_first";
    this.press(isAsk ? { does: "ask" } : { does: "moment", of: dataset.moment });
    this.say(isAsk ? "Asked first: now press who it was." : `Marked: ${textContent.trim()}.`);
  }

  undo() {
    if (!this.presses.length) return this.say("There is nothing to undo.");
    this.presses = this.presses.slice(0, -1);
    this.keep();
    this.say(`The last press is undone. ${this.stateInWords()}`);
  }

  afresh() {
    this.press({ does: "afresh" });
    this.say("The tally is empty. Undo brings it back.");
  }

  // What was counted goes into the boxes; the form saves itself as after typing.
  fill() {
    if (this.now().role) this.press({ does: "pause" });
    const found = figures(this.now());
    if (!Object.keys(found).length) return this.say("Nothing is counted yet. Press who speaks first.");
    for (const [name, value] of Object.entries(found)) {
      const box = this.form.elements.namedItem(name);
      if (!box) continue;
      box.value = name.startsWith("minutes_") ? minutesInWords(value) : value;
      let fold = box.closest?.("details");
      for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
    const counted = this.form.elements.namedItem("counted");
    counted.value = new URLSearchParams(found).toString();
    counted.dispatchEvent(new Event("input", { bubbles: true }));
    counted.dispatchEvent(new Event("change", { bubbles: true }));
    this.say("Filled in below. What you change there is said to be changed by hand.");
  }

  press(press) {
    this.presses = [...this.presses, { at: Date.now(), ...press }];
    this.keep();
  }

  async keep() {
    this.draw();
    try {
      await keepTally(this.person, this.id, this.presses);
      this.tellKept(true);
    } catch {
      this.tellKept(false);
    }
  }

  tellKept(isKept) {
    this.find("kept").hidden = isKept;
    this.find("kept").textContent = isKept ? "" : NOT_KEPT;
  }

  // Drawing

  stateInWords() {
    const { role, last, isAsking } = this.now();
    if (isAsking) return "Asked first: now press who it was.";
    if (role) return `${this.called(role)} speaks.`;
    return last ? "Paused." : "Nobody speaks yet.";
  }

  say(words) {
    this.find("said").textContent = words;
  }

  draw() {
    const { role, last } = this.now();
    for (const button of this.roles) button.setAttribute("aria-pressed", String(button.dataset.role === role));
    const isOther = role && this.find("others").querySelector(`[data-role="${role}"]`);
    if (isOther) this.find("others").closest("details").open = true;
    this.find("pause").textContent = role || !last ? "Pause" : "Go on";
    this.drawTimes();
  }

  drawTimes() {
    const found = this.now();
    const rows = shares(found);
    this.find("whole").textContent = found.whole
      ? `${lengthInWords(found.whole)} of talk so far.${this.momentsInWords(found)}`
      : `Nothing is counted yet.${this.momentsInWords(found)}`;
    this.find("shares").hidden = !rows.length;
    this.find("shares").replaceChildren(...rows.map((row) => this.rowOf(row)));
  }

  momentsInWords({ moments, asked }) {
    const first = asked ? [`Asked first: ${this.called(asked)}.`] : [];
    const names = Object.entries(moments).map(([name, times]) => {
      const button = this.place.querySelector(`[data-moment="${name}"]`);
      return `${button?.textContent.trim() ?? name}: ${times}.`;
    });
    return [...first, ...names].map((words) => ` ${words}`).join("");
  }

  rowOf([role, time, share]) {
    const row = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = `${this.called(role)}: ${lengthInWords(time)}, ${share}%`;
    const bar = document.createElement("span");
    bar.className = "pl-tally__bar";
    bar.setAttribute("aria-hidden", "true");
    const part = document.createElement("span");
    part.style.width = `${share}%`;
    bar.append(part);
    row.append(words, bar);
    return row;
  }
}
