"""What the fault tests stand on: a broker and a worker of their own, and one measure of right."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
from django.conf import settings
from django.db import connection

from observations.models import DirtyCell, Observation
from reports.cells.rollup import differences


def everything_is_counted():
    """No mark is left, and every stored cell is what a recount from the rows gives."""
    return not DirtyCell.objects.exists() and differences() == []


def everything_is_done():
    uncoded = Observation.objects.counted().filter(coded_at=None)
    return not uncoded.exists() and everything_is_counted()


def until(true, within=20):
    """Look again and again until something is true; fail if it is not in so many seconds."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"{true.__name__} did not come true in {within} s"
        time.sleep(0.02)


def environment(broker_url):
    """The variables with which another process finds the database of the tests and a broker."""
    # The address may name a socket, which only its own form of writing can: change just the name.
    place, _, name = os.environ["DATABASE_URL"].rpartition("/")
    _, mark, options = name.partition("?")
    return os.environ | {
        "DATABASE_URL": f"{place}/{connection.settings_dict['NAME']}{mark}{options}",
        "DATABASE_POOL": "0",
        "REDIS_URL": broker_url,
        "CELERY_BROKER_URL": broker_url,
        "LOG_LEVEL": "ERROR",
    }


def python(*arguments, broker_url, **options):
    """Another Python process on the same database and a broker."""
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env=environment(broker_url),
        cwd=settings.BASE_DIR,
        **options,
    )


@contextmanager
def worker(broker_url, log, processes=1):
    """A real worker, ready for work inside the block; yields its process."""
    command = ["-m", "celery", "-A", "practicelens", "worker", "--loglevel", "ERROR"]
    command += ["--concurrency", processes, "--without-gossip", "--without-mingle"]
    with log.open("ab") as output:
        started = python(
            *command, broker_url=broker_url, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield started
    finally:
        end(started)


def end(process):
    """Kill a process and its children, if it still runs, and wait for it."""
    if process.poll() is None:
        for each in [*psutil.Process(process.pid).children(recursive=True), process]:
            each.kill()
        process.wait(10)
