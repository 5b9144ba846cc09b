"""Asking about a passage of an issued briefing, and answering in its thread."""

from django.db import transaction

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from reports.briefings import mails
from reports.briefings.questions.places import places_of
from reports.models import Question, QuestionReply


@transaction.atomic
def ask(*, briefing, by, place, words):
    """A question on one passage, once however often it is sent; whoever wrote the briefing is told."""
    about = places_of(briefing.content or {"sections": []}).get(place)
    if about is None:
        raise NotNow("There is no such passage in this issue.")
    asked, is_new = Question.objects.get_or_create(
        briefing=briefing, by=by, place=place, words=words, defaults={"about": about}
    )
    if is_new:
        record(by=by, action=Entry.Action.ASKED, what=asked, unit=briefing.unit)
        mails.question_waits(asked)
    return asked


@transaction.atomic
def reply(*, question, by, words):
    """An answer in its thread, or a further question of who asked; the other side is told."""
    Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    said, is_new = QuestionReply.objects.get_or_create(question=question, by=by, words=words)
    if not is_new:
        return said
    record(by=by, action=Entry.Action.ANSWERED, what=question, unit=question.briefing.unit)
    if by.pk == question.by_id:
        mails.question_waits(question)
    else:
        mails.question_answered(question)
    return said
