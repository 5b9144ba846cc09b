"""The figures that a paper told, a line each, read from its frozen content; no database.

A line is of a group (a unit or a part of it, months, a kind of work or all) and counts one thing in it.
What can't be read as a plain count is left out. So is every issue of before the rule on groups.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reports.summaries.shape import upper_words


class Measure(StrEnum):
    """What is counted, in the order in which it is shown."""

    OBSERVATIONS = "observations"
    SEEN = "seen"
    UPPER = "upper"
    CHANCES = "chances"
    SHOWS = "shows"
    HELPS = "helps"
    HINDERS = "hinders"
    HOW_OBSERVED = "how_observed"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"
    CAUSES = "causes"
    LOST = "lost"

    @property
    def label(self):
        return WORDS[self][0]

    @property
    def anchor(self):
        """Where it is defined on the page that says how each figure is worked out."""
        return WORDS[self][1]


WORDS = {
    Measure.OBSERVATIONS: ("Observations", "what-is-counted"),
    Measure.SEEN: ("Criterion seen", "how-the-framework-shows-up"),
    Measure.UPPER: ("Criterion in the upper half of its levels", "how-the-framework-shows-up"),
    Measure.CHANCES: ("Verdict file: a chance to see it", "verdict-files"),
    Measure.SHOWS: ("Verdict file: shown, where there was a chance", "verdict-files"),
    Measure.HELPS: ("Theme: passages that say it helps", "what-helps-and-what-hinders"),
    Measure.HINDERS: ("Theme: passages that say it hinders", "what-helps-and-what-hinders"),
    Measure.HOW_OBSERVED: ("How practice was observed", "conditions-and-meetings"),
    Measure.EVENINGS: ("Observations in the evening or at night", "what-is-counted"),
    Measure.WEEKENDS: ("Observations at the weekend", "what-is-counted"),
    Measure.CAUSES: ("Opportunities missed, by cause", "how-the-framework-shows-up"),
    Measure.LOST: ("Minutes lost", "conditions-and-meetings"),
}
# The tables and charts that are read, by the first word of their head or by their title.
BARS = {
    "How observed": (Measure.HOW_OBSERVED, 1),
    "Cause": (Measure.CAUSES, 1),
    "What it was": (Measure.LOST, 2),
}
BESIDE_ALL = {"Evenings": Measure.EVENINGS, "Weekends": Measure.WEEKENDS}


@dataclass(frozen=True)
class Line:
    """A count of a group: `of` is its base, if it has one that a share may be taken of.

    `part` names the unit or units within the paper's own; empty for the whole. `work` is a kind of
    work; empty for all. `about` is the criterion, theme or whatever else is counted. `before` and
    `change` are of the same length of months before, as the paper told them.
    """

    first: object
    last: object
    measure: Measure
    count: int
    of: int | None = None
    part: str = ""
    work: str = ""
    about: str = ""
    levels: str = ""
    before: tuple | None = None
    change: str = ""
    is_of_a_criterion: bool = False

    @property
    def is_of_a_theme(self):
        return self.measure in (Measure.HELPS, Measure.HINDERS)


def number(cell):
    """A count as papers write it; None for whatever is no plain count."""
    if cell == "none":
        return 0
    return int(cell) if re.fullmatch(r"\d+", cell) else None


def part_of(cell):
    """(31, 44) of “31 of 44”, “none of 44” or “all 44”; None of anything else."""
    found = re.fullmatch(r"all (\d+)|(\d+|none) of (\d+|none)", cell.lower())
    if found is None:
        return None
    if found[1]:
        return int(found[1]), int(found[1])
    return number(found[2]), number(found[3])


def months_in(words):
    """(first month, last month) of “1 May to 31 October 2026”, “Jul to Sep 2026” or “October 2026”."""
    first, _, last = words.rpartition(" to ")
    end = month_in(last)
    if not first:
        return end, end
    named = first if re.search(r"\d{4}$", first) else f"{first} {end.year}"
    return month_in(named), end


def month_in(words):
    named = " ".join(words.split()[-2:])
    for form in ("%B %Y", "%b %Y"):
        with suppress(ValueError):
            return datetime.strptime(named, form).date()
    raise ValueError(f"no month: {words}")


def lines_of(content):
    """Every line of the content of a briefing or of a verdict file."""
    if not content.get("rule") or not content["window"]["months"]:
        return ()
    if content["schema"].startswith("practicelens.verdict/"):
        return tuple(of_verdict(content))
    return tuple(of_briefing(content))


def of_briefing(content):
    window = months_in(content["window"]["words"])
    charts = content["annex"]["charts"]
    yield from observed(content, window)
    for chart in charts:
        if chart["kind"] == "coverage":
            yield from parts(chart, window)
    for table in content["annex"]["tables"]:
        if table["title"] == "Observations by kind of work":
            yield from kinds(table)
    yield from criteria(content, window)
    yield from themes(content, window)
    yield from over_months(content)
    for chart in charts:
        yield from bars(chart, window)


def observed(content, window):
    """All of the window, and of its last month where that was told by itself."""
    if not content["strip"]:
        return
    figure, words = content["strip"][0]["figure"].lower(), content["strip"][0]["words"]
    since = re.search(r"; (\d+|none) since", words)
    whole = number(since[1] if since else figure)
    if whole is not None:
        yield Line(*window, Measure.OBSERVATIONS, whole)
    month = datetime.strptime(content["month"], "%Y-%m").date()
    if since and number(figure) is not None and (month, month) != window:
        yield Line(month, month, Measure.OBSERVATIONS, number(figure))


def parts(chart, window):
    """Each part of the unit that was told of, and of it evenings and weekends."""
    columns = chart["data"]["columns"]
    for row in chart["data"]["rows"]:
        counts = dict(zip(columns, (cell["count"] for cell in row["cells"]), strict=True))
        whole = counts.get("All")
        if whole is None:
            continue
        yield Line(*window, Measure.OBSERVATIONS, whole, part=row["label"])
        for column, measure in BESIDE_ALL.items():
            if counts.get(column) is not None and whole:
                yield Line(*window, measure, counts[column], whole, part=row["label"])


def kinds(table):
    """How often each kind of work was observed, in its own months."""
    for label, count, when in table["rows"]:
        if number(count) is not None:
            yield Line(*months_in(when), Measure.OBSERVATIONS, number(count), work=label)


def levels_of(content):
    """What the upper half of the levels is called."""
    for section in content["sections"]:
        for chart in section.get("charts", []):
            if chart["kind"] == "levels":
                return upper_words(chart["data"]["levels"])
    return ""


def table_called(content, title):
    return next((each for each in content["annex"]["tables"] if each["title"] == title), None)


def criteria(content, window):
    """How often each criterion was seen, and in the upper half of its levels; then and now."""
    table, then = table_called(content, "Levels by criterion"), then_and_now(content)
    if table is None:
        return
    whole, words = total(content), levels_of(content)
    earlier = window_before(content)
    for label, *cells in table["rows"]:
        counts = [number(cell) for cell in cells]
        if None in counts:
            continue
        seen, levels = counts[0], counts[1:-1]
        upper = sum(levels[len(levels) // 2 :])
        criterion = {"about": label, "is_of_a_criterion": True}
        yield Line(*window, Measure.SEEN, seen, whole, **criterion)
        if not seen:
            continue
        before, change = then.get(label, (None, ""))
        shared = {**criterion, "levels": words}
        yield Line(*window, Measure.UPPER, upper, seen, before=before, change=change, **shared)
        if before and earlier:
            yield Line(*earlier, Measure.UPPER, *before, **shared)


def total(content):
    """All observations of the window, or None."""
    found = next(observed(content, months_in(content["window"]["words"])), None)
    return found and found.count


def then_and_now(content):
    """{criterion: ((how many before, of how many) or None, what can be said)}."""
    table = table_called(content, "Then and now")
    return {row[0]: (part_of(row[2]), row[3].lower()) for row in table["rows"]} if table else {}


def window_before(content):
    table = table_called(content, "Then and now")
    found = table and re.search(r"Before: (.*?)\. ", table["note"])
    return months_in(found[1]) if found else None


def themes(content, window):
    table = table_called(content, "Passages by theme")
    for label, helps, hinders in table["rows"] if table else []:
        for measure, cell in ((Measure.HELPS, helps), (Measure.HINDERS, hinders)):
            if number(cell) is not None:
                yield Line(*window, measure, number(cell), about=label)


def over_months(content):
    """The months or quarters of the criterion that was drawn over time."""
    table = table_called(content, "Levels by criterion")
    names = [row[0] for row in table["rows"]] if table else []
    for chart in content["annex"]["charts"]:
        about = next((each for each in names if chart["title"].startswith(f"{each}: ")), None)
        if chart["kind"] != "run" or about is None:
            continue
        for point in chart["data"]["points"]:
            if point["value"] is not None and not point.get("open"):
                window = months_in(point["label"])
                yield Line(
                    *window,
                    Measure.UPPER,
                    point["value"],
                    about=about,
                    levels=levels_of(content),
                    is_of_a_criterion=True,
                )


def bars(chart, window):
    """How practice was observed, causes of what was missed, and minutes lost."""
    head = chart["table"]["head"]
    if chart["kind"] != "bars" or head[0] not in BARS:
        return
    measure, column = BARS[head[0]]
    counted = [(row[0], number(row[column])) for row in chart["table"]["rows"]]
    counted = [(label, count) for label, count in counted if count is not None]
    whole = sum(count for _, count in counted) if measure == Measure.HOW_OBSERVED else None
    for label, count in counted:
        yield Line(*window, measure, count, whole, about=label)


def of_verdict(content):
    """Of what it is about: chances and what became of them, whole, by months, part and kind of work."""
    window, about = months_in(content["window"]["words"]), subject_of(content)
    whole = content["strip"] and part_of(content["strip"][0]["figure"])
    if not whole:
        return
    shown = part_of(content["strip"][1]["figure"])
    yield from chances(window, whole[1], whole[0], shown and shown[0], **about)
    for table in content["tables"]:
        head = table["head"][0]
        for label, *cells in table["rows"]:
            counts = [number(cell) for cell in cells[:3]]
            if len(cells) < len(counts) or None in counts:
                continue
            if head == "When":
                yield from chances(months_in(label), *counts, **about)
            elif head == "Part":
                yield from chances(window, *counts, **about, part=label)
            elif head == "Kind of work":
                yield from chances(window, *counts, **about, work=label)


def subject_of(content):
    """What a verdict file is about; a criterion by its name alone, as briefings have it."""
    subject = content["subject"]
    is_of_a_criterion = subject["kind"] == "criterion"
    name = subject["name"].partition(" ")[2] if is_of_a_criterion else subject["name"]
    return {"about": name, "is_of_a_criterion": is_of_a_criterion}


def chances(window, observations, with_a_chance, shows, *, about, is_of_a_criterion, **group):
    """How many observations there were, how many had a chance to show it, and how many did."""
    yield Line(*window, Measure.OBSERVATIONS, observations, **group)
    shared = {"about": about, "is_of_a_criterion": is_of_a_criterion, **group}
    yield Line(*window, Measure.CHANCES, with_a_chance, observations, **shared)
    if with_a_chance and shows is not None:
        yield Line(*window, Measure.SHOWS, shows, with_a_chance, **shared)
