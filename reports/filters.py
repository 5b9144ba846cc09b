"""What a summary is asked for: where, how long, up to when, and of which work."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from observations.models.choices import KindOfWork
from practicelens.people.models import Role, Unit
from reports.periods import Window, count_words, month_of, month_words, months_after, rolling

MONTHS_BACK = 24


@dataclass(frozen=True)
class Chosen:
    """What was asked for; what the address leaves out has its usual value."""

    form: forms.Form
    unit: Unit
    window: Window
    kind_of_work: str

    @property
    def query(self):
        """What an address needs to ask for the same again."""
        return urlencode(self.form.data)

    @property
    def work_words(self):
        return KindOfWork(self.kind_of_work).label if self.kind_of_work else "All kinds of work"


def _lengths():
    usual = settings.WINDOW_MONTHS
    for months in sorted({1, 3, usual, 12}):
        words = "One month" if months == 1 else f"{count_words(months).capitalize()} months"
        yield str(months), words


class SummaryFilter(forms.Form):
    unit = forms.ChoiceField(label="Where")
    months = forms.ChoiceField(label="How long")
    until = forms.ChoiceField(label="Up to")
    kind_of_work = forms.ChoiceField(
        label="Kind of work", choices=[("", "Everything"), *KindOfWork.choices], required=False
    )

    def __init__(self, data, *, units):
        self.units = {unit.code: unit for unit in units}
        self.today = units[0].today() if units else timezone.localdate()
        self.ends = {f"{month:%Y-%m}": month for month in _ends(self.today)}
        usual = {
            "unit": next(iter(self.units), ""),
            "months": str(settings.WINDOW_MONTHS),
            "until": next(iter(self.ends)),
            "kind_of_work": "",
        }
        super().__init__(usual | {name: data[name] for name in usual if data.get(name)})
        self.fields["unit"].choices = [(unit.code, unit.indented) for unit in units]
        self.fields["months"].choices = list(_lengths())
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
        return Chosen(self, unit, window, data["kind_of_work"])


def _ends(today):
    """The months with which a summary may end, the running one first."""
    return [months_after(month_of(today), -at) for at in range(MONTHS_BACK)]


def chosen_by(request):
    """What a practice leader asks for, in their part of the organisation; 404 for all others."""
    if not request.user.holds(Role.Kind.PSW):
        raise Http404
    return SummaryFilter(request.GET, units=units_of(request.user)).chosen()


def units_of(user):
    """The units that the user leads practice in, each under the one it stands under."""
    reached = list(Unit.objects.reached_by(user, Role.Kind.PSW).order_by("name", "pk"))
    known = {unit.pk for unit in reached}
    below = {}
    for unit in reached:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    units = list(_in_tree_order(below, None, 0))
    if len(below.get(None, [])) == 1 and len(units) > 1:
        units[0].indented = "All teams"
    return units


def _in_tree_order(below, parent, depth):
    for unit in below.get(parent, []):
        # Spaces that a list of choices keeps.
        unit.indented = "\u2003" * depth + unit.name
        yield unit
        yield from _in_tree_order(below, unit.pk, depth + 1)
