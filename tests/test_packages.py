"""Two locks of packages: what a service runs with, and what the demonstration and tests add."""

import re
import sys
import tomllib
from functools import cache
from importlib import metadata

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_repository import files, imported, name_of

ROOT = settings.BASE_DIR
SERVICE, LOCAL = ROOT / "requirements.lock", ROOT / "requirements-local.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# Run by hand from a checkout when a list of names is made anew.
BY_HAND = "observations/identifiers/making_lists.py"
OURS = {"practicelens", "frameworks", "observations", "reports"}
# Some systems and Pythons need packages that others do not: the locks are for all of them.
ELSEWHERE = [
    {},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    {"python_version": "3.11", "python_full_version": "3.11.1"},
]


def locked(path):
    pinned = re.findall(r"^([\w.-]+)==\S+", path.read_text(), re.MULTILINE)
    return {canonicalize_name(name) for name in pinned}


def asked_for(*groups):
    """The packages that parts of pyproject.toml name, and what those need in turn."""
    found = set()
    for line in [line for group in groups for line in group]:
        found |= with_needs(line)
    return found


@cache
def with_needs(line):
    wanted = Requirement(line)
    name = canonicalize_name(wanted.name)
    try:
        needs = [Requirement(each) for each in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:  # of another system
        needs = []
    found = {name}
    for need in needs:
        if applies(need.marker, wanted.extras):
            need.marker = None
            found |= with_needs(str(need))
    return found


def applies(marker, extras):
    return marker is None or any(
        marker.evaluate({"extra": extra, **where})
        for extra in extras or {""}
        for where in ELSEWHERE
    )


def test_a_service_installs_what_it_runs_with_and_nothing_else():
    assert locked(SERVICE) == asked_for(PROJECT["project"]["dependencies"])


def test_the_demonstration_and_the_tests_add_the_rest():
    groups = PROJECT["dependency-groups"]

    assert locked(LOCAL) == asked_for(groups["local"], groups["dev"]) - locked(SERVICE)


@pytest.mark.parametrize("path", [SERVICE, LOCAL])
def test_each_package_is_pinned_with_hashes(path):
    entries = re.split(r"\n(?=\S)", path.read_text().strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_a_service_runs_imports_nothing_that_only_tests_install():
    owners = metadata.packages_distributions()
    allowed = locked(SERVICE)

    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files(".py")
        if not name_of(path).startswith(("tests/", "practicelens/local/", BY_HAND))
        for module in imported(path)
        for top in [module.partition(".")[0]]
        if top not in OURS and top not in sys.stdlib_module_names
        if not {canonicalize_name(each) for each in owners.get(top, [])} & allowed
    ]

    assert wrong == []


def test_what_starts_local_services_is_no_part_of_a_service():
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files(".py")
        if not name_of(path).startswith(("tests/", "practicelens/local/"))
        for module in imported(path)
        if module.startswith("practicelens.local.")
        if not module.startswith("practicelens.local.words")  # needs Python alone
    ]

    assert wrong == []
