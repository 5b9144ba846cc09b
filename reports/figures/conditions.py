"""What got in the way: systems and processes, and the causes of what was missed."""

from practicelens.lengths import length_words
from practicelens.numbers import plural
from reports.figures.chart import chart, one


def friction(summary):
    """Minutes lost to each kind of system, the most first."""
    rows = [row for row in summary.friction if row.hindered]
    title = most_lost(rows)
    return chart(
        "bars",
        title=title,
        counted="Minutes lost, as the observations put them",
        alt=f"{title}. A bar for each kind of system or process that got in the way.",
        data={"rows": main_first([(row.label, row.lost) for row in rows]), "bracket": None},
        head=["What it was", "Entries", "Minutes lost"],
        rows=[[row.label, str(row.hindered), one(row.lost)["shown"]] for row in rows],
    )


def main_first(rows):
    """A bar for each; the title is about the first."""
    return [
        {"label": label, **one(count), "main": at == 0} for at, (label, count) in enumerate(rows)
    ]


def most_lost(rows):
    if not rows:
        return "No system or process was noted as getting in the way"
    first = rows[0]
    entries = plural(first.hindered, "entry", "entries")
    if not first.lost:
        return f"{first.label} got in the way in {entries}"
    return f"{first.label} cost {length_words(first.lost)} in {entries}"


def causes(summary):
    """Opportunities missed, by what they were put down to; the most first."""
    rows = [(row.label, row.missed) for row in summary.causes]
    title = most_often(rows)
    return chart(
        "bars",
        title=title,
        counted="Opportunities missed, by cause",
        alt=f"{title}. A bar for each cause to which an opportunity missed was put down.",
        data={"rows": main_first(rows), "bracket": None},
        head=["Cause", "Opportunities missed"],
        rows=[[label, str(count)] for label, count in rows],
    )


def most_often(rows):
    if not rows:
        return "No opportunity missed was noted"
    label, count = rows[0]
    total = sum(count for _, count in rows)
    return f"“{label}” was given for {count} of {total} opportunities missed"
