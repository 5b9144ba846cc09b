"""No system admin can become anyone alone, and whatever they change is on record."""

import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from practicelens.audit.models import Entry
from practicelens.people import actions, invitations
from practicelens.people.models import AddressChange, Role, RoleRequest, Unit, User
from tests.conftest import signed_in
from tests.factories import RoleFactory, UnitFactory
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk in rain"


def url(name, *arguments):
    return reverse(f"people:{name}", args=arguments)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def logged(**wanted):
    entries = Entry.objects.filter(**wanted).order_by("pk")
    return list(entries.values_list("by__name", "action", "what", "changes"))


# An address waits


@pytest.fixture
def asked(system_admin, psw, governance):
    return actions.ask_for_address(user=psw, email="new@example.org", by=system_admin)


def links_in(letter):
    return [line for line in letter.body.splitlines() if line.startswith("http")]


def edit(client, person, **changed):
    words = {"name": person.name, "email": person.email, "post": person.post} | changed
    return client.post(url("edit", person.pk), words, follow=True)


def test_a_changed_address_waits_until_the_new_one_confirms(
    system_admin_client, client, psw, governance, mailoutbox
):
    former = psw.email
    page = text_of(edit(system_admin_client, psw, email="New@example.org"))

    psw.refresh_from_db()
    assert psw.email == former
    assert "new@example.org takes the place of" in page
    told = {letter.to[0]: letter for letter in mailoutbox}
    assert told.keys() == {former, governance.email, "new@example.org"}
    (link,) = links_in(told["new@example.org"])
    assert links_in(told[former]) == links_in(told[governance.email]) == []
    assert "new@example.org" in told[former].body

    assert "Is this your email address?" in text_of(client.get(link))
    psw.refresh_from_db()
    assert psw.email == former
    client.post(link)
    psw.refresh_from_db()
    assert psw.email == "new@example.org"
    assert {letter.to[0] for letter in mailoutbox[3:]} == {former, governance.email}


def test_the_link_confirms_once(client, asked, psw, rf):
    link = invitations.address_link(asked, rf.get("/"))
    client.post(link)

    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


@pytest.mark.parametrize("key", ["1", "x:y:z", "IjEi:1abcde:forged"])
def test_a_link_that_is_made_up_confirms_nothing(client, asked, psw, key):
    former = psw.email

    assert client.post(url("confirm_address", key)).status_code == 404
    psw.refresh_from_db()
    assert psw.email == former


def test_a_later_address_takes_the_place_of_one_that_waits(asked, psw, system_admin):
    actions.ask_for_address(user=psw, email="third@example.org", by=system_admin)

    with pytest.raises(actions.Refused):
        actions.confirm_address(asked=asked)
    assert psw.address_changes.get(ended_at=None).email == "third@example.org"


def test_an_address_that_somebody_else_has_by_now_is_refused(asked, stranger):
    User.objects.filter(pk=stranger.pk).update(email="new@example.org")

    with pytest.raises(actions.Refused, match="Someone else has this address"):
        actions.confirm_address(asked=asked)


def test_an_address_that_waits_can_be_taken_back(system_admin_client, asked, psw, client, rf):
    system_admin_client.post(url("take_address_back", psw.pk))

    assert client.post(invitations.address_link(asked, rf.get("/"))).status_code == 404
    assert not psw.address_changes.filter(ended_at=None).exists()


def test_with_a_dead_mail_server_nothing_is_changed_and_the_log_says_that_nobody_was_told(
    system_admin_client, psw, mail_down
):
    former = psw.email

    page = text_of(edit(system_admin_client, psw, email="new@example.org"))

    psw.refresh_from_db()
    assert psw.email == former
    assert "could not be sent, so no link was given" in page
    assert "http://testserver/people/address/" not in page
    ((by, _, _, changes),) = logged(action="asked")
    assert (by, changes["told"]) == ("Lee Carver", [None, "nobody: the mail failed"])


def test_where_mail_is_off_the_link_is_on_screen_and_the_log_says_so(
    system_admin_client, psw, mail_off
):
    page = text_of(edit(system_admin_client, psw, email="new@example.org"))

    assert "/people/address/" in page
    assert "shown on screen" in str(logged(action="linked"))


def test_the_log_tells_an_address_from_asking_to_changing(asked, psw):
    former = psw.email
    actions.confirm_address(asked=asked)

    first, last = logged(what="user")
    assert first[:3] == ("Lee Carver", "asked", "user")
    assert first[3]["new email"] == [former, "new@example.org"]
    assert former in first[3]["told"][1]
    assert last == (None, "changed", "user", {"email": [former, "new@example.org"]})


