"""An observation on paper for supervision, and a copy of all that is held on a person."""

import json

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from observations.fetching import visible_observation, with_all_that_is_read
from observations.notes.views.pages import open_shared
from observations.on_record import notes_downloaded
from observations.papers import held, paper
from observations.papers.content import content_of
from observations.papers.sending import sent
from practicelens.people.models import know_zones


@require_safe
def observation_pdf(request, key):
    """One observation that counts on a page or two, as its reader reads it; the download is logged."""
    found = visible_observation(request, key)
    if not found.is_counted:
        raise PermissionDenied
    observation = with_all_that_is_read(request, found)
    open_shared(observation, request.user)
    told = content_of(observation, request.user)
    notes_downloaded(request.user, [observation])
    data = paper.pdf(
        lang=observation.unit.language,
        title=told["title"],
        kicker=f"Observation, {paper.day_words(told['day'])}",
        lede="For learning about practice, never for judging a person’s capability.",
        parts=paper.parts_of(told),
    )
    return sent(data, "application/pdf", f"observation-{told['day']}.pdf")


@require_safe
def held_json(request):
    """All that is held on whoever is signed in, for a program."""
    told = copied(request)
    data = json.dumps(told, ensure_ascii=False, indent=1)
    return sent(data, "application/json", "my-data.json")


@require_safe
def held_pdf(request):
    """The same on paper."""
    told = copied(request)
    data = held.on_paper(told, request.user.organisation.language)
    return sent(data, "application/pdf", "my-data.pdf")


def copied(request):
    """The copy; that the person took their own observations away is on record, and they are opened."""
    observations = held.of_practice(request.user)
    know_zones(each.unit for each in observations)
    for each in observations:
        open_shared(each, request.user)
    told = held.copy_of(request.user, observations)
    notes_downloaded(request.user, observations)
    return told
