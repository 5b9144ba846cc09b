"""A name replaced reads as English, can be put back by who wrote it, and is logged without words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Mention, Observation, Passage, Redaction
from observations.notes import actions, coding
from observations.redaction import actions as redacting
from observations.redaction import finding as redaction_finding
from observations.redaction.replacing import CannotBePlaced
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from tests.factories import (
    MentionFactory,
    PassageFactory,
    RedactionFactory,
    RoleFactory,
    VoiceFactory,
)
from tests.reports.factories import BriefingFactory, FindingFactory

pytestmark = pytest.mark.django_db

TEXT = "Leanne spoke first. Then the Leanne we know asked Leanne’s aunt, not Leannette."
MASKED = "The mother spoke first. Then the mother we know asked the mother’s aunt, not Leannette."


@pytest.fixture
def passage(observation):
    return PassageFactory(observation=observation, text=TEXT)


@pytest.fixture
def redaction(passage):
    return RedactionFactory(passage=passage, kind="given_name", words="Leanne")


def replace(redaction, by, replacement="the mother"):
    redacting.replace(redaction=redaction, by=by, replacement=replacement)
    redaction.refresh_from_db()
    return redaction


def put_back(redaction, by):
    redacting.put_back(redaction=redaction, by=by)
    redaction.refresh_from_db()


def text_of(passage):
    return Passage.objects.get(pk=passage.pk).text


# Replaced


def test_each_place_takes_the_word_as_its_sentence_needs_it(redaction, passage, psw):
    replace(redaction, psw)

    assert text_of(passage) == MASKED


def test_what_stands_inside_another_word_is_left(observation, psw):
    passage = PassageFactory(observation=observation, text="Lee went to Leeds with Lee.")

    replace(RedactionFactory(passage=passage, words="Lee", end=3), psw, "the father")

    assert text_of(passage) == "The father went to Leeds with the father."


def test_a_voice_is_written_differently_too(observation, psw):
    voice = VoiceFactory(observation=observation, words="Leanne listened.")
    redaction = RedactionFactory(passage=None, voice=voice, observation=observation)

    replace(redaction, psw, "my worker")
    voice.refresh_from_db()
    assert voice.words == "My worker listened."

    put_back(redaction, psw)
    voice.refresh_from_db()
    assert voice.words == "Leanne listened."


def test_a_quotation_moves_with_its_words(passage, redaction, psw, theme):
    text = passage.text
    start = text.index("Then")
    mention = MentionFactory(
        passage=passage,
        theme=theme,
        confirmed=True,
        start=start,
        end=len(text),
        words=[[text.index("aunt"), text.index("aunt") + 4]],
    )
    finding = FindingFactory(briefing=BriefingFactory())
    evidence = finding.evidence.create(passage=passage, side="for", start=start, end=len(text))

    replace(redaction, psw)

    mention, evidence = Mention.objects.get(pk=mention.pk), finding.evidence.get(pk=evidence.pk)
    assert mention.quote == evidence.quote == MASKED[MASKED.index("Then") :]
    [(first, after)] = mention.words
    assert MASKED[first:after] == "aunt"

    put_back(redaction, psw)

    assert Mention.objects.get(pk=mention.pk).quote == TEXT[start:]
    assert finding.evidence.get(pk=evidence.pk).quote == TEXT[start:]


def test_a_word_longer_than_its_place_is_refused_with_a_sentence(psw_client, redaction, passage):
    address = reverse("observations:settle", args=[redaction.pk])

    page = psw_client.post(address, {"how": "word", "word": "a" * 61}, follow=True)

    assert "Write at most 60 letters in place of a name." in page.content.decode()
    assert text_of(passage) == TEXT


def test_what_was_settled_meanwhile_is_settled_once(psw_client, redaction, passage, psw):
    address = reverse("observations:settle", args=[redaction.pk])
    psw_client.post(address, {"how": "word", "word": "the mother"})

    page = psw_client.post(address, {"how": "word", "word": "the father"}, follow=True)

    assert "That is settled already." in page.content.decode()
    assert text_of(passage) == MASKED


# Put back


def test_putting_back_restores_the_text_and_opens_the_question_again(redaction, passage, psw):
    replace(redaction, psw)

    put_back(redaction, psw)

    assert text_of(passage) == TEXT
    assert (redaction.settled, redaction.settled_at, redaction.settled_by) == ("", None, None)
    assert redaction.replacement == ""
    assert not Passage.objects.quotable().filter(pk=passage.pk).exists()


def test_two_names_with_the_same_word_in_their_place_are_told_apart(observation, psw):
    text = "Leanne rang. Then Marika rang Leanne."
    passage = PassageFactory(observation=observation, text=text)
    first = replace(RedactionFactory(passage=passage, words="Leanne"), psw)
    second = replace(RedactionFactory(passage=passage, words="Marika"), psw)
    assert text_of(passage) == "The mother rang. Then the mother rang the mother."

    put_back(first, psw)
    assert text_of(passage) == "Leanne rang. Then the mother rang Leanne."

    put_back(second, psw)
    assert text_of(passage) == text


def test_more_may_be_written_around_it(draft, psw):
    passage = PassageFactory(observation=draft, text="Then Leanne rang.")
    redaction = replace(RedactionFactory(passage=passage, words="Leanne"), psw)
    Passage.objects.filter(pk=passage.pk).update(text="It rained. Then the mother rang twice.")

    put_back(redaction, psw)

    assert text_of(passage) == "It rained. Then Leanne rang twice."


@pytest.mark.parametrize(
    "later", ["Nobody rang.", "The mother came in. Then the mother rang.", "Then mothers rang."]
)
def test_it_says_so_where_the_place_can_not_be_told(psw_client, draft, psw, later):
    passage = PassageFactory(observation=draft, text="Then Leanne rang.")
    redaction = replace(RedactionFactory(passage=passage, words="Leanne"), psw)
    Passage.objects.filter(pk=passage.pk).update(text=later)

    page = psw_client.post(reverse("observations:put_back", args=[redaction.pk]), follow=True)

    redaction.refresh_from_db()
    assert "can’t be told apart in the text any more" in page.content.decode()
    assert text_of(passage) == later
    assert redaction.settled == Redaction.Settled.REPLACED


def test_what_was_put_back_stays_open_though_no_list_knows_it(draft, psw):
    passage = PassageFactory(observation=draft, text="The quay was cold.")
    redaction = replace(RedactionFactory(passage=passage, words="quay", start=4, end=8), psw)
    put_back(redaction, psw)

    redaction_finding.refresh(draft)

    redaction.refresh_from_db()
    assert text_of(passage) == "The quay was cold."
    assert redaction.settled_at is None


def test_it_is_put_back_once(psw_client, redaction, psw):
    replace(redaction, psw)
    address = reverse("observations:put_back", args=[redaction.pk])
    psw_client.post(address)

    assert "put back already" in psw_client.post(address, follow=True).content.decode()
    with pytest.raises(NotNow):
        redacting.put_back(redaction=redaction, by=psw)


def test_what_was_never_replaced_has_nothing_to_put_back(redaction, psw):
    with pytest.raises(NotNow):
        redacting.put_back(redaction=redaction, by=psw)


def test_what_was_replaced_before_places_were_kept_can_not_be_placed(redaction, psw):
    replace(redaction, psw)
    Redaction.objects.update(replaced_places=[])

    with pytest.raises(CannotBePlaced):
        redacting.put_back(redaction=redaction, by=psw)


def test_themes_are_suggested_again_for_the_words_that_are_back(redaction, observation, psw):
    replace(redaction, psw)
    coding.code(observation=observation)

    put_back(redaction, psw)

    observation.refresh_from_db()
    assert observation.coded_at is None


# Who, and what they see


def test_the_observer_reads_what_was_replaced_and_nobody_else(
    psw_client, client, redaction, observation, psw, organisation, practitioner_client
):
    replace(redaction, psw)
    Observation.objects.filter(pk=observation.pk).update(shared_at=timezone.now())
    other = RoleFactory(kind="psw", unit=organisation).user
    client.force_login(other)
    address = observation.get_absolute_url()

    page = psw_client.get(address).content.decode()
    assert "“Leanne” was replaced with “the mother” on" in page
    for reader in (client, practitioner_client):
        read = reader.get(address)
        assert read.status_code == 200
        assert "Leanne " not in read.content.decode()
        assert "Names you replaced" not in read.content.decode()


def test_in_a_draft_it_stands_under_its_own_entry(psw_client, draft, psw):
    passage, other = PassageFactory(observation=draft), PassageFactory(observation=draft)
    replace(RedactionFactory(passage=passage, words=passage.text.split()[0]), psw)

    def page_of(row):
        args = [draft.key, "passages", row.key]
        return psw_client.get(reverse("observations:entry", args=args)).content.decode()

    assert "Names that were replaced" in page_of(passage)
    assert "Names that were replaced" not in page_of(other)


def test_only_the_observer_puts_back(
    redaction, psw, client, organisation, leader_client, practitioner_client, stranger_client
):
    replace(redaction, psw)
    client.force_login(RoleFactory(kind="psw", unit=organisation).user)
    address = reverse("observations:put_back", args=[redaction.pk])

    refused = {
        each.post(address).status_code
        for each in (client, leader_client, practitioner_client, stranger_client)
    }

    assert refused == {404}


def test_of_a_withdrawn_note_nothing_is_put_back_or_listed(psw_client, redaction, observation, psw):
    replace(redaction, psw)
    actions.withdraw(observation=observation, by=psw)

    page = psw_client.get(observation.get_absolute_url()).content.decode()
    address = reverse("observations:put_back", args=[redaction.pk])

    assert "Leanne was" not in page
    assert "Names you replaced" not in page
    assert psw_client.post(address).status_code == 404


# The log


@pytest.fixture
def settled_three_ways(psw_client, psw, observation, passage, redaction):
    kept = RedactionFactory(passage=passage, words="Leannette")
    keep = {"how": "keep", "reason": "A boat of that name."}
    psw_client.post(reverse("observations:settle", args=[kept.pk]), keep)
    settle = reverse("observations:settle", args=[redaction.pk])
    psw_client.post(settle, {"how": "word", "word": "the mother"})
    psw_client.post(reverse("observations:put_back", args=[redaction.pk]))


def test_each_way_of_settling_is_logged(settled_three_ways, observation, psw):
    logged = Entry.objects.filter(what="observation", object_pk=str(observation.pk)).order_by("pk")

    assert [entry.get_action_display() for entry in logged if entry.action != "read"] == [
        "Kept words that may be a name",
        "Replaced a name",
        "Put a name back",
    ]
    assert {entry.by for entry in logged} == {psw}


def test_the_log_names_no_name(settled_three_ways, governance_client):
    rows = str(list(Entry.objects.values()))
    page = governance_client.get(reverse("audit:log")).content.decode()

    assert "Put a name back" in page
    for words in ("Leann", "the mother", "boat"):
        assert words not in rows
        assert words not in page


def test_the_log_can_be_narrowed_to_it(settled_three_ways, governance_client):
    page = governance_client.get(reverse("audit:log"), {"action": "unmasked"}).content.decode()

    assert "1 entry" in page


def test_a_draft_s_are_logged_too(draft, psw):
    replace(RedactionFactory(passage=PassageFactory(observation=draft), words="mother"), psw)

    assert Entry.objects.get().action == "masked"


# Text that was not read


@pytest.fixture
def unread(draft):
    """A passage too long to be read whole; the finding that says so."""
    passage = PassageFactory(observation=draft, text="Nobody came. " * 8_000 + "Leanne said no.")
    redaction_finding.refresh(draft)
    return passage.redactions.get(kind="unread")


def entry_of(draft, passage):
    return reverse("observations:entry", args=[draft.key, "passages", passage.key])


def test_the_page_says_what_of_a_long_passage_is_not_read(psw_client, draft, unread):
    page = psw_client.get(entry_of(draft, unread.passage)).content.decode()

    assert f"Only the first {unread.start:,} characters are read, for names and for themes." in page
    assert "Choose what to put in its place." not in page
    assert "It can stay, because" in page


def test_text_that_was_not_read_can_not_be_replaced(psw_client, unread):
    before = unread.passage.text
    url = reverse("observations:settle", args=[unread.pk])

    page = psw_client.post(url, {"how": "role", "word": "the boy"}, follow=True).content.decode()

    assert "Move this text to another passage, or say why it can stay." in page
    assert text_of(unread.passage) == before


def test_it_is_asked_about_again_once_it_is_longer(draft, unread, psw):
    redacting.keep(redaction=unread, by=psw, reason="I read it")
    redaction_finding.refresh(draft)
    assert not draft.redactions.open()

    Passage.objects.filter(pk=unread.passage.pk).update(text=unread.passage.text + " Leanne left.")
    redaction_finding.refresh(draft)

    assert [each.kind for each in draft.redactions.open()] == ["unread"]


def test_saving_a_long_passage_again_leaves_its_question_as_it_is(draft, unread):
    redaction_finding.refresh(draft)

    assert draft.redactions.get() == unread
    assert draft.redactions.open().get() == unread
