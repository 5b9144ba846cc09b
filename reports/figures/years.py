"""The year's story: in what share of the chances practice showed what the framework asks, over the year."""

from dataclasses import dataclass

from practicelens.numbers import in_a_row, lowered, plural
from reports.figures.chart import chart
from reports.figures.joins import joins_of, marked
from reports.figures.runs import POINTS_FOR_A_RUN, RULES, stretch_label, stretches_of
from reports.periods import Window, months_after
from reports.statistics import xmr
from reports.summaries.shape import upper_words
from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH
from reports.summaries.year import Month, year_of

LEFT_OUT = "The year’s story is left out: too few months or quarters can be told of yet"
YEAR = 12  # months that are drawn
STEP = 10  # in a hundred: the scale ends at a whole step


@dataclass(frozen=True)
class Point:
    """A month or a quarter: what was seen in it, if it is told of, and whether it is over."""

    label: str
    told: Month | None
    is_over: bool = True

    @property
    def share(self):
        """In parts of a hundred; None where nothing could be seen, or is told."""
        return (
            100 * self.told.upper / self.told.chances if self.told and self.told.chances else None
        )

    @property
    def shown(self):
        return "not told" if self.share is None else f"{round(self.share)}%"

    @property
    def is_thin(self):
        return self.share is not None and self.told.chances < SEEN_OFTEN_ENOUGH

    @property
    def is_open(self):
        """Shown, and kept out of centre, limits and rules."""
        return self.is_thin or not self.is_over


