"""What is wrong with a file is shown all at once, with its place and what to do; it never breaks."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from frameworks.files import archive, parsing, spreadsheet_out, writing
from frameworks.models import FileToImport, Framework
from frameworks.versions import drafting
from tests.factories import CriterionFactory, FrameworkVersionFactory
from tests.frameworks.sheets import changed, with_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(organisation):
    return FrameworkVersionFactory(
        framework__unit=organisation, framework__code="ours", framework__name="Ours"
    )


@pytest.fixture
def content(version):
    """A file that could begin a framework of its own."""
    found = writing.content_of(version)
    found["framework"]["code"] = "another"
    return found


@pytest.fixture
def sheet(content):
    return spreadsheet_out.of_content(content)


@pytest.fixture
def sent(framework_admin_client, organisation):
    """Sends a file to begin a framework; gives [(where, words)], or the form's own error."""

    def send(data, name="a.xlsx", place=None):
        if isinstance(data, dict):
            data = json.dumps(data).encode()
        file = SimpleUploadedFile(name, data)
        page = framework_admin_client.post(
            reverse("frameworks:import_file"),
            {"file": file, "place": place or f"new-{organisation.pk}"},
        )
        if page.status_code == 302:
            return []
        assert page.status_code == 422
        assert not FileToImport.objects.exists()
        return page.context["faults"] or page.context["form"].errors["file"][0]

    return send


def first(content):
    return content["domains"][0]["criteria"][0]


def test_a_file_with_nothing_wrong_is_taken(sent, content, sheet):
    assert sent(content) == []
    FileToImport.objects.all().delete()
    assert sent(sheet) == []


# What can't be read at all


def zipped(**parts):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "older Office file"),
        (b"Code,Name\n1,One\n", "neither a spreadsheet (.xlsx) nor JSON"),
        (b"[1, 2]", "neither"),
        ('{"schema": "practicelens.framework/1"}'.encode("utf-16"), "UTF-16"),
        ('{\n"name": "Wh\u0101nau caf\xe9"}'.replace("\u0101", "a").encode("latin-1"), "(line 2)"),
        (b'{"a": 1,', "is not whole JSON: look at line 1, column"),
        (b'{"a": ' + b"[" * 200_000, "nested too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number too long"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (zipped(word__document_xml="<w/>"), "is a Word document"),
        (zipped(mimetype="application/vnd.oasis"), "is no spreadsheet"),
        (zipped(xl__workbook_xml="<workbook/>"), "can’t be read as a spreadsheet"),
        (zipped(xl__workbook_xml="not xml at all"), "can’t be read as a spreadsheet"),
    ],
)
def test_what_is_no_framework_file_is_refused_by_what_is_in_it(sent, data, words):
    assert words in sent(data)


def test_a_file_with_macros_is_refused_with_the_reason(sent, sheet):
    assert "has macros" in sent(with_part(sheet, "xl/vbaProject.bin", b"\0"))


def test_a_file_that_grows_too_much_is_not_opened(sent, sheet, monkeypatch):
    monkeypatch.setattr(parsing.spreadsheet_in, "read", lambda archive: 1 / 0)

    assert "grows too much" in sent(with_part(sheet, "xl/extra.xml", b" " * 5_000_000))
    monkeypatch.setattr(archive, "LARGEST_OPENED", 1000)
    assert "grows to more than" in sent(sheet)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    assert "more than 3 parts" in sent(sheet)


def test_an_entry_larger_than_its_directory_says_is_not_read_on(sent, sheet):
    data = with_part(sheet, "xl/worksheets/sheet3.xml", b" " * 900_000)
    size = (900_000).to_bytes(4, "little")
    assert data.count(size) == 2

    assert "is damaged" in sent(data.replace(size, (90).to_bytes(4, "little")))


