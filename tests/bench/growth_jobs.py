"""Every job of the worker that reads the archive, done once in archives of each size.

Those that are called for by each note are done a few times and the middle is told; those of a night
or a month are done once, since they may take minutes.
"""

import itertools
from statistics import median
from time import monotonic

from django.db import connection
from django.test.utils import CaptureQueriesContext

from frameworks.models import Codebook
from observations import background
from observations.emerging import looks
from observations.learning import versions
from observations.models import Recoding
from observations.notes import coding
from observations.recoding import actions as recoding
from practicelens.people.models import Unit
from reports.briefings.composing import compose
from reports.cells.rollup import differences, recount_all, roll_up_dirty
from reports.jobs import sweeping
from reports.periods import month_of, months_after
from tests.bench.data import one_more
from tests.bench.frame import head, today
from tests.bench.measure_background import uncoded
from tests.bench.timing import milliseconds


def jobs(size, run):
    """(name, milliseconds, queries) of each job, in the order in which they need one another."""
    for name, make_ready, do in [
        ("one more observation counted", one_more_now, lambda _: roll_up_dirty()),
        ("one more observation coded", one_uncoded, lambda note: coding.code(observation=note)),
    ]:
        yield name, *many_times(make_ready, do, run.times)
    for name, do in ONCE.items():
        yield name, *once(do)


def many_times(make_ready, do, times):
    """The middle of so many times, after one that is not timed; and how many queries it took."""
    do(make_ready())
    ready = make_ready()
    with CaptureQueriesContext(connection) as captured:
        do(ready)
    queries = len(captured)
    readies = [make_ready() for _ in range(times)]
    return median(milliseconds(lambda ready=ready: do(ready)) for ready in readies), queries


def once(do):
    with CaptureQueriesContext(connection) as captured:
        took = milliseconds(do)
    return took, len(captured)


def one_more_now():
    while roll_up_dirty().dirty_cells:
        pass
    return one_more(today())


def one_uncoded():
    return uncoded(1)[0]


def look_for_emerging():
    looks.ask(codebook=Codebook.objects.get(), by=head())
    background.look_for_emerging()


def learn():
    versions.ask(Codebook.objects.get(), by=head())
    background.learn_asked()


def check_a_batch_again():
    """The first so many past observations of a codebook whose word lists changed."""
    recoding.start_due()
    recoding.go_on(recoding=Recoding.objects.latest("pk"), until=monotonic())


def compose_a_month():
    """The newest month for which there is no briefing yet."""
    top = Unit.objects.get(parent=None, code="top")
    months = (months_after(month_of(today()), -number) for number in itertools.count(1))
    free = (month for month in months if not top.briefings.filter(month=month).exists())
    compose(unit=top, month=next(free), by=head())


ONCE = {
    "everything counted again": recount_all,
    "cells compared with the rows": differences,
    "emerging themes looked for": look_for_emerging,
    "themes learned from decisions": learn,
    f"{recoding.OBSERVATIONS_A_BATCH} past observations re-checked": check_a_batch_again,
    "a month's briefing composed": compose_a_month,
    "a sweep": sweeping.sweep,
}
