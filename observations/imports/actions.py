"""What a person does with an import: send files, match, confirm, undo. Rows go in by going_on."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from observations.imports.offering import Offered
from observations.imports.parts import PEOPLE, folded
from observations.imports.understanding import understand
from observations.models import Import, ImportFile, ImportMapping, ImportRow
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import AlreadySo, NotNow

State, Outcome = Import.State, ImportRow.Outcome


@transaction.atomic
def send(*, by, files):
    """Keep files till they are read: one import each, or one of all that are Word forms.

    `files` are (name, content, whether it is a Word form). Returns the imports.
    """
    forms = [each for each in files if each[2]]
    groups = [[each] for each in files if not each[2]] + ([forms] if forms else [])
    made = [keep(by, group) for group in groups]
    nudge(Task.IMPORT)
    return made


def keep(by, group):
    made = Import.objects.create(by=by, organisation=by.organisation)
    for name, content, _ in group:
        digest = sha256(content).hexdigest()
        made.files.create(name=name[-100:], digest=digest, content=content)
    return made


def shape_of(headings):
    """A digest of a set of headings, in any order."""
    return sha256("\n".join(sorted(map(folded, headings))).encode()).hexdigest()


def kept_mapping(found):
    """How a file of the same shape was matched before in the organisation, or None."""
    shape = shape_of(found.headings)
    return ImportMapping.objects.filter(organisation=found.organisation, shape=shape).first()


def held(found, *states):
    """Its row, locked, if it is in one of these states."""
    row = Import.objects.select_for_update(of=("self",)).select_related("by", "organisation")
    row = row.get(pk=found.pk)
    if row.state in states:
        return row
    raise NotNow(f"That can’t be done any more. The import is now: {row.state_words}.")


@transaction.atomic
def match(*, found, by, columns, same, is_month_first, values=None):
    """Say what each column is: kept for the next file of this shape, and every row is looked at."""
    found = held(found, State.MATCHING, State.READY)
    found.columns, found.same = columns, same
    found.is_month_first = is_month_first
    found.values = values or found.values
    look_at_rows(found)
    keep_mapping(found, by)


@transaction.atomic
def choose_values(*, found, by, values):
    """Say what words of the file mean, and look at every row again."""
    found = held(found, State.READY)
    for what, chosen in values.items():
        found.values[what] = found.values.get(what, {}) | chosen
    look_at_rows(found)
    keep_mapping(found, by)


def keep_mapping(found, by):
    by_heading = {folded(found.headings[int(at)]): part for at, part in found.columns.items()}
    ImportMapping.objects.update_or_create(
        organisation=found.organisation,
        shape=shape_of(found.headings),
        defaults={
            "columns": by_heading,
            "same": found.same,
            # Whom a name of the file stands for is not kept.
            "values": {what: words for what, words in found.values.items() if what not in PEOPLE},
            "is_month_first": found.is_month_first,
            "by": by,
            "at": timezone.now(),
        },
    )


def look_at_rows(found):
    """Say of each row whether it can go in, what is to be put right in it, or that it is in."""
    rows, offered = list(found.rows.order_by("file", "number")), Offered(found.by)
    digests = [row.digest for row in rows]
    known = ImportRow.objects.in_already(found.organisation, digests)
    known = set(known.values_list("digest", flat=True))
    for row in rows:
        row.problems = []
        if row.outcome == Outcome.LEFT_OUT:
            continue
        if row.digest in known:
            row.outcome = Outcome.KNOWN
            continue
        row.problems = understand(row.texts, found, offered).problems
        row.outcome = Outcome.PROBLEM if row.problems else Outcome.GOOD
        if not row.problems:
            known.add(row.digest)  # the same row again in this file adds nothing either
    ImportRow.objects.bulk_update(rows, ["outcome", "problems"], batch_size=500)
    found.state = State.READY
    found.save()


@transaction.atomic
def choose_rows(*, found, shown=(), ticked=()):
    """Leave out the good rows that were shown without a tick; those ticked again can go in again.

    `shown` and `ticked` are the keys of rows: what was on another page stays as it was.
    """
    choose(held(found, State.READY), shown, ticked)


def choose(found, shown, ticked):
    of_these = found.rows.filter(pk__in=shown)
    good, back = of_these.filter(outcome=Outcome.GOOD), of_these.filter(pk__in=ticked)
    changed = good.exclude(pk__in=ticked).update(outcome=Outcome.LEFT_OUT)
    changed += back.filter(outcome=Outcome.LEFT_OUT).update(outcome=Outcome.WAITING)
    if changed:
        look_at_rows(found)


@transaction.atomic
def start(*, found, by, shown=(), ticked=()):
    """Import every row that can go in and is not left out; the background job does it."""
    found = begun(found)
    choose(found, shown, ticked)
    if not found.rows.filter(outcome=Outcome.GOOD).exists():
        raise NotNow("There is no row to import. Tick one that can be imported, or put rows right.")
    found.state, found.started_at = State.IMPORTING, timezone.now()
    found.save()
    record(by=by, action=Entry.Action.MADE, what=found, unit=found.organisation)
    nudge(Task.IMPORT)


def begun(found):
    row = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.is_begun:
        raise AlreadySo("The import has begun already.")
    return held(found, State.READY)


@transaction.atomic
def undo(*, found, by):
    """Take out again every observation of it on which nobody has built; the background job does it."""
    row = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state in (State.UNDOING, State.UNDONE):
        raise AlreadySo("The import is undone already.")
    found = held(found, State.DONE)
    found.state = State.UNDOING
    found.save()
    record(by=by, action=Entry.Action.ENDED, what=found, unit=found.organisation)
    nudge(Task.IMPORT)


@transaction.atomic
def discard(*, found, by):
    """Throw files away that were not imported."""
    held(found, State.READING, State.REFUSED, State.MATCHING, State.READY).delete()


def sent_before(found):
    """Files of the same bytes that the organisation imported before, the last first."""
    digests = found.files.values("digest")
    files = ImportFile.objects.filter(
        of__organisation=found.organisation_id, of__state__in=Import.BEGUN, digest__in=digests
    )
    return files.exclude(of=found).select_related("of__by").order_by("-of__started_at")
