"""People, the organisation's tree, and what is kept for those who sign in."""

from practicelens.people.models.kept_words import KeptWords
from practicelens.people.models.organisation import (
    Role,
    Unit,
    UnitReach,
    User,
    know_zones,
    zone_of,
)
from practicelens.people.models.presses import Press
from practicelens.people.models.safeguarding import ConcernRaised, SafeguardingStep
from practicelens.people.models.second_person import AddressChange, RoleRequest
from practicelens.people.models.setting_up import PeopleFile
from practicelens.people.models.tries import SignInTries
from practicelens.people.models.windows import Counted, LastWindow

__all__ = [
    "AddressChange",
    "ConcernRaised",
    "Counted",
    "KeptWords",
    "LastWindow",
    "PeopleFile",
    "Press",
    "Role",
    "RoleRequest",
    "SafeguardingStep",
    "SignInTries",
    "Unit",
    "UnitReach",
    "User",
    "know_zones",
    "zone_of",
]
