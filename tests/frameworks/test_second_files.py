"""A second language goes out in a file and comes in again; files of before there was one still do."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from frameworks.files import importing, parsing, spreadsheet_out, writing
from frameworks.languages import texts
from frameworks.models import Framework, SecondLanguage
from frameworks.versions import comparing, drafting
from tests.factories import FrameworkVersionFactory, SecondLanguageFactory, SecondWordingFactory
from tests.frameworks.sheets import changed

pytestmark = pytest.mark.django_db
WHANAU = "Te whānau: ō rātou kōrero\nkei konei"


@pytest.fixture
def version(organisation):
    """A draft, one lens of which was typed in a browser that sends line breaks in two characters."""
    found = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="ours", draft=True
    )
    lens = found.lenses.get()
    lens.about = "Who spoke?\r\nFor how long?"
    lens.save()
    return found


@pytest.fixture
def language(version):
    found = SecondLanguageFactory(version=version)
    said = {"Domain 1": WHANAU, "Who spoke?\r\nFor how long?": "Ko wai?", "Gone": "Kua ngaro"}
    for first, second in said.items():
        SecondWordingFactory(language=found, first=first, second=second)
    return found


def json_of(version):
    return writing.as_json(writing.content_of(version))


def sheet_of(version):
    return spreadsheet_out.of_content(writing.content_of(version))


def read_whole(data):
    found = parsing.read(data)
    assert [(found.where(each.path), each.words) for each in found.faults] == []
    return found.content


def said(version):
    return dict(version.second_language.wordings.values_list("first", "second"))


@pytest.mark.parametrize("out", [json_of, sheet_of])
def test_what_is_said_comes_in_and_goes_out_the_same_to_the_byte(
    out, version, language, organisation, framework_admin
):
    before, data = json_of(version), out(version)
    Framework.objects.filter(pk=version.framework_id).update(code="elsewhere")

    again = importing.begin(
        content=read_whole(data), unit=organisation, by=framework_admin, named="a file"
    )

    assert json_of(again) == before
    assert said(again) == said(version)


@pytest.mark.parametrize("out", [json_of, sheet_of])
def test_a_file_of_before_there_was_a_second_language_leaves_what_is_there(
    out, version, framework_admin
):
    data = out(version)
    if out is sheet_of:

        def as_it_was(book):
            del book["Second language"]
            book["About"].delete_rows(15, 2)

        data = changed(data, as_it_was)
    else:
        assert "second_language" not in json.loads(data)
    SecondWordingFactory(language=SecondLanguageFactory(version=version), first="Domain 1")
    content = read_whole(data)
    base = importing.seen(version.framework)

    importing.replace(
        content=content, framework=version.framework, by=framework_admin, named="it", base=base
    )

    assert said(version) == {"Domain 1": "He kupu"}


def test_every_text_is_in_the_sheet_to_be_filled_in_with_its_place(version, language):
    rows = list(load_workbook(BytesIO(sheet_of(version)))["Second language"].values)

    assert rows[0] == ("First words", "In the second language", "Notes")
    assert len(rows) == 1 + len(texts.texts_of(version)) + 1  # the head, and what is left over
    assert ("Domain 1", WHANAU, "1") in rows
    assert ("Criterion 2.1", None, "2.1") in rows


def test_a_file_takes_the_place_of_what_was_said_after_showing_it(
    version, language, framework_admin_client, organisation
):
    def fill_in(book):
        sheet = book["Second language"]
        for row in sheet.iter_rows(min_row=2):
            said = {"Domain 1": "Wāhanga", "Domain 2": "Wa\u0304hanga 2"}.get(row[0].value)
            row[1].value = said or row[1].value
        sheet.delete_rows(sheet.max_row)

    file = SimpleUploadedFile("ours.xlsx", changed(sheet_of(version), fill_in))
    place = {"place": f"draft-{version.framework_id}", "file": file}
    page = framework_admin_client.post(reverse("frameworks:import_file"), place, follow=True)

    shown = page.content.decode()
    assert "Words in te reo Māori" in shown
    assert "1 added, 1 changed, 1 removed" in shown
    assert "“Wāhanga” in place of" in shown
    framework_admin_client.post(
        page.redirect_chain[-1][0], {"base": importing.seen(version.framework)}
    )
    assert said(version) == {
        "Domain 1": "Wāhanga",
        "Domain 2": "W\u0101hanga 2",
        "Who spoke?\r\nFor how long?": "Ko wai?",
    }


def test_what_is_wrong_in_the_sheet_is_told_by_row_and_column(
    version, language, framework_admin_client, organisation
):
    def spoil(book):
        sheet = book["Second language"]
        sheet["A3"] = sheet["A2"].value
        sheet["B2"] = "x" * 20_001
        sheet["A4"] = None
        sheet["B4"] = "Of nothing"
        sheet["B5"] = "=1+1"
        for row in book["About"].iter_rows():
            if row[0].value == "Its tag":
                row[1].value = "Maori"

    found = parsing.read(changed(sheet_of(version), spoil))
    faults = {f"{found.where(each.path)} {each.words}" for each in found.faults}
    file = SimpleUploadedFile("ours.xlsx", changed(sheet_of(version), spoil))
    place = {"place": f"draft-{version.framework_id}", "file": file}
    page = framework_admin_client.post(reverse("frameworks:import_file"), place).content.decode()

    place_of = "Second language, row 2, column B (In the second language)"
    assert faults == {
        f"{place_of} is 1 too long: at most 20,000 characters",
        "Second language, row 4, column A (First words) is empty: fill it in",
        "Second language, row 5, column B has a formula: write the text itself",
        "About, row 16, column B (Value) has to be a tag as web pages carry it, such as mi or cy",
    }
    assert "Second language, row 3, column A (First words)" in page


def test_words_without_a_language_are_told_where_it_is_named(version):
    content = writing.content_of(version)
    content["second_language"] = {"tag": "", "name": "", "words": [{"first": "a", "second": "b"}]}
    found = parsing.read(spreadsheet_out.of_content(content))

    places = {found.where(each.path) for each in found.faults}
    assert places == {"About, row 15, column B (Value)", "About, row 16, column B (Value)"}


def test_two_versions_are_compared_in_their_second_language(
    version, language, framework_admin, framework_admin_client
):
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()
    later = drafting.start(framework=version.framework, by=framework_admin)
    assert comparing.compare_second(version, later).rows == ()
    SecondLanguage.objects.get(version=later).wordings.filter(first="Domain 1").update(
        second="Te whānau: ō rātou reo\nkei konei"
    )
    SecondWordingFactory(language=later.second_language, first="Domain 2", second="Rua")

    found = comparing.compare_second(version, later)
    page = framework_admin_client.get(reverse("frameworks:compare", args=["ours"])).content.decode()

    assert [words for words, _, _ in found.rows] == ["Domain 1", "Domain 2"]
    assert (True, "kōrero") in found.rows[0][1]
    assert "<ins>reo</ins>" in page
    assert "2 texts said otherwise" in page
