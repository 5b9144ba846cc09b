"""The demonstration's passages read with the sentence model, observation by observation left out.

Nothing is measured where the model is not set up.
"""

import tomllib
from dataclasses import replace
from random import Random
from time import perf_counter, process_time

from observations.coding import suggest
from observations.coding.learning import Confirmed, train
from observations.meaning import Reader, fingerprint
from practicelens.local.meaning import HOME
from tests.bench.goals import Figure
from tests.bench.quality_speed import megabytes

FOLDS, DRAWS, NOTES = 5, 3, 40
WORDS_A_PASSAGE, PASSAGES = 25, 200


def measure(folder, codebook):
    """Figures of the notes in `folder`, which carry their authors' own themes."""
    if not fingerprint(HOME):
        return
    book = replace(codebook, reader=Reader(HOME))
    notes = list(labelled(folder))
    yield from figures("nothing confirmed", [(each, None) for each in notes], book)
    unseen = [
        (each, model)
        for part in range(FOLDS)
        for model in [learned(book, [each for each in notes if group(each) % FOLDS != part])]
        for each in notes
        if group(each) % FOLDS == part
    ]
    yield from figures("observations left out", unseen, book)
    yield from figures(f"{NOTES} observations", list(few(book, notes)), book)
    began = perf_counter()
    learned(book, notes)
    yield Figure(f"with the model: seconds to learn, {len(notes)} passages", perf_counter() - began)
    yield Figure("with the model: passages of 25 words a second", speed(notes), ".0f")
    yield Figure("with the model: memory, MB", megabytes(), ".0f")


def labelled(folder):
    """Confirmed, of each passage; its group is the number of its observation."""
    observations = [
        told
        for path in sorted(folder.glob("*.toml"))
        for told in tomllib.loads(path.read_text("utf-8"))["observation"]
    ]
    for number, told in enumerate(observations):
        for passage in told["passages"]:
            yield Confirmed(passage["text"], tuple(passage.get("themes", {})), group=str(number))


def group(each):
    return int(each.group)


def learned(book, notes):
    return train(book, notes)


def few(book, notes):
    """All passages of the other observations, with what was learned from forty, drawn three times."""
    groups = sorted({group(each) for each in notes})
    for draw in range(DRAWS):
        seen = set(Random(draw).sample(groups, NOTES))
        model = learned(book, [each for each in notes if group(each) in seen])
        yield from ((each, model) for each in notes if group(each) not in seen)


def figures(what, pairs, book):
    right = suggested = likely_right = likely = labels = 0
    for each, model in pairs:
        found = suggest(each.text, book, model)
        right += sum(one.theme in each.labels for one in found)
        likely_right += sum(one.theme in each.labels for one in found if one.is_likely)
        suggested += len(found)
        likely += sum(one.is_likely for one in found)
        labels += len(each.labels)
    name = f"with the model, {what}"
    yield Figure(f"{name}: micro F1", 2 * right / max(1, suggested + labels))
    yield Figure(f"{name}: precision", right / max(1, suggested))
    yield Figure(f"{name}: likely, right", likely_right / max(1, likely))
    yield Figure(f"{name}: likely a passage", likely / len(pairs), ".2f")


def speed(notes):
    words = " ".join(each.text for each in notes).split()
    starts = range(0, WORDS_A_PASSAGE * PASSAGES, WORDS_A_PASSAGE)
    passages = [" ".join(words[at : at + WORDS_A_PASSAGE]) for at in starts]
    reader = Reader(HOME)
    reader.read(["opened"])
    began = process_time()
    reader.read(passages)
    return len(passages) / (process_time() - began)
