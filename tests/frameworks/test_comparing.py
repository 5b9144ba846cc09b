"""Two versions of a framework side by side."""

from datetime import date

import pytest
from django.urls import reverse

from frameworks.models import Criterion
from frameworks.versions import comparing
from tests.factories import (
    CriterionFactory,
    FrameworkVersionFactory,
    LineageFactory,
    ObservationFactory,
    put_in_force,
)

pytestmark = pytest.mark.django_db

PAGE = reverse("frameworks:compare", args=["ours"])


@pytest.fixture
def first(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__code="ours")


def next_of(version, ties, *, new=(), published=True):
    """The version after, with the lineage {(old code, new code): kind}."""
    later = FrameworkVersionFactory(
        framework=version.framework,
        draft=True,
        scale=version.scale,
        effective_on=date(2025, version.number, 1),
    )
    for code in new:
        CriterionFactory(domain=later.domains.last(), code=code)
    for (earlier, code), kind in ties.items():
        LineageFactory(
            version=later,
            kind=kind,
            earlier=earlier and version.criteria.get(code=earlier),
            later=code and later.criteria.get(code=code),
        )
    if published:
        put_in_force(later)
    return later


def rows(first, second):
    return {
        (row.later or row.earlier[0]).code: row.words for row in comparing.compare(first, second)
    }


def test_criteria_are_matched_by_lineage_with_what_is_new_and_what_is_dropped(first):
    second = next_of(
        first,
        {("1.1", "1.2"): "same", ("1.2", None): "dropped", (None, "1.1"): "new"}
        | {("2.1", "2.1"): "split", ("2.1", "2.2"): "split"},
        new=["2.2"],
    )

    found = [
        ((row.later or row.earlier[0]).code, row.words) for row in comparing.compare(first, second)
    ]

    assert found == [
        ("1.1", "New"),
        ("1.2", "Same as 1.1"),
        ("2.1", "Split from 2.1"),
        ("2.2", "Split from 2.1"),
        ("1.2", "Dropped"),
    ]


def test_the_lineage_leads_over_the_versions_between(first):
    second = next_of(
        first, {("1.1", "1.2"): "reworded", ("1.2", "2.1"): "same", ("2.1", None): "dropped"}
    )
    third = next_of(
        second, {("1.2", "1.1"): "same", ("2.1", "2.1"): "merged", ("1.1", "2.1"): "merged"}
    )

    found = [
        ((row.later or row.earlier[0]).code, row.words) for row in comparing.compare(first, third)
    ]
    assert found == [
        ("1.1", "Reworded from 1.1"),
        ("1.2", "New"),
        ("2.1", "Merged from 1.2"),
        ("2.1", "Dropped"),
    ]


def test_words_that_went_and_came_are_marked_and_all_are_escaped(psw_client, first):
    second = next_of(first, {("1.1", "1.1"): "reworded"}, published=False)
    Criterion.objects.filter(version=second, code="1.1").update(name="Criterion <b>1.1</b> & more")
    put_in_force(second)

    page = psw_client.get(PAGE, {"from": 1, "to": 2}).content.decode()

    assert "Criterion <del>1.1</del>" in page
    assert "Criterion <ins>&lt;b&gt;1.1&lt;/b&gt; &amp; more</ins>" in page
    assert "<b>1.1" not in page


@pytest.mark.parametrize(
    ("was", "now", "marked"),
    [
        ("one two", "one two", ([(False, "one two")], [(False, "one two")])),
        ("", "new", ([], [(True, "new")])),
        (
            "he was met",
            "he was not met",
            ([(False, "he was met")], [(False, "he was"), (True, " not"), (False, " met")]),
        ),
    ],
)
def test_differences_are_found_word_by_word(was, now, marked):
    before, after = comparing.differences(was, now)

    assert "".join(words for _, words in before) == was
    assert "".join(words for _, words in after) == now
    assert {words.strip() for is_here, words in after if is_here} == {
        words.strip() for is_here, words in marked[1] if is_here
    }
    assert not any(is_here for is_here, _ in before)


def test_without_a_choice_the_newest_stands_beside_the_one_before(psw_client, first):
    next_of(next_of(first, {}), {})

    assert "Version 2 beside version 3" in psw_client.get(PAGE).content.decode()
    page = psw_client.get(PAGE, {"from": 3, "to": 1}).content.decode()
    assert "Version 1 beside version 3" in page


def test_one_version_has_nothing_beside_it(psw_client, first):
    assert "Nothing to compare yet" in psw_client.get(PAGE).content.decode()
    next_of(first, {})
    page = psw_client.get(PAGE, {"from": 1, "to": 1}).content.decode()
    assert "Choose two different versions" in page


@pytest.mark.parametrize("asked", [{"from": 1, "to": 9}, {"from": "x"}, {"to": "1 or 1"}])
def test_a_version_that_is_not_there_is_not_found(psw_client, first, asked):
    next_of(first, {})

    assert psw_client.get(PAGE, asked).status_code == 404


def test_a_draft_is_compared_by_its_admins_alone(psw_client, framework_admin_client, first):
    next_of(first, {("1.1", "1.1"): "same"}, published=False)
    asked = {"from": 1, "to": 2}

    assert psw_client.get(PAGE, asked).status_code == 404
    assert "Nothing to compare yet" in psw_client.get(PAGE).content.decode()
    page = framework_admin_client.get(PAGE, asked).content.decode()
    assert "Same as 1.1" in page


def test_a_draft_is_compared_by_the_words_it_has_now(framework_admin_client, first):
    draft = next_of(first, {("1.1", "1.1"): "same"}, published=False)
    Criterion.objects.filter(version=draft, code="1.1").update(name="Said otherwise")

    assert rows(first, draft)["1.1"] == "Reworded from 1.1"


def test_a_stranger_finds_nothing_to_compare(stranger_client, first):
    assert stranger_client.get(PAGE).status_code == 404


def test_a_small_number_of_observations_is_for_those_who_look_after_the_framework(
    leader_client, framework_admin_client, practitioner_client, first, team
):
    next_of(first, {})
    fields = {"framework_version": first, "unit": team, "submitted": True}
    ObservationFactory.create_batch(4, **fields)
    ObservationFactory(framework_version=first, unit=team)

    def page(client):
        return client.get(PAGE).content.decode()

    assert "4 observations made under it" in page(framework_admin_client)
    for client in (leader_client, practitioner_client):
        assert "Fewer than 5 observations made under it" in page(client)
        assert "No observations made under it" in page(client)
    ObservationFactory(**fields)
    assert "5 observations made under it" in page(leader_client)


def test_the_framework_and_its_change_notes_lead_there(psw_client, first):
    assert PAGE not in psw_client.get(first.framework.get_absolute_url()).content.decode()
    next_of(first, {})

    assert PAGE in psw_client.get(first.framework.get_absolute_url()).content.decode()
    notes = psw_client.get(reverse("frameworks:change_notes")).content.decode()
    assert f"{PAGE}?to=2" in notes
    assert f"{PAGE}?to=1" not in notes
