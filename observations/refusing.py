"""What became of an observation that no longer takes what was typed, and where the words can go."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from observations.life import Do
from practicelens.people.permissions import Act
from practicelens.people.refusals import Refusal


def refusal_of(observation, user):
    """What to say to whoever typed something: what became of it, and where the words can go."""
    return Refusal(what_became_of(observation), where_words_can_go(observation, user))


def refusal_of_gone(observation, user):
    """What is told to who wrote in it, and can't even read it by now."""
    because = "This draft was passed on to another observer, so you can’t write in it any more."
    if observation.practitioner_id == user.pk:
        because = (
            "This observation is no longer shared with you, so you can’t reply to it any more."
        )
    own = [("Go to your observations", reverse("observations:list"))]
    return Refusal(because, [*quick_note_for(user), *own])


def what_became_of(observation):
    """Why nothing more can be saved in it, in words."""
    moments = [
        ("was withdrawn", observation.withdrawn_at),
        ("was submitted", observation.submitted_at),
        ("was finished", observation.tried_at),
    ]
    for words, moment in moments:
        if moment:
            return f"This observation {words} {on(moment)}, so it can’t be changed any more."
    return f"You no longer write observations in {observation.unit}, so you can’t change this one."


def on(moment):
    return f"on {date_format(timezone.localtime(moment), 'j F Y')} at {clock(moment)}"


def clock(moment):
    return f"{timezone.localtime(moment):%H:%M}"


def where_words_can_go(observation, user):
    """[(words, address)] of what the person can still do with words for this observation."""
    places = [("Read the observation", observation.get_absolute_url())]
    if observation.allows(Do.CONVERSE, user):
        conversation = reverse("observations:conversation", args=[observation.key])
        places.append(("Put the words into the conversation", conversation))
    return [*places, *quick_note_for(user)]


def quick_note_for(user):
    if not user.can(Act.WRITE_OBSERVATIONS):
        return []
    return [("Start a quick note with them", reverse("observations:quick_note"))]