def test_one_address_waits_at_a_time(asked, psw, system_admin):
    with refused_by("people_address_change_one_waits"):
        AddressChange.objects.create(user=psw, email="x@example.org", asked_by=system_admin)


# A role that opens notes


OPENING = [Role.Kind.PSW, Role.Kind.GOVERNANCE, Role.Kind.SYSTEM_ADMIN]
OTHERS = [Role.Kind.PRACTITIONER, Role.Kind.LEADER, Role.Kind.FRAMEWORK_ADMIN]


@pytest.mark.parametrize("kind", OPENING)
def test_a_role_that_opens_notes_waits_for_a_second_person(
    system_admin_client, governance, nobody, team, kind, mailoutbox
):
    response = system_admin_client.post(
        url("give_role", nobody.pk), {"kind": kind, "unit": team.pk}, follow=True
    )

    assert "once a second person has agreed" in text_of(response)
    assert not nobody.roles.exists()
    assert RoleRequest.objects.get().user == nobody
    assert [letter.to for letter in mailoutbox] == [[governance.email]]


@pytest.mark.parametrize("kind", OTHERS)
def test_other_roles_are_given_at_once(system_admin, governance, nobody, team, kind):
    role = actions.give_role(user=nobody, unit=team, kind=kind, by=system_admin)

    assert nobody.roles.get() == role


def test_where_there_is_no_second_person_a_role_is_given_at_once(
    system_admin, nobody, team, other_organisation
):
    RoleFactory(unit=other_organisation, kind=Role.Kind.SYSTEM_ADMIN)
    RoleFactory(unit=team, kind=Role.Kind.GOVERNANCE, user__is_active=False)

    assert isinstance(
        actions.give_role(user=nobody, unit=team, kind=Role.Kind.PSW, by=system_admin), Role
    )


def test_who_would_hold_the_role_is_no_second_person(system_admin, governance, team):
    given = actions.give_role(user=governance, unit=team, kind=Role.Kind.PSW, by=system_admin)

    assert isinstance(given, Role)


@pytest.fixture
def waiting(system_admin, governance, nobody, team):
    return actions.give_role(user=nobody, unit=team, kind=Role.Kind.PSW, by=system_admin)


def other_admin(organisation):
    return RoleFactory(unit=organisation, kind=Role.Kind.SYSTEM_ADMIN).user


def test_the_governance_lead_agrees_and_the_role_is_held(waiting, governance_client, nobody, team):
    page = text_of(governance_client.get(url("waiting")))
    assert "Nina Nobody: Practice leader, River" in page
    assert "Give the role" in page

    governance_client.post(url("agree", waiting.pk))

    role = nobody.roles.get()
    assert (role.kind, role.unit, role.given_by.name) == ("psw", team, "Lee Carver")
    assert "No role waits" in text_of(governance_client.get(url("waiting")))


def test_another_admin_agrees_too(waiting, organisation, nobody):
    signed_in(other_admin(organisation)).post(url("agree", waiting.pk))

    assert nobody.roles.exists()


def test_who_asked_can_not_agree(waiting, system_admin_client, nobody):
    page = text_of(system_admin_client.get(url("waiting")))
    assert "Give the role" not in page

    response = system_admin_client.post(url("agree", waiting.pk), follow=True)

    assert "Someone else has to agree" in text_of(response)
    assert not nobody.roles.exists()


def test_who_would_hold_it_can_not_agree(system_admin, governance, organisation, team):
    admin = other_admin(organisation)
    asked = actions.give_role(user=admin, unit=team, kind=Role.Kind.PSW, by=system_admin)

    signed_in(admin).post(url("agree", asked.pk))

    assert not admin.roles.filter(kind=Role.Kind.PSW).exists()


def test_the_database_refuses_one_person_in_both_parts(waiting, system_admin, nobody):
    role = RoleFactory(user=nobody, unit=waiting.unit)

    with pytest.raises(IntegrityError, match="agreed_by_another"), transaction.atomic():
        RoleRequest.objects.update(settled_by=system_admin, settled_at=timezone.now(), role=role)


@pytest.mark.parametrize("by", ["governance_client", "system_admin_client"])
def test_it_is_turned_down_or_taken_back(waiting, request, by, nobody):
    request.getfixturevalue(by).post(url("turn_down", waiting.pk))

    assert not nobody.roles.exists()
    assert RoleRequest.objects.get().settled_at


