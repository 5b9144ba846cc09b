"""Beside the token of Django each form has a number of its own, so that pressed twice is once;
those whose words are kept say for whom their page was made, and in which window."""

from uuid import uuid4

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe

from practicelens.people import kept_words, presses, two_windows

register = template.Library()


@register.filter
def paragraphs(text):
    """What someone wrote, in paragraphs that each run the way of their own words."""
    return mark_safe(linebreaks(str(text), autoescape=True).replace("<p>", '<p dir="auto">'))


HIDDEN = '<input type="hidden" name="{}" value="{}">'


class StampedTokenNode(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        request = context.get("request")
        if not token or request is None or not request.user.is_authenticated:
            return token
        token += format_html(HIDDEN, presses.PRESS, uuid4())
        if not keeps_words(request):
            return token
        about = getattr(request, "made_to_write_in", "")
        stamp = format_html(HIDDEN, kept_words.STAMP, kept_words.stamp_for(request.user, about))
        stamp += format_html(HIDDEN, two_windows.WINDOW, two_windows.window_of_page(request))
        taken = getattr(request, "kept_words", None)
        taken = taken.first() if taken is not None else None
        return token + stamp + (format_html(HIDDEN, kept_words.TAKEN, taken.pk) if taken else "")


def keeps_words(request):
    match = getattr(request, "resolver_match", None)
    return bool(match and getattr(match.func, "keeps_typed", False))


@register.tag
def csrf_token(parser, token):
    """Takes the place of Django's own tag, in every template."""
    return StampedTokenNode()
