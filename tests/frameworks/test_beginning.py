"""A framework admin begins from empty: every empty list offers its next step to who may take it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from frameworks.models import Cause, Codebook, Framework, Lens, Scale, Standard, Theme
from frameworks.starters import parts
from frameworks.starters.parts import Part
from frameworks.versions import checking
from practicelens.people.models import Role
from tests.conftest import signed_in
from tests.factories import CodebookFactory, FrameworkVersionFactory, RoleFactory
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


def test_one_after_the_other_is_not(in_force, service):
    day = in_force.effective_on + timedelta(days=30)
    in_force.retired_on = day
    in_force.save()

    after = FrameworkVersionFactory(framework__unit=in_force.framework.unit, effective_on=day)
    FrameworkVersionFactory(framework__unit=service)

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
    parted = [day.day, day.month, day.year]
    sent = {f"effective_on_{at}": part for at, part in enumerate(parted)} | {"change_note": "Why."}
    page = words_of(framework_admin_client.post(at("publish", draft.framework.address), sent))
    assert "retire it first" in page

    in_force.retired_on = day + timedelta(days=7)
    in_force.save()
    (left,) = checking.what_publication_lacks(draft, "Why.", day)
    assert left.words.endswith("choose that day or a later one")
    assert not list(checking.what_publication_lacks(draft, "Why.", in_force.retired_on))
