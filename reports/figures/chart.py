"""What every chart is made of."""


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


def one(count):
    """A count on its own, as {"count", "shown"}."""
    return {"count": count, "shown": str(count or "none")}
