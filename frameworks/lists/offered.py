"""Which lists are offered where.

A unit has the lists of the nearest unit above it, or its own, that keeps some in its country; where
none does, those that come with PracticeLens for its country.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from frameworks.lists.shipped import Listed, about_of, label_of, shipped_for
from frameworks.models.lists import ABOUT, FirstFor, ListEntry, ListOf
from practicelens.people.models import Unit, UnitReach


@dataclass(frozen=True)
class Lists:
    """Three lists in their order, what was retired among them; `name` says whose they are."""

    name: str
    entries: tuple

    def of(self, of):
        return [each for each in self.entries if each.of == of]

    def offered(self, of):
        return [each for each in self.of(of) if not each.is_retired]

    def choices(self, of, kept=()):
        """[(code, label)] of what is offered, and of the codes that are `kept` though it is not."""
        offered = [(each.code, each.label) for each in self.offered(of)]
        known = {code for code, _ in offered}
        return offered + [(code, self.label(of, code)) for code in kept if code not in known]

    def every_choice(self, of):
        """[(code, label)] to look for: what is offered first, then what was."""
        retired = [each for each in self.of(of) if each.is_retired]
        return [(each.code, each.label) for each in [*self.offered(of), *retired]]

    def find(self, of, code):
        return next((each for each in self.of(of) if each.code == code), None)

    def label(self, of, code):
        entry = self.find(of, code)
        return entry.label if entry else label_of(of, code)

    def about(self, of, code):
        """What an entry is about; where the code is in no list, what comes last among all."""
        entry = self.find(of, code)
        about = entry.about if entry else about_of(of, code)
        return about or (ABOUT[of].values[-1] if of in ABOUT else "")

    def codes_about(self, of, abouts):
        return {each.code for each in self.of(of) if each.about in abouts}


def as_listed(entry):
    return Listed(entry.of, entry.code, entry.label, entry.about, entry.is_retired)


def shipped_lists(jurisdiction):
    found = shipped_for(jurisdiction)
    return Lists(found.name, found.entries)


def keepers_of(units):
    """{unit's pk: pk of the unit whose own lists it has}, of those that have some."""
    keeps = Exists(ListEntry.objects.filter(unit=OuterRef("above")))
    return UnitReach.objects.keepers(units, keeps)


def lists_by_unit(units):
    """{unit: its Lists}, in two queries however many there are."""
    units = list(units)
    keepers = keepers_of([unit.pk for unit in units])
    kept = {}
    if keepers:
        rows = ListEntry.objects.filter(unit__in=set(keepers.values())).select_related("unit")
        for entry in rows.order_by("position", "pk"):
            kept.setdefault(entry.unit_id, (entry.unit.name, []))[1].append(as_listed(entry))
    own = {pk: Lists(name, tuple(entries)) for pk, (name, entries) in kept.items()}
    return {
        unit: own[keepers[unit.pk]] if unit.pk in keepers else shipped_lists(unit.jurisdiction)
        for unit in units
    }


def lists_for(unit):
    return lists_by_unit([unit])[unit]


def lists_within(organisations):
    """What is or was offered anywhere in some organisations, in one query, each code once.

    An organisation's own words come before those of the lists that are shipped for its countries.
    """
    rows = (
        Unit.objects.filter(organisation__in=organisations)
        .values_list(
            "jurisdiction",
            "list_entries__of",
            "list_entries__code",
            "list_entries__label",
            "list_entries__about",
            "list_entries__retired_at",
            "list_entries__position",
            "list_entries__unit",
        )
        .distinct()
    )
    found = list(rows)
    own = sorted((row for row in found if row[1]), key=lambda row: (row[7], row[6]))
    entries = {}
    for _, of, code, label, about, retired_at, *_ in own:
        entry = Listed(of, code, label, about, retired_at is not None)
        there = entries.get((of, code))
        if there is None or (there.is_retired and not entry.is_retired):
            entries[of, code] = entry
    # That of the first country comes first where several are shipped.
    for jurisdiction in sorted({row[0] for row in found}, key=Unit.Jurisdiction.values.index):
        for entry in shipped_for(jurisdiction).entries:
            entries.setdefault((entry.of, entry.code), entry)
    return Lists("", tuple(entries.values()))


def kinds_of_work_within(organisations):
    """[(code, label)] of the kinds of work to look for in some organisations."""
    return lists_within(organisations).every_choice(ListOf.KIND_OF_WORK)


def first_of(version, about):
    """The pks of the criteria that come first; none where nobody has chosen any."""
    found = FirstFor.objects.filter(criterion__version=version, about=about)
    return found.values_list("criterion", flat=True)
