"""What a briefing counts, of the groups that leaders may be told of, and nothing else."""

from dataclasses import replace

from django.conf import settings

from observations.meeting_facts import DRAWN
from practicelens.numbers import count_words, plural
from reports import figures
from reports.briefings.engine import sorted_by
from reports.briefings.suggesting import APART, well_seen
from reports.briefings.suggesting import conditions as of_conditions
from reports.counts import part_of, shown, teams_of
from reports.figures.chart import chart
from reports.figures.runs import stretch_label
from reports.figures.years import left_out
from reports.models import Section
from reports.periods import day_words, month_words
from reports.summaries import criterion_series, risk_change, then_and_now
from reports.summaries.shape import upper_words
from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH

ROWS = 4  # criteria or themes drawn on the page; the annex has them all
DEFINITIONS = [
    ("Observation", "One occasion of being close to practice: one observer, one unit."),
    ("Direct observation", "Own practice, worked alongside, or shadowed in person."),
    ("Not seen", "No chance to see it. It is not a zero, and says nothing for or against."),
    ("Opportunity missed", "There was an opening and nobody took it. It always has a cause."),
    ("Passage", "A piece of what was seen or heard. It counts once a person has confirmed it."),
    (
        "95% interval",
        "Wilson’s interval: where the true share plausibly lies, given how few were seen.",
    ),
    (
        "Limits",
        (
            "The mean plus and minus 2.66 times the mean moving range. They are drawn from twelve "
            "points on."
        ),
    ),
    (
        "What is told",
        (
            "Only groups of at least {least} observations about at least {least} people, which differ "
            "by as many from any other that was told of. Within them every count is told."
        ),
    ),
]


def gather(summary, plan):
    """Everything counted, as plain JSON; `suggesting` and `wording` speak of nothing else.

    `plan` says which groups may be told of; the summary is of its window.
    """
    window = summary.window
    return {
        "evidence_to": day_words(window.last_day),
        "window": {"months": window.length, "words": window.words},
        "facts": facts(summary, plan),
        "named": named(summary, plan),
        "strip": strip(summary, plan),
        "year": year(summary, plan),
        Section.Key.FRAMEWORK: framework(summary),
        Section.Key.FAMILIES: families(summary),
        Section.Key.CONDITIONS: conditions(summary),
        "annex": annex(summary, plan),
        "withheld": plan.withheld,
    }


def named(summary, plan):
    """What the paper counts by a name that words have for it, so that words can be held to it."""
    month = f"{summary.window.last_month:%B}"
    return {
        "observations": summary.observations,
        "since": summary.window.since,
        "teams": [summary.teams_seen, summary.teams],
        **({"month": month, "in_month": summary.month_observations} if plan.has_month else {}),
    }


def gather_nothing(window, why):
    """The same shape where nothing may be told of, and why."""
    section = {"charts": [], "side": []}
    return {
        "evidence_to": day_words(window.last_day),
        "window": {"months": window.length, "words": window.words},
        "facts": why,
        "strip": [{"figure": "Not told", "words": why[:1].lower() + why[1:].rstrip(".")}],
        "year": left_out(),
        Section.Key.FRAMEWORK: section,
        Section.Key.FAMILIES: section,
        Section.Key.CONDITIONS: section,
        "annex": {"charts": [], "tables": [], "definitions": defined(DEFINITIONS), "about": []},
        "withheld": [why],
    }


def defined(definitions):
    least = settings.SMALL_COUNT_THRESHOLD
    return [{"word": word, "meaning": meaning.format(least=least)} for word, meaning in definitions]


def facts(summary, plan):
    """Who observed where, in a line."""
    if not summary.observations:
        return f"Nothing was seen in {month_words(summary.window.last_month)}."
    people = len(summary.observers)
    observers = f"{count_words(people)} practice leader{'' if people == 1 else 's'}"
    whole = f"{summary.observations} {summary.window.since}, by {observers}."
    if not plan.has_month:
        return f"Observations: {whole}"
    return (
        f"{observations(summary.month_observations)} in "
        f"{summary.month_teams_seen} of {summary.teams} teams; {whole}"
    )


def strip(summary, plan):
    """The figures at the head of the page; recommendations are added when it is built."""
    month = f"{summary.window.last_month:%B}"
    there = part_of(summary.direct, summary.observations)
    return [
        *(seen_in(summary, month) if plan.has_month else seen(summary)),
        {
            "figure": there.capitalize() if summary.observations else "None",
            "words": "by direct observation",
        },
        {
            "figure": shown(summary.evenings).capitalize(),
            "words": f"evenings or nights; weekends: {shown(summary.weekends)}",
        },
    ]


def year(summary, plan):
    """The year's story, of the months or quarters that may be told of."""
    running = plan.has_month and summary.window.is_running
    return figures.year(summary, plan.stretches, summary.window.last_month if running else None)


