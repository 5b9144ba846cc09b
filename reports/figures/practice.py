"""How the framework shows up, and what helps and hinders it."""

from collections import defaultdict

from practicelens.numbers import in_a_row, plural
from reports.figures.chart import chart, one
from reports.periods import day_words
from reports.summaries.shape import half_words, upper_words

MOST_COLUMNS = 5  # of levels, that a table on paper has room for


def levels(summary, *, for_leaders=False):
    """How often each criterion was seen, and at which level, in the framework's order.

    A row's "not seen" is all other observations: it was not seen, an opportunity was missed, or
    the version in force did not ask about it. On paper the table of many levels is of their halves.
    """
    of = summary.observations
    halved = for_leaders and len(summary.levels) > MOST_COLUMNS
    rows = [row for row in summary.criteria if not row.apart]
    title, finding = levels_finding(rows)
    return chart(
        "levels",
        title=title,
        counted=f"Observations at each level, of {one(of)['shown']} in all",
        alt=f"{finding} {least_seen(rows)}",
        data={
            "levels": list(summary.levels),
            "of": of,
            "rows": [level_row(row, of) for row in rows],
        },
        head=["Criterion", "Seen", *level_heads(summary.levels, halved), "Not seen"],
        rows=[level_cells(row, of, halved) for row in rows],
        verdict=levels_verdict(summary),
    )


def level_row(row, of):
    parts = [{"levels": [at], **one(count)} for at, count in enumerate(row.counts)]
    return {"label": row.label, "seen": row.seen, "parts": parts, "not_seen": of - row.seen}


def level_heads(levels, halved):
    if not halved:
        return levels
    middle = len(levels) // 2
    return [half_words(side).capitalize() for side in (levels[:middle], levels[middle:])]


def level_cells(row, of, halved):
    levels = (row.seen - row.upper, row.upper) if halved else row.counts
    return [row.label, *(one(count)["shown"] for count in (row.seen, *levels, of - row.seen))]


def levels_finding(rows):
    told = [row for row in rows if row.seen]
    if not told:
        nothing = "No criterion was seen often enough to say at which level"
        return nothing, f"{nothing}, in this stretch of months."
    row = max(told, key=lambda row: row.upper)
    title = f"{row.label}: {upper_words(row.levels)} in {row.upper or 'none'} of {row.seen}"
    return title, f"{title}."


def least_seen(rows):
    if len(rows) < 2:
        return "Levels are counted, and never averaged."
    return f"Least often seen: {min(rows, key=lambda row: row.seen).label}."


def levels_verdict(summary):
    said = [*asked_later(summary)]
    apart = [row for row in summary.criteria if row.apart and row.of]
    if apart:
        names = [f"“{row.label}” ({row.apart[:1].lower()}{row.apart[1:]})" for row in apart]
        said.append(f"Counted apart: {in_a_row(names)}.")
    return " ".join(said)


def asked_later(summary):
    """Says which criteria began within these months: earlier observations could not rate them."""
    began = defaultdict(list)
    for row in summary.criteria:
        is_later = row.began and row.began > summary.window.first_month
        if is_later and not row.apart and row.of < summary.observations:
            began[row.began].append(f"“{row.label}”")
    return [
        f"Asked about since {day_words(day)}: {in_a_row(began[day])}. Observations on an earlier version "
        "are under “not seen”."
        for day in sorted(began)
    ]


def helps_hinders(summary, *, for_leaders=False):
    """Confirmed passages on each side of each theme that has any, in the codebook's order."""
    rows = [
        {
            "label": row.label,
            "helps": one(row.helps),
            "hinders": one(row.hinders),
        }
        for row in summary.themes
        if row.helps or row.hinders
    ]
    title = balance(rows)
    return chart(
        "helps_hinders",
        title=title,
        counted="Confirmed passages, in the order of the codebook",
        alt=f"{title}. For each theme, passages that say it helps practice and that it hinders.",
        data={"rows": rows},
        head=["Theme", "Helps", "Hinders"],
        rows=[[row["label"], row["helps"]["shown"], row["hinders"]["shown"]] for row in rows],
        verdict="" if for_leaders else waiting(summary),
    )


def balance(rows):
    if not rows:
        return "No passage is confirmed as helping or hindering yet"
    said = []
    for side, verb in [("helps", "helps"), ("hinders", "hinders")]:
        row = max(rows, key=lambda row: row[side]["count"])
        if row[side]["count"]:
            count = row[side]["count"]
            many = str(count) if said else plural(count, "passage")
            said.append(f"“{row['label']}” {verb} in {many}")
    return "; ".join(said)


def waiting(summary):
    if not summary.suggested:
        return ""
    return f"{plural(summary.suggested, 'suggested passage')} not looked at yet, and not counted."
