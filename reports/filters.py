"""What a summary is asked for: where, how long, up to when, and of which work."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from frameworks.lists.offered import kinds_of_work_within
from frameworks.models import Standard
from practicelens.forms import with_blank
from practicelens.numbers import count_words
from practicelens.people.administering import as_tree
from practicelens.people.models import Unit
from practicelens.people.permissions import Act
from reports.periods import Window, day_words, month_of, month_words, months_after, rolling

MONTHS_BACK = 24


@dataclass(frozen=True)
class Chosen:
    """What was asked for; what the address leaves out has its usual value."""

    form: forms.Form
    unit: Unit
    window: Window
    kind_of_work: str
    read_by: str = ""  # the address of a standard, as it was asked for

    @property
    def query(self):
        """What an address needs to ask for the same again."""
        return urlencode(self.form.data)

    def query_by(self, standard):
        """What an address needs to ask for this summary by another standard."""
        return urlencode({**self.form.data, "read_by": standard.address})

    @property
    def title(self):
        """Summary, last six months; for months gone by, with the month in which they end."""
        window = self.window
        if window.length == 1:
            return f"Summary, {month_words(window.last_month)}"
        if window.last_month == month_of(self.unit.today()):
            return f"Summary, last {window.length_words}"
        return f"Summary, {window.length_words} to {month_words(window.last_month)}"

    @property
    def work_words(self):
        named = dict(self.form.fields["kind_of_work"].choices)
        return named[self.kind_of_work] if self.kind_of_work else "All kinds of work"


@dataclass(frozen=True)
class StandardChoice:
    """The standard by which observations are read, if any, and those by which they can be.

    `instead` says in a sentence why it is not the one that was asked for.
    """

    offered: list
    standard: Standard | None
    instead: str = ""

    @property
    def follower(self):
        """What took its place within the window, or None."""
        found = self.standard and next(followers(self.standard), None)
        return found if found in self.offered else None


def standard_choice(chosen):
    """The standard that was asked for; where it was replaced before the window, what followed it."""
    over = Standard.objects.for_unit(chosen.unit).select_related("followed_by")
    held = over.held_between(chosen.window.first_month, chosen.window.last_day)
    offered = list(held.order_by("name", "pk"))
    asked = over.filter(address=chosen.read_by).first() if chosen.read_by else None
    if asked is None or asked in offered:
        return StandardChoice(offered, asked)
    if asked.in_force_from > chosen.window.last_day:
        start = day_words(asked.in_force_from)
        return StandardChoice(
            offered, None, f"{asked}: in force from {start}, and not yet in these months."
        )
    follower = next((each for each in followers(asked) if each in offered), None)
    words = f"{asked}: replaced on {day_words(asked.in_force_until)}, before these months."
    took = f"{words} Its place was taken by what is shown: {follower}." if follower else words
    return StandardChoice(offered, follower, took)


def followers(standard):
    """What took a standard's place, what took that one's, and so on."""
    met = {standard}
    while (standard := standard.followed_by) and standard not in met:
        met.add(standard)
        yield standard


def lengths():
    usual = settings.WINDOW_MONTHS
    for months in sorted({1, 3, usual, 12}):
        words = "One month" if months == 1 else f"{count_words(months).capitalize()} months"
        yield str(months), words


class SummaryFilter(forms.Form):
    unit = forms.ChoiceField(label="Where")
    months = forms.ChoiceField(label="How long")
    until = forms.ChoiceField(label="Up to")
    kind_of_work = forms.ChoiceField(label="Kind of work", required=False)
    # Which standards there are to choose hangs on where and when: see standard_choice.
    read_by = forms.SlugField(label="Read by", widget=forms.HiddenInput, required=False)

    def __init__(self, data, *, units):
        self.units = in_address(units)
        self.today = units[0].today() if units else timezone.localdate()
        self.ends = {f"{month:%Y-%m}": month for month in ends(self.today)}
        usual = {
            "unit": next(iter(self.units), ""),
            "months": str(settings.WINDOW_MONTHS),
            "until": next(iter(self.ends)),
            "kind_of_work": "",
            "read_by": "",
        }
        super().__init__(usual | {name: data[name] for name in usual if data.get(name)})
        self.fields["unit"].choices = [(code, unit.indented) for code, unit in self.units.items()]
        self.fields["months"].choices = list(lengths())
        organisations = {unit.organisation_id for unit in units}
        kinds = kinds_of_work_within(organisations)
        self.fields["kind_of_work"].choices = with_blank(kinds, "Everything")
        self.fields["until"].choices = [(code, month_words(end)) for code, end in self.ends.items()]
        self.fall_back(usual)

    def fall_back(self, usual):
        """A value that makes no sense is as good as none; a unit out of reach is not there."""
        if self.data["unit"] not in self.units:
            raise Http404
        for name in list(self.errors):
            self.data[name] = usual[name]
        self.full_clean()

    def chosen(self):
        data = self.cleaned_data
        unit = self.units[data["unit"]]
        window = rolling(self.ends[data["until"]], int(data["months"]), unit.today())
        return Chosen(self, unit, window, data["kind_of_work"], data["read_by"])


def in_address(units):
    """{how a unit is in the address: unit}: its code, with whose it is if two have the same."""
    times = Counter(unit.code for unit in units)
    return {
        unit.code if times[unit.code] == 1 else f"{unit.organisation.code}.{unit.code}": unit
        for unit in units
    }


def ends(today):
    """The months with which a summary may end, the running one first."""
    return [months_after(month_of(today), -at) for at in range(MONTHS_BACK)]


def chosen_by(request):
    """What a practice leader asks for, in their part of the organisation; 404 for all others."""
    if not request.user.can(Act.READ_SUMMARIES):
        raise Http404
    return SummaryFilter(request.GET, units=units_of(request.user)).chosen()


def units_of(user):
    """The units that the user leads practice in, each under the one it is under."""
    reached = list(Unit.objects.where(user, Act.READ_SUMMARIES).order_by("name", "pk"))
    tree = as_tree(reached)
    units = list(indented(tree))
    if len(tree) == 1 and len(units) > 1:
        units[0].indented = "All teams"
    return units


def indented(tree, depth=0):
    for each in tree:
        # Spaces that a list of choices keeps.
        each["unit"].indented = "\u2003" * depth + each["unit"].name
        yield each["unit"]
        yield from indented(each["below"], depth + 1)
