"""Numbers in the middle of a sentence."""

from django.contrib.humanize.templatetags.humanize import apnumber


def count_words(number):
    """A count as a word up to nine, "no" where there is none, and from ten on as a figure."""
    return str(apnumber(number)) if number else "no"
