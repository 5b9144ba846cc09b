"""A single sighting stays in the lane until a person keeps it open, adds it to a theme or closes it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from observations.early_signs import actions as early_signs
from observations.early_signs import finding
from observations.models import EarlySign, EarlySignStep, Mention, Observation, Passage
from observations.notes import actions, coding
from observations.redaction import actions as redacting
from practicelens.refusals import NotNow
from tests.factories import (
    EarlySignFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RedactionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LANE = "/observations/early-signs/"
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
def early_sign(observation):
    passage = PassageFactory(observation=observation, text=f"It began well. {GRAVE}")
    coding.code(observation=observation)
    return EarlySign.objects.get(passage=passage)


def steps_of(early_sign):
    return list(early_sign.steps.order_by("at", "pk").values_list("what", flat=True))


# Finding


def test_a_grave_sentence_waits_with_its_words_and_a_plain_one_does_not(team, psw):
    noted(team, f"{PLAIN} {GRAVE}", psw)

    early_sign = EarlySign.objects.get()
    assert (early_sign.quote, early_sign.state) == (GRAVE, "open")
    assert [reason["kind"] for reason in early_sign.reasons] == ["shame"]
    assert [early_sign.passage.text[a:b] for a, b in early_sign.words] == ["was laughed at"]
    assert steps_of(early_sign) == ["found"]


def test_what_its_author_marked_waits_as_a_whole(team, psw):
    noted(team, PLAIN, psw, is_marked=True)

    early_sign = EarlySign.objects.get()
    assert early_sign.quote == PLAIN
    assert [reason["kind"] for reason in early_sign.reasons] == ["marked"]


def test_a_marked_passage_is_one_signal_with_every_reason(team, psw):
    noted(team, f"{PLAIN} {GRAVE}", psw, is_marked=True)

    early_sign = EarlySign.objects.get()
    assert [reason["kind"] for reason in early_sign.reasons] == ["marked", "shame"]


def test_looking_twice_finds_once_and_leaves_what_was_decided(early_sign, psw):
    early_signs.close(early_sign=early_sign, by=psw, because="It was looked into.")
    Observation.objects.update(coded_at=None)

    coding.code(observation=early_sign.passage.observation)

    early_sign = EarlySign.objects.get()
    assert (early_sign.state, steps_of(early_sign)) == ("closed", ["found", "closed"])


def test_coding_goes_on_where_signals_could_not_be_looked_for(
    monkeypatch, observation, theme, caplog
):
    def fails(text):
        raise ValueError

    monkeypatch.setattr(finding, "signs", fails)
    PassageFactory(observation=observation, text=f"Mum was talked over. {GRAVE}")

    assert coding.code(observation=observation) == 1

    assert not EarlySign.objects.exists()
    assert "by_words failed" in caplog.text
    assert GRAVE not in caplog.text


def test_words_are_found_though_the_comparison_fails(monkeypatch, team, psw):
    def fails(observation):
        raise ValueError

    monkeypatch.setattr(finding, "archive_before", fails)
    noted(team, GRAVE, psw)

    assert EarlySign.objects.count() == 1


def test_the_oddest_sentence_waits_once_there_is_enough_to_compare_with(team, sibling_team, psw):
    odd = "Petrol poured through the letterbox had soaked the carpet beside the pram."
    noted(team, odd, psw, days_ago=9)
    assert not EarlySign.objects.exists()

    things = ["bus", "kettle", "form", "chair", "window", "plan", "garden", "letter"]
    for at in range(40):
        told = f"The mother and the worker looked at the {things[at % 8]} before the meeting. "
        noted(sibling_team, told * 6, psw, days_ago=8)
    noted(team, f"{PLAIN} A goat had eaten the notice that the bailiff pinned to the gate.", psw)

    early_sign = EarlySign.objects.get()
    assert early_sign.quote.startswith("A goat")
    assert early_sign.reasons == [{"kind": "odd", "words": [], "among": 241}]


def test_other_organisations_are_not_compared_with(team, other_team, psw):
    for _ in range(3):
        noted(other_team, PLAIN, UserFactory(), days_ago=3)
    here = noted(team, PLAIN, psw)

    assert finding.archive_before(here).size == 0


def test_signals_move_with_their_text_when_a_name_is_replaced(observation, psw):
    passage = PassageFactory(observation=observation, text=f"With Bo and Bo. {GRAVE} So Bo said.")
    coding.code(observation=observation)
    redaction = RedactionFactory(passage=passage, words="Bo", start=5, end=7)

    redacting.replace(redaction=redaction, by=psw, replacement="the grandmother")
    coding.code(observation=Observation.objects.get())

    early_sign = EarlySign.objects.get()
    assert early_sign.quote == GRAVE
    assert [early_sign.passage.text[a:b] for a, b in early_sign.words] == ["was laughed at"]


# Seen again


AGAIN = "They laughed at the mother when she read her list out."


def test_a_later_likeness_opens_a_parked_one_and_is_tied_to_it(team, sibling_team, psw, psw_client):
    noted(team, GRAVE, psw, days_ago=5)
    earlier = EarlySign.objects.get()
    early_signs.close(early_sign=earlier, by=psw, because="It was looked into.")

    later = noted(sibling_team, AGAIN, UserFactory())

    earlier.refresh_from_db()
    again = EarlySign.objects.exclude(pk=earlier.pk).get()
    assert (earlier.state, again.like) == ("open", earlier)
    assert earlier.reopened_at
    assert steps_of(earlier) == ["found", "closed", "seen_again"]
    assert earlier.steps.get(what="closed").because == "It was looked into."
    day = later.observed_on
    told = f"Seen again on {day.day} {day:%B %Y} by another observer"
    assert told in psw_client.get(LANE).content.decode()


def test_a_likeness_of_a_kept_one_is_tied_to_it_and_opens_nothing(team, psw):
    noted(team, GRAVE, psw, days_ago=5)
    earlier = early_signs.keep_open(early_sign=EarlySign.objects.get(), by=psw)

    noted(team, AGAIN, psw)

    earlier.refresh_from_db()
    assert earlier.state == "kept"
    assert EarlySign.objects.exclude(pk=earlier.pk).get().like == earlier


def test_something_else_opens_nothing(team, psw):
    noted(team, GRAVE, psw, days_ago=5)
    closed = early_signs.close(early_sign=EarlySign.objects.get(), by=psw, because="Known.")

    noted(team, PLAIN, psw)

    closed.refresh_from_db()
    assert closed.state == "closed"
    assert EarlySign.objects.count() == 1


def test_an_older_note_coded_later_opens_nothing(team, psw):
    noted(team, GRAVE, psw)
    closed = early_signs.close(early_sign=EarlySign.objects.get(), by=psw, because="Known.")

    noted(team, AGAIN, psw, days_ago=9)

    closed.refresh_from_db()
    assert closed.state == "closed"


# Deciding


def act(client, early_sign, what, **data):
    return client.post(reverse("observations:settle_early_sign", args=[early_sign.pk, what]), data)


def test_it_is_kept_with_a_line(psw_client, psw, early_sign):
    assert (
        act(psw_client, early_sign, "keep-open", because="A list was laughed at.").status_code
        == 302
    )

    early_sign.refresh_from_db()
    assert (early_sign.state, early_sign.because) == ("kept", "A list was laughed at.")
    assert (early_sign.decided_by, steps_of(early_sign)) == (psw, ["found", "kept"])


def test_it_is_parked_only_with_a_reason(psw_client, early_sign):
    refused = act(psw_client, early_sign, "close", because="")

    assert refused.status_code == 422
    assert "Say why it can be closed" in refused.content.decode()
    early_sign.refresh_from_db()
    assert early_sign.state == "open"

    act(psw_client, early_sign, "close", because="It was looked into.")
    early_sign.refresh_from_db()
    assert early_sign.state == "closed"


def test_too_long_a_line_is_told_and_kept_as_typed(psw_client, early_sign):
    refused = act(psw_client, early_sign, "keep-open", because="so " * 50)

    assert refused.status_code == 422
    assert "110 characters or fewer" in refused.content.decode()
    assert "so so so" in refused.content.decode()


def test_joining_adds_a_confirmed_mention_and_undoing_takes_it_back(
    psw_client, psw, early_sign, theme
):
    act(psw_client, early_sign, "add-to-theme", theme=theme.pk, stance="hinders")

    mention = Mention.objects.get()
    assert (mention.passage, mention.theme, mention.status) == (
        early_sign.passage,
        theme,
        "confirmed",
    )
    assert (mention.stance, mention.decided_by) == ("hinders", psw)

    psw_client.post(reverse("observations:undo_early_sign", args=[early_sign.pk]))

    early_sign.refresh_from_db()
    assert (early_sign.state, early_sign.theme) == ("open", None)
    assert not Mention.objects.exists()
    assert steps_of(early_sign) == ["found", "added", "undone"]


def test_undoing_leaves_what_others_had_confirmed(early_sign, psw, theme):
    MentionFactory(passage=early_sign.passage, theme=theme, confirmed=True, stance="helps")
    added = early_signs.add_to_theme(early_sign=early_sign, by=psw, theme=theme, stance="hinders")
    assert Mention.objects.get().stance == "helps"

    early_signs.undo(early_sign=added, by=psw)

    assert Mention.objects.get().status == "confirmed"


def test_joining_nothing_says_what_to_choose(psw_client, early_sign, theme):
    refused = act(psw_client, early_sign, "add-to-theme")

    assert refused.status_code == 422
    assert "Choose a theme" in refused.content.decode()


def test_what_was_decided_meanwhile_is_not_decided_again(psw_client, psw, early_sign):
    early_signs.keep_open(early_sign=early_sign, by=psw, because="First.")

    response = psw_client.post(
        reverse("observations:settle_early_sign", args=[early_sign.pk, "close"]),
        {"because": "Second."},
        follow=True,
    )

    assert "Someone decided about it since you opened it" in response.content.decode()
    early_sign.refresh_from_db()
    assert (early_sign.state, early_sign.because) == ("kept", "First.")
    with pytest.raises(NotNow):
        early_signs.undo(early_sign=early_signs.undo(early_sign=early_sign, by=psw), by=psw)


def test_no_other_act_is_there(psw_client, early_sign):
    assert act(psw_client, early_sign, "erase").status_code == 404


# The lane


@pytest.mark.any_day
def test_the_lane_shows_what_waits_why_and_where(psw_client, early_sign):
    page = psw_client.get(LANE).content.decode()

    assert "1 waits for a decision" in page
    assert "Words of shame: “was laughed at”" in page
    assert str(early_sign.passage.observation) in page
    assert "Waiting since today" in page
    assert "needs 200 sentences" in page


def test_what_waits_comes_first_and_filters_stay_in_the_address(psw_client, team):
    made = {
        state: EarlySignFactory(passage__observation__unit=team, **traits)
        for state, traits in [
            ("closed", {"closed": True}),
            ("kept", {"kept": True}),
            ("open", {}),
            ("added", {"added": True}),
        ]
    }

    def shown(query):
        return [each["early_sign"] for each in psw_client.get(f"{LANE}{query}").context["shown"]]

    assert shown("") == [made["open"], made["kept"]]
    assert shown("?state=all") == [made[s] for s in ("open", "kept", "added", "closed")]
    assert shown("?state=closed") == [made["closed"]]
    assert shown(f"?state=all&unit={team.pk}") == shown("?state=all")
    assert 'value="closed" selected' in psw_client.get(f"{LANE}?state=closed").content.decode()


def test_after_a_decision_the_lane_offers_a_way_back(psw_client, early_sign):
    page = psw_client.post(
        reverse("observations:settle_early_sign", args=[early_sign.pk, "keep-open"]),
        {},
        follow=True,
    ).content.decode()

    assert "Kept open: “The mother was laughed at" in page
    assert reverse("observations:undo_early_sign", args=[early_sign.pk]) in page


def test_a_withdrawn_note_is_out_of_the_lane(psw_client, psw, early_sign):
    actions.withdraw(observation=early_sign.passage.observation, by=psw)

    assert "No early sign yet" in psw_client.get(LANE).content.decode()
    with pytest.raises(NotNow):
        early_signs.keep_open(early_sign=early_sign, by=psw)


def test_a_practice_leader_does_not_decide_about_their_own_practice(psw_client, psw, team):
    early_sign = EarlySignFactory(
        passage__observation=ObservationFactory(unit=team, practitioner=psw, shared=True)
    )

    assert early_sign not in EarlySign.objects.visible_to(psw)
    assert act(psw_client, early_sign, "keep-open").status_code == 404


def test_a_practitioner_never_learns_that_there_is_one_in_a_note_that_they_read(
    practitioner, practitioner_client, stranger_client, team, psw
):
    note = ObservationFactory(unit=team, observer=psw, practitioner=practitioner, shared=True)
    early_sign = EarlySignFactory(passage__observation=note)
    pages = [
        practitioner_client.get(note.get_absolute_url()),
        practitioner_client.get(reverse("observations:early_sign", args=[early_sign.pk])),
        stranger_client.get(reverse("observations:early_sign", args=[early_sign.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 404, 404]
    assert act(practitioner_client, early_sign, "keep-open").status_code == 404


def test_home_says_how_many_wait(psw_client, early_sign, psw):
    assert "1 early sign is waiting" in psw_client.get("/").content.decode()

    early_signs.keep_open(early_sign=early_sign, by=psw)

    assert "waiting.</strong>" not in psw_client.get("/").content.decode()


def test_the_lane_costs_the_same_for_one_and_for_many(
    psw_client, team, django_assert_max_num_queries
):
    EarlySignFactory.create_batch(12, passage__observation__unit=team)

    with django_assert_max_num_queries(30):
        psw_client.get(LANE)


# Writing


def test_a_passage_is_marked_on_its_page_and_says_so(psw_client, draft):
    passage = PassageFactory(observation=draft)
    address = reverse("observations:entry", args=[draft.key, "passages", passage.key])
    assert "This may matter on its own" in psw_client.get(address).content.decode()

    psw_client.post(address, {"text": PLAIN, "kind": "seen", "is_marked": "on"})

    assert Passage.objects.get().is_marked
    others = psw_client.get(reverse("observations:entries", args=[draft.key, "passages"]))
    assert "May matter on its own" in others.content.decode()


# What the database holds


@pytest.mark.parametrize(
    ("traits", "wrong"),
    [
        ({}, {"end": 0}),
        ({"closed": True}, {"because": ""}),
        ({"kept": True}, {"decided_by": None}),
        ({"kept": True}, {"state": "open"}),
        ({"added": True}, {"theme": None}),
        ({"added": True}, {"state": "kept"}),
    ],
)
def test_a_state_that_cannot_be_is_refused(traits, wrong):
    early_sign = EarlySignFactory(**traits)

    with pytest.raises(IntegrityError), transaction.atomic():
        EarlySign.objects.filter(pk=early_sign.pk).update(**wrong)


def test_a_signal_is_not_like_itself_and_a_sentence_has_one(early_sign):
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlySign.objects.filter(pk=early_sign.pk).update(like=early_sign)
    with pytest.raises(IntegrityError):
        add_another(early_sign)


@transaction.atomic
def add_another(early_sign):
    EarlySignFactory(passage=early_sign.passage, start=early_sign.start, end=early_sign.end)
    connection.check_constraints()


def test_a_person_stands_behind_every_decision(early_sign, psw):
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlySignStep.objects.create(early_sign=early_sign, what="kept")
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlySignStep.objects.create(early_sign=early_sign, what="found", by=psw)
