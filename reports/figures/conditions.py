"""What got in the way: systems and processes, and the causes of what was missed."""

from practicelens.lengths import length_words
from practicelens.numbers import plural
from reports.figures.chart import chart, fewer, is_small, join_small

OTHERS = "Others together"


def friction(summary, *, protected=False):
    """Minutes lost to each kind of system, the most first."""
    found = [row for row in summary.friction if row.hindered]
    joined = join_small(found, lambda row: row.hindered, protected)
    if joined is None:
        return too_few("friction entries", protected)
    rows = [(row.label, row.hindered, row.lost) for row in joined.kept]
    if joined.together:
        rows.append(
            (
                OTHERS,
                sum(row.hindered for row in joined.together),
                sum(row.lost for row in joined.together),
            )
        )
    title = most_lost(rows, protected)
    return chart(
        "bars",
        title=title,
        counted="Minutes lost, as the observations put them",
        alt=f"{title}. A bar for each kind of system or process that got in the way.",
        data={"rows": main_first([bar_of(*row, protected) for row in rows]), "bracket": None},
        head=["What it was", "Entries", "Minutes lost"],
        rows=[[label, str(entries), minutes(lost, protected)] for label, entries, lost in rows],
    )


def bar_of(label, _, lost, protected):
    small = is_small(lost, protected)
    return {"label": label, "count": None if small else lost, "shown": minutes(lost, protected)}


def minutes(lost, protected):
    return fewer() if is_small(lost, protected) else str(lost) if lost else "none"


def main_first(bars):
    """The title is about the first bar."""
    return [bar | {"main": at == 0} for at, bar in enumerate(bars)]


def most_lost(rows, protected):
    if not rows:
        return "No system or process was noted as getting in the way"
    label, entries, lost = rows[0]
    what = label if label != OTHERS else "Systems and processes"
    if is_small(lost, protected) or not lost:
        return f"{what} got in the way in {plural(entries, 'entry', 'entries')}"
    return f"{what} cost {length_words(lost)} in {plural(entries, 'entry', 'entries')}"


def causes(summary, *, protected=False):
    """Opportunities missed, by what they were put down to; the most first."""
    joined = join_small(list(summary.causes), lambda row: row.missed, protected)
    if joined is None:
        return too_few("opportunities missed", protected)
    rows = [(row.label, row.missed) for row in joined.kept]
    if joined.together:
        rows.append((OTHERS, sum(row.missed for row in joined.together)))
    title = most_often(rows)
    return chart(
        "bars",
        title=title,
        counted="Opportunities missed, by cause",
        alt=f"{title}. A bar for each cause to which an opportunity missed was put down.",
        data={
            "rows": main_first(
                [{"label": label, "count": count, "shown": str(count)} for label, count in rows]
            ),
            "bracket": None,
        },
        head=["Cause", "Opportunities missed"],
        rows=[[label, str(count)] for label, count in rows],
    )


def most_often(rows):
    if not rows:
        return "No opportunity missed was noted"
    total = sum(count for _, count in rows)
    label, count = rows[0]
    if label == OTHERS:
        return f"{plural(total, 'opportunity', 'opportunities')} missed"
    return f"{label}: {count} of {total} missed"


def too_few(what, protected):
    title = f"There were {fewer()} {what}"
    return chart(
        "bars",
        title=title,
        counted=what.capitalize(),
        alt=f"{title}, which is too few to be shown apart here.",
        data={"rows": [], "bracket": None},
        head=["What it was", what.capitalize()],
        rows=[],
    )
