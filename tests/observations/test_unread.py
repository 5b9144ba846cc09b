"""“Saved” means all of it: what could not be read is named, and stays as it was typed until put right."""

import uuid

import pytest
from django.urls import reverse

from observations.models import Friction, SectionSave
from observations.notes.completeness import what_is_left
from practicelens.lengths import length_words, minutes_in
from tests.factories import ObservationFactory, PassageFactory, RatingFactory

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Autosave": "1"}


@pytest.fixture
def draft(psw, team):
    made = ObservationFactory(
        observer=psw, unit=team, draft=True, kind_of_work="family_meeting", minutes=None
    )
    made.refresh_from_db()
    return made


def at(draft, section):
    kind, _, key = section.partition("/")
    if key:
        return reverse("observations:entry", args=[draft.key, kind, key])
    return reverse("observations:section", args=[draft.key, section])


def save(client, draft, section, **typed):
    """As the page does by itself."""
    last = SectionSave.last_of(draft, section)
    sent = {"base_revision": last.revision, **typed}
    return client.post(at(draft, section), sent, headers=SCRIPT).json()


DOMAIN = "the first domain"
ENTRY = f"friction/{uuid.uuid4()}"
OF_EACH = [
    pytest.param("where", {"minutes": "a while"}, "how long", id="a length"),
    pytest.param("where", {"minutes": "30 hours"}, "how long", id="too long"),
    pytest.param("where", {"minutes": "0"}, "how long", id="too short"),
    pytest.param("where", {"observed_on_1": "13"}, "when was it", id="month 13"),
    pytest.param("where", {"setting": "the moon"}, "where was it", id="a choice"),
    pytest.param("where", {"present": "the dog"}, "who was there", id="one of several"),
    pytest.param("where", {"unit": "999999"}, "which team", id="a unit"),
    pytest.param("meeting", {"minutes_mother": "lots"}, "mother", id="minutes of a role"),
    pytest.param("meeting", {"decided": "x"}, "how were decisions made", id="a radio"),
    pytest.param(ENTRY, {"minutes": "ages"}, "time lost or gained", id="time lost"),
    pytest.param(ENTRY, {"step": "s" * 201}, "which step", id="too many letters"),
    pytest.param(f"passages/{uuid.uuid4()}", {"kind": "x"}, "how do you know", id="kind"),
    pytest.param(f"voices/{uuid.uuid4()}", {"who": "the dog"}, "who said it", id="who"),
    pytest.param(DOMAIN, {"cause": "999999"}, "if missed: what got in the way", id="a cause"),
]


@pytest.mark.parametrize(("section", "typed", "named"), OF_EACH)
def test_what_can_not_be_read_is_named_and_stays_in_its_box(
    psw_client, draft, section, typed, named
):
    if section == DOMAIN:
        domain = draft.framework_version.domains.order_by("position").first()
        pk = domain.criteria.order_by("position").first().pk
        section, typed = f"domain-{domain.pk}", {f"{name}_{pk}": it for name, it in typed.items()}

    answer = save(psw_client, draft, section, **typed)

    assert answer["except"] == named
    page = psw_client.get(at(draft, section))
    assert f", except {named}" in page.text or "Error:" in page.text
    for value in typed.values():
        assert page.context["form"].data.get(next(iter(typed))) == value
    assert any(named[1:8] in left.words for left in what_is_left(draft))


def test_the_rest_is_saved(psw_client, draft):
    answer = save(psw_client, draft, "where", minutes="a while", setting="school")

    draft.refresh_from_db()
    assert (draft.setting, draft.minutes) == ("school", None)
    assert answer["except"] == "how long"


def test_two_fields_are_both_named(psw_client, draft):
    answer = save(psw_client, draft, "where", minutes="a while", setting="the moon")

    assert answer["except"] == "how long and where was it"


def test_all_of_it_is_saved_without_an_exception(psw_client, draft):
    assert save(psw_client, draft, "where", minutes="2 hours")["except"] == ""


def test_once_it_is_put_right_nothing_is_left_of_it(psw_client, draft):
    save(psw_client, draft, "where", minutes="a while")

    answer = save(psw_client, draft, "where", minutes="an hour")

    assert answer["except"] == ""
    assert SectionSave.last_of(draft, "where").unread == {}
    assert "a while" not in psw_client.get(at(draft, "where")).text
    draft.refresh_from_db()
    assert draft.minutes == 60


