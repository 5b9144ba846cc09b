import pytest
from django.urls import reverse

from practicelens.people.models import Role, Unit, User
from practicelens.people.permissions import CARRIES, Act
from tests.conftest import signed_in
from tests.factories import RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db

OTHERS = ["psw", "practitioner", "leader", "framework_admin", "governance", "stranger", "nobody"]


def url(name, *arguments):
    return reverse(f"people:{name}", args=arguments)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def all_urls(psw, team):
    role = psw.roles.get()
    of_a_person = ["person", "edit", "link", "disable", "enable", "give_role"]
    of_a_unit = ["unit", "move_unit", "close_unit", "reopen_unit"]
    return [
        *(url(name) for name in ["list", "add", "units", "add_unit"]),
        *(url(name, psw.pk) for name in of_a_person),
        *(url(name, team.pk) for name in of_a_unit),
        url("end_role", role.pk),
    ]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_a_system_admin_finds_these_pages(request, psw, team, role):
    client = request.getfixturevalue(f"{role}_client")

    for each in all_urls(psw, team):
        assert client.get(each).status_code == 404, each
        assert client.post(each).status_code in (404, 405), each
    assert client.post(url("new_link", psw.pk)).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, psw, team):
    for each in all_urls(psw, team):
        assert client.get(each).status_code == 302, each


def test_a_system_admin_of_another_part_finds_nobody_here(psw, team, other_team):
    client = signed_in(RoleFactory(unit=other_team, kind=Role.Kind.SYSTEM_ADMIN).user)

    for each in all_urls(psw, team)[4:]:
        assert client.get(each).status_code == 404, each
    assert psw.name not in text_of(client.get(url("list")))
    assert team.name not in text_of(client.get(url("units")))


def test_the_list_shows_people_and_their_roles(system_admin_client, psw, stranger, nobody):
    page = text_of(system_admin_client.get(url("list")))

    assert "Practice leader, Help and protection" in page
    assert nobody.name in page
    assert stranger.name not in page


@pytest.mark.parametrize("words", ["marian", "OSEI", "marian@"])
def test_the_list_is_searched_by_name_and_email(system_admin_client, psw, leader, words):
    User.objects.filter(pk=psw.pk).update(email="marian@example.org")

    page = text_of(system_admin_client.get(url("list"), {"q": words}))

    assert psw.name in page
    assert leader.name not in page


def test_the_list_is_filtered_by_role(system_admin_client, psw, leader):
    page = text_of(system_admin_client.get(url("list"), {"role": "leader"}))

    assert leader.name in page
    assert psw.name not in page


def test_a_search_that_finds_nobody_says_so(system_admin_client):
    page = text_of(system_admin_client.get(url("list"), {"q": "zzz"}))

    assert "Nobody here" in page
    assert 'value="zzz"' in page


def test_a_role_that_does_not_exist_filters_nothing(system_admin_client, psw):
    assert psw.name in text_of(system_admin_client.get(url("list"), {"role": "king"}))


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_queries_at_any_length(
    system_admin, system_admin_client, team, django_assert_num_queries, rows
):
    RoleFactory.create_batch(rows, unit=team)

    with django_assert_num_queries(7):
        text_of(system_admin_client.get(url("list")))


@pytest.mark.parametrize("rows", [1, 10])
def test_the_tree_takes_the_same_queries_at_any_size(
    system_admin_client, organisation, django_assert_num_queries, rows
):
    UnitFactory.create_batch(rows, parent=organisation)

    with django_assert_num_queries(5):
        text_of(system_admin_client.get(url("units")))


def new_person(**changed):
    return {
        "name": "Tom Whitfield",
        "email": "Tom@Example.org",
        "post": "Practice leader",
    } | changed


def test_adding_a_person_mails_a_link_and_shows_it_to_nobody(system_admin_client, mailoutbox):
    response = system_admin_client.post(url("add"), new_person(), follow=True)

    tom = User.objects.get(email="tom@example.org")
    assert not tom.has_usable_password()
    (mail,) = mailoutbox
    assert mail.to == ["tom@example.org"]
    (link,) = [line for line in mail.body.splitlines() if line.startswith("http")]
    assert link not in text_of(response)
    assert "on its way to tom@example.org" in text_of(response)


def test_where_mail_is_off_the_link_is_shown_once(system_admin_client, mail_off, mailoutbox):
    response = system_admin_client.post(url("add"), new_person())

    tom = User.objects.get(email="tom@example.org")
    assert response.url == url("link", tom.pk)
    assert "/accounts/password/reset/key/" in text_of(system_admin_client.get(response.url))
    assert system_admin_client.get(response.url).url == url("person", tom.pk)
    assert not mailoutbox


