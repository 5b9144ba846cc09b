"""The card as a family meets it: no sign-in, no script, nothing kept of who reads it."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from observations.family import actions
from observations.family.forms import CardForm
from observations.family.limits import is_too_often
from observations.family.links import fingerprint, withdrawal_code
from observations.family.wordings import Wording, wording_of, wordings_for
from observations.models import FamilyCard
from practicelens.people.methods import shown_and_sent
from practicelens.people.models import Unit
from practicelens.people.safeguarding.showing import places_in

# Its address opens it: it is told to no other page, found by no search, and kept by no browser.
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


def for_families(view):
    """A page for whoever has its address: whoever sends it needs no session, so no cookie is set."""

    @login_not_required
    @csrf_exempt
    @shown_and_sent
    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return page


def shown(request, template, status=200, wording=None, unit=None, **context):
    """A page in the card's own frame; of what it is about, whom to call is shown with it."""
    words = wording or Wording()
    more = {
        "w": words,
        "numbers": numbers_of(unit) if unit else None,
        "organisation": Unit.objects.above(unit).first() if unit else "",
    }
    return render(request, template, more | context, status=status)


def numbers_of(unit):
    """The emergency number where the unit is, and the telephone numbers of its own steps."""
    place = places_in([unit])[0]
    return {
        "emergency": place.emergency,
        "others": [step for step in place.steps if step.telephone],
    }


def plain(request, title, text, status, wording=None, unit=None):
    words = wording or Wording()
    said = {"title": getattr(words, title), "text": getattr(words, text)}
    return shown(request, "observations/family/plain.html", status, words, unit, **said)


def too_often(request):
    return plain(request, "busy_title", "busy", 429)


def unknown(request):
    if is_too_often(request):
        return too_often(request)
    return plain(request, "unknown_title", "unknown", 404)


@for_families
def answer(request, code):
    """The three questions; answered once. Sent again from the same page, it leads to the same thanks."""
    card = FamilyCard.objects.of_link(fingerprint(code)).first()
    if card is None:
        return unknown(request)
    if request.method == "POST" and is_too_often(request):
        return too_often(request)
    wordings = wordings_for(card.unit)
    wording = wording_of(card.unit, request.GET.get("in", card.language))
    form = CardForm(request.POST if request.method == "POST" else None, wording=wording)
    if form.is_valid():
        try:
            actions.answer(card=card, agreed_to=wording.agree, **form.said)
        except actions.Closed:
            return closed(request, card, wording)
        return redirect(thanks_of(card, wording))
    if not card.is_open:
        return closed(request, card, wording)
    return shown(
        request,
        "observations/family/answer.html",
        422 if form.is_bound else 200,
        wording,
        card.unit,
        last_day=wording.day(card.last_day),
        form=form,
        others=[each for each in wordings if each.tag != wording.tag],
    )


def thanks_of(card, wording):
    """The page that the family keeps, in the language that they answered in."""
    address = reverse("families:words", args=[withdrawal_code(card)])
    return address if wording.tag == card.language else f"{address}?in={wording.tag}"


def closed(request, card, wording):
    return plain(request, "closed_title", "closed", 410, wording, card.unit)
