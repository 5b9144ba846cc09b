"""A codebook goes out as CSV and as a codebook of the REFI-QDA exchange standard."""

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.factories import LensFactory, ThemeDraftFactory, ThemeFactory

pytestmark = pytest.mark.django_db

NAMESPACE = {"": "urn:QDA-XML:codebook:1.0"}


def taken(client, codebook, kind):
    answer = client.get(reverse(f"frameworks:export_codebook_{kind}", args=[codebook.address]))
    assert answer.status_code == 200
    assert f'filename="{codebook.address}.{kind}"' in answer["Content-Disposition"]
    return answer.content


def rows_in(data):
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def codes_in(data):
    return ElementTree.fromstring(data).findall("Codes/Code", NAMESPACE)


def test_a_codebook_goes_out_as_csv_one_theme_a_row(psw_client, theme):
    lens = LensFactory(code="sleep", name="Sleep")
    ThemeFactory(codebook=theme.codebook, name="Rent", lens=lens, tells_of="system")

    first, second = rows_in(taken(psw_client, theme.codebook, "csv"))

    assert first == {
        "Code": theme.code,
        "Name": theme.name,
        "Short name": theme.short,
        "Definition": "Whether the family is asked, heard and answered.",
        "Use when": "The passage shows who was asked.",
        "Not when": "It is only about manner.",
        "Helps means": "The family was heard.",
        "Hinders means": "The family was heard too late.",
        "Words": "talked over\nown words",
        "Examples": "Mum was asked first, and her three points were written up.",
        "Lens": "",
        "What it is about": "condition",
    }
    assert [second["Name"], second["Lens"], second["What it is about"]] == [
        *["Rent", "sleep", "system"]
    ]


def test_only_what_is_in_use_goes_out(psw_client, theme, framework_admin):
    ThemeDraftFactory(theme=theme, definition="What waits.")
    ThemeFactory(codebook=theme.codebook, name="Begun", is_draft=True)
    ThemeFactory(codebook=theme.codebook, name="Gone", retired_on="2026-01-01")

    (row,) = rows_in(taken(psw_client, theme.codebook, "csv"))
    (code,) = codes_in(taken(psw_client, theme.codebook, "qdc"))

    assert row["Definition"] == theme.definition
    assert code.get("name") == theme.name


def test_no_spreadsheet_runs_what_a_theme_says(psw_client, codebook):
    ThemeFactory(codebook=codebook, name="=1+1", definition="-2", keywords=["@work"])

    (row,) = rows_in(taken(psw_client, codebook, "csv"))

    assert [row["Name"], row["Definition"], row["Words"]] == ["'=1+1", "'-2", "'@work"]


def test_as_a_codebook_of_the_standard_a_theme_is_a_code_within_its_lens(psw_client, theme):
    lens = LensFactory(code="sleep", name="Sleep")
    ThemeFactory(codebook=theme.codebook, name="Rent & <board>", lens=lens)

    own, group = codes_in(taken(psw_client, theme.codebook, "qdc"))

    assert own.attrib | {"guid": ""} == {"guid": "", "name": theme.name, "isCodable": "true"}
    said = own.find("Description", NAMESPACE).text
    assert said.startswith("Whether the family is asked, heard and answered.\n\nUse when: The pas")
    assert "\n\nWords:\ntalked over\nown words\n\nExamples:\nMum was" in said
    assert [group.get("name"), group.get("isCodable")] == ["Sleep", "false"]
    assert [each.get("name") for each in group.findall("Code", NAMESPACE)] == ["Rent & <board>"]


def test_a_theme_keeps_its_guid_when_it_is_reworded(psw_client, theme):
    other = ThemeFactory(codebook=theme.codebook)
    before = [each.get("guid") for each in codes_in(taken(psw_client, theme.codebook, "qdc"))]
    theme.name = "Heard"
    theme.save()

    after = [each.get("guid") for each in codes_in(taken(psw_client, theme.codebook, "qdc"))]

    assert before == after
    assert len(set(after)) == 2, other


def test_the_list_of_codebooks_offers_both_files(psw_client, theme):
    page = psw_client.get(reverse("frameworks:themes")).content.decode()

    for kind in ("csv", "qdc"):
        assert reverse(f"frameworks:export_codebook_{kind}", args=[theme.codebook.address]) in page
