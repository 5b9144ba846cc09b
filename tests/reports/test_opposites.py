"""Passages for and against: each rule by which they are chosen, and how it is said."""

from datetime import date

import pytest

from observations.models import Redaction
from reports.periods import Window
from reports.summaries import passages_for
from reports.summaries.passages import HOW_CHOSEN, NONE_FAIR
from reports.summaries.placing import place
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RedactionFactory,
    ThemeFactory,
    UserFactory,
)

WINDOW = Window(date(2026, 5, 1), date(2026, 10, 1))
FAIR = "She asked the boy what he would change about his mornings"
LONG = "and then " * 50


@pytest.fixture
def theme():
    return ThemeFactory()


@pytest.fixture
def told(team, theme):
    """A confirmed passage that helps, in a note of its own unless one is given."""

    def tell(text=f"{FAIR}.", *, day=7, note=None, kind="seen", unit=team, **fields):
        note = note or ObservationFactory(
            unit=unit, submitted=True, observed_on=date(2026, 10, day), **fields
        )
        note.refresh_from_db()
        passage = PassageFactory(observation=note, text=text, kind=kind)
        MentionFactory(passage=passage, theme=theme, confirmed=True)
        return passage

    return tell


def chosen(team, theme, limit=4):
    return passages_for(team.parent, WINDOW, side="helps", theme=theme, limit=limit)


def pks(found):
    return [each.passage_id for each in found.chosen]


def test_another_note_is_quoted_before_a_second_from_the_same(told, team, theme, psw):
    first = told(observer=psw, day=9)
    again = told(note=first.observation)
    other = told(observer=psw, day=3)

    assert pks(chosen(team, theme, limit=2)) == [again.pk, other.pk]


def test_another_team_is_quoted_before_a_second_from_the_same(told, team, sibling_team, theme, psw):
    newest = told(observer=psw, day=9)
    told(observer=psw, day=8)
    elsewhere = told(observer=psw, day=2, unit=sibling_team)

    assert pks(chosen(team, theme, limit=2)) == [newest.pk, elsewhere.pk]


def test_who_was_heard_elsewhere_comes_before_a_second_thing_seen_by_the_same(told, team, theme):
    one, other = UserFactory(), UserFactory()
    seen = told(observer=one, day=9)
    told(observer=one, day=8)
    heard = told(observer=other, day=2, kind="heard")

    assert pks(chosen(team, theme, limit=2)) == [seen.pk, heard.pk]


@pytest.mark.parametrize(
    ("settled", "fields"),
    [
        (Redaction.Settled.KEPT, {"words": "boy", "reason": "There are many."}),
        (Redaction.Settled.REPLACED, {"words": "Kai", "replacement": "the boy"}),
    ],
)
def test_where_a_name_was_once_found_is_quoted_last(told, team, theme, settled, fields):
    named = told(day=9)
    RedactionFactory(passage=named, **redaction(settled), **fields)
    clean = told(day=2)

    assert pks(chosen(team, theme)) == [clean.pk, named.pk]


def redaction(settled):
    return {"settled": settled, "settled_at": "2026-10-10T10:00Z"}


def test_a_name_found_in_another_sentence_does_not_matter(told, team, theme):
    named = told(f"{FAIR}. Then the neighbour came.", day=9)
    mention = named.mentions.get()
    mention.start, mention.end = 0, len(FAIR) + 1
    mention.save()
    kept = Redaction.Settled.KEPT
    RedactionFactory(passage=named, words="neighbour", reason="Many.", **redaction(kept))
    told(day=2)

    assert pks(chosen(team, theme))[0] == named.pk


def test_what_is_too_long_or_too_short_is_left_out_where_there_is_better(told, team, theme):
    told(LONG, day=9)
    told("He asked.", day=8)
    fair = told(day=1)

    found = chosen(team, theme)

    assert pks(found) == [fair.pk]
    assert found.words == HOW_CHOSEN
    assert found.confirmed == 3


def test_what_is_too_long_is_shown_where_there_is_nothing_else_and_it_is_said(told, team, theme):
    long = told(LONG)

    found = chosen(team, theme)

    assert pks(found) == [long.pk]
    assert found.words == f"{HOW_CHOSEN} {NONE_FAIR}"


def test_my_reading_is_never_chosen(told, team, theme):
    told(kind="reading")

    assert chosen(team, theme).words == "None found in 0 passages."


def test_none_found_says_in_how_many(told, team, theme):
    told()
    told(day=3)

    opposite = passages_for(team.parent, WINDOW, side="hinders", theme=theme)

    assert opposite.words == "None found in 2 passages."


# Which words of a passage


def quoted(text, **more):
    start, end = place(text, **more)
    return text[start:end]


def test_a_quotation_of_a_fair_length_is_left_as_it_was_chosen():
    text = f"Early. {FAIR}, and he told her."
    start = text.index("asked")

    assert quoted(text, quote=(start, len(text))) == text[start:]


def test_a_long_quotation_is_cut_at_sentences_round_the_words_that_speak_to_the_theme():
    speaks = "The mornings are too loud for him and he told her so at once."
    text = f"{'It rained on and on for the whole of that afternoon. ' * 5}{speaks} {'So it went. ' * 20}"
    mark = text.index("mornings")

    words = quoted(text, quote=(0, len(text)), marks=[[mark, mark + 8]])

    assert speaks in words
    assert 8 <= len(words.split()) <= 45


def test_a_long_quotation_is_cut_to_sentences_in_which_no_name_was_found():
    clean = f"{FAIR}, and listened to it."
    text = f"The neighbour came in and stood at the door for a while. {clean} {'On it went, the same way, for long. ' * 5}"

    assert "neighbour" not in quoted(text, quote=(0, len(text)), found=["neighbour"])


def test_a_short_quotation_takes_the_whole_sentence_round_it():
    text = f"It rained. {FAIR}. Then we left."
    start = text.index("the boy")

    assert quoted(text, quote=(start, start + 7)) == f"{FAIR}."


def test_one_sentence_that_is_too_long_is_not_cut():
    assert quoted(LONG.strip()) == LONG.strip()
