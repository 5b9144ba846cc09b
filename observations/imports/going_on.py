"""What the background job does of imports: reads files, brings rows in, and takes them out again."""

import json
import logging
from hashlib import sha256
from time import monotonic

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from observations.imports import reading
from observations.imports.offering import Offered
from observations.imports.parts import Part, folded
from observations.imports.understanding import understand
from observations.models import Import, ImportFile, ImportRow, Observation, Pair, Passage, Rating
from observations.models.choices import NotShared
from observations.notes import actions
from observations.notes.labels import keep_labels
from practicelens.audit.models import Entry
from practicelens.turns import wait_for_turn

log = logging.getLogger(__name__)

State, Outcome = Import.State, ImportRow.Outcome
FACTS = [
    Part.SETTING,
    Part.MINUTES,
    Part.PART_OF_DAY,
    Part.MODE,
    Part.PROXIMITY,
    Part.FAMILY_ASKED,
    Part.PRACTITIONER,
    Part.OBSERVER,
]


def go_on(*, found, until):
    """Go on with one import until a moment; returns how many rows it did."""
    if found.state == State.READING:
        return read(found)
    one = bring_in if found.state == State.IMPORTING else take_out
    outcome = Outcome.GOOD if found.state == State.IMPORTING else Outcome.IMPORTED
    left = found.rows.filter(outcome=outcome, stays_because="").order_by("file", "number")
    offered, done = Offered(found.by), 0
    for pk in left.values_list("pk", flat=True):
        if monotonic() > until:
            return done
        try:
            one(pk, found, offered)
        except (IntegrityError, DataError):
            log.exception("A row of an import could not be stored.")
            set_aside(pk)
        done += 1
    finish(found)
    return done


def set_aside(pk):
    """A row that the database refuses stops no other."""
    words = "could not be stored. Tell whoever runs PracticeLens"
    problems = [{"column": "", "found": "", "words": words}]
    left = ImportRow.objects.filter(pk=pk, outcome=Outcome.GOOD)
    left.update(outcome=Outcome.PROBLEM, problems=problems)


def forget_old():
    """What nobody imported goes with its day."""
    Import.objects.old().delete()


# Reading


@transaction.atomic
def read(found):
    """Read the files of an import into rows; one that can't be read refuses it, and says why."""
    held = Import.objects.select_for_update(of=("self",), skip_locked=True)
    found = held.filter(pk=found.pk, state=State.READING).first()
    if found is None:
        return 0
    files = list(found.files.all())
    try:
        tables = [(file, read_one(file)) for file in files]
        found.headings = headings_of(tables)
    except reading.Unreadable as error:
        found.state, found.refused_because = State.REFUSED, str(error)[:300]
    else:
        found.state = State.MATCHING
        ImportRow.objects.bulk_create(rows_of(found, tables), batch_size=500)
    found.save()
    ImportFile.objects.filter(of=found).update(content=b"")
    return found.rows.count()


def read_one(file):
    try:
        return reading.read(bytes(file.content))
    except reading.Unreadable as error:
        raise reading.Unreadable(f"{file.name} {error}") from error


def headings_of(tables):
    """Those of all files; Word forms of one kind have the same, or nearly."""
    found = {}
    for file, table in tables:
        for heading in table.headings:
            found.setdefault(folded(heading), heading)
        if len(found) > reading.MOST_COLUMNS:
            raise reading.Unreadable(f"{file.name} is another form than those before it")
    return list(found.values())


def rows_of(found, tables):
    folds = [folded(heading) for heading in found.headings]
    for file, table in tables:
        own = [folded(heading) for heading in table.headings]
        for number, texts in table.rows:
            by_heading = dict(zip(own, texts, strict=True))
            yield ImportRow(
                of=found,
                file=file,
                organisation_id=found.organisation_id,
                number=number,
                texts=[by_heading.get(fold, "") for fold in folds],
                digest=digest_of(by_heading),
            )


def digest_of(by_heading):
    """Of what is in a row, in whatever order its columns are; an empty cell says nothing."""
    told = sorted([heading, text] for heading, text in by_heading.items() if isinstance(text, str))
    told = [pair for pair in told if pair[1]]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


# In


