"""Make changes of suggestions, each only if it is still true of the rows as they are."""

from django.utils import timezone

from observations.models import Mention, Observation, Passage, RecodingChange
from observations.recoding.differences import COPIED, is_ours, sha256_of
from observations.recounting import recount_mentions
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge

Kind = RecodingChange.Kind


def make_changes(changes):
    """Make those that are still true, mark the cells that they are counted in, and return them.

    The observations are locked, as they are for coding, withdrawing and recoding: until the
    transaction ends nobody else takes them out of the count or codes them again. The suggestions
    are locked against being decided since.
    """
    notes = locked_notes(changes)
    passages = Passage.objects.in_bulk({change.passage_id for change in changes})
    mentions = locked_mentions(passages)
    made, by_kind = [], {kind: [] for kind in Kind}
    for change in changes:
        observation, passage = notes.get(change.observation_id), passages.get(change.passage_id)
        mention = mentions.get((change.passage_id, change.theme_id))
        if observation and is_as_read(passage, change) and still_holds(change, mention):
            made.append(change)
            by_kind[change.kind].append(mention_of(change, mention, observation))
    write(by_kind)
    return made


def locked_notes(changes):
    """Those that count and are coded: any other is read as it should be before long."""
    coded = Observation.objects.counted().filter(coded_at__isnull=False)
    return coded.held({change.observation_id for change in changes})


def locked_mentions(passages):
    rows = Mention.objects.filter(passage__in=passages).select_for_update(of=("self",))
    return {(each.passage_id, each.theme_id): each for each in rows.order_by("pk")}


def is_as_read(passage, change):
    return passage is not None and sha256_of(passage.text) == change.text_sha256


def still_holds(change, mention):
    if change.kind == Kind.DROP:
        return mention is not None and is_ours(mention)
    if change.theme.is_draft or change.theme.retired_on:
        return False
    return mention is None if change.kind == Kind.ADD else mention is not None and is_ours(mention)


def mention_of(change, mention, observation):
    """The suggestion as it is to be; as it is, if it is to go."""
    if change.kind == Kind.DROP:
        return mention
    place = {"passage_id": change.passage_id, "theme_id": change.theme_id}
    mention = mention or Mention(**observation.place, **place)
    for name in (*COPIED, "model_id"):
        setattr(mention, name, getattr(change, name))
    mention.suggested_at = timezone.now()
    return mention


def write(by_kind):
    Mention.objects.bulk_create(by_kind[Kind.ADD], ignore_conflicts=True)
    fields = [*COPIED, "model_id", "suggested_at"]
    Mention.objects.bulk_update([*by_kind[Kind.CHANGE], *by_kind[Kind.REWORDED]], fields)
    Mention.objects.filter(pk__in=[mention.pk for mention in by_kind[Kind.DROP]]).delete()
    counted = [*by_kind[Kind.ADD], *by_kind[Kind.CHANGE], *by_kind[Kind.DROP]]
    recount_mentions(counted)
    if counted:
        nudge(Task.ROLL_UP)
