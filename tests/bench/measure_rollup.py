"""The roll-up: counting everything, and counting what one more observation touches."""

from collections import Counter
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Q

from frameworks.models import Criterion, FrameworkVersion, Theme
from observations.models import DirtyCell, Mention, Rating
from reports.cells.rollup import differences, recount_all, roll_up_dirty
from reports.models import CriterionCell, ThemeCell
from tests.bench.data import one_more
from tests.bench.frame import first_day, today
from tests.bench.timing import judged, milliseconds, side_by_side

IN_A_ROUND = 8
LATELY = timedelta(days=60)
# There are nearly as many cells as rows in a small archive, so a goal must name its size.
AT_MOST = {100_000: 4, 1_000_000: 2.5}

# The floor: the two GROUP BYs over the rows, with nothing written. The sums keep the planner from
# leaving out what is counted.
FLOOR = [
    """
    SELECT count(*), sum(observations) FROM (
        SELECT count(*) AS observations FROM observations_rating WHERE is_counted
         GROUP BY unit_id, month, criterion_id, outcome, level_id) AS cell
    """,
    """
    SELECT count(*), sum(helps), sum(hinders), sum(neither), sum(observations), sum(suggested)
      FROM (
        SELECT count(*) FILTER (WHERE status = 'confirmed' AND stance = 'helps') AS helps,
               count(*) FILTER (WHERE status = 'confirmed' AND stance = 'hinders') AS hinders,
               count(*) FILTER (WHERE status = 'confirmed' AND stance = 'neither') AS neither,
               count(DISTINCT observation_id) FILTER (WHERE status = 'confirmed') AS observations,
               count(*) FILTER (WHERE status = 'suggested') AS suggested
          FROM observations_mention WHERE is_counted AND status <> 'rejected'
         GROUP BY unit_id, month, theme_id) AS cell
    """,
]


def measure(databases, run):
    for size in run.sizes:
        with databases.of(size):
            yield from full_recount(size, run.times)
    yield from flatness(databases, run, "recent month", today() - LATELY, at_most=1.5)
    yield from flatness(databases, run, "back-dated", first_day(), at_most=2)
    size = min(run.looped_up_to, run.sizes[-1])
    with databases.of(size):
        yield by_a_loop(size)
        yield one_query_a_cell(size)


def full_recount(size, times):
    check_cells()
    yield side_by_side(
        "full recount, cells right, to the two GROUP BYs",
        size,
        recount_all,
        floor,
        at_most=AT_MOST.get(size),
        times=times,
    )
    yield from_nothing(size)


def from_nothing(size):
    """Deleting the cells is not timed."""
    products, references = [], []
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE reports_criterioncell, reports_themecell")
        references.append(milliseconds(floor))
        products.append(milliseconds(recount_all))
    vacuum()
    check_cells()
    name = "full recount, from no cells, to the two GROUP BYs"
    return judged(name, size, products, references)


def floor():
    with connection.cursor() as cursor:
        found = []
        for statement in FLOOR:
            cursor.execute(statement)
            found.append(cursor.fetchone()[0])
    return found


def check_cells():
    """A time is believed only if both sides count the same number of cells, and all are right."""
    assert floor() == [CriterionCell.objects.count(), ThemeCell.objects.count()]
    assert differences() == []


def vacuum():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reports_criterioncell, reports_themecell")


def by_a_loop(size):
    """Against rows read as objects and counted in Python: once, since that is slow."""
    name = "full recount, cells right, to objects counted in a loop"
    references = [milliseconds(counted_in_a_loop)]
    return judged(name, size, [milliseconds(recount_all)], references, at_least=8)


def counted_in_a_loop():
    ratings = Rating.objects.filter(is_counted=True).select_related("observation", "criterion")
    mentions = Mention.objects.filter(is_counted=True).select_related("observation", "theme")
    cells = Counter(
        (each.observation.unit_id, each.observation.month, each.criterion, each.outcome)
        for each in ratings.iterator()
    )
    cells.update(
        (each.observation.unit_id, each.observation.month, each.theme, each.status, each.stance)
        for each in mentions.iterator()
    )
    return cells


def flatness(databases, run, days, since, *, at_most):
    """One more observation, counted in each size in turn; each against the base."""
    sizes = [size for size in run.sizes if size >= run.base]
    times = {size: [] for size in sizes}
    for _ in range(run.rounds):
        for size in sizes:
            with databases.of(size):
                times[size] += recounts_of_one(since)
    for size in sizes[1:]:
        name = f"one more observation, {days}, to the same at {run.base:,}"
        yield judged(name, size, times[size], times[run.base], at_most=at_most, must_hold=True)


def recounts_of_one(since):
    """After one that is not timed, since the connection is new."""
    times = []
    for _ in range(1 + IN_A_ROUND):
        one_more(since)
        times.append(milliseconds(roll_up_dirty))
    assert not DirtyCell.objects.exists()
    return times[1:]


def one_query_a_cell(size):
    """Against what is usually written: after a save, the unit's month by one query a cell."""
    products, references = [], []
    for _ in range(20):
        observation = one_more(today() - LATELY)
        references.append(milliseconds(lambda seen=observation: by_queries(seen)))
        products.append(milliseconds(roll_up_dirty))
    name = "one more observation, to a query for each cell of its month"
    return judged(name, size, products, references, at_least=25)


def by_queries(observation):
    place = {"unit": observation.unit_id, "month": observation.month, "is_counted": True}
    version = FrameworkVersion.objects.get(pk=observation.framework_version_id)
    for criterion in Criterion.objects.filter(version=version):
        ratings = Rating.objects.filter(**place, criterion=criterion)
        list(ratings.values("outcome", "level").annotate(observations=Count("pk")))
    for theme in Theme.objects.all():
        Mention.objects.filter(**place, theme=theme).aggregate(
            helps=Count("pk", filter=Q(status="confirmed", stance="helps")),
            hinders=Count("pk", filter=Q(status="confirmed", stance="hinders")),
            neither=Count("pk", filter=Q(status="confirmed", stance="neither")),
            suggested=Count("pk", filter=Q(status="suggested")),
        )
