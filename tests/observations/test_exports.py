"""Observations go out as a spreadsheet to whoever reads them; nothing in it runs, and it is logged."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from observations.exports import sheets
from observations.models import Observation
from practicelens.audit.models import Entry
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    ReplyFactory,
    ReplyPartFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(psw, practitioner, team, framework_version):
    note = ObservationFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        framework_version=framework_version,
        submitted=True,
    )
    note.refresh_from_db()
    PassageFactory(observation=note, text="=HYPERLINK(0) she said", kind="heard")
    return note


def csv_of(client, **query):
    answer = client.get(reverse("observations:export_csv"), query)
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def book_of(client, **query):
    return load_workbook(BytesIO(client.get(reverse("observations:export_xlsx"), query).content))


def test_passages_go_out_with_their_themes(psw_client, note, codebook):
    passage = note.passages.first()
    for name, is_confirmed in [("Voice", True), ("Time", False)]:
        theme = ThemeFactory(codebook=codebook, name=name)
        MentionFactory(passage=passage, theme=theme, confirmed=is_confirmed)

    (row,) = csv_of(psw_client)

    assert row["Observation"] == str(note.key)
    assert (row["Themes confirmed"], row["Suggested, not confirmed"]) == ("Voice", "Time")


def test_a_passage_goes_out_with_what_the_practitioner_says_of_it(psw_client, note):
    reply = ReplyFactory(observation=note)
    ReplyPartFactory(reply=reply, passage=note.passages.get(), disagreed=True, words="Not so.")

    (row,) = csv_of(psw_client)

    assert (row["Reply"], row["What the practitioner says of it"]) == ("Disagreed", "Not so.")


def test_a_cell_that_begins_a_formula_does_not_run(psw_client, note):
    (row,) = csv_of(psw_client)
    cell = book_of(psw_client)["Passages"]["H2"]

    assert row["Text"] == "'=HYPERLINK(0) she said"
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(0) she said")


def test_a_spreadsheet_has_observations_passages_and_ratings(psw_client, note):
    book = book_of(psw_client)

    assert book.sheetnames == ["Observations", "Passages", "Ratings"]
    assert [cell.value for cell in book["Observations"][2]][2] == note.unit.name


def test_the_filters_of_the_list_hold_and_drafts_stay(psw_client, psw, note, sibling_team):
    ObservationFactory(
        unit=note.unit, observer=psw, framework_version=note.framework_version, draft=True
    )

    assert len(csv_of(psw_client, sheet="observations")) == 1
    assert csv_of(psw_client, sheet="observations", unit=sibling_team.pk) == []


def test_who_takes_an_observation_away_is_logged_and_told_to_the_practitioner(
    psw_client, psw, note, practitioner_client
):
    Observation.objects.update(shared_at=timezone.now())
    csv_of(psw_client)

    assert "Downloaded all of it" in practitioner_client.get(reverse("observations:held")).text
    assert Entry.objects.filter(by=psw, action="downloaded", object_pk=str(note.pk)).exists()


def test_too_many_lead_back_to_the_list_which_says_so(psw_client, note, monkeypatch):
    monkeypatch.setattr(sheets, "MOST", 0)

    answer = psw_client.get(reverse("observations:export_csv"), {"mine": "on"}, follow=True)

    assert "Narrow them to 0 at most" in answer.text


def test_a_text_too_long_for_a_cell_leads_to_csv(psw_client, note):
    PassageFactory(observation=note, text="a" * 40_000)

    answer = psw_client.get(reverse("observations:export_xlsx"), follow=True)

    assert "Download CSV instead" in answer.text
    assert len(csv_of(psw_client)) == 2


def test_there_is_no_other_sheet(psw_client):
    assert psw_client.get(reverse("observations:export_csv"), {"sheet": "x"}).status_code == 404


@pytest.mark.parametrize("observations", [1, 5])
def test_it_takes_the_same_queries_at_any_length(
    psw_client, psw, team, framework_version, observations, django_assert_max_num_queries
):
    for _ in range(observations):
        made = ObservationFactory(
            unit=team, observer=psw, framework_version=framework_version, submitted=True
        )
        made.refresh_from_db()
        PassageFactory(observation=made)

    with django_assert_max_num_queries(32):
        csv_of(psw_client)
