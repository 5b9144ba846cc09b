"""Puts the content of a file into the database: the whole of it, or nothing."""

from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from frameworks import history
from frameworks.files import checking, comparing
from frameworks.files.shape import criteria_of, words_in
from frameworks.files.writing import as_json, content_of, words
from frameworks.languages import texts
from frameworks.models import (
    Cause,
    Change,
    Clause,
    Criterion,
    Crosswalk,
    Domain,
    Example,
    FileToImport,
    Framework,
    FrameworkVersion,
    Lens,
    LevelDescription,
    Lineage,
    Prompt,
    Scale,
    SecondLanguage,
    SecondWording,
    Standard,
)
from frameworks.versions import drafting


class Refused(Exception):
    """The file doesn't fit where it is to go; `faults` says why."""

    def __init__(self, faults):
        super().__init__(f"{len(faults)} to put right")
        self.faults = faults


class Moved(Exception):
    """The draft is not as it was when the file was looked at."""


class InUse(Exception):
    """Observations rate what the file would take away."""


def draft_of(framework):
    """The draft of a framework as it is now, or None."""
    return framework.versions.drafts().select_related("framework", "scale").first()


def seen(framework):
    """A fingerprint of what a file would replace: of the draft, or of the last version."""
    version = draft_of(framework) or framework.versions.order_by("-number").first()
    return sha256(as_json(content_of(version))).hexdigest() if version else ""


def compare(content, framework):
    """What would change, against the draft or, where none is begun, the version it starts from."""
    if framework is None:
        return comparing.difference(content, None)
    version = draft_of(framework) or framework.versions.order_by("-number").first()
    return comparing.difference(content, content_of(version))


@transaction.atomic
def hold(*, owner, name, content, **place):
    """Keep a file until its owner has looked at what it would change, and delete old ones."""
    forget_old()
    return FileToImport.objects.create(owner=owner, name=name, content=content, **place)


def forget_old():
    FileToImport.objects.old().delete()


@transaction.atomic
def begin(*, content, unit, by, named):
    """A new framework of the unit, with the file as its draft."""
    refuse(checking.faults_in(content, unit))
    values = content["framework"]
    code = values["code"] or drafting.free_code(values["name"], unit)
    framework = Framework.objects.create(**values | {"code": code}, unit=unit)
    version = FrameworkVersion.objects.create(
        framework=framework,
        number=content["version"]["number"],
        scale=Scale.objects.for_unit(unit).by_code()[content["version"]["scale"]],
    )
    fill(version, content)
    return written_down(version, named, by, None)


@transaction.atomic
def replace(*, content, framework, by, named, base):
    """The file in the place of the framework's draft; a draft is begun where there is none.

    `base` is what `seen` gave when the person looked at the changes.
    """
    framework = history.locked_row(framework)
    if seen(framework) != base:
        raise Moved
    refuse(checking.faults_in(content, framework.unit, framework))
    version = draft_of(framework) or drafting.start(framework=framework, by=by)
    before = as_json(content_of(version)).decode()
    about = {key: value for key, value in content["framework"].items() if key != "code"}
    Framework.objects.filter(pk=framework.pk).update(**about, revision=framework.revision + 1)
    version.framework.refresh_from_db()
    try:
        fill(version, content)
    except (ProtectedError, IntegrityError) as error:
        raise InUse from error
    return written_down(version, named, by, before)


def refuse(faults):
    if faults:
        raise Refused(faults)


def written_down(version, named, by, before):
    """One entry in the history. It holds the draft as it was, so that nothing of it is lost."""
    history.write_down(
        Change.Verb.IMPORTED,
        version,
        version,
        by,
        before={"content": before} if before else {},
        after={"file": named},
    )
    return version


def fill(version, content):
    """Make a draft what the content says. A row whose code stays keeps its place in observations."""
    told = content["version"]
    kept = {pair: row for pair, row in wording(version).items() if row in wordings(content)}
    LevelDescription.objects.filter(criterion__version=version).delete()
    unit = version.framework.unit
    version.scale = Scale.objects.for_unit(unit).by_code()[told["scale"]]
    version.change_note = told["change_note"]
    version.effective_on = told["effective_on"] and date.fromisoformat(told["effective_on"])
    version.revision += 1
    version.save()
    version.causes.set(named(Cause, unit, told["causes"]))
    version.lenses.set(named(Lens, unit, told["lenses"]))
    domains = fill_domains(version, content)
    criteria = fill_criteria(version, content, domains)
    version.criteria.exclude(code__in=criteria).delete()
    version.domains.exclude(code__in=domains).delete()
    version.shown_first = criteria.get(told["shown_first"])
    version.save(update_fields=["shown_first"])
    fill_parts(version, content, criteria)
    fill_lineage(version, content, criteria, kept)
    fill_second_language(version, content)


