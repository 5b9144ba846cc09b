"""A framework admin begins from empty: every empty list offers its next step to who may take it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from frameworks.models import (
    Cause,
    Codebook,
    Framework,
    FrameworkVersion,
    Lens,
    Scale,
    Standard,
    Theme,
)
from frameworks.starters import parts
from frameworks.starters.parts import Part
from frameworks.versions import checking
from practicelens.people import actions as people
from practicelens.people.models import Role, Unit
from tests.conftest import signed_in
from tests.factories import CodebookFactory, FrameworkVersionFactory, RoleFactory, UnitFactory
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

LISTS = ["list", "themes", "scales", "causes", "lenses", "standards"]


def at(name, *args):
    return reverse(f"frameworks:{name}", args=args)


def words_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_leads_on_whoever_may_add_to_it(framework_admin_client, name):
    page = words_of(framework_admin_client.get(at(name)))

    assert f'href="{at("load")}"' in page
    assert "Ask your" not in page


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_tells_everybody_else_whom_to_ask(leader_client, name):
    page = words_of(leader_client.get(at(name)))

    assert "Ask your framework admin" in page
    assert at("load") not in page


@pytest.mark.parametrize("name", ["themes", "emerging"])
def test_pages_of_coding_lead_a_framework_admin_on_too(psw, psw_client, organisation, name):
    address = reverse(f"observations:{name}")
    assert "Ask your framework admin" in words_of(psw_client.get(address))

    RoleFactory(user=psw, unit=organisation, kind=Role.Kind.FRAMEWORK_ADMIN)

    assert at("load") in words_of(psw_client.get(address))


def test_without_a_scale_the_page_says_where_to_get_one(framework_admin_client):
    page = words_of(framework_admin_client.get(at("new")))

    assert f'href="{at("load")}"' in page
    assert f'href="{at("shared_new", "scales")}"' in page
    assert "Choose a scale" not in page


def test_without_a_cause_the_draft_says_where_to_get_one(framework_admin_client, organisation):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.causes.clear()
    Cause.objects.all().delete()

    page = words_of(framework_admin_client.get(at("draft_about", version.framework.address)))

    assert f'href="{at("load")}"' in page
    assert f'href="{at("shared_new", "causes")}"' in page


@pytest.mark.parametrize(
    ("part", "model"),
    [
        ("scales", Scale),
        ("causes", Cause),
        ("lenses", Lens),
        ("standards", Standard),
        ("codebook", Codebook),
        ("framework", Framework),
    ],
)
def test_each_part_is_loaded_by_itself_and_once(framework_admin_client, organisation, part, model):
    for _ in range(2):
        framework_admin_client.post(at("load"), {"parts": [part], "unit": organisation.pk})
        count = model.objects.count()

    assert count
    assert (model is Framework) == Framework.objects.exists()
    assert model.objects.count() == count


def test_all_of_it_is_loaded_at_once(framework_admin, organisation):
    loaded = parts.load(parts=list(Part), unit=organisation, by=framework_admin)

    assert loaded == list(Part)
    version = Framework.objects.get().versions.get()
    assert version.published_at is None
    assert Theme.objects.exists()


def test_nobody_loads_for_another_organisation(framework_admin_client, other_organisation):
    sent = framework_admin_client.post(
        at("load"), {"parts": ["codebook"], "unit": other_organisation.pk}
    )

    assert sent.status_code == 422
    assert not Codebook.objects.exists()


def test_a_codebook_is_begun_and_a_unit_has_one(framework_admin_client, organisation):
    words = {"name": "Our concerns", "description": "", "unit": organisation.pk}

    begun = framework_admin_client.post(at("new_codebook"), words)
    twice = framework_admin_client.post(at("new_codebook"), words)

    assert begun.url == at("codebook", Codebook.objects.get().address)
    assert "has a codebook already" in words_of(twice)


def test_a_codebook_named_like_a_page_has_an_address_of_its_own(
    framework_admin_client, organisation
):
    words = {"name": "New", "description": "", "unit": organisation.pk}

    begun = framework_admin_client.post(at("new_codebook"), words, follow=True)

    assert begun.context["codebook"] == Codebook.objects.get()


def test_another_s_codebook_leaves_the_list_with_a_button(other_organisation, organisation):
    CodebookFactory(unit=other_organisation)
    client = signed_in(RoleFactory(unit=organisation, kind=Role.Kind.FRAMEWORK_ADMIN).user)

    assert at("new_codebook") in words_of(client.get(at("themes")))


# One framework in force on one unit


@pytest.fixture
def in_force(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__name="Ours")


def test_a_second_framework_in_force_on_a_unit_is_refused_by_the_database(in_force):
    with refused_by("Another framework is in force on this unit then"):
        FrameworkVersionFactory(framework__unit=in_force.framework.unit)


@pytest.mark.parametrize("place", ["above", "below", "far below"])
def test_nor_has_a_unit_one_of_its_own_beside_that_of_a_unit_above(
    place, organisation, service, team
):
    upper, lower = {
        "above": (service, organisation),
        "below": (organisation, service),
        "far below": (organisation, team),
    }[place]
    FrameworkVersionFactory(framework__unit=upper)

    with refused_by("Another framework is in force on this unit then"):
        FrameworkVersionFactory(framework__unit=lower)


def test_units_beside_each_other_have_each_their_own(team, sibling_team, other_organisation):
    made = [
        FrameworkVersionFactory(framework__unit=unit)
        for unit in [team, sibling_team, other_organisation]
    ]

    for version, unit in zip(made, [team, sibling_team, other_organisation], strict=True):
        assert FrameworkVersion.objects.live_for(unit) == version


def test_two_that_were_in_force_before_are_still_retired(service, team, sibling_team):
    FrameworkVersionFactory(framework__unit=team)
    other = FrameworkVersionFactory(framework__unit=sibling_team)
    Framework.objects.filter(pk=other.framework_id).update(unit=service)

    other.retired_on = other.effective_on + timedelta(days=30)
    other.save()

    other.retired_on = None
    with refused_by("Another framework is in force on this unit then"):
        other.save()


@pytest.mark.parametrize("retired_on", [None, date(2020, 1, 1)])
def test_a_unit_goes_only_where_its_framework_is_alone(
    organisation, service, sibling_team, system_admin, retired_on
):
    other = UnitFactory(parent=organisation, kind=Unit.Kind.SERVICE)
    FrameworkVersionFactory(framework__unit=other, effective_on=date(2018, 1, 1))
    FrameworkVersionFactory(
        framework__unit=sibling_team, effective_on=date(2019, 1, 1), retired_on=retired_on
    )

    if retired_on:
        people.move(unit=sibling_team, parent=other, by=system_admin)
    else:
        with pytest.raises(people.Refused, match="two frameworks would be in use there at once"):
            people.move(unit=sibling_team, parent=other, by=system_admin)

    sibling_team.refresh_from_db()
    assert sibling_team.parent == (other if retired_on else service)


def test_the_form_names_what_is_in_use_for_the_unit_above_and_below(in_force, service, team):
    day = service.today()

    for unit in [service, team]:
        draft = FrameworkVersionFactory(framework__unit=unit, draft=True)
        (left,) = checking.what_publication_lacks(draft, "Why.", day)
        assert left.words.startswith(f"Ours, version 1 is in use for {in_force.framework.unit}: ")

    upper = FrameworkVersionFactory(framework__unit=in_force.framework.unit, draft=True)
    in_force.framework.unit = team
    in_force.framework.save()
    (left,) = checking.what_publication_lacks(upper, "Why.", day)
    assert left.words.startswith(f"Ours, version 1 is in use for {team}: ")


def test_one_after_the_other_is_not(in_force, service):
    day = in_force.effective_on + timedelta(days=30)
    in_force.retired_on = day
    in_force.save()

    after = FrameworkVersionFactory(framework__unit=in_force.framework.unit, effective_on=day)
    FrameworkVersionFactory(
        framework__unit=service,
        effective_on=day - timedelta(days=90),
        retired_on=in_force.effective_on,
    )

    with refused_by("Another framework is in force on this unit then"):
        in_force.retired_on = day + timedelta(days=1)
        in_force.save()
    assert after.published_at


def test_the_form_says_what_is_in_use_and_what_to_do(framework_admin_client, in_force):
    unit = in_force.framework.unit
    draft = FrameworkVersionFactory(framework__unit=unit, draft=True)
    day = unit.today()

    (left,) = checking.what_publication_lacks(draft, "Why.", day)
    assert left.words.startswith(f"Ours, version 1 is in use for {unit}: retire it first, on ")
    assert left.words.endswith(f"as a framework admin of {unit} can")
    page = words_of(framework_admin_client.get(at("publish", draft.framework.address)))
    assert escape(left.words) in page
    parted = [day.day, day.month, day.year]
    sent = {f"effective_on_{at}": part for at, part in enumerate(parted)} | {"change_note": "Why."}
    page = words_of(framework_admin_client.post(at("publish", draft.framework.address), sent))
    assert "retire it first" in page

    in_force.retired_on = day + timedelta(days=7)
    in_force.save()
    (left,) = checking.what_publication_lacks(draft, "Why.", day)
    assert left.words.endswith("choose that day or a later one")
    assert not list(checking.what_publication_lacks(draft, "Why.", in_force.retired_on))
