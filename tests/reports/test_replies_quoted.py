"""What a practitioner replied goes with the words that are quoted, and stays as it was then."""

from importlib import import_module
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from observations.models import Observation, Passage, Redaction, ReplyPart
from observations.notes import actions as notes
from practicelens.refusals import AlreadySo
from reports import briefings
from reports.briefings import actions, check_content
from reports.briefings.content import build_content
from reports.briefings.render import pdf
from reports.models import Briefing, Evidence, Release, Section
from tests.factories import ReplyFactory, ReplyPartFactory
from tests.reports.factories import (
    BriefingFactory,
    FindingFactory,
    RecommendationFactory,
    check_of,
    issue,
    let_all_go,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(team, psw):
    """A draft with nothing left to do: one finding, one recommendation."""
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


@pytest.fixture
def quoted(briefing):
    """The observation that the briefing quotes."""
    evidence = Evidence.objects.filter(finding__briefing=briefing, is_quoted=True).first()
    observation = evidence.passage.observation
    Observation.objects.filter(pk=observation.pk).update(shared_at=observation.submitted_at)
    return Observation.objects.get(pk=observation.pk)


def test_nothing_is_added_to_a_reply_once_a_briefing_that_quotes_it_is_issued(
    briefing, quoted, psw
):
    reply = ReplyFactory(observation=quoted)
    notes.add_to_reply(observation=quoted, by=reply.by, words="Before it was issued.")

    issued = issue(briefing)

    quoted = Observation.objects.get(pk=quoted.pk)
    assert quoted.quoted_at == issued.issued_at
    with pytest.raises(AlreadySo, match="A briefing that quotes this observation is issued"):
        notes.add_to_reply(observation=quoted, by=reply.by, words="After.")
    assert ReplyPart.objects.get().words == "Before it was issued."


# What is disputed is never quoted without the answer

SAID = "I had asked her in the car."


def dispute(observation, words=SAID):
    """The practitioner disagrees with the passage that is quoted, and agrees with the rest."""
    reply = ReplyFactory(observation=observation)
    return ReplyPartFactory(
        reply=reply, passage=observation.passages.get(), disagreed=True, words=words
    )


def words_of(briefing):
    return [words for words, _ in briefings.what_stops(briefing)]


def quotes_in(content):
    return [
        quote
        for section in content["sections"]
        for finding in section.get("findings", [])
        for quote in finding["quotes"]
    ]


def test_a_dispute_after_the_release_stops_the_briefing_until_the_answer_is_looked_at(
    briefing, quoted
):
    assert words_of(briefing) == []

    dispute(quoted)

    assert words_of(briefing) == [
        (
            "Finding 1 quotes what the practitioner sees differently, and their answer has not been "
            "looked at and released with it"
        )
    ]
    assert quotes_in(build_content(briefing)) == []
    let_all_go(briefing)
    assert words_of(briefing) == []


@pytest.mark.parametrize("is_whole", [True, False], ids=["observation", "passage"])
def test_the_answer_goes_with_the_words_onto_page_paper_and_json(
    briefing, quoted, leader_client, is_whole
):
    if is_whole:
        ReplyFactory(observation=quoted, disagreed=True, words=SAID)
    else:
        dispute(quoted)

    issued = issue(briefing)

    (quote,) = quotes_in(issued.content)
    assert quote["answer"] == [SAID]
    assert quote["how"].endswith("Disputed.")
    check_content(issued.content)
    page = leader_client.get(issued.get_absolute_url()).content.decode()
    assert "The practitioner’s answer:" in page
    assert SAID in page
    assert SAID in text_of_pdf(issued)


def text_of_pdf(issued):
    reader = PdfReader(BytesIO(pdf.render(issued.content, issued.sha256)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_what_was_agreed_to_is_quoted_as_before(briefing, quoted):
    ReplyFactory(observation=quoted, words="As it was.")

    (quote,) = quotes_in(build_content(briefing))
    assert set(quote) == {"text", "how"}


def test_what_is_added_later_goes_with_it_and_is_looked_at_first(briefing, quoted, psw):
    part = dispute(quoted)
    let_all_go(briefing)
    actions.send_for_approval(briefing=briefing, by=psw)
    actions.approve(briefing=Briefing.objects.get(), by=psw)

    notes.add_to_reply(observation=quoted, by=part.reply.by, words="Her mother says so too.")

    with pytest.raises(actions.NotReady, match="sees it differently|sees differently"):
        actions.issue(briefing=briefing, by=psw)
    assert Observation.objects.get(pk=quoted.pk).quoted_at is None
    actions.take_back(briefing=briefing, by=psw)
    issued = issue(Briefing.objects.get())
    assert quotes_in(issued.content)[0]["answer"] == [SAID, "Her mother says so too."]


def test_who_releases_the_words_sees_the_answer_and_ticks_what_is_left_in_it(
    briefing, quoted, psw_client
):
    dispute(quoted, "I had asked on the Friday, at 10.")

    address = reverse("reports:release", args=[briefing.key])
    page = psw_client.get(address).content.decode()

    assert "Their answer goes with it" in page
    (quotation,) = briefings.quotations_in(briefing)
    codes = [tick.code for tick in check_of(quotation).ticks if tick.code.startswith("answer-")]
    assert codes
    form_of = f"{quotation.key}-"
    seen = page.split(f'name="{form_of}seen"')[1].split('value="')[1].split('"')[0]
    given = {f"{form_of}seen": seen, f"{form_of}what": "release"}
    assert "once you have looked at it" in psw_client.post(address, given).content.decode()
    every = [tick.code for tick in check_of(quotation).ticks]
    assert psw_client.post(address, given | {f"{form_of}ticks": every}).status_code == 302
    assert Release.objects.get(withdrawn_at=None).answer == "I had asked on the Friday, at 10."


def test_a_name_in_the_answer_is_replaced_as_in_the_words(briefing, quoted):
    dispute(quoted, "I had asked Leanne Hughes in the car.")

    (quotation,) = briefings.quotations_in(briefing)
    check = check_of(quotation)

    assert "Leanne" not in check.answer
    assert check.cannot_go == ""


def test_words_whose_answer_has_a_name_to_check_are_not_quoted_until_it_is_settled(
    briefing, quoted
):
    part = dispute(quoted, "I had asked Leanne Hughes in the car.")
    passage = Passage.objects.filter(pk=part.passage_id)
    redaction = Redaction.objects.create(
        observation=quoted, reply_part=part, kind="name", words="Leanne Hughes", start=12, end=25
    )

    assert not passage.quotable().exists()
    assert words_of(briefing) == [
        (
            "Finding 1 rests on a passage that the practitioner sees differently, and their answer "
            "can’t be shown yet: the practitioner has a name in it to check"
        )
    ]
    redaction.settled, redaction.reason = "kept", "A friend."
    redaction.settled_at = part.added_at
    redaction.save()
    assert passage.quotable().exists()


def test_a_name_to_check_beside_another_passage_holds_nothing_else_up(briefing, quoted):
    part = dispute(quoted)
    other = ReplyPartFactory(reply=part.reply, words="Leanne said so.")
    Redaction.objects.create(
        observation=quoted, reply_part=other, kind="name", words="Leanne", start=0, end=6
    )

    assert Passage.objects.filter(pk=part.passage_id).quotable().exists()


def test_disputed_words_in_a_text_are_refused_where_no_answer_can_go_with_them(briefing, quoted):
    text = quoted.passages.get().text
    briefing.findings.get().evidence.update(is_quoted=False)
    Section.objects.filter(briefing=briefing, key="families").update(text=text)
    let_all_go(briefing)
    assert words_of(briefing) == []

    dispute(quoted)

    (told,) = words_of(briefing)
    assert "their answer can’t go with it there: quote it as evidence" in told
    (quotation,) = briefings.quotations_in(briefing)
    assert "Quote it as evidence of a finding" in check_of(quotation).cannot_go


def test_the_database_refuses_a_release_with_half_an_answer(briefing):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(original_answer=SAID)


@pytest.mark.parametrize("how", ["as evidence", "as good work"])
def test_what_was_issued_before_is_marked_as_quoted(briefing, quoted, how):
    if how == "as good work":
        passage = quoted.passages.get()
        told = {"passage": passage.pk, "text": passage.text, "how": "Seen: home visit"}
        briefing.figures["good_work"] = [told]
        briefing.save()
        Section.objects.filter(briefing=briefing, key="good_work").update(text=passage.text)
        briefing.findings.get().evidence.update(is_quoted=False)
    issued = issue(briefing)
    Observation.objects.update(quoted_at=None)

    with connection.cursor() as cursor:
        cursor.execute(import_module("reports.migrations.0017_what_issued_briefings_quote").MARK)

    assert Observation.objects.get(pk=quoted.pk).quoted_at == issued.issued_at
