"""What a spreadsheet program made of what was typed is told by its place, with what it seems to be."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from frameworks.files import archive, parsing, shape, spreadsheet_in, spreadsheet_out, writing
from frameworks.models import Cause, Scale
from tests.factories import ClauseFactory, FrameworkVersionFactory
from tests.frameworks.sheets import changed

pytestmark = pytest.mark.django_db
AGAIN = "format the cell as text and type it again"


@pytest.fixture
def sheet():
    return spreadsheet_out.of_content(writing.content_of(FrameworkVersionFactory()))


def faults_of(data):
    return parsing.read(data).in_words()


def put(place, value, form="General"):
    """A change of a book: one cell, as a spreadsheet program stores it."""
    name, at = place.split("!")

    def change(book):
        book[name][at].value = value
        book[name][at].number_format = form

    return change


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [
        (
            date(2026, 2, 1),
            "d-mmm",
            "a date, 1 February 2026. It seems to have been “1-2” or “2-1”",
        ),
        (date(2026, 3, 3), "d-mmm", "a date, 3 March 2026. It seems to have been “3-3”"),
        (datetime(2021, 3, 1), "mmm-yy", "a date, 1 March 2021. It seems to have been “3-21”"),
        (
            date(2003, 2, 1),
            "dd/mm/yyyy",
            "a date, 1 February 2003. It seems to have been “1-2-03” or “2-1-03”",
        ),
        (1.1, "General", "the number 1.1. It seems to have been “1.1” or “1.10”"),
        (True, "General", "TRUE as a yes or no. It seems to have been “true”"),
        (False, "General", "FALSE as a yes or no. It seems to have been “false”"),
        (0.05, "0%", "a percentage, 5%. It seems to have been “5%”"),
        (1, "0%", "a percentage, 100%. It seems to have been “100%”"),
        (time(9, 30), "hh:mm", "a time, 9:30. It seems to have been “9:30” or “9.30”"),
        (
            timedelta(hours=25.5),
            "[h]:mm",
            "a time, 25:30. It seems to have been “25:30” or “25.30”",
        ),
        (1, "0.00", "the number 1, which its format shows in another way"),
        (1234, "#,##0", "the number 1234, which its format shows in another way"),
    ],
)
@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("Criteria!B2", "Criteria, row 2, column B"),
        ("Domains!A3", "Domains, row 3, column A"),
        ("Prompts!B2", "Prompts, row 2, column B"),
        ("About!B3", "About, row 3, column B"),
    ],
)
def test_a_cell_that_is_no_text_is_told_once_with_what_it_seems_to_have_been(
    sheet, place, where, value, form, told
):
    found = faults_of(changed(sheet, put(place, value, form)))

    assert found == [(where, f"has {told}: {AGAIN}")]


@pytest.mark.parametrize("place", ["Criteria!B2", "Domains!A2", "Prompts!B2", "Levels!A2"])
def test_a_formula_is_one_fault_whatever_hangs_on_its_cell(sheet, place):
    (told,) = faults_of(changed(sheet, put(place, "=A1")))

    assert told[1] == "has a formula: write the text itself"


def test_a_domain_that_is_missing_is_told_once_and_not_of_all_that_hangs_on_its_criteria(sheet):
    found = faults_of(changed(sheet, put("Criteria!A2", "7")))

    assert found == [
        (
            "Criteria, row 2, column A (Domain)",
            "“7” is no code in Domains: correct it, or add the domain",
        )
    ]


@pytest.mark.parametrize(
    ("place", "value", "form"),
    [
        ("Domains!A2", 1, "General"),
        ("Domains!A2", 1, "0"),
        ("Domains!A2", 1, "@"),
        ("About!B7", 3.0, "0.00"),
        ("About!B10", date(2026, 9, 1), "d mmm yyyy"),
        ("About!B10", datetime(2026, 9, 1, 0, 0), "yyyy-mm-dd"),
    ],
)
def test_a_number_or_a_day_is_read_where_it_can_be_nothing_else(sheet, place, value, form):
    assert faults_of(changed(sheet, put(place, value, form))) == []


@pytest.mark.parametrize(
    ("place", "value", "form", "told"),
    [
        ("About!B7", 2.5, "General", "has to be a whole number from 1 to 9999"),
        ("About!B7", date(2026, 2, 1), "d-mmm", "has a date"),
        ("About!B10", 46_000, "General", "has to be a day, written as 2026-09-01"),
        ("About!B10", time(9, 30), "hh:mm", "has a time"),
    ],
)
def test_a_number_or_a_day_of_another_kind_is_told_once(sheet, place, value, form, told):
    ((_, words),) = faults_of(changed(sheet, put(place, value, form)))

    assert words.startswith(told)


def test_the_value_may_stand_before_what_it_is_of(sheet):
    def change(book):
        for row in book["About"].iter_rows(max_col=2):
            row[0].value, row[1].value = row[1].value, row[0].value
        book["About"]["A10"] = date(2026, 9, 1)

    assert faults_of(changed(sheet, change)) == []


# Spaces and headings


def test_a_heading_may_have_any_kind_of_space(sheet):
    def change(book):
        book["Criteria"]["D1"] = " Look\u00a0 for\u202f"
        book["Second language"]["B1"] = "In the\u00a0second language"
        book["About"]["A8"] = "Follows\u00a0version "
        book["Domains"].title = "Domains\u00a0"

    assert faults_of(changed(sheet, change)) == []


def test_cells_of_spaces_alone_say_nothing(sheet):
    def change(book):
        for name in book.sheetnames[1:]:
            for row in range(30, 425):
                book[name].cell(row, 1, " ")
                book[name].cell(row, 9, "\u00a0")
        book["Levels"]["H1"] = " "

    assert faults_of(changed(sheet, change)) == []


def test_text_under_no_heading_is_told_once_a_column(sheet):
    def change(book):
        for row in range(3, 20):
            book["Prompts"].cell(row, 7, "Ask Marian")
        book["Domains"]["E2"] = 7

    assert faults_of(changed(sheet, change)) == [
        (
            "Domains, row 2, column E",
            "has text under no heading: move it, or call its column Notes",
        ),
        (
            "Prompts, row 3, column G",
            "has text under no heading: move it, or call its column Notes",
        ),
    ]


def test_a_heading_that_is_no_text_is_told_once(sheet):
    found = faults_of(changed(sheet, put("Prompts!F1", date(2026, 2, 1), "d-mmm")))

    assert [where for where, _ in found] == ["Prompts, row 1, column F"]


# Strict Open XML


def strict(data):
    """The same workbook in the names of Strict Open XML."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                old.read(name),
            )
            new.writestr(name, part.replace(b"<workbook ", b'<workbook conformance="strict" '))
    return out.getvalue()


