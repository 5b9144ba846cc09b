"""Each app is rooms by subject, and no room needs one that needs it."""

import ast
from graphlib import TopologicalSorter

import pytest
from django.conf import settings


def needed_by(app):
    """{room: those that it imports}, of the packages and files right within an app."""
    rooms = {}
    for path in (settings.BASE_DIR / app).rglob("*.py"):
        room = path.relative_to(settings.BASE_DIR / app).parts[0].removesuffix(".py")
        if room == "migrations":
            continue
        found = rooms.setdefault(room, set())
        for node in ast.walk(ast.parse(path.read_text())):
            found |= {name for name in imported(node, app) if name != room}
    return rooms


def imported(node, app):
    """The rooms of the app that a statement imports from."""
    if not isinstance(node, ast.ImportFrom) or not node.module:
        return set()
    top, _, within = node.module.partition(".")
    if top != app:
        return set()
    return {within.split(".")[0]} if within else {each.name for each in node.names}


@pytest.mark.parametrize("app", ["frameworks", "observations", "reports"])
def test_no_rooms_stand_in_a_circle(app):
    rooms = needed_by(app)

    # It raises CycleError, which names the circle.
    assert set(TopologicalSorter(rooms).static_order()) >= rooms.keys()


def test_what_a_room_imports_is_found():
    assert needed_by("frameworks")["starters"] >= {"versions", "owners"}
