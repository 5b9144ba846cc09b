"""Looking for names in a text as it is typed: nothing of it is kept, and nothing of it is logged."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from observations import identifiers
from observations.finding_identifiers import known_lately
from observations.models import Observation
from observations.templatetags.quoting import question
from practicelens.people.permissions import Act

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
    return (
        user.can(Act.WRITE_OBSERVATIONS)
        or Observation.objects.filter(observer=user).exists()
        or Observation.objects.shared_with(user).filter(answer=None).exists()
    )


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
