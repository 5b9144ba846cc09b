"""An observer's own pattern by quarter: how many, where, how observed, what mostly stays not seen.

It is counted of one person and set against nobody.
"""

from collections import Counter
from datetime import date

from django.db.models import Count, Q

from observations.models import Observation, Rating
from observations.models.choices import Proximity

QUARTERS = 6
ENOUGH = 3  # observations against a criterion, before anything is said of it
MOSTLY = 0.75  # of them it was not seen in


def quarters_until(today):
    """The last quarters with the present one, the oldest first: (first day, words)."""
    last = 4 * today.year + (today.month - 1) // 3
    firsts = [date(at // 4, 3 * (at % 4) + 1, 1) for at in range(last - QUARTERS + 1, last + 1)]
    return [
        (first, f"{first:%b} to {first.replace(month=first.month + 2):%b %Y}") for first in firsts
    ]


def quarter_of(day):
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def pattern_of(user):
    """The tables of a person's own pattern, each {head, rows}; none where they have made none."""
    quarters = quarters_until(user.today())
    made = Observation.objects.counted().filter(observer=user, observed_on__gte=quarters[0][0])
    rows = list(made.values_list("month", "unit__name", "proximity"))
    if not rows:
        return {}
    head = ["", *(words for _, words in quarters), "In all"]
    firsts = [first for first, _ in quarters]
    where = Counter((quarter_of(month), unit) for month, unit, _ in rows)
    how = Counter((quarter_of(month), code) for month, _, code in rows)
    units = sorted({unit for _, unit, _ in rows})
    return {
        "many": {"head": head, "rows": [counted("Observations", firsts, rows)]},
        "where": {"head": head, "rows": [row_of(unit, unit, firsts, where) for unit in units]},
        "how": {"head": head, "rows": how_rows(firsts, how)},
        "not_seen": {"head": head, "rows": not_seen_rows(made, firsts)},
    }


def counted(words, firsts, rows):
    of = Counter(quarter_of(month) for month, _, _ in rows)
    return [words, *(of[first] for first in firsts), len(rows)]


def row_of(words, key, firsts, of):
    numbers = [of[(first, key)] for first in firsts]
    return [words, *numbers, sum(numbers)]


def how_rows(firsts, how):
    rows = [row_of(each.label, each.value, firsts, how) for each in Proximity]
    return [
        *rows,
        *([row_of("Not said", "", firsts, how)] if any(not code for _, code in how) else []),
    ]


def not_seen_rows(made, firsts):
    """Criteria that mostly stayed not seen: in how many of how many observations, by quarter."""
    counts = (
        Rating.objects.filter(observation__in=made)
        .values("criterion", "criterion__code", "criterion__name", "month")
        .annotate(of=Count("pk"), unseen=Count("pk", filter=Q(outcome=Rating.Outcome.NOT_SEEN)))
    )
    by_name = {}
    for each in counts:
        name = f"{each['criterion__code']} {each['criterion__name']}"
        cells = by_name.setdefault(name, {})
        unseen, of = cells.get(quarter_of(each["month"]), (0, 0))
        cells[quarter_of(each["month"])] = (unseen + each["unseen"], of + each["of"])
    found = [(name, cells, *totals(cells)) for name, cells in by_name.items()]
    mostly = [each for each in found if each[3] >= ENOUGH and each[2] >= MOSTLY * each[3]]
    mostly.sort(key=lambda each: (-each[2] / each[3], each[0]))
    return [
        [name, *(of_words(*cells.get(first, (0, 0))) for first in firsts), of_words(unseen, of)]
        for name, cells, unseen, of in mostly
    ]


def totals(cells):
    return sum(unseen for unseen, _ in cells.values()), sum(of for _, of in cells.values())


def of_words(unseen, of):
    return f"{unseen} of {of}" if of else "–"
