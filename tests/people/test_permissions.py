"""Who may do what, said a second time: nobody widens it by a slip of one line."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practicelens.people import actions
from practicelens.people.models import Role, Unit, User
from practicelens.people.permissions import CARRIES, FIRST, Act, Kind, kinds_that
from practicelens.people.reach import remembered, remembering
from tests.factories import RoleFactory, UnitFactory

CARRIED = {
    "psw": """
        write_observations read_observations decide_themes decide_early_signs look_after_coding
        read_summaries write_briefings read_briefings write_verdicts read_verdicts read_decisions
        read_frameworks see_small_counts see_runs
    """,
    "practitioner": "be_observed read_decisions read_frameworks",
    "leader": """
        read_briefings decide_recommendations read_verdicts decide_verdicts read_decisions read_frameworks
    """,
    "approver": "approve_briefings read_briefings read_decisions read_frameworks",
    "issuer": "issue_briefings read_briefings read_decisions read_frameworks",
    "framework_admin": "keep_frameworks read_decisions read_frameworks look_after_coding see_small_counts",
    "governance": "read_log read_decisions read_frameworks",
    "system_admin": "keep_people see_runs read_decisions read_frameworks",
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_role_carries_this_and_no_more(kind):
    assert sorted(CARRIES[kind]) == sorted(CARRIED[kind].split())


def test_each_act_is_carried_by_somebody():
    assert [act for act in Act if not kinds_that(act)] == []


def test_who_sets_an_organisation_up_may_give_others_their_roles():
    assert Act.KEEP_PEOPLE in CARRIES[FIRST]


@pytest.mark.django_db
def test_one_may_do_what_ones_roles_carry_where_they_reach(psw, service, team, sibling_team):
    assert psw.can(Act.WRITE_BRIEFINGS)
    assert not psw.can(Act.KEEP_PEOPLE)
    assert psw.reach(Act.WRITE_BRIEFINGS) == {service.pk, team.pk, sibling_team.pk}
    assert psw.reach(Act.KEEP_PEOPLE) == set()


@pytest.mark.django_db
def test_what_two_roles_carry_is_joined_each_where_it_reaches(psw, team, other_team):
    RoleFactory(user=psw, unit=other_team, kind=Kind.LEADER)

    assert {team.pk, other_team.pk} <= psw.reach(Act.READ_BRIEFINGS)
    assert other_team.pk not in psw.reach(Act.WRITE_BRIEFINGS)


@pytest.mark.django_db
def test_what_is_kept_above_is_for_those_below_and_not_beside(
    practitioner, organisation, service, team, sibling_team, other_organisation
):
    assert practitioner.reach_and_above(Act.READ_FRAMEWORKS) == {
        organisation.pk,
        service.pk,
        team.pk,
    }


@pytest.mark.django_db
def test_who_holds_no_role_may_do_nothing(nobody):
    assert nobody.acts == set()
    assert nobody.reach() == set()


@pytest.mark.django_db
def test_a_ring_of_units_made_by_mistake_ends(psw, organisation, service, team):
    Unit.objects.filter(pk=organisation.pk).update(parent=team)

    assert psw.reach(Act.READ_OBSERVATIONS) >= {service.pk, team.pk}


# Read once for a request, and never out of date


def asked_for_reach(captured):
    return sum("WITH RECURSIVE held" in query["sql"] for query in captured)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "home",
        "observations:list",
        "observations:review",
        "observations:early_signs",
        "reports:summary",
    ],
)
def test_a_request_reads_its_persons_reach_once(psw_client, observation, theme, address):
    with CaptureQueriesContext(connection) as captured:
        page = psw_client.get(reverse(address))

    assert page.status_code == 200
    assert asked_for_reach(captured) == 1


@pytest.mark.django_db
def test_the_next_request_knows_that_a_role_ended(psw, psw_client):
    psw_client.get(reverse("observations:list"))
    psw.roles.update(ended_at=psw.date_joined, ended_by=psw)

    assert psw_client.get(reverse("observations:list")).status_code == 404


@pytest.mark.django_db
def test_the_next_request_knows_that_a_role_was_given(nobody, nobody_client, team):
    nobody_client.get(reverse("home"))
    RoleFactory(user=nobody, unit=team)

    assert nobody_client.get(reverse("observations:list")).status_code == 200


@pytest.mark.django_db
def test_outside_a_request_nothing_is_remembered(nobody, team):
    assert not nobody.can(Act.WRITE_OBSERVATIONS)

    RoleFactory(user=nobody, unit=team)

    assert nobody.can(Act.WRITE_OBSERVATIONS)


def written_by_action(nobody, team, system_admin):
    actions.give_role(user=nobody, unit=team, kind=Kind.PSW, by=system_admin)


def written_in_bulk(nobody, team, system_admin):
    Role.objects.bulk_create([Role(user=nobody, unit=team, kind=Kind.PSW)])


def moved_into_reach(nobody, team, system_admin):
    beside = UnitFactory(service=True, parent=team.organisation)
    RoleFactory(user=nobody, unit=beside, kind=Kind.PSW)
    nobody.reach()
    Unit.objects.filter(pk=team.pk).update(parent=beside)


@pytest.mark.django_db
@pytest.mark.parametrize("write", [written_by_action, written_in_bulk, moved_into_reach])
def test_within_a_request_what_was_written_is_known_at_once(nobody, team, system_admin, write):
    with remembering():
        assert team.pk not in nobody.reach(Act.WRITE_OBSERVATIONS)

        write(nobody, team, system_admin)

        assert team.pk in nobody.reach(Act.WRITE_OBSERVATIONS)
        assert team.pk in User.objects.get(pk=nobody.pk).reach(Act.WRITE_OBSERVATIONS)


@pytest.mark.django_db
def test_within_a_request_an_ended_role_opens_nothing_more(psw, team):
    with remembering():
        assert team.pk in psw.reach(Act.WRITE_OBSERVATIONS)

        actions.end_role(role=psw.roles.get(), by=psw)

        assert not psw.can(Act.WRITE_OBSERVATIONS)


@pytest.mark.django_db
def test_a_role_that_was_taken_back_with_its_transaction_is_not_remembered(nobody, team):
    with remembering():
        with transaction.atomic():
            RoleFactory(user=nobody, unit=team)
            assert nobody.can(Act.WRITE_OBSERVATIONS)
            transaction.set_rollback(True)

        assert not nobody.can(Act.WRITE_OBSERVATIONS)


@pytest.mark.django_db
def test_what_one_request_remembers_is_its_own(psw, nobody, django_assert_num_queries):
    known_elsewhere = []

    with remembering():
        psw.reach()
        other = threading.Thread(target=lambda: known_elsewhere.append(remembered.get()))
        other.start()
        other.join()
        with django_assert_num_queries(1):
            psw.reach()
            assert nobody.reach() == set()

    assert known_elsewhere == [None]
