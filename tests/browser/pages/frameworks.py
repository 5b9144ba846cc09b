"""The pages of frameworks, of what they share and of codebooks."""

import csv
from io import StringIO

from django.urls import reverse

from frameworks.files.importing import hold
from frameworks.files.writing import as_json, content_of
from frameworks.models import (
    Criterion,
    Framework,
    FrameworkVersion,
    ListEntry,
    Scale,
    SecondLanguage,
    Standard,
    Theme,
    ThemeDraft,
)
from frameworks.shared import actions
from frameworks.standards import actions as standards
from frameworks.themes import editing
from frameworks.themes.files import going_out
from frameworks.versions import drafting
from frameworks.versions.forms.drafting import CriterionForm
from practicelens.people.models import User
from tests.browser.pages.page import Page, at, person

# A framework's draft


def drafted():
    """The next version of the shipped framework, begun."""
    framework = Framework.objects.get(code="working-alongside")
    found = framework.versions.drafts().first()
    return found or drafting.start(framework=framework, by=person("joel"))


def of_framework(name, *parts):
    """An address of the draft: each part is plain, or finds what it names in the version."""

    def address():
        version = drafted()
        found = [part(version) if callable(part) else part for part in parts]
        return reverse(f"frameworks:{name}", args=[version.framework.code, *found])

    return address


def first_domain(version):
    return version.domains.order_by("position").first().pk


def first_criterion(version):
    return version.criteria.order_by("position").first().pk


def without_faults(name):
    """An address of a draft that could be published: one of a few words, in no other page's way."""

    def address():
        unit = Framework.objects.get(code="working-alongside").unit
        made = Framework.objects.filter(unit=unit, name="Small steps").first()
        version = made.versions.get() if made else small_framework(unit)
        return reverse(f"frameworks:{name}", args=[version.framework.code])

    return address


def small_framework(unit):
    scale = Scale.objects.get(code="strengths-only")
    about = {"name": "Small steps", "description": "What could begin this week."}
    version = drafting.make(**about, unit=unit, scale=scale, by=person("joel"))
    for name in ("Beginning", "Going on"):
        domain = drafting.add_domain(version=version, name=name, about="", by=person("joel"))
        instance = Criterion(domain=domain, version=version, position=0, code="")
        sent = {"name": f"{name} is small", "look_for": "What was small?", "domain": domain.pk}
        form = CriterionForm(sent, instance=instance, version=version)
        assert form.is_valid(), form.errors
        drafting.add_criterion(form=form, by=person("joel"))
    return version


def after_a_deletion():
    address = without_faults("draft")()
    version = FrameworkVersion.objects.get(framework__name="Small steps")
    if version.domains.count() > 1:
        drafting.delete(row=version.domains.get(code="2"), by=person("joel"))
    return address


def held_file():
    """A file that would change the draft, not imported yet."""
    version = drafted()
    content = content_of(version)
    content["domains"][0]["criteria"][0]["look_for"] = "Who said why?"
    content["domains"][-1]["criteria"].pop()
    codes = {each["code"] for domain in content["domains"] for each in domain["criteria"]}
    content["lineage"] = [each for each in content["lineage"] if each["to"] in codes]
    held = hold(
        owner=person("joel"),
        name="working-alongside.xlsx",
        content=as_json(content),
        framework=version.framework,
    )
    return reverse("frameworks:import_check", args=[held.pk])


def held_themes():
    """A file that would add a theme to the codebook and change another, not imported yet."""
    codebook = a_codebook()
    head, first, *rest = csv.reader(StringIO(going_out.as_csv(codebook).decode("utf-8-sig")))
    first[head.index("Use when")] = "Someone says what the wait did to a child."
    new = dict.fromkeys(head, "") | {"Name": "Rent and board", "Definition": "What a room costs."}
    out = StringIO()
    csv.writer(out).writerows(
        [[*head, "Colour"], first, *rest, [*(new[name] for name in head), ""]]
    )
    file = {"name": "themes.csv", "content": out.getvalue().encode(), "codebook": codebook}
    held = hold(owner=person("joel"), **file)
    return reverse("frameworks:import_themes_check", args=[codebook.address, held.pk])


# What a version says in another language


def no_second_language():
    """The page of a draft that has none yet."""
    version = drafted()
    SecondLanguage.objects.filter(version=version).delete()
    return reverse("frameworks:second_language", args=[version.framework.code, version.number])


def second_language(name, *parts):
    """An address of the version in use, half said in another language; one text was changed since."""

    def address():
        version = Framework.objects.get(code="working-alongside").versions.get(number=2)
        named = {"tag": "mi", "name": "te reo Māori"}
        language, is_new = SecondLanguage.objects.get_or_create(version=version, defaults=named)
        if is_new:
            domain, criterion = version.domains.first(), version.criteria.first()
            firsts = [domain.name, f"{criterion.name}, as it was"]
            for first in firsts:
                language.wordings.create(first=first, second="Kōrero mai")
        found = [part(version) if callable(part) else part for part in parts]
        args = [version.framework.code, version.number, *found]
        return reverse(f"frameworks:{name}", args=args)

    return address


