"""The organisation's tree, as a system admin keeps it."""

from django.contrib import messages
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practicelens.people import actions
from practicelens.people.administering import (
    as_tree,
    for_system_admins,
    for_system_admins_anew,
    units_of,
)
from practicelens.people.forms import MoveUnitForm, RenameUnitForm, UnitForm
from practicelens.people.methods import shown_and_sent


@require_safe
@for_system_admins
def units(request):
    return render(request, "people/units.html", {"tree": as_tree(units_of(request.user))})


def form_page(request, title, form, intro=""):
    context = {"title": title, "form": form, "intro": intro}
    context |= {"back_url": reverse("people:units"), "back_name": "Units"}
    return render(request, "form.html", context)


@shown_and_sent
@for_system_admins_anew
def add(request):
    units = units_of(request.user)
    form = UnitForm(request.POST or None, units=units, initial={"parent": under(request, units)})
    if form.is_valid():
        unit = form.save(commit=False)
        return tried(request, f"{unit} is added.", actions.add_unit, unit=unit, by=request.user)
    return form_page(request, "Add a unit", form)


def under(request, units):
    """The unit under which the page was asked to add one, or None."""
    asked = request.GET.get("under", "")
    return units.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None


@shown_and_sent
@for_system_admins_anew
def edit(request, pk):
    unit = get_object_or_404(units_of(request.user), pk=pk)
    form = RenameUnitForm(request.POST or None, instance=unit)
    if form.is_valid():
        kept = units_of(request.user).get(pk=unit.pk)
        actions.change_unit(unit=kept, by=request.user, **form.cleaned_data)
        messages.success(request, f"{kept} is saved.")
        return redirect("people:units")
    return render(request, "people/unit.html", {"unit": unit, "form": form})


@shown_and_sent
@for_system_admins_anew
def move(request, pk):
    unit = get_object_or_404(units_of(request.user), pk=pk)
    form = MoveUnitForm(request.POST or None, unit=unit, units=units_of(request.user))
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        done = f"{unit} is now under {parent}."
        return tried(request, done, actions.move, unit=unit, parent=parent, by=request.user)
    intro = "All that is under it moves with it. Who can see what follows the tree, at once."
    return form_page(request, f"Move {unit}", form, intro)


@shown_and_sent
@for_system_admins_anew
def close(request, pk):
    unit = get_object_or_404(units_of(request.user), pk=pk)
    if request.method == "POST":
        return tried(request, f"{unit} is closed.", actions.close, unit=unit, by=request.user)
    return render(request, "people/close_unit.html", {"unit": unit})


@shown_and_sent
@for_system_admins_anew
def reopen(request, pk):
    unit = get_object_or_404(units_of(request.user), pk=pk)
    if request.method == "POST":
        return tried(request, f"{unit} is open again.", actions.reopen, unit=unit, by=request.user)
    return render(request, "people/reopen_unit.html", {"unit": unit})


# The pages of a unit, by how their addresses ended when they were made of its code.
BY_CODE = {"": "unit", "move": "move_unit", "close": "close_unit", "open": "reopen_unit"}


@shown_and_sent
@for_system_admins
def by_code(request, code, page=""):
    """Lead an address of before on, if the unit is looked after by whoever asks: else it is not there.

    Codes were of one unit alone then, so the one that had it first is meant.
    """
    unit = units_of(request.user).filter(code=code).order_by("pk").first()
    if unit is None or page not in BY_CODE:
        raise Http404
    address = reverse(f"people:{BY_CODE[page]}", args=[unit.pk])
    return HttpResponsePermanentRedirect(address, preserve_request=request.method == "POST")


def tried(request, done, action, /, **wanted):
    """Do it, say how it went, and go back to the tree."""
    try:
        action(**wanted)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("people:units")
