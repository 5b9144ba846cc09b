"""How risk was spoken of, as observers marked it in passages."""

from practicelens.numbers import plural
from reports.figures.chart import chart, fewer, is_small, join_small
from reports.figures.conditions import OTHERS, main_first

COUNTED = "Risk statements, as observers marked them in passages"


def risk(summary, *, protected=False):
    """Risk statements of each kind; for leaders nothing where few observations have any."""
    talk = summary.risk
    joined = join_small(list(talk.counts), lambda row: row[1], protected)
    if joined is None or is_small(talk.observations, protected):
        return drawn(f"There were {fewer()} observations with risk statements", [])
    rows = [(kind.label, count) for kind, count in joined.kept] if talk.seen else []
    if joined.together:
        rows.append((OTHERS, sum(count for _, count in joined.together)))
    return drawn(title_of(talk, joined), rows)


def title_of(talk, joined):
    if not talk.seen:
        return "No risk statement was marked"
    told = [kind for kind, _ in joined.kept]
    named = next(kind for kind, _ in talk.counts if kind == "harm")
    if named not in told:
        return f"Risk statements that were marked: {talk.seen}"
    return f"A harm was named, with evidence, in {talk.upper or 'none'} of {plural(talk.seen, 'risk statement')}"


def drawn(title, rows):
    return chart(
        "bars",
        title=title,
        counted=COUNTED,
        alt=f"{title}. A bar for each way in which risk was spoken of.",
        data={
            "rows": main_first(
                [
                    {"label": label, "count": count, "shown": str(count or "none")}
                    for label, count in rows
                ]
            ),
            "bracket": None,
        },
        head=["How risk was spoken of", "Risk statements"],
        rows=[[label, str(count or "none")] for label, count in rows],
    )
