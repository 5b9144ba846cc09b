"""Who opened a briefing, and questions on its passages: answered in their threads, and carried on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from practicelens.mail.models import Letter
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from reports.briefings import build_content, worth_a_look
from reports.briefings.questions import actions
from reports.models import Question
from tests.conftest import signed_in
from tests.factories import RoleFactory
from tests.reports.factories import BriefingFactory, FindingFactory, issue
from tests.reports.test_decided import answer_it, asked, moment  # noqa: F401

pytestmark = pytest.mark.django_db

WORDS = "Is that also so at reviews?"
ANSWER = "We saw too few reviews to say."


@pytest.fixture
def issued(service, psw):
    made = BriefingFactory(unit=service, month=date(2027, 1, 1), written_by=psw)
    FindingFactory(briefing=made)
    return issue(made, at=moment(2027, 2, 5))


@pytest.fixture
def question(issued, leader):
    Letter.objects.all().delete()
    return actions.ask(briefing=issued, by=leader, place="finding-1", words=WORDS)


def mailed():
    return set(Letter.objects.values_list("to__email", "subject"))


def text_of(response):
    return " ".join(response.content.decode().split())


# Who opened it


def test_the_author_sees_who_opened_it_and_who_has_not(issued, leader, leader_client, psw_client):
    other = RoleFactory(unit=issued.unit, kind=Role.Kind.LEADER).user
    address = reverse("reports:readers", args=[issued.key])
    before = psw_client.get(address).context
    leader_client.get(issued.get_absolute_url())
    after = psw_client.get(address)

    assert (before["opened"], set(before["not_opened"])) == ([], {leader, other})
    assert [each["by"] for each in after.context["opened"]] == [leader]
    assert list(after.context["not_opened"]) == [other]
    assert "First on" in text_of(after)


def test_a_paper_that_was_downloaded_is_opened_and_its_writers_are_no_readers(
    issued, leader, leader_client, psw_client
):
    psw_client.get(issued.get_absolute_url())
    leader_client.get(reverse("reports:briefing_figures_csv", args=[issued.key]))

    page = psw_client.get(reverse("reports:readers", args=[issued.key]))

    assert [each["by"] for each in page.context["opened"]] == [leader]


def test_no_one_else_sees_who_opened_it(issued, leader_client):
    beside = signed_in(RoleFactory(unit=issued.unit, kind=Role.Kind.PSW).user)
    address = reverse("reports:readers", args=[issued.key])

    assert leader_client.get(address).status_code == 403
    assert beside.get(address).status_code == 403
    assert "Who opened it" not in text_of(leader_client.get(issued.get_absolute_url()))


# Questions


def test_a_leader_asks_about_a_passage_and_its_author_is_mailed_without_its_words(
    issued, psw, leader, leader_client
):
    Letter.objects.all().delete()
    page = text_of(leader_client.get(issued.get_absolute_url()))
    address = reverse("reports:ask", args=[issued.key])
    shown = leader_client.get(address, {"place": "finding-1"}).context["form"]
    leader_client.post(address, {"place": "finding-1", "words": WORDS})

    made = Question.objects.get()
    assert "Ask about finding 1" in page
    assert shown["place"].value() == "finding-1"
    assert (made.by, made.words) == (leader, WORDS)
    assert made.about.startswith("Finding 1: The recording system")
    assert mailed() == {(psw.email, "PracticeLens: a question waits")}
    assert WORDS not in Letter.objects.get().text


def test_what_is_sent_twice_is_asked_and_answered_once(question, leader, psw):
    again = actions.ask(briefing=question.briefing, by=leader, place="finding-1", words=WORDS)
    for _ in range(2):
        actions.reply(question=question, by=psw, words=ANSWER)

    assert again == question
    assert question.replies.count() == 1


def test_its_author_answers_in_the_thread_and_the_leader_is_mailed(
    question, leader, leader_client, psw_client
):
    Letter.objects.all().delete()
    psw_client.post(question.get_absolute_url(), {"words": ANSWER})

    assert ANSWER in text_of(leader_client.get(question.get_absolute_url()))
    assert mailed() == {(leader.email, "PracticeLens: your question is answered")}


def test_who_asked_asks_on_and_other_leaders_only_read(question, leader_client, issued):
    other = signed_in(RoleFactory(unit=issued.unit, kind=Role.Kind.LEADER).user)
    leader_client.post(question.get_absolute_url(), {"words": "And in autumn?"})

    assert "And in autumn?" in text_of(other.get(question.get_absolute_url()))
    assert other.post(question.get_absolute_url(), {"words": "I ask too"}).status_code == 403


def test_the_next_issue_carries_it_with_its_answer_and_the_one_after_does_not(
    question, issued, service, psw
):
    Question.objects.update(asked_at=moment(2027, 2, 9))
    second = BriefingFactory(unit=service, month=date(2027, 2, 1), written_by=psw)
    waiting = tables(second, date(2027, 3, 8))
    said = actions.reply(question=question, by=psw, words=ANSWER)
    type(said).objects.update(replied_at=moment(2027, 3, 1))
    answered = tables(second, date(2027, 3, 8))
    issue(second, at=moment(2027, 3, 8))
    third = BriefingFactory(unit=service, month=date(2027, 3, 1), written_by=psw)

    assert waiting[-1]["rows"][0][2] == "No answer yet."
    assert answered[-1]["rows"] == [
        [question.about, f"{WORDS} (9 February 2027)", ANSWER],
    ]
    assert not any("Questions" in each["title"] for each in tables(third, date(2027, 4, 8)))


def tables(briefing, on):
    return build_content(briefing, issued_on=on)["annex"]["tables"]


def test_a_question_that_waits_is_pointed_at_in_the_draft(question, service, psw, psw_client):
    draft = BriefingFactory(unit=service, month=date(2027, 2, 1), written_by=psw)
    page = text_of(psw_client.get(reverse("reports:part", args=[draft.key, "since"])))

    assert any("1 question has no answer yet" in words for words, _ in worth_a_look(draft))
    assert WORDS in page


def test_a_question_on_what_is_not_in_the_issue_or_not_issued_is_refused(
    issued, leader, leader_client, service
):
    address = reverse("reports:ask", args=[issued.key])

    refused = leader_client.post(address, {"place": "finding-9", "words": WORDS})
    assert refused.status_code == 422
    assert "Choose one of the passages" in text_of(refused)
    with pytest.raises(NotNow):
        actions.ask(briefing=BriefingFactory(unit=service), by=leader, place="limits", words="x")


def test_a_question_that_may_name_someone_is_asked_about(issued, leader_client):
    sent = {"place": "limits", "words": "Was it Mrs Patricia Smith?"}
    address = reverse("reports:ask", args=[issued.key])

    assert leader_client.post(address, sent).status_code == 422
    assert leader_client.post(address, {**sent, "names_nobody": "on"}).status_code == 302


def test_the_database_refuses_a_question_without_words(issued, leader):
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(briefing=issued, by=leader, place="limits", about="x", words="")


# Mail


def test_who_wrote_it_is_told_when_it_is_approved(service, psw):
    RoleFactory(unit=service, kind=Role.Kind.PSW)
    issue(BriefingFactory(unit=service, month=date(2027, 1, 1), written_by=psw))

    assert (psw.email, "PracticeLens: a briefing is approved") in mailed()


def test_who_writes_there_is_told_that_something_is_decided_and_not_what(asked, psw):  # noqa: F811
    Letter.objects.all().delete()
    answer_it(asked)

    assert mailed() == {(psw.email, "PracticeLens: a recommendation is decided")}
    assert "forms team" not in Letter.objects.get().text
