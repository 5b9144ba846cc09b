from datetime import timedelta

from django.db import migrations
from django.utils import timezone

PROMISES = ["yes", "differently"]


def make_those_still_due(apps, schema_editor):
    """Of what was promised lately someone is to go back; the days are put off weekends by the week."""
    made = apps.get_model("reports", "ReturnVisit")
    lately = timezone.now() - timedelta(days=90)
    decisions = apps.get_model("reports", "Decision").objects.filter(
        answer__in=PROMISES, decided_at__gte=lately
    )
    made.objects.bulk_create(
        made(decision=each, due_from=weekday(day, 60, 1), due_to=weekday(day, 90, -1))
        for each in decisions
        for day in [each.decided_at.date()]
    )


def weekday(day, after, step):
    day += timedelta(days=after)
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_return_visits")]

    operations = [migrations.RunPython(make_those_still_due, migrations.RunPython.noop)]
