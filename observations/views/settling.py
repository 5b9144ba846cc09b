"""Words that may name somebody: replaced, or kept with a reason, by the observer who wrote them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from observations import actions
from observations.models import Identifier
from observations.replacing import CannotBePlaced

LONGEST_WORD = Identifier._meta.get_field("replacement").max_length


@require_POST
def settle(request, pk):
    """Say what to do with words that may name somebody: replace them, or keep with a reason."""
    identifier = own_identifier(request, pk)
    how = request.POST.get("how")
    try:
        if how == "keep":
            settle_by_keeping(request, identifier)
        else:
            word = identifier.suggestion if how == "suggestion" else request.POST.get("word", "")
            settle_by_replacing(request, identifier, word.strip())
    except actions.NotNow:
        messages.success(request, "That is settled already.")
    return redirect(place_of(identifier))


@require_POST
def put_back(request, pk):
    """Undo a replacement: the words stand in the text again, and are to be settled anew."""
    identifier = own_identifier(request, pk)
    try:
        actions.put_back_identifier(identifier=identifier, by=request.user)
    except actions.NotNow:
        messages.success(request, "That is put back already.")
    except CannotBePlaced:
        messages.error(
            request,
            f"“{identifier.replacement}” can’t be told apart in the text any more, so nothing was "
            "put back. Write the word yourself where it belongs.",
        )
    else:
        messages.success(request, "Put back. It must be settled before this is shared or quoted.")
    return redirect(place_of(identifier))


def own_identifier(request, pk):
    """A finding in a note of the person's own that is not withdrawn."""
    own = Identifier.objects.filter(
        observation__observer=request.user, observation__withdrawn_at=None
    )
    return get_object_or_404(own.select_related("observation", "passage", "voice"), pk=pk)


def settle_by_keeping(request, identifier):
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, f"Say why “{identifier.words}” can stay.")
        return
    actions.keep_identifier(identifier=identifier, by=request.user, reason=reason)
    messages.success(request, f"“{identifier.words}” stays, with your reason.")


def settle_by_replacing(request, identifier, word):
    if not word:
        messages.error(request, f"Write the word to put in place of “{identifier.words}”.")
        return
    if len(word) > LONGEST_WORD or "\x00" in word:
        messages.error(request, f"Write at most {LONGEST_WORD} letters in place of a name.")
        return
    actions.replace_identifier(identifier=identifier, by=request.user, replacement=word)
    messages.success(request, f"Replaced with “{word}”.")


def place_of(identifier):
    """The page on which the words stand: the open entry of a draft, or the note."""
    observation = identifier.observation
    if not observation.is_draft:
        return observation.get_absolute_url()
    kind, holder = (
        ("passages", identifier.passage) if identifier.passage_id else ("voices", identifier.voice)
    )
    return reverse("observations:entry", args=[observation.key, kind, holder.key])
