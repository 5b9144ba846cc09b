"""Where to go next: back after decisions, follow-ups that were agreed, then what was not observed recently.

It offers visits to teams, and returns to what was agreed; it never says of a person that they are
due, and nobody is put in an order.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation, PlannedVisit
from practicelens import spoken_days as days
from practicelens.people.models import know_zones
from reports.briefings.return_visits.forms import reason_of
from reports.models import ReturnVisit
from reports.summaries.coverage import COLUMN_OF

OFFERED = 3


@dataclass(frozen=True)
class Offer:
    """One visit that is offered, with its reason in a sentence and the form that plans it."""

    title: str
    reason: str
    url: str
    is_follow_up: bool = False


def offers_for(user, unseen):
    """The next visits for a practice leader, returns and follow-ups first; none of what is planned.

    `unseen` are rows of what was not observed recently, the longest ago first.
    """
    found = [*map(as_return, returns(user)[:OFFERED])]
    found += map(as_follow_up, follow_ups(user)[: OFFERED - len(found)])
    if len(found) < OFFERED:
        planned = planned_in(row.unit.pk for row in unseen)
        left = [row for row in unseen if (row.unit.pk, row.column) not in planned]
        found += [as_visit(row, user.today()) for row in one_a_team(left)]
    return found[:OFFERED]


def returns(user):
    """Return visits that are due soon or overdue, with no visit for them yet, the first due first."""
    mine = list(ReturnVisit.objects.visible_to(user).open().for_list())
    know_zones(each.unit for each in mine)
    return [each for each in mine if each.is_near and each.to_plan]


def follow_ups(user):
    """Next steps agreed with a practitioner, to look again near today, with no visit for it yet."""
    own = Observation.objects.in_hands_of(user).counted()
    due = own.to_look_again(user.today()).select_related("unit")
    there = PlannedVisit.objects.not_called_off().filter(follows=OuterRef("pk"))
    return due.filter(~Exists(there))


def planned_in(units):
    """{(team's pk, column)} of what anybody plans to see there."""
    ahead = PlannedVisit.objects.planned().filter(
        unit__in=list(units), visit_on__gte=timezone.localdate()
    )
    return {(unit, COLUMN_OF[about]) for unit, about in ahead.values_list("unit", "is_about")}


def one_a_team(rows):
    """One kind of work of each team first, then what is left, so that offers are of several teams."""
    firsts = {}
    for row in rows:
        firsts.setdefault(row.unit.pk, row)
    chosen = list(firsts.values())
    return chosen + [row for row in rows if row not in chosen]


def as_return(return_visit):
    last = days.in_words(return_visit.due_to, today=return_visit.unit.today())
    return Offer(
        f"Return visit: {return_visit.decision.recommendation.question}",
        f"{reason_of(return_visit)} By {last}.",
        reverse("reports:plan_return_visit", args=[return_visit.pk]),
    )


def as_follow_up(observation):
    look_again = observation.conversation.look_again_on
    day = days.in_words(look_again, weekday=True, today=observation.unit.today())
    return Offer(
        f"Follow-up: {observation}",
        f"You agreed to look again on {day}, at this next step: {observation.conversation.next_step}",
        plan_url(again=observation.key),
        is_follow_up=True,
    )


def as_visit(row, today):
    what = row.column.label.lower()
    since = f"since {days.in_words(row.seen_on, today=today)}" if row.seen_on else "yet"
    reason = f"Nobody has observed {what} in this team {since}."
    abouts = [about.value for about, column in COLUMN_OF.items() if column == row.column]
    return Offer(row.label, reason, plan_url(team=row.unit.pk, about=abouts))


def plan_url(**said):
    return f"{reverse('observations:plan_visit')}?{urlencode(said, doseq=True)}"
