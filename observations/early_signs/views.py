"""The lane of early signs: single sightings that wait until a person decides about them."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks.models import Theme
from observations.early_signs import actions
from observations.early_signs.finding import has_too_little
from observations.early_signs.forms import AddToThemeForm, CloseForm, KeepOpenForm, LaneFilter
from observations.mentions.quotes import beside, pieces_of
from observations.models import EarlySign
from observations.on_record import passages_shown
from practicelens.once import press, tell
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.permissions import Act
from practicelens.people.refusals import not_done
from practicelens.refusals import AlreadySo, NotNow

PER_PAGE = 20
Reason = EarlySign.Reason


@require_safe
def lane(request):
    """What waits first, then what is kept open; added and closed by filter."""
    user = request.user
    if not user.can(Act.DECIDE_EARLY_SIGNS):
        raise Http404
    form = LaneFilter(request.GET, user=user)
    mine = EarlySign.objects.visible_to(user)
    page = Paginator(form.filter(mine).for_lane(), PER_PAGE).get_page(request.GET.get("page"))
    last = request.session.get("last_early_sign")
    passages_shown(user, [early_sign.passage for early_sign in page.object_list])
    return render(
        request,
        "observations/early_signs.html",
        {
            "form": form,
            "page": page,
            "shown": [shown(early_sign) for early_sign in page.object_list],
            "waiting": mine.open().count(),
            "last": mine.exclude(state=EarlySign.State.OPEN).filter(pk=last).first(),
            "has_too_little": has_too_little(user),
        },
    )


def shown(early_sign):
    """An early sign with what its page says of it."""
    before, after = beside(early_sign)
    return {
        "early_sign": early_sign,
        "pieces": pieces_of(early_sign),
        "before": before,
        "after": after,
        "why": [words_of(reason, early_sign) for reason in early_sign.reasons],
        "again": seen_again(early_sign),
    }


def words_of(reason, early_sign):
    """Why it is there, and how alone it is: Words of shame: “ashamed”, “laughed at”."""
    label = Reason(reason["kind"]).label
    if reason["kind"] == Reason.ODD:
        return f"Unlike anything in {reason['among']} sentences written before it"
    if reason["kind"] == Reason.LIKE and early_sign.like:
        earlier = early_sign.like
        day = earlier.passage.observation.observed_on
        return f"Like one of {day.day} {day:%B %Y}. That one: {earlier.get_state_display().lower()}"
    text = early_sign.passage.text
    words = ", ".join(f"“{text[start:end]}”" for start, end in reason["words"])
    return f"{label}: {words}" if words else label


def seen_again(early_sign):
    """The last time that something like it was seen, and whether by another observer."""
    later = (
        early_sign.seen_again_in.in_lane()
        .select_related("passage__observation")
        .order_by("found_at", "pk")
        .last()
    )
    if later is None:
        return ""
    was, now = early_sign.passage.observation, later.passage.observation
    who = "the same" if was.observer_id == now.observer_id else "another"
    day = now.observed_on
    return f"Seen again on {day.day} {day:%B %Y} by {who} observer"


def found_early_sign(request, pk):
    return get_object_or_404(EarlySign.objects.visible_to(request.user).for_lane(), pk=pk)


@require_safe
def early_sign(request, pk):
    """One early sign, with all that was done about it."""
    return show(request, found_early_sign(request, pk))


def show(request, early_sign, act="", form=None, status=200):
    passages_shown(request.user, [early_sign.passage])
    context = {
        "early_sign": early_sign,
        "shown": shown(early_sign),
        "steps": early_sign.steps.select_related("by", "theme").order_by("at", "pk"),
        "act": act,
        "form": form,
    }
    return render(request, "observations/early_sign.html", context, status=status)


ACTS = {
    "keep-open": actions.keep_open,
    "add-to-theme": actions.add_to_theme,
    "close": actions.close,
}


@shown_and_sent
@keeps_typed
def settle(request, pk, act):
    """Keep it open, add it to a theme, or close it: one form, and then back to the lane."""
    if act not in ACTS:
        raise Http404
    early_sign = found_early_sign(request, pk)
    sent = request.method == "POST"
    form = form_for(act, early_sign, request.POST if sent else take_typed(request))
    if not (sent and form.is_valid()):
        return show(request, early_sign, act, form, status=422 if sent else 200)
    try:
        ACTS[act](early_sign=early_sign, by=request.user, **form.cleaned_data)
    except AlreadySo as so:
        tell(request, so)
    except NotNow:
        not_done(
            request, "Someone decided about it since you opened it. Open it again to change that."
        )
        return redirect("observations:early_sign", early_sign.pk)
    request.session["last_early_sign"] = early_sign.pk
    return redirect("observations:early_signs")


def form_for(act, early_sign, data):
    if act == "add-to-theme":
        return AddToThemeForm(
            data, themes=Theme.objects.for_unit(early_sign.passage.observation.unit)
        )
    return {"keep-open": KeepOpenForm, "close": CloseForm}[act](data)


@require_POST
def undo(request, pk):
    """Open it again, as it was before anybody decided."""
    early_sign = found_early_sign(request, pk)
    to = reverse("observations:early_sign", args=[early_sign.pk])
    said = "It is open again, and waits in the lane."
    return press(request, to, said, actions.undo, early_sign=early_sign, by=request.user)
