"""A Chromium for the browser tests: the machine's, Debian's, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from .locks import alone
from .places import LOCAL
from .words import Trouble, quietly

# Without windows of its own to draw, the same Chromium does with a third of the processor's time.
SHELL = "chromium-headless-shell"
NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
ON_A_MAC = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
NONE = (
    "The browser tests need Chromium, and it could be neither found nor installed. Install "
    "Chromium or Google Chrome, or set PL_CHROMIUM to the path of one, and run this again."
)


def ensure():
    """The path of a Chromium that starts; installs one if there is none."""
    found = without_packages()
    if not found:
        with alone(LOCAL / "browser.lock"):
            found = from_playwright()
    if not found:
        raise Trouble(NONE)
    return found


def without_packages():
    """The same while the project's packages are still being set up: None where it takes those."""
    with alone(LOCAL / "browser.lock"):
        return on_the_machine() or from_debian()


def on_the_machine():
    named = os.environ.get("PL_CHROMIUM")
    if named:
        return named
    candidates = [shutil.which(name) for name in NAMES] + ON_A_MAC
    return next((path for path in candidates if path and runs([path, "--version"])), None)


def runs(command):
    """Whether it works: a Chromium that only points at a snap may not."""
    try:
        subprocess.run(command, capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def from_debian():
    rights = rights_of()
    if not shutil.which("apt-get") or rights is None:
        return None
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "--yes", "--no-install-recommends"]
    for words in (["update"], [*install, SHELL], [*install, "chromium"]):
        with suppress(Trouble):
            quietly("Installing Chromium", [*rights, "apt-get", *words], "", env=quiet)
        if found := on_the_machine():
            return found
    return None


def rights_of():
    """What to put before apt-get; None where we may not install."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and runs([sudo, "-n", "true"]) else None


def from_playwright():
    if not playwrights_own():
        try:
            quietly(
                "Installing Playwright's Chromium",
                [sys.executable, "-m", "playwright", "install", "chromium"],
                "",
            )
        except Trouble:
            return None
    return playwrights_own()


def playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
