"""A version goes out as a file and comes in again as what it was."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from frameworks.files import importing, parsing, shape, spreadsheet_out, writing
from frameworks.models import Change, Example, FileToImport, Framework, FrameworkVersion, Lineage
from frameworks.versions import actions, drafting
from tests.factories import (
    ClauseFactory,
    CriterionFactory,
    CrosswalkFactory,
    DomainFactory,
    ExampleFactory,
    FrameworkFactory,
    FrameworkVersionFactory,
    PromptFactory,
    UnitFactory,
    UserFactory,
)
from tests.frameworks.sheets import changed

pytestmark = pytest.mark.django_db

ODD = "Kōrero “mai” ki a mātou 🌱\nline two, 'quoted' <b>& ampersand</b>"
RUNS = ["=1+1", "+44 20", "-2", "@SUM(A1)", "=HYPERLINK('x')"]


@pytest.fixture
def version(organisation):
    """A published version with everything in it that is hard to carry."""
    framework = FrameworkFactory(
        unit=organisation, code="ours", name="Whānau first", source="Ōtaki"
    )
    found = FrameworkVersionFactory(framework=framework, change_note=ODD, draft=True)
    criterion = found.criteria.first()
    criterion.examples.all().delete()
    for kind, text in [("miss", ODD), ("hit", "=1+1")]:
        ExampleFactory(criterion=criterion, kind=kind, text=text)
    for position, text in enumerate(RUNS, start=2):
        PromptFactory(criterion=criterion, text=text, position=position)
    CrosswalkFactory(criterion=criterion, clause=ClauseFactory(number="1.10"))
    found.shown_first = criterion
    found.published_at, found.published_by = timezone.now(), UserFactory()
    found.save()
    return found


def json_of(version):
    return writing.as_json(writing.content_of(version))


def sheet_of(version):
    return spreadsheet_out.of_content(writing.content_of(version))


def emptied(version):
    """Take a framework with all its versions out of the unit, as if it had never been there."""
    elsewhere = UnitFactory(organisation=True)
    Framework.objects.filter(pk=version.framework_id).update(
        code="elsewhere", name="Elsewhere", unit=elsewhere
    )


def read_whole(data):
    found = parsing.read(data)
    assert [(found.where(each.path), each.words) for each in found.faults] == []
    return found.content


def begun(data, unit, by):
    return importing.begin(content=read_whole(data), unit=unit, by=by, named="a file")


@pytest.mark.parametrize("out", [json_of, sheet_of])
def test_what_goes_out_comes_in_and_goes_out_the_same_to_the_byte(
    out, version, organisation, framework_admin
):
    before, data = json_of(version), out(version)
    emptied(version)

    again = begun(data, organisation, framework_admin)

    assert json_of(again) == before
    assert out is sheet_of or again.criteria.first().examples.count() == 2


def test_json_is_utf8_with_two_spaces_and_a_line_break_at_the_end(version):
    data = json_of(version)

    assert data == json_of(FrameworkVersion.objects.get(pk=version.pk))
    assert data.startswith(b'{\n  "schema": "practicelens.framework/1",\n')
    assert data.endswith(b"}\n")
    assert "Kōrero “mai” ki a mātou 🌱\\nline two".encode() in data


def test_the_file_is_the_same_whatever_order_things_were_made_in(organisation, framework_admin):
    version = FrameworkVersionFactory(framework__unit=organisation, framework__code="ours")
    before = json_of(version)
    content = read_whole(before)
    for key in ("causes", "lenses"):
        content["version"][key].reverse()
    emptied(version)

    again = importing.begin(content=content, unit=organisation, by=framework_admin, named="a file")

    assert json_of(again) == before


@pytest.mark.parametrize("out", [json_of, sheet_of])
def test_a_later_version_comes_in_with_its_lineage(out, version, framework_admin, organisation):
    later = drafting.start(framework=version.framework, by=framework_admin)
    row = later.lineage.order_by("later__position").first()
    row.kind = Lineage.Kind.REWORDED
    row.save()
    gone = later.criteria.order_by("-position").first()
    last = gone.continues_from.get()
    last.kind, last.later = Lineage.Kind.DROPPED, None
    last.save()
    drafting.delete(row=gone, by=framework_admin)
    new = CriterionFactory(domain=later.domains.first(), code="1.9", position=9)
    Lineage.objects.create(version=later, kind="new", later=new)
    first, second, data = json_of(version), json_of(later), out(later)
    later.lineage.all().delete()
    later.delete()
    emptied(version)

    again = begun(first, organisation, framework_admin)
    publish(again, framework_admin)
    importing.replace(
        content=read_whole(data),
        framework=again.framework,
        by=framework_admin,
        named="a file",
        base=importing.seen(again.framework),
    )

    assert json_of(again.framework.versions.get(number=2)) == second
    assert {row["kind"] for row in json.loads(second)["lineage"]} == {
        "same",
        "reworded",
        "dropped",
        "new",
    }


def publish(version, by):
    actions.publish(
        version=version, by=by, change_note=version.change_note, effective_on=date(2024, 1, 1)
    )


# Out, over the browser


def test_whoever_may_read_a_version_downloads_it(practitioner_client, version):
    page = practitioner_client.get(version.get_absolute_url()).content.decode()
    for kind in ("json", "xlsx"):
        address = reverse(f"frameworks:export_{kind}", args=["ours", version.number])
        response = practitioner_client.get(address)
        assert address in page
        assert response["Content-Disposition"] == f'attachment; filename="ours-version-1.{kind}"'
        assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content[:2] == b"PK"


def test_a_draft_is_downloaded_by_its_admins_only(
    practitioner_client, framework_admin_client, version, framework_admin
):
    drafting.start(framework=version.framework, by=framework_admin)
    address = reverse("frameworks:export_json", args=["ours", 2])

    assert practitioner_client.get(address).status_code == 404
    assert framework_admin_client.get(address).json()["version"]["follows"] == 1


def test_a_download_asks_the_database_a_fixed_number_of_times(
    version, django_assert_max_num_queries
):
    domain = version.framework.versions.get().domains.first()
    draft = FrameworkVersionFactory(framework__unit=domain.version.framework.unit, draft=True)
    for _ in range(10):
        CriterionFactory(domain=draft.domains.first())
    with django_assert_max_num_queries(15):
        writing.content_of(FrameworkVersion.objects.get(pk=draft.pk))


def test_a_text_that_looks_like_a_formula_is_written_as_text(version):
    book = load_workbook(BytesIO(sheet_of(version)))

    cells = [cell for row in book["Prompts"] for cell in row if cell.value in RUNS]
    assert [cell.value for cell in cells] == RUNS
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {True}


def test_a_text_no_cell_can_hold_is_told_not_cut(framework_admin_client, version):
    Framework.objects.filter(pk=version.framework_id).update(description="x" * 40_000)
    address = reverse("frameworks:export_xlsx", args=["ours", 1])

    page = framework_admin_client.get(address, follow=True).content.decode()

    assert "Download it as JSON" in page


def test_the_template_tells_how_and_its_examples_are_not_read(framework_admin_client, version):
    response = framework_admin_client.get(reverse("frameworks:import_template"))
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames[0] == "How to fill this in"
    words = [cell.value for row in book["How to fill this in"] for cell in row]
    assert f"Scale: {version.scale.code}" in words

    found = parsing.read(response.content)

    assert found.content["domains"] == []
    assert [found.where(each.path) for each in found.faults] == [
        "About, row 3, column B (Value)",
        "About, row 4, column B (Value)",
        "About, row 7, column B (Value)",
        "About, row 11, column B (Value)",
    ]


def test_the_template_filled_in_begins_a_framework(
    framework_admin_client, framework_admin, organisation
):
    scale = FrameworkVersionFactory(framework__unit=organisation).scale

    def fill(book):
        for row, value in [(3, "Our way"), (4, "How we work"), (7, 1), (11, scale.code)]:
            book["About"].cell(row, 2, value)
        book["Domains"].append([1, "Being with them", "Is it?"])
        book["Criteria"].append([1, "1.1", "They know why", "Who said so?", ""])
        book["Levels"].append(["1.1", scale.levels.first().code, "It was not given"])

    data = framework_admin_client.get(reverse("frameworks:import_template")).content
    made = begun(changed(data, fill), organisation, framework_admin)

    assert (made.framework.code, made.number) == ("our-way", 1)
    assert made.criteria.get().level_descriptions.get().text == "It was not given"


# In, over the browser


def send(client, data, place, name="ours.json"):
    file = SimpleUploadedFile(name, data, content_type="image/png")
    return client.post(reverse("frameworks:import_file"), {"file": file, "place": place})


def test_a_file_is_looked_at_before_anything_changes(
    framework_admin_client, framework_admin, version
):
    draft = drafting.start(framework=version.framework, by=framework_admin)
    content = writing.content_of(draft)
    content["framework"]["description"] = "For whānau."
    content["domains"][0]["criteria"][0]["look_for"] = "Something else"
    content["domains"][0]["criteria"][1]["code"] = "1.7"
    content["lineage"][1] = {"kind": "new", "from": "", "to": "1.7"}
    before = json_of(draft)

    response = send(
        framework_admin_client, writing.as_json(content), f"draft-{version.framework_id}"
    )
    page = framework_admin_client.get(response.url)

    text = " ".join(page.content.decode().split())
    assert "1 added, 1 changed, 1 removed" in text
    assert "Different: what to look for" in text
    assert "For whānau." in text
    assert json_of(draft) == before

    saved = framework_admin_client.post(response.url, {"base": page.context["base"]})
    assert saved.url == reverse("frameworks:draft", args=["ours"])
    now = writing.content_of(FrameworkVersion.objects.get(pk=draft.pk))
    assert now["domains"] == content["domains"]
    assert not FileToImport.objects.exists()
    change = Change.objects.first()
    imported = Change.objects.get(verb="imported")
    assert (imported.by, imported.after) == (framework_admin, {"file": "ours.json"})
    assert change is not None

    history = framework_admin_client.get(reverse("frameworks:history", args=["ours"]))
    address = reverse("frameworks:export_before", args=["ours", imported.pk])
    assert address in history.content.decode()
    assert framework_admin_client.get(address).content == before


def test_criteria_whose_code_stays_are_the_same_rows(framework_admin, version):
    draft = drafting.start(framework=version.framework, by=framework_admin)
    rows = dict(draft.criteria.values_list("code", "pk"))
    content = writing.content_of(draft)
    content["domains"][0]["criteria"][0]["name"] = "Said another way"

    replaced(content, draft, framework_admin)

    assert dict(draft.criteria.values_list("code", "pk")) == rows
    assert draft.criteria.get(code="1.1").name == "Said another way"


def replaced(content, draft, by):
    framework = Framework.objects.get(pk=draft.framework_id)
    importing.replace(
        content=content, framework=framework, by=by, named="x", base=importing.seen(framework)
    )


def test_a_file_without_lineage_leaves_it_only_where_the_words_stay(framework_admin, version):
    draft = drafting.start(framework=version.framework, by=framework_admin)
    content = writing.content_of(draft) | {"lineage": []}
    content["domains"][0]["criteria"][0]["name"] = "Said another way"

    replaced(content, draft, framework_admin)

    left = draft.lineage.values_list("later__code", flat=True)
    assert set(left) == {"1.2", "2.1"}


def test_a_draft_that_changed_since_is_shown_again(
    framework_admin_client, framework_admin, version
):
    draft = drafting.start(framework=version.framework, by=framework_admin)
    response = send(framework_admin_client, json_of(draft), f"draft-{version.framework_id}")
    base = framework_admin_client.get(response.url).context["base"]
    DomainFactory(version=draft, name="Theirs")

    again = framework_admin_client.post(response.url, {"base": base})

    assert again.status_code == 409
    assert "was changed since you looked" in again.content.decode()
    assert draft.domains.filter(name="Theirs").exists()


def test_a_file_is_another_persons_to_nobody_and_lasts_a_day(
    framework_admin_client, organisation, version, psw_client
):
    response = send(framework_admin_client, json_of(version), f"draft-{version.framework_id}")
    assert psw_client.get(response.url).status_code == 404
    FileToImport.objects.update(at=timezone.now() - timezone.timedelta(days=1, minutes=1))

    assert framework_admin_client.get(response.url).status_code == 404
    importing.forget_old()
    assert not FileToImport.objects.exists()


def test_a_published_version_is_never_replaced(framework_admin_client, framework_admin, version):
    before = json_of(version)
    content = writing.content_of(version)
    content["domains"].pop()

    response = send(
        framework_admin_client, writing.as_json(content), f"draft-{version.framework_id}"
    )
    base = framework_admin_client.get(response.url).context["base"]
    framework_admin_client.post(response.url, {"base": base})

    assert json_of(FrameworkVersion.objects.get(pk=version.pk)) == before
    assert version.framework.versions.get(number=2).domains.count() == 1


def test_a_framework_of_another_organisation_is_no_place_to_go(
    framework_admin_client, other_organisation, version
):
    theirs = FrameworkFactory(unit=other_organisation)
    for place in (f"draft-{theirs.pk}", f"new-{other_organisation.pk}", "draft-x"):
        response = send(framework_admin_client, json_of(version), place)
        assert response.status_code == 422
    assert not FileToImport.objects.exists()


def test_nothing_is_imported_in_part(framework_admin, organisation, version, monkeypatch):
    content = writing.content_of(version)
    emptied(version)
    monkeypatch.setattr(importing, "fill_parts", lambda *given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        importing.begin(content=content, unit=organisation, by=framework_admin, named="x")

    assert not Framework.objects.filter(code="ours").exists()


def test_a_file_over_the_limit_is_told_and_not_held(framework_admin_client, organisation):
    data = b"{" + b" " * (parsing.LARGEST + 1)

    response = send(framework_admin_client, data, f"new-{organisation.pk}")

    assert response.status_code == 422
    assert "larger than 5 MB" in response.content.decode()


def test_the_schema_names_every_key_that_a_file_has(version):
    content = writing.content_of(version)

    told = shape.json_schema()
    parts = told["$defs"]
    assert list(content) == list(told["properties"])
    assert list(content["version"]) == list(parts["Version"]["properties"])
    assert list(content["domains"][0]["criteria"][0]) == list(parts["Criterion"]["properties"])


def test_the_json_schema_says_what_is_needed_and_how_long_it_may_be(framework_admin_client):
    response = framework_admin_client.get(reverse("frameworks:import_schema"))

    told = json.loads(response.content)
    assert told["required"] == ["schema", "framework", "version", "domains"]
    assert told["properties"]["schema"]["const"] == "practicelens.framework/1"
    assert told["$defs"]["Criterion"]["properties"]["code"]["maxLength"] == 10
    assert told["$defs"]["Example"]["properties"]["kind"]["enum"] == Example.Kind.values
