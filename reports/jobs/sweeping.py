"""Finds from the rows whatever is still to be done, and does it. It needs no broker."""

from datetime import timedelta

from django.utils import timezone

from frameworks.files.importing import forget_old
from frameworks.versions.actions import announce_due
from observations import background
from observations.models import DirtyCell
from observations.planning.actions import forget_words
from practicelens.jobs.heartbeats import finished, is_overdue
from practicelens.jobs.ledger import close_lost, count_of, done_for, ledger
from practicelens.jobs.models import Part, Run
from practicelens.mail.actions import send_waiting
from reports import briefings
from reports.briefings.reminding import remind_due
from reports.cells import rollup

# One sweep does so much and leaves the rest to the next, so that none outlasts its time limit.
ROLL_UPS_A_SWEEP = 200

# What failed is not tried again in every sweep.
TRIED_LATELY = timedelta(hours=1)


def sweep():
    """Do what waits: code, import, re-check, group, count, learn, run again; and close what was lost.

    What has come into force is written down too; that it did needs nobody.
    Dates of recommendations that are near or over are mailed about.
    Files that nobody imported go with their day, and the words of visits planned a year ago.
    """
    background.code_waiting()
    background.import_some()
    background.recode_some()
    background.look_for_emerging()
    roll_up()
    background.learn_asked()
    do_asked()
    close_lost()
    announce_due()
    forget_old()
    forget_words()
    remind_due()
    catch_up()
    send_waiting()
    finished(Part.SWEEP)


def roll_up(asked_by=None):
    """Count dirty cells till none is left; on the ledger, if there was any or someone asked."""
    if asked_by or DirtyCell.objects.exists():
        with ledger(Run.Kind.ROLL_UP, asked_by=asked_by) as run:
            dirty, cells = roll_up_all()
            run.result = f"{count_of(dirty, 'dirty cell')} taken, {count_of(cells, 'cell')} written"


def roll_up_all():
    dirty = cells = 0
    for _ in range(ROLL_UPS_A_SWEEP):
        done = rollup.roll_up_dirty()
        if not done.dirty_cells:
            break
        dirty, cells = dirty + done.dirty_cells, cells + done.cells
    return dirty, cells


def recount(asked_by=None):
    """Count everything again; on the ledger."""
    with ledger(Run.Kind.RECOUNT, asked_by=asked_by) as run:
        run.result = f"{count_of(rollup.recount_all(), 'cell')} put right"


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
        background.code_waiting(asked_by=asked_by)
    elif kind == Run.Kind.GROUP:
        background.look_again(asked_by=asked_by)
    elif kind == Run.Kind.LEARN:
        background.learn_asked(asked_by=asked_by)
    elif kind == Run.Kind.RECODE:
        background.recode_some(asked_by=asked_by)
    elif kind == Run.Kind.IMPORT:
        background.import_some()
    else:
        briefings.compose_due()


def catch_up():
    """Do a night's work that beat never called for."""
    if is_overdue(Part.LEARNING) and not tried_lately(Run.Kind.LEARN):
        background.learn_every_night()
    if is_overdue(Part.COMPOSING) and not tried_lately(Run.Kind.COMPOSE):
        briefings.compose_due()


def tried_lately(kind):
    since = timezone.now() - TRIED_LATELY
    return Run.objects.filter(kind=kind, started_at__gt=since).exists()
