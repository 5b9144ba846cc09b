"""What every chart is made of, and how small counts are kept out of it."""

from dataclasses import dataclass

from django.conf import settings

from reports.statistics import protect


def chart(kind, *, title, counted, alt, data, head, rows, verdict=""):
    """A chart as a briefing's content holds it."""
    return {
        "kind": kind,
        "title": title,
        "counted": counted,
        "alt": alt,
        "verdict": verdict,
        "data": data,
        "table": {"head": head, "rows": rows},
    }


def threshold(protected):
    """The smallest count that may be shown, besides zero."""
    return settings.SMALL_COUNT_THRESHOLD if protected else 1


def is_small(count, protected):
    return 0 < count < threshold(protected)


def fewer():
    return f"fewer than {settings.SMALL_COUNT_THRESHOLD}"


def one(count, protected):
    """A count on its own, as {"count", "shown"}."""
    if is_small(count, protected):
        return {"count": None, "shown": fewer()}
    return {"count": count, "shown": str(count) if count else "none"}


@dataclass(frozen=True)
class Joined:
    """The rows of a whole: those shown by themselves, and those that are shown only together."""

    kept: list
    together: list


def join_small(rows, size, protected):
    """Rows whose sizes add up to a known whole, the small ones joined; None if all is small.

    What is joined is what would have to be withheld, so that a joined row tells no small count.
    """
    sizes = [size(row) for row in rows]
    if is_small(sum(sizes), protected):
        return None
    shown = protect(sizes, threshold(protected))
    hidden = [row for row, count in zip(rows, shown, strict=True) if count is None]
    return Joined([row for row in rows if row not in hidden], hidden)
