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

__all__ = ["KeptWords", "Role", "Unit", "UnitReach", "User", "know_zones", "zone_of"]
