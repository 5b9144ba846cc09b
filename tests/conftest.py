"""The people and the small tree that the tests' stories are about.

    organisation
        service
            team            the practitioner's
            sibling_team
    other_organisation
        other_team          the stranger's

Each person has a client of their own that is signed in: `psw` and `psw_client`. Warnings are
errors, and settings come from the environment, as everywhere.
"""

import gc
from datetime import timedelta
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test import Client
from django.utils import timezone
from xdist.scheduler import LoadFileScheduling

from practicelens.people.models import Role
from tests import as_read, clock, databases
from tests.factories import (
    CodebookFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RoleFactory,
    ThemeFactory,
    UnitFactory,
    UserFactory,
)


def pytest_configure(config):
    travel = clock.at(clock.of_this_run())
    travel.start()
    config.add_cleanup(travel.stop)
    # Nobody collects static files for a test: take them as they lie.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.WHITENOISE_AUTOREFRESH = True
    # Nobody guesses a password here: hashing one as slowly as people need takes a third of a second.
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]
    as_read.read_so()


def pytest_collection_finish():
    """What is loaded by now stays to the end: going through it for garbage is an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_generate_tests(metafunc):
    if any(mark.name == "any_day" for mark in metafunc.definition.iter_markers()):
        days = [None, *clock.DAYS.values()]
        metafunc.parametrize("any_day", days, ids=["today", *clock.DAYS], indirect=True)


TOGETHER = {
    # They read everything there is (tests/access/crawling.py), which is done once for all of them.
    "tests/access, read together": [
        f"tests/access/test_{name}.py"
        for name in ("canaries", "headers", "links", "reading_writes_nothing", "typed_words")
    ],
    # While one process fills the demonstration's database, another would wait for it.
    "tests, of the demonstration": [
        "tests/demo/test_main_job.py",
        "tests/demo/test_seed.py",
        "tests/demo/test_worked_out.py",
        "tests/reports/test_paper_pages.py",
    ],
}
# Many tests of a file that share a small world, or pages that are only looked at.
DEALT_OUT = {
    "tests/access/": 8,
    "tests/browser/test_access.py": 6,
    "tests/browser/test_looks.py": 2,
}


class SharedTogether(LoadFileScheduling):
    """Where tests run side by side, those that share what is dear to make stay in one process.

    Where there are many, they are dealt out in shares, to be spread evenly.
    """

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        for name, files in TOGETHER.items():
            if file in files:
                return name
        for start, shares in DEALT_OUT.items():
            if file.startswith(start):
                return f"{start}, share {crc32(nodeid.encode()) % shares}"
        return file


def pytest_xdist_make_scheduler(config, log):
    return SharedTogether(config, log)


@pytest.fixture(autouse=True)
def any_day(request):
    """The day on which a test runs that is marked `any_day`."""
    moment = getattr(request, "param", None)
    if moment is None:
        yield
        return
    with clock.at(moment):
        yield


@pytest.fixture
def machines_clock():
    """For a test together with other processes: they know no other."""
    with clock.at(clock.of_the_machine()):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """The tests' database is a copy of one that is migrated (see databases.py)."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"] |= {"TEMPLATE": databases.migrated(), "MIGRATE": False}


@pytest.fixture(scope="session", autouse=True)
def all_can_be_emptied():
    """Between tests that commit, every table is emptied; what Django fills stays as it is."""
    operations = type(connection.ops)  # each thread has a connection of its own
    operations.execute_sql_flush = databases.empty
    flush.emit_post_migrate_signal = lambda *_, **__: None


@pytest.fixture(scope="session", autouse=True)
def nobody_left_behind(django_db_setup, django_db_blocker):
    """Ends what a killed worker or a closed page left open, or the test database could not go."""
    yield
    if connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
        with django_db_blocker.unblock():
            # It and those in its pool may have been ended already, from where the browser runs.
            connection.close()
            connection.close_pool()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demonstration's service in a database of its own, on the day that its story ends on."""
    with (
        django_db_blocker.unblock(),
        databases.copied(databases.seeded()),
        clock.at(clock.NOW),
    ):
        yield