def year(summary, stretches, running=None):
    """The chart of the `stretches` that may be told of, and of the `running` month if that may be.

    The past year is drawn; centre, limits and rules rest on all that is told since the framework began.
    """
    found = year_of(summary)
    told = [each for each in stretches if set(Window(*each).months) <= set(found.series.months)]
    points = points_of(found, told, running)
    known = [point for point in points if point.share is not None and not point.is_open]
    if len(known) < POINTS_FOR_A_RUN:
        return left_out()
    size = Window(*told[0]).length
    unit, upper = "month" if size == 1 else "quarter", upper_words(summary.levels)
    rule = xmr([None if point.is_open else point.share for point in points])
    cut = max(len(points) - YEAR // size, 0)
    drawn = points[cut:]
    first = months_after(told[0][0], cut * size)
    joins = joins_of(found.series, size, found.series.months.index(first))
    joins = [join for join in joins if join.at < len(drawn)]
    title = title_of(points, known[-1], rule, upper, unit)
    said = [diamonds(rule, cut), rests_on(points, cut, rule), open_words(drawn)]
    verdict = " ".join(filter(None, said))
    why = marked_words(points, rule)
    marks = marked(joins, labelled(drawn))
    return chart(
        "year",
        title=title,
        counted=counted_words(found, unit),
        alt=" ".join(filter(None, [f"{title}.", verdict, why])),
        verdict=verdict,
        data={
            "points": [
                point_of(point, at in rule.special) for at, point in enumerate(points) if at >= cut
            ],
            "centre": {"kind": rule.kind, "value": round(rule.centre)},
            "limits": limits_of(rule),
            "top": top_of(drawn, rule),
            "first": f"{first:%Y-%m}",
            "size": size,
            "joins": [join.data for join in joins],
            "asked": [],
        },
        head=[unit.capitalize(), upper.capitalize(), "Chances", "Share", "What happened"],
        rows=[[*row_of(point), mark] for point, mark in zip(drawn, marks, strict=True)],
    )


def left_out():
    """Where there are too few points to draw: a sentence, and nothing else."""
    head = ["Month", "Share"]
    return chart(
        "year", title=LEFT_OUT, counted="", alt="", data={"points": []}, head=head, rows=[]
    )


def points_of(found, told, running=None):
    """A point for each month or quarter from the first that is told to the last."""
    if not told:
        return []
    size = Window(*told[0]).length
    starts = Window(told[0][0], told[-1][1]).months[::size]
    every = [(start, months_after(start, size - 1)) for start in starts]
    points = [
        Point(stretch_label(*each), counted_in(found, each) if each in told else None)
        for each in every
    ]
    if running and size == 1 and running == months_after(told[-1][1], 1):
        counted = counted_in(found, (running, running))
        points.append(Point(stretch_label(running, running), counted, is_over=False))
    return points


def counted_in(found, stretch):
    return sum((found.months.get(month, Month()) for month in Window(*stretch).months), Month())


def point_of(point, is_special):
    return {
        "label": point.label,
        "value": None if point.share is None else round(point.share, 1),
        "shown": point.shown,
        "chances": point.told.chances if point.told else None,
        "special": is_special,
        "open": point.is_open,
    }


def row_of(point):
    if point.share is None:
        return [point.label, "not told", "not told", "not told"]
    label = point.label if point.is_over else f"{point.label}, not over yet"
    return [label, str(point.told.upper or "none"), str(point.told.chances), point.shown]


def limits_of(rule):
    if rule.upper is None:
        return None
    return {"upper": min(round(rule.upper), 100), "lower": max(round(rule.lower), 0)}


def top_of(points, rule):
    """The end of the scale, at a whole step."""
    most = max([point.share or 0 for point in points] + [rule.upper or 0, STEP])
    return min(-(-round(most) // STEP) * STEP, 100)


def title_of(points, last, rule, upper, unit):
    base = f"Practice was {upper} in {last.shown} of chances in {last.label}"
    if rule.upper is None:
        return f"{base}; too few {unit}s to tell a real change"
    if not rule.special:
        return f"{base}; {unit}s differ no more than by chance"
    places = latest(sorted(rule.special), points, rule)
    high = points[places[0]].share > rule.centre
    how = f"{'higher' if high else 'lower'} than chance explains"
    if points[places[-1]] is last:
        return f"{base}, {how}"
    verb = "was" if len(places) == 1 else "were"
    return f"{base}; {stretches_of(labelled(points), places)} {verb} {how}"


def latest(special, points, rule):
    """The last unbroken stretch of special points on one side of the centre."""
    places = [special[-1]]
    for at in reversed(special[:-1]):
        same_side = (points[at].share > rule.centre) == (points[places[0]].share > rule.centre)
        if at != places[0] - 1 or not same_side:
            break
        places.insert(0, at)
    return places


def labelled(points):
    return [(point.label, point.share) for point in points]


def marked_words(points, rule):
    """Which points the rule marks, and by which part of it."""
    said = [
        f"{stretches_of(labelled(points), rule.flags[name])} ({words})"
        for name, words in RULES.items()
        if rule.flags.get(name)
    ]
    return f"Marked as more than chance: {'; '.join(said)}." if said else ""


def diamonds(rule, cut):
    """What the marks mean, where any is drawn."""
    return "Diamonds: more than chance." if any(at >= cut for at in rule.special) else ""


def rests_on(points, cut, rule):
    """Of which months centre and limits are, where those are more than the drawn ones."""
    if not cut:
        return ""
    what = rule.kind.capitalize() if rule.upper is None else f"{rule.kind.capitalize()} and limits"
    return f"{what} since {points[0].label}."


def open_words(points):
    """Why some points are open."""
    unfinished = [point.label for point in points if not point.is_over]
    thin = [point.label for point in points if point.is_over and point.is_thin]
    said = [f"{in_a_row(unfinished)} is not over"] if unfinished else []
    if thin:
        said.append(f"{in_a_row(thin)}: fewer than {SEEN_OFTEN_ENOUGH} chances")
    return f"Open: {'; '.join(said)}." if said else ""


def counted_words(found, unit):
    """What is counted, and of which criteria."""
    criteria = plural(found.criteria, "criterion", "criteria")
    words = f"Of chances seen or missed each {unit}, in {criteria}"
    return f"{words}; {found.left_out} newer left out" if found.left_out else words


def with_asked(drawn, loops):
    """The chart with what was asked, decided and gone back to on its axis.

    `loops` are (question, [(month from the first, as a number, words, day in words)]).
    """
    if not drawn["data"]["points"] or not loops:
        return drawn
    size = drawn["data"]["size"]
    asked = [
        {
            "words": question,
            "marks": [{"at": round(at / size, 2), "words": words} for at, words, _ in marks],
        }
        for question, marks in loops
    ]
    said = [
        f"{', '.join(f'{words} {day}' for _, words, day in marks)}: {question}".strip()
        for question, marks in loops
    ]
    return {
        **drawn,
        "alt": " ".join(
            [f"{drawn['alt'].rstrip('.')}.", *(f"{each[:1].upper()}{each[1:]}" for each in said)]
        ),
        "data": {**drawn["data"], "asked": asked},
        "table": {**drawn["table"], "rows": rows_with(drawn["table"]["rows"], loops, size)},
    }


def rows_with(rows, loops, size):
    """The rows with each mark in that of its month; what came after the last is said in the last."""
    said = [[] for _ in rows]
    for question, marks in loops:
        for at, words, day in marks:
            place = max(min(int(at / size), len(rows) - 1), 0)
            said[place].append(f"{words} on {day}: {question}")
    return [
        [*row[:-1], "; ".join(filter(None, [row[-1], *map(lowered, told)]))]
        for row, told in zip(rows, said, strict=True)
    ]
