"""A framework's words on a page, in the language that the reader chose."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def said(text, wordings):
    """A text of a framework version in the reader's words; `wordings` is None for its first.

    What has no words in the language asked for stands as it is, and says that it does.
    """
    if not wordings:
        return text
    found = wordings.said(text)
    if found.is_missing:
        return format_html(
            '{} <span class="pl-first-words">(not in {} yet)</span>', text, wordings.name
        )
    return format_html('<span lang="{}">{}</span>', found.tag, found.words)
