"""The conversation is agreed by both: each agrees or adds, and neither rewrites what was agreed."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations.life import Do
from observations.models import Conversation, Observation
from observations.notes import actions
from practicelens.audit.models import Entry
from practicelens.people.models import KeptWords
from practicelens.people.two_windows import ReadAt
from practicelens.refusals import AlreadySo, NotNow
from tests.factories import ConversationFactory, ObservationFactory

pytestmark = pytest.mark.django_db
OURS = {"headers": {"Origin": "http://testserver"}}


def at(name, observation):
    return reverse(f"observations:{name}", args=[observation.key])


@pytest.fixture
def talked(psw, practitioner, team, framework_version):
    """A shared observation, with the conversation as its observer wrote it down."""
    made = ObservationFactory(
        unit=team, observer=psw, practitioner=practitioner, shared=True, opened_at=timezone.now()
    )
    today = team.today()
    ConversationFactory(
        observation=made, strengths="Calm.", next_step="Ask her first.", look_again_on=today
    )
    return Observation.objects.get(pk=made.pk)


@pytest.fixture
def agreed(talked, practitioner):
    actions.agree(observation=talked, by=practitioner, is_agreed=True, base=ReadAt(0))
    return Observation.objects.get(pk=talked.pk)


def sent(**changed):
    return {"is_agreed": "yes", "words": "", "base_revision": "0"} | changed


def test_the_practitioner_is_shown_it_and_agrees(practitioner_client, practitioner, talked):
    page = practitioner_client.get(at("agree", talked)).content.decode()
    assert "Ask her first." in page
    assert "has not agreed to it yet" in page

    response = practitioner_client.post(at("agree", talked), sent())

    assert response.status_code == 302
    assert Conversation.objects.get().agreed_at is not None
    assert Entry.objects.filter(action="agreed", by=practitioner, object_pk=talked.pk).exists()
    assert "Agreed by both on" in practitioner_client.get(response.url).content.decode()


def test_who_does_not_agree_says_what_is_missing_and_the_observer_is_told(
    practitioner_client, psw_client, talked
):
    response = practitioner_client.post(
        at("agree", talked), sent(is_agreed="no", words="We also said Tuesday.")
    )

    assert response.status_code == 302
    assert Conversation.objects.get().agreed_at is None
    home = psw_client.get(reverse("home")).content.decode()
    assert "would add to the conversation" in home
    assert "We also said Tuesday." in psw_client.get(talked.get_absolute_url()).content.decode()


def test_not_quite_without_words_names_the_box(practitioner_client, talked):
    response = practitioner_client.post(at("agree", talked), sent(is_agreed="no", words=" "))

    assert response.status_code == 200
    assert "Write what is missing" in response.content.decode()
    assert not Conversation.objects.get().additions.exists()


def test_what_was_changed_meanwhile_is_not_agreed_to_unread(practitioner_client, psw, talked):
    actions.converse(observation=talked, by=psw, next_step="Ask both.", base=ReadAt(0))

    response = practitioner_client.post(at("agree", talked), sent(words="Fine."), **OURS)

    assert response.status_code == 409
    assert "Read it again" in response.content.decode()
    assert Conversation.objects.get().agreed_at is None
    assert "Fine." in KeptWords.objects.get().words


def test_nobody_changes_what_both_have_agreed_to(psw, psw_client, agreed):
    with pytest.raises(AlreadySo):
        actions.converse(observation=agreed, by=psw, next_step="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.update(next_step="Something else.")

    typed = {"next_step": "Something else.", "window": str(uuid.uuid4())}
    response = psw_client.post(at("conversation", agreed), typed, **OURS)

    assert response.status_code == 409
    assert "Something else." in KeptWords.objects.get().words
    assert Conversation.objects.get().next_step == "Ask her first."


@pytest.mark.parametrize("who", ["psw", "practitioner"])
def test_either_adds_to_it_with_their_name_and_the_day(request, agreed, who):
    person, client = request.getfixturevalue(who), request.getfixturevalue(f"{who}_client")

    response = client.post(at("add_to_conversation", agreed), {"words": "It was done."})

    page = client.get(response.url).content.decode()
    assert f"Added by {person.name}" in page
    assert "It was done." in page
    assert Conversation.objects.get().next_step == "Ask her first."


def test_there_is_nothing_to_agree_to_where_nothing_was_written_down(practitioner, talked):
    Conversation.objects.all().delete()
    observation = Observation.objects.get(pk=talked.pk)

    assert not observation.allows(Do.AGREE, practitioner)
    with pytest.raises(NotNow):
        actions.agree(observation=observation, by=practitioner, is_agreed=True, base=ReadAt(0))


@pytest.mark.parametrize("who", ["psw", "leader", "stranger"])
def test_nobody_agrees_for_the_practitioner(request, talked, who):
    client = request.getfixturevalue(f"{who}_client")

    assert client.post(at("agree", talked), sent()).status_code in (403, 404)
    assert Conversation.objects.get().agreed_at is None


def test_the_next_step_is_on_both_home_pages(psw_client, practitioner_client, agreed):
    for client, page in [
        (psw_client, "home"),
        (practitioner_client, "observations:shared"),
    ]:
        assert "Ask her first." in client.get(reverse(page)).content.decode()


def test_it_waits_on_the_practitioners_page_until_they_have_agreed(
    practitioner, practitioner_client, talked
):
    page = reverse("observations:shared")
    link = at("agree", talked)
    assert link in practitioner_client.get(page).content.decode()

    actions.agree(observation=talked, by=practitioner, is_agreed=True, base=ReadAt(0))

    assert link not in practitioner_client.get(page).content.decode()
