"""Which words may be read by whom, and on which pages: the table behind test_canaries.py.

`to` says for each origin of a mark who may meet it; `on` names pages or begins their names, and is
empty for any page.
"""

from tests.access.shown import frameworks, observations, people, reports

SHOWN = [
    *observations.OBSERVATIONS,
    *frameworks.FRAMEWORKS,
    *reports.REPORTS,
    *people.PEOPLE_AND_UNITS,
]