def test_it_is_settled_once(waiting, governance, nobody):
    actions.agree(asked=waiting, by=governance)

    for act in [actions.agree, actions.turn_down]:
        with pytest.raises(actions.Refused, match="settled already"):
            act(asked=waiting, by=governance)
    assert nobody.roles.count() == 1


def test_the_same_role_is_asked_for_once(waiting, system_admin, nobody, team):
    with pytest.raises(actions.Refused, match="waits for a second person already"):
        actions.give_role(user=nobody, unit=team, kind=Role.Kind.PSW, by=system_admin)


@pytest.mark.parametrize("who", ["psw", "practitioner", "leader", "framework_admin", "stranger"])
def test_what_waits_is_not_there_for_others(waiting, request, who):
    client = request.getfixturevalue(f"{who}_client")

    assert client.get(url("waiting")).status_code == 404
    for name in ["agree", "turn_down"]:
        assert client.post(url(name, waiting.pk)).status_code == 404


def test_what_waits_elsewhere_is_not_there(waiting, other_organisation):
    far = RoleFactory(unit=other_organisation, kind=Role.Kind.GOVERNANCE).user

    assert "Nina" not in text_of(signed_in(far).get(url("waiting")))
    assert signed_in(far).post(url("agree", waiting.pk)).status_code == 404


def test_the_log_says_who_asked_and_who_agreed(waiting, governance, nobody):
    actions.agree(asked=waiting, by=governance)

    (asked,) = logged(action="asked")
    (made,) = logged(action="made", what="role")
    assert asked[0] == "Lee Carver"
    assert made[0] == "Fiona Baird"
    assert made[3] == {
        "person": [None, "Nina Nobody"],
        "role": [None, "Practice leader, River"],
        "asked by": [None, "Lee Carver"],
    }


# The password is asked again


@pytest.fixture
def admin_with_password(system_admin):
    system_admin.set_password(PASSWORD)
    system_admin.save()
    return signed_in(system_admin)


def test_people_administration_asks_for_the_password_again(admin_with_password, psw, team):
    of_a_person = ["edit", "link", "disable", "enable", "give_role"]
    addresses = [url(name, psw.pk) for name in of_a_person] + [url("add"), url("add_unit")]
    addresses += [url(name, team.pk) for name in ["unit", "move_unit", "close_unit", "reopen_unit"]]
    addresses.append(url("end_role", psw.roles.get().pk))

    for address in addresses:
        response = admin_with_password.get(address)
        assert response.url.startswith(reverse("account_reauthenticate")), address
    for name in ["new_link", "disable", "edit", "give_role"]:
        assert admin_with_password.post(url(name, psw.pk)).status_code == 302, name
    psw.refresh_from_db()
    assert psw.is_active
    assert text_of(admin_with_password.get(url("list")))
    assert text_of(admin_with_password.get(url("person", psw.pk)))


def test_what_was_sent_is_done_once_the_password_was_given(admin_with_password, psw):
    asked = admin_with_password.post(url("disable", psw.pk))

    admin_with_password.post(asked.url, {"password": "wrong", "next": url("disable", psw.pk)})
    psw.refresh_from_db()
    assert psw.is_active
    admin_with_password.post(asked.url, {"password": PASSWORD, "next": url("disable", psw.pk)})

    psw.refresh_from_db()
    assert not psw.is_active
    assert text_of(admin_with_password.get(url("enable", psw.pk)))


def test_agreeing_asks_for_the_password_again(waiting, governance, nobody):
    governance.set_password(PASSWORD)
    governance.save()

    response = signed_in(governance).post(url("agree", waiting.pk))

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not nobody.roles.exists()


# Every change is on record


def test_adding_and_changing_a_person(system_admin_client):
    words = {"name": "Tom Whitfield", "email": "tom@example.org", "post": "Practice leader"}
    system_admin_client.post(url("add"), words)
    tom = User.objects.get(email="tom@example.org")
    system_admin_client.post(url("edit", tom.pk), words | {"name": "Tom White"})
    system_admin_client.post(url("edit", tom.pk), words | {"name": "Tom White"})

    assert logged() == [
        ("Lee Carver", "made", "user", {name: [None, value] for name, value in words.items()}),
        ("Lee Carver", "linked", "user", {"link": [None, "by mail to tom@example.org"]}),
        ("Lee Carver", "changed", "user", {"name": ["Tom Whitfield", "Tom White"]}),
    ]
    assert set(Entry.objects.values_list("unit__code", flat=True)) == {"harrow"}


