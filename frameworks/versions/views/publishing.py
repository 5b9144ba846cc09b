"""Trying a draft, publishing it, and retiring what was published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from frameworks import listing
from frameworks.fetching import kept_draft
from frameworks.models import FrameworkVersion
from frameworks.versions import actions, checking, correcting, trials
from frameworks.versions.forms.publishing import EraseForm, PublishForm, RetireForm, TrialForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.refusals import not_done
from practicelens.refusals import NotNow


def typed(request):
    """What was sent now, or before the person signed in again."""
    return request.POST if request.method == "POST" else take_typed(request)


def status_of(request):
    return 422 if request.method == "POST" else 200


@shown_and_sent
@keeps_typed
def trial(request, code):
    """Choose who tries the draft and where; start, change or end it."""
    version = kept_draft(request, code)
    running = trials.trial_of(version)
    initial = (
        {"observers": running.observers.all(), "units": running.units.all()} if running else {}
    )
    form = TrialForm(typed(request), framework=version.framework, initial=initial)
    if request.method == "POST" and form.is_valid():
        trials.save(version=version, by=request.user, **form.cleaned_data)
        messages.success(
            request, "The trial is running. Those you chose can start their observations."
        )
        return redirect("frameworks:trial", code)
    context = {
        "version": version,
        "trial": running,
        "form": form,
        "visits": trials.visits(version),
        "notes": trials.observations_of(version).count(),
    }
    return render(request, "frameworks/trial.html", context, status=status_of(request))


@require_POST
def end_trial(request, code):
    version = kept_draft(request, code)
    try:
        trials.end(version=version, by=request.user)
    except NotNow:
        messages.info(request, "No trial is running.")
    else:
        messages.success(
            request, "The trial is ended. Observations already begun can still be finished."
        )
    return redirect("frameworks:trial", code)


@shown_and_sent
def erase_trial(request, code):
    """Erase the observations of a trial that has ended, after a tick that names how many."""
    version = kept_draft(request, code)
    form = EraseForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            trials.erase(version=version, by=request.user, at_most=form.erasing)
        except NotNow:
            messages.error(request, "The trial is still running. End it first.")
        else:
            messages.success(request, "The trial observations are erased.")
        return redirect("frameworks:trial", code)
    context = {"version": version, "form": form}
    return render(request, "frameworks/erase_trial.html", context, status=status_of(request))


@shown_and_sent
@keeps_typed
def publish(request, code):
    """What stops it, what is worth another look, what it asks for; then publish."""
    version = kept_draft(request, code)
    form = PublishForm(typed(request), version=version)
    if request.method == "POST" and form.is_valid():
        if publish_it(request, version, form):
            return redirect("frameworks:version", code, version.number)
        form = PublishForm(request.POST, version=version)  # asks again, of how things are now
    context = {
        "version": version,
        "form": form,
        "stops": checking.what_stops(version),
        "advice": checking.worth_a_look(version),
        "others": list(checking.another_in_force(version, version.framework.unit.today())),
        "wrong": version.corrects or correcting.to_put_right(version),
    }
    return render(request, "frameworks/publish.html", context, status=status_of(request))


@require_POST
def correct(request, code):
    """Let the draft take the place of the version before it, which nobody has used; or not."""
    version = kept_draft(request, code)
    try:
        if request.POST.get("takes_its_place") == "yes":
            draft = correcting.begin(draft=version, by=request.user)
            words = (
                f"This draft now puts version {draft.corrects.number} right. Confirm its lineage."
            )
        else:
            correcting.leave(draft=version, by=request.user)
            words = "This draft now follows the version before it. Confirm its lineage."
    except NotNow:
        not_done(request, "The version before is in use by now, so it can’t be put right.")
    else:
        messages.success(request, words)
    return redirect("frameworks:publish", code)


def publish_it(request, version, form):
    """Whether it was published; if not, the form or the page says why."""
    day = form.cleaned_data["effective_on"]
    try:
        actions.publish(
            version=version,
            by=request.user,
            change_note=form.cleaned_data["change_note"],
            effective_on=day,
            erasing=form.erasing,
        )
    except (actions.NotReady, actions.TrialNotes):
        return False
    except NotNow:
        raise Http404 from None
    messages.success(request, f"{version} is published. It is in use from {spoken(day)}.")
    return True


def spoken(day):
    return date_format(day, "j F Y")


@shown_and_sent
@keeps_typed
def retire(request, code, number):
    """Take a version out of use from a day on, after saying which teams then have none."""
    version = kept_published(request, code, number)
    if version.retired_on:
        day = spoken(version.retired_on)
        messages.info(request, f"{version} is in use until {day} as it is.")
        return redirect(version)
    form = RetireForm(typed(request), version=version, user=request.user)
    left = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("confirmed"):
            return retire_it(request, version, form)
        left = listing.left_without(version, form.cleaned_data["retired_on"])
    context = {"version": version, "form": form, "left": left, "asks": left is not None}
    status = 200 if left is not None else status_of(request)
    return render(request, "frameworks/retire.html", context, status=status)


def retire_it(request, version, form):
    given = form.cleaned_data
    try:
        actions.retire(
            version=version,
            by=request.user,
            on=given["retired_on"],
            followed_by=given["followed_by"],
        )
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        day = spoken(given["retired_on"])
        messages.success(request, f"{version} is no longer used from {day}.")
    return redirect(version)


def published(request, code, number):
    versions = FrameworkVersion.objects.visible_to(request.user).published()
    found = versions.select_related("framework__unit")
    return get_object_or_404(found, framework__address=code, number=number)


def kept_published(request, code, number):
    """A published version that the person keeps; 403 to those who can only read it."""
    version = published(request, code, number)
    if not FrameworkVersion.objects.kept_by(request.user).filter(pk=version.pk).exists():
        raise PermissionDenied
    return version


@require_POST
def told(request, code, number):
    """The person has seen that it came into force."""
    actions.tell(version=published(request, code, number), user=request.user)
    return redirect("home")
