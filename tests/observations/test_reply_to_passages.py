"""The right of reply is to the observation and to each passage, and is added to until it is quoted."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation, Redaction, Reply, ReplyPart
from observations.notes import actions
from practicelens.audit.models import Entry
from practicelens.people.models import KeptWords
from practicelens.refusals import AlreadySo
from tests.factories import (
    ObservationFactory,
    PassageFactory,
    ReplyFactory,
    ReplyPartFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
OURS = {"headers": {"Origin": "http://testserver"}}


def at(name, observation):
    return reverse(f"observations:{name}", args=[observation.key])


@pytest.fixture
def passage(shared_observation):
    return PassageFactory(observation=shared_observation, text="She was not asked.")


@pytest.fixture
def replied(shared_observation, practitioner, passage):
    actions.reply(
        observation=shared_observation, by=practitioner, verdict="agreed", words="", fairness="fair"
    )
    return Observation.objects.get(pk=shared_observation.pk)


def sent(passage=None, verdict="", words="", **whole):
    beside = {f"verdict_{passage.pk}": verdict, f"words_{passage.pk}": words} if passage else {}
    return {"verdict": "agreed", "words": "", "fairness": "fair", **whole, **beside}


def quote(observation):
    actions.mark_quoted(observations=[observation.pk], at=timezone.now())
    return Observation.objects.get(pk=observation.pk)


# Beside each passage


def test_a_reply_beside_a_passage_is_read_there_by_all_who_read_the_passage(
    client, practitioner_client, psw, organisation, shared_observation, passage
):
    given = sent(passage, "disagreed", "I had asked her in the car.")

    response = practitioner_client.post(at("reply", shared_observation), given)

    assert response.status_code == 302
    another_leader = RoleFactory(kind="psw", unit=organisation).user
    for reader in (psw, another_leader, shared_observation.practitioner):
        client.force_login(reader)
        page = client.get(shared_observation.get_absolute_url()).content.decode()
        beside = page.split(f'id="passage-{passage.pk}"')[1].split("</article>")[0]
        assert "I see it differently" in beside
        assert "I had asked her in the car." in beside


def test_no_passage_needs_a_word(practitioner_client, shared_observation, passage):
    practitioner_client.post(at("reply", shared_observation), sent(passage))

    assert Reply.objects.get().parts.count() == 0


@pytest.mark.parametrize(
    ("verdict", "words", "told"),
    [
        ("disagreed", " ", "Say in your own words what you see differently"),
        ("", "I had asked.", "Say whether you agree with this passage"),
        ("maybe", "", "not one of the available choices"),
    ],
)
def test_what_is_half_said_of_a_passage_is_asked_for_and_kept_on_the_page(
    practitioner_client, shared_observation, passage, verdict, words, told
):
    given = sent(passage, verdict, words)

    page = practitioner_client.post(at("reply", shared_observation), given).content.decode()

    assert told in page
    assert words.strip() in page
    assert '<details class="govuk-details" open>' in page
    assert not Reply.objects.exists()


def test_what_is_typed_beside_a_passage_is_kept_until_the_button_is_pressed(
    practitioner_client, shared_observation, passage
):
    address, given = at("reply", shared_observation), sent(passage, "", "I had asked her.")
    given["window"] = str(uuid.uuid4())
    by_script = {"headers": {"X-Autosave": "1", "Origin": "http://testserver"}}

    assert "kept_at" in practitioner_client.post(address, given, **by_script).json()

    assert "I had asked her." in practitioner_client.get(address).content.decode()
    assert not Reply.objects.exists()


def test_names_in_a_reply_are_asked_of_the_practitioner_who_replaces_them(
    practitioner_client, psw_client, shared_observation, passage
):
    given = sent(passage, "disagreed", "Leanne Hughes told me so herself.")
    told = practitioner_client.post(at("reply", shared_observation), given, follow=True)
    assert "Something in it may name someone: check it below." in told.content.decode()
    redaction = Redaction.objects.in_reply().get(settled_at=None)
    assert (
        "Name checks" not in psw_client.get(shared_observation.get_absolute_url()).content.decode()
    )
    settle = reverse("observations:settle", args=[redaction.pk])
    assert psw_client.post(settle, {"how": "word", "word": "the mother"}).status_code == 404

    practitioner_client.post(settle, {"how": "word", "word": "the mother"})

    assert ReplyPart.objects.get().words == "The mother told me so herself."
    assert not Redaction.objects.open().exists()
    put_back = reverse("observations:put_back", args=[redaction.pk])
    practitioner_client.post(put_back)
    assert ReplyPart.objects.get().words == "Leanne Hughes told me so herself."


# Added later


def test_what_is_added_has_its_day_and_changes_nothing(practitioner_client, psw, replied, passage):
    Reply.objects.update(read_at=timezone.now())
    given = {"words": "I asked her mother too."}
    given |= {f"verdict_{passage.pk}": "disagreed", f"words_{passage.pk}": "She was asked."}

    response = practitioner_client.post(at("add_to_reply", replied), given)

    page = practitioner_client.get(response.url).content.decode()
    assert "I asked her mother too." in page
    assert "She was asked." in page
    assert "Added on" in page
    reply = Reply.objects.get()
    assert (reply.verdict, reply.words, reply.read_at) == ("agreed", "", None)
    assert Entry.objects.filter(action="answered", object_pk=replied.pk).count() == 2


def test_nothing_added_names_the_box(practitioner_client, replied):
    page = practitioner_client.post(at("add_to_reply", replied), {"words": " "}).content.decode()

    assert "Write what you would add, here or beside a passage" in page


def test_it_is_added_to_however_late(practitioner, replied):
    Observation.objects.filter(pk=replied.pk).update(
        shared_at=timezone.now() - timezone.timedelta(days=300)
    )

    actions.add_to_reply(observation=replied, by=practitioner, words="Still so.")

    assert ReplyPart.objects.get().is_later


def test_once_a_briefing_that_quotes_it_is_issued_it_is_refused_with_why(
    practitioner_client, practitioner, replied
):
    page = practitioner_client.get(replied.get_absolute_url()).content.decode()
    assert at("add_to_reply", replied) in page
    quoted = quote(replied)

    late = practitioner_client.post(at("add_to_reply", replied), {"words": "One more."}, **OURS)

    assert late.status_code == 409
    assert "A briefing that quotes this observation is issued" in late.content.decode()
    assert "One more." in KeptWords.objects.get().words
    with pytest.raises(AlreadySo, match="quotes this observation"):
        actions.add_to_reply(observation=quoted, by=practitioner, words="One more.")
    page = practitioner_client.get(replied.get_absolute_url()).content.decode()
    assert at("add_to_reply", replied) not in page
    assert "nothing is added to the reply" in page


def test_a_first_reply_with_words_to_a_passage_is_still_taken_after_that(
    practitioner, shared_observation, passage
):
    quoted = quote(shared_observation)
    said = {"verdict": "agreed", "words": "", "fairness": "fair"}

    actions.reply(
        observation=quoted, by=practitioner, beside=[(passage, "disagreed", "Not so.")], **said
    )

    assert ReplyPart.objects.get().words == "Not so."


def test_it_is_shown_among_what_is_held_on_one(practitioner_client, replied, practitioner):
    actions.add_to_reply(observation=replied, by=practitioner, words="I asked her mother.")

    assert (
        "I asked her mother."
        in practitioner_client.get(reverse("observations:held")).content.decode()
    )


# What the database refuses


@pytest.fixture
def part():
    return ReplyPartFactory(disagreed=True)


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_the_database_refuses_to_rewrite_what_was_replied(part):
    refused(lambda: Reply.objects.update(words="Other words."))
    refused(lambda: Reply.objects.update(verdict="disagreed"))
    refused(lambda: ReplyPart.objects.update(words="Other words."))
    refused(lambda: ReplyPart.objects.update(verdict="agreed"))
    refused(lambda: ReplyPart.objects.update(added_at=timezone.now()))


def test_the_database_refuses_an_addition_once_it_is_quoted(part):
    Observation.objects.filter(pk=part.reply.observation_id).update(quoted_at=timezone.now())

    refused(lambda: ReplyPartFactory(reply=part.reply, added_at=timezone.now()))


def test_the_database_refuses_a_reply_to_a_passage_of_another_observation(part):
    other = PassageFactory(observation=ObservationFactory(submitted=True))

    refused(lambda: ReplyPartFactory(reply=part.reply, passage=other))


@pytest.mark.parametrize(
    "said",
    [
        {"passage": None, "verdict": "", "words": ""},
        {"passage": None, "verdict": "agreed", "words": "So."},
        {"verdict": "disagreed", "words": ""},
        {"verdict": "", "words": "So."},
    ],
)
def test_the_database_refuses_a_part_that_says_nothing(said):
    reply = ReplyFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyPartFactory(reply=reply, **said)
