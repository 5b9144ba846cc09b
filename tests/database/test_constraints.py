"""A form looks at those constraints alone that Django would not give up on."""

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db.models import CheckConstraint, Q

from observations.models import Observation
from practicelens.database.constraints import asks_for

CHECKS = [each for each in Observation._meta.constraints if isinstance(each, CheckConstraint)]
NAMES = {field.name for field in Observation._meta.concrete_fields}


def tried(left_out):
    note = Observation()
    note.left_out = left_out
    [(_, constraints)] = note.get_constraints()
    return constraints


def test_django_gives_up_on_each_that_is_passed_over():
    passed_over = [(each, name) for each in CHECKS for name in NAMES if asks_for(each, {name})]

    assert {each.name for each, _ in passed_over} == {each.name for each in CHECKS}
    for each, name in passed_over:
        there = Observation()._get_field_expression_map(meta=Observation._meta, exclude={name})
        with pytest.raises(FieldError):
            Q(each.condition).check(there)


def test_with_nothing_left_out_all_are_looked_at():
    assert tried(frozenset()) == Observation._meta.constraints
    assert len(tried(NAMES)) < len(Observation._meta.constraints)


@pytest.mark.django_db
def test_what_can_be_told_is_refused(draft):
    draft.shared_at, draft.submitted_at = draft.changed_at, None
    by_shared = {name for each in CHECKS if asks_for(each, {"shared_at"}) for name in NAMES} & NAMES

    with pytest.raises(ValidationError):
        draft.validate_constraints(exclude=NAMES - by_shared)
    draft.validate_constraints(exclude={"shared_at"})
