"""Words that may name someone: replaced, or kept with a reason, by whoever wrote them."""

import json
import logging
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from observations import identifiers
from observations.life import Do
from observations.models import Observation, Redaction
from observations.models.redaction import HOLDERS
from observations.redaction import actions, remembering
from observations.redaction.finding import MOST_KEPT, known_lately
from observations.redaction.offering import offer_for
from observations.redaction.remembering import Known
from observations.redaction.replacing import CannotBePlaced
from observations.templatetags.quoting import question
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

log = logging.getLogger(__name__)
LONGEST = 20_000  # characters looked through at once, some ten pages
TOO_LONG = "This is too long to look through as you type. Look through it for names yourself."
LONGEST_WORD = Redaction._meta.get_field("replacement").max_length
NO_ROLE = f"Write at most {LONGEST_WORD} letters in place of a name."
COULD_NOT = "Names could not be looked for just now."


@sensitive_post_parameters()
@require_POST
def look(request):
    """What in a text may name someone, and what is rare: places and reasons, never the text.

    With them go the roles that may be there; `note` is the observation that is being written,
    `given` the roles that its page gave and the observation may not know yet.
    """
    if not writes(request.user):
        raise PermissionDenied
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        return JsonResponse({"error": TOO_LONG}, status=413)
    people, places = known_lately()
    known = Known(own_note(request), given_on_page(request))
    try:
        return JsonResponse(seen_in(text, people, places, known))
    except identifiers.CouldNotLook as fault:
        log.warning("Names could not be looked for as they were typed: %s", fault)
        return JsonResponse({"could_not_look": COULD_NOT})


def own_note(request):
    """The observation that the page is part of, if it is in the person's hands; else none."""
    try:
        key = uuid.UUID(request.POST.get("note", ""))
    except ValueError:
        return None
    return Observation.objects.in_hands_of(request.user).filter(key=key).first()


def given_on_page(request):
    """The (words, kind, role) that the page says it gave; what is no such list is none."""
    try:
        given = json.loads(request.POST.get("given", "[]")[:LONGEST])
    except ValueError:
        return []
    rows = given if isinstance(given, list) else []
    return [tuple(row) for row in rows if is_given(row)]


def is_given(row):
    of_text = isinstance(row, list) and len(row) == 3 and all(isinstance(each, str) for each in row)
    return of_text and len(row[0]) <= MOST_KEPT and len(row[2]) <= LONGEST_WORD


@sensitive_post_parameters()
@require_POST
def remember_role(request, key):
    """Remember which role a writer put in a name's place as they typed; none, if they took it back."""
    notes = Observation.objects.in_hands_of(request.user).filter(withdrawn_at=None)
    observation = get_object_or_404(notes, key=key)
    words, kind, role = (request.POST.get(name, "") for name in ("words", "kind", "role"))
    if not words or not is_given([words, kind, role]) or "\x00" in role:
        return JsonResponse({"error": NO_ROLE}, status=422)
    if role:
        remembering.give(observation=observation, words=words, kind=kind, role=role)
    else:
        remembering.forget(observation=observation, words=words, kind=kind)
    return JsonResponse({})


def writes(user):
    """Whoever writes observations, or has one to reply to or to add to the reply."""
    shared = Observation.objects.shared_with(user)
    to_answer = shared.filter(Q(reply=None) | Q(quoted_at=None))
    return user.can(Act.WRITE_OBSERVATIONS) or to_answer.exists()


def seen_in(text, people, places, known):
    found = identifiers.find(text, people=people, allow=places)
    return {
        "findings": [finding_of(text, each, known) for each in found],
        "rare": [each._asdict() for each in identifiers.rare_features(text)],
    }


def finding_of(text, each, known):
    """One place that may name someone: what is asked, what may be there, and in which form."""
    standing = identifiers.Standing(
        each.words, each.kind, each.suggestion, text, each.start, each.end
    )
    offered = offer_for(standing, (), known)
    return {
        "start": each.start,
        "end": each.end,
        "kind": question(each.kind),
        "code": each.kind,
        "likely": offered.likely,
        "more": offered.more,
        "written": {
            role: identifiers.as_needed(role, identifiers.needs(text, each)) for role in offered.all
        },
    }


@require_POST
def settle(request, pk):
    """Say what to do with words that may name someone: replace them, or keep with a reason.

    A role that the page offered is refused where it stands for someone else by now; a writer's own
    words are theirs, and two names with the same words are one person's.
    """
    redaction = own_redaction(request, pk)
    asked = list(asked_with(redaction))
    try:
        level, told = settle_as_sent(request, redaction)
    except NotNow:
        level, told = messages.SUCCESS, "That is settled already."
    return tell(request, redaction, level, told, next_of(redaction, asked))


