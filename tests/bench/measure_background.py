"""The worker: how much of its time goes in fetching work, and how soon a submission is counted.

The worker and its broker are real, and as the product starts them: two processes, one message each
at a time, which goes back where a process ends before its work does.
"""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, perf_counter, sleep
from unittest import mock

from django.db import transaction

from observations.models import DirtyCell, Mention, Observation
from observations.notes import actions
from practicelens.jobs import nudges
from practicelens.jobs.models import Heartbeat, Part
from practicelens.jobs.names import Task
from practicelens.local import broker as brokers
from practicelens.people.models import Unit
from reports.cells.rollup import roll_up_dirty
from tests.bench.data import SEED, one_more
from tests.bench.frame import head, today
from tests.bench.texts import passages
from tests.bench.timing import judged, milliseconds, slowest_in_twenty
from tests.factories import ObservationFactory, PassageFactory, RatingFactory
from tests.reports.rig import python, worker

PROCESSES = 2
PATIENCE = 120  # seconds
NO_BROKER = "redis://127.0.0.1:9/0"


def measure(databases, run):
    with databases.of(run.base), running_worker():
        yield tasks(run)
        yield from submission(run)


@contextmanager
def running_worker():
    """A worker on a broker of its own, which this process nudges too; it has answered already."""
    with tempfile.TemporaryDirectory() as folder:
        broker = brokers.Broker(Path(folder, "broker"))
        brokers.start(broker)
        address = {"CELERY_BROKER_URL": broker.url()}
        heard = mock.patch.dict(nudges.silent_until, broker=0)
        try:
            with (
                mock.patch.dict(os.environ, address),
                heard,
                worker(broker.url(), Path(folder, "worker.log"), PROCESSES),
            ):
                answered()
                yield
        finally:
            brokers.stop(broker)


def until(true):
    """Ask every millisecond: what is waited for here takes a few."""
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, f"the worker did not do it in {PATIENCE} s"
        sleep(0.001)


# Many tasks


def tasks(run):
    """Notes coded and counted by the worker; against two processes that call the same themselves."""
    products, references = [], []
    for _ in range(max(1, run.times // 2)):
        references.append(by_callers(uncoded(run.tasks)))
        waiting = uncoded(run.tasks)
        products.append(milliseconds(lambda notes=waiting: by_the_worker(notes)))
    name = f"{run.tasks} notes coded by the worker, to two direct callers"
    return judged(name, run.base, products, references, at_least=0.5)


def uncoded(count):
    """So many more notes, counted but not coded."""
    notes = [one_more(today()) for _ in range(count)]
    Mention.objects.filter(observation__in=notes).delete()
    Observation.objects.filter(pk__in=[note.pk for note in notes]).update(coded_at=None)
    roll_up()
    return notes


def roll_up():
    while roll_up_dirty().dirty_cells:
        pass


def by_the_worker(notes):
    for note in notes:
        nudges.send(Task.CODE, note.pk)
    until(lambda: are_done(notes))


def are_done(notes):
    """Whether all are coded, and nothing is left to count."""
    uncoded = Observation.objects.filter(pk__in=[note.pk for note in notes], coded_at=None)
    return not uncoded.exists() and not DirtyCell.objects.exists()


def by_callers(notes):
    """Milliseconds from when both were told to begin to when both are done."""
    keys = [note.pk for note in notes]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    callers = [
        python("-m", "tests.bench.caller", *keys[part::PROCESSES], broker_url=NO_BROKER, **pipes)
        for part in range(PROCESSES)
    ]
    for caller in callers:
        assert caller.stdout.readline() == "ready\n"
    took = milliseconds(lambda: [go(caller) for caller in callers] and wait_for(callers))
    assert are_done(notes)
    return took


def go(caller):
    caller.stdin.write("go\n")
    caller.stdin.flush()


def wait_for(callers):
    said = [caller.communicate(timeout=PATIENCE)[0] for caller in callers]
    assert said == ["done\n"] * PROCESSES


# One submission


def submission(run):
    """From when a submission is in to its cells; against a recount and a nudge for nothing.

    Beside it, with no goal, how long it takes until its passages have their themes, counted too.
    """
    counted, coded, references = [], [], []
    submitted(ready_draft())  # is not timed: whatever a process does for the first time
    for _ in range(4 * run.times):
        one_more(today())
        references.append(milliseconds(roll_up_dirty) + milliseconds(answered))
        times = submitted(ready_draft())
        counted.append(times[0])
        coded.append(times[1])
    worst = {"middle_of_product": slowest_in_twenty}
    yield judged(
        "submit to counted (of 20 the slowest), to a recount and a nudge",
        *(run.base, counted, references),
        at_most=5,
        **worst,
    )
    yield judged(
        "submit to coded and counted (of 20 the slowest), to the same",
        *(run.base, coded, references),
        **worst,
    )


def submitted(draft):
    """Milliseconds from its commit to its criteria counted, and to everything coded and counted."""
    at = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(perf_counter()))
        actions.submit(observation=draft, by=draft.observer)
    for true in (criteria_are_counted, lambda: are_done([draft])):
        until(true)
        at.append(perf_counter())
    return [(each - at[0]) * 1000 for each in at[1:]]


def criteria_are_counted():
    return not DirtyCell.objects.filter(criterion__isnull=False).exists()


def answered():
    """Ask the worker for nothing, and wait until it has done that."""
    before = list(heard())
    nudges.send(Task.ANSWER)

    def answer_is_there():
        return list(heard()) not in ([], before)

    until(answer_is_there)


def heard():
    return Heartbeat.objects.filter(part=Part.WORKER).values_list("finished_at")


def ready_draft():
    """A draft with nothing left to do but submit it."""
    draft = ObservationFactory(
        unit=Unit.objects.teams().earliest("pk"),
        observer=head(),
        practitioner=None,
        reflection_effect="They were on show.",
    )
    draft.refresh_from_db()
    for text in passages(2, SEED + draft.pk):
        PassageFactory(observation=draft, text=text)
    RatingFactory(observation=draft)
    return draft
