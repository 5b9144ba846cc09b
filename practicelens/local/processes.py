"""Starting, recognising and ending processes."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress

import psutil

from .words import Trouble, last_lines

PARENT_DEATH = 1  # PR_SET_PDEATHSIG
STARTED = []  # kept, so that Python does not warn of a server that is meant to outlive us


def start(command, *, log, **options):
    """Start a process in a session of its own, so that Ctrl-C reaches only who started it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
    STARTED.append(process)
    return process


def end_with_parent():
    """In a new child on Linux: be told to stop when the starter is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)


def identity(pid):
    """A process by number and by when it began, since numbers are used again."""
    return [pid, psutil.Process(pid).create_time()]


def find(known):
    """The process with this identity, or None if it has ended."""
    if not known:
        return None
    with suppress(psutil.Error):
        process = psutil.Process(known[0])
        if process.create_time() == known[1] and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def end(process, *, by=signal.SIGTERM, within=20):
    """Ask a process to end, wait, and then end it and what is left of its session."""
    with suppress(psutil.Error, ProcessLookupError):
        process.send_signal(by)
    if not ended(process, within):
        with suppress(psutil.Error, ProcessLookupError):
            process.kill()
        ended(process, 5)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def ended(process, within):
    """Whether the process, ours or one found, ends in so many seconds."""
    try:
        process.wait(within)
    except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
        return False
    except psutil.Error:
        return True
    return True


def failed(what, log):
    """The trouble to raise when a service did not come up."""
    return Trouble(f"{what} did not start. The end of {log}:\n{last_lines(log)}")
