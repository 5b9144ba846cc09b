"""Finds from the rows whatever is still to be done, and does it. It needs no broker."""

from contextlib import suppress
from time import monotonic

from django.core.cache import cache
from django.utils import timezone

from frameworks.files.importing import forget_old
from frameworks.models import Codebook
from frameworks.versions.actions import announce_due
from observations.emerging import looks
from observations.learning import versions
from observations.models import CodingModel, EmergingLook, Mark, Observation
from observations.notes import coding
from observations.recoding import archive
from practicelens.jobs.ledger import close_lost, done_for, ledger
from reports import briefings
from reports.cells import rollup
from reports.models import Run

# One sweep does so much and leaves the rest to the next, so that none outlasts its time limit.
OBSERVATIONS_A_SWEEP = 200
ROLL_UPS_A_SWEEP = 200
SECONDS_OF_RECODING_A_SWEEP = 20

LAST_SWEEP = "reports.last_sweep"


def sweep():
    """Do what waits: code, read again, group, count, learn, run again; and close what was lost.

    What came into force meanwhile is written down too; that it did needs nobody.
    Files that nobody imported go with their day.
    """
    code_waiting()
    recode_some()
    look_for_emerging()
    roll_up()
    learn_asked()
    do_asked()
    close_lost()
    announce_due()
    forget_old()
    cache.set(LAST_SWEEP, timezone.now(), timeout=None)


def code_waiting(asked_by=None):
    """Code submitted observations, oldest first; one that fails does not stop the others."""
    waiting = Observation.objects.counted().filter(coded_at=None).select_related("unit")
    for observation in waiting.order_by("submitted_at", "pk")[:OBSERVATIONS_A_SWEEP]:
        with suppress(Exception):  # the ledger and the log have it
            code(observation, asked_by)


def code(observation, asked_by):
    with ledger(Run.Kind.CODING, unit=observation.unit, asked_by=asked_by) as run:
        suggested = coding.code(observation=observation)
        run.result = f"{counted(suggested, 'mention')} suggested"


def look_for_emerging():
    """Do the looks for emerging themes that were asked for; one that fails stops no other."""
    for look in EmergingLook.objects.asked().select_related("codebook__unit"):
        with suppress(Exception):  # the ledger and the log have it
            group(look)


def group(look):
    try:
        with ledger(Run.Kind.GROUP, unit=look.codebook.unit, asked_by=look.asked_by) as run:
            run.result = f"{counted(looks.look(look=look), 'group')} to look at"
    except Exception:
        looks.give_up(look=look)
        raise


def look_every_week():
    """Look where nobody has this week."""
    looks.ask_where_due()
    look_for_emerging()


def recode_some(asked_by=None):
    """Read more of the archive again, if there is anything to; a codebook that fails stops no other."""
    until = monotonic() + SECONDS_OF_RECODING_A_SWEEP
    with suppress(Exception):  # the ledger and the log have it
        start_recoding(asked_by)
    for each in archive.running():
        with suppress(Exception):
            recode(each, until, asked_by)


def start_recoding(asked_by):
    if archive.due():
        with ledger(Run.Kind.RECODE, asked_by=asked_by) as run:
            run.result = f"{counted(archive.start_due(), 'codebook')} to read again"


def recode(each, until, asked_by):
    with ledger(Run.Kind.RECODE, unit=each.codebook.unit, asked_by=asked_by) as run:
        notes, changes = archive.go_on(recoding=each, until=until)
        run.result = f"{counted(notes, 'note')} read, {counted(changes, 'change')} settled"


def roll_up(asked_by=None):
    """Count marked cells till no mark is left; on the ledger, if there was any or someone asked."""
    if asked_by or Mark.objects.exists():
        with ledger(Run.Kind.ROLL_UP, asked_by=asked_by) as run:
            marks, cells = roll_up_all()
            run.result = f"{counted(marks, 'mark')} taken, {counted(cells, 'cell')} written"


def roll_up_all():
    marks = cells = 0
    for _ in range(ROLL_UPS_A_SWEEP):
        done = rollup.roll_up_marked()
        if not done.marks:
            break
        marks, cells = marks + done.marks, cells + done.cells
    return marks, cells


def learn_asked(asked_by=None):
    """Train each version that was asked for; one that fails stays asked for, and stops no other."""
    for model in CodingModel.objects.asked().select_related("codebook__unit", "asked_by"):
        with suppress(Exception):  # the ledger and the log have it
            learn(model, asked_by or model.asked_by)


def learn(model, asked_by):
    with ledger(Run.Kind.LEARN, unit=model.codebook.unit, asked_by=asked_by) as run:
        learned = versions.learn(model)
        run.result = outcome(learned) if learned else "Learned meanwhile by another worker"


def outcome(model):
    return f"{model}: {model.get_state_display().lower()}" if model.version else str(model)


def recount(asked_by=None):
    """Count everything again; on the ledger."""
    with ledger(Run.Kind.RECOUNT, asked_by=asked_by) as run:
        run.result = f"{counted(rollup.recount_all(), 'cell')} put right"


def do_asked():
    """Do the runs that people asked for; one that fails stops no other."""
    for run in Run.objects.asked().select_related("asked_by"):
        with done_for(run):
            run_again(run.kind, asked_by=run.asked_by)


def run_again(kind, asked_by):
    """Do now what runs of this kind do."""
    if kind == Run.Kind.RECOUNT:
        recount(asked_by=asked_by)
    elif kind == Run.Kind.ROLL_UP:
        roll_up(asked_by=asked_by)
    elif kind == Run.Kind.CODING:
        code_waiting(asked_by=asked_by)
    elif kind == Run.Kind.GROUP:
        look_again(asked_by=asked_by)
    elif kind == Run.Kind.LEARN:
        learn_asked(asked_by=asked_by)
    elif kind == Run.Kind.RECODE:
        recode_some(asked_by=asked_by)
    else:
        briefings.compose_due()


def look_again(asked_by):
    """Look where the person is under the codebook, whether or not somebody has this week."""
    for codebook in Codebook.objects.visible_to(asked_by):
        looks.ask(codebook=codebook, by=asked_by)
    look_for_emerging()


def counted(number, one):
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def last_finished():
    """When a run or a sweep last ended: what health means. None if none ever has."""
    ended = Run.objects.exclude(ended_at=None).order_by("-ended_at").values_list("ended_at")[:1]
    times = [cache.get(LAST_SWEEP), *(row[0] for row in ended)]
    return max((time for time in times if time), default=None)
