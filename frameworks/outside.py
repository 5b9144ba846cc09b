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
    today = version.framework.unit.today()
    begun, retired = version.effective_on, version.retired_on
    if retired and retired <= today:
        return f"In use from {in_words(begun)} to {in_words(retired)}"
    return f"In use {'since' if begun <= today else 'from'} {in_words(begun)}"


def in_words(day):
    return date_format(day, "j F Y")


def told(version, address):
    """What the paper says, as plain objects; `address` is empty if people outside can't read it."""
    framework = version.framework
    return {
        "lang": framework.unit.language,
        "name": framework.name,
        "description": framework.description,
        "organisation": framework.unit.name,
        "version": version.number,
        "standing": standing(version),
        "source": framework.source,
        "licence": framework.licence,
        "address": address,
        "levels": [
            {"name": level.name, "words": level.description} for level in version.scale.levels.all()
        ],
        "domains": [domain_told(domain) for domain in version.domains.all()],
    }


def domain_told(domain):
    return {
        "code": domain.code,
        "name": domain.name,
        "about": domain.about,
        "criteria": [criterion_told(criterion) for criterion in domain.criteria.all()],
    }


def criterion_told(criterion):
    """Two pages hold of the levels the strongest; all are on the page on the web."""
    strongest = list(criterion.level_descriptions.all())[-1:]
    shown = [{"name": each.level.name, "words": each.text} for each in strongest]
    if criterion.missed:
        shown.append({"name": "Opportunity missed", "words": criterion.missed})
    return {
        "code": criterion.code,
        "name": criterion.name,
        "look_for": criterion.look_for,
        "shown": shown,
    }


def pdf(version, address):
    """The paper. It is set once and kept: anybody may ask for it, and setting costs far more."""
    said = typesetting.printable(told(version, address))
    mark = sha256(json.dumps(said).encode() + TEMPLATE.read_bytes()).hexdigest()
    return cache.get_or_set(
        f"framework-outside-{mark}",
        lambda: typesetting.pdf(TEMPLATE, framework=said),
        KEPT_SECONDS,
    )
