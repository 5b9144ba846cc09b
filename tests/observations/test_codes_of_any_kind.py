"""A code may hold what no address can: every page of a framework and of a note on it opens all the same."""

import html
import re
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from frameworks.files import importing, parsing, writing
from frameworks.versions import actions
from observations.models import OtherCopy, SectionSave
from tests.factories import (
    ClauseFactory,
    CrosswalkFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RatingFactory,
)

pytestmark = pytest.mark.django_db
CODES = [
    "1.0",
    "A.1",
    "Te Ao",
    "1/2",
    "ā",
    "1)",
    "a#b",
    "?",
    "..",
    "%2F",
    "<b>",
    '"',
    "a\\b",
    "🌱 x",
]


@pytest.fixture(params=CODES)
def version(request, organisation, framework_admin):
    """A framework with a domain and a criterion of that code, imported as a file and in use."""
    content = writing.content_of(FrameworkVersionFactory())
    content["framework"] |= {"code": "imported", "name": "Imported"}
    content["domains"][0]["code"] = request.param
    content["domains"][0]["criteria"][0]["code"] = request.param
    found = parsing.read(writing.as_json(content))
    assert found.faults == []
    made = importing.begin(
        content=found.content, unit=organisation, by=framework_admin, named="a file"
    )
    actions.publish(
        version=made, by=framework_admin, change_note="First.", effective_on=organisation.today()
    )
    made.refresh_from_db()
    return made


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def ids_in(page):
    return [html.unescape(found) for found in re.findall(r'\sid="([^"]*)"', page)]


def test_every_domain_is_rated(psw_client, psw, team, version):
    draft = ObservationFactory(unit=team, observer=psw, framework_version=version)
    criterion = version.criteria.order_by("position").first()
    page = page_of(psw_client, reverse("observations:ratings", args=[draft.key]))
    links = re.findall(r'href="(/observations/[^"]*/sections/[^"]*)"', page)
    assert len(links) == version.domains.count()
    for link in links:
        page_of(psw_client, link)
    level = version.scale.levels.order_by("position").last()
    sent = {f"answer_{criterion.pk}": f"level-{level.pk}", "base_revision": "0", "then": "next"}

    psw_client.post(links[0], sent)
    assert draft.ratings.get(criterion=criterion).level == level

    # What is left to do leads to the criterion, from the list and from the last check.
    section = reverse("observations:section", args=[draft.key, "criteria"])
    for url in (draft.get_absolute_url(), reverse("observations:check", args=[draft.key])):
        assert f'href="{section}#id_answer_{criterion.pk}"' in page_of(psw_client, url)
    assert f'id="id_answer_{criterion.pk}"' in page_of(psw_client, section)
    sent |= {"base_revision": "1", f"evidence_{criterion.pk}": "It was there."}
    assert psw_client.post(links[0], sent).url == links[1]


def test_every_page_of_the_framework_opens_and_its_fragments_are_one_word(
    psw_client, framework_admin_client, version
):
    criterion = version.criteria.order_by("position").first()
    tie = CrosswalkFactory(
        criterion=criterion, clause=ClauseFactory(number=criterion.code, standard__code="ours")
    )
    pages = [
        page_of(psw_client, version.get_absolute_url()),
        page_of(psw_client, reverse("frameworks:outside", args=["imported"])),
        page_of(psw_client, reverse("frameworks:standard", args=["ours"])),
    ]
    framework_admin_client.post(reverse("frameworks:start_draft", args=["imported"]))
    for name in ("draft", "lineage", "compare", "outside_pdf", "framework", "history"):
        assert framework_admin_client.get(
            reverse(f"frameworks:{name}", args=["imported"])
        ).status_code in (200, 302)

    for page in pages:
        assert [each for each in ids_in(page) if re.search(r"\s", each)] == []
    assert f"#{tie.criterion.anchor}" in pages[2]
    assert tie.criterion.anchor in ids_in(pages[0])


def test_what_was_saved_of_a_section_keeps_its_number_under_the_new_name(psw, team):
    version = FrameworkVersionFactory(framework__unit=team)
    draft = ObservationFactory(unit=team, observer=psw, framework_version=version)
    RatingFactory(observation=draft, criterion=version.criteria.first())
    domain = version.domains.get(code="1")
    SectionSave.objects.create(observation=draft, section="ratings-1", revision=4)
    SectionSave.objects.create(observation=draft, section="where", revision=2)
    OtherCopy.objects.create(observation=draft, section="ratings-1", typed="a=b")

    migration = import_module("observations.migrations.0013_sections_by_key_of_domain")
    with connection.cursor() as cursor:
        for table in migration.TABLES:
            cursor.execute(migration.NAME.format(table=table))

    saves = dict(SectionSave.objects.values_list("section", "revision"))
    assert saves == {f"domain-{domain.pk}": 4, "where": 2}
    assert OtherCopy.objects.get().section == f"domain-{domain.pk}"