def said_domain(version):
    return f"domain-{first_domain(version)}"


def in_its_second_language():
    User.objects.filter(pk=person("priya").pk).update(reads_in="mi")
    return live_version().get_absolute_url()


# What frameworks share


def our_own(kind, code):
    """The page that changes the organisation's own copy of what is shipped."""

    def address():
        model, by = actions.KINDS[kind], person("joel")
        unit = Framework.objects.get(code="working-alongside").unit
        copied = model.objects.filter(unit=unit).first() or actions.make_ours(
            row=model.objects.get(code=code), unit=unit, by=by
        )
        return reverse("frameworks:shared_edit", args=[kind, copied.code])

    return address


def our_standard():
    unit = Framework.objects.get(code="working-alongside").unit
    ours = Standard.objects.filter(unit=unit).first() or standards.make_ours(
        standard=Standard.objects.get(code="pcf"), unit=unit, by=person("joel")
    )
    return reverse("frameworks:standard_edit", args=[ours.code])


# Lists


def own_lists():
    """Entries of an office in another country that keeps its own; one of them is retired."""
    return ListEntry.objects.filter(unit__code="te-marino", of="kind_of_work")


def of_lists(name):
    return lambda: reverse(f"frameworks:{name}", args=[own_lists()[0].unit_id, "kind_of_work"])


def an_entry():
    return reverse("frameworks:list_entry", args=[own_lists().earliest("position").pk])


# Codebooks


def a_codebook():
    """That of the demonstration: a wording and a merger wait, one theme is new, one retired."""
    theme = Theme.objects.get(code="process")
    words = {name: getattr(theme, name) for name in editing.WORDS}
    words["keywords"] = [*theme.keywords, "kitchen table"]
    ThemeDraft.objects.get_or_create(theme=theme, defaults={**words, "revision": 1})
    going = theme.codebook.themes.in_use().last()
    if not editing.end_of(going):
        into = {"kind": "merged", "into": [theme], "takes_words": True}
        editing.end(theme=going, why="One idea.", by=person("joel"), **into)
    spare = {"name": "Transport", "short": "Transport", "definition": "Getting there."}
    for code, more in [("transport", {"is_draft": True}), ("travel", {"retired_on": "2026-10-01"})]:
        theme.codebook.themes.get_or_create(code=code, defaults={**spare, "position": 90, **more})
    return theme.codebook


def of_codebook(name, *args):
    return lambda: reverse(f"frameworks:{name}", args=[a_codebook().code, *args])


def of_theme(name, *args):
    def address():
        codebook = a_codebook()
        theme = codebook.themes.get(code="process")
        return reverse(f"frameworks:{name}", args=[codebook.code, theme.pk, *args])

    return address


# Versions in use


def outside(name, *args):
    """An address of the shipped framework, opened to anybody."""
    framework = Framework.objects.get(code="working-alongside")
    framework.is_open = True
    framework.save()
    return reverse(f"frameworks:{name}", args=[framework.code, *args])


def live_version():
    return FrameworkVersion.objects.get(number=2)


