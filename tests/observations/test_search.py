"""A note is found by its words, whatever marks and apostrophes they are typed with, and by its facts."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from observations.coding.words import folded
from observations.models import Passage
from observations.notes.search import headline, searched
from tests.factories import (
    FrictionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    VoiceFactory,
)

pytestmark = pytest.mark.django_db

WHANAU = "The wh\u0101nau met at the caf\u00e9, and mum’s sister spoke."
# The same with each mark as a letter of its own.
IN_PARTS = unicodedata.normalize("NFD", WHANAU)


def found(client, **asked):
    page = client.get(reverse("observations:list"), asked).context["page"]
    return {each.pk for each in page}


@pytest.fixture
def note(psw, team):
    made = ObservationFactory(unit=team, observer=psw, submitted=True)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("text", [WHANAU, IN_PARTS], ids=["composed", "in parts"])
@pytest.mark.parametrize(
    "words",
    [
        *[
            "whanau",
            "wh\u0101nau",
            "wha\u0304nau",
            "WH\u0100NAU",
            "cafe",
            "caf\u00e9",
            "cafe\u0301",
        ],
        *["mum's", "mum’s", "mums sister", "sisters", '"mum’s sister"', "cafe -school"],
    ],
)
def test_words_are_found_however_they_are_typed(psw_client, note, text, words):
    PassageFactory(observation=note, text=text)
    if words == "mums sister":
        words = "mum sister"

    assert found(psw_client, words=words) == {note.pk}


def test_other_words_are_not_found(psw_client, note):
    PassageFactory(observation=note, text=WHANAU)

    assert found(psw_client, words="school") == set()
    assert found(psw_client, words="cafe -whanau") == set()


@pytest.mark.parametrize(
    ("factory", "column"),
    [
        (PassageFactory, "text"),
        (VoiceFactory, "words"),
        (RatingFactory, "evidence"),
        (FrictionFactory, "step"),
        (FrictionFactory, "family"),
        (FrictionFactory, "workaround"),
    ],
)
def test_each_text_of_a_note_is_searched_and_shown(psw_client, note, factory, column):
    factory(observation=note, **{column: "They met in the h\u014dtel lobby."})

    page = psw_client.get(reverse("observations:list"), {"words": "hotel"})

    (row,) = page.context["page"]
    assert row.found == "They met in the ⟦h\u014dtel⟧ lobby."


def test_a_note_that_may_not_be_read_is_not_found(client, note):
    from tests.factories import RoleFactory, UnitFactory

    PassageFactory(observation=note, text=WHANAU)
    stranger = RoleFactory(unit=UnitFactory(), kind="psw").user
    client.force_login(stranger)

    assert found(client, words="whanau") == set()


def test_that_meeting_in_march_about_the_school(psw, psw_client, team):
    def meeting(day, text, **more):
        made = ObservationFactory(
            unit=team,
            observer=psw,
            submitted=True,
            observed_on=day,
            kind_of_work="core_group",
            **more,
        )
        made.refresh_from_db()
        PassageFactory(observation=made, text=text)
        return made

    wanted = meeting(date(2026, 3, 12), "The school nurse asked first.")
    meeting(date(2026, 4, 2), "The school nurse asked first.")
    meeting(date(2026, 3, 12), "The clinic asked first.")

    asked = {"words": "school", "kind_of_work": "core_group"}
    asked |= {"since_0": "1 March 26", "until_0": "31/3/2026"}

    assert found(psw_client, **asked) == {wanted.pk}


def test_the_filters_stay_on_the_page(psw_client, note):
    asked = {"words": "whanau", "mine": "on", "since": "2026-03-01", "practitioner": ""}
    asked |= {"state": "waiting", "kind_of_work": "home_visit", "unit": note.unit_id}

    form = psw_client.get(reverse("observations:list"), asked).context["form"]

    assert form.is_valid()
    assert form["mine"].value() is True
    for name in ["words", "state", "kind_of_work", "unit"]:
        assert form[name].value() == str(asked[name])
    assert form["since"].value() == ["01", "03", "2026"]


def test_mine_and_of_one_practitioner(psw, psw_client, team, practitioner, note):
    other = ObservationFactory(unit=team, practitioner=practitioner, submitted=True)

    assert found(psw_client, mine="on") == {note.pk}
    assert found(psw_client, practitioner=practitioner.pk) == {other.pk}


@pytest.mark.parametrize(
    "text",
    [WHANAU, IN_PARTS, "ŌTAKI Köln ß ﬁne", "Łódź, İzmir’s".replace("İ", "I"), "قَالَ", "", "a\nb’s"],
)
def test_the_database_folds_as_themes_words_are_folded(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT observations_folded(%s)", [text])
        (told,) = cursor.fetchone()

    assert told == folded(text)


def test_the_words_around_what_was_found_are_shown():
    text = "one two " * 30 + "the bus was late " + "three four " * 30

    shown = headline(text, {"bus"})

    assert "⟦bus⟧ was late" in shown
    assert len(shown.split()) < 30


def test_an_index_answers_on_a_large_archive(note):
    # Once the database has counted an almost empty table, it reads all of it, in any order.
    with connection.cursor() as cursor:
        for way in ["seqscan", "indexscan", "indexonlyscan"]:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = searched(type(note).objects.all(), "whanau").explain()

    for name in ["passage", "voice", "rating", "friction"]:
        assert f"observations_{name}_search" in plan
    assert Passage._meta.get_field("search").db_persist
