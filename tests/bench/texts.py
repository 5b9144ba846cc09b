"""Passages put together from sentences that were made up for the bench: the more, the more differ."""

import random
from itertools import product

WHO = ["Mum", "Dad", "his aunt", "the foster carer", "Nan", "her brother", "the grandfather"]
WHERE = [
    "in the kitchen",
    "at the school gate",
    "on the stairs",
    "in the small room",
    "by the door",
]
WHEN = ["before anybody sat down", "after ten minutes", "twice", "only at the end", "at once"]

SENTENCES = [
    "{who} was asked first, {where}, and spoke {when}.",
    "The form timed out {when}, and {who} waited {where}.",
    "{who} said it in their own words, and those words were written down {when}.",
    "Nobody had told {who} what the meeting was for, so it was explained {where}.",
    "The worker sat on the floor {where} and let {who} choose the game.",
    "{who} asked {when} what would happen next, and the plan was drawn on one page.",
    "There was no interpreter, so {who} translated for the others {where}.",
    "The chronology had to be copied by hand {when} while {who} waited.",
    "{who} laughed {where}, and the worker laughed too.",
    "Supervision came back to {who} {when}: what had been seen, and what had been guessed.",
    "The panel wanted the same thing again {when}, and {who} was told to wait.",
    "{who} had made a list {where} of what goes well.",
    "It was put plainly to {who} {when} what worries us and what would change our mind.",
    "The bus was late {when}, and the visit was cut short {where}.",
    "{who} was thanked {where} for ringing {when}.",
    "The laptop lost the note {when}; it was typed again {where}.",
]
SENTENCES_A_PASSAGE = 3


def passages(count, seed):
    """So many texts, no two of them likely the same."""
    dice = random.Random(seed)
    spoken = [
        sentence.format(who=who, where=where, when=when)
        for sentence, who, where, when in product(SENTENCES, WHO, WHERE, WHEN)
    ]
    spoken = [each[0].upper() + each[1:] for each in spoken]
    return [" ".join(dice.sample(spoken, SENTENCES_A_PASSAGE)) for _ in range(count)]