# The tree


@pytest.fixture
def organisation(db):
    return UnitFactory(organisation=True, code="harrow", name="Harrow Children's Service")


@pytest.fixture
def service(organisation):
    return UnitFactory(service=True, code="help", name="Help and protection", parent=organisation)


@pytest.fixture
def team(service):
    return UnitFactory(code="river", name="River", parent=service)


@pytest.fixture
def sibling_team(service):
    return UnitFactory(code="field", name="Field", parent=service)


@pytest.fixture
def other_organisation(db):
    return UnitFactory(organisation=True, code="elsewhere", name="Elsewhere")


@pytest.fixture
def other_team(other_organisation):
    return UnitFactory(code="far", name="Far", parent=other_organisation)


# The people, each with the one role they are called after


def person(name, kind, unit):
    return RoleFactory(user__name=name, kind=kind, unit=unit).user


@pytest.fixture
def psw(service):
    """The practice leader of the service: sees team and sibling_team."""
    return person("Marian Osei", Role.Kind.PSW, service)


@pytest.fixture
def practitioner(team):
    return person("Priya Nair", Role.Kind.PRACTITIONER, team)


@pytest.fixture
def leader(organisation):
    return person("Ruth Calder", Role.Kind.LEADER, organisation)


@pytest.fixture
def framework_admin(organisation):
    return person("Joel Amadi", Role.Kind.FRAMEWORK_ADMIN, organisation)


@pytest.fixture
def governance(organisation):
    return person("Fiona Baird", Role.Kind.GOVERNANCE, organisation)


@pytest.fixture
def system_admin(organisation):
    return person("Lee Carver", Role.Kind.SYSTEM_ADMIN, organisation)


@pytest.fixture
def stranger(other_team):
    """A practice leader of another organisation."""
    return person("Sam Stranger", Role.Kind.PSW, other_team)


@pytest.fixture
def nobody(organisation):
    """Somebody of the organisation who may sign in and holds no role."""
    return UserFactory(name="Nina Nobody", organisation=organisation)


# Their clients


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ended_session(client):
    """Lets somebody's session end in a browser. What it sends from then on comes from our pages."""

    def end(user):
        client.force_login(user)
        Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
        client.defaults["HTTP_ORIGIN"] = "http://testserver"
        return client

    return end


@pytest.fixture
def psw_client(psw):
    return signed_in(psw)


@pytest.fixture
def practitioner_client(practitioner):
    return signed_in(practitioner)


@pytest.fixture
def leader_client(leader):
    return signed_in(leader)


@pytest.fixture
def framework_admin_client(framework_admin):
    return signed_in(framework_admin)


@pytest.fixture
def governance_client(governance):
    return signed_in(governance)


@pytest.fixture
def system_admin_client(system_admin):
    return signed_in(system_admin)


@pytest.fixture
def stranger_client(stranger):
    return signed_in(stranger)


@pytest.fixture
def nobody_client(nobody):
    return signed_in(nobody)


# Mail that does not go


@pytest.fixture
def mail_off(settings):
    """No mail is sent from here at all, as in the demonstration."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def mail_down(settings):
    """A mail server that does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


# What the stories need


@pytest.fixture
def framework_version(organisation):
    """A small version in use over the organisation: criteria 1.1, 1.2 and 2.1."""
    return FrameworkVersionFactory(framework__unit=organisation)


@pytest.fixture
def codebook(organisation):
    return CodebookFactory(unit=organisation)


@pytest.fixture
def theme(codebook):
    return ThemeFactory(codebook=codebook)


@pytest.fixture
def draft(framework_version, team, psw, practitioner):
    return ObservationFactory(unit=team, observer=psw, practitioner=practitioner)


@pytest.fixture
def observation(framework_version, team, psw, practitioner):
    """Submitted by the practice leader, about the practitioner, in the team; not shared yet."""
    return ObservationFactory(unit=team, observer=psw, practitioner=practitioner, submitted=True)


@pytest.fixture
def shared_observation(framework_version, team, psw, practitioner):
    return ObservationFactory(unit=team, observer=psw, practitioner=practitioner, shared=True)