def named(model, unit, codes):
    """The rows that may be used in the unit and have these codes there."""
    known = model.objects.for_unit(unit).by_code()
    return [known[code] for code in codes]


def wording(version):
    """(code, name, look for) of each criterion by its pk."""
    rows = version.criteria.values_list("pk", "code", "name", "look_for")
    return {pk: tuple(row) for pk, *row in rows}


def wordings(content):
    return {(each["code"], each["name"], each["look_for"]) for _, each in criteria_of(content)}


def fill_domains(version, content):
    """The domains by code."""
    wanted = {
        each["code"]: {"name": each["name"], "about": each["about"], "position": place}
        for place, each in enumerate(content["domains"], start=1)
    }
    return rows_like(Domain, version, wanted)


def fill_criteria(version, content, domains):
    """The criteria by code."""
    wanted = {}
    for position, (path, each) in enumerate(criteria_of(content), start=1):
        fields = {key: each[key] for key in ("name", "look_for", "missed")}
        domain = domains[content["domains"][path[1]]["code"]]
        wanted[each["code"]] = {**fields, "domain_id": domain.pk, "position": position}
    return rows_like(Criterion, version, wanted)


def rows_like(model, version, wanted):
    """The rows of a version with these codes, each with these values: changed or made."""
    there = {row.code: row for row in model.objects.filter(version=version)}
    changed = []
    for code in wanted.keys() & there.keys():
        for name, value in wanted[code].items():
            setattr(there[code], name, value)
        there[code].revision += 1
        changed.append(there[code])
    fields = next(iter(wanted.values()), {})
    if changed:
        model.objects.bulk_update(changed, [*fields, "revision"], batch_size=500)
    made = [
        model(version=version, code=code, **values)
        for code, values in wanted.items()
        if code not in there
    ]
    model.objects.bulk_create(made, batch_size=1000)
    return {row.code: row for row in [*changed, *made]}


def fill_parts(version, content, criteria):
    """Levels, prompts, examples and ties of every criterion, written anew."""
    levels = {level.code: level.pk for level in version.scale.levels.all()}
    standards = Standard.objects.for_unit(version.framework.unit).by_code()
    known = Clause.objects.filter(standard__in=standards.values()).select_related("standard")
    clauses = {(each.standard.code, each.number): each.pk for each in known}
    rows = {LevelDescription: [], Prompt: [], Example: [], Crosswalk: []}
    for _, each in criteria_of(content):
        of = {"criterion_id": criteria[each["code"]].pk}
        rows[LevelDescription] += [
            LevelDescription(level_id=levels[code], text=text, **of)
            for code, text in each["levels"].items()
            if text
        ]
        rows[Prompt] += [
            Prompt(text=text, position=position, **of)
            for position, text in enumerate(each["prompts"], start=1)
        ]
        rows[Example] += [Example(**example, **of) for example in each["examples"]]
        rows[Crosswalk] += [
            Crosswalk(clause_id=clauses[tie["standard"], tie["clause"]], **of)
            for tie in each["clauses"]
        ]
    for model, made in rows.items():
        model.objects.filter(criterion__version=version).delete()
        model.objects.bulk_create(made, batch_size=1000)


def fill_lineage(version, content, criteria, kept):
    """What the file says; of a file that says nothing, what is true of criteria worded as before."""
    if not content["lineage"]:
        version.lineage.exclude(later__in=kept).filter(later__isnull=False).delete()
        return
    version.lineage.all().delete()
    before = checking.version_before(version.framework, content["version"]["follows"])
    if before is None:
        return
    earlier = {each.code: each for each in before.criteria.all()}
    Lineage.objects.bulk_create(
        Lineage(
            version=version,
            kind=each["kind"],
            earlier=earlier.get(each["from"]),
            later=criteria.get(each["to"]),
        )
        for each in content["lineage"]
    )


def fill_second_language(version, content):
    """What the file says; a file that says nothing leaves what is there."""
    told = content["second_language"]
    if told is None:
        return
    named = {"tag": told["tag"], "name": told["name"]}
    language, is_new = SecondLanguage.objects.get_or_create(version=version, defaults=named)
    if not is_new:
        SecondLanguage.objects.filter(pk=language.pk).update(
            **named, revision=language.revision + 1
        )
    # Texts that are not in the file, a lens's say, may be here with other line breaks.
    here = {words(first): first for first in texts.texts_of(version)}
    language.wordings.all().delete()
    SecondWording.objects.bulk_create(
        SecondWording(
            language=language,
            first=here.get(each["first"], each["first"]),
            second=each["second"],
        )
        for each in words_in(content)
        if each["second"]
    )
