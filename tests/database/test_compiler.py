"""Statements are those that Django puts together, whatever is ordered by."""

import pytest
from django.db import connection
from django.db.backends.postgresql import compiler as plain
from django.db.models import Count, F
from django.db.models.functions import Lower

from observations.models import Observation
from practicelens.people.models import Role, Unit, User
from reports.models import Briefing

UNITS = Unit.objects.all()
ORDERED = {
    "rows of a model": User.objects.order_by("name", "-pk"),
    "rows with those they lead to": Briefing.objects.for_list(),
    "by what is reckoned": User.objects.order_by(
        Lower("name").desc(), F("post").asc(nulls_last=True)
    ),
    "by what belongs to it": Role.objects.order_by("unit__name", "user__organisation__name"),
    "the first": Observation.objects.filter(unit=1).order_by(F("submitted_at").desc())[:1],
    "what is reckoned beside": UNITS.annotate(roles_held=Count("roles")).order_by("-roles_held"),
    "reckoned and by another": UNITS.annotate(roles_held=Count("roles")).order_by("name"),
    "values": User.objects.values_list("post", "name").order_by("name", F("post").desc()),
    "a number for each": User.objects.values("post").annotate(n=Count("pk")).order_by("-n", "post"),
    "each once": User.objects.distinct().order_by("name"),
    "each value once": User.objects.values_list("post").distinct().order_by("post"),
    "two together": UNITS.filter(pk=1).union(UNITS.filter(pk=2)).order_by("name"),
    "some columns": User.objects.only("name").order_by("name", "email"),
    "all but some": Observation.objects.defer("withdrawn_because").order_by(
        "withdrawn_because", "pk"
    ),
}


@pytest.mark.parametrize("asked", ORDERED.values(), ids=ORDERED.keys())
def test_they_are_those_that_django_puts_together(asked):
    ours = asked.query.chain().get_compiler(connection=connection)
    theirs = plain.SQLCompiler(asked.query.chain(), connection, None)

    assert type(ours) is not type(theirs)
    assert ours.as_sql() == theirs.as_sql()
    assert " ORDER BY " in ours.as_sql()[0]
