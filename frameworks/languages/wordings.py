"""Reading a framework version in its second language; words that are missing fall back and say so."""

from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.html import format_html

from frameworks.models import FrameworkVersion, SecondLanguage
from practicelens.audit.actions import as_it_stands, changed
from practicelens.people import actions as people_actions


class Said(NamedTuple):
    """A text as it is to be read; `tag` is its language's, empty for the version's first."""

    words: str
    tag: str
    is_missing: bool  # in the language that was asked for


class OptionWords(str):
    """A text for an option of a list, where no markup can be; `tag` is its language's."""

    tag = ""


class Wordings:
    """What a version says in its second language, found by what it says in its first.

    It remembers what it was asked, so that a page can say how much of it is missing.
    """

    def __init__(self, language):
        self.language = language
        self.tag, self.name = language.tag, language.name
        self.asked, self.missing = set(), set()

    @cached_property
    def seconds(self):
        return dict(self.language.wordings.values_list("first", "second"))

    @property
    def first_name(self):
        return self.language.first_name

    def said(self, text):
        text = str(text)
        if not text:
            return Said("", "", False)
        self.asked.add(text)
        if second := self.seconds.get(text):
            return Said(second, self.tag, False)
        self.missing.add(text)
        return Said(text, "", True)


def wordings_for(version, user):
    """The words in which a person chose to read this version, or None for its first language.

    They chose a language, not a version: where this one can't be read in it, its first is read.
    """
    return wordings_in(version, user.reads_in)


def wordings_in(version, tag):
    """The words of a version in the language of a tag, or None where it has none in it."""
    language = getattr(version, "second_language", None) if tag else None
    return Wordings(language) if language and language.tag == tag else None


def read_by(version, user):
    """The version, with its words as the person chose to read them."""
    version.wordings = wordings_for(version, user)
    return version


def said(text, wordings):
    """A text of a framework version as HTML in the reader's words; None stands for its first.

    What has no words in the language asked for stays as it is, and is marked.
    """
    if not (wordings and text):
        return text
    found = wordings.said(text)
    if found.is_missing:
        mark = '{} <span class="pl-first-words">({})</span>'
        return format_html(mark, text, wordings.first_name)
    return format_html('<span lang="{}" dir="auto">{}</span>', found.tag, found.words)


def option_said(text, wordings):
    """The same for an option of a list."""
    if not wordings:
        return OptionWords(text)
    found = wordings.said(text)
    if found.is_missing:
        return OptionWords(f"{text} ({wordings.first_name})")
    words = OptionWords(found.words)
    words.tag = found.tag
    return words


def choose(*, user, tag):
    """Remember the language that a person reads frameworks in; what is no tag is their first."""
    before = as_it_stands(user, "reads_in")
    user.reads_in = tag if is_tag(tag) else ""
    user.save(update_fields=["reads_in"])
    if changes := changed(before, user):
        people_actions.of_person(user=user, by=user, changes=changes)


def is_tag(text):
    try:
        SecondLanguage._meta.get_field("tag").run_validators(text)
    except ValidationError:
        return False
    return bool(text)


def languages_for(user):
    """One for each language in which a version that the person can read has words."""
    versions = FrameworkVersion.objects.visible_to(user)
    of_versions = SecondLanguage.objects.filter(version__in=versions)
    return of_versions.order_by("tag", "-version").distinct("tag")