def test_the_link_sets_a_password_that_signs_in(system_admin_client, client, mailoutbox):
    system_admin_client.post(url("add"), new_person())
    (link,) = [line for line in mailoutbox[0].body.splitlines() if line.startswith("http")]

    form = client.get(link, follow=True)
    words = {"password1": "a long walk in rain", "password2": "a long walk in rain"}
    client.post(form.redirect_chain[-1][0], words)

    tom = User.objects.get(email="tom@example.org")
    assert tom.check_password("a long walk in rain")
    assert "no longer works" in text_of(client.get(link, follow=True))


def test_a_mail_that_fails_is_told_and_no_link_shown(system_admin_client, mail_down):
    response = system_admin_client.post(url("add"), new_person(), follow=True)

    assert "could not be sent, so no link was given" in text_of(response)
    assert "/accounts/password/reset/key/" not in text_of(response)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Give their name"),
        ({"email": "tom"}, "Enter a valid email address"),
        ({"email": "LEE@example.org"}, "Another account has this email address"),
    ],
)
def test_a_person_is_not_added_with_a_fault(system_admin, system_admin_client, changed, words):
    User.objects.filter(pk=system_admin.pk).update(email="lee@example.org")

    response = system_admin_client.post(url("add"), new_person(**changed))

    assert words in text_of(response)
    assert not User.objects.filter(name="Tom Whitfield").exists()


def test_a_new_link_for_who_has_a_password_is_mailed_and_not_shown(
    system_admin_client, psw, mailoutbox
):
    psw.set_password("a long walk in rain")
    psw.save()

    response = system_admin_client.post(url("new_link", psw.pk), follow=True)

    (mail,) = mailoutbox
    assert mail.to == [psw.email]
    assert "/accounts/password/reset/key/" not in text_of(response)
    assert "on its way" in text_of(response)


def test_no_link_goes_to_who_may_not_sign_in(system_admin_client, psw, mailoutbox):
    User.objects.filter(pk=psw.pk).update(is_active=False)

    response = system_admin_client.post(url("new_link", psw.pk), follow=True)

    assert "Enable them first" in text_of(response)
    assert not mailoutbox


def test_editing_leaves_the_password_alone(system_admin_client, psw):
    psw.set_password("a long walk in rain")
    psw.save()

    system_admin_client.post(url("edit", psw.pk), new_person())

    psw.refresh_from_db()
    assert psw.check_password("a long walk in rain")


def test_disabling_is_asked_first_and_signs_the_person_out(system_admin_client, psw, psw_client):
    assert "signed out at once" in text_of(system_admin_client.get(url("disable", psw.pk)))

    system_admin_client.post(url("disable", psw.pk))

    assert psw_client.get(url("me")).status_code == 302


def test_enabling_is_asked_first(system_admin_client, psw):
    User.objects.filter(pk=psw.pk).update(is_active=False)
    assert "can sign in again" in text_of(system_admin_client.get(url("enable", psw.pk)))

    system_admin_client.post(url("enable", psw.pk))

    psw.refresh_from_db()
    assert psw.is_active


def test_disabling_oneself_is_refused_in_words(system_admin, system_admin_client):
    response = system_admin_client.post(url("disable", system_admin.pk), follow=True)

    assert "You can&#x27;t disable yourself" in text_of(response)


def test_giving_a_role(system_admin_client, nobody, team):
    assert "Give this role" in text_of(system_admin_client.get(url("give_role", nobody.pk)))

    system_admin_client.post(url("give_role", nobody.pk), {"kind": "psw", "unit": team.pk})

    role = nobody.roles.get()
    assert (role.kind, role.unit, role.given_by.name) == ("psw", team, "Lee Carver")


def test_a_role_is_given_in_ones_own_part_only(system_admin_client, nobody, other_team):
    response = system_admin_client.post(
        url("give_role", nobody.pk), {"kind": "psw", "unit": other_team.pk}
    )

    assert "Error:" in text_of(response)
    assert not nobody.roles.exists()


def test_a_role_held_already_is_refused_in_words(system_admin_client, psw, service):
    response = system_admin_client.post(
        url("give_role", psw.pk), {"kind": "psw", "unit": service.pk}, follow=True
    )

    assert "already have this role there" in text_of(response)


def test_ending_a_role_keeps_it_on_the_page(system_admin_client, psw):
    role = psw.roles.get()
    assert "End this role?" in text_of(system_admin_client.get(url("end_role", role.pk)))

    response = system_admin_client.post(url("end_role", role.pk), follow=True)

    assert "ended by Lee Carver" in text_of(response)


def test_a_role_elsewhere_is_not_for_this_admin_to_end(system_admin_client, stranger):
    role = stranger.roles.get()

    assert system_admin_client.post(url("end_role", role.pk)).status_code == 404


