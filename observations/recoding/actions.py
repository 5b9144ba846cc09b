"""Re-check past observations after a change: look, show what would differ, and then make it count.

All of it is found from rows and done in batches, each in one transaction that also says how far it
came: a worker that is killed is gone on from where it was, and twice is once.
"""

import logging
from collections import defaultdict
from time import monotonic

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from frameworks.models import Codebook
from observations.engine import Suggester
from observations.models import Observation, Passage, Recoding, RecodingChange, Redaction, Voice
from observations.recoding import fingerprints
from observations.recoding.applying import make_changes
from observations.recoding.differences import Compared, compared
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import NotNow

log = logging.getLogger(__name__)

OBSERVATIONS_A_BATCH = 200
CHANGES_A_BATCH = 500

Kind, State = RecodingChange.Kind, Recoding.State


# What is to be done


def due():
    """`[(codebook, parts)]`: codebooks that were last read another way than they are today.

    One that is coming into use is finished first.
    """
    newest = Recoding.objects.order_by("codebook", "-pk").distinct("codebook")
    read_as = {each["codebook"]: each for each in newest.values("codebook", "fingerprint", "state")}
    return [
        (codebook, parts)
        for codebook, parts in fingerprints.parts_of_all()
        if is_due(read_as.get(codebook.pk), fingerprints.fingerprint(parts))
    ]


def is_due(newest, fingerprint):
    if newest is None:
        return True
    return newest["fingerprint"] != fingerprint and newest["state"] != State.APPLYING


def start_due():
    """Begin to re-check what is due; returns how many."""
    return sum(start(codebook=codebook, parts=parts) is not None for codebook, parts in due())


@transaction.atomic
def start(*, codebook, parts):
    """Begin a re-check of a codebook's observations. What was not in use yet is overtaken by it."""
    Codebook.objects.select_for_update(no_key=True).get(pk=codebook.pk)
    earlier = codebook.recodings.order_by("-pk")
    newest = earlier.values("fingerprint", "state").first()
    if not is_due(newest, fingerprints.fingerprint(parts)):
        return None
    for overtaken in earlier.open().select_for_update(of=("self",)):
        drop(overtaken)
    RecodingChange.objects.filter(recoding__codebook=codebook).delete()
    there = observations_of(codebook).aggregate(total=Count("pk"), last=Max("pk"))
    recoding = Recoding.objects.create(
        codebook=codebook,
        fingerprint=fingerprints.fingerprint(parts),
        parts=parts,
        why=fingerprints.what_changed(parts_in_use(codebook), parts),
        total=there["total"],
        last=there["last"] or 0,
    )
    if not recoding.total:
        end(recoding, State.DONE)
    return recoding


def parts_in_use(codebook):
    """What suggestions were last made with throughout."""
    ended = codebook.recodings.filter(state__in=[State.DONE, State.UNCHANGED]).order_by("-pk")
    return ended.values_list("parts", flat=True).first() or {}


def observations_of(codebook):
    return Observation.objects.counted().filter(unit__in=codebook.coded_unit_pks())


def running():
    """What goes on without a person, oldest first."""
    return (
        Recoding.objects.filter(state__in=[State.LOOKING, State.APPLYING])
        .select_related("codebook__unit")
        .order_by("pk")
    )


def go_on(*, recoding, until):
    """Do batches till there is no more to do or the clock (`monotonic`) says `until`.

    At least one is done. Returns how many observations were read and how many changes were settled.
    """
    observations = changes = 0
    while True:
        if (looked := look(recoding=recoding)) is not None:
            observations += looked
        elif (settled := start_using(recoding=recoding)) is not None:
            changes += settled
        else:
            break
        if monotonic() >= until:
            break
    return observations, changes


def held(recoding, state):
    """The row, locked, if it is in this state and no other worker has it."""
    rows = Recoding.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("codebook").filter(pk=recoding.pk, state=state).first()


# Looking


@transaction.atomic
def look(*, recoding):
    """Look at the next observations and keep what would differ; returns how many, or None if over.

    Name checks are no suggestion that waits: they are open at once, and what they are in
    can't be quoted.
    """
    recoding = held(recoding, State.LOOKING)
    if recoding is None or is_outdated(recoding):
        return None
    observations = next_observations(recoding)
    found = read_all(observations, Suggester.today(recoding.codebook), recoding)
    keep_perhaps(observations)
    names = write_names(found.names)
    RecodingChange.objects.bulk_create(
        [*with_recoding(found.changes, recoding), *with_recoding(names, recoding)]
    )
    count(recoding, found, len(names))
    recoding.looked += len(observations)
    recoding.cursor = observations[-1].pk if observations else recoding.cursor
    if len(observations) < OBSERVATIONS_A_BATCH:
        finish_looking(recoding)
    recoding.save()
    return len(observations)


def keep_perhaps(observations):
    """What passages perhaps speak to is no suggestion, so it waits for nobody."""
    coded = [each for each in observations if each.coded_at]
    passages = [passage for each in coded for passage in each.passages.all()]
    Passage.objects.bulk_update(passages, ["perhaps"], batch_size=CHANGES_A_BATCH)


def is_outdated(recoding):
    """Whether passages are read another way by now; the next `start_due` sees to it."""
    parts = fingerprints.parts_of(recoding.codebook)
    return recoding.fingerprint != fingerprints.fingerprint(parts)


