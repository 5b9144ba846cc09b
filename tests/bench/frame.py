"""What stands before the first observation: an organisation, its people, framework and codebook."""

import io
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from frameworks.models import Codebook, Theme
from practicelens.people.models import Role, Unit, User

SERVICES, TEAMS, OBSERVERS = 19, 180, 60
PRACTITIONERS_A_TEAM = 3
YEARS = 5
THEMES = 40
HEAD = "head@example.org"  # whoever opens the pages: a practice leader of the whole organisation
BESIDE_HEAD = {
    Role.Kind.LEADER: "leader@example.org",
    Role.Kind.FRAMEWORK_ADMIN: "frameworks@example.org",
    Role.Kind.GOVERNANCE: "governance@example.org",
    Role.Kind.SYSTEM_ADMIN: "system@example.org",
}


def today():
    return timezone.localdate()


def first_day():
    """Observations are of so many years up to today."""
    return today() - timedelta(days=365 * YEARS)


def frame():
    """The organisation with all its people, and what comes with PracticeLens in force."""
    top = Unit.objects.create(
        code="top", name="Top", kind=Unit.Kind.ORGANISATION, jurisdiction="england"
    )
    services = [
        Unit.objects.create(
            code=f"s{number}", name=f"Service {number}", kind=Unit.Kind.SERVICE, parent=top
        )
        for number in range(SERVICES)
    ]
    teams = Unit.objects.bulk_create(
        Unit(
            organisation=top,
            code=f"t{number}",
            name=f"Team {number}",
            kind=Unit.Kind.TEAM,
            parent=services[number % SERVICES],
        )
        for number in range(TEAMS)
    )
    people(top, services, teams)
    put_in_force(top)


def people(top, services, teams):
    give_role(HEAD, Role.Kind.PSW, top)
    for kind, email in BESIDE_HEAD.items():
        give_role(email, kind, top)
    for number in range(1, OBSERVERS):
        give_role(f"observer{number}@example.org", Role.Kind.PSW, services[number % SERVICES])
    for number in range(PRACTITIONERS_A_TEAM * len(teams)):
        team = teams[number % len(teams)]
        give_role(f"practitioner{number}@example.org", Role.Kind.PRACTITIONER, team)


def give_role(email, kind, unit):
    user = User.objects.create(
        organisation_id=unit.organisation_id,
        email=email,
        name=email.partition("@")[0].title(),
        password="!",
    )
    Role.objects.create(user=user, unit=unit, kind=kind)


def put_in_force(top):
    """Both versions of the framework that comes with PracticeLens, the second since a year."""
    call = {"unit": top.code, "publish_as": BESIDE_HEAD[Role.Kind.FRAMEWORK_ADMIN]}
    for number, since in [(1, first_day()), (2, today() - timedelta(days=400))]:
        call_command(
            "load_starters", number=number, effective_on=since, stdout=io.StringIO(), **call
        )
    more_themes(Codebook.objects.get())


def more_themes(codebook):
    """As many as a codebook that has been kept for years may have."""
    Theme.objects.bulk_create(
        Theme(codebook=codebook, code=f"made{number}", name=f"Made {number}", position=number)
        for number in range(codebook.themes.count() + 1, THEMES + 1)
    )


def head():
    return User.objects.get(email=HEAD)


def person(kind):
    return User.objects.get(email=BESIDE_HEAD[kind])


def a_practitioner():
    return User.objects.get(email="practitioner0@example.org")
