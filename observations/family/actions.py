"""What happens to a family card: made, cancelled, answered once, and taken back."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from observations import mails
from observations.family.links import seal
from observations.identifiers.kinds import OTHER_SCRIPT, UNREAD
from observations.life import Do
from observations.models import FamilyCard, Observation, Passage, Redaction
from observations.notes.actions import held
from observations.recounting import recount_mentions
from observations.redaction import finding, replacing
from observations.redaction.actions import settle
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import AlreadySo, NotNow

NOT_READ = (OTHER_SCRIPT, UNREAD)


class Closed(Exception):
    """The card was used before, or can't be used any more."""


@transaction.atomic
def make(*, observation, by, days, language=""):
    """A card that can be used once, up to and including a day."""
    observation = held(observation, Do.ASK_FAMILY, by)
    if observation.family_there is None:
        raise NotNow("No family is met in this kind of work.")
    card = FamilyCard(
        observation=observation,
        made_by=by,
        language=language,
        last_day=observation.unit.today() + timedelta(days=days),
    )
    seal(card).save()
    record(by=by, action=Entry.Action.MADE, what=card, unit=observation.unit)
    return card


@transaction.atomic
def cancel(*, card, by):
    """Nobody can answer it any more."""
    held(card.observation, Do.ASK_FAMILY, by)
    card = as_it_is(card)
    if card.cancelled_at:
        raise AlreadySo("The card is cancelled already.")
    if card.used_at:
        raise NotNow("The card was used already, so it can’t be cancelled.")
    card.cancelled_at = timezone.now()
    card.save(update_fields=["cancelled_at"])
    record(by=by, action=Entry.Action.ENDED, what=card, unit=card.unit)


def as_it_is(card):
    """Its row as it is now: locked after its observation, always in this order."""
    rows = FamilyCard.objects.select_for_update(of=("self",))
    return rows.select_related("observation__unit").get(pk=card.pk)


def hold_observation(card):
    """Lock the observation of a card, whoever asks: nobody is signed in here."""
    rows = Observation.objects.select_for_update(of=("self",))
    return rows.select_related("unit").get(pk=card.observation_id)


@transaction.atomic
def answer(*, card, drawing, way, agreed_to, words="", **answers):
    """Keep what a family said, once. The same form sent twice is one answer.

    Names are looked for before anybody reads the words, and other words stand in their place.
    """
    observation = hold_observation(card)
    card = as_it_is(card)
    if card.used_at and card.drawing == drawing:
        return card
    if not card.is_open:
        raise Closed
    card.used_at, card.drawing = timezone.now(), drawing
    card.way, card.agreed_to = way, agreed_to
    for name, value in answers.items():
        setattr(card, name, value)
    if words.strip():
        card.passage = keep_words(observation, words.strip())
    card.save()
    mails.family_answered(observation)
    record(by=None, action=Entry.Action.ANSWERED, what=card, unit=observation.unit)
    return card


def keep_words(observation, words):
    """The words as a passage, without names; what they speak to is suggested where they count."""
    last = observation.passages.aggregate(last=models.Max("position"))["last"] or 0
    passage = Passage.objects.create(
        **observation.place, text=words, kind=Passage.Kind.FAMILY, position=last + 1
    )
    take_names_out(observation, passage)
    coded = Observation.objects.counted().filter(pk=observation.pk, coded_at__isnull=False)
    if coded.update(coded_at=None) or observation.is_counted:
        nudge(Task.CODE, observation.pk)
    return passage


def take_names_out(observation, passage):
    """Write other words wherever someone may be named. The observer can put a word back.

    What is in letters that can't be read stays, for the observer alone until they have looked.
    """
    finding.refresh_one({"passage": passage}, observation, passage.text)
    for found in observation.redactions.filter(passage=passage).open():
        now = Redaction.objects.select_related("passage").get(pk=found.pk)
        if now.settled or now.kind in NOT_READ or now.words not in now.text:
            continue
        replacing.replace(now, now.suggestion or "someone")
        settle(now, None, Redaction.Settled.REPLACED)
    passage.refresh_from_db()
    finding.refresh_one({"passage": passage}, observation, passage.text)


@transaction.atomic
def take_back(*, card):
    """What the family said is gone: the words, what was made of them, and the answers."""
    observation = hold_observation(card)
    card = as_it_is(card)
    if card.withdrawn_at:
        raise AlreadySo("It is taken back already.")
    if not card.used_at:
        raise NotNow("Nothing was said on this card.")
    passage, card.passage = card.passage, None
    card.withdrawn_at = timezone.now()
    card.listened = card.understood = card.helped = ""
    card.save()
    if passage:
        empty(passage)
    record(by=None, action=Entry.Action.WITHDREW, what=card, unit=observation.unit)
    return card


def empty(passage):
    """Nothing of a passage is left but its place, which what was issued may point at."""
    recount_mentions(passage.mentions.all())
    for relation in passage._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: passage}).delete()
    passage.ratings.clear()
    Passage.objects.filter(pk=passage.pk).update(text="", kind="", is_marked=False)
    nudge(Task.ROLL_UP)
