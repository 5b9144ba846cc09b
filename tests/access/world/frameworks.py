"""What good looks like, here and elsewhere."""

from datetime import date

from django.utils import timezone

from frameworks import history
from frameworks.files.writing import as_json, content_of
from frameworks.models import Change, FileToImport
from tests import factories as make

NEW_THEME = b"Name,Definition\r\nRent and board,What a room costs.\r\n"


def add_frameworks(world):
    add_scale(world)
    world.cause = world.made(make.CauseFactory, "common")
    world.lens = world.made(make.LensFactory, "common")
    world.row_of_lens = world.made(make.PromptFactory, "common", criterion=None, lens=world.lens)
    world.clause = world.made(make.ClauseFactory, "common", standard=add_standard(world))
    world.versions, world.themes = {}, {}
    for state, place in [("here", "here"), ("far", "elsewhere")]:
        unit = world.units[place]
        framework = world.made(
            make.FrameworkFactory,
            state,
            unit=unit,
            code=f"frame-{state}",
            is_open=state == "far",
        )
        world.have("framework", state, code=framework.code)
        add_versions(world, framework, state)
        book = world.made(make.CodebookFactory, state, unit=unit)
        world.themes[state] = world.made(make.ThemeFactory, state, codebook=book, lens=world.lens)
        world.have("theme", state, pk=world.themes[state].pk)
        draft = world.made(make.ThemeFactory, state, codebook=book, is_draft=True)
        world.have("draft_theme", state, pk=draft.pk)
        world.have("codebook", state, pk=book.pk)
        add_waiting(world, book, state)
        word = world.made(make.WordProposalFactory, state, theme=world.themes[state])
        world.have("word", state, pk=word.pk)


def add_scale(world):
    scale = world.made(make.ScaleFactory, "common", code="five-words")
    for level in scale.levels.all():
        for name, mark in world.marks.words_for(type(level), "common", {}).items():
            setattr(level, name, mark)
        level.save()


def add_standard(world):
    standard = world.made(make.StandardFactory, "common", code="standard")
    world.have("standard", "common", code=standard.code)
    return standard


def add_versions(world, framework, place):
    states = ["retired", "published", "drafted"] if place == "here" else ["far"]
    for number, state in enumerate(states, start=1):
        version = add_version(world, framework, number, state)
        world.versions[state] = version
        here = {"code": framework.code, "number": number}
        world.have("version", state, **here, part="framework", about="family")
        add_second_language(world, version, state, here)
        criterion = version.criteria.order_by("position").first()
        world.have("criterion", state, pk=criterion.pk)
    if place == "here":
        add_draft(world, world.versions["drafted"])


def add_version(world, framework, number, state):
    version = world.made(
        make.FrameworkVersionFactory,
        state,
        framework=framework,
        number=number,
        draft=True,
        bare=True,
    )
    domain = world.made(make.DomainFactory, state, version=version)
    criterion = world.made(make.CriterionFactory, state, domain=domain, prompt=None)
    world.made(make.PromptFactory, state, criterion=criterion)
    world.made(make.ExampleFactory, state, criterion=criterion)
    described = world.marks.text("frameworks.LevelDescription.text", state)
    criterion.level_descriptions.update(text=described)
    make.CrosswalkFactory(criterion=criterion, clause=world.clause)
    version.causes.add(world.cause)
    version.lenses.add(world.lens)
    if state != "drafted":
        by = "far_framework_admin" if state == "far" else "framework_admin"
        version.published_at, version.published_by = timezone.now(), world.people[by]
    if state == "retired":
        version.retired_on = date(2024, 6, 1)
    if state == "published":  # the one before was in use till then
        version.effective_on = date(2024, 6, 1)
    version.save()
    return version


def add_second_language(world, version, state, here):
    """What a version says in another language, of a text that it has no longer."""
    language = world.made(make.SecondLanguageFactory, state, version=version, tag="mi")
    row = world.made(make.SecondWordingFactory, state, language=language)
    if state == "drafted":
        world.have("left_over", "here", **here, pk=row.pk)
        gone = make.SecondWordingFactory(language=language)
        by = world.people["framework_admin"]
        change = history.delete(row=gone, part_of=version, by=by)
        world.have("forgotten", "here", **here, pk=change.pk)


