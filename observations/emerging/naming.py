"""What people make of groups of passages: a draft theme, no theme, and a theme in use."""

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from frameworks.models import Theme
from frameworks.themes.editing import free_code
from observations.coding import emerging as engine
from observations.coding.stance import Sentence
from observations.coding.words import stems, words
from observations.models import EmergingTheme, Mention, Observation
from observations.recounting import recount_mentions
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import NotNow

State = EmergingTheme.State


@transaction.atomic
def name(*, group, by, name, definition, use_when="", not_when="", keywords=()):
    """Make a draft theme of a group; its passages become suggestions, each still to be decided."""
    group = locked_group(group, State.CANDIDATE)
    codebook = group.look.codebook
    theme = Theme.objects.create(
        codebook=codebook,
        code=free_code(codebook, name),
        name=name,
        short=shortened(name),
        definition=definition,
        use_when=use_when,
        not_when=not_when,
        keywords=list(keywords),
        position=(codebook.themes.aggregate(last=Max("position"))["last"] or 0) + 1,
        is_draft=True,
    )
    mentions = Mention.objects.bulk_create(suggestions(group, theme), ignore_conflicts=True)
    recount_mentions(mentions)
    nudge(Task.ROLL_UP)
    write_decision(group, State.NAMED, by, theme)
    record(by=by, action=Entry.Action.MADE, what=theme, unit=codebook.unit)
    return theme


@transaction.atomic
def dismiss(*, group, by):
    """Say that a group is no theme; it is not shown again unless it doubles."""
    write_decision(locked_group(group, State.CANDIDATE), State.DISMISSED, by)


@transaction.atomic
def bring_back(*, group):
    """Take back that a group is no theme."""
    write_decision(locked_group(group, State.DISMISSED), State.CANDIDATE)


@transaction.atomic
def start_using(*, theme, by):
    """From now on the theme is suggested and counted like any other."""
    theme = locked_draft(theme)
    theme.is_draft = False
    theme.save(update_fields=["is_draft"])
    recount_mentions(theme.mentions.all())
    nudge(Task.ROLL_UP)
    record(by=by, action=Entry.Action.PUBLISHED, what=theme, unit=theme.codebook.unit)


@transaction.atomic
def take_back(*, theme, by):
    """Undo the naming of a draft theme of which nothing is confirmed: the group waits again."""
    theme = locked_draft(theme)
    mentions = theme.mentions.select_for_update(of=("self",))
    if any(each.status == Mention.Status.CONFIRMED for each in mentions):
        raise NotNow
    theme.came_from.update(state=State.CANDIDATE, theme=None, decided_by=None, decided_at=None)
    theme.mentions.all().delete()
    record(by=by, action=Entry.Action.WITHDREW, what=theme, unit=theme.codebook.unit)
    try:
        with transaction.atomic():
            theme.delete()
    except (ProtectedError, IntegrityError) as error:
        raise NotNow from error


def locked_group(group, state):
    """The group's row, held, if it is in this state."""
    rows = EmergingTheme.objects.select_for_update(of=("self",))
    found = rows.select_related("look__codebook__unit").filter(pk=group.pk, state=state).first()
    if found is None:
        raise NotNow
    return found


def locked_draft(theme):
    rows = Theme.objects.select_for_update(of=("self",)).select_related("codebook__unit")
    found = rows.filter(pk=theme.pk, is_draft=True).first()
    if found is None:
        raise NotNow
    return found


def write_decision(group, state, by=None, theme=None):
    group.state, group.theme = state, theme
    group.decided_by, group.decided_at = by, timezone.now() if by else None
    group.save(update_fields=["state", "theme", "decided_by", "decided_at"])


def shortened(name):
    """A name of at most 32 characters, cut between words."""
    longest = Theme._meta.get_field("short").max_length
    if len(name) <= longest:
        return name
    return name[: longest + 1].rpartition(" ")[0][:longest] or name[:longest]


def suggestions(group, theme):
    """A Mention, not saved, for each passage of a group that still counts: its nearest sentence."""
    rows = group.passages.filter(passage__is_counted=True).select_related("passage")
    nearest = {}
    for row in rows.order_by("-nearness", "pk"):
        nearest.setdefault(row.passage_id, row)
    keywords = {stem for keyword in theme.keywords for stem in stems(keyword)}
    counted = Observation.objects.counted().held(
        {row.passage.observation_id for row in nearest.values()}
    )
    for row in nearest.values():
        if row.passage.observation_id not in counted:
            continue
        found = words(row.quote)
        yield Mention(
            **counted[row.passage.observation_id].place,
            passage=row.passage,
            theme=theme,
            stance=Sentence(row.quote, found).stance(range(len(found))),
            engine=engine.ENGINE,
            score=row.nearness,
            start=row.start,
            end=row.end,
            words=[
                [row.start + word.start, row.start + word.end]
                for word in found
                if word.stem in keywords
            ],
        )
