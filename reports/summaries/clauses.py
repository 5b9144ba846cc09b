"""The evidence of a summary, read by the clauses of an outside standard along the crosswalk.

What speaks to a clause is what the newest wording of a criterion is tied to; the observations on
earlier wordings that count with it count here too.
"""

from collections import defaultdict
from dataclasses import replace

from django.db import connection

from frameworks.models import Crosswalk, Level
from reports.summaries.criteria import criterion_rows
from reports.summaries.scope import scope_of
from reports.summaries.shape import ByClause, ClauseRow, Spoken

# An observation is counted once for a clause, however many of its criteria it rates.
SPOKEN = """
SELECT clause, count(*), count(*) FILTER (WHERE upper), count(*) FILTER (WHERE lower),
       count(*) FILTER (WHERE missed)
  FROM (SELECT tie.clause, rating.observation_id,
               bool_or(rating.level_id = ANY(%(upper)s)) AS upper,
               bool_or(rating.level_id <> ALL(%(upper)s)) AS lower,
               bool_or(rating.outcome = 'missed') AS missed
          FROM unnest(%(criteria)s::bigint[], %(clauses)s::bigint[]) AS tie (criterion, clause)
          JOIN observations_rating AS rating ON rating.criterion_id = tie.criterion
         WHERE rating.is_counted AND rating.outcome <> 'not_seen'
           AND rating.unit_id = ANY(%(units)s)
           AND rating.month BETWEEN %(first)s AND %(last)s
           AND (%(work)s = '' OR EXISTS (
               SELECT FROM observations_observation AS observation
                WHERE observation.id = rating.observation_id
                  AND observation.kind_of_work = %(work)s))
         GROUP BY tie.clause, rating.observation_id) AS one
 GROUP BY clause
"""


def by_clause(unit, window, standard, kind_of_work=""):
    """A unit's observations of a window, read by the clauses of a standard in their order."""
    scope = scope_of(unit, window, kind_of_work)
    version, levels, rows = criterion_rows(scope)
    tied = clauses_of_rows(rows, standard)
    scope_before = replace(scope, window=window.before)
    spoken, before = spoken_by_clause(scope, rows, tied), spoken_by_clause(scope_before, rows, tied)
    return ByClause(
        standard,
        window,
        version,
        levels,
        observations=scope.observations().count(),
        observations_before=scope_before.observations().count(),
        clauses=tuple(
            row_of(
                clause, [row for row in rows if clause.pk in tied[row.criterion.pk]], spoken, before
            )
            for clause in standard.clauses.order_by("position")
        ),
        untied=tuple(row for row in rows if not row.apart and not tied[row.criterion.pk]),
    )


def row_of(clause, rows, spoken, before):
    return ClauseRow(
        clause,
        rows=tuple(row for row in rows if not row.apart),
        apart=tuple(row for row in rows if row.apart),
        spoken=spoken.get(clause.pk, Spoken()),
        before=before.get(clause.pk, Spoken()),
    )


def clauses_of_rows(rows, standard):
    """{criterion shown in a row: {clauses}}."""
    shown = [row.criterion.pk for row in rows]
    kept = Crosswalk.objects.filter(criterion__in=shown, clause__standard=standard)
    tied = defaultdict(set)
    for criterion, clause in kept.values_list("criterion_id", "clause_id"):
        tied[criterion].add(clause)
    return tied


def spoken_by_clause(scope, rows, tied):
    """{clause: Spoken}, every wording of a row's criterion counted with it."""
    pairs = sorted(
        (wording, clause)
        for row in rows
        for clause in tied[row.criterion.pk]
        for wording in row.wordings
    )
    with connection.cursor() as cursor:
        asked = {
            "criteria": [criterion for criterion, _ in pairs],
            "clauses": [clause for _, clause in pairs],
            "upper": upper_levels(rows),
            "units": scope.where["unit__in"],
            "first": scope.window.first_month,
            "last": scope.window.last_month,
            "work": scope.kind_of_work,
        }
        cursor.execute(SPOKEN, asked)
        return {clause: Spoken(*counts) for clause, *counts in cursor.fetchall()}


def upper_levels(rows):
    """The levels in the upper half of each scale that is used."""
    scales = {row.criterion.version.scale_id for row in rows}
    levels = defaultdict(list)
    for level in Level.objects.filter(scale__in=scales).order_by("position"):
        levels[level.scale_id].append(level.pk)
    return [pk for scale in levels.values() for pk in scale[len(scale) // 2 :]]