def next_observations(recoding):
    observations = observations_of(recoding.codebook).filter(
        pk__gt=recoding.cursor, pk__lte=recoding.last
    )
    parts = ("passages", "voices", "mentions", "redactions")
    return list(observations.order_by("pk").prefetch_related(*parts)[:OBSERVATIONS_A_BATCH])


def read_all(observations, suggester, recoding):
    """Re-check each observation; one that can't be read is counted, and stops no other."""
    found = Compared()
    for observation in observations:
        try:
            found.add(compared(observation, suggester))
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("An observation could not be re-checked.")
            recoding.unread += 1
    return found


def with_recoding(changes, recoding):
    for change in changes:
        change.recoding = recoding
        yield change


def count(recoding, found, names):
    kinds = [change.kind for change in found.changes]
    recoding.added += kinds.count(Kind.ADD)
    recoding.dropped += kinds.count(Kind.DROP)
    recoding.changed += kinds.count(Kind.CHANGE)
    recoding.reworded += kinds.count(Kind.REWORDED)
    recoding.names += names
    recoding.left_alone += found.left_alone


def write_names(names):
    """Keep the findings as open, where the text is still as it was read; returns changes for them.

    The row of the text is locked: whoever is writing in it looks for names themselves.
    """
    as_read = {(type(place), place.pk): text for place, text, _ in names}
    same = {
        (model, pk)
        for model, field in ((Passage, "text"), (Voice, "words"))
        for pk, text in locked_texts(model, field, names)
        if as_read[model, pk] == text
    }
    rows = [row for place, _, row in names if (type(place), place.pk) in same]
    Redaction.objects.bulk_create(rows)
    return [
        RecodingChange(
            kind=Kind.NAME,
            outcome=RecodingChange.Outcome.MADE,
            observation_id=row.observation_id,
            passage=row.passage,
        )
        for row in rows
    ]


def locked_texts(model, field, names):
    pks = {place.pk for place, _, _ in names if isinstance(place, model)}
    rows = model.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks)
    return rows.order_by("pk").values_list("pk", field)


def finish_looking(recoding):
    """It waits for a person only if there is something that a person would notice."""
    recoding.effect = effect_of(recoding)
    if recoding.to_decide:
        recoding.state = State.READY
    elif recoding.reworded:
        recoding.state = State.APPLYING
    else:
        recoding.state = State.DONE if recoding.names else State.UNCHANGED
        recoding.ended_at = timezone.now()


def effect_of(recoding):
    """For each theme, in the codebook's order, how many would come, go and change."""
    rows = (
        recoding.changes.noticed()
        .order_by("theme__position", "theme")
        .values_list("theme", "theme__name", "kind")
        .annotate(count=Count("pk"))
    )
    by_theme = defaultdict(lambda: dict.fromkeys(("add", "drop", "change"), 0))
    for theme, name, kind, number in rows:
        by_theme[theme, name][kind] = number
    return [{"theme": pk, "name": name, **kinds} for (pk, name), kinds in by_theme.items()]


# Deciding


@transaction.atomic
def use_it(*, recoding, by):
    """Let what was found count; a background job makes the changes."""
    recoding = ready(recoding)
    if is_outdated(recoding):
        raise NotNow
    recoding.state = State.APPLYING
    write_decision(recoding, by)
    nudge(Task.RECODE)


@transaction.atomic
def leave_it(*, recoding, by):
    """Leave past suggestions as they are. New observations are coded the new way all the same."""
    recoding = ready(recoding)
    drop(recoding)
    write_decision(recoding, by)


def ready(recoding):
    rows = Recoding.objects.ready().select_for_update(of=("self",))
    found = rows.select_related("codebook__unit").filter(pk=recoding.pk).first()
    if found is None:
        raise NotNow
    return found


def write_decision(recoding, by):
    recoding.decided_by, recoding.decided_at = by, timezone.now()
    recoding.save()
    record(by=by, action=Entry.Action.DECIDED, what=recoding, unit=recoding.codebook.unit)


def drop(recoding):
    recoding.changes.all().delete()
    end(recoding, State.DROPPED)


def end(recoding, state):
    recoding.state, recoding.ended_at = state, timezone.now()
    recoding.save(update_fields=["state", "ended_at"])


# Starting to use


@transaction.atomic
def start_using(*, recoding):
    """Make the next changes that are still true; returns how many were settled, None if not on."""
    recoding = held(recoding, State.APPLYING)
    if recoding is None:
        return None
    waiting = recoding.changes.waiting().order_by("observation", "pk")
    changes = list(waiting.select_related("theme")[:CHANGES_A_BATCH])
    made = make_changes(changes)
    set_outcome(changes, made)
    recoding.made += len(made)
    recoding.passed_over += len(changes) - len(made)
    recoding.save(update_fields=["made", "passed_over"])
    if len(changes) < CHANGES_A_BATCH:
        end(recoding, State.DONE)
    return len(changes)


def set_outcome(changes, made):
    rows = RecodingChange.objects.filter(pk__in=[change.pk for change in changes])
    rows.update(outcome=RecodingChange.Outcome.PASSED_OVER)
    rows.filter(pk__in=[change.pk for change in made]).update(outcome=RecodingChange.Outcome.MADE)
