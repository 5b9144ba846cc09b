"""How many identifiers are found, how much else is hidden, and how fast."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from time import process_time

from observations.identifiers import find
from tests.bench import hard_sentences, made_up_notes
from tests.bench.goals import Figure

ENOUGH = 0.95  # of an identifier's characters: then it counts as found
STRUCTURED = ("ADDRESS", "CASE", "DATE", "EMAIL", "NHS", "NINO", "PHONE", "POSTCODE")
# A note that keeps only these keeps no residue: a town or a school is no person.
NO_RESIDUE = {"TOWN", "SCHOOL"}
TITLE = re.compile(r"(?:Mrs|Mr|Ms|Miss|Dr|PC|Whaea)\.? ")
WORD = re.compile(r"\S+")


@dataclass
class Figures:
    sought: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    hidden: int = 0
    hidden_rightly: int = 0
    leaky: int = 0
    notes: int = 0
    seconds: float = 0.0

    def share(self, *kinds):
        kinds = kinds or tuple(self.sought)
        return sum(self.found[kind] for kind in kinds) / sum(self.sought[kind] for kind in kinds)

    @property
    def precision(self):
        return self.hidden_rightly / self.hidden

    @property
    def residue(self):
        return self.leaky / self.notes


def measure(folder):
    """Figures for the labelled notes of `folder`, our made-up ones, and ordinary comments."""
    sets = [
        ("made-up observations", made_up_notes.notes(400)),
        ("made-up notes, second hand", made_up_notes.notes(400, world=made_up_notes.SECOND)),
    ]
    for name in ("dev", "holdout"):
        if (path := folder / "uk_notes_pii" / f"{name}.jsonl").exists():
            sets.append((f"labelled notes, {name}", read(path)))
    if (path := folder / "presidio_synth" / "dev.jsonl").exists():
        sets.append(("sentences with names", read(path)))
    for name, notes in sets:
        yield from figures_of(name, notes)
    yield from hard()
    if (path := folder / "nhs_fft" / "dev.jsonl").exists():
        hidden = hidden_words(read(path))
        yield Figure("identifiers: words of comments hidden", hidden, ".2%")


def figures_of(name, notes):
    figures = measured(notes)
    for kind in sorted(figures.sought.keys() & {"PERSON", "PERSON_LC", "INITIALS"}):
        yield Figure(f"{name}: {kind}", figures.share(kind))
    structured = [kind for kind in STRUCTURED if figures.sought[kind]]
    if structured:
        worst = min(structured, key=figures.share)
        yield Figure(f"{name}: worst of the rest", figures.share(worst), beside=worst)
        yield Figure(f"{name}: all", figures.share())
        yield Figure(f"{name}: precision", figures.precision)
        yield Figure(f"{name}: notes with a residue", figures.residue, ".1%")
    yield Figure(f"{name}: notes a second", len(notes) / figures.seconds, ".0f")


def hard():
    """How often words that only look like a name are taken for one, and names for words."""
    alarmed = sum(bool(find(text)) for text in hard_sentences.QUIET)
    figures = measured(hard_sentences.notes())
    yield Figure("hard sentences: PERSON", figures.share())
    yield Figure("hard sentences: precision", figures.precision)
    yield Figure("hard sentences without a name, pointed at", alarmed / len(hard_sentences.QUIET))


def measured(notes):
    """What `find` makes of labelled notes, as `Figures`."""
    figures = Figures(notes=len(notes))
    started = process_time()
    finds = [find(note["text"]) for note in notes]
    figures.seconds = process_time() - started
    for note, found in zip(notes, finds, strict=True):
        add(figures, note, found)
    return figures


def add(figures, note, found):
    covered = characters((each.start, each.end) for each in found)
    kept = {kind for span in note["spans"] if (kind := counted(figures, note, span, covered))}
    figures.leaky += bool(kept - NO_RESIDUE)
    labelled = characters((start, end) for start, end, _ in note["spans"])
    figures.hidden += len(covered)
    figures.hidden_rightly += len(covered & labelled)


def counted(figures, note, span, covered):
    """Counts one label; the kind, if it was not found."""
    start, end, kind = span
    if title := TITLE.match(note["text"], start, end):
        start = title.end()
    whole = range(start, end)
    figures.sought[kind] += 1
    if len(covered.intersection(whole)) < ENOUGH * len(whole):
        return kind
    figures.found[kind] += 1
    return None


def characters(spans):
    return {at for start, end in spans for at in range(start, end)}


def hidden_words(comments):
    words = hidden = 0
    for comment in comments:
        covered = characters((each.start, each.end) for each in find(comment["text"]))
        for word in WORD.finditer(comment["text"]):
            words += 1
            hidden += not covered.isdisjoint(range(*word.span()))
    return hidden / words


def read(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
