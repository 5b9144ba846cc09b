"""Every measure of the bench, run once on next to nothing: none has come apart from the product."""

import gc
import gzip
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection

from observations.models import Observation
from tests.bench import bench, data, databases, measure_pdf, measure_web
from tests.bench.frame import frame
from tests.bench.runs import Run
from tests.reports.sample_content import content

pytestmark = pytest.mark.django_db(transaction=True)

TINY = Run(sizes=(20, 40), base=20, times=1, rounds=1, changes=4, tasks=2)


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
    monkeypatch.setattr(measure_web, "squeezed", lambda read: len(gzip.compress(read)))


@pytest.fixture(autouse=True)
def little_to_collect():
    """Garbage is collected before each time that is taken; what the tests hold is none."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", bench.MEASURES)
def test_every_measure_runs(name, without_rivals):
    lines = list(import_module(f"tests.bench.{name}").measure(Here(), TINY))

    assert lines
    assert all(len(line.cells()) == len(bench.HEAD) for line in lines)


def test_a_database_of_each_size_is_made_and_gone_at_the_end(monkeypatch):
    monkeypatch.setattr(databases, "frame", lambda: None)
    monkeypatch.setattr(databases, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(databases, "fill", lambda size: None)
    home = connection.settings_dict["NAME"]

    with databases.Databases() as made:
        with made.of(20), connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            within = cursor.fetchone()[0]
        assert databases_there() >= {f"{home}_bench", f"{home}_bench_20"}

    assert within == f"{home}_bench_20"
    assert connection.settings_dict["NAME"] == home
    assert not databases_there() & {f"{home}_bench", f"{home}_bench_20"}


def databases_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}
