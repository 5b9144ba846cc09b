"""Words that may name somebody: replaced, or kept with a reason, by the observer who wrote them."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from observations import identifiers
from observations.life import Do
from observations.models import Observation, Redaction
from observations.redaction import actions
from observations.redaction.finding import known_lately
from observations.redaction.replacing import CannotBePlaced
from observations.templatetags.quoting import question
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

log = logging.getLogger(__name__)
LONGEST = 20_000  # characters looked through at once, some ten pages
TOO_LONG = "This is too long to look through as you type. Look through it for names yourself."
COULD_NOT = "Names could not be looked for just now."


@sensitive_post_parameters()
@require_POST
def look(request):
    """What in a text may name somebody, and what is rare: places and reasons, never the text."""
    if not writes(request.user):
        raise PermissionDenied
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        return JsonResponse({"error": TOO_LONG}, status=413)
    people, places = known_lately()
    try:
        return JsonResponse(seen_in(text, people, places))
    except identifiers.CouldNotLook as fault:
        log.warning("Names could not be looked for as they were typed: %s", fault)
        return JsonResponse({"could_not_look": COULD_NOT})


def writes(user):
    """Whoever writes notes, or has one to answer."""
    to_answer = Observation.objects.shared_with(user).filter(reply=None)
    return user.can(Act.WRITE_OBSERVATIONS) or to_answer.exists()


def seen_in(text, people, places):
    found = identifiers.find(text, people=people, allow=places)
    return {
        "findings": [
            {
                "start": each.start,
                "end": each.end,
                "kind": question(each.kind),
                "suggestion": each.suggestion,
                "written": identifiers.in_sentence(text, each),
            }
            for each in found
        ],
        "rare": [each._asdict() for each in identifiers.rare_features(text)],
    }


LONGEST_WORD = Redaction._meta.get_field("replacement").max_length


@require_POST
def settle(request, pk):
    """Say what to do with words that may name somebody: replace them, or keep with a reason."""
    redaction = own_redaction(request, pk)
    how = request.POST.get("how")
    try:
        if how == "keep":
            settle_by_keeping(request, redaction)
        else:
            word = redaction.suggestion if how == "suggestion" else request.POST.get("word", "")
            settle_by_replacing(request, redaction, word.strip())
    except NotNow:
        messages.success(request, "That is settled already.")
    return redirect(place_of(redaction))


@require_POST
def put_back(request, pk):
    """Undo a replacement: the words stand in the text again, and are to be settled anew."""
    redaction = own_redaction(request, pk)
    try:
        actions.put_back(redaction=redaction, by=request.user)
    except NotNow:
        messages.success(request, "That is put back already.")
    except CannotBePlaced:
        messages.error(
            request,
            f"“{redaction.replacement}” can’t be told apart in the text any more, so nothing was "
            "put back. Write the word yourself where it belongs.",
        )
    else:
        messages.success(request, "Put back. It must be settled before this is shared or quoted.")
    return redirect(place_of(redaction))


def own_redaction(request, pk):
    """A finding in a note that is in the person's hands and not withdrawn."""
    own = Redaction.objects.filter(observation__in=Observation.objects.in_hands_of(request.user))
    found = get_object_or_404(own.select_related("observation", "passage", "voice"), pk=pk)
    if not found.observation.allows(Do.SETTLE_NAMES, request.user):
        raise Http404
    return found


def settle_by_keeping(request, redaction):
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, f"Say why “{redaction.words}” can stay.")
        return
    actions.keep(redaction=redaction, by=request.user, reason=reason)
    messages.success(request, f"“{redaction.words}” stays, with your reason.")


def settle_by_replacing(request, redaction, word):
    if redaction.is_unread:
        messages.error(request, "Move this text to another passage, or say why it can stay.")
        return
    if not word:
        messages.error(request, f"Write the word to put in place of “{redaction.words}”.")
        return
    if len(word) > LONGEST_WORD or "\x00" in word:
        messages.error(request, f"Write at most {LONGEST_WORD} letters in place of a name.")
        return
    actions.replace(redaction=redaction, by=request.user, replacement=word)
    messages.success(request, f"Replaced with “{word}”.")


def place_of(redaction):
    """The page on which the words stand: the open entry of a draft, or the note."""
    observation = redaction.observation
    if not observation.is_draft:
        return observation.get_absolute_url()
    kind, holder = (
        ("passages", redaction.passage) if redaction.passage_id else ("voices", redaction.voice)
    )
    return reverse("observations:entry", args=[observation.key, kind, holder.key])
