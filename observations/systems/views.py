"""The list of systems of an organisation, as its framework admins keep it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from observations.models import System, SystemName
from observations.systems import actions
from observations.systems.forms import NAME, AddForm, NameForm, PutTogetherForm
from observations.systems.offered import learned
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow


def kept_by(user):
    """The systems of the organisation whose list the person keeps; 404 where they keep none."""
    if user.organisation_id not in user.reach(Act.KEEP_FRAMEWORKS):
        raise Http404
    found = System.objects.visible_to(user).filter(organisation=user.organisation_id)
    return found.prefetch_related("names").order_by("name")


def tried(form, field, action, /, **given):
    """What the action made of it; nothing where it refused, which is then said at the box."""
    try:
        return action(**given)
    except NotNow as refused:
        form.add_error(field, str(refused))


@shown_and_sent
@keeps_typed
def systems(request):
    """The list, what observations teach besides, and one more."""
    kept, organisation = kept_by(request.user), request.user.organisation
    begins = {"name": request.GET.get("name", "")[: NAME["max_length"]]}
    offered = kept.filter(ended_at=None)
    form = AddForm(sent_or_kept(request), initial=begins, systems=offered)
    if request.method == "POST" and form.is_valid():
        given = {"organisation": organisation, "by": request.user, **form.cleaned_data}
        if added := tried(form, "name", actions.add, **given):
            messages.success(request, f"“{form.cleaned_data['name']}” is on the list: {added}.")
            return redirect("observations:systems")
    context = {
        "form": form,
        "organisation": organisation,
        "offered": offered,
        "ended": kept.exclude(ended_at=None),
        "learned": learned(organisation.pk),
    }
    status = status_of(request, form)
    return render(request, "observations/systems/list.html", context, status=status)


def kept_system(request, pk):
    return get_object_or_404(System.objects.visible_to(request.user), pk=pk)


def others_than(system, user):
    found = System.objects.visible_to(user).filter(organisation=system.organisation_id)
    return found.filter(ended_at=None).exclude(pk=system.pk).order_by("name")


@shown_and_sent
@keeps_typed
def system(request, pk):
    """What it is called, and by which names it was written."""
    kept = kept_system(request, pk)
    form = NameForm(sent_or_kept(request), initial={"name": kept.name})
    if request.method == "POST" and form.is_valid():
        given = {"system": kept, "by": request.user, **form.cleaned_data}
        if tried(form, "name", actions.rename, **given):
            messages.success(request, "Saved.")
            return redirect("observations:systems")
    context = {
        "system": kept,
        "form": form,
        "has_others": others_than(kept, request.user).exists(),
    }
    status = status_of(request, form)
    return render(request, "observations/systems/system.html", context, status=status)


@shown_and_sent
@keeps_typed
def put_together(request, pk):
    """Two names are of one system."""
    kept = kept_system(request, pk)
    form = PutTogetherForm(sent_or_kept(request), systems=others_than(kept, request.user))
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        given = {"system": kept, "into": into, "by": request.user}
        said = f"{kept} is counted as {into} from now on."
        return press(request, "observations:systems", said, actions.put_together, **given)
    context = {"system": kept, "form": form}
    status = status_of(request, form)
    return render(request, "observations/systems/put_together.html", context, status=status)


@require_POST
def take_apart(request, pk):
    """Another name of a system is a system of its own."""
    name = get_object_or_404(SystemName.objects.visible_to(request.user), pk=pk)
    said = f"{name} is a system of its own."
    given = {"name": name, "by": request.user}
    return press(request, "observations:systems", said, actions.take_apart, **given)


@require_POST
def end(request, pk):
    """No longer offered; what was written stays and is counted as before."""
    kept = kept_system(request, pk)
    said = f"{kept} is no longer offered."
    given = {"system": kept, "by": request.user}
    return press(request, "observations:systems", said, actions.end, **given)


@require_POST
def bring_back(request, pk):
    kept = kept_system(request, pk)
    said = f"{kept} is offered again."
    given = {"system": kept, "by": request.user}
    return press(request, "observations:systems", said, actions.bring_back, **given)