def observations(count):
    """None observed is “no observations”, at the head of a sentence."""
    return plural(count, "observation") if count else "No observations"


def seen_in(summary, month):
    """How much was seen in the last month, and where."""
    window, teams = summary.window, teams_of(summary.teams_seen, summary.teams)
    noun = "observation" if summary.month_observations == 1 else "observations"
    return [
        {
            "figure": shown(summary.month_observations).capitalize(),
            "words": f"{noun} in {month}; {shown(summary.observations)} {window.since}",
        },
        {
            "figure": f"{summary.month_teams_seen} of {summary.teams}",
            "words": f"teams seen in {month}; {teams} in {window.length_words}",
        },
    ]


def seen(summary):
    """How much was seen in all months, where the last by itself is not told."""
    window = summary.window
    return [
        {
            "figure": shown(summary.observations).capitalize(),
            "words": f"observations {window.since}",
        },
        {
            "figure": f"{summary.teams_seen} of {summary.teams}",
            "words": f"teams seen in {window.length_words}",
        },
    ]


def framework(summary):
    levels = figures.levels(summary, for_leaders=True)
    return {"charts": kept([shortened(levels)]), "side": framework_side(summary)}


def framework_side(summary):
    said = [
        (
            f"{observations(summary.observations)}, {summary.window.words}. "
            "“Not seen” means no chance to see it. It is not a zero."
        )
    ]
    if summary.version:
        joined = any(row.joined for row in summary.criteria)
        carried = " Earlier wordings that mean the same are counted with it." if joined else ""
        said.append(f"{summary.version}.{carried}")
    return said


def families(summary):
    talk = figures.talk(summary, for_leaders=True)
    noted = [figures.noted(summary, fact) for fact in DRAWN]
    timed = summary.meetings.timed
    return {
        "charts": kept([talk, *noted]),
        "side": [
            f"Timed meetings {summary.window.since}: {shown(timed)}.",
            *families_words_side(summary),
        ],
    }


def families_words_side(summary):
    """How families answered on their cards, where any came in."""
    cards = summary.families.cards
    if not cards:
        return []
    answers = [
        f"“{row.label}” Yes: {part_of(row.yes, row.answered)}."
        for row in summary.families.questions
        if row.answered
    ]
    return [f"Families’ words: {plural(cards, 'card')} came in {summary.window.since}.", *answers]


def conditions(summary):
    """Conditions alone: the heading names the foremost of them, so no other theme is drawn beside."""
    helping = figures.helps_hinders(
        replace(summary, themes=of_conditions(summary)), for_leaders=True
    )
    side = ["Passages that a person has confirmed. One passage can be coded to several themes."]
    if any(row.confirmed and row.tells_of & APART for row in summary.themes):
        side.append("The family’s part and good work have sections of their own.")
    return {"charts": kept([shortened(helping, by=larger)]), "side": side}


def annex(summary, plan):
    levels = figures.levels(summary, for_leaders=True)
    helping = figures.helps_hinders(summary, for_leaders=True)
    charts = [
        figures.coverage(summary, plan.parts),
        figures.proximity(summary),
        figures.causes(summary),
        figures.friction(summary),
        *([figures.risk_then_and_now(summary)] if plan.has_before else []),
        *run(summary, plan),
    ]
    note = "Levels are counted, never averaged."
    return {
        "charts": kept(charts),
        "tables": [
            table("Levels by criterion", levels, f"{note} {levels['verdict']}".strip()),
            *(changes(summary) if plan.has_before else []),
            *kinds_of_work(plan),
            table("Passages by theme", helping, "One passage can be coded to several themes."),
        ],
        "definitions": defined([*of_levels(summary), *of_risk(summary), *DEFINITIONS]),
        "about": about(summary),
    }


def kinds_of_work(plan):
    """A table of how often each kind was observed, each in its own months; none where none is told."""
    if all(kind.count is None for kind in plan.kinds):
        return []
    least = settings.SMALL_COUNT_THRESHOLD
    return [
        {
            "title": "Observations by kind of work",
            "head": ["Kind of work", "Observations", "When"],
            "rows": [
                [
                    kind.label,
                    shown(kind.count),
                    stretch_label(kind.window.first_month, kind.window.last_month),
                ]
                if kind.window
                else [kind.label, "few", "not told"]
                for kind in plan.kinds
            ],
            "note": (
                f"Few: of fewer than {least} people. The months of a kind of work move on when what "
                f"is new in it, and what falls out of it, is about at least {least} people."
            ),
        }
    ]


