// Moving the edges of a quote by words. Offsets count characters as the server does, so that an
// emoji is one.

const WORD = /[\p{L}\p{M}\p{N}_'’]+([.!?…]+["”’)]*(?=\s|$))?/gu;

// Where each word of a text starts and ends; the stop that closes a sentence goes with its last.
function wordsOf(text) {
  const length = (piece) => [...piece].length;
  return [...text.matchAll(WORD)].map((found) => {
    const start = length(text.slice(0, found.index));
    return { start, end: start + length(found[0]) };
  });
}

// The next edge from `at`, a word earlier or later, or null if there is none.
function nextEdge(words, edge, at, by) {
  const places = words.map((word) => word[edge]);
  if (by < 0) return places.findLast((place) => place < at) ?? null;
  return places.find((place) => place > at) ?? null;
}

class Quote {
  constructor(place, details, say) {
    this.place = place;
    this.details = details;
    this.say = say;
    this.letters = [...place.dataset.text];
    this.words = wordsOf(place.dataset.text);
    const numbers = place.dataset.marks.split(" ").filter(Boolean).map(Number);
    this.marks = [];
    while (numbers.length) this.marks.push(numbers.splice(0, 2));
    this.fields = { start: this.hiddenField("start"), end: this.hiddenField("end") };
  }

  // The choice of sentences gives way to a hidden field that any word's edge can be written in.
  hiddenField(name) {
    const select = this.details.querySelector(`select[name=${name}]`);
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = select.value;
    select.closest(".govuk-form-group").replaceWith(field);
    return field;
  }

  at(edge) {
    return Number(this.fields[edge].value);
  }

  text(start, end) {
    return this.letters.slice(start, end).join("");
  }

  move(edge, by) {
    this.details.open = true;
    const to = nextEdge(this.words, edge, this.at(edge), by);
    const start = edge === "start" ? to : this.at("start");
    const end = edge === "end" ? to : this.at("end");
    if (to === null || !this.words.some((word) => word.start >= start && word.end <= end)) {
      this.say(by < 0 ? "It can’t go earlier." : "It can’t go later.");
      return;
    }
    this.fields[edge].value = to;
    this.show();
    const said = this.text(start, end).trim().split(/\s+/);
    this.say(edge === "start" ? `Starts with: ${said.slice(0, 4).join(" ")}` : `Ends with: ${said.slice(-4).join(" ")}`);
  }

  show() {
    const [start, end] = [this.at("start"), this.at("end")];
    const { first, last } = this.place.dataset;
    this.context("[data-before]", this.text(Math.min(first, start), start));
    this.context("[data-after]", this.text(end, Math.max(last, end)));
    const quote = this.place.querySelector("#quote");
    quote.replaceChildren(...this.pieces(start, end));
  }

  context(selector, text) {
    const place = this.place.querySelector(selector);
    place.textContent = text.trim();
    place.hidden = !text.trim();
  }

  pieces(start, end) {
    const made = [];
    let at = start;
    for (const [from, to] of this.marks) {
      if (from < at || to > end) continue;
      const mark = document.createElement("mark");
      mark.className = "pl-found";
      mark.textContent = this.text(from, to);
      made.push(this.text(at, from), mark);
      at = to;
    }
    return [...made, this.text(at, end)];
  }
}

// Gives the quote of a page its four buttons. `say` tells a screen reader.
export function offerEdges(say) {
  const place = document.querySelector("[data-quote]");
  const details = document.querySelector("[data-edges]");
  if (!place || !details) return;
  const quote = new Quote(place, details, say);
  const moves = details.querySelector("[data-moves]");
  moves.hidden = false;
  moves.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) quote.move(button.dataset.edge, Number(button.dataset.by));
  });
}
