"""A single sighting stays in the lane until a person keeps it, joins it to a theme or parks it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from observations.early_signs import actions as early_signs
from observations.early_signs import finding
from observations.models import Mention, Observation, Passage, SignalStep, WeakSignal
from observations.notes import actions, coding
from observations.redaction import actions as redaction
from observations.refusals import NotNow
from tests.factories import (
    IdentifierFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    UserFactory,
    WeakSignalFactory,
)

pytestmark = pytest.mark.django_db

LANE = "/observations/signals/"
GRAVE = "The mother was laughed at when she read out her list."
PLAIN = "The worker asked what she wanted from the meeting, and waited."


def noted(unit, text, observer, *, days_ago=0, **passage):
    """A submitted note of one passage, coded."""
    observation = ObservationFactory(
        unit=unit,
        observer=observer,
        submitted=True,
        submitted_at=timezone.now() - timedelta(days=days_ago),
        observed_on=timezone.localdate() - timedelta(days=days_ago),
    )
    observation.refresh_from_db()
    PassageFactory(observation=observation, text=text, **passage)
    coding.code(observation=observation)
    return observation


@pytest.fixture
def signal(observation):
    passage = PassageFactory(observation=observation, text=f"It began well. {GRAVE}")
    coding.code(observation=observation)
    return WeakSignal.objects.get(passage=passage)


def steps_of(signal):
    return list(signal.steps.order_by("at", "pk").values_list("what", flat=True))


# Finding


def test_a_grave_sentence_waits_with_its_words_and_a_plain_one_does_not(team, psw):
    noted(team, f"{PLAIN} {GRAVE}", psw)

    signal = WeakSignal.objects.get()
    assert (signal.quote, signal.state) == (GRAVE, "open")
    assert [reason["kind"] for reason in signal.reasons] == ["shame"]
    assert [signal.passage.text[a:b] for a, b in signal.words] == ["was laughed at"]
    assert steps_of(signal) == ["found"]


def test_what_its_author_marked_waits_as_a_whole(team, psw):
    noted(team, PLAIN, psw, is_marked=True)

    signal = WeakSignal.objects.get()
    assert signal.quote == PLAIN
    assert [reason["kind"] for reason in signal.reasons] == ["marked"]


def test_a_marked_passage_is_one_signal_with_every_reason(team, psw):
    noted(team, f"{PLAIN} {GRAVE}", psw, is_marked=True)

    signal = WeakSignal.objects.get()
    assert [reason["kind"] for reason in signal.reasons] == ["marked", "shame"]


def test_looking_twice_finds_once_and_leaves_what_was_decided(signal, psw):
    early_signs.park(signal=signal, by=psw, because="It was looked into.")
    Observation.objects.update(coded_at=None)

    coding.code(observation=signal.passage.observation)

    signal = WeakSignal.objects.get()
    assert (signal.state, steps_of(signal)) == ("parked", ["found", "parked"])


def test_coding_goes_on_where_signals_could_not_be_looked_for(
    monkeypatch, observation, theme, caplog
):
    def fails(text):
        raise ValueError

    monkeypatch.setattr(finding, "signs", fails)
    PassageFactory(observation=observation, text=f"Mum was talked over. {GRAVE}")

    assert coding.code(observation=observation) == 1

    assert not WeakSignal.objects.exists()
    assert "by_words failed" in caplog.text
    assert GRAVE not in caplog.text


def test_words_are_found_though_the_comparison_fails(monkeypatch, team, psw):
    def fails(observation):
        raise ValueError

    monkeypatch.setattr(finding, "archive_before", fails)
    noted(team, GRAVE, psw)

    assert WeakSignal.objects.count() == 1


def test_the_oddest_sentence_waits_once_there_is_enough_to_compare_with(team, sibling_team, psw):
    odd = "Petrol poured through the letterbox had soaked the carpet beside the pram."
    noted(team, odd, psw, days_ago=9)
    assert not WeakSignal.objects.exists()

    things = ["bus", "kettle", "form", "chair", "window", "plan", "garden", "letter"]
    for at in range(40):
        told = f"The mother and the worker looked at the {things[at % 8]} before the meeting. "
        noted(sibling_team, told * 6, psw, days_ago=8)
    noted(team, f"{PLAIN} A goat had eaten the notice that the bailiff pinned to the gate.", psw)

    signal = WeakSignal.objects.get()
    assert signal.quote.startswith("A goat")
    assert signal.reasons == [{"kind": "odd", "words": [], "among": 241}]


def test_other_organisations_are_not_compared_with(team, other_team, psw):
    for _ in range(3):
        noted(other_team, PLAIN, UserFactory(), days_ago=3)
    here = noted(team, PLAIN, psw)

    assert finding.archive_before(here).size == 0


def test_signals_move_with_their_text_when_a_name_is_replaced(observation, psw):
    passage = PassageFactory(observation=observation, text=f"With Bo and Bo. {GRAVE} So Bo said.")
    coding.code(observation=observation)
    identifier = IdentifierFactory(passage=passage, words="Bo", start=5, end=7)

    redaction.replace_identifier(identifier=identifier, by=psw, replacement="the grandmother")
    coding.code(observation=Observation.objects.get())

    signal = WeakSignal.objects.get()
    assert signal.quote == GRAVE
    assert [signal.passage.text[a:b] for a, b in signal.words] == ["was laughed at"]


# Seen again


AGAIN = "They laughed at the mother when she read her list out."


def test_a_later_likeness_opens_a_parked_one_and_is_tied_to_it(team, sibling_team, psw, psw_client):
    noted(team, GRAVE, psw, days_ago=5)
    earlier = WeakSignal.objects.get()
    early_signs.park(signal=earlier, by=psw, because="It was looked into.")

    later = noted(sibling_team, AGAIN, UserFactory())

    earlier.refresh_from_db()
    again = WeakSignal.objects.exclude(pk=earlier.pk).get()
    assert (earlier.state, again.like) == ("open", earlier)
    assert earlier.reopened_at
    assert steps_of(earlier) == ["found", "parked", "seen_again"]
    assert earlier.steps.get(what="parked").because == "It was looked into."
    day = later.observed_on
    told = f"Seen again on {day.day} {day:%B %Y} by another observer"
    assert told in psw_client.get(LANE).content.decode()


def test_a_likeness_of_a_kept_one_is_tied_to_it_and_opens_nothing(team, psw):
    noted(team, GRAVE, psw, days_ago=5)
    earlier = early_signs.keep(signal=WeakSignal.objects.get(), by=psw)

    noted(team, AGAIN, psw)

    earlier.refresh_from_db()
    assert earlier.state == "kept"
    assert WeakSignal.objects.exclude(pk=earlier.pk).get().like == earlier


def test_something_else_opens_nothing(team, psw):
    noted(team, GRAVE, psw, days_ago=5)
    parked = early_signs.park(signal=WeakSignal.objects.get(), by=psw, because="Known.")

    noted(team, PLAIN, psw)

    parked.refresh_from_db()
    assert parked.state == "parked"
    assert WeakSignal.objects.count() == 1


def test_an_older_note_coded_later_opens_nothing(team, psw):
    noted(team, GRAVE, psw)
    parked = early_signs.park(signal=WeakSignal.objects.get(), by=psw, because="Known.")

    noted(team, AGAIN, psw, days_ago=9)

    parked.refresh_from_db()
    assert parked.state == "parked"


# Deciding


def act(client, signal, what, **data):
    return client.post(reverse("observations:settle_signal", args=[signal.pk, what]), data)


def test_it_is_kept_with_a_line(psw_client, psw, signal):
    assert act(psw_client, signal, "keep", because="A list was laughed at.").status_code == 302

    signal.refresh_from_db()
    assert (signal.state, signal.because) == ("kept", "A list was laughed at.")
    assert (signal.decided_by, steps_of(signal)) == (psw, ["found", "kept"])


def test_it_is_parked_only_with_a_reason(psw_client, signal):
    refused = act(psw_client, signal, "park", because="")

    assert refused.status_code == 422
    assert "Say why it can be parked" in refused.content.decode()
    signal.refresh_from_db()
    assert signal.state == "open"

    act(psw_client, signal, "park", because="It was looked into.")
    signal.refresh_from_db()
    assert signal.state == "parked"


def test_too_long_a_line_is_told_and_kept_as_typed(psw_client, signal):
    refused = act(psw_client, signal, "keep", because="so " * 50)

    assert refused.status_code == 422
    assert "110 characters or fewer" in refused.content.decode()
    assert "so so so" in refused.content.decode()


def test_joining_adds_a_confirmed_mention_and_undoing_takes_it_back(psw_client, psw, signal, theme):
    act(psw_client, signal, "join", theme=theme.pk, stance="hinders")

    mention = Mention.objects.get()
    assert (mention.passage, mention.theme, mention.status) == (signal.passage, theme, "confirmed")
    assert (mention.stance, mention.decided_by) == ("hinders", psw)

    psw_client.post(reverse("observations:undo_signal", args=[signal.pk]))

    signal.refresh_from_db()
    assert (signal.state, signal.theme) == ("open", None)
    assert not Mention.objects.exists()
    assert steps_of(signal) == ["found", "joined", "undone"]


def test_undoing_leaves_what_others_had_confirmed(signal, psw, theme):
    MentionFactory(passage=signal.passage, theme=theme, confirmed=True, stance="helps")
    joined = early_signs.join(signal=signal, by=psw, theme=theme, stance="hinders")
    assert Mention.objects.get().stance == "helps"

    early_signs.undo(signal=joined, by=psw)

    assert Mention.objects.get().status == "confirmed"


def test_joining_nothing_says_what_to_choose(psw_client, signal, theme):
    refused = act(psw_client, signal, "join")

    assert refused.status_code == 422
    assert "Choose a theme" in refused.content.decode()


def test_what_was_decided_meanwhile_is_not_decided_again(psw_client, psw, signal):
    early_signs.keep(signal=signal, by=psw, because="First.")

    response = psw_client.post(
        reverse("observations:settle_signal", args=[signal.pk, "park"]),
        {"because": "Second."},
        follow=True,
    )

    assert "Somebody decided about it meanwhile" in response.content.decode()
    signal.refresh_from_db()
    assert (signal.state, signal.because) == ("kept", "First.")
    with pytest.raises(NotNow):
        early_signs.undo(signal=early_signs.undo(signal=signal, by=psw), by=psw)


def test_no_other_act_is_there(psw_client, signal):
    assert act(psw_client, signal, "erase").status_code == 404


# The lane


def test_the_lane_shows_what_waits_why_and_where(psw_client, signal):
    page = psw_client.get(LANE).content.decode()

    assert "1 waits for a decision" in page
    assert "Words of shame: “was laughed at”" in page
    assert str(signal.passage.observation) in page
    assert "Waiting since today" in page
    assert "needs 200 sentences" in page


def test_what_waits_comes_first_and_filters_stay_in_the_address(psw_client, team):
    made = {
        state: WeakSignalFactory(passage__observation__unit=team, **traits)
        for state, traits in [
            ("parked", {"parked": True}),
            ("kept", {"kept": True}),
            ("open", {}),
            ("joined", {"joined": True}),
        ]
    }

    def shown(query):
        return [each["signal"] for each in psw_client.get(f"{LANE}{query}").context["shown"]]

    assert shown("") == [made["open"], made["kept"]]
    assert shown("?state=all") == [made[s] for s in ("open", "kept", "joined", "parked")]
    assert shown("?state=parked") == [made["parked"]]
    assert shown(f"?state=all&unit={team.pk}") == shown("?state=all")
    assert 'value="parked" selected' in psw_client.get(f"{LANE}?state=parked").content.decode()


def test_after_a_decision_the_lane_offers_a_way_back(psw_client, signal):
    page = psw_client.post(
        reverse("observations:settle_signal", args=[signal.pk, "keep"]), {}, follow=True
    ).content.decode()

    assert "Kept: “The mother was laughed at" in page
    assert reverse("observations:undo_signal", args=[signal.pk]) in page


def test_a_withdrawn_note_is_out_of_the_lane(psw_client, psw, signal):
    actions.withdraw(observation=signal.passage.observation, by=psw)

    assert "No weak signal yet" in psw_client.get(LANE).content.decode()
    with pytest.raises(NotNow):
        early_signs.keep(signal=signal, by=psw)


def test_a_practice_leader_does_not_decide_about_their_own_practice(psw_client, psw, team):
    signal = WeakSignalFactory(
        passage__observation=ObservationFactory(unit=team, practitioner=psw, shared=True)
    )

    assert signal not in WeakSignal.objects.visible_to(psw)
    assert act(psw_client, signal, "keep").status_code == 404


def test_a_practitioner_never_learns_that_there_is_one_in_a_note_that_they_read(
    practitioner, practitioner_client, stranger_client, team, psw
):
    note = ObservationFactory(unit=team, observer=psw, practitioner=practitioner, shared=True)
    signal = WeakSignalFactory(passage__observation=note)
    pages = [
        practitioner_client.get(note.get_absolute_url()),
        practitioner_client.get(reverse("observations:signal", args=[signal.pk])),
        stranger_client.get(reverse("observations:signal", args=[signal.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 404, 404]
    assert act(practitioner_client, signal, "keep").status_code == 404


def test_home_says_how_many_wait(psw_client, signal, psw):
    assert "1 weak signal is waiting" in psw_client.get("/").content.decode()

    early_signs.keep(signal=signal, by=psw)

    assert "waiting.</strong>" not in psw_client.get("/").content.decode()


def test_the_lane_costs_the_same_for_one_and_for_many(
    psw_client, team, django_assert_max_num_queries
):
    WeakSignalFactory.create_batch(12, passage__observation__unit=team)

    with django_assert_max_num_queries(30):
        psw_client.get(LANE)


# Writing


def test_a_passage_is_marked_on_its_page_and_says_so(psw_client, draft):
    passage = PassageFactory(observation=draft)
    address = reverse("observations:entry", args=[draft.key, "passages", passage.key])
    assert "This may matter on its own" in psw_client.get(address).content.decode()

    psw_client.post(address, {"text": PLAIN, "kind": "seen", "is_marked": "on"})

    assert Passage.objects.get().is_marked
    check = psw_client.get(reverse("observations:check", args=[draft.key])).content.decode()
    assert "May matter on its own" in check


# What the database holds


@pytest.mark.parametrize(
    ("traits", "wrong"),
    [
        ({}, {"end": 0}),
        ({"parked": True}, {"because": ""}),
        ({"kept": True}, {"decided_by": None}),
        ({"kept": True}, {"state": "open"}),
        ({"joined": True}, {"theme": None}),
        ({"joined": True}, {"state": "kept"}),
    ],
)
def test_a_state_that_cannot_be_is_refused(traits, wrong):
    signal = WeakSignalFactory(**traits)

    with pytest.raises(IntegrityError), transaction.atomic():
        WeakSignal.objects.filter(pk=signal.pk).update(**wrong)


def test_a_signal_is_not_like_itself_and_a_sentence_has_one(signal):
    with pytest.raises(IntegrityError), transaction.atomic():
        WeakSignal.objects.filter(pk=signal.pk).update(like=signal)
    with pytest.raises(IntegrityError):
        add_another(signal)


@transaction.atomic
def add_another(signal):
    WeakSignalFactory(passage=signal.passage, start=signal.start, end=signal.end)
    connection.check_constraints()


def test_a_person_stands_behind_every_decision(signal, psw):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignalStep.objects.create(signal=signal, what="kept")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignalStep.objects.create(signal=signal, what="found", by=psw)
