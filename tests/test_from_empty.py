"""An organisation begins with nothing in it: pressing only what pages offer leads to a first note.

And every list that is empty offers its next step to whoever can take it, and tells the others truly
who can.
"""

import pytest
from django.urls import reverse

from frameworks.models import Codebook, Framework, FrameworkVersion, Scale, Standard
from frameworks.starters import parts
from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from practicelens.people.permissions import Act, Kind, kinds_that
from practicelens.people.templatetags.beginning import who_can
from tests.access.asking import pages
from tests.as_pressed import Page, Person, plain
from tests.conftest import signed_in
from tests.factories import RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return UnitFactory(organisation=True, name="Kauri Borough")


@pytest.fixture
def team(organisation):
    service = UnitFactory(service=True, parent=organisation)
    return UnitFactory(parent=service, name="North team")


def holder(kind, unit):
    return signed_in(RoleFactory(kind=kind, unit=unit).user)


@pytest.fixture
def admin(organisation, team):
    return Person(holder(Kind.FRAMEWORK_ADMIN, organisation), reverse("frameworks:list"))


def log_one(organisation):
    observer = Person(holder(Kind.PSW, organisation), reverse("observations:list"))
    observer.follow("Log an observation")
    observer.press("Save and go to the list", unit="North team", kind_of_work="Home visit")
    return Observation.objects.get()


def publish(admin):
    admin.follow("Check and publish")
    admin.press("Publish", change_note="We begin with it.")


def test_a_framework_admin_begins_with_all_that_comes_with_it(admin, organisation):
    admin.follow("Load it")
    admin.press("Load these parts", unit="Kauri Borough")
    framework = Framework.objects.get()
    admin.follow(framework.name)
    admin.follow("Go on with the draft")
    publish(admin)

    assert log_one(organisation).framework_version == FrameworkVersion.objects.get()
    assert {Codebook, Standard} <= {each for each in (Codebook, Standard) if each.objects.exists()}


def test_a_framework_admin_begins_with_a_framework_of_their_own(admin, organisation):
    admin.follow("Create a framework")
    admin.follow("Load it")
    admin.press("Load these parts", unit="Kauri Borough", parts="scales")
    admin.follow("Create a framework")
    scale = Scale.objects.order_by("name").first()
    admin.press(
        "Begin it", name="Ours", description="How we work.", unit="Kauri Borough", scale=scale.name
    )
    assert Framework.objects.get().name == "Ours"
    admin.follow("Choose at least one cause")
    admin.follow("Load it")
    admin.press("Load these parts", unit="Kauri Borough", parts="causes")
    admin.follow("Ours")
    admin.follow("Go on with the draft")
    admin.follow("Add a domain")
    admin.press("Add it", name="With the family")
    assert Framework.objects.get().versions.get().domains.count() == 1


def test_a_framework_admin_begins_a_codebook(admin, organisation):
    admin.open(reverse("frameworks:themes"))
    admin.follow("Begin a codebook")
    admin.press("Begin this codebook", name="Our concerns", unit="Kauri Borough")

    codebook = Codebook.objects.get()
    assert codebook.unit == organisation
    assert (
        Entry.objects.filter(what="codebook", action="made", object_pk=str(codebook.pk)).count()
        == 1
    )


def test_what_is_loaded_is_in_the_log_once(admin, organisation):
    for _ in range(2):
        admin.open(reverse("frameworks:load"))
        admin.press("Load these parts", unit="Kauri Borough")

    logged = Entry.objects.filter(action="made").values_list("what", flat=True)
    assert sorted(logged) == sorted(["scale", "cause", "lens", "standard", "codebook", "framework"])
    assert "All of it was here already. Nothing was added." in admin.told()
    assert len(parts.Part) == 6


# Every list, empty, as each role

# All addresses that are of nothing in particular: lists, and where something is begun.
LISTS = sorted(
    name
    for name, page in pages().items()
    if not page.parts and not name.startswith(("account_", "frameworks:import_"))
)
# What comes by itself: nobody can be asked for it, and the sentence says when it comes.
COMES = [
    "is shown here",
    "it appears here",
    "are listed here",
    "stands here",
    "stand here",
    "can reply to it",
    "is in the summaries",
    "Nothing in your part of the organisation fits",
]
ASKED = {act: who_can(act) for act in Act}


def page_of(client, name):
    """What somebody sees there; nothing where it is no page of theirs."""
    response = client.get(reverse(name), follow=True)
    is_page = response.status_code == 200 and "html" in response.headers["Content-Type"]
    return (
        Page(reverse(name), response.content.decode())
        if is_page and not response.streaming
        else None
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_empty_list_leads_on_or_says_truly_who_can(organisation, team, kind):
    """A link that the person can open; or a role that carries the act; or when it comes."""
    client = holder(kind, organisation)
    met = {name: page for name in LISTS if (page := page_of(client, name))}
    wrong = [
        (name, plain(empty["words"]))
        for name, page in met.items()
        for empty in page.empties
        if not leads_on(client, kind, empty)
    ]

    assert wrong == []
    assert any(page.empties for page in met.values())


def leads_on(client, kind, empty):
    words = plain(empty["words"]).lower()
    if empty["links"]:
        asked = [client.get(link["href"], follow=True).status_code for link in empty["links"]]
        return set(asked) == {200} and f"ask your {kind.label.lower()}" not in words
    told = [act for act, who in ASKED.items() if who in words]
    if "ask your framework admin" in words:
        told.append(Act.KEEP_FRAMEWORKS)
    if told:
        return not any(kind in kinds_that(act) for act in told)
    return any(each.lower() in words for each in COMES)


@pytest.mark.parametrize("kind", Kind)
def test_no_page_sends_somebody_to_a_role_that_has_no_such_page(organisation, team, kind):
    client = holder(kind, organisation)
    told = {name: plain(page.html).lower() for name in LISTS if (page := page_of(client, name))}

    assert [name for name, words in told.items() if "ask your system admin" in words] == []
    if kind in kinds_that(Act.KEEP_FRAMEWORKS):
        assert [name for name, words in told.items() if "ask your framework admin" in words] == []


def test_who_can_is_told_from_the_table_of_permissions():
    assert who_can("keep_frameworks") == "a framework admin"
    assert who_can("see_runs") == "a practice leader or a system admin"
    assert who_can("read_log") == "an information governance lead"


def test_whoever_holds_the_act_is_led_on_and_nobody_else(organisation):
    reader = RoleFactory(kind=Kind.PSW, unit=organisation).user
    address = reverse("reports:coverage")
    first = Person(signed_in(reader), address)
    assert "A system admin can do this." in first.told()

    RoleFactory(user=reader, unit=organisation, kind=Role.Kind.SYSTEM_ADMIN)

    then = Person(signed_in(reader), address)
    then.follow("Add a team")
    assert "A system admin can do this." not in then.told()


def test_without_a_team_nothing_is_said_to_have_been_seen(organisation):
    home = Person(holder(Kind.PSW, organisation), "/")

    assert "No team here yet. One can be added by a system admin." in home.told()
    assert "seen lately" not in home.told()
