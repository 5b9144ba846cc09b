"""Worried about someone now: whose steps one follows, and that one raised it, in no words."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised, SafeguardingStep, Unit
from practicelens.people.models.safeguarding import dialled
from practicelens.people.safeguarding import actions
from practicelens.refusals import AlreadySo
from tests.conftest import signed_in
from tests.factories import (
    ConcernRaisedFactory,
    RoleFactory,
    SafeguardingStepFactory,
    UnitFactory,
    UserFactory,
)
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

SAFEGUARDING = reverse("people:safeguarding")
DESK = {"title": "Call the duty desk", "what_to_do": "Before you drive away."}
STEP = DESK | {"telephone": "01632 960 140", "when": "8.45am to 5pm"}


def words_of(response):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


# Whose steps


@pytest.mark.parametrize("who", ["psw", "practitioner", "leader", "governance", "nobody"])
def test_everybody_finds_it_at_the_foot_of_every_page(request, who):
    client = signed_in(request.getfixturevalue(who))

    foot = client.get(reverse("people:me")).content.decode().partition("<footer")[2]

    assert f'href="{SAFEGUARDING}"' in foot
    assert client.get(SAFEGUARDING).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(SAFEGUARDING).status_code == 302


def test_it_shows_the_steps_of_the_organisation_with_numbers_to_call(psw_client, organisation):
    SafeguardingStepFactory(unit=organisation, **STEP)

    page = psw_client.get(SAFEGUARDING)

    words = words_of(page)
    assert "Call the duty desk 8.45am to 5pm Before you drive away. Call 01632 960 140" in words
    assert 'href="tel:01632960140"' in page.content.decode()
    assert 'href="tel:999"' in page.content.decode()
    assert "local authority" not in words


@pytest.mark.parametrize(
    ("jurisdiction", "emergency", "tell"),
    [
        ("england", "999", "your local authority’s children’s services"),
        ("wales", "999", "your local authority’s children’s services"),
        ("scotland", "999", "your council’s social work department"),
        ("northern_ireland", "999", "the Gateway team"),
        ("aotearoa", "111", "Call 0508 FAMILY"),
    ],
)
def test_where_none_are_set_it_shows_those_of_the_country(jurisdiction, emergency, tell):
    unit = UnitFactory(organisation=True, jurisdiction=jurisdiction)

    page = signed_in(RoleFactory(unit=unit).user).get(SAFEGUARDING)

    assert f'href="tel:{emergency}"' in page.content.decode()
    assert tell in words_of(page)


def test_aotearoa_has_the_number_of_oranga_tamariki():
    unit = UnitFactory(organisation=True, jurisdiction="aotearoa")

    page = signed_in(RoleFactory(unit=unit).user).get(SAFEGUARDING).content.decode()

    assert 'href="tel:0508326459"' in page
    assert "999" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_nearest_unit_in_the_country_is_followed(organisation, service, team):
    abroad = UnitFactory(kind="service", parent=organisation, jurisdiction="aotearoa", name="Ōtaki")
    SafeguardingStepFactory(unit=organisation, title="Of the whole")
    SafeguardingStepFactory(unit=service, title="Of the service")

    def page_at(unit):
        return words_of(signed_in(RoleFactory(unit=unit).user).get(SAFEGUARDING))

    assert "Of the service" in page_at(team)
    assert "Of the whole" not in page_at(team)
    assert "Of the whole" not in page_at(abroad)
    assert "Oranga Tamariki" in page_at(abroad)


def test_whoever_works_in_two_countries_has_the_steps_of_both_by_name(organisation, psw, team):
    office = UnitFactory(kind="service", parent=organisation, jurisdiction="aotearoa", name="Ōtaki")
    SafeguardingStepFactory(unit=organisation, title="Of the whole")
    SafeguardingStepFactory(unit=office, title="Of the office")
    RoleFactory(user=psw, unit=organisation)

    page = signed_in(psw).get(SAFEGUARDING)

    words = words_of(page)
    assert words.index(f"{organisation.name} Is someone") < words.index("Ōtaki Is someone")
    assert words.index("Of the whole") < words.index("Of the office")


def test_only_an_admin_is_told_that_steps_are_missing(
    system_admin_client, psw_client, organisation
):
    add = reverse("people:safeguarding_steps", args=[organisation.pk])

    assert "has no safeguarding steps of its own" in words_of(system_admin_client.get(SAFEGUARDING))
    assert add in system_admin_client.get(SAFEGUARDING).content.decode()
    assert "of its own" not in words_of(psw_client.get(SAFEGUARDING))

    SafeguardingStepFactory(unit=organisation)

    page = system_admin_client.get(SAFEGUARDING)
    assert "of its own" not in words_of(page)
    assert add in page.content.decode()
    assert add not in psw_client.get(SAFEGUARDING).content.decode()


# I have raised it


def test_the_page_takes_no_words_and_says_so(psw_client):
    page = psw_client.get(SAFEGUARDING)

    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    inputs = re.findall(r"<(?:input|textarea|select)[^>]*>", main)
    assert all('type="hidden"' in each for each in inputs)
    assert "PracticeLens is not where a concern is recorded" in words_of(page)
    assert "Nothing is written down here about whom it is" in words_of(page)


def test_that_it_was_raised_is_kept_with_who_and_when_and_nothing_else(psw_client, psw):
    response = psw_client.post(SAFEGUARDING, {"key": uuid4(), "words": "about Leanne"}, follow=True)

    raised = ConcernRaised.objects.get()
    assert raised.by == psw
    assert timezone.now() - raised.at < timezone.timedelta(minutes=1)
    assert {each.name for each in ConcernRaised._meta.fields} == {"id", "by", "key", "at"}
    assert "It is on record that you raised a concern" in words_of(response)
    entry = Entry.objects.get(what="concern raised")
    assert (entry.by, entry.unit, entry.changes) == (psw, psw.organisation, {})


def test_pressed_twice_it_is_one(psw_client):
    key = uuid4()

    for _ in range(2):
        assert psw_client.post(SAFEGUARDING, {"key": key}).url == SAFEGUARDING

    assert ConcernRaised.objects.count() == 1
    assert Entry.objects.filter(what="concern raised").count() == 1


@pytest.mark.parametrize("sent", [{}, {"key": "x"}])
def test_what_no_button_sent_is_refused_with_what_to_do(psw_client, sent):
    response = psw_client.post(SAFEGUARDING, sent)

    assert response.status_code == 422
    assert "Press “I have raised it” once more" in words_of(response)
    assert not ConcernRaised.objects.exists()


def test_two_people_may_have_one_key(psw, practitioner):
    key = uuid4()

    for person in (psw, practitioner):
        actions.raise_concern(by=person, key=key)
    with pytest.raises(AlreadySo):
        actions.raise_concern(by=psw, key=key)

    assert ConcernRaised.objects.count() == 2


def test_one_s_own_stand_in_my_data(psw_client, psw, practitioner):
    ConcernRaisedFactory(by=practitioner)
    held = reverse("observations:held")
    assert "Concerns that you said you raised" not in words_of(psw_client.get(held))

    ConcernRaisedFactory(by=psw)

    assert "Concerns that you said you raised" in words_of(psw_client.get(held))
    assert psw_client.get(held).context["concerns_raised"].count() == 1


def test_governance_reads_a_number_a_month_and_nobody_s_name(governance_client, psw, stranger):
    may = timezone.datetime(2026, 5, 3, 12, tzinfo=timezone.get_default_timezone())
    june = may.replace(month=6)
    for at in (may, june, june):
        ConcernRaisedFactory(by=psw, at=at)
    ConcernRaisedFactory(by=stranger, at=june)  # of another organisation

    page = governance_client.get(reverse("people:concerns_raised"))

    assert "June 2026 2 May 2026 1" in words_of(page)
    assert psw.name not in words_of(page)


@pytest.mark.parametrize("who", ["psw", "leader", "system_admin"])
def test_nobody_else_counts_them(request, who):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("people:concerns_raised")).status_code == 404


@pytest.mark.parametrize("do", ["update", "delete"])
def test_the_database_changes_none_and_deletes_none(do):
    rows = ConcernRaised.objects.filter(pk=ConcernRaisedFactory().pk)

    with refused_by("That a concern was raised is only ever added"):
        rows.delete() if do == "delete" else rows.update(at=timezone.now())


def test_one_press_is_one_row(psw):
    raised = ConcernRaisedFactory(by=psw)

    with refused_by("people_concernraised_once"):
        ConcernRaisedFactory(by=psw, key=raised.key)


# The steps, as they are kept


def steps_of(unit):
    return list(
        SafeguardingStep.objects.filter(unit=unit).in_order().values_list("title", flat=True)
    )


def test_an_admin_adds_a_step_and_the_log_says_what(system_admin_client, organisation):
    add = reverse("people:add_safeguarding_step", args=[organisation.pk])

    response = system_admin_client.post(add, STEP, follow=True)

    step = SafeguardingStep.objects.get()
    assert {name: getattr(step, name) for name in STEP} == STEP
    assert "“Call the duty desk” is added." in words_of(response)
    entry = Entry.objects.get(what="safeguarding step")
    assert entry.changes == {name: [None, value] for name, value in STEP.items()}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Write what the step is"),
        ({"what_to_do": ""}, "Write what to do"),
        ({"telephone": "0508 FAMILY"}, "Type the number in digits"),
        ({"telephone": "--"}, "Type the number in digits"),
        ({"title": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(system_admin_client, organisation, wrong, said):
    add = reverse("people:add_safeguarding_step", args=[organisation.pk])

    response = system_admin_client.post(add, STEP | wrong)

    assert response.status_code == 422
    assert said in words_of(response)
    assert list(response.context["form"].errors) == list(wrong)
    assert not SafeguardingStep.objects.exists()


def test_a_step_is_changed_and_the_log_has_before_and_after(system_admin_client, organisation):
    step = SafeguardingStepFactory(unit=organisation, **STEP)

    system_admin_client.post(
        reverse("people:safeguarding_step", args=[step.pk]), STEP | {"telephone": "01632 960 150"}
    )

    step.refresh_from_db()
    assert step.telephone == "01632 960 150"
    entry = Entry.objects.get(what="safeguarding step")
    assert entry.changes == {"telephone": ["01632 960 140", "01632 960 150"]}


def test_steps_change_places_and_stay_within_the_list(system_admin_client, organisation):
    first, _, last = (
        SafeguardingStepFactory(unit=organisation, title=each, position=at)
        for at, each in enumerate("abc", start=1)
    )

    def press(step, to):
        system_admin_client.post(
            reverse("people:move_safeguarding_step", args=[step.pk]), {"to": to}
        )
        return steps_of(organisation)

    assert press(last, "up") == ["a", "c", "b"]
    assert press(first, "up") == ["a", "c", "b"]
    assert press(first, "down") == ["c", "a", "b"]


def test_a_removed_step_is_gone_and_the_log_holds_it(system_admin_client, organisation):
    for at, each in enumerate("abc", start=1):
        SafeguardingStepFactory(unit=organisation, title=each, position=at)
    second = SafeguardingStep.objects.get(title="b")

    system_admin_client.post(reverse("people:remove_safeguarding_step", args=[second.pk]))

    assert steps_of(organisation) == ["a", "c"]
    removed = Entry.objects.get(action=Entry.Action.ENDED, what="safeguarding step")
    assert removed.changes["title"] == ["b", None]


def test_an_admin_of_another_part_keeps_none_here(organisation, other_team):
    step = SafeguardingStepFactory(unit=organisation)
    client = signed_in(RoleFactory(unit=other_team, kind="system_admin").user)

    assert client.get(reverse("people:safeguarding_step", args=[step.pk])).status_code == 404
    assert client.get(step.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("fault", "constraint"),
    [
        ({"title": ""}, "people_safeguardingstep_says_what_to_do"),
        ({"what_to_do": ""}, "people_safeguardingstep_says_what_to_do"),
        ({"telephone": "0508 FAMILY"}, "people_safeguardingstep_telephone_of_digits"),
    ],
)
def test_the_database_refuses_a_step_that_says_nothing(organisation, fault, constraint):
    with refused_by(constraint):
        SafeguardingStepFactory(unit=organisation, **fault)


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("111", "111"),
        ("0508 326 459", "0508326459"),
        ("(020) 7946-0000", "02079460000"),
        ("+44 (0)20 7946 0000", "+442079460000"),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(written, called):
    assert dialled(written) == called


def test_reading_takes_the_same_queries_however_many_units_there_are(
    organisation, psw, django_assert_max_num_queries
):
    for _ in range(10):
        SafeguardingStepFactory(unit=UnitFactory(parent=organisation))
    RoleFactory(user=psw, unit=organisation)
    client = signed_in(psw)
    assert Unit.objects.count() > 10

    with django_assert_max_num_queries(12):
        client.get(SAFEGUARDING)


def test_whoever_has_no_role_follows_their_organisation():
    user = UserFactory()
    SafeguardingStepFactory(unit=user.organisation, title="Of the whole")

    assert "Of the whole" in words_of(signed_in(user).get(SAFEGUARDING))
