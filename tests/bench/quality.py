"""How well passages are read: themes, stance, identifiers and speed, on labelled texts.

    python tests/bench/quality.py --data FOLDER

FOLDER holds nhs_fft (codebook.json, dev.jsonl), ilacs (paragraphs.jsonl) and, if wanted,
uk_notes_pii and presidio_synth (dev.jsonl). Nothing measured here is read by the product.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from observations.coding import Codebook, Theme, passage_stance, suggest
from tests.bench import quality_identifiers


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of labelled texts")
    folder = parser.parse_args().data

    rows = []
    if (folder / "nhs_fft").exists():
        rows += themes(folder / "nhs_fft")
    if (folder / "ilacs").exists():
        rows += stance(folder / "ilacs")
    rows += quality_identifiers.rows(folder)
    for name, figure in rows:
        print(f"{name:<44} {figure:>10}")


def themes(folder):
    """Micro and macro F1 of suggestions against the labels, and passages a second."""
    codebook = read_codebook(folder / "codebook.json")
    notes = read_lines(folder / "dev.jsonl")
    right, wrong, missed = Counter(), Counter(), Counter()
    for note in notes:
        found = {suggestion.theme for suggestion in suggest(note["text"], codebook)}
        labels = set(note["labels"])
        right.update(found & labels)
        wrong.update(found - labels)
        missed.update(labels - found)
    names = [theme.code for theme in codebook.themes]
    precision = right.total() / (right.total() + wrong.total())
    recall = right.total() / (right.total() + missed.total())
    macro = sum(f1(right[name], wrong[name], missed[name]) for name in names) / len(names)
    return [
        ("themes: micro F1", f"{f1(right.total(), wrong.total(), missed.total()):.3f}"),
        ("themes: macro F1", f"{macro:.3f}"),
        ("themes: precision", f"{precision:.3f}"),
        ("themes: recall", f"{recall:.3f}"),
        ("themes: 150-word passages a second", f"{speed(notes, codebook):.0f}"),
    ]


def f1(right, wrong, missed):
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def speed(notes, codebook):
    """Passages of 150 words coded in a second, none seen before."""
    words = " ".join(note["text"] for note in notes).split()
    passages = [" ".join(words[at : at + 150]) for at in range(0, len(words) - 150, 150)]
    started = perf_counter()
    for passage in passages:
        suggest(passage, codebook)
    return len(passages) / (perf_counter() - started)


def stance(folder):
    """How often a paragraph graded outstanding stands above one graded inadequate."""
    paragraphs = read_lines(folder / "paragraphs.jsonl")
    praised = [passage_stance(p["text"]) for p in paragraphs if p["grade"] == "outstanding"]
    failed = [passage_stance(p["text"]) for p in paragraphs if p["grade"] == "inadequate"]
    return [("stance: AUC, outstanding against inadequate", f"{auc(praised, failed):.3f}")]


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


if __name__ == "__main__":
    main()
