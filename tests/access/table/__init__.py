"""Who may see and do what: the one table that every address is held against.

A rule names its pages with the methods they take, the kind of thing they are about, and for each
state of it who may, and who may see the thing but not do this (`sees`: 403). To everybody else who
is signed in, the thing is not there (`refused`: 404, unless it says otherwise). Nobody who is not
signed in gets further than the sign-in page, save where a rule is `public`. A method that no rule
gives a page is refused with 405.

The people are those of people.py; the states are those in which the objects of world.py stand.
"""

from tests.access.table import frameworks, observations, people, reports

TABLE = [
    *observations.NOTES,
    *observations.LEARNING,
    *frameworks.FRAMEWORKS,
    *frameworks.SHARED,
    *reports.PAIRS,
    *reports.SUMMARIES,
    *reports.BRIEFINGS,
    *reports.EXPLORE,
    *reports.VERDICTS,
    *people.PEOPLE,
]
