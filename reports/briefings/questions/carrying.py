"""What was asked about earlier issues, carried into the next one."""

from reports.briefings.since import Told
from reports.models import Question
from reports.periods import day_words

TITLE = "Questions asked since the last issue, and their answers"


def carried(briefing, on):
    """Questions about earlier issues of the unit, asked or answered since the last one, by a day."""
    told = Told(briefing)
    asked = Question.objects.filter(
        briefing__unit=briefing.unit, briefing__month__lt=briefing.month
    )
    found = asked.for_list().order_by("asked_at", "pk")
    return [each for each in found if is_new(each, told, briefing.unit, on)]


def is_new(question, told, unit, on):
    moments = [question.asked_at, *(each.replied_at for each in question.replies.all())]
    days = [day for day in map(unit.day_of, moments) if day <= on]
    return any(told.first_from(day) is None for day in days)


def table(briefing, on):
    """[the table of the annex], or none where nothing was asked."""
    rows = [row_of(each, briefing.unit, on) for each in carried(briefing, on)]
    if not rows:
        return []
    return [{"title": TITLE, "head": ["About", "Question", "Answer"], "rows": rows, "note": ""}]


def row_of(question, unit, on):
    day = day_words(unit.day_of(question.asked_at))
    said = [each.words for each in question.replies.all() if unit.day_of(each.replied_at) <= on]
    return [question.about, f"{question.words} ({day})", " ".join(said) or "No answer yet."]
