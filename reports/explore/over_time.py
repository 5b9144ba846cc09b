"""A criterion over the months that were told: a point for each stretch of months, none overlapping."""

from practicelens.numbers import count_words
from reports.explore.told import Measure
from reports.figures.chart import chart

MOST_DRAWN = 6
FEWEST = 2


def over_time(rows, subject):
    """The chart of one criterion in one place, or None where it was told of one stretch alone.

    Issues tell of months that overlap. Drawn are the newest and, going back, each that ends before the
    next begins and is as long; the table has every stretch that was told.
    """
    told = [
        row for row in rows if row.line.measure == Measure.UPPER and row.line.about in subject.names
    ]
    told = [row for row in told if row.interval]
    drawn = apart(told)
    if len(drawn) < FEWEST:
        return None
    title = f"{subject.label}: {drawn[-1].count_words} in {drawn[-1].months_words}"
    levels = drawn[-1].line.levels
    return chart(
        "then_now",
        title=title,
        counted=f"{levels.capitalize()}, of those in which it was seen",
        alt=f"{title}. {count_words(len(drawn)).capitalize()} stretches of months, oldest first.",
        verdict="Drawn are stretches of the same length that don’t overlap. The table has every one told.",
        data={
            "points": [
                {
                    "label": f"to {row.line.last:%b %Y}",
                    "value": 100 * row.line.count / row.line.of,
                    "shown": row.count_words,
                }
                for row in drawn
            ]
        },
        head=["Months", "Count", "Share, 95% interval", "Told by"],
        rows=[[row.months_words, row.count_words, row.share_words, row.paper.name] for row in told],
    )


def apart(told):
    """The newest, and going back each as long as it that ends before it begins; oldest first."""
    found = []
    for row in sorted(told, key=lambda row: row.line.last, reverse=True):
        if len(found) == MOST_DRAWN:
            break
        if not found or is_as_long(row, found[0]) and row.line.last < found[-1].line.first:
            found.append(row)
    return found[::-1]


def is_as_long(row, other):
    return row.window.length == other.window.length
