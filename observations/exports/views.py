"""The observations of the list, as it is filtered, as a spreadsheet or as CSV."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from frameworks.files.views import download
from observations.exports import sheets
from observations.models import Observation
from observations.notes.forms.filtering import FilterForm
from observations.on_record import notes_downloaded
from practicelens.people.models import know_zones
from practicelens.people.permissions import Act


class Refused(Exception):
    """Nothing is downloaded; the words say why."""


@require_safe
def as_book(request):
    """Observations, passages and ratings, a sheet each."""
    return sent(request, sheets.as_book, "observations.xlsx")


@require_safe
def as_csv(request):
    """One of these sheets: passages, unless another is asked for."""
    what = request.GET.get("sheet", "passages")
    if what not in sheets.SHEETS:
        raise Http404
    return sent(request, lambda found: sheets.as_csv(what, found), f"{what}.csv")


def sent(request, made, name):
    """The file; who took which observations away is on record. Or back to the list, which says why."""
    if not request.user.can(Act.READ_OBSERVATIONS):
        raise Http404
    try:
        found = chosen(request)
        data = made(found)
    except Refused as refusal:
        return back(request, str(refusal))
    except sheets.TooLong:
        return back(request, "A text is too long for a spreadsheet. Download CSV instead.")
    notes_downloaded(request.user, found)
    return download(data, name)


def back(request, words):
    messages.error(request, words)
    return redirect(f"{reverse('observations:list')}?{request.GET.urlencode()}")


def chosen(request):
    """What the list shows by its filters, of that which counts."""
    user = request.user
    form = FilterForm(request.GET, user=user)
    found = form.filter(Observation.objects.visible_to(user)).counted()
    count = found.count()
    if count > sheets.MOST:
        raise Refused(f"These are {count:,} observations. Narrow them to {sheets.MOST:,} at most.")
    rows = list(sheets.with_parts(found, user).order_by("observed_on", "pk"))
    know_zones(each.unit for each in rows)
    return rows
