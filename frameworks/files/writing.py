"""A framework version as plain content, and that as JSON. The same version gives the same bytes."""

import json

from frameworks.files.shape import SCHEMA
from frameworks.languages import saying, texts
from frameworks.models import Crosswalk, Example, LevelDescription, Prompt
from frameworks.plain_text import UNWRITABLE, plain


def as_json(content):
    """Canonical: keys in the order of the schema, two spaces, UTF-8, a line break at the end.

    A version without a second language has no such part.
    """
    content = {key: value for key, value in content.items() if value is not None}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def words(text):
    return UNWRITABLE.sub("", plain(text))


def content_of(version):
    """All that a file holds of a version, in a fixed number of queries."""
    held = held_by_criterion(version)
    framework = version.framework
    lineage = list(version.lineage.select_related("earlier__version", "later"))
    return {
        "schema": SCHEMA,
        "framework": {
            key: words(getattr(framework, key))
            for key in ("code", "name", "description", "source", "licence")
        },
        "version": about(version, lineage),
        "domains": [
            domain_in(domain, held)
            for domain in version.domains.order_by("position").prefetch_related("criteria")
        ],
        "lineage": sorted(map(continuation, in_order(lineage)), key=lambda each: not each["to"]),
        "second_language": second_language(version),
    }


def about(version, lineage):
    earlier = {each.earlier.version.number for each in lineage if each.earlier}
    return {
        "number": version.number,
        "follows": max(earlier, default=None),
        "change_note": words(version.change_note),
        "effective_on": version.effective_on.isoformat() if version.effective_on else None,
        "scale": version.scale.code,
        "levels": list(version.scale.levels.order_by("position").values_list("code", flat=True)),
        "causes": list(version.causes.order_by("code").values_list("code", flat=True)),
        "lenses": list(version.lenses.order_by("code").values_list("code", flat=True)),
        "shown_first": version.shown_first.code if version.shown_first else None,
    }


def second_language(version):
    """Every text of the version, said or not, so that a file can be given away to be filled in.

    Words left over of texts that were changed come after them.
    """
    language = saying.language_of(version)
    if language is None:
        return None
    seconds = dict(language.wordings.values_list("first", "second"))
    said = {}
    for first in [*texts.texts_of(version), *sorted(seconds)]:
        said[words(first)] = said.get(words(first)) or words(seconds.get(first, ""))
    rows = [{"first": first, "second": second} for first, second in said.items()]
    return {"tag": language.tag, "name": words(language.name), "words": rows}


def held_by_criterion(version):
    """What hangs on criteria, by the criterion's pk and the key it comes under."""
    held = {pk: {"levels": {}, "prompts": [], "examples": [], "clauses": []} for pk in ids(version)}
    of = {"criterion__version": version}
    told = LevelDescription.objects.filter(**of).exclude(text="").select_related("level")
    for each in told.order_by("level__position"):
        held[each.criterion_id]["levels"][each.level.code] = words(each.text)
    for each in Prompt.objects.filter(**of).order_by("position", "pk"):
        held[each.criterion_id]["prompts"].append(words(each.text))
    for each in Example.objects.filter(**of).order_by("pk"):
        held[each.criterion_id]["examples"].append({"kind": each.kind, "text": words(each.text)})
    ties = Crosswalk.objects.filter(**of).select_related("clause__standard")
    for each in ties.order_by("clause__standard__code", "clause__position", "clause__number"):
        tie = {"standard": each.clause.standard.code, "clause": each.clause.number}
        held[each.criterion_id]["clauses"].append(tie)
    return held


def ids(version):
    return version.criteria.values_list("pk", flat=True)


def domain_in(domain, held):
    criteria = sorted(domain.criteria.all(), key=lambda criterion: criterion.position)
    return {
        "code": domain.code,
        "name": words(domain.name),
        "about": words(domain.about),
        "criteria": [
            {
                "code": criterion.code,
                "name": words(criterion.name),
                "look_for": words(criterion.look_for),
                "missed": words(criterion.missed),
                **held[criterion.pk],
            }
            for criterion in criteria
        ],
    }


def in_order(lineage):
    """By the place of the later end, then of the earlier."""
    return sorted(
        lineage,
        key=lambda each: (
            each.later.position if each.later else 0,
            each.earlier.position if each.earlier else 0,
        ),
    )


def continuation(each):
    return {
        "kind": each.kind,
        "from": each.earlier.code if each.earlier else "",
        "to": each.later.code if each.later else "",
    }
