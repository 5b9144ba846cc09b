"""Return visits: the list, planning one, telling what was seen, and closing one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from observations.models import PlannedVisit
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.models import know_zones
from practicelens.people.permissions import Act
from practicelens.people.two_windows import UNREAD, WINDOW
from practicelens.refusals import AlreadySo
from reports.briefings.return_visits import actions
from reports.briefings.return_visits.forms import CloseForm, ReturnVisitForm, SawForm, reason_of
from reports.models import ReturnVisit

SHOWN = 50  # of what is over


@require_safe
def return_visits(request):
    """Where one is to go back, the first due first; then what was seen, and where nobody went."""
    if not request.user.can(Act.WRITE_BRIEFINGS):
        raise Http404
    mine = ReturnVisit.objects.visible_to(request.user).for_list()
    due = list(mine.open())
    over = list(mine.exclude(pk__in=[each.pk for each in due]).order_by("-due_from", "-pk")[:SHOWN])
    know_zones(each.unit for each in [*due, *over])
    return render(request, "reports/return_visits.html", {"due": due, "over": over})


def seen_return_visit(request, pk):
    """One that the person can see, while it is open: how it ended is said to who comes too late."""
    found = get_object_or_404(ReturnVisit.objects.visible_to(request.user).for_list(), pk=pk)
    if not found.is_open:
        raise AlreadySo("It is told already.", leads_to=found)
    return found


def show(request, found, form, **words):
    """The page of one form."""
    context = {"return_visit": found, "form": form, "reason": reason_of(found), **words}
    status = status_of(request, form)
    return render(request, "reports/return_visit_form.html", context, status=status)


@shown_and_sent
@keeps_typed
def plan_return_visit(request, pk):
    """Who, where and when, as of any visit; what to look at is filled in."""
    found = seen_return_visit(request, pk)
    if not request.user.can(Act.WRITE_OBSERVATIONS):
        raise PermissionDenied
    if not found.to_plan:
        raise AlreadySo("A visit is planned already.", leads_to=found)
    typed = sent_or_kept(request)
    form = ReturnVisitForm(typed, return_visit=found, user=request.user, instance=PlannedVisit())
    if request.method == "POST" and form.is_valid():
        given = form.told() | {"key": form.cleaned_data["key"] or form.initial["key"]}
        given |= {"return_visit": found, "by": request.user}
        given |= {"base": UNREAD.in_window(request.POST.get(WINDOW))}
        return press(request, found, "The return visit is planned.", actions.plan, **given)
    return show(request, found, form, title="Plan a return visit", button="Plan this visit")


@shown_and_sent
@keeps_typed
def tell_return_visit(request, pk):
    """What was seen on going back, with its observation; the next briefing tells it."""
    found = seen_return_visit(request, pk)
    form = SawForm(sent_or_kept(request), return_visit=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("observation", "saw")}
        given |= {"return_visit": found, "by": request.user}
        return press(request, found, "Saved. The next briefing tells it.", actions.tell, **given)
    return show(request, found, form, title="What we saw on going back", button="Save")


@shown_and_sent
@keeps_typed
def close_return_visit(request, pk):
    """Nobody goes back, for a reason."""
    found = seen_return_visit(request, pk)
    form = CloseForm(sent_or_kept(request))
    if request.method == "POST" and form.is_valid():
        given = {"because": form.cleaned_data["because"], "by": request.user}
        said = "Saved. The next briefing says why."
        return press(request, found, said, actions.close, return_visit=found, **given)
    return show(request, found, form, title="Nobody goes back", button="Save")
