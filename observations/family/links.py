"""The two links of a card: one to answer it by, one to take the words back by.

Each is made from the card's key with the key of this installation, so that a page can show it
again; the database has its fingerprint alone. 26 letters of 31 are 128 bits.
"""

from hashlib import sha256

from django.urls import reverse
from django.utils.crypto import salted_hmac

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper
LENGTH = 26


def code_of(card, salt):
    number = int.from_bytes(salted_hmac(salt, card.key.hex, algorithm="sha256").digest())
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        letters.append(LETTERS[at])
    return "".join(letters)


def answer_code(card):
    return code_of(card, "observations.family.answer")


def withdrawal_code(card):
    return code_of(card, "observations.family.withdrawal")


def fingerprint(code):
    """Of a code as it was typed: large letters are small ones."""
    return sha256(code.strip().lower().encode()).hexdigest()


def seal(card):
    """Give a card the fingerprints of its two links, made from its key."""
    card.link_hash = fingerprint(answer_code(card))
    card.withdrawal_hash = fingerprint(withdrawal_code(card))
    return card


def is_known(card):
    """Whether its links still lead to it: not after this installation got another key."""
    return fingerprint(answer_code(card)) == card.link_hash


def answer_address(request, card):
    return request.build_absolute_uri(reverse("family:card", args=[answer_code(card)]))


def withdrawal_address(request, card):
    return request.build_absolute_uri(reverse("families:words", args=[withdrawal_code(card)]))
