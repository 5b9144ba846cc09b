"""Beginning a framework from one that comes with PracticeLens."""

from django.db import transaction

from frameworks import history
from frameworks.models import Framework, FrameworkVersion, Scale
from frameworks.starters import files, loading
from frameworks.starters.files import STARTERS, WORKING_ALONGSIDE
from frameworks.versions import drafting

PATHS = [WORKING_ALONGSIDE[2], *sorted((STARTERS / "frameworks").glob("*.toml"))]


def starters():
    """{code: the starter's file, read}, in the order in which they are offered."""
    read = [files.read_framework(path) for path in PATHS]
    return {top["code"]: top for top in read}


@transaction.atomic
def begin_from(*, code, unit, by):
    """A new framework of the unit's own, with a first draft as the starter has it."""
    top = starters()[code]
    loading.load_shared()
    fields = loading.copy_of(top, "name", "description", "source", "licence")
    framework = Framework(**fields, unit=unit, code=drafting.free_code(top["name"], unit))
    history.add(row=framework, part_of=framework, by=by)
    scale = Scale.objects.get(unit=None, code=top["scale"])
    version = FrameworkVersion(framework=framework, number=1, scale=scale)
    history.add(row=version, part_of=version, by=by)
    loading.fill(version, top)
    return version