def test_entities_are_never_followed(sent, sheet):
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</worksheet>'
    )
    for part in ("xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        assert "has parts that no" in sent(with_part(sheet, part, bomb))
        hidden = bomb.decode().encode("utf-16")
        assert "has parts that no" in sent(with_part(sheet, part, hidden))


def test_a_file_with_a_password_is_refused(sent, sheet):
    at = sheet.index(b"PK\x01\x02") + 8
    assert "has a password" in sent(sheet[:at] + b"\x01" + sheet[at + 1 :])


# Cells, rows, sheets


def told(faults):
    return {f"{where} {words}" for where, words in faults}


def test_formulas_and_errors_are_refused_by_name_and_never_computed(sent, sheet):
    def change(book):
        book["Criteria"]["C2"] = '=CONCAT("a", "b")'
        book["Domains"]["B2"] = "#REF!"

    assert told(sent(changed(sheet, change))) >= {
        "Criteria, row 2, column C has a formula: write the text itself",
        "Domains, row 2, column B has the error #REF!: write the text itself",
    }


def test_merged_cells_are_refused_by_name(sent, sheet):
    faults = sent(changed(sheet, lambda book: book["Prompts"].merge_cells("A2:A3")))

    assert "Prompts, cells A2:A3" in dict(faults)


def test_a_missing_sheet_and_a_missing_column_are_named_together(sent, sheet):
    def change(book):
        del book["Domains"]
        book["Levels"]["B1"] = "Colour"

    assert told(sent(changed(sheet, change))) == {
        "Domains is missing: copy this sheet from the template",
        "Levels, column B is “Colour”, which has no place here: call it Notes, or delete it",
        "Levels, row 1 has no column “Level”: add it",
    }


def test_a_column_given_twice_is_named(sent, sheet):
    def change(book):
        book["Domains"]["D1"] = "name"

    assert told(sent(changed(sheet, change))) == {"Domains, column D is “name” again: keep one"}


def test_everything_wrong_in_a_spreadsheet_is_told_at_once_by_its_place(sent, sheet):
    def change(book):
        book["Criteria"].append(["9", "9.1", "N" * 121, "", ""])
        book["Criteria"]["C2"] = "N" * 125
        book["Criteria"]["D3"] = None
        book["Levels"].append(["7.7", "evident", "x"])
        book["Examples"].append(["1.1", "nearly", "x"])
        book["About"]["B7"] = "two"
        book["About"].append(["Colour", "red"])
        book["About"].append(["Name", "Again"])

    assert told(sent(changed(sheet, change))) >= {
        "Criteria, row 5, column A (Domain) “9” is no code in Domains: correct it, or add the domain",
        "Criteria, row 2, column C (Name) is 5 too long: at most 120 characters",
        "Criteria, row 3, column D (Look for) is empty: fill it in",
        "About, row 7, column B (Value) has to be a whole number from 1 to 9999",
        "About, row 18, column A (What) “Colour” is not known here: write it as in the template",
        "About, row 19, column A (What) is given in row 3 too: keep one",
    }


def test_unknown_and_repeated_codes_are_told_at_once_by_their_place(sent, sheet):
    def change(book):
        book["Domains"].append(["1", "Again", ""])
        book["Criteria"].append(["2", "1.1", "Again", "Look", ""])
        book["About"]["B11"] = "ten-words"
        book["About"]["B14"] = "nowhere, nowhere"
        book["Clauses"].append(["1.1", "nobody", "1"])
        book["About"]["B17"] = "7.7"
        book["Lineage"].append(["new", "", "8.8"])
        book["Lineage"].append(["dropped", "1.1", "1.1"])

    faults = dict(sent(changed(sheet, change)))
    assert "is the code of another domain too" in faults["Domains, row 4, column A (Code)"]
    assert "is the code of another criterion too" in faults["Criteria, row 5, column B (Code)"]
    assert "is not a scale known here" in faults["About, row 11, column B (Value)"]
    assert "is not among the lenses" in faults["About, row 14, column B (Value)"]
    assert "“7.7” is no criterion of this file" in faults["About, row 17, column B (Value)"]
    assert "“nobody” is not known here" in faults["Clauses, row 2, column B (Standard)"]
    assert "“8.8” is no criterion of this file" in faults["Lineage, row 2, column C (To)"]
    assert "does not go with “dropped”" in faults["Lineage, row 3, column C (To)"]


def test_an_unknown_level_is_named_by_its_row(sent, sheet):
    def change(book):
        book["Levels"]["B2"] = "brilliant"

    faults = dict(sent(changed(sheet, change)))
    assert "“brilliant” is no level of" in faults["Levels, row 2, column C (Text)"]


def test_one_level_described_twice_is_named(sent, sheet):
    def change(book):
        row = [cell.value for cell in book["Levels"][2]]
        book["Levels"].append(row)

    (fault,) = sent(changed(sheet, change))
    assert "is described already" in fault[1]


def test_numbers_and_days_that_a_program_made_of_codes_are_read(sent, sheet):
    def change(book):
        book["Domains"]["A2"] = 1
        book["About"]["B7"] = 3.0

    assert sent(changed(sheet, change)) == []


def test_five_thousand_rows_are_looked_at_and_imported(sent, content, framework_admin_client):
    levels = first(content)["levels"]
    content["domains"][0]["criteria"] = [
        first(content) | {"code": f"1.{n}", "levels": levels, "prompts": [], "examples": []}
        for n in range(1, 1001)
    ]
    content["domains"][1]["criteria"] = []
    data = spreadsheet_out.of_content(content)

    assert sent(data) == []
    held = FileToImport.objects.get()
    framework_admin_client.post(reverse("frameworks:import_check", args=[held.pk]))

    assert Framework.objects.get(code="another").versions.get().criteria.count() == 1000


def test_more_rows_than_a_file_may_have_are_refused_in_one_line(sent, content, sheet, monkeypatch):
    monkeypatch.setattr(parsing.spreadsheet_in, "MOST_ROWS", 20)
    monkeypatch.setattr(parsing, "MOST_ROWS", 10)

    faults = sent(sheet)
    assert [words for _, words in faults] == ["brings the file over 20 rows: split it"]
    assert [words for _, words in sent(content)] == ["comes to more than 10 rows: split it"]


def test_a_cell_at_the_far_end_of_a_sheet_is_no_million_rows(sent, sheet):
    def change(book):
        book["Prompts"]["XFD1048576"] = "far"

    assert sent(changed(sheet, change)) == []


def test_an_empty_spreadsheet_lacks_every_sheet(sent):
    out = BytesIO()
    Workbook().save(out)

    assert len(sent(out.getvalue())) == 8


# JSON


def unkept(code):
    return f"has a character that can’t be kept (U+{code}): take it out"


def test_everything_wrong_in_json_is_told_at_once_by_its_path(sent, content):
    criterion = first(content)
    criterion |= {"name": "N" * 121, "look_for": 7, "colour": "red"}
    criterion["prompts"] = ["", "nul \x00 here", "half \ud800"]
    del content["domains"][1]["name"]
    content["version"]["number"] = True
    content["version"]["effective_on"] = "1 September"
    content["lineage"] = {}

    assert told(sent(content)) == {
        "domains[0].criteria[0].name is 1 too long: at most 120 characters",
        "domains[0].criteria[0].look_for has to be a text",
        "domains[0].criteria[0].colour has no place here: take it out or correct its name",
        "domains[0].criteria[0].prompts[0] is empty: fill it in",
        f"domains[0].criteria[0].prompts[1] {unkept('0000')}",
        f"domains[0].criteria[0].prompts[2] {unkept('D800')}",
        "domains[1].name is missing",
        "version.number has to be a whole number from 1 to 9999",
        "version.effective_on has to be a day, written as 2026-09-01",
        "lineage has to be a list",
    }


@pytest.mark.parametrize("broken", ["x", 7, None, [], {}, [[]], [None], {"a": {"b": []}}, True])
@pytest.mark.parametrize("key", ["schema", "framework", "version", "domains", "lineage"])
def test_no_wrong_kind_of_value_breaks_the_page(sent, content, key, broken):
    faults = sent(content | {key: broken})

    assert faults or (key, broken) in [("lineage", []), ("domains", [])]


def test_a_key_given_twice_is_named(sent):
    assert ("code", "is twice in one object: keep one") in sent(b'{"code": 1, "code": 2}')


def test_another_schema_is_named(sent, content):
    faults = dict(sent(content | {"schema": "practicelens.framework/9"}))
    assert faults == {"schema": "has to be “practicelens.framework/1”"}


@pytest.mark.parametrize("code", ["import", "two words", "ours", "ünder", "a/b"])
def test_an_address_that_can_not_be_is_refused(sent, content, code):
    content["framework"]["code"] = code

    assert [where for where, _ in sent(content)] == ["framework.code"]


def test_a_byte_order_mark_and_windows_line_breaks_are_fine(sent, content):
    first(content)["missed"] = "One\r\ntwo"
    assert sent(b"\xef\xbb\xbf" + json.dumps(content).encode()) == []


# Lineage


def lines(*rows):
    return [dict(zip(("kind", "from", "to"), row, strict=True)) for row in rows]


@pytest.mark.parametrize("follows", [1, 2])
def test_a_version_that_follows_itself_or_a_later_one_is_a_loop(sent, content, follows):
    content["version"] |= {"number": 1, "follows": follows}

    ((where, words),) = sent(content)
    assert where == "version.follows"
    assert words.startswith("is a loop")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("same", "1.1", "1.1"), ("same", "1.1", "1.1")], "in another row too"),
        ([("same", "1.1", "1.1"), ("reworded", "1.1", "1.2")], "is it “split”?"),
        ([("new", "", "1.1"), ("same", "1.1", "1.1")], "is new, and another row"),
        ([("dropped", "1.1", ""), ("same", "1.1", "1.1")], "is dropped, and another row"),
        ([("same", "", "1.1")], "is needed for “same”"),
        ([("new", "1.1", "1.1")], "does not go with “new”"),
        ([("dropped", "9.9", "")], "“9.9” is no criterion of version 1"),
        ([("sideways", "1.1", "1.1")], "has to be one of same, reworded"),
    ],
)
def test_lineage_that_contradicts_itself_is_refused(
    sent, content, version, framework_admin, rows, words
):
    drafting.start(framework=version.framework, by=framework_admin)
    content["version"] |= {"number": 2, "follows": 1}
    content["lineage"] = lines(*rows)

    faults = sent(content, place=f"draft-{version.framework_id}")

    assert any(words in told for _, told in faults)


