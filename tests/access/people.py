"""Who asks: each with the roles that they hold, and on which unit of the world.

    here (organisation)                         elsewhere (organisation)
        service                                     far (team)
            team
            sibling (team)

What each of them may do is read from practicelens/people/permissions.py, so that another kind of
role is somebody who holds it here. That file itself is held to in tests/people/test_permissions.py.
"""

from practicelens.people.permissions import CARRIES, Act, Kind

ABOVE = {
    "here": None,
    "service": "here",
    "team": "service",
    "sibling": "service",
    "elsewhere": None,
    "far": "elsewhere",
}

PEOPLE = {
    "observer": [(Kind.PSW, "team")],  # wrote the notes of the team
    "psw": [(Kind.PSW, "service")],  # reaches the team and its sibling, wrote the briefings
    "second_psw": [(Kind.PSW, "service")],  # approves them
    "sibling_psw": [(Kind.PSW, "sibling")],
    "practitioner": [(Kind.PRACTITIONER, "team")],  # whose practice the notes are about
    "colleague": [(Kind.PRACTITIONER, "team")],
    "leader": [(Kind.LEADER, "here")],
    "owner": [(Kind.LEADER, "service")],  # of what the briefings ask
    "approver": [(Kind.APPROVER, "sibling")],  # whose briefings practice leaders leave to them
    "issuer": [(Kind.ISSUER, "sibling")],
    "framework_admin": [(Kind.FRAMEWORK_ADMIN, "here")],
    "governance": [(Kind.GOVERNANCE, "here")],
    "system_admin": [(Kind.SYSTEM_ADMIN, "here")],
    "far_psw": [(Kind.PSW, "far")],
    "far_practitioner": [(Kind.PRACTITIONER, "far")],
    "far_leader": [(Kind.LEADER, "elsewhere")],
    "far_framework_admin": [(Kind.FRAMEWORK_ADMIN, "elsewhere")],
    "far_governance": [(Kind.GOVERNANCE, "elsewhere")],
    "far_system_admin": [(Kind.SYSTEM_ADMIN, "elsewhere")],
    "between": [(Kind.PRACTITIONER, "sibling"), (Kind.LEADER, "far")],
    "lent": [(Kind.LEADER, "far")],  # belongs here, and holds a role elsewhere alone
    "no_role": [],  # added here, and "far_no_role" elsewhere
    "far_no_role": [],
    "mover": [],  # who wrote notes of the team, and has left it
    "disabled": [(Kind.PSW, "service")],
}
# Where they belong: where their first role is, or was; of who has none there, it is given.
BELONGS = {"lent": "here", "no_role": "here", "far_no_role": "elsewhere"}
ENDED = {"mover": [(Kind.PSW, "team")]}
# Whoever may not sign in, whatever they hold.
OUT = ["disabled"]


def up_from(unit):
    """The unit and those above it."""
    return [unit, *up_from(ABOVE[unit])] if unit else []


def organisation_of(person):
    """The organisation to which somebody belongs."""
    held = [*PEOPLE[person], *ENDED.get(person, [])]
    return BELONGS[person] if person in BELONGS else up_from(held[0][1])[-1]


def who(fits):
    """The people of whom this holds for a role of theirs, as the table names them."""
    return " ".join(
        code
        for code, roles in PEOPLE.items()
        if code not in OUT and any(fits(kind, unit) for kind, unit in roles)
    )


def may(act, where=None):
    """Those who may do this in a unit; or anywhere, if none is given."""
    return who(
        lambda kind, unit: act in CARRIES[kind] and (where is None or unit in up_from(where))
    )


def may_within(act, top):
    """Those who may do this in the unit or somewhere below it, or above it."""
    return who(
        lambda kind, unit: act in CARRIES[kind] and (top in up_from(unit) or unit in up_from(top))
    )


def one_of_each():
    """Somebody of each kind of role: the first that holds it, and only it."""
    first = {}
    for code, roles in PEOPLE.items():
        if len(roles) == 1:
            first.setdefault(roles[0][0], code)
    return [first[kind] for kind in Kind]


EVERYBODY = " ".join(code for code in PEOPLE if code not in OUT)
HERE = may_within(Act.READ_FRAMEWORKS, "here")
ELSEWHERE = may_within(Act.READ_FRAMEWORKS, "elsewhere")
