"""The mail that briefings send: what waits, is approved, out, decided, asked or answered.

Never a word of what a briefing, a question or a decision says.
"""

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from practicelens.mail.actions import write
from practicelens.people.models import User
from practicelens.people.permissions import Act
from reports.models import BriefingSchedule, Reminder
from reports.periods import month_words

DATES = {
    Reminder.Kind.DUE: "a decision is due soon",
    Reminder.Kind.OVERDUE: "a decision is overdue",
    Reminder.Kind.NOT_DONE: "what was decided is overdue",
}


def draft_waits(briefing):
    """To those who write briefings of the unit: there is a draft to work on."""
    to = User.objects.who_may(Act.WRITE_BRIEFINGS, briefing.unit)
    tell(to, "a draft briefing waits", "reports/mail/draft_waits.txt", briefing)


def approval_waits(briefing, *, by):
    """To whoever approves the drafts of the unit, or to all who can if they can't approve this."""
    others = briefing.approvers().exclude(pk=by.pk)
    schedule = BriefingSchedule.objects.running().filter(unit=briefing.unit).first()
    named = others.filter(pk=schedule.approver_id) if schedule else others.none()
    tell(
        named or others,
        "a briefing waits for approval",
        "reports/mail/approval_waits.txt",
        briefing,
    )


def is_out(briefing, *, by):
    """To those who read the briefings of the unit."""
    to = User.objects.who_may(Act.READ_BRIEFINGS, briefing.unit).exclude(pk=by.pk)
    tell(to, "a briefing is out", "reports/mail/briefing_is_out.txt", briefing)


def approved(briefing, *, by):
    """To those who wrote it, and to those who issue it: it can be issued."""
    wrote = briefing.writers.filter(is_active=True).values("pk")
    named = User.objects.who_may(Act.ISSUE_BRIEFINGS, briefing.unit).values("pk")
    to = User.objects.filter(Q(pk__in=wrote) | Q(pk__in=named)).exclude(pk=by.pk)
    tell(to, "a briefing is approved", "reports/mail/approved.txt", briefing)


def decided(recommendation, *, by):
    """To those who write briefings of the unit: something that was asked is decided."""
    briefing = recommendation.briefing
    to = User.objects.who_may(Act.WRITE_BRIEFINGS, briefing.unit).exclude(pk=by.pk)
    subject, template = "a recommendation is decided", "reports/mail/decided.txt"
    tell(to, subject, template, briefing, about=recommendation)


def date_of(recommendation, kind):
    """To who decides that a date is near; once it is over, to those who write there as well."""
    briefing, owner = recommendation.briefing, recommendation.owner
    to = User.objects.filter(pk=owner.pk, is_active=True)
    if kind != Reminder.Kind.DUE:
        to = to | User.objects.who_may(Act.WRITE_BRIEFINGS, briefing.unit)
    subject = DATES[kind]
    tell(to.distinct(), subject, "reports/mail/date_of.txt", briefing, recommendation, what=subject)


def question_waits(question):
    """To those who wrote the briefing, or where none of them does any more, to all who write there."""
    briefing = question.briefing
    to = User.objects.who_may(Act.WRITE_BRIEFINGS, briefing.unit)
    wrote = to.filter(pk__in=briefing.writers.values("pk"))
    subject, template = "a question waits", "reports/mail/question_waits.txt"
    tell(wrote or to, subject, template, briefing, about=question)


def question_answered(question):
    """To whoever asked it."""
    to = User.objects.filter(pk=question.by_id, is_active=True)
    subject = "your question is answered"
    template = "reports/mail/question_answered.txt"
    tell(to, subject, template, question.briefing, about=question)


def tell(to, subject, template, briefing, about=None, **more):
    words = {"unit": briefing.unit, "month": month_words(briefing.month), **more}
    words["link"] = link_to(about or briefing)
    text = render_to_string(template, words)
    write(to=to, subject=f"PracticeLens: {subject}", text=text)


def link_to(row):
    """The address of its page, where the organisation gave its own; else nothing."""
    return settings.PUBLIC_ADDRESS and f"{settings.PUBLIC_ADDRESS}{row.get_absolute_url()}"