def test_disabling_and_enabling(system_admin_client, psw):
    for name in ["disable", "disable", "enable"]:
        system_admin_client.post(url(name, psw.pk))

    assert [entry[3] for entry in logged()] == [
        {"is_active": [True, False]},
        {"is_active": [False, True]},
    ]


def test_giving_and_ending_a_role(system_admin_client, nobody, team):
    system_admin_client.post(url("give_role", nobody.pk), {"kind": "leader", "unit": team.pk})
    system_admin_client.post(url("end_role", nobody.roles.get().pk))

    held = {"person": "Nina Nobody", "role": "Senior leader, River"}
    assert logged() == [
        ("Lee Carver", "made", "role", {name: [None, value] for name, value in held.items()}),
        ("Lee Carver", "ended", "role", {name: [value, None] for name, value in held.items()}),
    ]


def test_every_change_of_a_unit(system_admin_client, organisation, service):
    words = {"name": "Lakeside", "code": "lakeside", "kind": "team", "jurisdiction": "england"}
    system_admin_client.post(url("add_unit"), words | {"parent": service.pk})
    unit = Unit.objects.get(code="lakeside").pk
    system_admin_client.post(url("unit", unit), {"name": "Lake", "jurisdiction": "wales"})
    system_admin_client.post(url("move_unit", unit), {"parent": organisation.pk})
    system_admin_client.post(url("close_unit", unit))
    system_admin_client.post(url("reopen_unit", unit))

    made, renamed, moved, closed, opened = logged()
    day = Unit.objects.get(code="lakeside").today().isoformat()
    assert made[:3] == ("Lee Carver", "made", "unit")
    assert made[3] == {n: [None, v] for n, v in (words | {"parent": str(service)}).items()}
    assert renamed[3] == {"name": ["Lakeside", "Lake"], "jurisdiction": ["england", "wales"]}
    assert moved[3] == {"parent": [str(service), str(organisation)]}
    assert closed[3] == {"closed_on": [None, day]}
    assert opened[3] == {"closed_on": [day, None]}


def test_setting_an_organisation_up_is_on_record(capsys):
    call_command("start_organisation", name="Ours", admin_email="lee@example.org", admin_name="Lee")

    told = [(by, action, what) for by, action, what, _ in logged()]
    assert told == [
        (None, "made", "unit"),
        (None, "made", "user"),
        (None, "made", "role"),
        (None, "linked", "user"),
    ]


def test_each_refusal_is_on_record_once_an_hour(stranger_client, practitioner_client, observation):
    read = reverse("observations:observation", args=[observation.key])
    for _ in range(3):
        assert stranger_client.get(read).status_code == 404
        assert practitioner_client.post(url("add")).status_code == 404
    assert stranger_client.get("/nowhere/").status_code == 404

    refused = Entry.objects.filter(action="refused").order_by("pk")
    assert list(refused.values_list("by__name", "what", "object_pk")) == [
        ("Sam Stranger", "observations:observation", str(observation.key)),
        ("Priya Nair", "people:add", ""),
    ]


def test_who_may_see_and_not_do_is_refused_on_record(
    psw, psw_client, practitioner_client, shared_observation
):
    address = reverse("observations:withdraw", args=[shared_observation.key])

    assert practitioner_client.post(address).status_code == 403

    assert Entry.objects.get(action="refused").what == "observations:withdraw"


def test_a_link_that_is_asked_for_is_on_record(system_admin_client, psw):
    system_admin_client.post(url("new_link", psw.pk))

    assert logged() == [
        ("Lee Carver", "linked", "user", {"link": [None, f"by mail to {psw.email}"]})
    ]


def test_the_governance_lead_reads_it_all_with_before_and_after(
    system_admin_client, governance_client, psw
):
    edit(system_admin_client, psw, name="Marian Osei-Bonsu")

    page = text_of(governance_client.get(reverse("audit:log")))

    assert re.search(r"name:\s+Marian Osei, then\s+Marian Osei-Bonsu", page)


def test_a_unit_may_be_moved_by_a_command_too(team, organisation):
    actions.move(unit=team, parent=UnitFactory(service=True, parent=organisation), by=None)

    assert logged()[0][:3] == (None, "changed", "unit")
