"""Many people and units from a file: told before, all or nothing, and once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practicelens.people import actions
from practicelens.people.models import PeopleFile, Role, Unit, User
from tests.conftest import signed_in
from tests.factories import RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db

PEOPLE = "name,email,post,role,unit\n"
UNITS = "name,short code,kind,stands under,jurisdiction\n"


def url(name, *arguments):
    return reverse(f"people:{name}", args=arguments)


def send(client, text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    file = SimpleUploadedFile("ours.csv", content, content_type="text/csv")
    return client.post(url("set_up"), {"file": file})


def told(response):
    """The faults on a page, as (where, what)."""
    assert response.status_code == 422
    return list(response.context["faults"])


def test_people_are_shown_and_then_added_with_their_roles(
    system_admin_client, organisation, team, service, mailoutbox
):
    rows = "Nia Holt,Nia@example.org,Senior worker,Practitioner,river\n"
    rows += "Nia Holt,nia@example.org,Senior worker,senior leader,help\n"
    rows += '"Díaz, Ana",ana@example.org,,,\n\n'

    sent = send(system_admin_client, PEOPLE + rows)
    page = system_admin_client.get(sent.url).content.decode()
    assert "2 people" in page
    assert "Practitioner, River" in page
    assert not User.objects.filter(email="nia@example.org").exists()

    system_admin_client.post(sent.url)

    nia, ana = (User.objects.get(email=f"{each}@example.org") for each in ["nia", "ana"])
    assert {(role.kind, role.unit) for role in nia.roles.held()} == {
        ("practitioner", team),
        ("leader", service),
    }
    assert (ana.name, ana.organisation, ana.roles.count()) == ("Díaz, Ana", organisation, 0)
    assert {mail.to[0] for mail in mailoutbox} == {"nia@example.org", "ana@example.org"}
    told_nia = next(mail.body for mail in mailoutbox if mail.to == ["nia@example.org"])
    assert "PracticeLens for Harrow Children's Service" in told_nia
    assert "Your role: Practitioner, River." in told_nia


def test_pressing_twice_is_once(system_admin_client, team):
    sent = send(system_admin_client, PEOPLE + "Nia Holt,nia@example.org,,practitioner,river\n")

    for _ in range(2):
        answer = system_admin_client.post(sent.url, follow=True)

    assert User.objects.filter(email="nia@example.org").count() == 1
    assert Role.objects.filter(user__email="nia@example.org").count() == 1
    assert "Nothing was added again" in answer.content.decode()


def test_every_fault_is_told_by_row_and_column_with_what_to_do(system_admin_client, team, psw):
    rows = [
        ",no address,,king,river",
        f"Marian,{psw.email},,practitioner,nowhere",
        "Tom,tom@example.org,,practitioner,",
        "Tim,tom@example.org,,,river",
        "Tom,tom@example.org,,practitioner,river",
        "Tom,tom@example.org,,practitioner,river",
    ]

    faults = told(send(system_admin_client, PEOPLE + "\n".join(rows)))

    assert [where for where, _ in faults] == [
        "Row 2, name:",
        "Row 2, email:",
        "Row 2, role:",
        "Row 3, email:",
        "Row 3, unit:",
        "Row 4, unit:",
        "Row 5, email:",
        "Row 5, role:",
        "Row 7, role:",
    ]
    assert all(":" in words or "Use" in words for _, words in faults)
    assert not PeopleFile.objects.exists()


def test_units_of_a_file_stand_under_each_other_in_any_order(system_admin_client, organisation):
    rows = "Night,night,Team,evening,\nEvening,evening,Service or site,harrow,Wales\n"

    sent = send(system_admin_client, UNITS + rows)
    assert "Night" in system_admin_client.get(sent.url).content.decode()
    system_admin_client.post(sent.url)

    night = Unit.objects.get(code="night")
    assert [each.code for each in Unit.objects.above(night)] == ["harrow", "evening", "night"]
    assert night.jurisdiction == "wales"


def test_every_fault_of_a_unit_is_told(system_admin_client, team, other_organisation):
    rows = [
        ",UP,team,harrow,",
        "A,river,king,river,France",
        "B,b,service,c,",
        "C,c,service,b,",
        "D,d,team,elsewhere,",
        "E,d,team,,",
    ]

    faults = told(send(system_admin_client, UNITS + "\n".join(rows)))

    assert {where for where, _ in faults} == {
        "Row 2, name:",
        "Row 2, short code:",
        "Row 3, short code:",
        "Row 3, kind:",
        "Row 3, jurisdiction:",
        "Row 3, stands under:",
        "Row 4, stands under:",
        "Row 5, stands under:",
        "Row 6, stands under:",
        "Row 7, short code:",
        "Row 7, stands under:",
    }
    assert Unit.objects.filter(name="A").count() == 0


def test_what_was_taken_meanwhile_stops_the_whole_file(system_admin_client, organisation):
    rows = "Night,night,Team,harrow,\nDay,day,Team,harrow,\n"
    sent = send(system_admin_client, UNITS + rows)
    UnitFactory(code="day", parent=organisation)

    answer = system_admin_client.post(sent.url)

    assert answer.status_code == 409
    assert not Unit.objects.filter(code="night").exists()


@pytest.mark.parametrize("kind", ["people", "units"])
@pytest.mark.parametrize(("mark", "encoding"), [(";", "cp1252"), ("\t", "utf-8-sig")])
def test_a_template_comes_back_as_any_spreadsheet_saves_it(
    system_admin_client, organisation, kind, mark, encoding
):
    head = system_admin_client.get(url("set_up_template", kind)).content.decode("utf-8-sig")
    row = {"people": "Zoë,zoe@example.org,,,", "units": "Zoë,zoe,team,harrow,"}[kind]

    sent = send(system_admin_client, (head + row).replace(",", mark), encoding)

    assert "Zoë" in system_admin_client.get(sent.url).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,email\nA,b\n", "It lacks: post, role, unit"),
        (PEOPLE, "no row under the first one"),
        (b"PK\x03\x04\x00\x00", "This is no CSV file"),
        (PEOPLE + "A,a@example.org,,,\n" * 2001, "more than 2000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_told_what_it_needs(system_admin_client, content, words):
    answer = send(system_admin_client, content)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_unit_out_of_the_admin_s_part_is_not_there(organisation, service, sibling_team):
    beside = UnitFactory(code="beside", parent=organisation)
    client = signed_in(RoleFactory(unit=service, kind=Role.Kind.SYSTEM_ADMIN).user)

    faults = told(send(client, PEOPLE + "A,a@example.org,,practitioner,beside\n"))
    sent = send(client, PEOPLE + "A,a@example.org,,practitioner,field\n")
    client.post(sent.url)

    assert [where for where, _ in faults] == ["Row 2, unit:"]
    assert not beside.roles.exists()
    assert sibling_team.roles.get().user.email == "a@example.org"


def test_a_file_is_another_admin_s_to_nobody(system_admin_client, organisation):
    sent = send(system_admin_client, PEOPLE + "A,a@example.org,,,\n")
    other = signed_in(RoleFactory(unit=organisation, kind=Role.Kind.SYSTEM_ADMIN).user)

    assert other.get(sent.url).status_code == 404
    assert other.post(sent.url).status_code == 404


# Beside it


def test_a_person_is_added_with_a_role_in_one_go(system_admin_client, team, mailoutbox):
    words = {"name": "Nia", "email": "nia@example.org", "kind": "practitioner", "unit": team.pk}

    system_admin_client.post(url("add"), words)

    assert Role.objects.get(user__email="nia@example.org").unit == team
    assert "Your role: Practitioner, River." in mailoutbox[0].body


@pytest.mark.parametrize("left_out", ["kind", "unit"])
def test_a_role_needs_its_unit_and_a_unit_its_role(system_admin_client, team, left_out):
    words = {"name": "Nia", "email": "nia@example.org", "kind": "practitioner", "unit": team.pk}

    answer = system_admin_client.post(url("add"), words | {left_out: ""})

    assert left_out in answer.context["form"].errors
    assert not User.objects.filter(email="nia@example.org").exists()


def test_add_below_opens_with_the_unit_it_stands_under(system_admin_client, service):
    tree = system_admin_client.get(url("units")).content.decode()
    below = f"{url('add_unit')}?under={service.pk}"

    assert below in tree
    assert system_admin_client.get(below).context["form"]["parent"].value() == service.pk


def test_a_person_moves_with_their_role(system_admin_client, practitioner, sibling_team):
    role = practitioner.roles.get()

    system_admin_client.post(url("move_role", role.pk), {"unit": sibling_team.pk})

    role.refresh_from_db()
    assert role.ended_at
    assert [each.unit for each in practitioner.roles.held()] == [sibling_team]


def test_a_move_that_can_t_be_made_ends_nothing(system_admin, psw, service, team):
    RoleFactory(user=psw, unit=team)
    role = psw.roles.get(unit=service)

    with pytest.raises(actions.Refused, match="already have this role"):
        actions.move_role(role=role, unit=team, by=system_admin)

    role.refresh_from_db()
    assert role.ended_at is None


def test_the_last_sign_in_is_shown(system_admin_client, psw, nobody):
    signed_in(psw)
    psw.refresh_from_db()

    page = system_admin_client.get(url("list")).content.decode()

    assert f"signed in {psw.last_login:%-d %B %Y}" in " ".join(page.split())
    assert "Has not signed in" in page


def test_after_the_last_day_all_roles_end_and_not_before(
    system_admin_client, system_admin, practitioner, team
):
    RoleFactory(user=practitioner, unit=team, kind=Role.Kind.LEADER)
    today = practitioner.organisation.today()
    day = {f"last_day_{at}": part for at, part in enumerate([today.day, today.month, today.year])}
    system_admin_client.post(url("leaving", practitioner.pk), day)
    practitioner.refresh_from_db()
    assert practitioner.last_day == today

    assert actions.end_roles_of_who_left() == 0
    User.objects.filter(pk=practitioner.pk).update(last_day=today - timedelta(days=1))
    assert actions.end_roles_of_who_left() == 2

    assert not practitioner.roles.held().exists()
    assert {role.ended_by for role in practitioner.roles.all()} == {system_admin}


def test_who_stays_after_all_keeps_their_roles(system_admin, practitioner):
    day = practitioner.organisation.today() - timedelta(days=1)
    actions.set_last_day(user=practitioner, day=day, by=system_admin)
    actions.set_last_day(user=practitioner, day=None, by=system_admin)

    assert actions.end_roles_of_who_left() == 0


def test_nobody_says_their_own_last_day(system_admin):
    with pytest.raises(actions.Refused, match="Ask another system admin"):
        actions.set_last_day(user=system_admin, day=None, by=system_admin)
