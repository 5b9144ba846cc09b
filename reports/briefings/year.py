"""What was asked in a year, decided and gone back to, for the chart of the year's story."""

from calendar import monthrange
from datetime import date

from reports.briefings.since import Told, back_on, decision_on, earlier_recommendations
from reports.figures.years import with_asked
from reports.models import Decision
from reports.periods import day_words

ROWS = 2  # that the first page has room for
ANSWERS = {
    Decision.Answer.YES: "yes",
    Decision.Answer.DIFFERENTLY: "yes, differently",
    Decision.Answer.NOT_NOW: "not now",
    Decision.Answer.NO: "no",
}


def year_of(briefing, on):
    """The chart of its figures with what was asked on the axis, or None in figures of before that was drawn."""
    drawn = briefing.figures.get("year")
    if not drawn or not drawn["data"]["points"]:
        return drawn
    first = date.fromisoformat(f"{drawn['data']['first']}-01")
    return with_asked(drawn, loops(briefing, first, on))


def loops(briefing, first, on):
    """[(question, [(months since the first, words, day)])] of what went furthest, the newest of it.

    When it was gone back to is the day of the paper that tells it: the visit is one observation, whose
    day is nobody's to know.
    """
    told, found = Told(briefing), []
    for each in earlier_recommendations(briefing, on):
        steps = steps_of(each, told, on)
        if each.briefing.unit_id == briefing.unit_id and steps[0][0] >= first:
            found.append((each, steps))
    chosen = sorted(found, key=lambda each: (-len(each[1]), -each[1][0][0].toordinal(), each[0].pk))
    ordered = sorted(chosen[:ROWS], key=lambda each: (each[1][0][0], each[0].pk))
    return [(each.question, [marked(*step, first) for step in steps]) for each, steps in ordered]


def steps_of(recommendation, told, on):
    """[(day, words)] of asked, decided and went back, as far as it has come."""
    unit = recommendation.briefing.unit
    steps = [(unit.day_of(recommendation.briefing.issued_at), "asked")]
    decision = decision_on(recommendation, on)
    if decision:
        steps.append((recommendation.decided_on, ANSWERS[decision.answer]))
        back = decision.going_back
        for day in back_on(recommendation, on) if back and back.tells else []:
            steps.append((told.first_from(day) or on, "went back"))
    return steps


def marked(day, words, first):
    months = (day.year - first.year) * 12 + day.month - first.month
    share = (day.day - 1) / monthrange(day.year, day.month)[1]
    return months + share, words, day_words(day)
