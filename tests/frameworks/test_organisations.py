"""Two organisations with the same codes: each has its own, and an address leads to one."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from frameworks.files import importing
from frameworks.files.writing import content_of
from frameworks.models import Cause, Codebook, Framework, Lens, Scale, Standard
from frameworks.shared.actions import free_code
from practicelens.people.models import Role
from tests.conftest import signed_in
from tests.factories import (
    CauseFactory,
    CodebookFactory,
    FrameworkFactory,
    FrameworkVersionFactory,
    LensFactory,
    RoleFactory,
    ScaleFactory,
    StandardFactory,
    UnitFactory,
)
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

KINDS = [
    (FrameworkFactory, Framework),
    (CodebookFactory, Codebook),
    (LensFactory, Lens),
    (CauseFactory, Cause),
    (StandardFactory, Standard),
    (ScaleFactory, Scale),
]


def load_starters(unit, *arguments):
    call_command("load_starters", "--unit", unit.code, *arguments, stdout=io.StringIO())


@pytest.mark.parametrize(("factory", "model"), KINDS)
def test_each_organisation_has_its_codes_to_itself(factory, model, team, other_team):
    ours = factory(code="same", unit=team)
    theirs = model(**fields_of(ours), unit=other_team)
    theirs.save()

    assert (ours.address, theirs.address) == ("same", "same-elsewhere")


@pytest.mark.parametrize(("factory", "model"), KINDS)
def test_a_code_is_of_one_row_in_an_organisation(factory, model, team, sibling_team):
    ours = factory(code="same", unit=team)

    with refused_by(f"{model._meta.db_table}_code_once"):
        model(**fields_of(ours), unit=sibling_team).save()


def fields_of(row):
    """The values of a row but those that are of it alone."""
    left_out = ("id", "unit", "address")
    fields = [each for each in row._meta.concrete_fields if each.name not in left_out]
    return {each.attname: getattr(row, each.attname) for each in fields}


def test_a_name_that_another_organisation_uses_has_no_number(team, other_team):
    LensFactory(code="working-with-fathers", unit=other_team)

    assert free_code(Lens, "Working with fathers", team) == "working-with-fathers"


def test_starters_load_into_each_organisation(organisation, other_organisation):
    load_starters(organisation)
    load_starters(other_organisation)
    load_starters(other_organisation)

    assert {framework.unit for framework in Framework.objects.filter(code="working-alongside")} == {
        organisation,
        other_organisation,
    }
    assert {book.unit for book in Codebook.objects.all()} == {organisation, other_organisation}
    assert Scale.objects.filter(unit=None).count() == Scale.objects.count()


def test_somebody_of_two_organisations_reaches_both_by_their_addresses(
    organisation, other_organisation
):
    for top in [organisation, other_organisation]:
        load_starters(top)
    admin = RoleFactory(unit=organisation, kind=Role.Kind.FRAMEWORK_ADMIN).user
    RoleFactory(user=admin, unit=other_organisation, kind=Role.Kind.FRAMEWORK_ADMIN)
    client = signed_in(admin)

    for framework in Framework.objects.all():
        page = client.get(framework.get_absolute_url())
        assert page.context["framework"] == framework
        version = framework.versions.get()
        assert client.get(version.get_absolute_url()).context["version"] == version
    for book in Codebook.objects.all():
        page = client.get(reverse("frameworks:codebook", args=[book.address]))
        assert page.context["codebook"] == book


def test_a_version_is_read_and_retired_at_its_address(
    framework_admin_client, organisation, other_organisation
):
    FrameworkVersionFactory(framework__unit=other_organisation, framework__code="same")
    ours = FrameworkVersionFactory(framework__unit=organisation, framework__code="same")

    assert ours.framework.address != "same"
    for address in [
        ours.get_absolute_url(),
        reverse("frameworks:retire", args=[ours.framework.address, ours.number]),
    ]:
        assert framework_admin_client.get(address).context["version"] == ours


def test_a_draft_leads_on_to_a_file_for_it_though_another_organisation_has_its_code(
    framework_admin_client, organisation, other_organisation
):
    FrameworkVersionFactory(framework__unit=other_organisation, framework__code="same")
    ours = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="same", draft=True
    ).framework

    draft = reverse("frameworks:draft", args=[ours.address])
    page = framework_admin_client.get(draft).content.decode()

    assert ours.address != ours.code
    file = f"{reverse('frameworks:import_file')}?framework={ours.address}"
    assert f'href="{file}"' in page
    assert ours.name in framework_admin_client.get(file).content.decode()


def test_a_unit_of_two_organisations_is_named_with_whose_it_is(team, other_organisation):
    UnitFactory(code=team.code, parent=other_organisation)

    with pytest.raises(CommandError, match="Say with --organisation whose unit river is meant"):
        load_starters(team)
    load_starters(team, "--organisation", "elsewhere")

    assert Framework.objects.get().unit.organisation == other_organisation


def test_nobody_publishes_for_another_organisation(organisation, other_organisation, stranger):
    with pytest.raises(CommandError, match=f"No user with email {stranger.email}"):
        load_starters(organisation, "--publish-as", stranger.email)


def test_a_file_takes_the_scale_and_the_lens_of_its_own_organisation(
    organisation, other_organisation, framework_admin
):
    for top in [other_organisation, organisation]:
        scale = ScaleFactory(code="five-words", unit=top)
        lens = LensFactory(code="fathers", unit=top)
        CauseFactory(code="time", unit=top)
    version = FrameworkVersionFactory(framework__unit=organisation, scale=scale, draft=True)
    version.lenses.set([lens])
    content = content_of(version)
    content["framework"]["code"] = "from-a-file"
    content["version"]["causes"] = ["time"]

    begun = importing.begin(content=content, unit=organisation, by=framework_admin, named="f.json")

    assert begun.scale.unit == organisation
    assert [each.unit for each in begun.lenses.all()] == [organisation]
    assert [each.unit for each in begun.causes.all()] == [organisation]


def test_a_code_in_a_file_is_free_though_another_organisation_has_it(
    organisation, other_organisation, framework_admin
):
    version = FrameworkVersionFactory(framework__unit=other_organisation, framework__code="same")
    content = content_of(version)
    content["version"]["causes"] = content["version"]["lenses"] = []

    begun = importing.begin(content=content, unit=organisation, by=framework_admin, named="f.json")
    with pytest.raises(importing.Refused):
        importing.begin(content=content, unit=organisation, by=framework_admin, named="f.json")

    assert (begun.framework.code, begun.framework.address) == ("same", "same-harrow")
