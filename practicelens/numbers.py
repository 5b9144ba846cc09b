"""Numbers in the middle of a sentence, and numbers that were sent."""

from django.contrib.humanize.templatetags.humanize import apnumber


def count_words(number):
    """A count as a word up to nine, "no" where there is none, and from ten on as a figure."""
    return str(apnumber(number)) if number else "no"


def plural(count, noun, nouns=""):
    """Such as 1 observation or 5 observations."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def in_a_row(words):
    """One, two and three."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def lowered(label):
    """A label as it stands in the middle of a sentence."""
    return label[:1].lower() + label[1:]


def number_sent(text, otherwise=0):
    """A whole number as an address or a form sends it; for anything else 0, which no row has."""
    digits = str(text)
    is_number = digits.isascii() and digits.isdecimal() and len(digits) < 19
    return int(digits) if is_number else otherwise
