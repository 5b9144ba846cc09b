"""What a person does about an early sign: keep it open, add it to a theme, close it, open it again."""

from django.db import transaction
from django.utils import timezone

from observations.mentions.actions import add_mention, locked_observation, undecide
from observations.models import EarlySign, EarlySignStep, Mention
from practicelens.refusals import AlreadySo, NotNow

State, What = EarlySign.State, EarlySignStep.What


@transaction.atomic
def keep_open(*, early_sign, by, because=""):
    """It may matter, and is not forgotten: a briefing may tell of it."""
    held = held_open(early_sign, State.KEPT)
    settle(held, by, State.KEPT, because)
    EarlySignStep.objects.create(early_sign=held, what=What.KEPT, by=by, because=because)
    return held


@transaction.atomic
def close(*, early_sign, by, because):
    """Not now, and why; a later sentence like it opens it again."""
    held = held_open(early_sign, State.CLOSED)
    settle(held, by, State.CLOSED, because)
    EarlySignStep.objects.create(early_sign=held, what=What.CLOSED, by=by, because=because)
    return held


@transaction.atomic
def add_to_theme(*, early_sign, by, theme, stance):
    """It is one more of a theme: its passage is coded to it, as confirmed."""
    locked_observation(early_sign.passage.observation_id)
    held = held_open(early_sign, State.ADDED)
    coded = Mention.objects.confirmed().filter(passage=held.passage, theme=theme).exists()
    if not coded:
        add_mention(passage=held.passage, theme=theme, stance=stance, by=by)
    settle(held, by, State.ADDED, theme=theme)
    EarlySignStep.objects.create(
        early_sign=held, what=What.ADDED, by=by, theme=theme, confirmed=not coded
    )
    return held


@transaction.atomic
def undo(*, early_sign, by):
    """Open again. What adding it confirmed is taken back; what others had confirmed stays."""
    held = locked_early_sign(early_sign)
    if held.state == State.OPEN:
        raise AlreadySo("It is open already.")
    if held.state == State.ADDED:
        take_back_mention(held)
    held.state, held.because = State.OPEN, ""
    held.decided_at = held.decided_by = held.theme = None
    held.reopened_at = timezone.now()
    held.save()
    EarlySignStep.objects.create(early_sign=held, what=What.UNDONE, by=by)
    return held


def take_back_mention(early_sign):
    added = early_sign.steps.filter(what=What.ADDED).order_by("at", "pk").last()
    if added.confirmed:
        mentions = Mention.objects.confirmed()
        for mention in mentions.filter(passage=early_sign.passage, theme=early_sign.theme):
            undecide(mention=mention)


def held_open(early_sign, becomes):
    """The early sign to be decided about; AlreadySo if it is what it would become."""
    held = locked_early_sign(early_sign)
    if held.state == becomes:
        raise AlreadySo(f"It is decided already: {held.get_state_display().lower()}.")
    if held.state != State.OPEN:
        raise NotNow("Somebody decided about it meanwhile. Open it again to change that.")
    return held


def locked_early_sign(early_sign):
    """The early sign's row, locked against another decision; only where its observation counts."""
    rows = EarlySign.objects.select_for_update(of=("self",)).in_lane()
    held = rows.select_related("passage__observation", "theme").filter(pk=early_sign.pk).first()
    if held is None:
        raise NotNow
    return held


def settle(early_sign, by, state, because="", theme=None):
    early_sign.state, early_sign.because, early_sign.theme = state, because, theme
    early_sign.decided_by, early_sign.decided_at = by, timezone.now()
    early_sign.save()
