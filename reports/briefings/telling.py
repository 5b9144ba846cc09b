"""What a briefing tells: the figures of the groups that may be told of, and those groups.

Where nothing may be told anew, the figures of the last issue stand.
"""

from dataclasses import dataclass

from django.conf import settings

from reports.briefings.gathering import gather, gather_nothing
from reports.briefings.since import last_issued
from reports.models import Briefing
from reports.periods import Window, month_words, rolling
from reports.summaries import summarise
from reports.telling import Why
from reports.telling.planning import EVERYTHING, Plan, plan_for


@dataclass
class Told:
    """Figures, the groups that they tell of, and the issue whose figures `stands`, if any does."""

    figures: dict
    groups: list
    plan: Plan
    stands: Briefing | None = None


def told_of(briefing):
    """What a month's briefing tells, after all that its readers were told before."""
    plan = plan_for(briefing.unit, briefing.month)
    if plan.window:
        return Told(gather(summarise(briefing.unit, plan.window), plan), plan.groups, plan)
    before = last_issued(briefing)
    whole = before and before.told_groups.filter(name=EVERYTHING).first()
    if whole:
        return standing(before, plan, as_at(whole, plan))
    window = rolling(briefing.month, today=briefing.unit.today())
    return Told(gather_nothing(window, nothing_told(plan)), [], plan)


def told_again(briefing):
    """What a re-issue tells: other figures only where enough observations differ."""
    earlier = briefing.supersedes
    whole = earlier.told_groups.filter(name=EVERYTHING).first()
    if whole is None:
        return told_of(briefing)
    window = Window(whole.first_month, whole.last_month, briefing.unit.today())
    plan = plan_for(briefing.unit, briefing.month, only=window)
    if plan.window and not is_same(plan.groups, whole):
        return Told(gather(summarise(briefing.unit, window), plan), plan.groups, plan)
    return standing(earlier, plan, stands_until(plan))


def is_same(groups, whole):
    """Whether a plan's whole window holds just what was told of."""
    return any(each.name == EVERYTHING and set(each.notes) == set(whole.notes) for each in groups)


def standing(briefing, plan, why):
    """The figures of an issue as they were told, and why they stand."""
    withheld = [why] if why else briefing.figures.get("withheld", [])
    groups = list(briefing.told_groups.order_by("pk"))
    return Told({**briefing.figures, "withheld": withheld}, groups, plan, briefing)


def few():
    return f"fewer than {settings.SMALL_COUNT_THRESHOLD} people"


def as_at(whole, plan):
    """Why the figures of an earlier month stand."""
    month = month_words(whole.last_month)
    if plan.why == Why.FEW:
        return f"The figures stand as at {month}: {few()} were observed in the months since."
    return f"The figures stand as at {month}: what is new since then is about {few()}."


def stands_until(plan):
    """Why the figures of a re-issue are those of before; nothing where no observation differs."""
    if plan.window:
        return ""
    return (
        "An observation was withdrawn, or came late. "
        f"The figures stand until the next issue, since what differs is about {few()}."
    )


def nothing_told(plan):
    if plan.why == Why.FEW:
        return f"No figure is told: {few()} were observed in these months."
    return f"No figure is told: beside other issues it would single out {few()}."
