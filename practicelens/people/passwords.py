"""Passwords that are easily guessed, or that were among those stolen elsewhere, are refused.

The lists are those of the package zxcvbn; nothing is asked of anybody outside.
"""

import re

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

LOOKED_AT = 72  # characters; longer ones cost time and change nothing
STRONG = 4  # of 4: more than ten thousand million guesses
FEW = 8  # characters
STOLEN = frozenset(FREQUENCY_LISTS["passwords"])

EASY = "This password is easy to guess. Take three or four words that have nothing to do with each other"
KNOWN = "This password is on lists of stolen passwords. Take another"


class HardToGuess:
    """A password that resists someone who knows the lists, the person and the product."""

    def validate(self, password, user=None):
        if password.lower() in STOLEN:
            raise ValidationError(KNOWN, code="stolen")
        known = about(user)
        found = zxcvbn(password[:LOOKED_AT], user_inputs=known)
        if found["score"] < STRONG or is_mostly(known, password):
            raise ValidationError(EASY, code="easy")

    def get_help_text(self):
        return "Three or four words that have nothing to do with each other are good."


def about(user):
    """What someone who knows the person would try first."""
    told = f"{user.name} {user.email} {user.post}" if user else ""
    return ["practicelens", "practice", "lens", *re.findall(r"\w+", told.lower())]


def is_mostly(known, password):
    """Whether little is left of a password without what is known of the person."""
    left = password.lower()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "") if len(word) > 2 else left
    return len(left) < min(FEW, len(password))
