from datetime import date

import pytest
from django.urls import reverse

from frameworks.models import Framework
from practicelens.people.permissions import Kind
from tests.factories import (
    ClauseFactory,
    CodebookFactory,
    CriterionFactory,
    CrosswalkFactory,
    DomainFactory,
    ExampleFactory,
    FrameworkFactory,
    FrameworkVersionFactory,
    LineageFactory,
    RoleFactory,
    StandardFactory,
    ThemeFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def version_url(version):
    return reverse("frameworks:version", args=[version.framework.code, version.number])


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def framework_draft(framework_version):
    """Version 2 of the framework in use, not published."""
    return FrameworkVersionFactory(framework=framework_version.framework, draft=True)


ADDRESSES = ["list", "themes", "standards", "change_notes"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_without_signing_in(client, db, address):
    response = client.get(reverse(f"frameworks:{address}"))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_page_says_so(psw_client, address):
    assert 'class="pl-sheet pl-empty"' in text_of(psw_client.get(reverse(f"frameworks:{address}")))


@pytest.mark.parametrize("kind", Kind)
def test_everybody_in_the_organisation_reads_the_version_in_use(client, framework_version, kind):
    unit = framework_version.framework.unit
    client.force_login(RoleFactory(kind=kind, unit=unit).user)

    page = text_of(client.get(version_url(framework_version)))

    assert "1.1 Criterion 1.1" in page


def test_the_version_page_shows_all_an_observer_has_to_go_by(psw_client, framework_version):
    criterion = framework_version.criteria.get(code="1.1")
    ExampleFactory(criterion=criterion, text="She rang first, to ask whom to invite.")
    clause = CrosswalkFactory(criterion=criterion).clause

    page = text_of(psw_client.get(version_url(framework_version)))

    for shown in [
        criterion.look_for,
        criterion.missed,
        "Strong example for 1.1",
        "What told you so?",
        "She rang first, to ask whom to invite.",
        "The meeting and its power",
        "Not trained",
        clause.name,
        framework_version.change_note,
    ]:
        assert shown in page


def test_the_version_page_says_what_became_of_the_version_before(psw_client, framework_version):
    was = framework_version.criteria.get(code="2.1")
    draft = FrameworkVersionFactory(framework=framework_version.framework, draft=True)
    CriterionFactory(domain=draft.domains.first(), code="1.9", name="Something new")
    LineageFactory(version=draft, earlier=was, kind="dropped", later=None)
    LineageFactory(version=draft, earlier=None, kind="new", later=draft.criteria.get(code="1.9"))
    framework_version.retired_on = date(2026, 1, 1)
    framework_version.save()
    type(draft).objects.filter(pk=draft.pk).update(
        effective_on=date(2026, 1, 1),
        published_at="2026-01-01T00:00Z",
        published_by=framework_version.published_by,
    )

    page = text_of(psw_client.get(version_url(draft)))

    assert '<span class="pl-strong">Dropped:</span>' in page
    assert "1.9 Something new" in page


@pytest.mark.parametrize("page", ["framework", "version"])
def test_a_stranger_finds_no_framework(stranger_client, framework_version, page):
    arguments = [framework_version.framework.code, framework_version.number]
    url = reverse(f"frameworks:{page}", args=arguments[: 1 if page == "framework" else 2])

    assert stranger_client.get(url).status_code == 404


def test_a_stranger_lists_no_framework(stranger_client, framework_version):
    page = text_of(stranger_client.get(reverse("frameworks:list")))

    assert framework_version.framework.name not in page


def test_a_draft_is_there_for_its_admin_only(psw_client, framework_admin_client, framework_draft):
    assert psw_client.get(version_url(framework_draft)).status_code == 404
    assert "Draft" in text_of(framework_admin_client.get(version_url(framework_draft)))


def test_the_framework_page_lists_versions_with_their_state(psw_client, framework_version):
    framework_version.retired_on = date(2025, 9, 1)
    framework_version.save()
    FrameworkVersionFactory(framework=framework_version.framework, effective_on=date(2025, 9, 1))

    page = text_of(psw_client.get(framework_version.framework.get_absolute_url()))

    assert page.index("Version 2") < page.index("In use") < page.index("Version 1")
    assert "From 1 January 2024 to 1 September 2025" in page
    assert "Retired" in page


def test_a_version_that_is_not_there_is_not_found(psw_client, framework_version):
    url = reverse("frameworks:version", args=[framework_version.framework.code, 9])

    assert psw_client.get(url).status_code == 404


def test_the_themes_page_lists_the_codebook(psw_client, theme):
    page = text_of(psw_client.get(reverse("frameworks:themes")))

    assert theme.name in page
    assert theme.definition in page


def test_the_theme_page_says_when_to_use_it_and_when_not(psw_client, theme):
    page = text_of(psw_client.get(reverse("frameworks:theme", args=[theme.pk])))

    for shown in [theme.use_when, theme.not_when, theme.helps_means, theme.hinders_means]:
        assert shown in page
    assert "talked over, own words" in page
    assert theme.examples[0] in page


def test_a_stranger_finds_no_theme(stranger_client, theme):
    assert stranger_client.get(reverse("frameworks:theme", args=[theme.pk])).status_code == 404


def test_the_standards_page_lists_standards(psw_client):
    standard = StandardFactory()

    assert standard.name in text_of(psw_client.get(reverse("frameworks:standards")))


def test_the_standard_page_ties_clauses_to_criteria(psw_client, framework_version):
    tie = CrosswalkFactory(criterion=framework_version.criteria.get(code="1.2"))

    page = text_of(psw_client.get(tie.clause.standard.get_absolute_url()))

    assert "1.2 Criterion 1.2" in page
    assert str(framework_version) in page


def test_the_standard_page_leaves_retired_versions_out(psw_client, framework_version):
    tie = CrosswalkFactory(criterion=framework_version.criteria.get(code="1.2"))
    framework_version.retired_on = date(2025, 9, 1)
    framework_version.save()

    page = text_of(psw_client.get(tie.clause.standard.get_absolute_url()))

    assert "Criterion 1.2" not in page


def test_the_standard_page_shows_no_criteria_of_strangers(stranger_client, framework_version):
    tie = CrosswalkFactory(criterion=framework_version.criteria.get(code="1.2"))

    page = text_of(stranger_client.get(tie.clause.standard.get_absolute_url()))

    assert tie.clause.name in page
    assert "Criterion 1.2" not in page


def test_the_change_notes_page_lists_published_versions(psw_client, framework_version):
    FrameworkVersionFactory(
        framework=framework_version.framework, draft=True, change_note="Not said yet."
    )

    page = text_of(psw_client.get(reverse("frameworks:change_notes")))

    assert framework_version.change_note in page
    assert "Not said yet." not in page


def grow_version(organisation, rows):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True)
    for domain in DomainFactory.create_batch(rows, version=version):
        for criterion in CriterionFactory.create_batch(rows, domain=domain):
            ExampleFactory(criterion=criterion)
            CrosswalkFactory(criterion=criterion)
    return version_url(version)


def grow_frameworks(organisation, rows):
    for _ in range(rows):
        FrameworkVersionFactory(framework__unit=UnitFactory(parent=organisation))
    return reverse("frameworks:list")


def grow_versions(organisation, rows):
    framework = FrameworkFactory(unit=organisation)
    for year in range(rows):
        FrameworkVersionFactory(
            framework=framework,
            effective_on=date(2000 + year, 1, 1),
            retired_on=date(2001 + year, 1, 1),
        )
    return framework.get_absolute_url()


def grow_notes(organisation, rows):
    grow_versions(organisation, rows)
    return reverse("frameworks:change_notes")


def grow_themes(organisation, rows):
    for codebook in CodebookFactory.create_batch(rows, unit=organisation):
        ThemeFactory.create_batch(rows, codebook=codebook)
    return reverse("frameworks:themes")


def grow_standards(organisation, rows):
    StandardFactory.create_batch(rows)
    return reverse("frameworks:standards")


def grow_clauses(organisation, rows):
    version = FrameworkVersionFactory(framework__unit=organisation)
    standard = StandardFactory()
    for clause in ClauseFactory.create_batch(rows, standard=standard):
        CrosswalkFactory(clause=clause, criterion=version.criteria.first())
    return standard.get_absolute_url()


@pytest.mark.parametrize("rows", [1, 10])
@pytest.mark.parametrize(
    ("grow", "queries"),
    [
        (grow_version, 17),
        (grow_frameworks, 7),
        (grow_versions, 8),
        (grow_notes, 6),
        (grow_themes, 8),
        (grow_standards, 6),
        (grow_clauses, 11),
    ],
)
def test_a_page_takes_the_same_queries_at_any_length(
    framework_admin_client, organisation, django_assert_num_queries, grow, queries, rows
):
    url = grow(organisation, rows)

    with django_assert_num_queries(queries):
        assert framework_admin_client.get(url).status_code == 200


def test_addresses_of_themes_and_standards_are_no_framework(psw_client, organisation):
    assert Framework.objects.count() == 0
    assert psw_client.get("/framework/themes/").status_code == 200
