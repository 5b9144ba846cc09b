"""Numbers in the middle of a sentence."""

from django.contrib.humanize.templatetags.humanize import apnumber


def count_words(number):
    """A count as a word up to nine, "no" where there is none, and from ten on as a figure."""
    return str(apnumber(number)) if number else "no"


def plural(count, noun, nouns=""):
    """Such as 1 note or 5 notes."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def in_a_row(words):
    """One, two and three."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
