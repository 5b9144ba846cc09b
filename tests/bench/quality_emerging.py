"""How far groups of uncovered texts are themes: some themes are hidden, and looked for again."""

import json
from collections import Counter
from random import Random
from statistics import mean

from observations.coding import Codebook, Theme, suggest
from observations.coding.emerging import LEAST_MEMBERS, all_groups, fits, groups
from tests.bench.goals import Figure

DRAWS, HIDDEN = 16, 5


def measure(folder):
    """Figures for the labelled comments of `folder`: five themes hidden, the mean of several draws.

    A codebook of no more than five themes has none to hide.
    """
    if not (folder / "nhs_fft" / "dev.jsonl").exists():
        return
    codebook = codebook_of(folder / "nhs_fft" / "codebook.json")
    if len(codebook.themes) <= HIDDEN:
        return
    notes = [note for note in read(folder / "nhs_fft" / "dev.jsonl") if fits(note["text"])]
    suggested = [{each.theme for each in suggest(note["text"], codebook)} for note in notes]
    found, offered = [], []
    for draw in range(DRAWS):
        hidden = set(Random(draw).sample([theme.code for theme in codebook.themes], HIDDEN))
        left = left_over(notes, suggested, hidden)
        found += best_groups(left, hidden)
        offered += purities(left)
    yield Figure("emerging: best group of a hidden theme, F1", mean(f1 for f1, _ in found))
    yield Figure(
        "emerging: hidden themes with a group half theirs",
        mean(is_half for _, is_half in found),
        ".0%",
    )
    yield Figure(
        "emerging: groups offered, half of one theme", mean(each >= 0.5 for each in offered), ".0%"
    )


def left_over(notes, suggested, hidden):
    """The labels of each text that the other themes do not cover, with the text."""
    return [
        (note["text"], set(note["labels"]))
        for note, themes in zip(notes, suggested, strict=True)
        if themes <= hidden
    ]


def best_groups(left, hidden):
    """For each hidden theme that is left: (F1 of its best group, whether a group is half of it)."""
    found = all_groups([text for text, _ in left])
    sizes = [group.members for group in found if len(group.members) >= LEAST_MEMBERS]
    for theme in sorted(hidden):
        has = [theme in labels for _, labels in left]
        shared = [(sum(has[place] for place in members), len(members)) for members in sizes]
        best = max((2 * ours / (size + sum(has)) for ours, size in shared), default=0)
        yield best, any(2 * ours >= size for ours, size in shared)


def purities(left):
    """Of each group offered, the share of its commonest theme. Each text is its own note."""
    apart = range(len(left))
    for group in groups([text for text, _ in left], apart, apart):
        labels = Counter(label for place in group.members for label in left[place][1])
        yield max(labels.values(), default=0) / len(group.members)


def codebook_of(path):
    return Codebook(
        tuple(
            Theme(each["name"], each["name"], each["description"], tuple(each["keywords"].split()))
            for each in json.loads(path.read_text(encoding="utf-8"))
        )
    )


def read(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
