"""Words of a text with some of them marked."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

# What to ask of a finding, by its kind; anything else may be a name.
QUESTIONS = {
    "email": "Is this someone’s email address?",
    "phone": "Is this someone’s phone number?",
    "postcode": "Is this where someone lives?",
    "address": "Is this where someone lives?",
    "date_of_birth": "Is this a date that points at someone?",
    "date": "Is this a date that points at someone?",
    "school": "Does this school point at someone?",
    "place": "Does this place point at someone?",
    "initials": "Are these someone’s initials?",
    "other_script": "These letters can’t be read here. Is this a name?",
    "unread": "This could not be looked through. Does it name anybody?",
    "nhs_number": "Is this an NHS number?",
    "nhi_number": "Is this an NHI number?",
    "ird_number": "Is this a tax number?",
    "national_insurance": "Is this a National Insurance number?",
    "long_number": "Does this number belong to someone?",
    "person": "Is this a colleague’s name?",
}

REACH = 40  # characters shown on each side of a finding


@register.filter
def question(kind):
    return QUESTIONS.get(kind, "Is this a name?")


@register.simple_tag
def around(text, start, end):
    """The words between start and end, marked, with a little of what is around them."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if start > REACH:
        before = f"…{before.partition(' ')[2]}"
    if end + REACH < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return format_html('{}<mark class="pl-found">{}</mark>{}', before, text[start:end], after)


@register.simple_tag
def highlighted(pieces):
    """Pieces of text, each (words, whether to mark them), as one line."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<mark class="pl-found">{}</mark>', words) if is_found else words,)
            for words, is_found in pieces
        ),
    )


@register.simple_tag
def found_words(headline):
    """A search headline, with the words between ⟦ and ⟧ marked."""
    pieces = []
    for part in headline.split("⟦"):
        found, closed, rest = part.partition("⟧")
        pieces += [(found, True), (rest, False)] if closed else [(part, False)]
    return highlighted(pieces)


@register.filter
def of_passage(mentions, passage):
    """The mentions of one passage out of a dictionary by passage."""
    return mentions.get(passage.pk, [])


@register.filter
def of_theme(shares, theme):
    """How often suggestions for a theme are right, out of a dictionary by theme."""
    return shares[theme.pk].sentence if theme.pk in shares else ""
