"""Re-checks in words, and how many wait for someone to decide."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma

from observations.models import Recoding
from practicelens.people.permissions import Act

register = template.Library()


@register.simple_tag(takes_context=True)
def recodings_ready(context):
    """A number for those who can decide; None for anybody else."""
    user = context.request.user
    if not user.is_authenticated or not user.can(Act.LOOK_AFTER_CODING):
        return None
    return Recoding.objects.visible_to(user).ready().count()


@register.simple_tag(takes_context=True)
def codes_passages(context):
    """Whether the person has a queue of suggested themes."""
    return context.request.user.is_authenticated and context.request.user.can(Act.DECIDE_THEMES)


@register.simple_tag
def effect_in_words(added, dropped, changed):
    """What would come, go and change, without the zeros; empty if nothing would."""
    parts = [(added, "more suggested"), (dropped, "no longer"), (changed, "another way")]
    return ", ".join(f"{intcomma(number)} {words}" for number, words in parts if number)
