"""How alike two texts are, by the words they share."""

import re
from collections import Counter

# A new criterion is suggested to come from an old one when so much of the words is alike.
LIKE_ENOUGH = 0.6


def counted_words(text):
    return Counter(re.findall(r"\w+", text.lower()))


def in_common(first, second):
    """The share of words that two texts have in common, from 0 to 1, by their counted words."""
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 0