def test_strict_open_xml_is_read_like_any_other(sheet):
    made = strict(changed(sheet, put("Domains!C2", "Kōrero\nmai")))

    found = parsing.read(made)

    assert found.in_words() == []
    assert found.content["domains"][0]["about"] == "Kōrero\nmai"
    assert found.content["domains"][1:] == parsing.read(sheet).content["domains"][1:]


def test_a_day_of_strict_open_xml_is_told_like_any_other(sheet):
    data = strict(changed(sheet, put("Domains!A2", "1")))
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                part = re.sub(rb'<c r="A2".*?</c>', rb'<c r="A2" t="d"><v>2026-02-01</v></c>', part)
            new.writestr(name, part)

    ((where, words),) = faults_of(out.getvalue())

    assert where == "Domains, row 2, column A"
    assert words.startswith("has a date, 1 February 2026")


# What the template tells


def help_of(data):
    sheet = load_workbook(BytesIO(data))["How to fill this in"]
    return [tuple(cell.value or "" for cell in row[:2]) for row in sheet]


def test_the_template_tells_each_limit_and_what_is_needed(framework_admin_client):
    told = dict(help_of(framework_admin_client.get(reverse("frameworks:import_template")).content))

    assert told["Criteria: Code"] == "Needed. At most 10 characters."
    assert told["Criteria: Missed"] == "At most 200 characters."
    assert told["About: Code"] == "At most 50 characters."
    assert told["About: Version"] == "Needed. From 1 to 9999."
    assert told["Examples: Kind"] == "Needed. One of hit, near_hit, near_miss, miss."
    assert told["The whole file"] == "At most 5 MB, and 20,000 rows in all."


