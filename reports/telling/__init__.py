"""What leaders may be told of: groups large enough, and never so that a smaller one can be worked out.

docs/what-may-be-told.md has the decision. The engine (`groups`, `audit`, `choosing`) knows no
database and no Django.
"""

from reports.telling.audit import Audit
from reports.telling.choosing import Candidate, Choice, Telling, Why, choose, why_not
from reports.telling.groups import Note, is_enough, people_in

__all__ = [
    "Audit",
    "Candidate",
    "Choice",
    "Note",
    "Telling",
    "Why",
    "choose",
    "is_enough",
    "people_in",
    "why_not",
]
