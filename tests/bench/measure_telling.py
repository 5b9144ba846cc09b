"""What a briefing may tell, after many issues: groups chosen and gone through by exact arithmetic."""

from django.db import transaction
from django.utils import timezone

from practicelens.people.models import Unit, User
from reports.models import Briefing, ToldGroup
from reports.periods import month_of, months_after
from reports.telling.planning import plan_for
from tests.bench.frame import HEAD, today
from tests.bench.timing import counted, milliseconds

SERVICES = 4  # that have briefings of their own, beside the organisation


def measure(databases, run):
    with databases.of(run.base), transaction.atomic():
        top = Unit.objects.get(parent=None)
        units = [top, *top.children.order_by("pk")[:SERVICES]]
        months = -(-run.issues // len(units))
        last = months_after(month_of(today()), -1)
        for back in range(months, 0, -1):
            for unit in units:
                issue(unit, months_after(last, -back))
        took = milliseconds(lambda: plan_for(top, last))
        transaction.set_rollback(True)
    yield counted(
        f"ms to find what an issue may tell, after {months * len(units)} issues",
        run.base,
        took,
        at_most=5_000,
    )


def issue(unit, month):
    """Only what later issues are held against: the groups that it told of."""
    groups = plan_for(unit, month).groups
    briefing = Briefing.objects.create(
        unit=unit, month=month, issue=unit.briefings.count() + 1, title="Made up", figures={}
    )
    for group in groups:
        group.briefing = briefing
    ToldGroup.objects.bulk_create(groups)
    by, at = User.objects.get(email=HEAD), timezone.now()
    Briefing.objects.filter(pk=briefing.pk).update(
        approved_at=at,
        approved_by=by,
        issued_at=at,
        issued_by=by,
        content={},
        sha256="0" * 64,
    )
