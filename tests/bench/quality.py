"""How well passages are read: themes, stance, identifiers and speed, on labelled texts.

    make bench ARGS="--data FOLDER [--folds 5]"

FOLDER holds any of nhs_fft (codebook.json, dev.jsonl), nhs_composite (dev.jsonl, coded by the same
codebook), ilacs (paragraphs.jsonl), uk_notes_pii and presidio_synth (dev.jsonl). What is learned is
always measured on texts that it was not learned from. The notes of the demonstration, which carry
their authors' own themes, are measured too. Nothing measured here is read by the product.
"""

import json
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter

from scipy.stats import spearmanr

from observations.coding import Codebook, Theme, passage_stance, suggest
from observations.coding.learning import Confirmed, train
from tests.bench import quality_emerging, quality_identifiers, quality_meaning, quality_speed
from tests.bench.goals import Figure

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "practicelens/demo/notes"

# As published, worst first.
GRADES = ["inadequate", "requires improvement to be good", "good", "outstanding"]


def measure(folder, folds):
    """Every Figure of what the folder holds, as it is measured."""
    parts = {"nhs_fft": themes, "nhs_composite": notes_of_many_themes, "ilacs": stance}
    for name, figures_of in parts.items():
        if (folder / name).exists():
            yield from figures_of(folder / name, folds)
    yield from demonstration()
    yield from quality_identifiers.measure(folder)
    yield from quality_emerging.measure(folder)
    yield Figure("memory at the most, learning and all, MB", quality_speed.megabytes(), ".0f")


def themes(folder, folds):
    """F1 of suggestions with 0, 10, 30 and 100 confirmed texts a theme, and speed."""
    codebook = read_codebook(folder / "codebook.json")
    notes = read_lines(folder / "dev.jsonl")
    yield from figures("nothing confirmed", score(notes, codebook))
    for confirmed in (10, 30, 100):
        results, seconds = [], []
        for part, (held_out, rest) in enumerate(split(notes, folds)):
            drawn = draw(rest, codebook, confirmed, Random(part))
            model, took = timed(learn, codebook, drawn)
            results.append(score(held_out, codebook, model))
            seconds.append(took)
        yield from figures(f"{confirmed} confirmed a theme", sum(results, Score()))
        yield Figure(
            f"seconds to learn, {confirmed} a theme", max(seconds), ".1f", f"{len(drawn)} texts"
        )
    passages = quality_speed.passages_of(notes)
    by_words, _ = quality_speed.alone(passages, codebook)
    learned, memory = quality_speed.alone(passages, codebook, model)
    yield Figure("passages of 150 words a second, keywords", by_words, ".0f")
    yield Figure("passages of 150 words a second, learned", learned, ".0f")
    yield Figure("memory while coding, MB", memory, ".0f")


def notes_of_many_themes(folder, folds):
    """The same for long notes, learned from 150 of them or from their segments, and the quotes.

    Notes share segments, so those with a segment among the learned ones are left out.
    """
    codebook = read_codebook(folder.parent / "nhs_fft" / "codebook.json")
    notes = read_lines(folder / "dev.jsonl")
    yield from figures("long notes, nothing confirmed", score(notes, codebook))
    whole, by_segment = Score(), Score()
    for part in range(folds):
        apart = segments_apart(notes, Random(part))
        learned, held_out = (
            made_notes(apart[0], 150, Random(part)),
            made_notes(apart[1], 150, Random(part)),
        )
        segments = [segment for note in learned for segment in note["segments"]]
        whole += score(held_out, codebook, learn(codebook, learned))
        by_segment += score(held_out, codebook, learn(codebook, segments))
    yield from figures("150 long notes confirmed", whole)
    yield from figures("their segments confirmed", by_segment)


