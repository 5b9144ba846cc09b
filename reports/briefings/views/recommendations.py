"""What was asked of leaders, what they answered, and what became of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from observations.models import Observation
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.models import know_zones
from practicelens.people.permissions import Act
from practicelens.people.refusals import Refusal, not_done
from practicelens.refusals import NotNow
from reports.briefings import actions
from reports.briefings.decision_forms import DecisionForm, DoneForm
from reports.briefings.forms import RecommendationFilter
from reports.briefings.recommendations import in_order, recommendations_for

PER_PAGE = 20


@require_safe
def recommendations(request):
    """Overdue first, then by the day that is due next; settled ones last."""
    if not request.user.can(Act.READ_BRIEFINGS):
        raise Http404
    visible = recommendations_for(request.user)
    form = RecommendationFilter(request.GET, recommendations=visible)
    page = Paginator(in_order(form.filter(visible)), PER_PAGE).get_page(request.GET.get("page"))
    know_zones(each.briefing.unit for each in page)
    return render(request, "reports/recommendations.html", {"form": form, "page": page})


def seen_recommendation(request, pk):
    """A recommendation of a standing issue that the person can see, or 404."""
    return get_object_or_404(in_order(recommendations_for(request.user)), pk=pk)


@shown_and_sent
@keeps_typed
def recommendation(request, pk):
    """One recommendation; its owner answers it here."""
    found = seen_recommendation(request, pk)
    may_decide = found.can_be_decided_by(request.user)
    if request.method == "POST":
        if not may_decide:
            request.refusal = refusal_of(found)
            raise PermissionDenied
        return decided(request, found)
    form = form_of(found, take_typed(request)) if may_decide else None
    return show(request, found, form)


def refusal_of(found):
    """Why nothing can be decided here, for whoever typed a decision."""
    if not hasattr(found, "decision"):
        return Refusal("This is for someone else to decide.")
    because = "This was decided already. A decision can’t be changed."
    return Refusal(because, [("Read the decision", found.get_absolute_url())])


def form_of(found, typed):
    """The form of a decision. The reading page has one for each recommendation, named apart."""
    prefix = f"recommendation-{found.pk}"
    is_apart = bool(typed) and f"{prefix}-reason" in typed
    return DecisionForm(typed, prefix=prefix if is_apart else None, unit=found.briefing.unit)


def show(request, found, form, status=200):
    decision = getattr(found, "decision", None)
    writes = found.briefing.can_be_written_by(request.user)
    told = told_in(found)
    return render(
        request,
        "reports/recommendation.html",
        {
            "recommendation": found,
            "told": told,
            "form": form,
            "decision": decision,
            "return_visit": decision and decision.going_back,
            "observation": observation_for(request.user, decision),
            "writes": writes,
            "may_mark": bool(decision and decision.promises and not decision.done_on and writes),
        },
        status=status,
    )


def observation_for(user, decision):
    """The observation of going back, for whoever writes briefings and can read it; else None."""
    back = decision and decision.going_back
    if back is None or back.observation_id is None or not user.can(Act.WRITE_BRIEFINGS):
        return None
    return Observation.objects.visible_to(user).filter(pk=back.observation_id).first()


def told_in(recommendation):
    """The recommendation as the issued briefing puts it."""
    section = next(
        each for each in recommendation.briefing.content["sections"] if each["key"] == "asks"
    )
    return next(each for each in section["asks"] if each["number"] == recommendation.number)


def decided(request, found):
    form = form_of(found, request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    given = {name: form.cleaned_data[name] for name in ("answer", "reason", "act_by")}
    try:
        actions.decide_recommendation(recommendation=found, by=request.user, **given)
    except NotNow:
        not_done(request, "It was answered before, or asked again in a later version.")
    else:
        messages.success(request, "Your decision is saved. The next briefing shows it.")
    return redirect(found)


@shown_and_sent
@keeps_typed
def mark_done(request, pk):
    """A practice leader says that what was promised has happened."""
    found = seen_recommendation(request, pk)
    if not found.briefing.can_be_written_by(request.user):
        raise PermissionDenied
    decision = getattr(found, "decision", None)
    if decision is None or not decision.promises or decision.done_on:
        if request.method == "POST":
            not_done(request, "It is marked as done already, or there is nothing to mark.")
        return redirect(found)
    data = request.POST if request.method == "POST" else take_typed(request)
    form = DoneForm(data, unit=found.briefing.unit)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"decision": decision, "by": request.user}
        said = "Marked as done. The next briefing tells it."
        return press(request, found, said, actions.mark_done, **given)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "reports/mark_done.html", {"recommendation": found, "form": form}, status=status
    )
