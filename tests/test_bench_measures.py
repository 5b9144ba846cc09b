"""Every measure of the bench, run once on next to nothing: none has come apart from the product."""

import gc
import random
from contextlib import contextmanager
from importlib import import_module

import pytest

from tests.bench import bench, data, measure_pdf
from tests.bench.runs import Run

pytestmark = pytest.mark.django_db(transaction=True)

TINY = Run(sizes=(20, 40), base=20, times=1, rounds=1)


class Here:
    """The tests' own database, in place of one for each size."""

    def __init__(self):
        self.dice = random.Random(data.SEED)
        self.is_filled = False

    @contextmanager
    def of(self, size):
        if not self.is_filled:
            data.frame()
            data.fill(size)
            self.is_filled = True
        yield


@pytest.fixture
def without_weasyprint(monkeypatch):
    """It is the bench's own package, and is not there."""
    monkeypatch.setattr(measure_pdf, "by_weasyprint", lambda briefing: briefing)


@pytest.fixture(autouse=True)
def little_to_collect():
    """Garbage is collected before each time that is taken; what the tests hold is none."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", bench.MEASURES)
def test_every_measure_runs(name, without_weasyprint):
    lines = list(import_module(f"tests.bench.{name}").measure(Here(), TINY))

    assert lines
    assert all(line.product_ms > 0 and line.reference_ms > 0 for line in lines)
    assert all(len(line.cells()) == len(bench.HEAD) for line in lines)
