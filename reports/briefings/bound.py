"""Figures in words: what a sentence counts, and whether it still says so. No database, no Django."""

import re

# 68 observations; 31 of 44; all 19; 29%: a count with the whole it is of, or with what it counts.
FIGURE = re.compile(
    r"(?:(?P<part>\d+|none|all) of (?P<whole>\d+)|\ball (?P<all>\d+)|(?P<share>\d+%)|(?P<count>\d+))"
    r"(?P<what>(?: (?!of\b|in\b|by\b|for\b|and\b|to\b)[a-z]+)?)"
)


def figures_in(words):
    """Each figure as the words say it: “68 observations”, “31 of 44”, “29%”. Never a year."""
    return [
        found.group() for found in FIGURE.finditer(words) if not is_part_of_a_date(words, found)
    ]


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def is_part_of_a_date(words, found):
    """A day or a year: 1 October 2025."""
    after = words[found.end("count") :].lstrip() if found["count"] else ""
    before = words[: found.start()].rstrip().split(" ")[-1]
    return bool(found["count"]) and (after.startswith(tuple(MONTHS)) or before in MONTHS)


def says(words, figure):
    """Whether words say a figure, by itself and not as a part of another."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d%])(?!\w)", words) is not None


def outdated(before, now, words):
    """[(a figure that is no more, what it is now or "")] of what a person’s words still say.

    `before` is what the rule made of the figures that the person read, `now` what it makes of those
    of now. What both say is not outdated; nor is what the person took out.
    """
    gone = [each for each in figures_in(before) if not says(now, each)]
    fresh = [each for each in figures_in(now) if not says(before, each)]
    return [(each, counterpart(each, fresh)) for each in gone if says(words, each)]


def counterpart(figure, fresh):
    """The figure of the same shape that took its place, if there is just one."""
    alike = [each for each in fresh if shape(each) == shape(figure)]
    return alike[0] if len(alike) == 1 else ""


def shape(figure):
    """“# observations”: the same whatever the number is."""
    return re.sub(r"\d+|\bnone\b|\ball\b", "#", figure)
