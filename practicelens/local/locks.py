"""Locks between runs. The kernel lets go of one when its holder ends, however it ends."""

import fcntl
from contextlib import contextmanager


def open_lock(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def taken(file, kind=fcntl.LOCK_EX):
    """Take the lock if it is free; say whether it was."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def alone(path, on_wait=None):
    """Hold the lock at `path`, waiting for whoever has it."""
    with open_lock(path) as file:
        if not taken(file):
            if on_wait:
                on_wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def together(path):
    """Hold the lock at `path` with any number of others; yields a way to ask "am I the last?"."""
    with open_lock(path) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield lambda: taken(file)
