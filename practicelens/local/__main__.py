"""The commands that the Makefile calls, inside `.venv`."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from . import browser, demo, meaning, postgres, styles
from .environment import like_production, with_services
from .locks import open_lock, taken
from .places import DEMO, ROOT, TEST
from .services import Services, needed
from .stamps import fingerprint, fresh, mark
from .supervisor import Supervisor
from .words import Trouble, end_with, quietly

TEST_RUNS_AT_ONCE = 15  # each has a database and a broker number of its own; there are 16 numbers
CORES = os.cpu_count() or 1
# Tests read by words alone, unless they are about the model: reading takes seconds in every process.
NO_SENTENCE_MODEL = TEST / "no-sentence-model"


# Where the tests are that keep the machine busy themselves (marked "alone").
ALONE = ["tests/jobs/test_processes.py", "tests/reports/test_faults.py", "tests/local"]


def side_by_side(processes, *where):
    by_file = ["--dist", "loadfile", "--no-loadscope-reorder"]
    return ["-m", "not alone", "-n", str(processes), *by_file, *where]


# Most tests side by side; then those that drive a browser, of which one works while another waits;
# then, one at a time, those that want the machine to themselves. To look for tests takes each
# process ten seconds, so each part looks only where its own are.
TEST_PARTS = [
    side_by_side(CORES, "--ignore", "tests/browser"),
    side_by_side(CORES + 1, "tests/browser"),
    ["-m", "alone", *ALONE],
]


def main(name, *arguments):
    return COMMANDS[name](*arguments)


def run(command, environment):
    """Run in the foreground and pass its exit code on. Ctrl-C is the command's to answer."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def python(*arguments):
    return [sys.executable, *arguments]


def manage(*arguments):
    with needed(Services(DEMO)) as services:
        return run(python("manage.py", *arguments), with_services(services.product_addresses()))


def seed(*arguments):
    meaning.ensure()
    with needed(Services(DEMO)) as services:
        environment = with_services(services.product_addresses())
        demo.migrate(environment)
        return run(python("manage.py", "seed", *arguments), environment)


def test(*arguments):
    styles.ensure()
    meaning.ensure()
    chromium = browser.ensure()
    with own_test_services() as environment:
        environment |= {"PL_CHROMIUM": chromium, "SENTENCE_MODEL": str(NO_SENTENCE_MODEL)}
        # Whoever wants no bytecode beside the sources waits for it anew in every process.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if arguments:
            return run(python("-m", "pytest", *arguments), environment)
        # Both parts are run, so that one failure does not hide another.
        return max(run(python("-m", "pytest", *part), environment) for part in TEST_PARTS)


@contextmanager
def own_test_services():
    """Services apart from the demo's, and in them a place apart from other runs of the tests."""
    with needed(Services(TEST, careless=True)) as services, free_number() as number:
        yield with_services(services.addresses(f"practicelens_{number}", number))


@contextmanager
def free_number():
    for number in range(1, TEST_RUNS_AT_ONCE + 1):
        with open_lock(TEST / f"run-{number}.lock") as lock:
            if taken(lock):
                yield number
                return
    raise Trouble(f"{TEST_RUNS_AT_ONCE} runs of the tests are going on here. Wait for one to end.")


def briefing(*arguments):
    """From the seeded observations to the month's briefing, background work included."""
    styles.ensure()
    meaning.ensure()
    with needed(Services(DEMO)) as services:
        environment = with_services(services.product_addresses())
        demo.prepare(environment)
        with Supervisor(services, environment) as supervisor:
            supervisor.start("briefing-worker", demo.worker())
            return run(python("manage.py", "briefing_demo", *arguments), environment)


def check():
    """Every check is run, so that one failure does not hide another."""
    styles.ensure()
    codes = [
        run(python("-m", "ruff", "check", "."), None),
        run(python("-m", "ruff", "format", "--check", "."), None),
        run([Path(sys.executable).with_name("djangofmt"), "--check", "."], None),
        manage("makemigrations", "--check", "--dry-run"),
        run(
            python("manage.py", "check", "--deploy", "--fail-level=WARNING"),
            like_production(),
        ),
    ]
    return max(codes)


def bench(*arguments):
    lock = ROOT / "requirements-bench.lock"
    if not fresh("bench", fingerprint(lock)):
        quietly(
            "Setting up the benchmark's packages",
            python("-m", "pip", "install", "--require-hashes", "-r", lock),
            "Look whether this machine reaches its package index, then run the command again.",
        )
        mark("bench", fingerprint(lock))
    styles.ensure()
    meaning.ensure()
    chromium = browser.ensure()
    with own_test_services() as environment:
        environment |= {"PL_CHROMIUM": chromium}
        return run(python("-m", "tests.bench", *arguments), environment)


def clean():
    """Remove what the services keep. `bootstrap` removes the rest."""
    with open_lock(DEMO / "demo.lock") as lock:
        if not taken(lock):
            raise Trouble("PracticeLens is running from this folder. Stop it with Ctrl-C first.")
        for home in (DEMO, TEST):
            services = Services(home)
            services.stop()
            postgres.remove(services.cluster)
    return 0


COMMANDS = {
    "demo": demo.run,
    "manage": manage,
    "seed": seed,
    "test": test,
    "briefing": briefing,
    "check": check,
    "bench": bench,
    "clean": clean,
}

if __name__ == "__main__":
    end_with(main, *sys.argv[1:])