def settle_as_sent(request, redaction):
    """What became of it, as a message: its level and its words."""
    how, word = request.POST.get("how"), request.POST.get("word", "").strip()
    if how == "keep":
        return settle_by_keeping(request, redaction)
    if how == "role" and is_taken(redaction, word):
        told = f"“{word}” stands for someone else in this observation. Choose another role."
        return messages.ERROR, told
    return settle_by_replacing(request, redaction, word)


def is_taken(redaction, role):
    known = Known(redaction.observation)
    taken = known.taken(redaction.words, redaction.kind)
    return identifiers.bare(role) in map(identifiers.bare, taken)


@require_POST
def put_back(request, pk):
    """Undo a replacement: the words stand in the text again, and are to be settled anew."""
    redaction = own_redaction(request, pk)
    level, place = messages.SUCCESS, f"name-{redaction.pk}"
    try:
        actions.put_back(redaction=redaction, by=request.user)
        told = "Put back. It must be settled before this is shared or quoted."
    except NotNow:
        told, place = "That is put back already.", "names"
    except CannotBePlaced:
        level, place = messages.ERROR, "names"
        told = (
            f"“{redaction.replacement}” can’t be told apart in the text any more, so nothing was "
            "put back. Write the word yourself where it belongs."
        )
    return tell(request, redaction, level, told, place)


def own_redaction(request, pk):
    """A finding in what the person wrote: an observation in their hands, or their reply to one."""
    own = Redaction.objects.written_by(request.user).select_related("observation", *HOLDERS)
    found = get_object_or_404(own, pk=pk)
    do = Do.SETTLE_REPLY if found.is_in_reply else Do.SETTLE_NAMES
    if not found.observation.allows(do, request.user):
        raise Http404
    return found


def settle_by_keeping(request, redaction):
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        return messages.ERROR, f"Say why “{redaction.words}” can stay."
    is_shared = actions.keep(redaction=redaction, by=request.user, reason=reason)
    return told_of_sharing(redaction, f"“{redaction.words}” stays, with your reason.", is_shared)


def settle_by_replacing(request, redaction, word):
    if redaction.is_unread:
        return messages.ERROR, "Move this text to another passage, or say why it can stay."
    if not word:
        return messages.ERROR, f"Write the word to put in place of “{redaction.words}”."
    if len(word) > LONGEST_WORD or "\x00" in word:
        return messages.ERROR, NO_ROLE
    is_shared = actions.replace(redaction=redaction, by=request.user, replacement=word)
    return told_of_sharing(redaction, f"Replaced with “{word}”.", is_shared)


def told_of_sharing(redaction, words, is_shared):
    """What is said of a name that was settled, where the sharing waited for it too."""
    practitioner = redaction.observation.practitioner
    more = f" That was the last: it is shared with {practitioner} now." if is_shared else ""
    return messages.SUCCESS, words + more


def asked_with(redaction):
    """The open questions of the page on which this one is, in its order."""
    asked = redaction.observation.redactions.open().in_reply(redaction.is_in_reply)
    if redaction.observation.is_draft:
        asked = asked.filter(passage=redaction.passage_id, voice=redaction.voice_id)
    return asked.values_list("pk", flat=True)


def next_of(redaction, asked):
    """Where the page goes on: at this question if it is open still, or at the one after it."""
    left = set(asked_with(redaction))
    here = asked.index(redaction.pk) if redaction.pk in asked else len(asked)
    in_turn = [*asked[here:], *reversed(asked[:here])]
    place = next((pk for pk in in_turn if pk in left), None)
    return f"name-{place}" if place else "names"


def tell(request, redaction, level, told, place):
    """Back to where the words are, with the message there and not at the top of the page."""
    messages.add_message(request, level, told, extra_tags=place)
    return redirect(f"{page_of(redaction)}#{place}")


def page_of(redaction):
    """The page on which the words stand: the open entry of a draft, its cards, or the observation."""
    observation = redaction.observation
    if not observation.is_draft:
        return observation.get_absolute_url()
    if redaction.is_in_familys_words:
        return reverse("observations:family_cards", args=[observation.key])
    kind, holder = (
        ("passages", redaction.passage) if redaction.passage_id else ("voices", redaction.voice)
    )
    return reverse("observations:entry", args=[observation.key, kind, holder.key])
