"""An observation on paper, and a copy of all that is held on a person: whole, and of nobody else."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from observations.models import Observation
from practicelens.audit.models import Entry
from tests.factories import (
    CalendarAddressFactory,
    ConversationFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    PlannedVisitFactory,
    RatingFactory,
    ReplyFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

JSON, PDF = reverse("observations:held_json"), reverse("observations:held_pdf")


def paper_of(observation):
    return reverse("observations:observation_pdf", args=[observation.key])


def read(answer):
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def whole(shared_observation):
    """Shared, with all its parts, and a suggestion that no paper has."""
    observation = shared_observation
    Observation.objects.filter(pk=observation.pk).update(
        reflection_effect="They sat up.", reflection_asks="Was I too quick?"
    )
    passage = PassageFactory(observation=observation, text="She asked Gran first.", is_marked=True)
    MentionFactory(passage=passage, theme=ThemeFactory(name="Zqtheme"))
    RatingFactory(observation=observation, evidence="She drew it with him.")
    ConversationFactory(observation=observation, next_step="Ask the boy too.")
    ReplyFactory(observation=observation, disagreed=True, words="It was her idea.")
    return observation


def test_its_paper_says_what_its_page_says_without_suggestions(practitioner_client, whole):
    found = read(practitioner_client.get(paper_of(whole)))

    for words in [
        *["She asked Gran first.", "They sat up.", "She drew it with him.", "Ask the boy too."],
        *["It was her idea.", "For learning about practice"],
    ]:
        assert words in found
    assert "Zqtheme" not in found
    assert "Was I too quick?" not in found


def test_its_observer_has_their_own_reflection_on_it(psw_client, whole):
    assert "Was I too quick?" in read(psw_client.get(paper_of(whole)))


def test_it_is_on_record_and_opened_by_whom_it_is_shared_with(
    practitioner_client, practitioner, whole
):
    practitioner_client.get(paper_of(whole))

    assert Entry.objects.filter(action="downloaded", by=practitioner).count() == 1
    assert Observation.objects.get(pk=whole.pk).opened_at


def test_what_does_not_count_has_no_paper(psw_client, draft, stranger_client):
    assert psw_client.get(paper_of(draft)).status_code == 403
    assert stranger_client.get(paper_of(draft)).status_code == 404


def test_the_copy_has_each_observation_of_my_practice_and_who_read_it(
    psw_client, practitioner_client, practitioner, whole, team, psw
):
    psw_client.get(whole.get_absolute_url())
    ObservationFactory(unit=team, observer=psw, practitioner=practitioner, submitted=True)

    told = json.loads(practitioner_client.get(JSON).content)

    [mine] = told["observations_of_my_practice"]
    assert mine["passages"][0]["text"] == "She asked Gran first."
    assert mine["reply"]["words"] == "It was her idea."
    assert [each["who"] for each in told["who_read_them"]] == [psw.name]
    assert [each["why"] for each in told["not_shared_with_me"]] == ["Not recorded"]


def test_the_copy_has_nothing_of_others(practitioner_client, whole, team):
    other = ObservationFactory(unit=team, shared=True)
    PassageFactory(observation=other, text="Zqother.")

    for answer in (practitioner_client.get(JSON).text, read(practitioner_client.get(PDF))):
        assert "She asked Gran first." in answer
        assert "Zqother." not in answer
        assert "Zqtheme" not in answer
        assert "Was I too quick?" not in answer


def test_the_copy_has_the_visits_that_are_planned(
    practitioner_client, practitioner, team, psw, other_team
):
    PlannedVisitFactory(
        unit=team, observer=psw, practitioner=practitioner, observers_focus="How risk is named."
    )
    PlannedVisitFactory(unit=other_team, observers_focus="Zqother.")
    CalendarAddressFactory(user=practitioner)

    told = json.loads(practitioner_client.get(JSON).content)
    on_paper = read(practitioner_client.get(PDF))

    [visit] = told["planned_visits"]
    assert (visit["observers_focus"], visit["observer"]) == ("How risk is named.", psw.name)
    assert len(told["calendar_address_made_at"]) == 1
    assert "How risk is named." in on_paper
    assert "Zqother." not in on_paper


def test_of_what_i_observed_the_copy_has_no_words(psw_client, whole):
    told = json.loads(psw_client.get(JSON).content)

    [made] = told["observations_i_made"]
    assert made["state"] == "Replied"
    assert "She asked Gran first." not in str(told)


def test_that_the_copy_was_taken_is_on_record(practitioner_client, practitioner, whole):
    practitioner_client.get(PDF)

    assert Entry.objects.filter(action="downloaded", by=practitioner).count() == 1


def test_whoever_has_nothing_held_gets_a_copy_that_says_so(leader_client):
    assert json.loads(leader_client.get(JSON).content)["observations_of_my_practice"] == []
    assert "What PracticeLens holds on you" in read(leader_client.get(PDF))
