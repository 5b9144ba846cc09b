"""Suggested themes are a machine's until a person decides; and names are settled by the observer."""

import pytest
from django.urls import reverse

from observations import actions, finding_identifiers
from observations.models import Identifier, Mark, Mention, Observation, Passage
from tests.factories import (
    IdentifierFactory,
    MentionFactory,
    PassageFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

REVIEW = "/observations/review/"


@pytest.fixture
def mention(observation, theme):
    passage = PassageFactory(observation=observation)
    return MentionFactory(observation=observation, passage=passage, theme=theme)


def decide(client, mention, **data):
    return client.post(reverse("observations:decide", args=[mention.pk]), data)


def test_coding_suggests_themes_and_is_done_once(observation, theme):
    PassageFactory(observation=observation, text="Mum was talked over by three professionals.")

    assert actions.code(observation=observation) == 1
    assert actions.code(observation=observation) == 0

    mention = Mention.objects.get()
    assert (mention.theme, mention.status) == (theme, "suggested")
    assert mention.engine
    assert [mention.passage.text[a:b] for a, b in mention.words] == ["talked", "over"]
    assert Mark.objects.filter(theme=theme).exists()


def test_a_draft_is_not_coded(draft, theme):
    PassageFactory(observation=draft, text="Mum was talked over.")

    assert actions.code(observation=draft) == 0


def test_the_queue_shows_one_with_its_words_and_why(psw_client, mention):
    page = psw_client.get(REVIEW).content.decode()

    assert "Suggested, not confirmed" in page
    assert mention.theme.name in page
    assert "Why this was suggested" in page


def test_confirming_counts_it_and_says_who(psw_client, psw, mention):
    decide(psw_client, mention, status="confirmed", stance="hinders", theme=mention.theme_id)

    mention.refresh_from_db()
    assert (mention.status, mention.stance, mention.decided_by) == ("confirmed", "hinders", psw)
    assert Mark.objects.filter(theme=mention.theme).exists()


def test_rejecting_takes_it_out_of_the_queue(psw_client, mention):
    decide(psw_client, mention, status="rejected", theme=mention.theme_id)

    mention.refresh_from_db()
    assert mention.status == "rejected"
    assert "Nothing to look at" in psw_client.get(REVIEW).content.decode()


def test_another_theme_rejects_this_one_and_adds_that(psw_client, mention, codebook):
    other = ThemeFactory(codebook=codebook)

    decide(psw_client, mention, status="confirmed", stance="helps", theme=other.pk)

    assert set(Mention.objects.values_list("theme", "status")) == {
        (mention.theme_id, "rejected"),
        (other.pk, "confirmed"),
    }


def test_a_decision_can_be_taken_back(psw_client, mention):
    decide(psw_client, mention, status="confirmed", theme=mention.theme_id)
    assert "Undo" in psw_client.get(REVIEW).content.decode()

    psw_client.post(reverse("observations:undo", args=[mention.pk]))

    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("suggested", None)


def test_skipping_leaves_it_for_later(psw_client, mention):
    page = psw_client.get(f"{REVIEW}?skipped={mention.pk}").content.decode()

    assert "That was the last" in page


def test_a_person_adds_a_theme_that_nobody_suggested(psw_client, psw, observation, theme):
    passage = PassageFactory(observation=observation)

    psw_client.post(
        reverse("observations:add_mention", args=[passage.pk]),
        {"theme": theme.pk, "stance": "helps"},
    )

    mention = Mention.objects.get()
    assert (mention.engine, mention.status, mention.decided_by) == ("", "confirmed", psw)


def test_adding_nothing_says_what_to_choose(psw_client, observation, theme):
    passage = PassageFactory(observation=observation)

    response = psw_client.post(
        reverse("observations:add_mention", args=[passage.pk]), {}, follow=True
    )

    assert "Choose a theme" in response.content.decode()


def test_only_practice_leaders_over_it_decide(
    mention, stranger_client, practitioner_client, leader_client, practitioner
):
    Observation.objects.update(shared_at="2026-11-20T10:00Z")

    assert decide(stranger_client, mention).status_code == 404
    assert decide(leader_client, mention).status_code == 404
    assert decide(practitioner_client, mention).status_code == 403
    assert practitioner_client.get(REVIEW).status_code == 404


# Identifiers


@pytest.fixture
def named(draft):
    UserFactory(name="Callum Reid")
    passage = PassageFactory(observation=draft, text="Then Callum Reid rang. Callum Reid waited.")
    finding_identifiers.refresh(draft)
    return passage


def settle(client, **data):
    identifier = Identifier.objects.filter(settled_at=None).first()
    return client.post(reverse("observations:settle", args=[identifier.pk]), data)


def test_a_word_is_put_in_its_place_everywhere_it_stands(psw_client, named):
    settle(psw_client, how="word", word="the duty worker")

    named.refresh_from_db()
    assert named.text == "Then the duty worker rang. The duty worker waited."
    assert not Identifier.objects.filter(settled_at=None).exists()


def test_it_can_stay_with_a_reason_and_is_not_asked_again(psw_client, psw, named, draft):
    settle(psw_client, how="keep", reason="He asked to be named.")
    finding_identifiers.refresh(draft)

    assert not Identifier.objects.filter(settled_at=None).exists()
    assert Identifier.objects.first().settled_by == psw


@pytest.mark.parametrize("data", [{"how": "keep", "reason": " "}, {"how": "word", "word": ""}])
def test_nothing_is_settled_without_a_reason_or_a_word(psw_client, named, data):
    settle(psw_client, **data)

    assert Identifier.objects.filter(settled_at=None).exists()


def test_only_the_observer_settles(named, stranger_client, practitioner_client):
    assert settle(stranger_client, how="keep", reason="x").status_code == 404
    assert settle(practitioner_client, how="keep", reason="x").status_code == 404


def test_words_written_differently_close_their_finding(named, draft):
    Passage.objects.filter(pk=named.pk).update(text="Then a worker rang.")
    finding_identifiers.refresh(draft)

    assert set(Identifier.objects.values_list("settled", flat=True)) == {"gone"}


def test_a_passage_with_an_open_one_is_never_put_forward(observation):
    passage = PassageFactory(observation=observation)
    assert Passage.objects.quotable().exists()

    IdentifierFactory(observation=observation, passage=passage)

    assert not Passage.objects.quotable().exists()


def test_my_reading_is_never_put_forward(observation):
    PassageFactory(observation=observation, kind="reading")

    assert not Passage.objects.quotable().exists()


def test_replacing_after_submission_suggests_themes_again(psw, observation, theme):
    passage = PassageFactory(observation=observation, text="Leanne was talked over.")
    actions.code(observation=observation)
    identifier = IdentifierFactory(
        observation=observation, passage=passage, words="Leanne", start=0, end=6
    )

    actions.replace_identifier(identifier=identifier, by=psw, replacement="The mother")

    observation.refresh_from_db()
    assert observation.coded_at is None
    actions.code(observation=observation)
    mention = Mention.objects.get()
    assert mention.passage.text[mention.start : mention.end] == "The mother was talked over."
