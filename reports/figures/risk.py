"""How risk was spoken of, as observers marked it in passages."""

from practicelens.numbers import plural
from reports.counts import part_of
from reports.figures.chart import chart, one
from reports.figures.conditions import main_first
from reports.summaries.then_and_now import Change, risk_change, share
from reports.summaries.words import in_the

COUNTED = "Risk statements, as observers marked them in passages"


def risk(summary):
    """Risk statements of each kind."""
    talk = summary.risk
    title = title_of(talk)
    rows = [(kind.label, count) for kind, count in talk.counts] if talk.seen else []
    return chart(
        "bars",
        title=title,
        counted=COUNTED,
        alt=f"{title}. A bar for each way in which risk was spoken of.",
        data={"rows": main_first(rows), "bracket": None},
        head=["How risk was spoken of", "Risk statements"],
        rows=[[label, one(count)["shown"]] for label, count in rows],
    )


def title_of(talk):
    if not talk.seen:
        return "No risk statement was marked"
    statements = plural(talk.seen, "risk statement")
    return f"A harm was named, with evidence, in {talk.upper or 'none'} of {statements}"


OF_HARM = "Risk statements that named a harm, with evidence"
BECAME = {
    Change.MORE: "Harm is named with evidence more often than {before} before",
    Change.LESS: "Harm is named with evidence less often than {before} before",
    Change.NONE: "No clear change in how often harm is named with evidence",
    Change.UNTOLD: "There is too little to tell whether harm is named with evidence more often",
}


def risk_then_and_now(summary):
    """The share of risk statements that named a harm, beside the one before, as two points."""
    now, before = summary.risk, summary.risk.before
    window = summary.window
    title = "There are no two shares of risk statements to set side by side"
    points = []
    if before and before.seen and now.seen:
        title = BECAME[risk_change(now)].format(before=in_the(window.before))
        points = [
            {
                "label": label,
                "value": round(100 * share(talk), 1),
                "shown": part_of(talk.upper, talk.seen),
            }
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
