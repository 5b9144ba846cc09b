"""What comes with PracticeLens, part by part, as a framework admin takes it."""

from django.db import transaction
from django.db.models import TextChoices

from frameworks.models import Cause, Codebook, Framework, Lens, Scale, Standard
from frameworks.starters import beginning, loading
from frameworks.starters.files import STARTERS, WORKING_ALONGSIDE, read, read_framework
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.models import Unit


class Part(TextChoices):
    SCALES = "scales", "Scales"
    CAUSES = "causes", "Causes"
    LENSES = "lenses", "Lenses"
    STANDARDS = "standards", "Standards"
    CODEBOOK = "codebook", "The codebook, with its themes"
    FRAMEWORK = "framework", "The framework Working alongside, as a draft of your own"


MODELS = {
    Part.SCALES: Scale,
    Part.CAUSES: Cause,
    Part.LENSES: Lens,
    Part.STANDARDS: Standard,
}


def is_there(part, unit):
    """Whether a part is loaded already, so that loading it again adds nothing."""
    if part in MODELS:
        return MODELS[part].objects.filter(unit=None).exists()
    model = Codebook if part == Part.CODEBOOK else Framework
    return loading.in_organisation(model, code_of(part), unit) is not None


def code_of(part):
    if part == Part.CODEBOOK:
        return read(STARTERS / "concerns.toml")["code"]
    return read_framework(WORKING_ALONGSIDE[2])["code"]


@transaction.atomic
def load(*, parts, unit, by):
    """Load these parts for a unit, and return those that were not there; what is there stays.

    The codebook needs the lenses, and the framework the scales, causes and lenses. Whoever loads at
    the same moment waits, and finds them there.
    """
    Unit.objects.select_for_update().order_by("pk").filter(parent=None).first()
    needed = set(parts)
    if Part.CODEBOOK in parts:
        needed |= {Part.LENSES}
    if Part.FRAMEWORK in parts:
        needed |= {Part.SCALES, Part.CAUSES, Part.LENSES}
    missing = [part for part in Part if part in needed and not is_there(part, unit)]
    for part in missing:
        LOADED[part](unit, by)
        record(by=by, action=Entry.Action.MADE, what=made(part, unit), unit=unit)
    return missing


def made(part, unit):
    """What the log names: the row that the part is, or the kind of its rows."""
    if part in MODELS:
        return MODELS[part]()
    model = Codebook if part == Part.CODEBOOK else Framework
    return loading.in_organisation(model, code_of(part), unit)


def load_framework(unit, by):
    beginning.begin_from(code=code_of(Part.FRAMEWORK), unit=unit, by=by)


LOADED = {
    Part.SCALES: lambda unit, by: loading.load_scales(),
    Part.CAUSES: lambda unit, by: loading.load_causes(),
    Part.LENSES: lambda unit, by: loading.load_lenses(),
    Part.STANDARDS: lambda unit, by: loading.load_standards(),
    Part.CODEBOOK: lambda unit, by: loading.load_codebook(unit),
    Part.FRAMEWORK: load_framework,
}
