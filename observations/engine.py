"""Themes suggested for the passages of an observation, read with every identifier masked."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.db.models import prefetch_related_objects

from frameworks.models import Codebook
from observations import coding, identifiers, meaning
from observations.coding.model import Model
from observations.models import CodingModel, Mention
from observations.redaction.finding import people_known, places_known


def suggestions_for(observation, *, by_words_alone=False):
    """A Mention, not saved, for each theme that each passage speaks to; none without a codebook.

    What else a passage may perhaps speak to is noted on it, not saved either.
    A passage in which identifiers could not be looked for is not read at all.
    """
    codebook = Codebook.objects.for_unit(observation.unit).first()
    if codebook is None:
        return []
    suggester = Suggester.today(codebook, by_words_alone=by_words_alone)
    prefetch_related_objects([observation], "passages")
    return [
        mention
        for passage in observation.passages.all()
        for mention in suggester.mentions(observation, passage)
    ]


@dataclass(frozen=True)
class Suggester:
    """How the passages of a codebook's units are read today, for any number of observations.

    Background jobs read by words and, if there is a sentence model, by meaning; a page, which has
    neither the time nor the memory for it, reads by words alone.
    """

    themes: dict
    words: coding.Codebook
    version: CodingModel | None
    learned: Model | None
    people: list
    places: list

    @classmethod
    def today(cls, codebook, *, by_words_alone=False):
        themes = {theme.code: theme for theme in codebook.themes.in_use()}
        version = CodingModel.objects.in_use(codebook)
        return cls(
            themes=themes,
            words=engine_codebook(
                tuple(as_engine_theme(theme) for theme in themes.values()),
                None if by_words_alone else sentence_reader(),
            ),
            version=version,
            learned=model_of(version.pk) if version else None,
            people=people_known(),
            places=places_known(),
        )

    def mentions(self, observation, passage):
        """A Mention, not saved, for each theme that one passage speaks to."""
        found = suggest(passage.text, self.words, self.learned, self.people, self.places)
        return self.parted(found, observation, passage)

    def mentions_in(self, masked, observation, passage):
        """The Mentions, not saved, of a passage whose names are masked already."""
        found = suggest_in(masked, self.words, self.learned)
        return self.parted(found, observation, passage)

    def parted(self, found, observation, passage):
        """What is likely, as Mentions; what is perhaps there is noted on the passage."""
        found = list(found)
        passage.perhaps = [
            [self.themes[each.theme].pk, each.start, each.end]
            for each in found
            if not each.is_likely
        ]
        return [self.mention(each, observation, passage) for each in found if each.is_likely]

    def mention(self, found, observation, passage):
        has_learned = self.learned and found.theme in self.learned.themes
        return Mention(
            **observation.place,
            passage=passage,
            theme=self.themes[found.theme],
            stance=found.stance,
            engine=found.engine,
            model=self.version if has_learned else None,
            score=found.score,
            start=found.start,
            end=found.end,
            words=[list(pair) for pair in found.words],
        )


def suggest(text, codebook, model, people, places):
    """What the engine suggests for a text with its identifiers masked, placed in the text itself."""
    try:
        masked = identifiers.mask(text, identifiers.find(text, people=people, allow=places))
    except identifiers.CouldNotLook:
        return
    yield from suggest_in(masked, codebook, model)


def suggest_in(masked, codebook, model):
    for found in coding.suggest(masked.text, codebook, model):
        yield found.moved(masked.to_original)


def likely_in(text, codebook, model):
    """What is put before people of what the engine finds in a masked text."""
    return [each for each in coding.suggest(text, codebook, model) if each.is_likely]


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
def engine_codebook(themes, reader=None):
    """The engine's codebook, kept while the themes say the same: compiling its words takes time."""
    return coding.Codebook(themes, reader)


def sentence_model():
    """The SHA-256 of the sentence model that reads beside the words here; empty without one."""
    return meaning.fingerprint(settings.SENTENCE_MODEL)


def sentence_reader():
    """What reads with it, in background jobs; None without one."""
    sha256 = sentence_model()
    return reader_of(settings.SENTENCE_MODEL, sha256) if sha256 else None


@lru_cache(maxsize=1)
def reader_of(folder, _sha256):
    return meaning.Reader(folder)


def as_engine_theme(theme):
    return coding.Theme(
        code=theme.code,
        name=theme.name,
        definition=theme.definition,
        keywords=tuple(theme.keywords),
        examples=tuple(theme.examples),
    )
