"""A practitioner's CPD notes: their own words, for nobody else, looked through for names, erasable."""

import json
import uuid
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from observations.models import CpdNote
from practicelens.audit.models import Entry
from practicelens.people.models import KeptWords, Unit
from tests.factories import CpdNoteFactory

pytestmark = pytest.mark.django_db


def at(name, key):
    return reverse(f"observations:cpd_{name}", args=[key])


def typed(**changed):
    day = {"done_on_0": "2", "done_on_1": "11", "done_on_2": "2026"}
    return {**day, "did": "I asked Gran first.", "base_revision": "0", **changed}


@pytest.fixture
def note(practitioner):
    return CpdNoteFactory(writer=practitioner, did="I asked Gran first.")


def test_it_is_saved_as_it_is_typed_and_once_for_its_key(practitioner_client, practitioner):
    key = uuid.uuid4()

    first = practitioner_client.post(at("note", key), typed(), HTTP_X_AUTOSAVE="1")
    sent = typed(did="I asked Gran first, then him.", base_revision=first.json()["revision"])
    practitioner_client.post(at("note", key), sent, HTTP_X_AUTOSAVE="1")

    found = CpdNote.objects.get()
    assert (found.key, found.writer, found.did) == (
        key,
        practitioner,
        "I asked Gran first, then him.",
    )


def test_what_can_not_be_read_keeps_no_words_from_being_saved(practitioner_client):
    address = at("note", uuid.uuid4())

    answer = practitioner_client.post(address, typed(minutes="a while"), HTTP_X_AUTOSAVE="1")

    assert "how long did it take" in answer.json()["except"]
    assert CpdNote.objects.get().did == "I asked Gran first."


@pytest.mark.parametrize(
    ("jurisdiction", "heading", "other"),
    [
        ("england", "Peer reflection", "Core competence standards"),
        ("aotearoa", "Core competence standards", "Peer reflection"),
    ],
)
def test_the_headings_are_those_of_the_jurisdiction(
    practitioner_client, team, jurisdiction, heading, other
):
    Unit.objects.filter(pk=team.pk).update(jurisdiction=jurisdiction)

    page = practitioner_client.get(f"{at('note', uuid.uuid4())}?new=1").content.decode()

    assert heading in page
    assert other not in page


def test_it_can_begin_with_an_observation_of_ones_practice(practitioner_client, shared_observation):
    address = f"{at('note', uuid.uuid4())}?new=1&about={shared_observation.key}"

    page = practitioner_client.get(address).content.decode()

    assert f'<option value="{shared_observation.pk}" selected' in page


def test_no_observation_of_others_can_be_what_it_is_about(practitioner_client, observation):
    sent = practitioner_client.post(at("note", uuid.uuid4()), typed(about=observation.pk))

    assert sent.status_code == 422
    assert not CpdNote.objects.exists()


@pytest.mark.parametrize("name", ["note", "text", "pdf", "erase"])
def test_nobody_else_reads_it(psw_client, leader_client, note, name):
    for client in (psw_client, leader_client):
        assert client.get(at(name, note.key)).status_code == 404


def test_nobody_else_writes_in_it(psw_client, note):
    assert psw_client.post(at("note", note.key), typed(did="Mine.")).status_code == 404
    assert CpdNote.objects.get().did == "I asked Gran first."


def test_a_second_window_overwrites_nothing(practitioner_client, note):
    practitioner_client.post(at("note", note.key), typed(did="In the first window."))

    shown = practitioner_client.post(at("note", note.key), typed(did="In the second."))
    kept = practitioner_client.post(
        at("note", note.key), typed(did="In a third."), HTTP_X_AUTOSAVE="1"
    )

    assert CpdNote.objects.get().did == "In the first window."
    assert (shown.status_code, kept.status_code) == (409, 409)
    assert "In the first window." in shown.content.decode()
    assert "In the second." in shown.content.decode()
    assert KeptWords.objects.count() == 1


def test_names_are_settled_before_it_is_taken_out(practitioner_client, practitioner):
    note = CpdNoteFactory(writer=practitioner, did="I rang Leanne Harris at Hadley School.")

    refused = practitioner_client.get(at("text", note.key), follow=True).content.decode()
    assert "Settle the words below" in refused
    assert "Leanne Harris" in refused

    sent = {"how": "replace", "words": "Leanne Harris", "word": "the mother"}
    practitioner_client.post(at("settle", note.key), sent)
    sent = {"how": "stay", "words": "Hadley School"}
    practitioner_client.post(at("settle", note.key), sent)

    assert practitioner_client.get(at("text", note.key)).text.count("the mother") == 1
    assert CpdNote.objects.get().did == "I rang the mother at Hadley School."


def test_it_is_taken_out_as_text_and_on_paper_and_that_is_logged(practitioner_client, note):
    text = practitioner_client.get(at("text", note.key)).text
    paper = PdfReader(BytesIO(practitioner_client.get(at("pdf", note.key)).content))

    for found in (text, paper.pages[0].extract_text()):
        assert "What I did and what I learned" in found
        assert "I asked Gran first." in found
    assert Entry.objects.filter(action="downloaded", what="CPD note").count() == 2


def test_it_is_erased_for_good_after_a_question(practitioner_client, note):
    assert "Nobody can bring it back" in practitioner_client.get(at("erase", note.key)).text

    practitioner_client.post(at("erase", note.key))

    assert not CpdNote.objects.exists()
    assert Entry.objects.filter(action="ended", what="CPD note").count() == 1


def test_it_is_in_the_copy_of_ones_data(practitioner_client, note):
    told = json.loads(practitioner_client.get(reverse("observations:held_json")).content)

    assert told["my_cpd_notes"][0]["texts"][0]["words"] == "I asked Gran first."


@pytest.mark.parametrize(
    ("wrong", "name"),
    [({"scheme": "x"}, "under_a_scheme"), ({"minutes": 2000}, "minutes_in_a_day")],
)
def test_the_database_refuses_what_can_not_be(note, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CpdNote.objects.update(**wrong)


def test_a_note_that_was_never_begun_or_is_erased_is_not_there(practitioner_client):
    assert practitioner_client.get(at("note", uuid.uuid4())).status_code == 404
