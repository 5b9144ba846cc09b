"""Cards that families of the made-up service answered, and one that waits for its family."""

import tomllib
from datetime import timedelta
from uuid import UUID, uuid5

from django.db.models import Max

from frameworks.models.lists import WITHOUT_FAMILY
from observations.family.links import seal
from observations.family.wordings import ENGLISH
from observations.models import FamilyCard, Observation, Passage
from practicelens.demo import story

CARDS = UUID("6f6a7c0e-5d0b-4a27-9a53-0d9b1e3c2f11")
LASTS = timedelta(days=28)


def add_family_cards(people, until):
    told = tomllib.loads((story.HERE / "families.toml").read_text())["card"]
    for observation, card in zip(asked_about(people["marian"], len(told)), told, strict=False):
        add_card(observation, until, **card)


def asked_about(observer, number):
    """The newest of the observer's observations that count, at which a family was met."""
    found = Observation.objects.counted().filter(observer=observer)
    found = found.exclude(is_about__in=WITHOUT_FAMILY).select_related("unit")
    return found.order_by("-observed_on", "-pk")[:number]


def add_card(observation, until, words="", way="alone", **answers):
    card = FamilyCard(
        observation=observation,
        key=uuid5(CARDS, str(observation.key)),
        made_by=observation.observer,
        made_at=observation.submitted_at,
        last_day=until + LASTS,
    )
    if answers:
        card.used_at, card.drawing = observation.submitted_at, card.key
        card.way, card.agreed_to = way, ENGLISH["agree"]
        for name, value in answers.items():
            setattr(card, name, value)
        card.passage = add_words(observation, card, words) if words else None
    seal(card).save()


def add_words(observation, card, words):
    last = observation.passages.aggregate(last=Max("position"))["last"] or 0
    return Passage.objects.create(
        **observation.place,
        key=card.key,
        text=words,
        kind=Passage.Kind.FAMILY,
        position=last + 1,
    )
