"""Every measure of the bench, run once on next to nothing: none has come apart from the product."""

import gc
import gzip
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import connection

from observations.models import Observation
from tests.bench import (
    bench,
    data,
    databases,
    growth,
    growth_jobs,
    growth_pages,
    measure_hostile_text,
    measure_pdf,
    measure_phone,
    measure_web,
)
from tests.bench import frame as frames
from tests.bench.frame import frame
from tests.bench.runs import Run
from tests.reports.sample_content import content

pytestmark = pytest.mark.django_db(transaction=True)

TINY = Run(sizes=(20, 40), base=20, times=1, rounds=1, changes=4, tasks=2, issues=5)


class Here:
    """The tests' own database, in place of one for each size."""

    def __init__(self):
        self.is_filled = False

    @contextmanager
    def of(self, size):
        if not self.is_filled:
            frame()
            data.fill(size)
            assert Observation.objects.counted().count() == size
            self.is_filled = True
        yield


@pytest.fixture
def without_rivals(monkeypatch):
    """What the product is held against comes with packages of the bench's own."""
    monkeypatch.setattr(measure_pdf, "by_weasyprint", measure_pdf.as_html)
    monkeypatch.setattr(measure_pdf, "by_chromium", lambda: measure_pdf.as_html(content()))
    monkeypatch.setattr(measure_phone, "times_on_a_phone", lambda times: ([900.0], [400.0]))
    monkeypatch.setattr(measure_web, "squeezed", lambda read: len(gzip.compress(read)))


@pytest.fixture
def few_hostile_texts(monkeypatch):
    """The bench reads them all; what each reader makes of each is in tests/observations."""
    few = measure_hostile_text.TOKENS[::9]
    monkeypatch.setattr(measure_hostile_text, "TOKENS", few)


@pytest.fixture(autouse=True)
def few_teams_and_texts(monkeypatch):
    """A frame and words for next to nothing: for a million they took most of the time."""
    monkeypatch.setattr(frames, "SERVICES", 4)
    monkeypatch.setattr(frames, "TEAMS", 8)
    monkeypatch.setattr(frames, "OBSERVERS", 8)
    monkeypatch.setattr(data, "DIFFERENT_TEXTS", 40)


@pytest.fixture(autouse=True)
def little_to_collect():
    """Garbage is collected before each time that is taken; what the tests hold is none."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", bench.MEASURES)
def test_every_measure_runs(name, without_rivals, few_hostile_texts):
    lines = list(import_module(f"tests.bench.{name}").measure(Here(), TINY))

    assert lines
    assert all(len(line.cells()) == len(bench.HEAD) for line in lines)


@pytest.mark.parametrize("kind", [growth_pages.pages, growth_jobs.jobs])
def test_every_page_and_job_has_its_curve(kind):
    one_size = replace(TINY, sizes=TINY.sizes[:1])

    curves = growth.grown(Here(), one_size, kind)

    assert curves
    assert all(each.times.keys() == set(one_size.sizes) for each in curves)
    assert all(
        len(each.cells(one_size.sizes)) == len(growth.head(one_size.sizes)) for each in curves
    )


def test_the_first_form_is_weighed_with_the_scripts_that_its_scripts_import(psw_client):
    page = '<script type="module" src="/static/js/offline/shell.js"></script>'

    found = measure_web.linked(psw_client, page, r'src="(/static/[^"]+)"')

    assert {"/static/js/offline/store.js", "/static/build/idb.js"} < found.keys()


def test_a_database_of_each_size_is_made_and_gone_at_the_end(monkeypatch):
    monkeypatch.setattr(databases, "frame", lambda: None)
    monkeypatch.setattr(databases, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(databases, "fill", lambda size: None)
    home = connection.settings_dict["NAME"]

    with ThreadPoolExecutor(1) as thread:
        within, there, after = thread.submit(made_and_gone).result()

    assert within == f"{home}_bench_20"
    assert there >= {f"{home}_bench", f"{home}_bench_20"}
    assert not after & {f"{home}_bench", f"{home}_bench_20"}


def made_and_gone():
    """On a connection of this thread, without a pool: that would stay in the database it began in."""
    options = {**connection.settings_dict["OPTIONS"]}
    options.pop("pool", None)
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    with databases.Databases() as made:
        with made.of(20), connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            within = cursor.fetchone()[0]
        there = databases_there()
    return within, there, databases_there()


def databases_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        found = {name for (name,) in cursor.fetchall()}
    connection.close()
    return found
