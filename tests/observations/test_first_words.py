"""A draft is open from the first words of its page, and one window opens one draft."""

import re

import pytest
from django.urls import reverse

from observations.models import Observation
from practicelens.people.models import KeptWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework_version")]

BY_SCRIPT = {"headers": {"X-Autosave": "1"}}
QUICK, START = "quick_note", "start"
FACTS = {"kind_of_work": "home_visit"}


def address(name):
    return reverse(f"observations:{name}")


class Page:
    """The page as it stands in one window, with what it says of itself."""

    def __init__(self, client, name):
        self.client, self.address = client, address(name)
        shown = client.get(self.address).content.decode()
        self.hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
        self.hidden |= dict(re.findall(r'name="(key|passage_key)" value="([^"]*)"', shown))

    def types(self, **typed):
        return self.client.post(self.address, self.hidden | typed, **BY_SCRIPT)

    def presses(self, **typed):
        return self.client.post(self.address, self.hidden | typed)


def texts(draft):
    return [passage.text for passage in draft.passages.order_by("position")]


def test_looking_at_a_page_opens_nothing(psw_client):
    for name in (QUICK, START):
        psw_client.get(address(name))

    assert not Observation.objects.exists()


def test_the_first_words_open_a_draft_and_later_ones_take_their_place(psw_client, team):
    page = Page(psw_client, QUICK)

    for words in ("They", "They sat", "They sat up."):
        answer = page.types(text=words, unit=team.pk, **FACTS)
        assert "saved_at" in answer.json()

    draft = Observation.objects.get()
    assert draft.is_draft
    assert texts(draft) == ["They sat up."]


def test_pressing_the_button_afterwards_goes_on_with_the_same_draft(psw_client, team):
    page = Page(psw_client, QUICK)
    page.types(text="They sat", unit=team.pk, **FACTS)

    answer = page.presses(text="They sat up.", unit=team.pk, **FACTS)

    draft = Observation.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert texts(draft) == ["They sat up."]


def test_another_team_chosen_later_is_the_drafts_team(psw_client, team, sibling_team):
    page = Page(psw_client, QUICK)
    page.types(text="They sat up.", unit=team.pk, **FACTS)

    page.types(text="They sat up.", unit=sibling_team.pk, kind_of_work="supervision")

    draft = Observation.objects.get()
    assert (draft.unit, draft.kind_of_work) == (sibling_team, "supervision")
    assert draft.passages.get().unit == sibling_team


def test_the_page_of_a_new_observation_does_the_same(psw_client, team):
    page = Page(psw_client, START)
    assert "kept_at" in page.types(unit=team.pk).json()
    assert not Observation.objects.exists()

    page.types(unit=team.pk, **FACTS)
    page.types(unit=team.pk, kind_of_work="supervision")
    page.presses(unit=team.pk, kind_of_work="core_group")

    assert Observation.objects.get().kind_of_work == "core_group"
    assert not KeptWords.objects.exists()


def test_words_before_a_team_is_chosen_are_kept_and_come_back(psw_client, team):
    page = Page(psw_client, QUICK)

    answer = page.types(text="They sat up.")

    assert "kept_at" in answer.json()
    assert "becomes a draft once the team" in answer.json()["until"]
    shown = psw_client.get(address(QUICK)).content.decode()
    assert "They sat up." in shown
    assert "It is not saved yet" in shown
    assert "Some things to put right" not in shown
    assert reverse("people:kept") not in shown
    assert reverse("people:kept") in psw_client.get(reverse("people:help")).content.decode()
    page.types(text="They sat up.", unit=team.pk, **FACTS)
    assert not KeptWords.objects.exists()
    assert texts(Observation.objects.get()) == ["They sat up."]


def test_what_comes_back_goes_on_as_one_draft(psw_client, team):
    Page(psw_client, QUICK).types(text="They sat up.")

    again = Page(psw_client, QUICK)
    again.types(text="They sat up. So", unit=team.pk, **FACTS)
    again.presses(text="They sat up. So did he.", unit=team.pk, **FACTS)

    assert texts(Observation.objects.get()) == ["They sat up. So did he."]
    assert not KeptWords.objects.exists()


def test_two_windows_open_two_drafts(psw_client, team):
    for words in ("In the car.", "At the desk."):
        Page(psw_client, QUICK).types(text=words, unit=team.pk, **FACTS)

    assert sorted(texts(each) for each in Observation.objects.all()) == [
        ["At the desk."],
        ["In the car."],
    ]


def test_what_was_changed_on_the_drafts_own_pages_is_not_overwritten(psw_client, team):
    page = Page(psw_client, QUICK)
    page.types(text="They sat up.", unit=team.pk, **FACTS)
    draft = Observation.objects.get()
    passage = draft.passages.get()
    entry = reverse("observations:entry", args=[draft.key, "passages", passage.key])
    sent = {"text": "They sat up, slowly.", "kind": "seen", "base_revision": 1}
    psw_client.post(entry, sent, **BY_SCRIPT)

    page.types(text="They sat up. And spoke.", unit=team.pk, **FACTS)

    assert texts(draft) == ["They sat up, slowly.", "They sat up. And spoke."]


def test_a_draft_that_was_submitted_meanwhile_takes_nothing_more_and_says_so(psw_client, psw, team):
    page = Page(psw_client, QUICK)
    page.types(text="They sat up.", unit=team.pk, **FACTS)
    draft = Observation.objects.get()
    psw_client.post(reverse("observations:withdraw", args=[draft.key]), {"because": ""})

    answer = psw_client.post(
        page.address,
        page.hidden | {"text": "They spoke.", "unit": team.pk, **FACTS},
        HTTP_ORIGIN="http://testserver",
        **BY_SCRIPT,
    )

    assert answer.status_code == 403
    assert "was withdrawn on" in answer.json()["error"]
    assert KeptWords.objects.get().writer == psw
