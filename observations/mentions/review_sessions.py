"""Deciding about suggested mentions in a review session: begin, decide, skip, add, undo."""

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from observations.mentions import actions
from observations.mentions.actions import locked_mention
from observations.mentions.queue import drawn
from observations.models import Card, Mention, ReviewSession
from observations.recounting import recount_mentions
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge


class DecidedMeanwhile(Exception):
    """Someone decided about `mention` since it was shown."""

    def __init__(self, mention):
        super().__init__(str(mention))
        self.mention = mention


@transaction.atomic
def begin(*, by, theme=None):
    """A new review session, with its cards drawn; None if nothing waits."""
    review_session = ReviewSession.objects.create(person=by, theme=theme)
    cards = drawn(by, theme, review_session.pk)
    if not cards:
        review_session.delete()
        return None
    Card.objects.bulk_create(
        Card(review_session=review_session, mention_id=pk, position=position, by_chance=by_chance)
        for position, (pk, by_chance) in enumerate(cards)
    )
    return review_session


@transaction.atomic
def decide_card(*, mention, by, status, known, theme=None, stance=None, edges=None, card=None):
    """Confirm or reject a mention, or confirm another theme in its place; returns the mention.

    `known` is when it had been decided as the person saw it (None: not yet). If that has changed,
    raises DecidedMeanwhile and leaves everything as it is; the same decision twice is one.
    """
    changes_theme = status == Mention.Status.CONFIRMED and theme not in (None, mention.theme)
    if changes_theme:
        actions.locked_observation(mention.observation_id)
    mention = locked_mention(mention)
    if mention.decided_at != known:
        if mention.decided_by == by and mention.status == status and not changes_theme:
            return mention
        raise DecidedMeanwhile(mention)
    was, other = {"mention": as_it_was(mention)}, None
    by_chance = bool(card and card.by_chance)
    if changes_theme:
        other, was["other"] = confirm_other(mention, theme, by, stance, edges)
        status, stance, edges = Mention.Status.REJECTED, None, None
    decided = actions.decide_mention(
        mention=mention, by=by, status=status, stance=stance, edges=edges, by_chance=by_chance
    )
    if card:
        finish(card, Card.Done.CHANGED if changes_theme else status, decided.decided_at, was, other)
    return decided


def confirm_other(mention, theme, by, stance, edges):
    """Confirm another theme for the same passage: (its mention, how it was before).

    What was confirmed already stays as it is; what a person rejected is theirs to change.
    """
    held = decided_or_suggested(mention.passage, theme)
    if held and held.status == Mention.Status.CONFIRMED:
        return None, None
    if held and held.decided_at:
        raise DecidedMeanwhile(held)
    other = actions.add_mention(
        passage=mention.passage, theme=theme, stance=stance, by=by, edges=edges
    )
    return other, held and as_it_was(held)


@transaction.atomic
def skip(*, card):
    """Leave a card for another review session."""
    finish(card, Card.Done.SKIPPED, timezone.now())


@transaction.atomic
def add(*, passage, theme, stance, edges, by, review_session=None):
    """Code a passage to a theme that nobody suggested; raises DecidedMeanwhile if it is decided.

    In a review session it can be undone like any other decision.
    """
    held = decided_or_suggested(passage, theme)
    if held and held.decided_at:
        raise DecidedMeanwhile(held)
    added = actions.add_mention(passage=passage, theme=theme, stance=stance, by=by, edges=edges)
    if review_session:
        card, is_new = Card.objects.get_or_create(
            review_session=review_session,
            mention=added,
            defaults={"position": review_session.cards.count()},
        )
        was = {"mention": as_it_was(held) if held else None}
        done = Card.Done.ADDED if is_new else Card.Done.CONFIRMED
        finish(card, done, added.decided_at, was)
    return added


@transaction.atomic
def undo(*, mention, by):
    """Take a decision back, to how the person found it; False if someone decided since."""
    mention = locked_mention(mention)
    card = (
        Card.objects.filter(review_session__person=by, mention=mention)
        .exclude(done__in=["", Card.Done.SKIPPED])
        .order_by("-done_at")
        .first()
    )
    if card and card.done_at == mention.decided_at:
        return take_back(card=card, by=by)
    actions.undecide(mention=mention)
    return True


@transaction.atomic
def take_back(*, card, by):
    """Undo one card of a review session; False if someone has decided about its mention since."""
    mention, done, done_at = locked_mention(card.mention), card.done, card.done_at
    reopen(card)
    if done == Card.Done.SKIPPED:
        return True
    if mention.decided_by != by or mention.decided_at != done_at:
        return False
    if card.other:
        restore(card.other, card.was.get("other"))
    restore(mention, card.was["mention"])
    return True


def decided_or_suggested(passage, theme):
    """The mention of a theme that a passage has already, or None."""
    held = Mention.objects.filter(passage=passage, theme=theme).first()
    return held and locked_mention(held)


def as_it_was(mention):
    return {
        "status": mention.status,
        "stance": mention.stance,
        "start": mention.start,
        "end": mention.end,
        "by_chance": mention.by_chance,
        "decided_by_id": mention.decided_by_id,
        "decided_at": mention.decided_at and mention.decided_at.isoformat(),
    }


def restore(mention, was):
    """Put back what `as_it_was` kept; without it the mention is gone, as it was not there."""
    if was is None:
        actions.undecide(mention=mention)
        return
    for field, value in was.items():
        setattr(mention, field, value)
    mention.decided_at = was["decided_at"] and parse_datetime(was["decided_at"])
    mention.save(update_fields=actions.DECISION)
    recount_mentions([mention])
    nudge(Task.ROLL_UP)


def finish(card, done, done_at, was=None, other=None):
    card.done, card.done_at = done, done_at
    card.was, card.other = was or {}, other
    card.save(update_fields=["done", "done_at", "was", "other"])


def reopen(card):
    """The card waits again; one that stood for an added theme goes."""
    if card.done == Card.Done.ADDED:
        card.delete()
        return
    card.done, card.done_at = "", None
    card.save(update_fields=["done", "done_at"])
