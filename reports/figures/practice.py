"""How the framework shows up, and what helps and hinders it."""

from collections import defaultdict

from practicelens.numbers import in_a_row, lowered, plural
from reports.figures.chart import chart, fewer, is_small, one, threshold
from reports.periods import day_words
from reports.statistics import halves, protect_levels
from reports.summaries.shape import half_words, upper_words


def levels(summary, *, protected=False):
    """How often each criterion was seen, and at which level, in the framework's order.

    A row's "not seen" is all other observations: it was not seen, an opportunity was missed, or
    the version in force did not ask about it.
    """
    of = summary.observations
    rows = [row for row in summary.criteria if not row.apart and not is_small(of, protected)]
    made = [level_row(row, of, protected) for row in rows]
    shown = [row for row in made if row]
    left_out = [row for row, kept in zip(rows, made, strict=True) if kept is None]
    title, finding = levels_finding(summary, shown)
    return chart(
        "levels",
        title=title,
        counted=f"Observations at each level, of {one(of, protected)['shown']} in all",
        alt=f"{finding} {least_seen(shown)}",
        data={
            "levels": list(summary.levels),
            "of": 0 if is_small(of, protected) else of,
            "rows": shown,
        },
        head=["Criterion", "Seen", *level_heads(summary.levels, protected), "Not seen"],
        rows=[level_cells(row, summary.levels, protected) for row in shown],
        verdict=levels_verdict(summary, left_out),
    )


def level_row(row, of, protected):
    """A row of the chart; None where the observations left over are few enough to tell."""
    not_seen = of - row.seen
    if is_small(row.seen, protected):
        everything = {"levels": list(range(len(row.counts))), "count": None, "shown": fewer()}
        return {"label": row.label, "seen": None, "parts": [everything], "not_seen": None}
    if is_small(not_seen, protected):
        return None
    parts = protect_levels(row.counts, threshold(protected))
    return {
        "label": row.label,
        "seen": row.seen,
        "parts": [part | {"shown": part_words(part)} for part in parts],
        "not_seen": not_seen,
    }


def part_words(part):
    if len(part["levels"]) > 1:
        return f"{part['count']} together"
    return str(part["count"]) if part["count"] else "none"


def level_heads(levels, protected):
    """A column for each level; for leaders one for each half, where few are small."""
    if not protected:
        return levels
    middle = halves(levels)
    return [half_words(side).capitalize() for side in (levels[:middle], levels[middle:]) if side]


def level_cells(row, levels, protected):
    seen = fewer() if row["seen"] is None else str(row["seen"] or "none")
    not_seen = "not shown" if row["not_seen"] is None else str(row["not_seen"] or "none")
    # A scale of one level has no lower half.
    halves_told = halves_of(row, levels)[-2 if len(levels) > 1 else -1 :]
    cells = halves_told if protected else [part["shown"] for part in row["parts"]]
    return [row["label"], seen, *cells, not_seen]


def halves_of(row, levels):
    """What is said of the lower and of the upper half of the levels."""
    if row["seen"] is None:
        return [fewer(), fewer()]
    leaning = row["parts"][0].get("leaning")
    if leaning is not None:
        few, others = fewer(), "the others"
        return {"upper": [few, others], "lower": [others, few]}.get(
            leaning, ["not shown apart"] * 2
        )
    upper = upper_count(row, levels)
    return [str(count) if count else "none" for count in (row["seen"] - upper, upper)]


def upper_count(row, levels):
    """How many reached the upper half of the levels; None where what is joined hides it."""
    upper = set(range(halves(levels), len(levels)))
    parts = [set(part["levels"]) for part in row["parts"]]
    if row["seen"] is None or any(part & upper and part - upper for part in parts):
        return None
    return sum(part["count"] for part in row["parts"] if set(part["levels"]) <= upper)


def levels_finding(summary, rows):
    told = [(row, upper_count(row, summary.levels)) for row in rows if row["seen"]]
    told = [(row, upper) for row, upper in told if upper is not None]
    if not told:
        nothing = "No criterion was seen often enough to say at which level"
        return nothing, f"{nothing}, in this stretch of months."
    row, upper = max(told, key=lambda pair: pair[1])
    words = upper_words(summary.levels)
    title = f"{row['label']}: {words} in {upper or 'none'} of {row['seen']}"
    return title, f"{title}."


def least_seen(rows):
    told = [row for row in rows if row["seen"] is not None]
    if len(told) < 2:
        return "Levels are counted, and never averaged."
    row = min(told, key=lambda row: row["seen"])
    return f"Least often seen: {row['label']}."


def levels_verdict(summary, left_out):
    said = []
    if left_out:
        names = in_a_row([f"“{row.label}”" for row in left_out])
        said.append(f"Left out, since {fewer()} observations are without it: {names}.")
    said += asked_later(summary)
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


def helps_hinders(summary, *, protected=False):
    """Confirmed passages on each side of each theme that has any, in the codebook's order."""
    rows = [
        {
            "label": row.label,
            "helps": one(row.helps, protected),
            "hinders": one(row.hinders, protected),
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
        verdict="" if protected else waiting(summary),
    )


def balance(rows):
    if not rows:
        return "No passage is confirmed as helping or hindering yet"
    said = []
    for side, verb in [("helps", "helps"), ("hinders", "hinders")]:
        row = max(rows, key=lambda row: row[side]["count"] or 0)
        if row[side]["count"]:
            label = lowered(row["label"]) if said else row["label"]
            said.append(f"{label} {verb} in {plural(row[side]['count'], 'passage')}")
    return "; ".join(said) or "No theme has passages enough to show a count"


def waiting(summary):
    if not summary.suggested:
        return ""
    return f"{plural(summary.suggested, 'suggested passage')} not looked at yet, and not counted."
