"""Who and what is named: people, units, and what the log says of them."""

from practicelens.people.permissions import Act
from tests.access.people import ELSEWHERE, HERE, PEOPLE, may, organisation_of
from tests.access.shown.shown import OWN, Shown
from tests.access.table.rules import ADMIN_FAR, ADMIN_HERE, GOVERNANCE, SOMEBODY, SYSTEM_ADMINS

GOVERNANCE_HERE, GOVERNANCE_FAR = may(Act.READ_LOG, "here"), may(Act.READ_LOG, "elsewhere")
LOOK_AFTER = {"here": ADMIN_HERE, "elsewhere": ADMIN_FAR}

UNITS = dict.fromkeys(["here", "service", "team", "sibling"], HERE)
UNITS |= {"elsewhere": ELSEWHERE, "far": ELSEWHERE}

PEOPLE_AND_UNITS = [
    Shown("units are named to all who stand under the same roof", "people.Unit", UNITS, ""),
    Shown(
        "the organisation that someone belongs to is named to them, whatever they hold",
        "people.Unit.name",
        {"here": "no_role mover lent", "elsewhere": "far_no_role"},
        "",
    ),
    Shown(
        "a person's roles elsewhere are named to their system admins",
        "people.Unit",
        {"far": "system_admin", "sibling": "far_system_admin"},
        "people:list people:person",
    ),
    Shown("everybody reads of themselves", "people.User", dict.fromkeys(PEOPLE, OWN), ""),
    Shown(
        "system admins read of those they look after",
        "people.User",
        {person: LOOK_AFTER[organisation_of(person)] for person in PEOPLE}
        | dict.fromkeys(["between", "lent"], SYSTEM_ADMINS),
        "people:",
    ),
    Shown(
        "the log says who read and did what",
        "people.User.name",
        dict.fromkeys(
            ["observer", "psw", "second_psw", "approver", "owner", "far_psw"], GOVERNANCE
        ),
        "audit:log",
    ),
    Shown(
        "kept words go back to their writer alone",
        "people.KeptWords.data people.KeptWords.because",
        {"here": "observer", "far": "far_psw"},
        "people:kept",
    ),
    Shown(
        "a file's name is read by who sent it",
        "people.PeopleFile.name",
        {"here": "system_admin", "far": "far_system_admin"},
        "people:set_up_check",
    ),
    Shown(
        "safeguarding steps are read by all below their unit, and by whoever only belongs there",
        "people.SafeguardingStep",
        {"here": f"{HERE} no_role mover", "far": ELSEWHERE},
        "people:safeguarding people:safeguarding_step people:add_safeguarding_step "
        "observations:offline_kit",
    ),
    Shown(
        "and their numbers by whoever has the link of a family's card, which says whose it is",
        "people.SafeguardingStep.title people.SafeguardingStep.when people.Unit.name",
        {"here": SOMEBODY},
        "family:card families:words",
    ),
    Shown(
        "which its observer prints",
        "people.SafeguardingStep.title people.SafeguardingStep.when",
        {"here": "observer psw sibling_psw", "far": "far_psw"},
        "observations:family_card_paper",
    ),
    Shown(
        "an address that waits is read by the system admins of whose it would be",
        "people.AddressChange.email",
        {"here": "system_admin", "far": "far_system_admin"},
        "people:person",
    ),
    Shown(
        "who asked for a role, and for whom, is named to whoever could agree",
        "people.User.name",
        {
            "no_role": GOVERNANCE_HERE,
            "system_admin": GOVERNANCE_HERE,
            "far_no_role": GOVERNANCE_FAR,
            "far_system_admin": GOVERNANCE_FAR,
        },
        "people:waiting",
    ),
    Shown(
        "the log says what an admin changed, before and after",
        "audit.Entry.changes",
        {"here": "governance", "far": "far_governance"},
        "audit:log",
    ),
]
