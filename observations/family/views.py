"""The observer's side of family cards: made, shown to be handed over, printed, cancelled."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from observations.family import actions, languages
from observations.family.drawing import qr_code
from observations.family.forms import QUESTIONS, LanguageForm, MakeForm, TextsForm
from observations.family.links import answer_address, is_known, withdrawal_address
from observations.family.public import numbers_of
from observations.family.wordings import (
    ENGLISH,
    in_language,
    is_whole,
    wording_of,
    wordings_for,
)
from observations.fetching import asked_for
from observations.life import Do
from observations.models import FamilyCard, FamilyCardLanguage, Passage
from observations.notes.reading import family_cards_of, passages_read
from observations.redaction.offering import with_offers
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act


@shown_and_sent
def cards(request, key):
    """The cards of an observation, and one more."""
    observation = asked_for(request, key, Do.ASK_FAMILY)
    offered = wordings_for(observation.unit)
    form = MakeForm(request.POST if request.method == "POST" else None, wordings=offered)
    if form.is_valid():
        made = actions.make(observation=observation, by=request.user, **form.cleaned_data)
        messages.success(request, "The card is made. Hand it over or print it.")
        return redirect("observations:family_card", observation.key, made.pk)
    found = FamilyCard.objects.visible_to(request.user).filter(observation=observation)
    cards = found.select_related("observation__unit").order_by("-made_at", "-pk")
    context = {"observation": observation, "cards": cards, "form": form}
    status = 422 if form.is_bound else 200
    if observation.is_draft:  # whose own page shows what is left to do
        context |= in_draft(observation, request.user)
    return render(request, "observations/family/cards.html", context, status=status)


def in_draft(observation, user):
    """What families said of a draft, with the name checks in it."""
    passages = passages_read(observation, user)
    theirs = observation.redactions.filter(passage__kind=Passage.Kind.FAMILY)
    return {
        "family_cards": family_cards_of(observation),
        "passages": passages,
        "redactions": with_offers(observation, theirs.open()),
        "replaced": theirs.replaced(),
        "wordings": observation.framework_version.wordings,
        "may_code": False,
    }


def card_of(request, key, pk):
    observation = asked_for(request, key, Do.ASK_FAMILY)
    found = FamilyCard.objects.visible_to(request.user).select_related("observation__unit")
    return get_object_or_404(found, pk=pk, observation=observation)


@require_safe
def card(request, key, pk):
    """One card to hand over: its QR code and its link, for as long as it can be used."""
    return show(request, card_of(request, key, pk), "observations/family/hand_over.html")


@require_safe
def paper(request, key, pk):
    """The card on paper, with a part that the family keeps."""
    card = card_of(request, key, pk)
    if not (card.is_open and is_known(card)):
        return redirect("observations:family_card", key, pk)
    back = withdrawal_address(request, card)
    words = wording_of(card.unit, card.language)
    return show(
        request,
        card,
        "observations/family/paper.html",
        wording=words,
        last_day=words.day(card.last_day),
        questions=[getattr(words, name) for name in QUESTIONS],
        answers=[(value, getattr(words, value)) for value in FamilyCard.Answer.values],
        numbers=numbers_of(card.unit),
        back=back,
        back_code=qr_code(back),
    )


def show(request, card, template, **more):
    can_be_used = card.is_open and is_known(card)
    address = answer_address(request, card) if can_be_used else ""
    context = {
        "observation": card.observation,
        "card": card,
        "address": address,
        "code": qr_code(address) if address else "",
        **more,
    }
    return render(request, template, context)


@require_POST
def cancel(request, key, pk):
    card = card_of(request, key, pk)
    said = "The card is cancelled. Nobody can answer it any more."
    given = {"card": card, "by": request.user}
    to = reverse("observations:family_cards", args=[card.observation.key])
    return press(request, to, said, actions.cancel, **given)


@shown_and_sent
@keeps_typed
def card_languages(request):
    """The languages of the organisation's cards, and one more."""
    organisation = kept_organisation(request)
    form = LanguageForm(sent_or_kept(request), instance=FamilyCardLanguage(unit=organisation))
    if request.method == "POST" and form.is_valid():
        made = languages.add(unit=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, f"{made} is added. Translate every text, then cards offer it.")
        return redirect(made)
    kept = FamilyCardLanguage.objects.visible_to(request.user).filter(unit=organisation)
    rows = [(each, len(in_language(each))) for each in kept.prefetch_related("texts")]
    context = {
        "organisation": organisation,
        "rows": sorted(rows, key=lambda row: row[0].name),
        "of": len(ENGLISH),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "observations/family/languages.html", context, status=status)


def kept_organisation(request):
    """Whoever keeps the frameworks of a whole organisation keeps the words of its cards."""
    organisation = request.user.organisation
    if organisation.pk not in request.user.reach(Act.KEEP_FRAMEWORKS):
        raise Http404
    return organisation


def kept_language(request, pk):
    return get_object_or_404(FamilyCardLanguage.objects.visible_to(request.user), pk=pk)


@shown_and_sent
@keeps_typed
def card_language(request, pk):
    """Every text of the card, to be translated."""
    language = kept_language(request, pk)
    form = TextsForm(sent_or_kept(request), language=language)
    if request.method == "POST" and form.is_valid():
        languages.translate(language=language, by=request.user, said=form.said)
        left = len(ENGLISH) - len(form.said)
        messages.success(request, told_of(left))
        return redirect(language)
    context = {"language": language, "form": form, "is_whole": is_whole(in_language(language))}
    status = 422 if request.method == "POST" else 200
    return render(request, "observations/family/language.html", context, status=status)


def told_of(left):
    if not left:
        return "Saved. Every text is translated: cards offer this language now."
    texts = "1 text is" if left == 1 else f"{left} texts are"
    return f"Saved. {texts} not translated yet, so no card offers this language."


@require_POST
def remove_language(request, pk):
    language = kept_language(request, pk)
    said = f"{language} is removed."
    given = {"language": language, "by": request.user}
    to = reverse("observations:family_languages")
    return press(request, to, said, languages.remove, **given)
