"""How risk was spoken of, as observers marked it in passages."""

from practicelens.numbers import plural
from reports.counts import part_of
from reports.figures.chart import chart, fewer, is_small, join_small
from reports.figures.conditions import OTHERS, main_first
from reports.summaries.then_and_now import Change, risk_change, share
from reports.summaries.words import in_the

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


OF_HARM = "Risk statements that named a harm, with evidence"
BECAME = {
    Change.MORE: "Harm is named with evidence more often than {before} before",
    Change.LESS: "Harm is named with evidence less often than {before} before",
    Change.NONE: "No clear change in how often harm is named with evidence",
    Change.UNTOLD: "There is too little to tell whether harm is named with evidence more often",
}


def risk_then_and_now(summary, *, protected=False):
    """The share of risk statements that named a harm, beside the one before, as two points.

    Nothing is drawn where either share can't be told as it is: the place of a point would tell it.
    """
    now, before = summary.risk, summary.risk.before
    told = [talk for talk in (before, now) if talk and is_told(talk, protected)]
    window = summary.window
    title = "There are no two shares of risk statements to set side by side"
    points = []
    if len(told) == 2:
        title = BECAME[risk_change(now)].format(before=in_the(window.before))
        points = [
            {"label": label, "value": round(100 * share(talk), 1), "shown": words_of(talk)}
            for label, talk in (("Before", before), ("Now", now))
        ]
    numbers = "; ".join(f"{each['label'].lower()} {each['shown']}" for each in points)
    return chart(
        "then_now",
        title=title,
        counted=f"{OF_HARM}, now and {in_the(window.before)} before",
        alt=f"{title}: {numbers}." if points else f"{title}. Nothing is drawn.",
        data={"points": points},
        head=["When", "Named a harm, with evidence"],
        rows=[[each["label"], each["shown"]] for each in points],
    )


def is_told(talk, protected):
    """Whether its share may be told as it is, and there is one."""
    if not protected or not talk.seen:
        return bool(talk.seen)
    is_whole = part_of(talk.upper, talk.seen) == words_of(talk)
    return is_whole and not is_small(talk.observations, protected)


def words_of(talk):
    """Such as: 7 of 28."""
    if talk.upper == talk.seen:
        return f"all {talk.seen}"
    return f"{talk.upper or 'none'} of {talk.seen}"
