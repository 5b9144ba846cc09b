"""What is said to the person at the keyboard."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

from .places import LOGS, ROOT

SLOW = 2
open_line = None  # the step whose line on the screen has no end yet


class Trouble(Exception):
    """Something that a person has to put right; its text says what happened and what to do."""


def end_with(run, *arguments):
    """Run, and end with its exit code; what a person has to put right is said in plain words."""
    try:
        sys.exit(run(*arguments))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except PermissionError as error:
        sys.exit(f"{error}. Another user may have made it: run this as that user.")
    except KeyboardInterrupt:
        sys.exit(130)


def say(sentence):
    print(sentence, flush=True)


@contextmanager
def step(name):
    """Tell of a piece of work that takes over two seconds, and how long it took."""
    began = time.monotonic()
    told = threading.Event()
    timer = threading.Timer(SLOW, announce, (name, told))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if told.is_set():
            announce_end(name, f"{time.monotonic() - began:.0f} s")


def announce(name, told):
    """Two steps at once have a line each."""
    global open_line
    told.set()
    sys.stdout.write(f"\n{name} ..." if open_line else f"{name} ...")
    sys.stdout.flush()
    open_line = name


def announce_end(name, took):
    global open_line
    if open_line == name:
        say(f" {took}")
    else:
        say(f"\n{name}: {took}" if open_line else f"{name}: {took}")
    open_line = None


def last_lines(log, count=15):
    with suppress(FileNotFoundError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    return ""


def quietly(name, command, advice, **options):
    """Run a command with its output in a log; if it fails, say so with the end of that log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name.lower().replace(' ', '-')}.log"
    options = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT} | options
    with step(name), log.open("wb") as output:
        done = subprocess.run(
            [str(part) for part in command], stdout=output, check=False, **options
        )
    if done.returncode:
        raise Trouble(f"{name} failed. {advice}\nThe end of {log}:\n{last_lines(log)}")