def add_draft(world, version):
    """The parts of a draft that its editor opens, and one that was deleted."""
    here = {"code": version.framework.code}
    domain, criterion = version.domains.get(), version.criteria.get()
    world.have("draft", "here", **here)
    world.have("draft_domain", "here", **here, pk=domain.pk)
    world.have("draft_criterion", "here", **here, kind="criteria", pk=criterion.pk)
    gone = world.made(make.CriterionFactory, "drafted", domain=domain, prompt=None)
    by = world.people["framework_admin"]
    change = history.delete(row=gone, part_of=version, by=by)
    world.have("deletion", "here", **here, pk=change.pk)
    before = {"content": as_json(content_of(version)).decode()}
    told = {"before": before, "after": {"file": "ours.json"}}
    imported = history.write_down(Change.Verb.IMPORTED, version, version, by, **told)
    world.have("imported", "here", **here, pk=imported.pk)


def add_waiting(world, book, state):
    """A wording and an end that wait, a theme that went into another, and one deleted."""
    theme = world.themes[state]
    by = world.people["framework_admin" if state == "here" else "far_framework_admin"]
    world.made(make.ThemeDraftFactory, state, theme=theme, lens=None)
    going = world.made(make.ThemeFactory, state, codebook=book, lens=None)
    world.made(make.ThemeEndFactory, state, theme=going, by=by)
    gone = world.made(
        make.ThemeFactory, state, codebook=book, retired_on=timezone.localdate(), lens=None
    )
    world.made(make.ThemeMappingFactory, state, earlier=gone, later=theme, by=by)
    deleted = world.made(make.ThemeFactory, state, codebook=book, is_draft=True, lens=None)
    change = history.delete(row=deleted, part_of=book, by=by)
    world.have("kept_codebook", state, code=book.code)
    world.have("kept_theme", state, code=book.code, pk=theme.pk, way="merge")
    world.have("theme_deletion", state, code=book.code, pk=change.pk)


def add_shared(world):
    """Lenses, causes and scales: shipped, and of each tree's own; and one deleted."""
    world.have("shared", "shipped", group="lenses", code=world.lens.code)
    for kind, factory in [
        ("lenses", make.LensFactory),
        ("causes", make.CauseFactory),
        ("scales", make.ScaleFactory),
    ]:
        for state, place in [("here", "here"), ("far", "elsewhere")]:
            own = {"code": f"own-{kind}-{state}", "unit": world.units[place]}
            row = world.made(factory, state, **own)
            world.have("shared", f"{kind} {state}", group=kind, code=row.code)
        world.have("shared_kind", kind, group=kind)
    for state, place in [("here", "here"), ("far", "elsewhere")]:
        own = {"code": f"own-standard-{state}", "unit": world.units[place]}
        world.have("standard", state, code=world.made(make.StandardFactory, state, **own).code)
    gone = world.made(make.StandardFactory, "here", code="gone", unit=world.units["here"])
    by = world.people["framework_admin"]
    change = history.delete(row=gone, part_of=gone, by=by)
    world.have("standard_deletion", "here", pk=change.pk)
    gone = world.made(make.LensFactory, "here", code="gone", unit=world.units["here"])
    change = history.delete(row=gone, part_of=gone, by=by)
    world.have("shared_deletion", "here", group="lenses", pk=change.pk)


def add_lists(world):
    """An entry of each list that a unit keeps, here and elsewhere; one of them is retired."""
    for state, place in [("here", "here"), ("far", "elsewhere")]:
        unit = world.units[place]
        # Two of each, so that one can be retired; under codes that no observation of the world has.
        for kind in ({"work": True}, {"setting": True}, {}):
            world.made(make.ListEntryFactory, state, unit=unit, **kind)
            label = world.marks.text("frameworks.ListEntry.label", state)
            other = {"unit": unit, "label": f"{label} 2", **kind}
            second = world.made(make.ListEntryFactory, state, **other)
        third = {"unit": unit, "label": f"{label} 3", "retired": True}
        gone = world.made(make.ListEntryFactory, state, **third)
        world.have("list", state, unit=unit.pk, of="role")
        world.have("list_entry", state, pk=second.pk)
        world.have("retired_entry", state, pk=gone.pk)


def add_files(world):
    """A file of each framework, to begin another with; not imported yet."""
    for state, by in [("here", "framework_admin"), ("far", "far_framework_admin")]:
        version = world.versions["drafted" if state == "here" else "far"]
        content = content_of(version)
        content["framework"]["code"] = ""
        given = {"owner": world.people[by], "unit": version.framework.unit}
        held = world.row(FileToImport, state, content=as_json(content), **given)
        world.have("file", state, pk=held.pk)
        book = world.themes[state].codebook
        given = {"owner": world.people[by], "codebook": book}
        held = world.row(FileToImport, state, content=NEW_THEME, **given)
        world.have("codebook_file", state, code=book.address, pk=held.pk)