def changes(summary):
    """A table of each criterion that leaders are told of, beside the same length before."""
    told = {row.criterion.pk for row in well_seen(summary)}
    rows = [each for each in then_and_now(summary) if each.now.criterion.pk in told]
    spoken = risk_row(summary.risk)
    if not (spoken or any(each.was_seen for each in rows)):
        return []
    before = summary.window.before
    return [
        {
            "title": "Then and now",
            "head": ["Criterion", "Now", "Before", "Change"],
            "rows": [
                [
                    each.now.label,
                    part_of(each.now.upper, each.now.seen),
                    seen_before(each),
                    each.change.value.capitalize(),
                ]
                for each in rows
            ]
            + spoken,
            "note": (
                f"{upper_words(summary.levels).capitalize()}, of those in which it was seen. Before: "
                f"{before.words}. {RULE}"
            ),
        }
    ]


def risk_row(risk):
    """The share of risk statements that named a harm, then and now."""
    if not risk.seen:
        return []
    before = risk.before
    was = part_of(before.upper, before.seen) if before and before.seen else "not marked"
    change = risk_change(risk).value.capitalize()
    return [
        [
            "Risk statements: a harm named, with evidence",
            part_of(risk.upper, risk.seen),
            was,
            change,
        ]
    ]


def seen_before(compared):
    if not compared.was_seen:
        return "not seen"
    return part_of(compared.before.upper, compared.before.seen)


RULE = (
    f"Where it was seen fewer than {SEEN_OFTEN_ENOUGH} times in either, it is too little to tell. "
    "“More” and “less” are said where the 95% interval of the difference leaves zero out."
)


def of_levels(summary):
    """What the words of this framework's scale mean in a finding."""
    if summary.levels:
        meaning = "The upper half of the levels, of those that could be seen. Levels are counted, "
        yield upper_words(summary.levels).capitalize(), f"{meaning}never averaged."


def of_risk(summary):
    """What a risk statement is, where the table tells of any."""
    if risk_row(summary.risk):
        yield "Risk statement", "How risk was spoken of in a passage, as its observer marked it."


def run(summary, plan):
    """The months of the criterion that was seen most often, so far as they may be told of."""
    rows = [row for row in summary.criteria if not row.apart and row.seen]
    if not rows:
        return []
    row = max(rows, key=lambda row: row.upper)
    series = criterion_series(summary.unit, row.criterion, summary.window)
    return [figures.run(series, plan.stretches)]


def about(summary):
    version = summary.version
    said = [
        ("Window", f"The figures cover {summary.window.length_words}: {summary.window.words}."),
        ("Observers", observers_of(summary)),
        ("How passages are sorted", sorted_by(summary.unit)),
        *lenses_of(summary),
        (
            "Practitioners",
            (
                "Each observation is shown to the practitioner. Beside a quotation is only what "
                "observations about enough people share; what is disputed has the practitioner’s answer with "
                "it. Nobody is named, ranked or scored."
            ),
        ),
    ]
    if version and version.effective_on:
        said.insert(
            0, ("Framework", f"{version}, in force since {day_words(version.effective_on)}.")
        )
    return [{"subject": subject, "text": text} for subject, text in said]


def lenses_of(summary):
    """Which lenses were looked through, by the passages that began from their questions."""
    rows = [row for row in summary.lenses if row.passages]
    if not rows:
        return []
    said = [f"{row.label}, {plural(row.passages, 'passage')}" for row in rows]
    return [("Lenses", f"Passages that began from their questions: {'; '.join(said)}.")]


def observers_of(summary):
    people = len(summary.observers)
    if people < 2:
        return "One practice leader." if people else "Nobody."
    most = part_of(summary.observers[0], summary.observations)
    return f"{count_words(people).capitalize()} practice leaders. The one who saw most made {most}."


def kept(charts):
    """Charts that have something to draw."""
    return [each for each in charts if each["data"].get("rows") or each["data"].get("points")]


def shortened(drawn, by=None):
    """A chart of the rows that say most; the annex's table has them all."""
    rows = drawn["data"]["rows"]
    if len(rows) <= ROWS:
        return drawn
    order = sorted(range(len(rows)), key=lambda at: -(by or often)(rows[at]))
    places = sorted(order[:ROWS])
    data = {**drawn["data"], "rows": [rows[at] for at in places]}
    shorter = [drawn["table"]["rows"][at] for at in places]
    return chart(
        drawn["kind"],
        title=drawn["title"],
        counted=f"{drawn['counted']}; {count_words(ROWS)} of {len(rows)}, the annex has all",
        alt=drawn["alt"],
        verdict=drawn["verdict"],
        data=data,
        head=drawn["table"]["head"],
        rows=shorter,
    )


def often(row):
    return row["seen"]


def larger(row):
    """The larger side: the title names the largest of each, so both must be drawn."""
    return max(row["helps"]["count"], row["hinders"]["count"])


def table(title, drawn, note):
    return {"title": title, **drawn["table"], "note": note}