FRAMEWORKS = [
    Page("frameworks", "joel", at("frameworks:list")),
    Page("a framework", "joel", at("frameworks:framework", "working-alongside")),
    Page("a version", "joel", at("frameworks:version", "working-alongside", 2)),
    Page("an earlier version", "joel", at("frameworks:version", "working-alongside", 1)),
    Page("themes", "joel", at("frameworks:themes")),
    Page("a theme", "joel", lambda: reverse("frameworks:theme", args=[Theme.objects.first().pk])),
    Page("standards", "joel", at("frameworks:standards")),
    Page(
        "a standard",
        "joel",
        lambda: reverse("frameworks:standard", args=[Standard.objects.first().code]),
    ),
    Page("adding a standard", "joel", at("frameworks:standard_new")),
    Page("loading a standard", "joel", at("frameworks:standard_load")),
    Page("changing a standard", "joel", our_standard),
    Page("criteria by clauses", "joel", at("frameworks:crosswalk", "working-alongside", 2)),
    Page("what comes first", "joel", at("frameworks:first", "working-alongside", 2, "meeting")),
    Page("choosing a second language", "joel", no_second_language),
    Page("a second language", "joel", second_language("second_language")),
    Page("what is said in it", "joel", second_language("second_words", said_domain)),
    Page("deleting a second language", "joel", second_language("delete_second_language")),
    Page("change notes", "joel", at("frameworks:change_notes")),
    Page("lenses", "joel", at("frameworks:lenses")),
    Page("a lens", "joel", at("frameworks:shared_row", "lenses", "meeting")),
    Page("adding a lens", "joel", at("frameworks:shared_new", "lenses")),
    Page("changing a lens", "joel", our_own("lenses", "poverty")),
    Page("causes", "joel", at("frameworks:causes")),
    Page("a cause", "joel", at("frameworks:shared_row", "causes", "no_time")),
    Page("adding a cause", "joel", at("frameworks:shared_new", "causes")),
    Page("scales", "joel", at("frameworks:scales")),
    Page("a scale", "joel", at("frameworks:shared_row", "scales", "safety-0-10")),
    Page("adding a scale", "joel", at("frameworks:shared_new", "scales")),
    Page("changing a scale", "joel", our_own("scales", "ofsted-four")),
    Page("lists", "joel", at("frameworks:lists")),
    Page("giving a unit lists of its own", "joel", at("frameworks:list_begin")),
    Page("a unit's list", "joel", of_lists("list_of")),
    Page("adding to a list", "joel", of_lists("list_add")),
    Page("renaming an entry", "joel", an_entry),
    Page("beginning a framework", "joel", at("frameworks:new")),
    Page("importing a framework", "joel", at("frameworks:import_file")),
    Page("what a file would change", "joel", held_file),
    Page("loading what comes with it", "joel", at("frameworks:load")),
    Page("beginning a codebook", "joel", at("frameworks:new_codebook")),
    Page("beginning from a starter", "joel", at("frameworks:new_from_starter")),
    Page("a draft", "joel", of_framework("draft")),
    Page("what a draft is built with", "joel", of_framework("draft_about")),
    Page("where a draft's criteria come from", "joel", of_framework("lineage")),
    Page("two versions compared", "joel", at("frameworks:compare", "working-alongside")),
    Page("a domain in a draft", "joel", of_framework("draft_part", "domains", first_domain)),
    Page("a criterion in a draft", "joel", of_framework("draft_part", "criteria", first_criterion)),
    Page("trying a draft", "joel", of_framework("trial")),
    Page("erasing trial notes", "joel", of_framework("erase_trial")),
    Page("publishing a draft with faults", "joel", of_framework("publish")),
    Page("publishing a draft", "joel", without_faults("publish")),
    Page("a draft without faults, after a deletion", "joel", after_a_deletion),
    Page("retiring a version", "joel", at("frameworks:retire", "working-alongside", 2)),
    Page("a new domain", "joel", of_framework("add_domain")),
    Page("a new criterion", "joel", of_framework("add_criterion", first_domain)),
    Page("who changed a framework", "joel", of_framework("history")),
    Page("a codebook's themes", "joel", of_codebook("codebook")),
    Page("a new theme", "joel", of_codebook("add_theme")),
    Page("importing themes", "joel", of_codebook("import_themes")),
    Page("what a file would change in a codebook", "joel", held_themes),
    Page("a theme being changed", "joel", of_theme("edit_theme")),
    Page("a theme being merged", "joel", of_theme("end_theme", "merge")),
    Page("a theme being split", "joel", of_theme("end_theme", "split")),
    Page("a theme being retired", "joel", of_theme("end_theme", "retire")),
    Page("who changed a codebook", "joel", of_codebook("codebook_history")),
    Page("a framework as people outside read it", "", lambda: outside("outside")),
    Page("an earlier version as they read it", "", lambda: outside("outside_version", 1)),
    Page("the same in its second language", "", lambda: f"{outside('outside')}?in=mi"),
    Page("a version in its second language", "priya", in_its_second_language),
    Page("the language that frameworks are read in", "marian", at("frameworks:read_in")),
    Page("a preview of it", "joel", at("frameworks:outside", "working-alongside")),
    Page("opening a framework", "joel", at("frameworks:open_outside", "working-alongside")),
    Page("a version read by an observer", "marian", lambda: live_version().get_absolute_url()),
]

# Opened by a button, asked by a script or downloaded: never a page that is read.
NO_PAGE = {
    "bring_back",
    "correct",
    "delete_part",
    "duplicate",
    "end_trial",
    "export_before",
    "export_codebook_csv",
    "export_codebook_qdc",
    "export_json",
    "export_xlsx",
    "forget_words",
    "import_schema",
    "import_template",
    "keep_theme",
    "leave_theme",
    "list_bring_back",
    "list_move",
    "list_retire",
    "move_part",
    "move_theme",
    "outside_pdf",
    "outside_version_pdf",
    "restore",
    "restore_theme",
    "restore_words",
    "shared_delete",
    "shared_ours",
    "shared_restore",
    "standard_delete",
    "standard_ours",
    "standard_restore",
    "start_draft",
    "told",
}
