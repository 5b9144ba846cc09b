"""A real Chromium before the running product, watched for what must never happen.

The pages are served from the test database by a thread, and each test has browser contexts of its
own. `visit` opens one: `visit(psw)` is a phone on which the practice leader is signed in.
"""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.template import engines
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Page, expect, sync_playwright

from practicelens.local.browser import NAMES
from tests.browser import axe
from tests.browser.serving import Server
from tests.browser.watching import Watch

# Playwright runs a loop of its own in this thread, and Django then refuses its database here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}
# Most browsers send nothing while no page is open, and what a worker sends no test can cut.
NO_SYNC = "delete window.SyncManager"
LEFT_BEHIND = "local_storage,indexeddb,cache_storage,service_workers"
PATIENCE = 30_000  # milliseconds; for what answers at once when two cores are not busy


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


def chromium_path():
    found = os.environ.get("PL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(
            "The browser tests need Chromium. Install Chromium or Google Chrome, or set "
            "PL_CHROMIUM to the path of one."
        )
    return found


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path())
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def own_database(django_db_setup, django_db_blocker):
    """A test database, also when no test of the run is marked as needing one.

    pytest-django makes one only where it finds such a mark, and `seeded` must never meet another.
    """
    is_made = connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX)
    aliases = set() if is_made else {DEFAULT_DB_ALIAS}
    with django_db_blocker.unblock():
        made = setup_databases(0, False, aliases=aliases, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        end_other_sessions()
        teardown_databases(made, verbosity=0)


def end_other_sessions():
    """A page that was closed may have left its request to the server's thread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def server(own_database):
    """The product, serving the test database at `server.address`."""
    thread = Server("127.0.0.1", static_handler=StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield thread
    thread.terminate()


@pytest.fixture
def real_pages(monkeypatch):
    """Pages as people get them.

    --fail-on-template-vars puts an object that is true in place of what is not there, so that
    "if observation.reply" would hold for a note that nobody has answered.
    """
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def watch(server, real_pages):
    """Fails the test if any page of it left the product, was in error, or broke its policy."""
    watch = Watch(server.address)
    yield watch
    assert watch.faults == []


@pytest.fixture
def visit(chromium, server, watch):
    """Opens a page in a context of its own, signed in as the user if there is one."""
    contexts = []

    def visit(user=None, path="/", *, size=PHONE, scripts=True, syncs=False) -> Page:
        context = chromium.new_context(
            viewport=size,
            base_url=server.address,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if not syncs:
            context.add_init_script(NO_SYNC)
        watch.follow(context)
        if user is not None:
            sign_in_by_cookie(context, user, server.address)
        page = context.new_page()
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    server.wait_until_idle()


@pytest.fixture(scope="module")
def window(chromium, server):
    """One for all the tests of a module in which pages are only looked at.

    A browser that has read the product's files, and axe, once takes half the time for the next page:
    it stays in one process as long as each page leads to another of the product.
    """
    context = chromium.new_context(base_url=server.address, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NO_SYNC)
    context.add_init_script(axe.AT_ONCE)
    watch = Watch(server.address)
    watch.follow(context)
    yield context.new_page(), watch
    context.close()
    server.wait_until_idle()
    assert watch.faults == []


@pytest.fixture
def look(window, server, real_pages):
    """Opens a page where nothing is typed or sent. Afterwards all that it left in the window goes."""
    page, watch = window

    def look(user, path) -> Page:
        if user is not None:
            sign_in_by_cookie(page.context, user, server.address)
        page.set_viewport_size(PHONE)
        if page.url.partition("#")[0] == server.address + path.partition("#")[0]:
            # Or it would stay as it is, and only another part of it be shown.
            page.goto("about:blank")
        page.goto(path)
        return page

    yield look
    forget(page, server.address)
    faults, watch.faults = watch.faults, []
    assert faults == []


def forget(page, address):
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": LEFT_BEHIND})
    tools.detach()
    page.context.clear_cookies()
    page.emulate_media(media="null", color_scheme="null", forced_colors="null")


def sign_in_by_cookie(context, user, address):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.fixture(scope="module")
def seeded(own_database, seeded):
    """The demonstration's service, once for a module whose tests only look."""
