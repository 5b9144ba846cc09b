"""The styles and scripts that browsers get, built with npm and collected for the web server."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress

from .environment import without_services
from .locks import alone
from .places import COLLECTED, LOCAL, NODE_MODULES, ROOT, STYLES, VENV
from .stamps import fingerprint, fresh, mark
from .words import quietly

OLDEST_NODE = 20
NODE_LOCK = ROOT / "requirements-node.lock"
PYTHON_LOCK = ROOT / "requirements.lock"
PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json"]


def ensure():
    """Have the styles built and collected from the sources as they are now."""
    with alone(LOCAL / "setup.lock"):
        value = fingerprint(*PACKAGES, *sources(), PYTHON_LOCK)
        if fresh("styles", value) and STYLES.exists() and COLLECTED.exists():
            return
        build(with_node)
        collect()
        mark("styles", value)


def without_packages():
    """Have them built, where the machine has what that takes, while packages are being set up."""
    if recent_node(os.environ["PATH"]):
        build(lambda: dict(os.environ))


def sources():
    everything = sorted((ROOT / "static").rglob("*"))
    return [path for path in everything if path.is_file() and STYLES not in path.parents]


def build(find_node):
    """Have them built; `find_node` gives the environment in which npm runs."""
    built = fingerprint(*PACKAGES, *sources())
    if fresh("built", built) and STYLES.exists():
        return
    environment = find_node()
    npm = shutil.which("npm", path=environment["PATH"])
    advice = "Look whether this machine reaches its npm registry, then run the command again."
    value = fingerprint(*PACKAGES)
    if not (fresh("node_modules", value) and NODE_MODULES.exists()):
        quietly(
            "Fetching the parts of the styles",
            [npm, "ci", "--no-audit", "--no-fund"],
            advice,
            env=environment,
        )
        mark("node_modules", value)
    quietly(
        "Building the styles",
        [npm, "run", "build"],
        "Put right what the lines below name.",
        env=environment,
    )
    mark("built", built)


def collect():
    quietly(
        "Collecting static files",
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        "Put right what the lines below name.",
        env=without_services(),
    )


def with_node():
    """The environment in which npm runs: the machine's own, or with the one from a wheel."""
    own = dict(os.environ)
    if recent_node(own["PATH"]):
        return own
    with_wheel = own | {"PATH": f"{VENV / 'bin'}{os.pathsep}{own['PATH']}"}
    value = fingerprint(NODE_LOCK)
    if not (fresh("node", value) and recent_node(with_wheel["PATH"])):
        quietly(
            "Setting up Node",
            [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", NODE_LOCK],
            "Look whether this machine reaches its package index, or install Node 20 or later.",
        )
        mark("node", value)
    return with_wheel


def recent_node(path):
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not (node and npm):
        return False
    with suppress(ValueError, OSError, subprocess.SubprocessError):
        told = subprocess.check_output([node, "--version"], text=True)
        return int(told.lstrip("v").split(".")[0]) >= OLDEST_NODE
    return False
