"""Words of frameworks and of what hangs on them."""

from tests.access.people import ELSEWHERE, EVERYBODY, HERE
from tests.access.shown.shown import Shown, without
from tests.access.table.rules import KEEP_HERE, SYSTEM_ADMINS

PLACES = {
    "here": f"{HERE} {SYSTEM_ADMINS}",
    "common": EVERYBODY,
    "published": HERE,
    "retired": HERE,
    "drafted": KEEP_HERE,
    "far": ELSEWHERE,
}

FRAMEWORKS = [
    Shown("what good looks like is open where it is for", "frameworks.", PLACES, "frameworks:"),
    Shown(
        "and is named wherever it is used",
        "frameworks.",
        without(PLACES) | {"drafted": ""},
        "observations: reports:",
    ),
    Shown(
        "a draft is read by whoever tries it, in their own note",
        "frameworks.",
        {"drafted": "observer"},
        "observations:",
    ),
    Shown(
        "its admins try a draft in a made-up visit",
        "frameworks.",
        {"drafted": "framework_admin"},
        "observations:made_up_visit",
    ),
    Shown(
        "what its admins opened is read by anybody, with whose it is",
        "frameworks. people.Unit.name",
        dict.fromkeys(["far", "elsewhere", "common"], f"{EVERYBODY} disabled"),
        "frameworks:outside",
    ),
    Shown(
        "practice leaders are named where an admin chooses who tries a draft",
        "people.User.name",
        dict.fromkeys(["observer", "psw", "second_psw", "sibling_psw"], KEEP_HERE),
        "frameworks:trial",
    ),
    Shown(
        "who published a framework is named in its change notes",
        "people.User.name",
        {"framework_admin": HERE, "far_framework_admin": ELSEWHERE},
        "frameworks:",
    ),
]