def test_two_criteria_that_changed_places_are_no_loop(sent, content, version, framework_admin):
    drafting.start(framework=version.framework, by=framework_admin)
    content["version"] |= {"number": 2, "follows": 1}
    content["lineage"] = lines(("same", "1.1", "1.2"), ("same", "1.2", "1.1"))

    assert sent(content, place=f"draft-{version.framework_id}") == []


def test_lineage_from_a_version_that_is_not_here_is_refused(
    sent, content, version, framework_admin
):
    drafting.start(framework=version.framework, by=framework_admin)
    content["version"] |= {"number": 9, "follows": 8}
    content["lineage"] = lines(("same", "1.1", "1.1"))

    ((where, words),) = sent(content, place=f"draft-{version.framework_id}")
    assert (where, words.startswith("needs version 8 of Ours")) == ("version.follows", True)


def test_only_the_first_hundred_things_are_listed(sent, content, framework_admin_client):
    first(content)["prompts"] = [""] * 130

    assert len(sent(content)) == 100


def test_a_criterion_of_the_draft_that_the_file_lacks_goes(sent, version, framework_admin):
    draft = drafting.start(framework=version.framework, by=framework_admin)
    CriterionFactory(domain=draft.domains.first(), code="1.9", position=9)
    content = writing.content_of(draft)
    del content["domains"][0]["criteria"][-1]

    assert sent(content, place=f"draft-{version.framework_id}") == []
    assert draft.criteria.filter(code="1.9").exists()
