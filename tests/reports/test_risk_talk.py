"""How risk was spoken of: marked in passages, counted in summaries, and told to leaders as a share."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations.models import Passage
from observations.notes.forms.entries import PassageForm
from reports.briefings.gathering import gather
from reports.cells.rollup import recount_all
from reports.charts import draw
from reports.periods import rolling
from reports.summaries import risk_change, risk_words, summarise
from reports.summaries.table import rows
from reports.summaries.then_and_now import Change
from reports.telling.planning import plan_for
from tests.factories import (
    FrameworkVersionFactory,
    LensFactory,
    ObservationFactory,
    PassageFactory,
    PromptFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)
NOW, BEFORE = date(2026, 2, 3), date(2025, 8, 5)


@pytest.fixture
def lens():
    return LensFactory(code="risk", name="How risk was talked about")


@pytest.fixture
def framework_version(organisation, lens):
    """A version in use over the organisation, with the lens on risk switched on."""
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.lenses.add(lens)
    version.published_at, version.published_by = timezone.now(), UserFactory()
    version.save()
    return version


@pytest.fixture
def spoken(team, psw, framework_version):
    """So many observations of a day, each with one passage that is marked like this."""

    def speak(number, *risk, on=NOW, **fields):
        for _ in range(number):
            made = ObservationFactory(unit=team, observer=psw, submitted=True, observed_on=on)
            PassageFactory(observation=made, risk=list(risk), **fields)

    return speak


def summary(team):
    recount_all()
    return summarise(team, rolling(MARCH))


def entry(passage):
    return reverse("observations:entry", args=[passage.observation.key, "passages", passage.key])


def save(client, passage, **fields):
    sent = {"text": passage.text, "kind": "heard", "base_revision": "0"} | fields
    return client.post(entry(passage), sent)


# In the form


def test_a_passage_says_how_risk_was_spoken_of_where_the_lens_is_on(psw_client, draft):
    passage = PassageFactory(observation=draft, text="We worry about the mornings.")

    assert "How was risk spoken of?" in psw_client.get(entry(passage)).text
    save(psw_client, passage, risk=["vague", "unchallenged"])

    passage.refresh_from_db()
    assert passage.risk == ["vague", "unchallenged"]
    entries = reverse("observations:entries", args=[draft.key, "passages"])
    assert "A vague worry; an expert view went unchallenged" in psw_client.get(entries).text


def test_without_the_lens_it_is_not_asked_and_what_was_marked_stays(psw_client, draft, lens):
    passage = PassageFactory(observation=draft, text="It is high risk.", risk=["vague"])
    plain = PassageFactory(observation=draft, text="She asked Gran first.")
    lens.kinds = ["supervision"]
    lens.save()

    assert "How was risk spoken of?" in psw_client.get(entry(passage)).text
    assert "How was risk spoken of?" not in psw_client.get(entry(plain)).text
    save(psw_client, plain, risk=["harm"])

    assert list(draft.passages.order_by("pk").values_list("risk", flat=True)) == [["vague"], []]


def test_it_is_asked_in_the_kinds_of_work_that_the_lens_names(draft, lens):
    lens.kinds = ["supervision"]
    lens.save()

    assert "risk" not in PassageForm(observation=draft).fields
    draft.kind_of_work = "supervision"
    assert "risk" in PassageForm(observation=draft).fields
    draft.kind_of_work = ""  # as a device asks for its forms
    assert "risk" in PassageForm(observation=draft).fields


def test_what_is_not_on_the_list_is_refused_by_its_words(psw_client, draft):
    passage = PassageFactory(observation=draft, text="It is high risk.")

    answer = save(psw_client, passage, risk=["certain"])

    assert answer.status_code == 422
    assert "certain is not one of the available choices" in answer.text


@pytest.mark.parametrize(
    "fields", [{"risk": ["certain"]}, {"risk": ["harm"], "kind": "family"}], ids=["list", "family"]
)
def test_the_database_refuses_other_marks_and_any_of_a_familys_words(draft, fields):
    passage = PassageFactory(observation=draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(**fields)


# In a summary


def test_statements_are_counted_then_and_now_by_the_one_rule(team, spoken):
    spoken(12, "harm")
    spoken(3, "vague", "harm")
    spoken(12, "vague", on=BEFORE)
    spoken(2, on=NOW)

    found = summary(team)

    assert [count for _, count in found.risk.counts] == [15, 3, 0, 0, 0]
    assert (found.risk.upper, found.risk.seen, found.risk.observations) == (15, 18, 15)
    assert risk_change(found.risk) == Change.MORE
    assert risk_words(found) == "In the six months before, 0 of 12: more."


def test_many_statements_of_a_few_observations_are_too_little_to_tell(team, psw, spoken):
    spoken(9, "harm", "strength", "procedure")
    spoken(12, "vague", on=BEFORE)

    assert risk_change(summary(team).risk) == Change.UNTOLD


def test_what_is_withdrawn_or_a_draft_counts_nowhere(team, psw, framework_version, draft):
    PassageFactory(observation=draft, risk=["harm"])
    gone = ObservationFactory(unit=team, observer=psw, withdrawn=True, observed_on=NOW)
    PassageFactory(observation=gone, risk=["harm"])

    assert summary(team).risk.seen == 0


def test_the_summary_shows_them_and_the_lenses_that_passages_began_from(psw_client, team, spoken):
    poverty = LensFactory(code="poverty", name="Poverty")
    question = PromptFactory(lens=poverty, criterion=None, text="Who named money first?")
    spoken(2, "vague", on=date(2027, 6, 2))
    spoken(1, prompt=question, on=date(2027, 6, 3))
    recount_all()

    page = psw_client.get(reverse("reports:summary"), {"unit": team.code}).text

    assert "A harm was named, with evidence, in none of 2 risk statements" in page
    assert "Passages that began from the questions of a lens" in page
    assert "Poverty" in page
    sheet = list(rows(summarise(team, rolling(date(2027, 6, 1)))))
    assert ["Risk statements", "A vague worry", "Passages", 2] in sheet
    assert ["Lenses", "Poverty", "Passages from its questions", 1] in sheet


# What leaders are told


def told(team):
    plan = plan_for(team, summary(team).window.last_month)
    annex = (
        gather(summary(team), plan)["annex"] if plan.window else {"tables": [], "definitions": []}
    )
    rows = [row for table in annex["tables"] for row in table["rows"] if row[0].startswith("Risk")]
    return rows, [each["word"] for each in annex["definitions"]]


def test_a_briefing_tells_the_share_beside_the_one_before(team, spoken):
    spoken(20, "harm")
    spoken(8, "vague")
    spoken(24, "vague", on=BEFORE)

    found, words = told(team)

    assert found == [
        ["Risk statements: a harm named, with evidence", "20 of 28", "none of 24", "More"]
    ]
    assert "Risk statement" in words


def test_the_share_is_drawn_then_and_now_with_the_number_under_each_point(team, spoken):
    spoken(20, "harm")
    spoken(8, "vague")
    spoken(6, "harm", on=BEFORE)
    spoken(18, "vague", on=BEFORE)

    found = summary(team)
    annex = gather(found, plan_for(team, found.window.last_month))["annex"]
    (drawn,) = [each for each in annex["charts"] if each["kind"] == "then_now"]

    assert drawn["title"] == "Harm is named with evidence more often than in the six months before"
    assert drawn["data"]["points"] == [
        {"label": "Before", "value": 25.0, "shown": "6 of 24"},
        {"label": "Now", "value": 71.4, "shown": "20 of 28"},
    ]
    svg = draw(drawn, "print")
    assert svg.count("<circle") == 2
    assert ">6 of 24<" in svg
    assert ">20 of 28<" in svg


def test_of_four_people_a_briefing_tells_nothing(team, spoken):
    spoken(4, "harm", "vague", "procedure")

    found, words = told(team)

    assert found == []
    assert "Risk statement" not in words
