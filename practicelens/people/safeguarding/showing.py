"""Whose steps someone follows: of the nearest unit that keeps some in its country, or the shipped ones."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from practicelens.people.models import SafeguardingStep, Unit, UnitReach
from practicelens.people.safeguarding.shipped import emergency_of, steps_of


@dataclass(frozen=True)
class Place:
    """What to do in some units: the steps of the unit that they are `kept_in`, or general ones.

    Of general ones, `top` is the highest of the units that have no steps of their own.
    """

    name: str
    emergency: str
    steps: tuple
    kept_in: Unit | None = None
    top: Unit | None = None


def places_of(user):
    """What to do wherever the person has a role, that of most units first."""
    units = list(Unit.objects.visible_to(user).filter(closed_on=None).order_by("name", "pk"))
    return places_in(units or [user.organisation])


def places_in(units):
    keeps = Exists(SafeguardingStep.objects.filter(unit=OuterRef("above")))
    keepers = UnitReach.objects.keepers([unit.pk for unit in units], keeps)
    kept = kept_by(set(keepers.values()))
    groups = {}
    for unit in units:
        whose = keepers.get(unit.pk) or unit.jurisdiction
        groups.setdefault(whose, []).append(unit)
    in_order = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        own(kept[whose]) if whose in kept else shipped(whose, group) for whose, group in in_order
    ]


def kept_by(units):
    """{unit's pk: its steps in their order}."""
    found = {}
    rows = SafeguardingStep.objects.filter(unit__in=units).select_related("unit").in_order()
    for step in rows:
        found.setdefault(step.unit_id, []).append(step)
    return found


def own(steps):
    unit = steps[0].unit
    return Place(unit.name, emergency_of(unit.jurisdiction), tuple(steps), kept_in=unit)


def shipped(jurisdiction, units=()):
    name = Unit.Jurisdiction(jurisdiction).label
    return Place(name, emergency_of(jurisdiction), steps_of(jurisdiction), top=highest(units))


def highest(units):
    """The first that is under none of the others."""
    known = {unit.pk for unit in units}
    return next((unit for unit in units if unit.parent_id not in known), None)


def everywhere():
    """What to do where it is not known who asks: in the two countries that PracticeLens is made for."""
    return [shipped(each) for each in (Unit.Jurisdiction.ENGLAND, Unit.Jurisdiction.AOTEAROA)]
