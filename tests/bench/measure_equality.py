"""Whether cells counted bit by bit are those that counting everything gives. Nothing is timed."""

from contextlib import ExitStack

from observations.models import DirtyCell
from reports.cells.rollup import differences, roll_up_dirty
from tests.bench.data import SEED
from tests.bench.timing import all_of
from tests.reports.rig import python

NO_BROKER = "redis://127.0.0.1:9/0"  # what is changed nudges nobody


def measure(databases, run):
    """After changes at random by two processes at once, which roll up between them."""
    with databases.of(run.sizes[0]):
        change(run.changes)
        while roll_up_dirty().dirty_cells:
            pass
        wrong = len(differences()) + DirtyCell.objects.count()
    name = f"cells wrong after {run.changes:,} changes by two processes"
    yield all_of(name, run.sizes[0], wrong, 0)


def change(count):
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                python("-m", "tests.reports.random_changes", SEED + which, count // 2,
                       broker_url=NO_BROKER)
            )
            for which in range(2)
        ]  # fmt: skip
        assert [each.wait() for each in started] == [0, 0]