def test_the_template_and_a_version_list_every_code_that_can_be_named(
    framework_admin_client, organisation
):
    version = FrameworkVersionFactory(framework__unit=organisation, framework__code="ours")
    clause = ClauseFactory(number="1.10")
    addresses = [
        reverse("frameworks:import_template"),
        reverse("frameworks:export_xlsx", args=["ours", version.number]),
    ]
    for address in addresses:
        told = dict(help_of(framework_admin_client.get(address).content))

        for what, model in [("Scale", Scale), ("Cause", Cause)]:
            for code in model.objects.values_list("code", flat=True):
                assert f"{what}: {code}" in told
        assert told[f"Standard: {clause.standard.code}"].endswith("Its clauses: 1.10")


def test_every_column_of_the_template_has_its_limits(framework_admin_client):
    told = dict(help_of(framework_admin_client.get(reverse("frameworks:import_template")).content))

    for sheet in spreadsheet_out.SHEETS[1:]:
        for heading in sheet.columns.values():
            assert f"{sheet.name}: {heading}" in told
    for label, _ in spreadsheet_out.ABOUT.values():
        assert f"About: {label}" in told


# Bounds


def test_a_spreadsheet_of_nothing_but_marks_is_not_read(sheet, monkeypatch):
    monkeypatch.setattr(archive, "MOST_MARKS", 100)

    with pytest.raises(parsing.Unreadable, match="far more cells than a framework"):
        parsing.read(sheet)


def test_faults_are_counted_up_to_a_limit(sheet, monkeypatch):
    monkeypatch.setattr(spreadsheet_in, "MOST_FAULTS", 5)

    def change(book):
        for row in range(30, 60):
            book["Prompts"].cell(row, 2, "=A1")

    assert len(parsing.read(changed(sheet, change)).faults) == 5


def test_sheets_after_the_limit_on_rows_are_not_read(sheet, monkeypatch):
    monkeypatch.setattr(spreadsheet_in, "MOST_ROWS", 3)
    found = faults_of(changed(sheet, put("Second language!A2", "=A1")))

    assert [words for _, words in found] == ["brings the file over 3 rows: split it"]


def test_json_is_looked_through_before_anything_is_made_of_it(monkeypatch):
    monkeypatch.setattr(parsing, "MOST_VALUES", 10)
    many = '{"domains": [' + ", ".join(["{}"] * 20) + "]}"
    text = '{"a": "' + "one, two, [three], {four}, \\" + '" five, ' * 9 + '"}'

    with pytest.raises(parsing.Unreadable, match="comes to more than 20,000 rows"):
        parsing.read(many.encode())
    with pytest.raises(parsing.Unreadable, match="not whole JSON"):
        parsing.read(text.encode())


@pytest.mark.parametrize(
    "text",
    ['{"domains": [' + "{}," * 30_000 + "{}]}", '{"a": {' + '"b": 1,' * 3 + '"c": {}}}'],
)
def test_rows_are_counted_before_their_faults(text, monkeypatch):
    monkeypatch.setattr(shape, "fit", lambda raw: 1 / 0)
    monkeypatch.setattr(parsing, "MOST_ROWS", 30_000 if "domains" in text else -1)

    found = parsing.read(text.encode())

    assert found.is_partial
    assert "split it" in found.faults[0].words


def test_a_key_that_no_page_can_show_is_told_all_the_same(framework_admin_client, organisation):
    file = SimpleUploadedFile("a.json", b'{"\\ud800": 1, "domains": [{"\\u0000": 1}]}')
    place = f"new-{organisation.pk}"

    page = framework_admin_client.post(
        reverse("frameworks:import_file"), {"file": file, "place": place}
    )

    assert page.status_code == 422
    assert "domains[0].\ufffd" in page.content.decode()
