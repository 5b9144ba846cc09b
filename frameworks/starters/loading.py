"""Turns the starters into rows. What is there already stays as it is, so running twice is once."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone

from frameworks.models import (
    Cause,
    Clause,
    Codebook,
    Criterion,
    Crosswalk,
    Domain,
    Example,
    FirstFor,
    Framework,
    FrameworkVersion,
    Lens,
    Level,
    LevelDescription,
    Lineage,
    Prompt,
    Scale,
    Standard,
    Theme,
)
from frameworks.starters import files
from frameworks.starters.files import STARTERS, WORKING_ALONGSIDE, Section

STANDARD = STARTERS / "social-work-england.toml"
STANDARDS = [STANDARD, *sorted((STARTERS / "standards").glob("*.toml"))]


def make(section, model, **fields):
    """A saved row; what does not fit a field raises a fault with file and key."""
    row = model(**fields)
    ties = [field.name for field in model._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude=ties)
        if isinstance(row, Standard):
            row.validate_constraints(exclude=ties)
    except ValidationError as error:
        key, (words, *_) = next(iter(error.message_dict.items()))
        key = "in_force_until" if key == NON_FIELD_ERRORS else key
        raise section.fault(key, words) from error
    row.save(force_insert=True)
    return row


def copy_of(section, *keys):
    return {key: section[key] for key in keys}


def shipped(model):
    """{code: row} of the scales, causes, lenses or standards that come with PracticeLens."""
    return {row.code: row for row in model.objects.filter(unit=None)}


@transaction.atomic
def load_shared():
    """Scales, causes and lenses: one set, whichever frameworks use them."""
    load_scales()
    load_causes()
    load_lenses()


@transaction.atomic
def load_scales():
    there = shipped(Scale)
    for each in files.read(STARTERS / "scales.toml").sections("scale"):
        if each["code"] not in there:
            load_scale(each)


@transaction.atomic
def load_causes():
    there = shipped(Cause)
    causes = files.read(STARTERS / "causes.toml").sections("cause")
    for position, each in enumerate(causes, start=1):
        if each["code"] not in there:
            make(each, Cause, position=position, **copy_of(each, "code", "name", "description"))


@transaction.atomic
def load_lenses():
    there = shipped(Lens)
    for each in files.read(STARTERS / "lenses.toml").sections("lens"):
        if each["code"] not in there:
            lens = make(each, Lens, **copy_of(each, "code", "name", "about"))
            load_prompts(each, lens=lens)


def load_scale(section):
    is_described = section.get("is_described", True)
    fields = copy_of(section, "code", "name", "description")
    scale = make(section, Scale, is_described=is_described, **fields)
    for position, each in enumerate(section.sections("level"), start=1):
        fields = copy_of(each, "code", "name", "description")
        make(each, Level, scale=scale, position=position, **fields)


def load_prompts(section, **holder):
    for position, text in enumerate(section["prompts"], start=1):
        make(section, Prompt, text=text, position=position, **holder)


@transaction.atomic
def load_framework_version(path, *, unit, number):
    """A draft of the framework in the file, owned by the unit; or the version already there."""
    top = files.read_framework(path)
    framework = load_framework(top, unit)
    there = framework.versions.filter(number=number).first()
    if there:
        return there
    version = make(
        top,
        FrameworkVersion,
        framework=framework,
        number=number,
        scale=top.find(shipped(Scale), "scale", top["scale"]),
        change_note=top["change_note"],
    )
    fill(version, top)
    return version


def fill(version, top):
    """Give a draft what a framework's file holds."""
    version.causes.set(named(top, "causes", Cause))
    version.lenses.set(named(top, "lenses", Lens))
    for position, domain in enumerate(top.sections("domain"), start=1):
        load_domain(domain, version, position)
    if first := top.get("shown_first", None):
        criteria = {criterion.code: criterion for criterion in version.criteria.all()}
        version.shown_first = top.find(criteria, "shown_first", first)
        version.save(update_fields=["shown_first"])


def load_framework(top, unit):
    there = in_organisation(Framework, top["code"], unit)
    if there is None:
        fields = copy_of(top, "code", "name", "description", "source", "licence")
        return make(top, Framework, unit=unit, **fields)
    if there.unit != unit:
        raise top.fault("code", f"{there} belongs to {there.unit} already")
    return there


def in_organisation(model, code, unit):
    """The row that has this code in the unit's organisation, or None."""
    there = model.objects.filter(unit__organisation=unit.organisation_id, code=code)
    return there.select_related("unit").first()


def named(section, key, model):
    rows = shipped(model)
    return [section.find(rows, key, code) for code in section[key]]


def load_domain(section, version, position):
    fields = copy_of(section, "code", "name", "about")
    domain = make(section, Domain, version=version, position=position, **fields)
    levels = {level.code: level for level in version.scale.levels.all()}
    for each in section.sections("criterion"):
        load_criterion(each, domain, levels)


def levels_are_described(domain):
    return domain.version.scale.is_described


