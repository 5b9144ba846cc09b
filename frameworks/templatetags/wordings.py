"""A framework's words on a page, in the language that the reader chose."""

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html

from frameworks.languages import wordings

register = template.Library()

register.filter(wordings.said)
register.filter("attributes", flatatt)


@register.filter
def lang_of(words):
    """The `lang` of words in a list's option, where they are in a language of their own."""
    tag = getattr(words, "tag", "")
    return format_html(' lang="{}" dir="auto"', tag) if tag else ""


@register.simple_block_tag(takes_context=True)
def readable(context, content, version, form="", then="", outside=False):
    """What is in it can be read in the version's second language: the choice comes first.

    The choice is drawn last, since only then it is known how much is missing. `form` is the id of
    a form on the page that saves what is typed, and `then` what its own first button says. Outside
    nothing is remembered of anybody, and the choice is an address.
    """
    language = getattr(version, "second_language", None)
    if language is None:
        return content
    given = {
        "language": language,
        "wordings": version.wordings,
        "request": context["request"],
        "form": form,
        "then": then,
        "csrf_token": context.get("csrf_token"),
    }
    name = "frameworks/_read_outside_in.html" if outside else "frameworks/_read_in.html"
    choice = context.template.engine.get_template(name)
    return choice.render(context.new(given)) + content
