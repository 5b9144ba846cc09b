"""Fills an empty database with the demonstration: a made-up service observed for eighteen months.

The rows are those that the forms and actions make, written in bulk and with the story's moments.
"""

import tomllib
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from frameworks.lists import actions as lists
from frameworks.lists.shipped import shipped_for
from frameworks.models import (
    Codebook,
    FrameworkVersion,
    ListEntry,
    SecondLanguage,
    SecondWording,
)
from frameworks.starters import loading
from frameworks.starters.files import WORKING_ALONGSIDE
from observations.emerging import looks
from observations.models import EmergingLook
from observations.systems import actions as systems
from practicelens.demo import story
from practicelens.demo.early_signs import add_early_signs
from practicelens.demo.exploring import save_views
from practicelens.demo.families import add_family_cards
from practicelens.demo.next_version import add_next_version
from practicelens.demo.noting import add_drafts, add_observations
from practicelens.demo.own_notes import add_cpd_notes
from practicelens.demo.past_briefings import APPROVERS, add_committee_dates, brief_past_months
from practicelens.demo.second_standard import tie_to_a_second_standard
from practicelens.demo.teaching import learn_themes
from practicelens.demo.verdicts import add_verdicts
from practicelens.demo.visits import add_visits
from practicelens.demo.word_look import add_word_template
from practicelens.demo.worrying import add_safeguarding
from practicelens.local.words import step
from practicelens.mail.models import Letter
from practicelens.people.models import Role, Unit, User
from reports.cells import rollup
from reports.models import BriefingSchedule

FIRST_CHANGE_NOTE = "The first version: what we agreed to look for together."


class NotEmpty(Exception):
    """There is data already."""


@transaction.atomic
def seed(until=None):
    """Everything of the demonstration, as it stands on a day (today by default)."""
    until = until or timezone.localdate()
    people = seed_notes(until)
    with step("Learning themes from what people decided"):
        learn_themes()
    with step("Writing the briefings of past months"):
        brief_past_months(people, until)
    add_verdicts(people, until)
    save_views(people["ruth"])
    add_family_cards(people, until)
    Letter.objects.all().delete()  # nobody made up is written to
    analyse()


@transaction.atomic
def seed_notes(until):
    """The service and its observations, counted, with no briefings; returns the people by code."""
    if Unit.objects.exists() or User.objects.exists():
        raise NotEmpty
    with step("Adding the service and its people"):
        units = add_units()
        people = add_people(units, since=story.first_of(1, until) - timedelta(days=30))
        analyse()
    with step("Publishing the framework"):
        framework = add_framework(units["harrowmere"], by=people["joel"], until=until)
        add_lists(units["te-marino"], by=people["joel"])
        add_systems(units["harrowmere"], by=people["joel"])
    add_safeguarding(units, people, until)
    add_word_template(units["harrowmere"], by=people["lee"])
    with step("Adding the observations"):
        add_observations(story.occasions(until), units, people)
        add_drafts(story.drafts(until), units, people)
    add_visits(units, people, until)
    add_cpd_notes(people, until)
    with step("Deciding about early signs"):
        add_early_signs(people)
    with step("Trying the framework's next version"):
        add_next_version(framework, units, people, until)
    with step("Counting"):
        rollup.recount_all()
    with step("Looking for emerging themes"):
        look_for_emerging(until)
    add_schedules(units, people, until)
    add_committee_dates(units, people, until)
    analyse()
    return people


def add_lists(unit, by):
    """The office abroad keeps lists of its own: as they are shipped for its country, and changed."""
    lists.begin(unit=unit, shipped=shipped_for(unit.jurisdiction), by=by)
    lists.add(unit=unit, of="setting", label="Sports club or hall", about="", by=by)
    entries = ListEntry.objects.filter(unit=unit, of="kind_of_work")
    lists.rename(entry=entries.get(code="duty"), label="Report of concern", by=by)
    lists.retire(entry=entries.get(code="joint_planning"), by=by)


def add_systems(unit, by):
    """Names of systems on the list; what else observations call them is learned, or put with one."""
    waymark = systems.add(organisation=unit, name="Waymark", by=by)
    systems.add(organisation=unit, name="WM", by=by, same_as=waymark)
    old = systems.add(organisation=unit, name="Casebook", by=by)
    systems.end(system=old, by=by)


