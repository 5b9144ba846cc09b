"""Putting two notes of one occasion beside each other: who may, which notes, and taking apart."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from observations.models import Observation, Pair
from observations.notes import actions
from observations.pairs import actions as pairs
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from tests.factories import ObservationFactory, PairFactory, RoleFactory

DAY = date(2026, 11, 12)


@pytest.fixture
def other_psw(service):
    return RoleFactory(user__name="Tom Whitfield", kind=Role.Kind.PSW, unit=service).user


@pytest.fixture
def own(psw, team):
    return note(psw, team)


def note(observer, unit, days=0, **given):
    given = {"submitted": True} | given
    return ObservationFactory(
        unit=unit, observer=observer, observed_on=DAY + timedelta(days=days), **given
    )


def pair_page(observation):
    return reverse("observations:pair", args=[observation.key])


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_notes_of_the_same_unit_within_a_day_may_be_of_one_occasion(days, own, other_psw, team):
    other = note(other_psw, team, days)

    assert list(Observation.objects.beside(own)) == [other]


def test_other_days_units_and_drafts_and_one_s_own_may_not(own, psw, other_psw, team, sibling_team):
    note(other_psw, team, days=2)
    note(other_psw, team, days=-2)
    note(other_psw, sibling_team)
    note(other_psw, team, draft=True, submitted=False)
    note(other_psw, team, withdrawn=True)
    note(psw, team)

    assert not Observation.objects.beside(own).exists()


def test_the_observed_worker_s_own_note_waits_until_this_one_is_shared_with_them(
    psw, other_psw, team
):
    own = note(psw, team, practitioner=other_psw)
    other = note(other_psw, team)
    assert not Observation.objects.beside(own).exists()

    actions.share(observation=own, by=psw)
    own.refresh_from_db()

    assert list(Observation.objects.beside(own)) == [other]


def test_a_note_of_another_framework_is_not_offered(own, other_psw, team, other_team):
    far = ObservationFactory(unit=other_team)
    note(other_psw, team, framework_version=far.framework_version)

    assert not Observation.objects.beside(own).exists()


def test_the_page_offers_the_other_s_note_by_name_and_day_and_none_of_its_words(
    own, other_psw, team, psw_client
):
    other = note(other_psw, team)
    other.passages.create(**other.place, text="Unheard-of words.", kind="seen")

    page = psw_client.get(pair_page(own)).content.decode()

    assert "Tom Whitfield: home visit, Thursday 12 November" in page
    assert "Unheard-of words" not in page


def test_the_page_says_if_there_is_no_other_note(own, psw_client):
    page = psw_client.get(pair_page(own))

    assert "No other observation of it yet" in page.content.decode()


def test_choosing_one_puts_the_two_beside_each_other_lower_number_first(
    own, psw, other_psw, team, psw_client
):
    other = note(other_psw, team)

    response = psw_client.post(pair_page(own), {"other": other.pk})

    pair = Pair.objects.get()
    assert response.url == pair.get_absolute_url()
    assert pair.observations == (own, other)
    assert pair.made_by == psw
    assert Entry.objects.filter(action="made", what="pair", object_pk=str(pair.pk)).exists()


def test_nothing_chosen_is_said_on_the_page(own, other_psw, team, psw_client):
    note(other_psw, team)

    page = psw_client.post(pair_page(own), {}).content.decode()

    assert "Choose the other observation" in page
    assert not Pair.objects.exists()


def test_a_note_that_is_not_offered_can_t_be_chosen(own, other_psw, sibling_team, psw_client):
    elsewhere = note(other_psw, sibling_team)

    page = psw_client.post(pair_page(own), {"other": elsewhere.pk}).content.decode()

    assert "That observation can’t be chosen any more" in page
    assert not Pair.objects.exists()


def test_a_note_that_the_observer_may_not_read_is_not_offered(other_psw, psw, team, psw_client):
    own = note(psw, team)
    note(other_psw, team)
    psw.roles.update(ended_at=own.submitted_at, ended_by=psw)

    page = psw_client.get(pair_page(own)).content.decode()

    assert "Tom Whitfield" not in page


def test_asked_for_from_both_sides_it_is_one_pair(own, psw, other_psw, team):
    other = note(other_psw, team)

    first = pairs.pair(observation=own, other=other, by=psw)
    again = pairs.pair(observation=other, other=own, by=other_psw)

    assert first == again
    assert Pair.objects.count() == 1


def test_three_observers_may_stand_beside_each_other_two_by_two(own, psw, other_psw, team, service):
    third = RoleFactory(kind=Role.Kind.PSW, unit=service).user

    for each in (other_psw, third):
        pairs.pair(observation=own, other=note(each, team), by=psw)

    assert Pair.objects.of(own).count() == 2


def test_a_draft_is_put_beside_nothing(psw, other_psw, team, psw_client):
    draft = note(psw, team, submitted=False, draft=True)
    other = note(other_psw, team)

    assert psw_client.get(pair_page(draft)).status_code == 403
    with pytest.raises(NotNow):
        pairs.pair(observation=draft, other=other, by=psw)


def test_only_an_observer_of_the_two_makes_the_pair(own, psw, other_psw, team, service):
    reader = RoleFactory(kind=Role.Kind.PSW, unit=service).user

    with pytest.raises(NotNow):
        pairs.pair(observation=own, other=note(other_psw, team), by=reader)


def test_a_note_withdrawn_meanwhile_changes_nothing_and_is_said(
    own, other_psw, team, psw_client, monkeypatch
):
    other = note(other_psw, team)

    def withdrawn_meanwhile(**_):
        raise NotNow

    monkeypatch.setattr(pairs, "pair", withdrawn_meanwhile)
    page = psw_client.post(pair_page(own), {"other": other.pk}, follow=True).content.decode()

    assert "One of the two observations was withdrawn" in page


@pytest.mark.parametrize("whose", ["own", "other"])
def test_a_withdrawn_note_takes_its_pairs_with_it(whose, own, psw, other_psw, team):
    other = note(other_psw, team)
    pair = pairs.pair(observation=own, other=other, by=psw)
    assert pair in Pair.objects.visible_to(psw)

    taken, by = (own, psw) if whose == "own" else (other, other_psw)
    actions.withdraw(observation=taken, by=by)

    assert not Pair.objects.visible_to(psw).exists()
    assert not Pair.objects.visible_to(other_psw).exists()


def test_either_observer_takes_the_two_apart_and_both_notes_stay(own, psw, other_psw, team):
    other = note(other_psw, team)
    pair = pairs.pair(observation=own, other=other, by=psw)

    pairs.unpair(pair=pair, by=other_psw)

    assert not Pair.objects.exists()
    assert Observation.objects.counted().filter(pk__in=[own.pk, other.pk]).count() == 2
    assert Entry.objects.filter(action="changed", what="pair", by=other_psw).exists()


def test_nobody_else_takes_them_apart(service):
    reader = RoleFactory(kind=Role.Kind.PSW, unit=service).user

    with pytest.raises(NotNow):
        pairs.unpair(pair=PairFactory(first__unit=service), by=reader)


def test_an_observer_who_has_left_sees_the_other_note_no_more(own, other_psw):
    """What they wrote is theirs to read; what the other wrote is not."""
    pair = PairFactory(
        first=own, second=note(other_psw, own.unit, framework_version=own.framework_version)
    )
    assert pair in Pair.objects.visible_to(other_psw)

    other_psw.roles.update(ended_at=own.submitted_at, ended_by=other_psw)

    assert pair not in Pair.objects.visible_to(other_psw)
    assert pair.second in Observation.objects.visible_to(other_psw)


def test_the_practitioner_and_strangers_see_no_pair(own, other_psw, practitioner, other_team):
    stranger = RoleFactory(kind=Role.Kind.PSW, unit=other_team).user
    PairFactory(
        first=own,
        second=note(
            other_psw,
            own.unit,
            framework_version=own.framework_version,
            shared=True,
            practitioner=practitioner,
        ),
    )

    assert not Pair.objects.visible_to(practitioner).exists()
    assert not Pair.objects.visible_to(stranger).exists()


def test_the_note_s_page_leads_to_the_pair_and_to_making_one(own, psw_client, other_psw):
    pair = PairFactory(
        first=own, second=note(other_psw, own.unit, framework_version=own.framework_version)
    )

    page = psw_client.get(own.get_absolute_url()).content.decode()

    assert pair.get_absolute_url() in page
    assert "Beside Tom Whitfield’s observation" in page
    assert pair_page(own) in page


@pytest.mark.parametrize("turn", ["itself", "the other way round", "twice"])
def test_the_database_refuses_a_pair(turn, db):
    made = PairFactory()
    notes = {
        "itself": (made.first, made.first),
        "the other way round": (made.second, made.first),
        "twice": (made.first, made.second),
    }[turn]

    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(first=notes[0], second=notes[1], made_by=made.made_by)
