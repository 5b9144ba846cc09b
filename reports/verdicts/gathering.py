"""What was counted as plain JSON: charts, tables and sentences for page and paper."""

from django.conf import settings

from observations.intervals import wilson
from practicelens.numbers import count_words, in_a_row, plural
from reports import figures
from reports.counts import part_of, shown, with_interval
from reports.periods import day_words
from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH
from reports.telling import Why
from reports.verdicts.counting import BESIDE

TOO_FEW = "too few to say"


def gather(evidence):
    """Everything that page and paper show of the counts; words are a person's."""
    if evidence.window is None:
        return nothing(evidence)
    window = evidence.window
    return {
        "evidence_to": day_words(window.last_day),
        "window": {"months": window.length, "words": window.words},
        "strip": strip(evidence),
        "charts": charts(evidence),
        "tables": tables(evidence),
        "limits": limits(evidence),
    }


def nothing(evidence):
    few = f"fewer than {settings.SMALL_COUNT_THRESHOLD} people"
    said = f"Not told. No figure is told: {few} were observed since it began."
    if evidence.plan.why == Why.NEAR:
        said = f"Not told. No figure is told: beside earlier papers it would single out {few}."
    began = day_words(evidence.subject.began)
    return {
        "evidence_to": began,
        "window": {"months": 0, "words": f"since {began}"},
        "strip": [],
        "charts": [],
        "tables": [],
        "limits": [said],
    }


def strip(evidence):
    """The chances it had and what became of them, and since when."""
    whole, words = evidence.whole, evidence.subject.upper_words
    return [
        {
            "figure": f"{whole.chances} of {whole.observations}",
            "words": f"observations with a chance to see it, {evidence.window.since}",
        },
        {
            "figure": part_of(whole.shows, whole.chances).capitalize(),
            "words": f"{words}, where there was a chance",
        },
        {
            "figure": shown(whole.missed).capitalize(),
            "words": "opportunities missed",
        },
        {
            "figure": day_words(evidence.subject.began),
            "words": "in use since",
        },
    ]


def charts(evidence):
    found = [
        figures.levels(evidence, for_leaders=True),
        figures.run(evidence.series, evidence.plan.stretches),
        figures.helps_hinders(evidence, for_leaders=True),
    ]
    return [each for each in found if each["data"].get("rows") or each["data"].get("points")]


def tables(evidence):
    found = [
        over_time(evidence),
        where(evidence, "Where it embeds, by part of the service", "Part", evidence.parts),
        where(evidence, "Where it embeds, by kind of work", "Kind of work", evidence.kinds),
        causes(evidence),
    ]
    return [each for each in found if each["rows"]]


def over_time(evidence):
    """Each month or quarter that may be told of, and whether it is too thin to say anything."""
    rows = [
        [label, shown(each.observations), shown(each.chances), shown(each.shows), share_of(each)]
        for label, each in evidence.stretches
    ]
    return {
        "title": "Since it began, by quarter",
        "head": [
            "When",
            "Observations",
            "With a chance",
            evidence.subject.upper_words.capitalize(),
            "Share, 95% interval",
        ],
        "rows": rows,
        "note": thin(evidence),
    }


def thin(evidence):
    """How many of the months and quarters say little, each taken alone."""
    few = sum(each.is_thin for _, each in evidence.stretches)
    quarters = part_of(few, len(evidence.stretches))
    least = count_words(SEEN_OFTEN_ENOUGH)
    said = [f"Thin is what has fewer than {least} chances to see it: it says little alone."]
    if evidence.months:
        months = part_of(evidence.thin_months, evidence.months)
        said.append(
            f"Of the months drawn, {months} are thin, so they are added up by quarter here."
        )
    return " ".join([*said, f"Thin quarters: {quarters}."])


def where(evidence, title, kind, places):
    rows = [
        [
            each.label,
            shown(each.tally.observations),
            shown(each.tally.chances),
            shown(each.tally.shows),
            share_of(each.tally),
            BESIDE[each.change].capitalize(),
        ]
        for each in places
    ]
    least = SEEN_OFTEN_ENOUGH
    return {
        "title": title,
        "head": [
            kind,
            "Observations",
            "With a chance",
            evidence.subject.upper_words.capitalize(),
            "Share, 95% interval",
            "Beside the rest",
        ],
        "rows": rows,
        "note": (
            "In the order of their names, not of their results. “More” and “less” are said where the 95% "
            "interval of the difference from all the rest leaves zero out; with fewer than "
            f"{least} chances in either it is too little to tell."
        ),
    }


def share_of(found):
    """7% (1% to 30%)."""
    if found.is_thin:
        return TOO_FEW
    low, high = wilson(found.shows, found.chances)
    return f"{found.shows / found.chances:.0%} ({low:.0%} to {high:.0%})"


def causes(evidence):
    rows = evidence.whole.causes.most_common()
    return {
        "title": "Why it was missed",
        "head": ["Cause", "Opportunities missed"],
        "rows": [
            [cause, str(count)] for cause, count in sorted(rows, key=lambda row: (-row[1], row[0]))
        ],
        "note": "A cause asks a question of the system, not of a worker.",
    }


def limits(evidence):
    """How much this rests on, and what it can't tell."""
    whole, plan = evidence.whole, evidence.plan
    observers = count_words(evidence.observers)
    leaders = "practice leader" if evidence.observers == 1 else "practice leaders"
    without = whole.observations - whole.chances
    said = [
        (
            f"It rests on {plural(whole.observations, 'observation')} by {observers} {leaders}, "
            f"{part_of(evidence.direct, whole.observations)} by direct observation."
        ),
        f"In {shown(without)} there was no chance to see it. That says nothing for or against it.",
    ]
    if whole.is_thin:
        said.append(f"With {shown(whole.chances)} chances to see it, no share can be told.")
    if len(evidence.criteria) > 1:
        said.append(
            "An observation counts once: it shows this where at least half of the criteria that could be "
            f"seen in it were {evidence.subject.upper_words}."
        )
    if evidence.window.first_month > evidence.subject.began:
        said.append(
            f"It is older than {evidence.window.length_words}; what was before is not counted."
        )
    return [*said, *not_told(plan)]


def not_told(plan):
    """What may not be told of, and why."""
    said = [f"Not told. {words}" for words in plan.withheld]
    if plan.kinds:
        names = in_a_row([f"“{each.label}”" for each in plan.kinds])
        said.append(f"Of kinds of work only {names} can be told of.")
    else:
        said.append("Not told. Kinds of work: too few people were observed in each.")
    return said


def in_words(found):
    """31 of 44 (70%; 95% interval 56% to 82%); no share of fewer than ten."""
    if found.is_thin:
        return part_of(found.shows, found.chances)
    return with_interval(found.shows, found.chances)
