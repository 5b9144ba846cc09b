"""The first page after signing in: a practice leader's home, or the first door of another role."""

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frameworks.models import FrameworkVersion
from observations.form_parts import teams_of
from observations.models import EarlySign, Mention, Observation, PlannedVisit, Reply, ReplyPart
from observations.models.planning import STILL_PLANNED
from practicelens.people.models import Unit, know_zones
from practicelens.people.navigation import doors_for
from practicelens.people.permissions import Act
from reports.briefings import what_stops
from reports.models import Briefing
from reports.next_visits import offers_for
from reports.summaries import last_seen_words, not_seen_lately

SHOWN = 3
DOORS = [
    (Act.READ_BRIEFINGS, "reports:briefings"),
    (Act.BE_OBSERVED, "observations:shared"),
    (Act.KEEP_FRAMEWORKS, "frameworks:list"),
    (Act.READ_LOG, "audit:log"),
    (Act.KEEP_PEOPLE, "people:list"),
]


@require_safe
def home(request):
    """What is under way, and where nothing was observed recently; others go to their first page."""
    user = request.user
    if not user.can(Act.WRITE_OBSERVATIONS):
        return redirect(first_door(user))
    unseen = unseen_by(user)
    return render(
        request,
        "reports/home.html",
        {
            "greeting": greeting(user),
            "today": user.today(),
            "news": FrameworkVersion.objects.visible_to(user).news_for(user),
            "drafts": drafts_of(user),
            "replies": replies_to(user)[:SHOWN],
            "waiting": waiting_for(user)[:SHOWN],
            "added": added_to(user)[:SHOWN],
            "visits": visits_of(user),
            "offers": offers_for(user, unseen),
            "unseen": [
                {"row": row, "when": last_seen_words(row, user.today())} for row in unseen[:SHOWN]
            ],
            "has_teams": teams_of(user).exists(),
            "briefing": months_briefing(user),
            "early_signs": EarlySign.objects.visible_to(user).open().count(),
        },
    )


def first_door(user):
    """The first page of a person's work; of a role with none of these, what is first on top."""
    own = next((url for act, url in DOORS if user.can(act)), None)
    return own or next((door["url"] for door in doors_for(user.acts, "")), "people:me")


def greeting(user):
    hour = timezone.localtime(timezone=user.zone).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def drafts_of(user):
    """Unfinished observations, the one last touched first, with how much is in each."""
    looked_at = Count("ratings", filter=~Q(ratings__outcome="not_seen"), distinct=True)
    return (
        Observation.objects.drafts_of(user)
        .select_related("unit")
        .annotate(passages_written=Count("passages", distinct=True), criteria_seen=looked_at)
        .order_by("-changed_at", "-pk")
    )


def replies_to(user):
    """Answers that the observer has not read."""
    disagreed = ReplyPart.objects.filter(verdict=Reply.Verdict.DISAGREED)
    beside = disagreed.filter(reply__observation=OuterRef("pk"))
    answered = Observation.objects.counted().filter(observer=user, reply__read_at=None)
    return (
        answered.filter(reply__isnull=False)
        .select_related("unit", "practitioner", "reply")
        .annotate(sees_a_passage_differently=Exists(beside))
        .order_by("-reply__replied_at", "-pk")
    )


def waiting_for(user):
    """Shared and not answered while there is still time, the nearest day first."""
    shared = Observation.objects.waiting_for_reply().filter(observer=user)
    found = shared.select_related("unit", "practitioner").order_by("-shared_at", "-pk")[:30]
    know_zones(each.unit for each in found)
    return sorted(
        (each for each in found if each.reply_by >= each.unit.today()),
        key=lambda each: each.reply_by,
    )


def added_to(user):
    """Conversations that the practitioner has not agreed to and would add to, the newest first."""
    own = Observation.objects.in_hands_of(user).counted()
    return (
        own.filter(conversation__agreed_at=None, conversation__additions__isnull=False)
        .select_related("unit", "practitioner")
        .annotate(added_at=Max("conversation__additions__added_at"))
        .order_by("-added_at", "-pk")
    )


def visits_of(user):
    """One's planned visits, the next first: those whose day is over, too, until that is settled.

    What a practitioner said does not suit is there until its day, so that its planner meets it.
    """
    mine = PlannedVisit.objects.visible_to(user).for_list()
    not_today = Q(declined_at__isnull=False, visit_on__gte=user.today())
    found = mine.filter(STILL_PLANNED | not_today, observer=user)[:SHOWN]
    know_zones(each.unit for each in found)
    return found


def unseen_by(user):
    """Not observed recently, in the units on which the person holds a role for it, longest ago first."""
    held = Unit.objects.filter(roles__in=user.roles.carrying(Act.READ_SUMMARIES))
    rows = {(row.unit.pk, row.column): row for unit in held for row in not_seen_lately(unit)}
    return sorted(rows.values(), key=lambda row: (row.seen_on or date.min, row.label))


def months_briefing(user):
    """The newest briefing that is being written, else the newest issued, with what stops it."""
    mine = Briefing.objects.filter(unit__in=user.reach(Act.WRITE_BRIEFINGS)).select_related("unit")
    found = mine.filter(issued_at=None).order_by("-month", "unit__parent", "pk").first()
    found = found or mine.order_by("-month", "unit__parent", "pk").first()
    if found is None:
        return None
    return {
        "row": found,
        "facts": found.figures["facts"],
        "stops": what_stops(found) if found.is_draft and not found.sent_at else [],
        "suggested": Mention.objects.visible_to(user).suggested().count(),
    }
