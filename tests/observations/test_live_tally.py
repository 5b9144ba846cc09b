"""A meeting is counted live: what was counted is known, and what was changed by hand is said to be."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from observations.models import MeetingFacts, Observation
from tests.factories import MeetingFactsFactory, ObservationFactory

pytestmark = pytest.mark.django_db

COUNTED = "minutes_mother=12&minutes_chair=31&asked_first=mother&jargon=2"
AS_COUNTED = {
    "minutes_mother": "12 minutes",
    "minutes_chair": "31 minutes",
    "asked_first": "mother",
    "jargon": "2",
    "counted": COUNTED,
}


@pytest.fixture
def meeting(framework_version, team, psw):
    return ObservationFactory(unit=team, observer=psw, kind_of_work="family_meeting")


@pytest.fixture
def save(psw_client, meeting):
    """Saves the part as a page in one window does, and returns what is kept."""
    address = reverse("observations:section", args=[meeting.key, "meeting"])
    sent = []

    def save(**typed):
        sent.append(typed)
        answer = psw_client.post(address, typed | {"base_revision": str(len(sent) - 1)})
        save.page = answer.content.decode()
        return MeetingFacts.objects.get(observation=meeting)

    return save


def test_what_was_counted_and_left_alone_is_counted_live(save):
    facts = save(**AS_COUNTED)

    assert facts.how_counted == "Counted live"
    assert (facts.asked_first, facts.jargon, facts.family_words) == ("mother", 2, None)
    assert dict(facts.shares.values_list("role", "minutes")) == {"mother": 12, "chair": 31}


@pytest.mark.parametrize(
    "changed",
    [
        {"minutes_mother": "14"},
        {"minutes_mother": ""},
        {"minutes_father": "3"},
        {"asked_first": "chair"},
        {"jargon": "3"},
        {"jargon": ""},
    ],
    ids=str,
)
def test_what_is_corrected_afterwards_is_said_to_be_changed_by_hand(save, changed):
    save(**AS_COUNTED)

    assert save(**AS_COUNTED | changed).how_counted == "Counted live, changed by hand afterwards"
    assert save(**AS_COUNTED).how_counted == "Counted live"


def test_what_was_not_counted_can_be_told_beside_it(save):
    facts = save(**AS_COUNTED, decided="with", account="mother", expert_view="1")

    assert facts.how_counted == "Counted live"


def test_what_nobody_counted_says_nothing_of_it(save):
    facts = save(minutes_mother="12", jargon="2")

    assert (facts.how_counted, facts.counted, facts.is_changed) == ("", "", False)


def test_a_page_that_asks_for_no_count_leaves_it(save):
    save(**AS_COUNTED)

    facts = save(minutes_mother="12", minutes_chair="30", asked_first="mother", jargon="2")

    assert (facts.counted, facts.is_changed) == (COUNTED, True)


@pytest.mark.parametrize(
    "counted",
    [
        "minutes_nobody=3",
        "minutes_mother=many",
        "minutes_mother=99999",
        "asked_first=zq",
        "unit=3",
        "minutes_mother=³",
    ],
)
def test_what_no_tally_fills_in_is_refused_and_the_rest_is_saved(save, counted):
    facts = save(minutes_mother="12", counted=counted)

    assert "can’t be read. Type the minutes instead" in save.page
    assert facts.counted == ""
    assert facts.shares.get().minutes == 12


@pytest.mark.parametrize("times", ["-1", "1000", "often", "1.5"])
def test_a_number_of_moments_that_is_none_names_the_box(save, times):
    facts = save(jargon=times, decided="with")

    words = "How often was jargon left unexplained? Type a whole number from 0 to 999"
    assert words in save.page
    assert (facts.jargon, facts.decided) == (None, "with")


def test_only_what_was_counted_can_have_been_changed():
    facts = MeetingFactsFactory()

    with pytest.raises(IntegrityError, match="changed_once_counted"), transaction.atomic():
        MeetingFacts.objects.filter(pk=facts.pk).update(is_changed=True)


def test_the_observation_tells_how_it_was_counted(psw_client, framework_version, team, psw):
    observation = ObservationFactory(
        unit=team, observer=psw, submitted=True, kind_of_work="family_meeting"
    )
    MeetingFactsFactory(
        observation=observation, counted="minutes_mother=3", is_changed=True, jargon=1
    )

    page = psw_client.get(Observation.objects.get().get_absolute_url()).content.decode()

    assert "Counted live, changed by hand afterwards" in page
    assert "Jargon left unexplained" in page
    assert "1 time<" in page
