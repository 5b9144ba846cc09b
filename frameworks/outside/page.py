"""A published version on two pages, for people outside: what its paper says, and the paper."""

import json
from hashlib import sha256
from pathlib import Path

from django.core.cache import cache
from django.utils.formats import date_format

from practicelens import typesetting

TEMPLATE = Path(__file__).with_name("outside.typ")
# A paper that nobody asks for is forgotten; it can be set again at any time.
KEPT_SECONDS = 30 * 24 * 60 * 60


def standing(version):
    """From when a published version is in use, or until when it was, in words."""
    if version.was_put_right:
        return "Never in use: it was put right before anybody used it"
    today = version.framework.unit.today()
    begun, retired = version.effective_on, version.retired_on
    if retired and retired <= today:
        return f"In use from {in_words(begun)} to {in_words(retired)}"
    return f"In use {'since' if begun <= today else 'from'} {in_words(begun)}"


def in_words(day):
    return date_format(day, "j F Y")


def told(version, address):
    """What the paper says, as plain objects; `address` is empty if people outside can't read it."""
    framework, wordings = version.framework, version.wordings
    return {
        "lang": framework.unit.language,
        "title": f"{framework.name}, version {version.number}",
        "name": on_paper(framework.name, wordings),
        "description": on_paper(framework.description, wordings),
        "organisation": framework.unit.name,
        "version": version.number,
        "standing": standing(version),
        "source": framework.source,
        "licence": framework.licence,
        "address": address,
        "levels": [
            {
                "name": on_paper(level.name, wordings),
                "words": on_paper(level.description, wordings),
            }
            for level in version.scale.levels.all()
        ],
        "domains": [domain_told(domain, wordings) for domain in version.domains.all()],
        # Last, when it is known.
        "missing": missing_told(wordings),
    }


def domain_told(domain, wordings):
    return {
        "code": domain.code,
        "name": on_paper(domain.name, wordings),
        "about": on_paper(domain.about, wordings),
        "criteria": [criterion_told(each, wordings) for each in domain.criteria.all()],
    }


def criterion_told(criterion, wordings):
    """Two pages hold of the levels the strongest; all are on the page on the web."""
    shown = [
        {"name": on_paper(each.level.name, wordings), "words": on_paper(each.text, wordings)}
        for each in list(criterion.level_descriptions.all())[-1:]
    ]
    if criterion.missed:
        missed = on_paper(criterion.missed, wordings)
        shown.append({"name": "Opportunity missed", "words": missed})
    return {
        "code": criterion.code,
        "name": on_paper(criterion.name, wordings),
        "look_for": on_paper(criterion.look_for, wordings),
        "shown": shown,
    }


def on_paper(text, wordings):
    """A text, or the same in a language of its own, or with a mark where it is missing in that."""
    if not (wordings and text):
        return text
    said = wordings.said(text)
    return {"words": said.words, "is_missing": said.is_missing, **typeset_in(said.tag)}


def typeset_in(tag):
    """A language's tag as the typesetter takes it: of regions it knows only those of two letters."""
    language, *rest = tag.split("-")
    return {"lang": language, "region": next((each for each in rest if len(each) == 2), None)}


def missing_told(wordings):
    """How much is missing in the language that the paper is read in; nothing if it is all there."""
    if not wordings or not wordings.missing:
        return None
    return {
        "count": len(wordings.missing),
        "of": len(wordings.asked),
        "language": {"words": wordings.name, "is_missing": False, **typeset_in(wordings.tag)},
    }


def pdf(version, address):
    """The paper. It is set once and kept: anybody can ask for it, and setting costs far more."""
    said = typesetting.printable(told(version, address))
    mark = sha256(json.dumps(said).encode() + TEMPLATE.read_bytes()).hexdigest()
    return cache.get_or_set(
        f"framework-outside-{mark}",
        lambda: typesetting.pdf(TEMPLATE, framework=said),
        KEPT_SECONDS,
    )
