"""Reading a framework version in its second language; words that are missing fall back and say so."""

from typing import NamedTuple

from frameworks.models import SecondLanguage


class Said(NamedTuple):
    """A text as it is to be read; `tag` is its language's, empty for the version's first."""

    words: str
    tag: str
    is_missing: bool  # in the language that was asked for


class Wordings:
    """What a version says in its second language, found by what it says in its first."""

    def __init__(self, language):
        self.tag, self.name = language.tag, language.name
        self.seconds = dict(language.wordings.values_list("first", "second"))

    def said(self, text):
        second = self.seconds.get(str(text))
        return Said(second, self.tag, False) if second else Said(str(text), "", bool(text))


def wordings_for(version, user):
    """The words in which a person chose to read this version, or None for its first language.

    They chose a language, not a version: where this one can't be read in it, its first is read.
    """
    tag = user.reads_in
    if not tag:
        return None
    language = SecondLanguage.objects.filter(version=version, tag=tag).first()
    return Wordings(language) if language else None