def load_criterion(section, domain, levels):
    criterion = make(
        section,
        Criterion,
        domain=domain,
        version=domain.version,
        position=domain.version.criteria.count() + 1,
        **copy_of(section, "code", "name", "look_for", "missed"),
    )
    load_prompts(section, criterion=criterion)
    described = section.section("levels") if levels_are_described(domain) else Section({}, "")
    for code, text in described.values.items():
        level = described.find(levels, code, code)
        make(described, LevelDescription, criterion=criterion, level=level, text=text)
    for about in section.get("first_for", []):
        make(section, FirstFor, criterion=criterion, about=about)
    for kind, text in section.get("examples", {}).items():
        make(section, Example, criterion=criterion, kind=kind, text=text)


@transaction.atomic
def load_lineage(version, earlier, path=None, *, by=None, at=None):
    """How the criteria of an earlier version continue in a draft; one not listed is the same.

    It is confirmed by whoever publishes it as it comes; without `by` an admin has yet to look.
    """
    if not version.lineage.exists():
        load_continuations(version, earlier, path)
    if by:
        waiting = version.lineage.filter(confirmed_at=None)
        waiting.update(confirmed_at=at or timezone.now(), confirmed_by=by)


def load_continuations(version, earlier, path):
    top = files.read_framework(path or WORKING_ALONGSIDE[version.number])
    before = {criterion.code: criterion for criterion in earlier.criteria.all()}
    after = {criterion.code: criterion for criterion in version.criteria.all()}
    listed = top.sections("lineage", name="to")
    for each in listed:
        load_continuation(each, version, before, after)
    left = before.keys() - {each.get("from", None) for each in listed}
    left |= after.keys() - {each.get("to", None) for each in listed}
    for code in sorted(left):
        same = {"kind": Lineage.Kind.SAME, "from": code, "to": code}
        load_continuation(Section(same, top.file, "lineage"), version, before, after)


ONE_ENDED = {Lineage.Kind.NEW: ["to"], Lineage.Kind.DROPPED: ["from"]}


def load_continuation(section, version, before, after):
    kind = section["kind"]
    ends = [end for end in ("from", "to") if end in section.values]
    if ends != ONE_ENDED.get(kind, ["from", "to"]):
        raise section.fault("kind", f"'{kind}' does not go with {' and '.join(ends)}")
    make(
        section,
        Lineage,
        version=version,
        kind=kind,
        earlier=section.find(before, "from", section["from"]) if "from" in ends else None,
        later=section.find(after, "to", section["to"]) if "to" in ends else None,
    )


@transaction.atomic
def load_codebook(unit):
    """The shipped codebook, owned by the unit; or the one already there."""
    top = files.read(STARTERS / "concerns.toml")
    there = in_organisation(Codebook, top["code"], unit)
    if there is None:
        return load_themes(top, unit)
    if there.unit != unit:
        raise top.fault("code", f"{there} belongs to {there.unit} already")
    return there


THEME = ["code", "name", "short", "definition", "use_when", "not_when"]
THEME += ["helps_means", "hinders_means", "keywords", "examples"]


def load_themes(top, unit):
    codebook = make(top, Codebook, unit=unit, **copy_of(top, "code", "name", "description"))
    lenses = shipped(Lens)
    for position, each in enumerate(top.sections("theme"), start=1):
        lens = each.get("lens", None)
        make(
            each,
            Theme,
            codebook=codebook,
            position=position,
            lens=each.find(lenses, "lens", lens) if lens else None,
            tells_of=each.get("tells_of", Theme.TellsOf.CONDITION),
            **copy_of(each, *THEME),
        )
    return codebook


@transaction.atomic
def load_standards():
    """The headings of every shipped standard, each with its source, its dates and its licence."""
    standards = {standard.code: standard for standard in map(load_standard, STANDARDS)}
    for path in STANDARDS:
        top = files.read(path)
        follower, standard = top.get("followed_by", None), standards[top["code"]]
        if follower and standard.followed_by is None:
            standard.followed_by = top.find(standards, "followed_by", follower)
            standard.save(update_fields=["followed_by"])
    return list(standards.values())


@transaction.atomic
def load_standard(path=STANDARD):
    """The headings of a shipped standard; or those already there."""
    top = files.read(path)
    there = Standard.objects.filter(unit=None, code=top["code"]).first()
    return there or standard_from(top, code=top["code"])


def standard_from(top, **owned):
    """A standard as a file has it, with its clauses in order; `owned` gives code and unit."""
    notes = [str(top.get(key, "")) for key in ("note", "licence", "crosswalk_note")]
    standard = make(
        top,
        Standard,
        note=" ".join(note for note in notes if note),
        in_force_until=top.get("in_force_until", None),
        **copy_of(top, "name", "body", "source", "in_force_from"),
        **owned,
    )
    for position, each in enumerate(top.sections("clauses", name="number"), start=1):
        fields = copy_of(each, "number", "name")
        make(each, Clause, standard=standard, position=position, **fields)
    return standard


@transaction.atomic
def tie_crosswalk(version):
    """Ties the version's criteria to the clauses they speak to; one it lacks drops out."""
    top = files.read(STANDARD)
    if top["framework"] != version.framework.code:
        return
    clauses = {clause.number: clause for clause in load_standard().clauses.all()}
    criteria = {criterion.code: criterion for criterion in version.criteria.all()}
    Crosswalk.objects.bulk_create(
        [
            Crosswalk(clause=each.find(clauses, "clause", each["clause"]), criterion=criteria[code])
            for each in top.sections("crosswalk", name="clause")
            for code in each["criteria"]
            if code in criteria
        ],
        ignore_conflicts=True,
    )
