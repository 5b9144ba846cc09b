"""An observation's life: shared, answered, talked over, withdrawn; and who may do what."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from observations.models import DirtyCell, Observation, Passage, Rating, Reply
from observations.notes import actions
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RedactionFactory,
    ReplyFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db


def at(name, observation):
    return reverse(f"observations:{name}", args=[observation.key])


@pytest.fixture
def shared(observation):
    Observation.objects.filter(pk=observation.pk).update(shared_at=timezone.now())
    observation.refresh_from_db()
    return observation


def agreed(**changed):
    return {"verdict": "agreed", "words": "", "fairness": "fair", **changed}


def test_it_is_not_the_practitioners_to_read_until_it_is_shared(
    practitioner_client, psw_client, observation
):
    assert practitioner_client.get(observation.get_absolute_url()).status_code == 404

    psw_client.post(at("share", observation))

    assert practitioner_client.get(observation.get_absolute_url()).status_code == 200
    assert (
        "Your reply is wanted"
        in practitioner_client.get(observation.get_absolute_url()).content.decode()
    )


def test_it_is_not_shared_while_a_possible_name_is_open(psw_client, observation):
    passage = PassageFactory(observation=observation)
    RedactionFactory(observation=observation, passage=passage)

    psw_client.post(at("share", observation))

    observation.refresh_from_db()
    assert observation.shared_at is None


def test_only_the_observer_shares(observation, stranger_client, leader_client, practitioner_client):
    for client in (stranger_client, leader_client, practitioner_client):
        assert client.post(at("share", observation)).status_code == 404


def test_another_practice_leader_may_read_and_not_share(client, observation, organisation):
    client.force_login(RoleFactory(kind="psw", unit=organisation).user)

    assert client.get(observation.get_absolute_url()).status_code == 200
    assert client.post(at("share", observation)).status_code == 403
    assert client.get(at("withdraw", observation)).status_code == 403


def test_the_practitioner_answers_once_in_their_own_words(practitioner_client, shared):
    practitioner_client.post(at("reply", shared), agreed(words="That is how it was."))

    assert Reply.objects.get().words == "That is how it was."
    assert practitioner_client.get(at("reply", shared)).url == shared.get_absolute_url()


def test_a_dispute_needs_words(practitioner_client, shared):
    response = practitioner_client.post(at("reply", shared), agreed(verdict="disagreed"))

    assert "Say in your own words what you see differently" in response.content.decode()
    assert not Reply.objects.exists()


def test_an_answer_needs_both_choices(practitioner_client, shared):
    page = practitioner_client.post(at("reply", shared), {"words": "Kept."}).content.decode()

    assert "Say whether you agree" in page
    assert "Say how being observed felt" in page
    assert "Kept." in page


def test_an_answer_typed_before_signing_in_again_is_kept(
    client, ended_session, practitioner, shared
):
    ended_session(practitioner)
    client.post(at("reply", shared), agreed(words="Typed before."))
    client.force_login(practitioner)

    assert "Typed before." in client.get(at("reply", shared)).content.decode()


def test_how_being_observed_felt_is_shown_to_whoever_said_so_alone(
    psw_client, practitioner_client, practitioner, shared
):
    ReplyFactory(observation=shared, by=practitioner, fairness="unfair")

    felt = "Being observed felt not fair"
    assert felt in practitioner_client.get(shared.get_absolute_url()).content.decode()
    page = psw_client.get(shared.get_absolute_url()).content.decode()
    assert "Agreed" in page
    assert "Being observed felt" not in page
    assert "ot fair" not in page


def test_nobody_else_answers(psw_client, stranger_client, shared):
    assert psw_client.post(at("reply", shared), agreed()).status_code == 403
    assert stranger_client.post(at("reply", shared), agreed()).status_code == 404


def test_ten_working_days_are_waited(shared):
    thursday = timezone.make_aware(timezone.datetime(2026, 11, 12, 10))
    shared.shared_at = thursday

    assert f"{shared.reply_by:%d %B}" == "26 November"


@pytest.mark.any_day
@pytest.mark.parametrize(
    ("days", "words"), [(1, "Waiting"), (40, "No reply")], ids=["soon", "late"]
)
def test_no_answer_after_ten_working_days_is_said(shared, days, words):
    shared.shared_at = timezone.now() - timezone.timedelta(days=days)

    assert shared.reply_words == words


def test_the_conversation_is_noted_after_submission(psw_client, observation, practitioner_client):
    data = {"strengths": "You waited.", "next_step": "Ask the child first.", "questions": ""}

    response = psw_client.post(at("conversation", observation), data)

    assert response.status_code == 302
    assert observation.conversation.next_step == "Ask the child first."
    assert practitioner_client.get(at("conversation", observation)).status_code == 404


def test_a_draft_has_no_conversation_yet(psw_client, draft):
    assert psw_client.get(at("conversation", draft)).status_code == 403


def test_withdrawing_takes_it_out_of_everything_at_once(psw_client, stranger, shared, theme):
    passage = PassageFactory(observation=shared)
    MentionFactory(observation=shared, passage=passage, theme=theme, confirmed=True)
    RatingFactory(observation=shared)

    psw_client.post(at("withdraw", shared), {"because": "The family changed its mind."})

    assert not Observation.objects.counted().exists()
    assert not Passage.objects.filter(is_counted=True).exists()
    assert not Rating.objects.filter(is_counted=True).exists()
    assert not Passage.objects.quotable().exists()
    assert {mark.theme_id or mark.criterion_id for mark in DirtyCell.objects.all()} == {
        theme.pk,
        shared.ratings.get().criterion_id,
    }


def test_a_withdrawn_note_is_its_observers_alone(
    psw_client, practitioner_client, observation, client, organisation
):
    psw_client.post(at("withdraw", observation))

    assert psw_client.get(observation.get_absolute_url()).status_code == 200
    assert practitioner_client.get(observation.get_absolute_url()).status_code == 404
    assert psw_client.get(at("withdraw", observation)).url == observation.get_absolute_url()


def test_a_draft_can_be_withdrawn(psw_client, draft):
    psw_client.post(at("withdraw", draft))

    draft.refresh_from_db()
    assert draft.is_withdrawn


@pytest.mark.parametrize("action", ["share", "withdraw"])
def test_an_action_on_a_withdrawn_note_is_refused(psw, observation, action):
    actions.withdraw(observation=observation, by=psw)

    with pytest.raises(NotNow):
        getattr(actions, action)(observation=observation, by=psw)


def test_each_step_and_each_reading_is_logged(
    psw_client, practitioner_client, observation, practitioner
):
    psw_client.post(at("share", observation))
    practitioner_client.get(observation.get_absolute_url())
    practitioner_client.post(at("reply", observation), agreed())

    logged = set(Entry.objects.values_list("by__name", "action"))
    assert ("Priya Nair", "read") in logged
    assert ("Priya Nair", "answered") in logged
    assert ("Marian Osei", "shared") in logged


def test_reading_fails_when_it_cannot_be_logged(psw_client, observation, monkeypatch):
    from observations.notes.views import pages

    def broken(**given):
        raise RuntimeError

    monkeypatch.setattr(pages, "record", broken)

    with pytest.raises(RuntimeError):
        psw_client.get(observation.get_absolute_url())


# What the database refuses


def refused(**change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.update(**change)


def test_the_database_refuses_an_observer_who_is_the_practitioner(observation):
    refused(practitioner=observation.observer)


def test_the_database_refuses_a_submission_with_holes(observation):
    refused(proximity="")


def test_the_database_refuses_to_share_a_draft(draft):
    refused(shared_at=timezone.now())


def test_the_database_refuses_a_day_of_more_than_a_day(observation):
    refused(minutes=1441)


def test_the_database_refuses_coding_a_draft(draft):
    refused(coded_at=timezone.now())


def test_the_database_refuses_a_part_of_another_unit(observation, sibling_team):
    passage = PassageFactory(observation=observation)

    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(unit=sibling_team)


def test_a_change_of_unit_or_date_reaches_every_part(observation, sibling_team):
    passage = PassageFactory(observation=observation)
    Observation.objects.update(unit=sibling_team, observed_on=timezone.datetime(2026, 3, 17))

    passage.refresh_from_db()
    assert (passage.unit, f"{passage.month}") == (sibling_team, "2026-03-01")


def test_the_database_refuses_a_dispute_without_words(shared):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyFactory(observation=shared, verdict="disagreed", words="")


def test_the_database_refuses_a_counted_missed_rating_without_a_cause(observation):
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingFactory(observation=observation, missed=True, cause=None)


def test_the_database_refuses_a_level_where_nothing_was_seen(observation):
    rating = RatingFactory(observation=observation)

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(pk=rating.pk).update(outcome="not_seen")


def test_a_part_goes_with_its_observation(draft):
    PassageFactory(observation=draft)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM observations_observation WHERE id = %s", [draft.pk])

    assert not Passage.objects.exists()


# Reading


def test_the_list_holds_what_one_may_read(psw_client, observation, draft, other_team):
    ObservationFactory(unit=other_team, submitted=True)
    ObservationFactory(unit=observation.unit)  # somebody else's draft

    page = psw_client.get(reverse("observations:list"))

    assert set(page.context["page"].object_list) == {observation, draft}


def test_the_list_is_for_practice_leaders(practitioner_client, leader_client):
    for client in (practitioner_client, leader_client):
        assert client.get(reverse("observations:list")).status_code == 404


@pytest.mark.parametrize(
    ("state", "found"), [("draft", "draft"), ("submitted", "observation"), ("disagreed", None)]
)
def test_filters_stay_in_the_address(psw_client, observation, draft, state, found, request):
    page = psw_client.get(reverse("observations:list"), {"state": state, "unit": draft.unit_id})

    expected = [request.getfixturevalue(found)] if found else []
    assert list(page.context["page"].object_list) == expected
    assert f'<option value="{state}" selected>' in page.content.decode()


def test_search_finds_passages_and_marks_the_words(psw_client, observation):
    PassageFactory(observation=observation, text="The form timed out while he was talking.")

    page = psw_client.get(reverse("observations:list"), {"words": "timing out"}).content.decode()

    assert '<mark class="pl-found">timed</mark>' in page
    assert (
        "0 observations"
        in psw_client.get(reverse("observations:list"), {"words": "zebra"}).content.decode()
    )


@pytest.mark.parametrize("words", ["'", '"', "((", "a & | !", "\\", "%s", "é" * 500])
def test_search_takes_any_words(psw_client, observation, words):
    assert psw_client.get(reverse("observations:list"), {"words": words}).status_code == 200


def test_a_filter_that_is_not_there_says_so(psw_client, observation):
    page = psw_client.get(reverse("observations:list"), {"unit": "999999", "state": "x"})

    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_queries_at_any_length(
    psw_client, psw, team, framework_version, django_assert_num_queries, rows
):
    for observation in ObservationFactory.create_batch(
        rows, unit=team, observer=psw, answered=True
    ):
        PassageFactory(observation=observation, text="Talked over again.")

    with django_assert_num_queries(16):
        psw_client.get(reverse("observations:list"), {"words": "talked"})


@pytest.mark.parametrize("rows", [1, 10])
def test_a_note_takes_the_same_queries_at_any_length(
    psw_client, observation, theme, django_assert_num_queries, rows
):
    for _ in range(rows):
        passage = PassageFactory(observation=observation)
        MentionFactory(observation=observation, passage=passage, theme=theme)

    with django_assert_num_queries(21):
        psw_client.get(observation.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 10])
def test_what_is_shared_takes_the_same_queries_at_any_length(
    practitioner_client, practitioner, team, framework_version, django_assert_num_queries, rows
):
    ObservationFactory.create_batch(rows, unit=team, practitioner=practitioner, shared=True)

    with django_assert_num_queries(8):  # one of them for the visits that are planned
        practitioner_client.get(reverse("observations:shared"))


def test_everybody_sees_what_is_held_on_them(practitioner_client, practitioner, psw_client, shared):
    psw_client.get(shared.get_absolute_url())

    page = practitioner_client.get(reverse("observations:held")).content.decode()

    assert practitioner.email in page
    assert "Marian Osei" in page  # who read it
    assert shared.get_absolute_url() in page
