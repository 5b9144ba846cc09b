"""Where practice has been seen, and where it has not lately: places and kinds of work."""

from collections import Counter, defaultdict
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Concat, ExtractIsoWeekDay

from frameworks.models.lists import WorkAbout
from observations.models import Observation, PlannedVisit, choices
from practicelens.people.models import Unit
from reports.guarded import is_small
from reports.periods import month_of, rolling
from reports.summaries.scope import scope_of
from reports.summaries.shape import Column, CoverageRow, LastSeen

EVENING = (choices.PartOfDay.EVENING, choices.PartOfDay.NIGHT)
SATURDAY = 6

# What every kind of work is about is in exactly one of the columns before the last two.
HOME, SUPERVISION = Column("home_visits", "Home visits"), Column("supervision", "Supervision")
MEETINGS, REVIEWS = Column("meetings", "Meetings"), Column("reviews", "Reviews")
DUTY, COURT, FILES = Column("duty", "Duty"), Column("court", "Court"), Column("files", "Files")
EVENINGS = Column("evenings", "Evenings", overlaps=True)
WEEKENDS = Column("weekends", "Weekends", overlaps=True)
COLUMNS = (HOME, MEETINGS, REVIEWS, SUPERVISION, DUTY, COURT, FILES, EVENINGS, WEEKENDS)
COLUMN_OF = {
    WorkAbout.FAMILY: HOME,
    WorkAbout.MEETING: MEETINGS,
    WorkAbout.PROFESSIONALS: MEETINGS,
    WorkAbout.REVIEW: REVIEWS,
    WorkAbout.SUPERVISION: SUPERVISION,
    WorkAbout.DUTY: DUTY,
    WorkAbout.COURT: COURT,
    WorkAbout.RECORD: FILES,
}
EVERY_TEAM = (HOME, SUPERVISION)
LATELY = 28  # days


def places(scope):
    """Counts by unit, what the work is about, whether in the evening and whether at the weekend."""
    rows = (
        scope.observations()
        .annotate(day=ExtractIsoWeekDay("observed_on"))
        .values(
            "unit_id",
            "is_about",
            is_evening=Q(part_of_day__in=EVENING),
            is_weekend=Q(day__gte=SATURDAY),
        )
    )
    return list(
        rows.annotate(
            count=Count("pk"),
            in_month=Count("pk", filter=Q(month=scope.window.last_month)),
            minutes=Sum("minutes", default=0),
        )
    )


def coverage_rows(scope, found):
    """A row for each team there is, in the order of their names."""
    counted = Counter()
    for place in found:
        for column in columns(place):
            counted[place["unit_id"], column] += place["count"]
    return tuple(coverage_row(team, scope.part_of(team), counted) for team in scope.teams)


def columns(place):
    yield COLUMN_OF[place["is_about"]]
    if place["is_evening"]:
        yield EVENINGS
    if place["is_weekend"]:
        yield WEEKENDS


def coverage_row(team, part, counted):
    counts = tuple(counted[team.pk, column] for column in COLUMNS)
    whole = sum(count for column, count in zip(COLUMNS, counts, strict=True) if not column.overlaps)
    return CoverageRow(team, counts, whole, part.name)


def why_called_off(unit, window, kind_of_work=""):
    """[(reason, how many)] of the visits that were called off, the commonest first.

    Only where there are as many as leaders are told of: a reason of two could be known by its team.
    """
    found = scope_of(unit, window, kind_of_work).called_off()
    counted = Counter(found.values_list("why", flat=True))
    if is_small(counted.total()):
        return []
    named = dict(PlannedVisit.Why.choices) | {"": "No reason given"}
    return [(named[why], count) for why, count in counted.most_common()]


def not_seen_lately(unit, on=None):
    """Kinds of work in each open team, the longest unseen first; never seen before all others.

    Of home visits and supervision every team is expected to have some; of other kinds of work,
    those teams in which it was seen before.
    """
    today = on or unit.today()
    window = rolling(month_of(today), today=today)
    scope = scope_of(unit, window)
    teams = [team for team in scope.teams if team.closed_on is None or team.closed_on > today]
    seen = last_seen(teams, window, today)
    rows = (
        LastSeen(team, column, *seen.get((team.pk, column), (None, (False,) * window.length)))
        for team in teams
        for column in expected(team, seen)
    )
    rows = [row for row in rows if row.seen_on is None or (today - row.seen_on).days > LATELY]
    return sorted(rows, key=longest_ago)


def longest_ago(row):
    return row.seen_on or date.min, row.label


def last_seen(teams, window, today):
    """{(team, column): (the last day, for each month of the window whether it was seen)}."""
    days, months = defaultdict(list), defaultdict(set)
    for row in looked_up(teams, window, today):
        for about in WorkAbout:
            if row[about.value]:
                days[row["pk"], COLUMN_OF[about]].append(row[about.value])
        for about, month in map(str.split, row["lately"]):
            months[row["pk"], COLUMN_OF[about]].add(month)
    return {
        key: (max(found), tuple(f"{month}" in months[key] for month in window.months))
        for key, found in days.items()
    }


def looked_up(teams, window, today):
    """For each team the last day of what work can be about, and `lately`: "family 2026-10-01", ...

    Each day is looked up for itself, so that the archive is not read for it.
    """
    seen = Observation.objects.counted().filter(unit=OuterRef("pk"), observed_on__lte=today)
    newest = {
        about.value: Subquery(
            seen.filter(is_about=about).order_by("-observed_on").values("observed_on")[:1]
        )
        for about in WorkAbout
    }
    in_month = Concat("is_about", Value(" "), Cast("month", CharField()))
    lately = seen.filter(month__gte=window.first_month).values(in_month=in_month).distinct()
    found = Unit.objects.filter(pk__in=[team.pk for team in teams])
    return found.values("pk", **newest, lately=ArraySubquery(lately))


def expected(team, seen):
    for column in COLUMNS:
        # A file can be read without being anywhere.
        if column.overlaps or column == FILES:
            continue
        if column in EVERY_TEAM or (team.pk, column) in seen:
            yield column