@transaction.atomic
def bring_in(pk, found, offered):
    """One row becomes an observation; a row that is in by now, or no longer fits, is left out."""
    row = taken(pk, Outcome.GOOD)
    if row is None:
        return
    wait_for_turn(f"import {row.organisation_id} {row.digest}")
    read_so = understand(row.texts, found, offered)
    if ImportRow.objects.in_already(row.organisation, [row.digest]).exists():
        row.outcome = Outcome.KNOWN
    elif read_so.problems:
        row.outcome, row.problems = Outcome.PROBLEM, read_so.problems
    else:
        row.observation = made(read_so, row, found)
        row.outcome, row.texts = Outcome.IMPORTED, []
    row.save()


def taken(pk, outcome):
    """A row, locked, if nobody else is at it and it is still to be done."""
    rows = ImportRow.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk=pk, outcome=outcome).select_related("organisation", "file").first()


def made(read_so, row, found):
    """The observation of a row: it counts from here on, and is shared with nobody."""
    facts, team = read_so.facts, read_so.facts[Part.UNIT]
    observation = Observation.objects.create(
        unit=team,
        kind_of_work=facts[Part.KIND_OF_WORK],
        observed_on=facts[Part.DAY],
        framework_version=facts["framework_version"],
        is_imported=True,
        not_shared_because=NotShared.NOT_RECORDED,
        **actions.described(team, facts[Part.KIND_OF_WORK]),
        **{str(name.value): facts[name] for name in FACTS if facts.get(name) is not None},
    )
    keep_labels(observation)
    actions.say_no_family(observation)
    Passage.objects.bulk_create(
        Passage(**observation.place, kind=kind, heading=heading, text=text, position=position)
        for position, (kind, heading, text) in enumerate(read_so.passages, start=1)
    )
    Rating.objects.bulk_create(
        Rating(
            **observation.place,
            criterion=criterion,
            outcome=Rating.Outcome.LEVEL,
            level=level,
            evidence=f"Rated “{words}” in {row}",
        )
        for criterion, (level, _, words) in read_so.ratings.items()
    )
    return actions.count_in(observation, by=found.by, as_=Entry.Action.IMPORTED)


@transaction.atomic
def finish(found):
    """Nothing is left to do: what was in the files is not kept, only what came of each row."""
    found = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.state == State.IMPORTING:
        if found.rows.filter(outcome=Outcome.GOOD).exists():
            return
        found.state, found.ended_at = State.DONE, timezone.now()
        for row in found.rows.filter(outcome=Outcome.PROBLEM):
            row.problems = [{**each, "found": ""} for each in row.problems]
            row.save(update_fields=["problems"])
        found.rows.update(texts=[])
    elif found.state == State.UNDOING:
        if found.rows.filter(outcome=Outcome.IMPORTED, stays_because="").exists():
            return
        found.state, found.undone_at = State.UNDONE, timezone.now()
    found.save()


# Out again


@transaction.atomic
def take_out(pk, found, offered):
    """Withdraw the observation of a row, unless someone has built on it: then say why it stays."""
    row = taken(pk, Outcome.IMPORTED)
    if row is None:
        return
    observation = Observation.objects.select_for_update(of=("self",)).get(pk=row.observation_id)
    row.stays_because = why_it_stays(observation)
    if not row.stays_because:
        because = f"The import of {row} was undone."
        actions.take_out(observation, by=found.by, because=because)
        row.outcome = Outcome.TAKEN_OUT
    row.save()


# What someone may have made of an observation, as (what is asked of it, why it stays then).
BUILT_ON = [
    ({"withdrawn_at__isnull": False}, "was withdrawn already"),
    ({"shared_at__isnull": False}, "is shared with the practitioner"),
    ({"conversation__isnull": False}, "has a conversation written down"),
    ({"redactions__settled_by__isnull": False}, "had names settled in it"),
    ({"passages__mentions__decided_by__isnull": False}, "had a theme decided"),
    ({"passages__mentions__engine": ""}, "had a theme added by a person"),
    ({"passages__early_signs__steps__by__isnull": False}, "had an early sign decided"),
    ({"passages__evidence_in__isnull": False}, "is quoted in a briefing"),
    ({"passages__releases__isnull": False}, "had a quotation released"),
]


def why_it_stays(observation):
    """What was built on it, in words that follow “it”; nothing where it can go."""
    own = Observation.objects.filter(pk=observation.pk)
    for asked, words in BUILT_ON:
        if own.filter(**asked).exists():
            return words
    return "is paired with another" if Pair.objects.of(observation).exists() else ""
