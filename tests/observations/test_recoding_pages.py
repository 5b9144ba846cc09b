"""The pages that say what a re-check would do, and take the decision."""

import pytest
from django.urls import reverse

from observations.models import Mention, Recoding
from practicelens.people.models import Role
from tests.factories import (
    CodebookFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RecodingChangeFactory,
    RecodingFactory,
    RoleFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

ASKED = "Mum was asked first, in her own words."


@pytest.fixture
def theme(codebook):
    return ThemeFactory(codebook=codebook, name="Voice")


@pytest.fixture
def recoding(codebook, theme):
    """Ready: thirty-four more and twelve fewer for the theme, three name checks."""
    return RecodingFactory(
        codebook=codebook,
        added=34,
        dropped=12,
        names=3,
        left_alone=1054,
        effect=[{"theme": theme.pk, "name": "Voice", "add": 34, "drop": 12, "change": 0}],
    )


@pytest.fixture
def passage(observation):
    observation.refresh_from_db()
    return PassageFactory(observation=observation, text=ASKED)


@pytest.fixture
def change(recoding, theme, passage):
    start = ASKED.index("own")
    return RecodingChangeFactory(
        recoding=recoding, theme=theme, passage=passage, words=[[start, start + 3]]
    )


def page_of(recoding, client, name="recoding", **query):
    return client.get(reverse(f"observations:{name}", args=[recoding.pk]), query)


def list_of(client):
    return client.get(reverse("observations:recodings")).text


# The list


def test_the_list_says_what_changed_what_it_does_and_where_it_stands(psw_client, recoding):
    page = list_of(psw_client)

    assert recoding.codebook.name in page
    assert "“Time” is in use." in page
    assert "34 more suggested, 12 no longer." in page
    assert "3 name checks." in page
    assert "Waits for you to decide" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"looking": True}, "1 of 3 observations read", id="looking"),
        pytest.param({"state": "applying"}, "0 of 1 suggestion changed", id="applying"),
        pytest.param({"done": True}, "In use", id="done"),
    ],
)
def test_the_list_says_how_far_it_is(psw_client, codebook, fields, words):
    RecodingFactory(codebook=codebook, **fields)

    assert words in list_of(psw_client)


def test_an_empty_list_says_what_will_be_there(psw_client):
    assert "Nothing has been re-checked yet" in list_of(psw_client)


def test_a_practice_leader_of_another_organisation_sees_none_of_it(stranger_client, recoding):
    assert recoding.codebook.name not in list_of(stranger_client)
    assert page_of(recoding, stranger_client).status_code == 404