def test_what_is_saved_stands_beside_what_could_not_be_read(psw_client, draft):
    save(psw_client, draft, "where", minutes="a while", setting="school", observed_on_0="40")

    form = psw_client.get(at(draft, "where")).context["form"]

    assert form["setting"].value() == "school"
    assert form["minutes"].value() == "a while"
    assert form["observed_on"].value()[0] == "40"


def test_an_entry_of_which_nothing_could_be_read_is_in_the_list(psw_client, draft):
    save(psw_client, draft, ENTRY, minutes="ages")

    assert Friction.objects.get().observation == draft
    assert (
        "“ages” could not be read"
        in psw_client.get(reverse("observations:check", args=[draft.key])).text
    )


def test_an_entry_that_is_removed_leaves_nothing_to_put_right(psw_client, draft):
    save(psw_client, draft, ENTRY, minutes="ages")
    kind, _, key = ENTRY.partition("/")

    psw_client.post(reverse("observations:remove_entry", args=[draft.key, kind, key]))

    assert not any("could not be read" in left.words for left in what_is_left(draft))


def test_a_meeting_that_is_none_any_more_has_nothing_to_put_right(psw_client, draft):
    save(psw_client, draft, "meeting", minutes_mother="lots")
    draft.kind_of_work, draft.is_about = "home_visit", "family"

    assert not any("could not be read" in left.words for left in what_is_left(draft))


def test_an_unread_part_of_a_rating_takes_nothing_that_was_saved(psw_client, draft):
    passage = PassageFactory(observation=draft)
    rating = RatingFactory(observation=draft)
    rating.passages.add(passage)
    pk, section = rating.criterion_id, f"domain-{rating.criterion.domain_id}"

    save(
        psw_client,
        draft,
        section,
        **{f"answer_{pk}": f"level-{rating.level_id}", f"passages_{pk}": "999999"},
    )

    assert list(rating.passages.all()) == [passage]


def test_the_other_windows_copy_keeps_what_could_not_be_read_too(psw_client, draft):
    first = SectionSave.last_of(draft, "where").revision
    save(psw_client, draft, "where", minutes="55")
    other = {"base_revision": first, "minutes": "a while", "setting": "school"}
    url = psw_client.post(at(draft, "where"), other, headers=SCRIPT).json()["conflict_url"]

    psw_client.post(url, {"pick": "other"})

    assert "a while" in psw_client.get(at(draft, "where")).text


# Lengths


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *[("55", 55), ("2 hours", 120), ("2h", 120), ("90 mins", 90), ("90min", 90), ("1:30", 90)],
        *[("1h30", 90), ("1h 30m", 90), ("1 hr 20 mins", 80), ("1 hour 20", 80), ("1.5 hours", 90)],
        *[("1,5 hours", 90), ("1½ hours", 90), ("an hour", 60), ("an hour and a half", 90)],
        *[("Hour and a half", 90), ("two and a half hours", 150), ("half an hour", 30)],
        *[("three quarters of an hour", 45), ("a quarter of an hour", 15), ("forty-five mins", 45)],
        *[("about 2 hours", 120), ("an hour and twenty minutes", 80), ("1 hour, 30 minutes", 90)],
        *[(" 90' ", 90), ("two and three quarter hours", 165), ("0", 0), ("twelve hours", 720)],
    ],
)
def test_a_length_is_understood_as_people_write_it(typed, minutes):
    assert minutes_in(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    ["", "a while", "1.5", "20-30 minutes", "-5 minutes", "1:75", "2 days", "hours hours", "9" * 40]
    + ["two and a half", "and", "of", "5 30", "²", "1 2 hours"],
)
def test_what_is_no_length_is_not_guessed_at(typed):
    assert minutes_in(typed) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (55, "55 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
    ],
)
def test_a_length_is_shown_in_words_that_are_read_once_more(minutes, words):
    assert length_words(minutes) == words
    assert minutes_in(words) == minutes


def test_a_length_is_shown_back_as_it_was_read(psw_client, draft):
    answer = save(psw_client, draft, "where", minutes="an hour and a half")

    assert answer["read_as"] == {"minutes": "1 hour 30 minutes"}
    assert 'value="1 hour 30 minutes"' in psw_client.get(at(draft, "where")).text
