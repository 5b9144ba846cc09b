"""What systems are called in an organisation: as its list says, and as observations teach."""

from django.db.models import Count, Max, Q
from django.db.models.functions import Lower

from observations.models import Friction, SystemName

MOST_OFFERED = 30
LEARNED_FROM = 2  # observations: a slip of the pen is not learned


def systems_by_name(organisation):
    """{a name in small letters, as the database makes them: the System that goes by it}."""
    names = SystemName.objects.filter(organisation=organisation).select_related("system")
    return {each.folded: each.system for each in names.annotate(folded=Lower("name"))}


def written(organisation):
    """Names in observations that count: `folded`, `label` (as it was written) and `often`."""
    found = Friction.objects.filter(unit__organisation=organisation, is_counted=True)
    return (
        found.exclude(called="")
        .values(folded=Lower("called"))
        .annotate(label=Max("called"), often=Count("observation", distinct=True))
    )


def learned(organisation):
    """What stands in two observations that count, and is no name on the list; in order of name."""
    known = systems_by_name(organisation)
    found = written(organisation).filter(often__gte=LEARNED_FROM).exclude(folded__in=known)
    return [row["label"] for row in found.order_by("folded")]


def systems_called(unit):
    """What systems are called in the unit's organisation, the most written first.

    Those on the list by the names that they have there, unless they have ended; and besides what
    was written in two observations that count.
    """
    organisation = unit.organisation_id
    known = systems_by_name(organisation)
    often = {system.name: 0 for system in known.values() if not system.is_ended}
    rows = written(organisation).filter(Q(often__gte=LEARNED_FROM) | Q(folded__in=known))
    for row in rows:
        system = known.get(row["folded"])
        if system is None or not system.is_ended:
            name = system.name if system else row["label"]
            often[name] = often.get(name, 0) + row["often"]
    order = sorted(often, key=lambda name: (-often[name], name.lower()))
    return order[:MOST_OFFERED]
