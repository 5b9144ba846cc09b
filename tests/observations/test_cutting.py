"""A long text is written in one, and cut into passages where its writer says."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from observations.models import Passage, SectionSave
from observations.notes.cutting import cut, stretches
from practicelens.refusals import NotNow
from tests.factories import PassageFactory

TEXT = "She sat down first.  “I have said this before,” she said.\n\nI think she was tired. Then he left."


@pytest.fixture
def passage(draft):
    return PassageFactory(observation=draft, text=TEXT, kind="", position=1)


def address(passage):
    return reverse("observations:cut", args=[passage.observation.key, passage.key])


def passages(draft):
    return list(draft.passages.order_by("position", "pk").values_list("kind", "text"))


@given(text=st.text(alphabet="ab. “”!?\n-1)A", max_size=80))
def test_the_stretches_of_a_text_are_the_whole_of_it(text):
    assert "".join(text[each.start : each.end] for each in stretches(text)) == text


@pytest.mark.django_db
def test_a_tap_before_a_sentence_begins_a_passage_of_that_kind(psw_client, passage):
    PassageFactory(observation=passage.observation, text="Later on.", kind="seen", position=2)
    sent = {"length": len(TEXT), "at_0": "seen", "at_1": "heard", "at_2": "reading", "at_3": ""}

    page = psw_client.get(address(passage)).content.decode()
    answer = psw_client.post(address(passage), sent)

    assert page.count("Goes on") == 3
    assert answer.url == reverse("observations:section", args=[passage.observation.key, "criteria"])
    assert passages(passage.observation) == [
        ("seen", "She sat down first."),
        ("heard", "“I have said this before,” she said."),
        ("reading", "I think she was tired. Then he left."),
        ("seen", "Later on."),
    ]
    assert Passage.objects.get(pk=passage.pk).key == passage.key


@pytest.mark.django_db
def test_with_no_tap_it_stays_one_passage(psw_client, passage):
    psw_client.post(address(passage), {"length": len(TEXT), "at_0": "heard"})

    assert passages(passage.observation) == [("heard", TEXT)]


@pytest.mark.django_db
def test_sent_twice_it_is_cut_once(psw_client, passage):
    sent = {"length": len(TEXT), "at_0": "seen", "at_1": "heard"}
    psw_client.post(address(passage), sent)
    cut_up = passages(passage.observation)

    again = psw_client.post(address(passage), sent)

    assert again.status_code == 422
    assert "The text was changed since" in again.content.decode()
    assert passages(passage.observation) == cut_up


@pytest.mark.django_db
def test_words_written_meanwhile_are_not_cut_unseen(passage):
    Passage.objects.filter(pk=passage.pk).update(text=f"{TEXT} And more.")

    with pytest.raises(NotNow):
        cut(passage=passage, pieces=[("seen", TEXT)], was=TEXT, by=passage.observation.observer)

    assert passages(passage.observation) == [("", f"{TEXT} And more.")]


@pytest.mark.django_db
def test_a_page_that_was_open_on_the_whole_text_is_told_of_it(psw_client, passage):
    before = SectionSave.last_of(passage.observation, f"passages/{passage.key}").revision
    psw_client.post(address(passage), {"length": len(TEXT), "at_0": "seen", "at_1": "heard"})

    entry = reverse("observations:entry", args=[passage.observation.key, "passages", passage.key])
    sent = {"text": f"{TEXT} And more.", "base_revision": before}
    told = psw_client.post(entry, sent, headers={"X-Autosave": "1"})

    assert told.status_code == 409
    assert passages(passage.observation)[0] == ("seen", "She sat down first.")
    assert passage.observation.other_copies.open().count() == 1


@pytest.mark.django_db
def test_writing_leads_on_to_cutting(psw_client, passage):
    entry = reverse("observations:entry", args=[passage.observation.key, "passages", passage.key])

    answer = psw_client.post(entry, {"text": TEXT, "then": "cut", "base_revision": "0"})

    assert answer.url == address(passage)