@pytest.mark.parametrize("person", ["practitioner", "leader", "governance", "system_admin"])
def test_it_is_not_there_for_others(request, person, recoding):
    client = request.getfixturevalue(f"{person}_client")

    assert client.get(reverse("observations:recodings")).status_code == 404
    assert page_of(recoding, client).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_the_same_queries_at_any_length(
    psw_client, codebook, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        RecodingFactory(codebook=codebook, done=True)

    with django_assert_max_num_queries(10):
        list_of(psw_client)


# One reading


def test_the_page_says_the_effect_on_each_theme(psw_client, recoding, change):
    page = page_of(recoding, psw_client).text

    assert ">Voice</a>: 34 more suggested, 12 no longer" in page
    assert (
        "1,054 suggestions that people confirmed, rejected or made themselves were left alone"
        in page
    )
    assert "3 name checks were found that were not seen before" in page


def test_a_practice_leader_looks_at_the_passages_with_the_words_marked(
    psw_client, recoding, change
):
    page = page_of(recoding, psw_client).text

    assert '<mark class="pl-found">own</mark>' in page
    assert "Suggested now: helps." in page
    assert "Suggested, not confirmed" in page


def test_a_framework_admin_sees_counts_and_no_passage(framework_admin_client, recoding, change):
    page = page_of(recoding, framework_admin_client).text

    assert "Voice: 34 more suggested, 12 no longer" in page
    assert "asked first" not in page
    assert "Passages to look at" not in page
    assert "Use it" in page


def test_passages_of_units_that_one_does_not_reach_are_not_shown(
    codebook, recoding, change, sibling_team, client
):
    client.force_login(RoleFactory(kind=Role.Kind.PSW, unit=sibling_team).user)

    page = page_of(recoding, client).text

    assert "asked first" not in page
    assert "None in the observations that you can read." in page


def test_passages_are_shown_by_theme_and_kind(psw_client, recoding, codebook, change):
    other = ThemeFactory(codebook=codebook, name="Paperwork")
    passage = PassageFactory(observation=change.observation, text="The portal timed out.")
    RecodingChangeFactory(recoding=recoding, theme=other, passage=passage, kind="drop")

    assert "portal" in page_of(recoding, psw_client).text
    assert "portal" not in page_of(recoding, psw_client, theme=change.theme_id).text
    dropped = page_of(recoding, psw_client, kind="drop").text
    assert "No longer suggested: helps." in dropped
    assert "asked first" not in dropped


@pytest.mark.parametrize("query", [{"theme": "x"}, {"kind": "x"}, {"theme": "9" * 30}])
def test_what_is_no_theme_and_no_kind_is_passed_by(psw_client, recoding, change, query):
    assert "Voice" in page_of(recoding, psw_client, **query).text


def test_another_stance_is_said_beside_the_one_of_today(psw_client, recoding, change):
    MentionFactory(passage=change.passage, theme=change.theme, stance="hinders")
    change.kind = "change"
    change.save()

    assert "Hinders until now; it would be: helps." in page_of(recoding, psw_client).text


def test_a_passage_that_was_written_differently_is_not_quoted_at_the_old_places(
    psw_client, recoding, change
):
    change.passage.text = "Something else, written by the observer."
    change.passage.save()

    page = page_of(recoding, psw_client).text

    assert "This passage was written differently since" in page
    assert "Something else" not in page


def test_many_passages_have_pages_and_take_the_same_queries(
    psw_client, recoding, theme, observation, django_assert_max_num_queries
):
    observation.refresh_from_db()
    for _ in range(21):
        passage = PassageFactory(observation=observation, text=ASKED)
        RecodingChangeFactory(recoding=recoding, theme=theme, passage=passage)

    with django_assert_max_num_queries(14):
        page = page_of(recoding, psw_client).text

    assert "Page 1 of 2" in page
    assert page.count("Suggested now") == 20


def test_no_passages_are_shown_while_it_is_still_being_read(psw_client, recoding, change):
    Recoding.objects.update(state="looking")

    page = page_of(recoding, psw_client).text

    assert "asked first" not in page
    assert "See how far it is now" in page
    assert "3 of 3 observations read" in page


# Deciding


@pytest.mark.parametrize("person", ["psw", "framework_admin"])
def test_it_is_used_after_asking(request, person, recoding, monkeypatch):
    monkeypatch.setattr("observations.recoding.actions.is_outdated", lambda recoding: False)
    client = request.getfixturevalue(f"{person}_client")

    asked = page_of(recoding, client, "use_recoding").text
    assert "34 more suggested, 12 no longer" in asked
    assert Recoding.objects.get().state == "ready"
    address = reverse("observations:use_recoding", args=[recoding.pk])
    page = client.post(address, follow=True).text

    assert "The suggestions are being changed." in page
    assert Recoding.objects.get().state == "applying"
    assert request.getfixturevalue(person).name in page


def test_it_is_left_after_asking(psw_client, recoding, change):
    asked = page_of(recoding, psw_client, "leave_recoding").text
    assert "New observations are coded the new way all the same." in asked

    address = reverse("observations:leave_recoding", args=[recoding.pk])
    page = psw_client.post(address, follow=True).text

    assert "The suggestions stay as they are." in page
    assert "What it would have done" in page
    assert Recoding.objects.get().state == "dropped"
    assert not Mention.objects.exists()


@pytest.mark.parametrize("name", ["use_recoding", "leave_recoding"])
def test_what_is_decided_already_is_not_decided_again(psw_client, codebook, name):
    done = RecodingFactory(codebook=codebook, done=True)

    page = psw_client.post(reverse(f"observations:{name}", args=[done.pk]), follow=True).text

    assert "That can’t be decided now." in page
    assert Recoding.objects.get().state == "done"


def test_what_is_decided_offers_no_decision(psw_client, codebook):
    done = RecodingFactory(codebook=codebook, done=True)

    assert "Use it" not in page_of(done, psw_client).text


# The way there


def test_the_pages_about_themes_say_how_many_wait(psw_client, recoding):
    page = psw_client.get(reverse("observations:review")).text

    assert "Re-check of past observations: 1 to decide" in page


def test_framework_admins_find_it_from_the_codebook(framework_admin_client, recoding):
    page = framework_admin_client.get(reverse("frameworks:themes")).text

    assert reverse("observations:recodings") in page
    assert "1 to decide" in page


def test_a_framework_admin_is_not_sent_to_the_queue(framework_admin_client):
    assert reverse("observations:review") not in list_of(framework_admin_client)


def test_others_are_not_told_of_it(practitioner_client, recoding):
    page = practitioner_client.get(reverse("frameworks:themes")).text

    assert reverse("observations:recodings") not in page


def test_a_reading_of_another_codebook_does_not_count(psw_client):
    RecodingFactory(codebook=CodebookFactory())

    assert "to decide" not in psw_client.get(reverse("observations:review")).text


def test_a_note_that_was_withdrawn_is_not_shown(psw_client, recoding, theme, team, psw):
    gone = ObservationFactory(unit=team, withdrawn=True)
    gone.refresh_from_db()
    passage = PassageFactory(observation=gone, text=ASKED)
    RecodingChangeFactory(recoding=recoding, theme=theme, passage=passage)

    assert "asked first" not in page_of(recoding, psw_client).text
