"""What suggests the themes of passages today, as leaders are told."""

from frameworks.models import Codebook
from observations.learning.precision import Measured
from observations.models import CodingModel
from practicelens.people.models import Unit


def sorted_by(unit):
    """How passages of a unit come to their themes today, in the words that leaders read."""
    below = Unit.objects.below(unit)
    books = {
        *Codebook.objects.for_unit(unit)[:1],
        *Codebook.objects.filter(unit__in=below),
    }
    learned = [is_learned for book in books for is_learned in learned_in(book)]
    return (
        f"{sorted_words(sum(learned), len(learned))} Only what a person has confirmed is counted."
    )


def learned_in(codebook):
    """For each theme in use, whether what was learned suggests it; else words alone do."""
    version = CodingModel.objects.in_use(codebook)
    tried = [Measured.of(version, theme.code) for theme in codebook.themes.in_use()]
    return [each is not None and each.is_learned for each in tried]


def sorted_words(learned, themes):
    words = "words and phrases of the codebook"
    if not themes:
        return "By people alone: there is no codebook."
    if not learned:
        return f"By {words}, on the service’s own computer."
    by = "by what was learned from people’s decisions"
    if learned == themes:
        return f"{by.capitalize()}, on the service’s own computer."
    return (
        f"{learned} of {themes} themes {by}, the others by {words}, on the service’s own computer."
    )
