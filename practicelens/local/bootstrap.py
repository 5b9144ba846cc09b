"""Makes `.venv` from the two locks of packages and goes on inside it.

Runs under the machine's own Python, so it and what it imports use the standard library alone.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from threading import Thread

from . import browser, meaning, styles
from .locks import alone
from .places import COLLECTED, LOCAL, NODE_MODULES, PYTHON, ROOT, STYLES, VENV
from .stamps import fingerprint, fresh, mark
from .words import Trouble, end_with, quietly, say

# What a service runs with, then what the local services and the tests add.
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-local.lock"]
# What these commands need besides packages, and can have without them.
ALL = [browser.without_packages, styles.without_packages, meaning.without_packages]
BESIDE_PACKAGES = {
    **dict.fromkeys(("test", "bench"), ALL),
    **dict.fromkeys(("demo", "seed", "briefing"), ALL[2:]),
}
NO_VENV = (
    "This Python cannot make virtual environments: its part ensurepip is missing. "
    "On Debian or Ubuntu install it with: apt-get install python3-venv"
)


def main(arguments):
    os.chdir(ROOT)
    if arguments == ["clean"]:
        return clean()
    with alone(LOCAL / "setup.lock", on_wait=tell_of_waiting):
        ensure_packages(arguments[0])
    return go_on(arguments)


def tell_of_waiting():
    say("Another command is setting this project up. Waiting for it to finish.")


def ensure_packages(command):
    """The tests compile what they import, which is a quarter of what there is, as they import it."""
    value = fingerprint(*LOCKS, sys.version)
    if fresh("packages", value) and PYTHON.exists():
        return
    make_environment()
    with meanwhile(BESIDE_PACKAGES.get(command, [])):
        quietly(
            "Setting up Python packages",
            [
                *(PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps"),
                *(["--no-compile"] if command == "test" else []),
                *(part for lock in LOCKS for part in ("-r", lock)),
            ],
            "Look whether this machine reaches its package index, then run the command again.",
        )
    mark("packages", value)


@contextmanager
def meanwhile(works):
    """Do these beside what is in the block. What goes wrong is told when they are needed."""
    threads = [Thread(target=without_trouble, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def without_trouble(work):
    with suppress(Trouble, OSError, subprocess.SubprocessError):
        work()


def make_environment():
    """One that works under this Python stays, wherever it is kept: new packages go into it."""
    if same_python():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(NO_VENV)
    command = [sys.executable, "-m", "venv", VENV]
    if VENV.exists():
        command.append("--clear")
    quietly("Making the Python environment", command, "Remove the folder .venv and try again.")


def same_python():
    """Whether what is in `.venv` still works, under the Python that runs this."""
    try:
        told = subprocess.run(
            [PYTHON, "-c", "import sys; print(sys.version)"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return told.stdout.strip() == sys.version


def go_on(arguments):
    os.execv(PYTHON, [str(PYTHON), "-m", "practicelens.local", *arguments])


def clean():
    """Remove all that was made here. What is outside the project goes first: it needs `.venv`."""
    if LOCAL.exists():
        if not PYTHON.exists():
            ensure_packages("clean")
        done = subprocess.run([PYTHON, "-m", "practicelens.local", "clean"], check=False)
        if done.returncode:
            return done.returncode
    for folder in (VENV, NODE_MODULES, STYLES, COLLECTED, LOCAL):
        shutil.rmtree(folder, ignore_errors=True)
    say("Removed the packages, the styles and the data that were made here.")
    return 0


if __name__ == "__main__":
    end_with(main, sys.argv[1:])
