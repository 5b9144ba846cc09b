"""How the passages of a codebook's units are read today, as a fingerprint that changes with it."""

import hashlib
import json

from django.db.models import Prefetch

from frameworks.models import Codebook, Theme
from observations import coding, identifiers
from observations.engine import sentence_model
from observations.models import CodingModel

FIRST = "The observations have not been checked before."
BACK = "A change was taken back: observations are coded as they were before it."
NAMES = "How names and other identifiers are found has changed."
ENGINE = "How themes are found in a text has changed."
MEANING = "The sentence model that reads beside the words is another one."
MEANING_BEGINS = "A sentence model reads beside the words."
MEANING_ENDS = "No sentence model reads beside the words any more: suggestions are by words alone."


def parts_of_all():
    """`[(codebook, parts)]`: of each codebook, all that a suggestion depends on."""
    in_use = Prefetch("themes", Theme.objects.in_use(), to_attr="in_use")
    versions = CodingModel.objects.filter(state=CodingModel.State.IN_USE)
    learned = {
        codebook: (trained_on, version)
        for codebook, trained_on, version in versions.values_list(
            "codebook", "trained_on", "version"
        )
    }
    return [
        (codebook, parts_from(codebook.in_use, *learned.get(codebook.pk, ("", None))))
        for codebook in Codebook.objects.prefetch_related(in_use).order_by("pk")
    ]


def parts_of(codebook):
    return next(parts for each, parts in parts_of_all() if each.pk == codebook.pk)


def parts_from(themes, trained_on, version):
    return {
        "themes": {theme.code: written(theme) for theme in themes},
        "model": trained_on,
        "version": version,
        "engine": coding.VERSION,
        "meaning": sentence_model(),
        "detector": identifiers.VERSION,
    }


def written(theme):
    """What the engine reads of a theme. In which order its words stand makes no difference."""
    return {
        "name": theme.name,
        "definition": theme.definition,
        "keywords": sorted(theme.keywords),
        "examples": sorted(theme.examples),
    }


def fingerprint(parts):
    """The SHA-256 of the parts. A version's number says nothing: what it learned from does."""
    counted = {name: part for name, part in parts.items() if name != "version"}
    plain = json.dumps(counted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def what_changed(before, now):
    """What differs between two sets of parts, a sentence each. `before` is empty if nothing was read."""
    if not before:
        return [FIRST]
    lines = [*themes_changed(before["themes"], now["themes"]), *learned_changed(before, now)]
    if before["engine"] != now["engine"]:
        lines.append(ENGINE)
    lines += meaning_changed(before.get("meaning", ""), now.get("meaning", ""))
    if before["detector"] != now["detector"]:
        lines.append(NAMES)
    return lines or [BACK]


def meaning_changed(before, now):
    if before != now:
        yield MEANING if before and now else MEANING_BEGINS if now else MEANING_ENDS


def themes_changed(before, now):
    for code in sorted(now.keys() - before.keys()):
        yield f"“{now[code]['name']}” is in use."
    for code in sorted(before.keys() - now.keys()):
        yield f"“{before[code]['name']}” is no longer in use."
    for code in sorted(now.keys() & before.keys()):
        yield from theme_changed(before[code], now[code])


def theme_changed(before, now):
    name = f"“{now['name']}”"
    yield from words_changed(name, before["keywords"], now["keywords"])
    if before["name"] != now["name"]:
        yield f"“{before['name']}” is now called {name}."
    if before["definition"] != now["definition"]:
        yield f"{name}: its definition was written differently."
    if before["examples"] != now["examples"]:
        yield f"{name}: its examples changed."


def words_changed(name, before, now):
    added = [word for word in now if word not in before]
    gone = [word for word in before if word not in now]
    if added:
        yield f"{name}: {listed(added)} put on its word list."
    if gone:
        yield f"{name}: {listed(gone)} taken off its word list."


def listed(words):
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def learned_changed(before, now):
    if before["model"] == now["model"]:
        return
    if not now["model"]:
        yield "Nothing learned is in use any more: word lists alone suggest themes."
    elif before["version"]:
        yield f"Version {now['version']} of what was learned replaced version {before['version']}."
    else:
        yield f"Version {now['version']} of what was learned came into use."
