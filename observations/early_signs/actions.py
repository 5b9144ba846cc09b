"""What a person does about a weak signal: keep it, join it to a theme, park it, open it again."""

from django.db import transaction
from django.utils import timezone

from observations.mentions.actions import add_mention, undecide
from observations.models import Mention, SignalStep, WeakSignal
from observations.refusals import NotNow

State, What = WeakSignal.State, SignalStep.What


@transaction.atomic
def keep(*, signal, by, because=""):
    """It may matter, and is not forgotten: a briefing may tell of it."""
    held = held_open(signal)
    close(held, by, State.KEPT, because)
    SignalStep.objects.create(signal=held, what=What.KEPT, by=by, because=because)
    return held


@transaction.atomic
def park(*, signal, by, because):
    """Not now, and why; a later sentence like it opens it again."""
    held = held_open(signal)
    close(held, by, State.PARKED, because)
    SignalStep.objects.create(signal=held, what=What.PARKED, by=by, because=because)
    return held


@transaction.atomic
def join(*, signal, by, theme, stance):
    """It is one more of a theme: its passage is coded to it, as confirmed."""
    held = held_open(signal)
    coded = Mention.objects.confirmed().filter(passage=held.passage, theme=theme).exists()
    if not coded:
        add_mention(passage=held.passage, theme=theme, stance=stance, by=by)
    close(held, by, State.JOINED, theme=theme)
    SignalStep.objects.create(
        signal=held, what=What.JOINED, by=by, theme=theme, confirmed=not coded
    )
    return held


@transaction.atomic
def undo(*, signal, by):
    """Open again. What joining it confirmed is taken back; what others had confirmed stays."""
    held = locked(signal)
    if held.state == State.OPEN:
        raise NotNow
    if held.state == State.JOINED:
        take_back_mention(held)
    held.state, held.because = State.OPEN, ""
    held.decided_at = held.decided_by = held.theme = None
    held.reopened_at = timezone.now()
    held.save()
    SignalStep.objects.create(signal=held, what=What.UNDONE, by=by)
    return held


def take_back_mention(signal):
    joined = signal.steps.filter(what=What.JOINED).order_by("at", "pk").last()
    if joined.confirmed:
        mentions = Mention.objects.confirmed()
        for mention in mentions.filter(passage=signal.passage, theme=signal.theme):
            undecide(mention=mention)


def held_open(signal):
    held = locked(signal)
    if held.state != State.OPEN:
        raise NotNow
    return held


def locked(signal):
    """The signal's row, locked against another's decision; only where its note counts."""
    rows = WeakSignal.objects.select_for_update(of=("self",)).in_lane()
    held = rows.select_related("passage__observation", "theme").filter(pk=signal.pk).first()
    if held is None:
        raise NotNow
    return held


def close(signal, by, state, because="", theme=None):
    signal.state, signal.because, signal.theme = state, because, theme
    signal.decided_by, signal.decided_at = by, timezone.now()
    signal.save()