def test_who_also_holds_a_role_elsewhere_is_seen_but_not_changed(
    system_admin_client, psw, other_team
):
    RoleFactory(user=psw, unit=other_team)

    assert "outside your part" in text_of(system_admin_client.get(url("person", psw.pk)))
    for name in ["edit", "link", "disable", "enable", "give_role"]:
        assert system_admin_client.get(url(name, psw.pk)).status_code == 403
    assert system_admin_client.post(url("new_link", psw.pk)).status_code == 403


def test_ones_own_page_shows_ones_roles(psw_client, psw):
    page = text_of(psw_client.get(url("me")))

    assert psw.email in page
    assert "In Help and protection and everything below it" in page
    assert reverse("account_change_password") in page


def test_ones_own_page_without_a_role(nobody_client):
    assert "You have no role yet" in text_of(nobody_client.get(url("me")))


def test_the_tree_shows_units_under_their_parents(system_admin_client, service, team):
    page = text_of(system_admin_client.get(url("units")))

    assert page.index(service.name) < page.index(team.name)


def new_unit(parent, /, **changed):
    fields = {"name": "Lakeside", "code": "lakeside", "kind": "team", "parent": parent.pk}
    return fields | {"jurisdiction": "england"} | changed


def test_adding_a_unit(system_admin_client, service):
    system_admin_client.post(url("add_unit"), new_unit(service))

    assert Unit.objects.get(code="lakeside").parent == service


@pytest.mark.parametrize(
    "fault", [{"parent": ""}, {"name": ""}, {"code": "help"}, {"kind": "organisation"}]
)
def test_a_unit_is_not_added_with_a_fault(system_admin_client, service, fault):
    response = system_admin_client.post(url("add_unit"), new_unit(service, **fault))

    assert "Error:" in text_of(response)
    assert not Unit.objects.filter(name="Lakeside").exists()


def test_a_unit_is_not_added_under_a_team_or_elsewhere(
    system_admin_client, team, other_organisation
):
    for parent in [team, other_organisation]:
        response = system_admin_client.post(url("add_unit"), new_unit(parent))
        assert "Error:" in text_of(response)


def test_renaming_a_unit(system_admin_client, team):
    assert "River" in text_of(system_admin_client.get(url("unit", team.pk)))

    system_admin_client.post(url("unit", team.pk), {"name": "Riverside", "jurisdiction": "england"})

    team.refresh_from_db()
    assert team.name == "Riverside"


def test_moving_a_unit(system_admin_client, organisation, team):
    assert "moves with it" in text_of(system_admin_client.get(url("move_unit", team.pk)))

    system_admin_client.post(url("move_unit", team.pk), {"parent": organisation.pk})

    team.refresh_from_db()
    assert team.parent == organisation


def test_a_ring_is_refused_in_words(system_admin_client, service):
    below = UnitFactory(service=True, parent=service)

    response = system_admin_client.post(url("move_unit", service.pk), {"parent": below.pk})

    assert "This unit can&#x27;t be there" in text_of(response)


def test_closing_and_opening_a_unit(system_admin_client, team):
    assert "Close River?" in text_of(system_admin_client.get(url("close_unit", team.pk)))
    system_admin_client.post(url("close_unit", team.pk))
    team.refresh_from_db()
    assert team.closed_on
    assert "closed" in text_of(system_admin_client.get(url("unit", team.pk)))

    assert "Open River again?" in text_of(system_admin_client.get(url("reopen_unit", team.pk)))
    system_admin_client.post(url("reopen_unit", team.pk))
    team.refresh_from_db()
    assert team.closed_on is None


def test_closing_is_refused_in_words_while_units_below_are_open(system_admin_client, service, team):
    response = system_admin_client.post(url("close_unit", service.pk), follow=True)

    assert "open units under it" in text_of(response)


@pytest.mark.parametrize("kind", Role.Kind)
def test_help_says_what_each_role_can_do(client, kind):
    acts = "; ".join(act.label for act in CARRIES[kind])

    assert f"{kind.label}</dt>" in text_of(client.get(url("help")))
    assert f"Can {acts}." in text_of(client.get(url("help")))


def test_ones_own_page_says_what_ones_role_allows(governance_client):
    page = text_of(governance_client.get(url("me")))

    acts = (Act.READ_LOG, Act.READ_DECISIONS, Act.READ_FRAMEWORKS)
    assert f"You can {'; '.join(act.label for act in acts)}." in page


@pytest.mark.parametrize("page", ["help", "privacy", "accessibility"])
def test_plain_pages_are_open_to_everybody(client, psw_client, page):
    assert "<h1>" in text_of(client.get(url(page)))
    assert "<h1>" in text_of(psw_client.get(url(page)))
