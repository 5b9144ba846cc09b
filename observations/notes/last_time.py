"""What an observer chose last time, to be offered again: a tap takes it, and nothing is saved yet."""

from collections import Counter

from frameworks.models.lists import ListOf
from observations.models import Observation
from practicelens.numbers import lowered

LATELY = 40  # observations: where someone has been lately is where they usually are
USUAL = 4  # teams
# What is offered to be as it was last time, where nothing is chosen yet.
OFFERED = [
    "practitioner",
    "part_of_day",
    "setting",
    "mode",
    "proximity",
    "present",
    "family_asked",
]


def made_lately(observer):
    return Observation.objects.filter(
        observer=observer, withdrawn_at=None, is_imported=False
    ).order_by("-pk")


def usual_teams(observer):
    """The pks of the teams that the observer has been with most, of late."""
    lately = made_lately(observer).values_list("unit", flat=True)[:LATELY]
    return [unit for unit, _ in Counter(lately).most_common(USUAL)]


def last_start(observer, teams):
    """The team and the kind of work of last time, if the observer may choose that team still."""
    return made_lately(observer).filter(unit__in=teams).select_related("unit").first()


def last_like(observation):
    """The observer's last occasion before this one of the same kind of work, best in the same team."""
    before = made_lately(observation.observer).filter(
        pk__lt=observation.pk, kind_of_work=observation.kind_of_work, proximity__gt=""
    )
    before = before.select_related("practitioner")
    return before.filter(unit=observation.unit_id).first() or before.first()


def still_open(observation, last):
    """{field: what it was last time} of what is not chosen yet; empty where all is."""
    if last is None:
        return {}
    found = {name: getattr(last, name) for name in OFFERED if not getattr(observation, name)}
    return {name: value for name, value in found.items() if value}


def in_words(observation, found):
    """What a tap would take, as a sentence of its parts."""
    shown = {
        "practitioner": str,
        "setting": lambda code: observation.label(ListOf.SETTING, code),
        "present": lambda codes: ", ".join(map(observation.role, codes)),
    }
    words = [
        shown[name](value) if name in shown else choice_of(name, value)
        for name, value in found.items()
    ]
    return ", ".join([*words[:1], *map(lowered, words[1:])])


def choice_of(name, value):
    return dict(Observation._meta.get_field(name).choices)[value]
