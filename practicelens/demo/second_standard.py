"""The criteria that the made-up service ties to a second standard: one observation answers both.

No criterion speaks to three of its clauses, which a summary read by them says.
"""

from frameworks.models import Standard
from frameworks.standards import actions

STANDARD = "child-and-family-practitioners"
TIES = {
    "1": ["1.1", "1.2", "1.4", "2.1"],
    "2": ["1.3", "3.3", "5.3"],
    "5": ["3.1", "3.2", "4.3"],
    "6": ["2.1", "2.2", "2.3", "4.1"],
    "7": ["3.1", "3.3", "3.4", "6.3"],
    "9": ["6.1"],
    "10": ["5.1"],
}


def tie_to_a_second_standard(version, by):
    standard = Standard.objects.get(code=STANDARD)
    clauses = {clause.number: clause.pk for clause in standard.clauses.all()}
    criteria = {criterion.code: criterion.pk for criterion in version.criteria.all()}
    ticked = {(criteria[code], clauses[number]) for number, codes in TIES.items() for code in codes}
    actions.tie(version=version, standard=standard, read_as=set(), ticked=ticked, by=by)
