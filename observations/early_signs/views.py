"""The lane of weak signals: single sightings that wait until a person decides about them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frameworks.models import Theme
from observations.early_signs import actions
from observations.early_signs.finding import has_too_little
from observations.early_signs.forms import JoinForm, KeepForm, LaneFilter, ParkForm
from observations.mentions.quotes import beside, pieces_of
from observations.models import WeakSignal
from observations.on_record import passages_shown
from observations.refusals import NotNow
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.permissions import Act

PER_PAGE = 20
Reason = WeakSignal.Reason


@require_safe
def lane(request):
    """What waits first, then what was kept; joined and parked by filter."""
    user = request.user
    if not user.can(Act.DECIDE_SIGNALS):
        raise Http404
    form = LaneFilter(request.GET, user=user)
    mine = WeakSignal.objects.visible_to(user)
    page = Paginator(form.filter(mine).for_lane(), PER_PAGE).get_page(request.GET.get("page"))
    last = request.session.get("last_signal")
    passages_shown(user, [signal.passage for signal in page.object_list])
    return render(
        request,
        "observations/signals.html",
        {
            "form": form,
            "page": page,
            "shown": [shown(signal) for signal in page.object_list],
            "waiting": mine.open().count(),
            "last": mine.exclude(state=WeakSignal.State.OPEN).filter(pk=last).first(),
            "has_too_little": has_too_little(user),
        },
    )


def shown(signal):
    """A signal with what its page says of it."""
    before, after = beside(signal)
    return {
        "signal": signal,
        "pieces": pieces_of(signal),
        "before": before,
        "after": after,
        "why": [words_of(reason, signal) for reason in signal.reasons],
        "again": seen_again(signal),
    }


def words_of(reason, signal):
    """Why it is there, and how alone it is: Words of shame: “ashamed”, “laughed at”."""
    label = Reason(reason["kind"]).label
    if reason["kind"] == Reason.ODD:
        return f"Unlike anything in {reason['among']} sentences written before it"
    if reason["kind"] == Reason.LIKE and signal.like:
        earlier = signal.like
        day = earlier.passage.observation.observed_on
        return f"Like one of {day.day} {day:%B %Y}. That one: {earlier.get_state_display().lower()}"
    text = signal.passage.text
    words = ", ".join(f"“{text[start:end]}”" for start, end in reason["words"])
    return f"{label}: {words}" if words else label


def seen_again(signal):
    """The last time that something like it was seen, and whether by another observer."""
    later = (
        signal.seen_again_in.in_lane()
        .select_related("passage__observation")
        .order_by("found_at", "pk")
        .last()
    )
    if later is None:
        return ""
    was, now = signal.passage.observation, later.passage.observation
    who = "the same" if was.observer_id == now.observer_id else "another"
    day = now.observed_on
    return f"Seen again on {day.day} {day:%B %Y} by {who} observer"


def found_signal(request, pk):
    return get_object_or_404(WeakSignal.objects.visible_to(request.user).for_lane(), pk=pk)


@require_safe
def signal(request, pk):
    """One signal, with all that was done about it."""
    return show(request, found_signal(request, pk))


def show(request, signal, act="", form=None, status=200):
    passages_shown(request.user, [signal.passage])
    context = {
        "signal": signal,
        "shown": shown(signal),
        "steps": signal.steps.select_related("by", "theme").order_by("at", "pk"),
        "act": act,
        "form": form,
    }
    return render(request, "observations/signal.html", context, status=status)


ACTS = {"keep": actions.keep, "join": actions.join, "park": actions.park}


@shown_and_sent
@keeps_typed
def settle(request, pk, act):
    """Keep it, join it to a theme, or park it: one form, and then back to the lane."""
    if act not in ACTS:
        raise Http404
    signal = found_signal(request, pk)
    sent = request.method == "POST"
    form = form_for(act, signal, request.POST if sent else take_typed(request))
    if not (sent and form.is_valid()):
        return show(request, signal, act, form, status=422 if sent else 200)
    try:
        ACTS[act](signal=signal, by=request.user, **form.cleaned_data)
    except NotNow:
        messages.error(
            request, "Somebody decided about it meanwhile. Open it again to change that."
        )
        return redirect("observations:signal", signal.pk)
    request.session["last_signal"] = signal.pk
    return redirect("observations:signals")


def form_for(act, signal, data):
    if act == "join":
        return JoinForm(data, themes=Theme.objects.for_unit(signal.passage.observation.unit))
    return {"keep": KeepForm, "park": ParkForm}[act](data)


@require_POST
def undo(request, pk):
    """Open it again, as it was before anybody decided."""
    signal = found_signal(request, pk)
    try:
        actions.undo(signal=signal, by=request.user)
    except NotNow:
        messages.error(request, "It is open already.")
    else:
        messages.success(request, "It is open again, and waits in the lane.")
    return redirect("observations:signal", signal.pk)