def segments_apart(notes, random):
    """The segments of some notes (as often as they are used there), cut in two by their id."""
    ids = sorted({segment["id"] for note in notes for segment in note["segments"]})
    random.shuffle(ids)
    held_out = set(ids[: len(ids) // 4])
    used = [segment for note in notes for segment in note["segments"]]
    return [s for s in used if s["id"] not in held_out], [s for s in used if s["id"] in held_out]


def made_notes(segments, count, random):
    """Notes strung together like those of the file, of segments that are kept apart."""
    notes = []
    for _ in range(count):
        chosen = {each["id"]: each for each in random.choices(segments, k=random.randint(4, 7))}
        labels = {label for each in chosen.values() for label in each["labels"]}
        text = " ".join(each["text"] for each in chosen.values())
        notes.append({"text": text, "labels": sorted(labels), "segments": list(chosen.values())})
    return notes


def demonstration():
    """Suggestions and stance against what the authors of the demonstration's notes said."""
    codebook, notes = demonstration_notes()
    yield from figures("demonstration, nothing confirmed", score(notes, codebook))
    halves = [notes[::2], notes[1::2]]
    learned = score(halves[1], codebook, learn(codebook, halves[0]))
    learned += score(halves[0], codebook, learn(codebook, halves[1]))
    yield from figures("demonstration, half confirmed", learned)
    yield from quality_meaning.measure(NOTES, codebook)


def demonstration_notes():
    starter = tomllib.loads((ROOT / "frameworks/starters/concerns.toml").read_text("utf-8"))
    codebook = Codebook(
        tuple(
            Theme(t["code"], t["name"], t["definition"], tuple(t["keywords"]), tuple(t["examples"]))
            for t in starter["theme"]
        )
    )
    observations = [
        observation
        for path in sorted(NOTES.glob("*.toml"))
        for observation in tomllib.loads(path.read_text("utf-8"))["observation"]
    ]
    return codebook, [
        {"text": passage["text"], "labels": list(said), "stances": said}
        for observation in observations
        for passage in observation["passages"]
        for said in [passage.get("themes", {})]
    ]


@dataclass
class Score:
    """Suggestions counted against labels, by theme; and of the right ones, how far they are right."""

    right: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    more: Counter = field(default_factory=Counter)

    def __add__(self, other):
        ours, theirs = vars(self), vars(other)
        return Score(**{name: ours[name] + theirs[name] for name in ours})


def score(notes, codebook, model=None):
    total = Score()
    for note in notes:
        found = suggest(note["text"], codebook, model)
        suggested, labels = {each.theme for each in found}, set(note["labels"])
        total.right.update(suggested & labels)
        total.wrong.update(suggested - labels)
        total.missed.update(labels - suggested)
        for each in found:
            if each.theme in labels:
                total.more.update(more_of(each, note))
    return total


def more_of(found, note):
    """Whether the quote of a right suggestion shows its theme, and whether its stance is right."""
    if "segments" in note:
        quote = note["text"][found.start : found.end]
        start = 0
        for segment in note["segments"]:
            start = note["text"].index(segment["text"], start)
            end = start + len(segment["text"])
            if start <= (found.start + found.end) // 2 < end and quote:
                yield "quotes"
                if found.theme in segment["labels"]:
                    yield "quotes right"
    if found.theme in note.get("stances", {}):
        yield "stances"
        if note["stances"][found.theme] == found.stance:
            yield "stances right"


def figures(what, total):
    right, wrong, missed = total.right.total(), total.wrong.total(), total.missed.total()
    names = total.right.keys() | total.missed.keys()
    by_theme = [f1(total.right[name], total.wrong[name], total.missed[name]) for name in names]
    yield Figure(f"{what}: micro F1", f1(right, wrong, missed))
    yield Figure(f"{what}: macro F1", mean(by_theme))
    yield Figure(f"{what}: precision", right / max(1, right + wrong))
    yield Figure(f"{what}: recall", right / max(1, right + missed))
    for name in ("quotes", "stances"):
        if total.more[name]:
            yield Figure(f"{what}: {name} right", total.more[f"{name} right"] / total.more[name])


def split(notes, folds):
    """`(held out, rest)`, each note held out once."""
    shuffled = list(notes)
    Random(0).shuffle(shuffled)
    for part in range(folds):
        rest = [note for at, note in enumerate(shuffled) if at % folds != part]
        yield shuffled[part::folds], rest


def draw(notes, codebook, confirmed, random):
    """So many texts of each theme, and beside them, of no theme, a fifth as many."""
    drawn = {}
    for theme in codebook.themes:
        of_theme = [note for note in notes if theme.code in note["labels"]]
        chosen = random.sample(of_theme, min(confirmed, len(of_theme)))
        drawn |= {note["id"]: note for note in chosen}
    none = [note for note in notes if not note["labels"]]
    return [*drawn.values(), *random.sample(none, min(len(none), len(drawn) // 5))]


def learn(codebook, notes):
    return train(codebook, [Confirmed(note["text"], tuple(note["labels"])) for note in notes])


def timed(work, *given):
    started = perf_counter()
    result = work(*given)
    return result, perf_counter() - started


def f1(right, wrong, missed):
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def stance(folder, _folds):
    """How often a paragraph graded outstanding stands above one graded inadequate; and how far the
    mean stance of an authority's visit ranks as its published grade does (Spearman, 1904)."""
    paragraphs = read_lines(folder / "paragraphs.jsonl")
    praised = [passage_stance(p["text"]) for p in paragraphs if p["grade"] == "outstanding"]
    failed = [passage_stance(p["text"]) for p in paragraphs if p["grade"] == "inadequate"]
    yield Figure("stance: AUC, outstanding against inadequate", auc(praised, failed))
    visits, grades = defaultdict(list), {}
    for paragraph in paragraphs:
        if paragraph["overall"] in GRADES:
            visit = paragraph["authority"], paragraph["inspected_on"]
            visits[visit].append(passage_stance(paragraph["text"]))
            grades[visit] = GRADES.index(paragraph["overall"])
    agreement = spearmanr([mean(visits[each]) for each in grades], list(grades.values()))
    rank = agreement.statistic
    yield Figure("stance: rank agreement of visits", rank, beside=f"{len(grades)} visits")


def auc(upper, lower):
    """The chance that one of `upper` is above one of `lower`; a tie counts half."""
    won = sum((a > b) + (a == b) / 2 for a in upper for b in lower)
    return won / (len(upper) * len(lower))


def read_codebook(path):
    themes = json.loads(path.read_text(encoding="utf-8"))
    return Codebook(
        tuple(
            Theme(
                code=theme["name"],
                name=theme["name"],
                definition=theme["description"],
                keywords=tuple(theme["keywords"].split()),
            )
            for theme in themes
        )
    )


def read_lines(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
