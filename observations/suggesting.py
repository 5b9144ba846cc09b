"""Themes suggested for the passages of an observation, read with every identifier masked."""

from dataclasses import replace
from functools import lru_cache

from frameworks.models import Codebook
from observations import coding, identifiers
from observations.coding.model import Model
from observations.finding_identifiers import people_known, places_known
from observations.models import CodingModel, Mention


def suggestions_for(observation):
    """A Mention, not saved, for each theme that each passage speaks to; none without a codebook.

    A passage in which identifiers could not be looked for is not read at all.
    """
    codebook = Codebook.objects.for_unit(observation.unit).first()
    if codebook is None:
        return []
    themes = {theme.code: theme for theme in codebook.themes.in_use()}
    words = engine_codebook(tuple(as_engine_theme(theme) for theme in themes.values()))
    version = CodingModel.objects.in_use(codebook)
    learned = model_of(version.pk) if version else None
    people, places = people_known(), places_known()
    return [
        Mention(
            **observation.place,
            passage=passage,
            theme=themes[found.theme],
            stance=found.stance,
            engine=found.engine,
            model=version if learned and found.theme in learned.themes else None,
            score=found.score,
            start=found.start,
            end=found.end,
            words=[list(pair) for pair in found.words],
        )
        for passage in observation.passages.all()
        for found in suggest(passage.text, words, learned, people, places)
    ]


def suggest(text, codebook, model, people, places):
    """What the engine suggests for a text with its identifiers masked, placed in the text itself."""
    try:
        masked = identifiers.mask(text, identifiers.find(text, people=people, allow=places))
    except identifiers.CouldNotLook:
        return
    for found in coding.suggest(masked.text, codebook, model):
        yield found.moved(masked.to_original)


def masked(text, people, places):
    """A text as the engine reads it."""
    return identifiers.mask(text, identifiers.find(text, people=people, allow=places)).text


@lru_cache(maxsize=8)
def model_of(pk):
    """What a version learned, kept: a trained version never changes."""
    return acting(Model.from_plain(CodingModel.objects.get(pk=pk).content))


def acting(model):
    """A model as it suggests: it hides no keyword by itself, for people decide about the lists."""
    return replace(model, hidden=frozenset())


@lru_cache(maxsize=8)
def engine_codebook(themes):
    """The engine's codebook, kept while the themes say the same: compiling its words takes time."""
    return coding.Codebook(themes)


def as_engine_theme(theme):
    return coding.Theme(
        code=theme.code,
        name=theme.name,
        definition=theme.definition,
        keywords=tuple(theme.keywords),
        examples=tuple(theme.examples),
    )
