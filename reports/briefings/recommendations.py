"""Asks in the order in which they need someone: overdue first, settled last."""

from django.db.models import BooleanField, Case, F, Q, When

from reports.models import Decision, Recommendation

PROMISES = [Decision.Answer.YES, Decision.Answer.DIFFERENTLY]
# No decision yet, or one that promised something which is not done.
UNSETTLED = Q(decision=None) | Q(decision__answer__in=PROMISES, decision__done_on=None)


def recommendations_for(user):
    """Those of issues not superseded that the person can see: the list of a practice leader or leader."""
    return Recommendation.objects.visible_to(user).issued()


def decided_of(briefing):
    """The decisions of what a briefing asked; none of no briefing."""
    if briefing is None:
        return []
    found = Decision.objects.filter(recommendation__briefing=briefing)
    return list(found.select_related("recommendation__owner").order_by("recommendation__number"))


def same_ask(briefing, recommendation):
    """What a later version asks in the same words of the same owner, or None."""
    same = {"question": recommendation.question, "owner": recommendation.owner_id}
    return briefing.recommendations.filter(**same).order_by("number").first()


def told_where(user):
    """What was asked where the person works, the newest issue first; those of one in its order."""
    found = Recommendation.objects.told_to(user).with_answers()
    found = found.defer("briefing__content", "briefing__figures")  # large, and no list shows them
    return found.order_by("-briefing__issued_at", "-briefing", "number", "pk")


def in_order(recommendations):
    """Unsettled ones by the day that is due next, so overdue first; then the settled, newest first."""
    return (
        recommendations.with_answers()
        .annotate(
            is_settled=Case(When(UNSETTLED, then=False), default=True, output_field=BooleanField()),
            next_on=Case(
                When(decision=None, then=F("due_on")),
                When(UNSETTLED, then=F("decision__act_by")),
                default=None,
            ),
        )
        .defer("briefing__content", "briefing__figures")  # large, and no list shows them
        .order_by("is_settled", "next_on", "-decision__decided_at", "-pk")
    )
