"""What to do when worried about someone, for everybody; and the steps, as a system admin keeps them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from practicelens.once import press
from practicelens.people.administering import for_system_admins, units_of
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.models import ConcernRaised, SafeguardingStep
from practicelens.people.permissions import Act
from practicelens.people.safeguarding import actions
from practicelens.people.safeguarding.forms import RaisedForm, StepForm
from practicelens.people.safeguarding.showing import places_in, places_of

RAISED = "It is on record that you raised a concern, and when. Nothing is kept about whom."
NOT_THE_BUTTON = "That was not sent by the button of this page. Press “I have raised it” once more."


@shown_and_sent
def safeguarding(request):
    """What to do, and one button that says that it was done. No words are taken."""
    form = RaisedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = {"by": request.user, "key": form.cleaned_data["key"]}
        return press(request, "people:safeguarding", RAISED, actions.raise_concern, **given)
    if form.is_bound:
        messages.error(request, NOT_THE_BUTTON)
    context = {
        "places": places_of(request.user),
        "form": RaisedForm(),
        "may_keep": set(request.user.reach(Act.KEEP_PEOPLE)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "people/safeguarding.html", context, status=status)


@require_safe
def concerns_raised(request):
    """How many concerns people said they raised, by month; never who, nor about whom."""
    if not request.user.can(Act.READ_LOG):
        raise Http404
    counted = ConcernRaised.objects.counted_by(request.user)
    months = counted.by_month(request.user.organisation.zone)
    rows = [(date_format(month, "F Y"), number) for month, number in months]
    table = {"head": ["Month", "Concerns raised"], "rows": rows}
    return render(request, "people/concerns_raised.html", {"table": table})


def looked_after(request, pk):
    return get_object_or_404(units_of(request.user), pk=pk)


@require_safe
@for_system_admins
def steps(request, pk):
    """The steps that a unit keeps, in their order; or whose its people follow while it keeps none."""
    unit = looked_after(request, pk)
    steps = SafeguardingStep.objects.visible_to(request.user).filter(unit=unit).in_order()
    shown = places_in([unit])
    moved = request.GET.get("moved", "")
    context = {
        "unit": unit,
        "steps": steps,
        "shown": shown,
        "followed": shown[0],
        "moved": int(moved) if moved.isdecimal() and len(moved) < 19 else None,
    }
    return render(request, "people/safeguarding_steps.html", context)


@shown_and_sent
@for_system_admins
@keeps_typed
def add(request, pk):
    unit = looked_after(request, pk)
    form = StepForm(sent_or_kept(request))
    if request.method == "POST" and form.is_valid():
        added = actions.add(unit=unit, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{added}” is added.")
        return redirect(added)
    return show_form(request, form, "Add a safeguarding step", unit)


def show_form(request, form, title, unit):
    context = {"form": form, "title": title, "unit": unit}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/safeguarding_step.html", context, status=status)


def kept_step(request, pk):
    found = SafeguardingStep.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(found, pk=pk)


@shown_and_sent
@for_system_admins
@keeps_typed
def change(request, pk):
    step = kept_step(request, pk)
    form = StepForm(sent_or_kept(request), instance=step)
    if request.method == "POST" and form.is_valid():
        actions.change(step=kept_step(request, pk), by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(step)
    return show_form(request, form, "Change a safeguarding step", step.unit)


@require_POST
@for_system_admins
def move(request, pk):
    """Up or down by one place."""
    step = kept_step(request, pk)
    actions.move(step=step, down=request.POST.get("to") == "down", by=request.user)
    # No fragment: a page with one keeps the focus from the button that moved the row.
    return redirect(f"{step.get_absolute_url()}?moved={step.pk}")


@require_POST
@for_system_admins
def remove(request, pk):
    step = kept_step(request, pk)
    said = f"“{step}” is removed. The audit log holds what it said."
    return press(request, step.get_absolute_url(), said, actions.remove, step=step, by=request.user)
