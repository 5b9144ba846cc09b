"""Uncommon words and rare features, measured on sentences written for it."""

import re
from pathlib import Path

import pytest

from observations.identifiers import rare_features, uncommon

SENTENCES = Path(__file__).parent / "corpus" / "rare_or_ordinary.txt"
MARKED = re.compile(r"\[([^\]]*)\]")


def half(at):
    """[(a sentence, the places of what is rare in it)] of the half for tuning, or of that kept back."""
    lines = SENTENCES.read_text().split("# Kept back")[at].splitlines()
    return [taken_apart(line) for line in lines if line and not line.startswith("#")]


def taken_apart(line):
    places = [
        (match.start() - 2 * at, match.end() - 2 * at - 2)
        for at, match in enumerate(MARKED.finditer(line))
    ]
    return line.replace("[", "").replace("]", ""), places


def pointed_at(text):
    return [*rare_features(text), *uncommon(text, lambda word: False)]


def measured(at):
    """(rare sentences, those found, ordinary sentences, those pointed at all the same)."""
    rare = [(text, places) for text, places in half(at) if places]
    plain = [text for text, places in half(at) if not places]
    found = [
        text
        for text, places in rare
        if any(
            each.start < end and start < each.end
            for each in pointed_at(text)
            for start, end in places
        )
    ]
    return len(rare), len(found), len(plain), sum(1 for text in plain if pointed_at(text))


@pytest.mark.parametrize(
    ("at", "figures"),
    [
        pytest.param(0, (60, 60, 60, 0), id="for tuning"),
        pytest.param(1, (30, 27, 30, 4), id="kept back"),
    ],
)
def test_rare_things_are_pointed_at_and_ordinary_ones_seldom(at, figures):
    """docs/releasing-quotations.md tells these figures."""
    assert measured(at) == figures


def test_what_the_archive_has_often_is_not_uncommon_and_words_side_by_side_are_one():
    text = "He keeps a brindled ferret, and his Ferret is asleep."

    assert [text[each.start : each.end] for each in uncommon(text, lambda word: False)] == [
        "brindled ferret"
    ]
    assert uncommon(text, {"brindled", "ferret"}.__contains__) == []
