"""What lenses ask in the form: their questions, and what a system is called, which is learned."""

import uuid

import pytest
from django.urls import reverse

from frameworks.models import Prompt
from observations.systems.offered import systems_called
from reports.periods import rolling
from reports.summaries import summarise
from reports.summaries.table import rows
from tests.factories import FrictionFactory, ObservationFactory, PassageFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(framework_version):
    """A question of the lens that is switched on in the version."""
    return Prompt.objects.create(
        lens=framework_version.lenses.get(), text="Who wanted to speak and did not?", position=1
    )


@pytest.fixture
def named(team, psw, framework_version):
    """Friction entries of what is called so, each in an observation of its own."""

    def name(called, times=1, unit=team, **fields):
        for _ in range(times):
            observation = ObservationFactory(unit=unit, observer=psw, submitted=True)
            FrictionFactory(observation=observation, called=called, **fields)

    return name


def entry(draft, kind, key=None):
    return reverse("observations:entry", args=[draft.key, kind, key or uuid.uuid4()])


# Questions


def test_the_questions_of_lenses_stand_under_the_passages_and_begin_one(
    psw_client, draft, question
):
    PassageFactory(observation=draft, text="She asked Gran first.")
    page = psw_client.get(reverse("observations:entries", args=[draft.key, "passages"])).text

    assert f"?question={question.pk}#entry-open" in page
    assert question.text in page
    begun = psw_client.get(entry(draft, "passages"), {"question": question.pk}).text
    assert f'<option value="{question.pk}" selected' in begun


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30])
def test_a_question_that_is_not_asked_here_begins_a_passage_without_one(
    psw_client, draft, question, asked
):
    answer = psw_client.get(entry(draft, "passages"), {"question": asked})

    assert answer.status_code == 200
    assert f'<option value="{question.pk}" selected' not in answer.text


# What systems are called


def test_what_stands_in_two_observations_is_offered_the_most_written_first(named, team):
    named("Mosaic", 3)
    named("mosaic")
    named("The Friday panel", 2)
    named("Moasic")

    assert [each.lower() for each in systems_called(team)] == ["mosaic", "the friday panel"]


def test_a_draft_and_another_organisation_teach_nothing(named, team, draft):
    named("Elsewhere", 2, unit=UnitFactory())
    for _ in range(2):
        FrictionFactory(observation=draft, called="Mosaic")

    assert systems_called(team) == []


def test_the_form_offers_it_and_takes_anything_else(psw_client, draft, named):
    named("Mosaic <b>", 2)
    address = entry(draft, "friction")

    page = psw_client.get(address).text
    assert '<datalist id="id_called_offered">' in page
    assert '<option value="Mosaic &lt;b&gt;">' in page
    psw_client.post(address, {"system": "case_system", "called": "Liquid", "base_revision": "0"})

    assert draft.frictions.get().what == "Case recording system: Liquid"


def test_too_long_a_name_says_so_and_keeps_the_rest(psw_client, draft):
    answer = psw_client.post(
        entry(draft, "friction"), {"system": "forms", "called": "x" * 61, "base_revision": "0"}
    )

    assert answer.status_code == 422
    assert "at most 60 characters" in answer.text
    assert draft.frictions.get().system == "forms"


def test_a_summary_counts_what_each_cost_under_one_name(named, team, psw_client):
    named("Mosaic", minutes=30, effect="hindered")
    named("mosaic", minutes=15, effect="hindered")

    found = summarise(team, rolling(team.today().replace(day=1)))
    assert [(row.entries, row.lost) for row in found.systems] == [(2, 45)]
    assert ["Systems by name", found.systems[0].label, "Minutes lost", 45] in list(rows(found))
    page = psw_client.get(reverse("reports:summary"), {"unit": team.code}).text
    assert "By what they are called here" in page