def look_for_emerging(until):
    """The look of the week, over what no theme covers; nobody has named anything yet."""
    monday = story.at(until - timedelta(days=until.weekday()), 3, 30)
    asked = EmergingLook.objects.create(codebook=Codebook.objects.get(), asked_at=monday)
    looks.look(look=asked, on=until)
    EmergingLook.objects.update(done_at=monday + timedelta(minutes=1))


def analyse():
    """Without figures of its tables PostgreSQL plans for large ones, and may never look by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def service():
    """The made-up service as its file tells it."""
    return tomllib.loads((story.HERE / "people.toml").read_text())


def add_units():
    units = {}
    for told in service()["unit"]:
        parent = units.get(told.pop("parent", None))
        units[told["code"]] = Unit.objects.create(parent=parent, **told)
    return units


def organisation_of(units):
    return next(unit for unit in units.values() if unit.parent is None)


def add_people(units, since):
    """People by their code, each with a role on one unit or more, all with the one password."""
    told = service()
    joined_at = story.at(since, 9, 0)
    password = make_password(told["password"])
    people = {
        each["code"]: User(
            organisation=organisation_of(units),
            email=email_of(each),
            name=each["name"],
            post=each["post"],
            password=password,
            date_joined=joined_at,
        )
        for each in told["person"]
    }
    User.objects.bulk_create(people.values())
    Role.objects.bulk_create(
        Role(user=people[each["code"]], unit=units[unit], kind=kind, given_at=joined_at)
        for each in told["person"]
        for kind, unit in each["roles"]
    )
    return people


def email_of(person):
    return f"{person['code']}@harrowmere.example"


def add_framework(unit, by, until):
    """The framework in two published versions, and what passages and criteria are tied to."""
    loading.load_shared()
    first = loading.load_framework_version(WORKING_ALONGSIDE[1], unit=unit, number=1)
    publish(first, by, FIRST_CHANGE_NOTE, story.first_of(1, until))
    second = loading.load_framework_version(WORKING_ALONGSIDE[2], unit=unit, number=2)
    from_then_on = story.first_of(story.SECOND_VERSION_FROM, until)
    loading.load_lineage(second, first, by=by, at=published_on(from_then_on))
    publish(second, by, second.change_note, from_then_on)
    add_second_language(second)
    loading.load_codebook(unit)
    loading.load_standards()
    loading.tie_crosswalk(second)
    tie_to_a_second_standard(second, by)
    return second.framework


def add_second_language(version):
    """Some of the version's words in a second language, so that what is missing is seen as well."""
    told = tomllib.loads((story.HERE / "second_language.toml").read_text())
    language = SecondLanguage.objects.create(version=version, tag=told["tag"], name=told["name"])
    SecondWording.objects.bulk_create(
        SecondWording(language=language, first=first, second=second)
        for first, second in told["words"].items()
    )


def publish(version, by, change_note, effective_on):
    """As the action does, but a week before it held: once published, no moment can be put right."""
    earlier = version.framework.versions.filter(published_at__isnull=False, retired_on=None)
    earlier.update(retired_on=effective_on)
    FrameworkVersion.objects.filter(pk=version.pk).update(
        change_note=change_note,
        effective_on=effective_on,
        published_at=published_on(effective_on),
        published_by=by,
        announced_at=timezone.make_aware(datetime.combine(effective_on, time(0, 1))),
    )


def published_on(effective_on):
    return timezone.make_aware(datetime.combine(effective_on - timedelta(days=7), time(11)))


def add_schedules(units, people, until):
    BriefingSchedule.objects.bulk_create(
        BriefingSchedule(
            unit=units[code],
            starts_on=story.first_of(month, until),
            approver=people[APPROVERS[code]],
        )
        for code, month in story.BRIEFED_FROM.items()
    )


def sign_ins():
    """One line for each role: who to sign in as, and with what."""
    told = service()
    rows = [("Role", "Name", "Email", "Password")]
    rows += [
        (each["shown_as"], each["name"], email_of(each), told["password"])
        for each in told["person"]
        if "shown_as" in each
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
