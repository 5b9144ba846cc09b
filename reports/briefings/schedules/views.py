from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from practicelens.people.methods import shown_and_sent
from practicelens.people.models import Unit, know_zones
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow
from reports.briefings.schedules import actions
from reports.briefings.schedules.forms import ScheduleForm
from reports.models import BriefingSchedule


@require_safe
def schedules(request):
    """The units that one writes briefings for: those drafted each month, and the others."""
    if not request.user.can(Act.WRITE_BRIEFINGS):
        raise Http404
    running = list(BriefingSchedule.objects.visible_to(request.user).running().for_list())
    know_zones(each.unit for each in running)
    others = written_for(request.user).exclude(pk__in=[each.unit_id for each in running])
    return render(
        request, "reports/schedules.html", {"schedules": running, "others": others.order_by("name")}
    )


def written_for(user):
    return Unit.objects.where(user, Act.WRITE_BRIEFINGS).filter(closed_on=None)


@shown_and_sent
def schedule(request, pk):
    """Make the schedule of a unit, or change the one it has."""
    unit = get_object_or_404(written_for(request.user), pk=pk)
    found = running_of(request.user, unit)
    form = ScheduleForm(request.POST or None, unit=unit, schedule=found)
    if form.is_valid():
        return kept(request, unit, found, form.chosen)
    return render(request, "reports/schedule.html", {"unit": unit, "schedule": found, "form": form})


def running_of(user, unit):
    return BriefingSchedule.objects.visible_to(user).running().filter(unit=unit).first()


def kept(request, unit, found, chosen):
    try:
        if found:
            actions.change(schedule=found, by=request.user, **chosen)
        else:
            actions.make(unit=unit, by=request.user, **chosen)
    except NotNow:
        messages.error(
            request, f"The schedule of {unit} was changed by another person. Look again."
        )
    else:
        messages.success(
            request, f"A briefing of {unit} is drafted on day {chosen['day']} of each month."
        )
    return redirect("reports:schedules")


@shown_and_sent
def end(request, pk):
    """Asks first: what was drafted stays, and nothing more is."""
    unit = get_object_or_404(written_for(request.user), pk=pk)
    found = running_of(request.user, unit)
    if found is None:
        return redirect("reports:schedules")
    if request.method != "POST":
        return render(request, "reports/end_schedule.html", {"schedule": found})
    try:
        actions.end(schedule=found, by=request.user)
    except NotNow:
        messages.error(request, f"The schedule of {unit} has ended already.")
    else:
        messages.success(request, f"Briefings of {unit} are no longer drafted each month.")
    return redirect("reports:schedules")
