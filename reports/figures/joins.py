"""Where a run goes over from one version to the next, or a theme was merged, in its own points."""

from dataclasses import dataclass

from reports.periods import months_after


@dataclass(frozen=True)
class Join:
    """`at` is the point before which it is; if `within`, it happened in the midst of that one."""

    at: int
    words: str
    month: str
    within: bool = False

    @property
    def data(self):
        """As the drawing takes it."""
        words = f"{self.words}, within this quarter" if self.within else self.words
        return {"at": self.at, "words": words, "within": self.within}


def joins_of(series, size=1, skipped=0):
    """The joins of a series told in points of so many months, after so many months skipped.

    What was before the first point has nothing to be joined with.
    """
    found = [
        (*divmod(position - skipped, size), position, words) for position, words in series.joins
    ]
    return [
        Join(at, words, month_of(series, position), within=rest > 0)
        for at, rest, position, words in found
        if at > 0 or (at == 0 and rest)
    ]


def told(joins, points):
    """A sentence for each; of the end of a trend, which is after all points, the notes tell."""
    return [
        f"{when(join, points)}: {join.words[:1].lower()}{join.words[1:]}."
        for join in joins
        if join.at < len(points)
    ]


def marked(joins, points):
    """For each point the words that are in its row of the table; "" for most."""
    marks = [""] * len(points)
    for join in joins:
        row = min(join.at, len(points) - 1)
        marks[row] = "; ".join(filter(None, [marks[row], mark(join, points)]))
    return marks


def when(join, points):
    return f"{join.month}, within {points[join.at][0]}" if join.within else join.month


def mark(join, points):
    if join.at == len(points):
        return f"From {join.month}: {join.words[:1].lower()}{join.words[1:]}"
    return f"{join.data['words']}, from {join.month}" if join.within else join.words


def month_of(series, position):
    if position < len(series.months):
        return f"{series.months[position]:%b %Y}"
    return f"{months_after(series.months[-1], 1):%b %Y}"
