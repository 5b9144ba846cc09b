"""Bars: one count a row, those that the title is about in lagoon."""

from reports.charts import palette
from reports.charts.rows import WITHHELD, label_room, leave, place, stub

GAP = 0.45


def bars(drawing, data):
    rows = data["rows"]
    size = drawing.size
    bracket = data.get("bracket")
    left = label_room(drawing, [row["label"] for row in rows], any(r["main"] for r in rows))
    words = max(drawing.width_of(shown(row), True) for row in rows)
    right = size.width - (bracket_room(drawing, bracket) if bracket else 0)
    unit = unit_of(rows, right - left - words - GAP * size.type)

    placed = []
    for at, row in enumerate(rows):
        if row.get("apart"):
            leave(drawing, 0.5)
        placed.append(place(drawing, row["label"], left, bold=row["main"]))
        bar(drawing, placed[at], row, unit)
        leave(drawing)
    if bracket:
        bracket_of(drawing, bracket, placed, right)


def shares(drawing, data):
    """Who spoke for how much of the time: professionals above, then the family."""
    ordered = sorted(data["rows"], key=lambda row: row["family"])
    rows = [
        {
            "label": row["label"],
            "count": row["share"],
            "shown": row["shown"],
            "main": row["family"],
            "apart": row["family"] and at and not ordered[at - 1]["family"],
        }
        for at, row in enumerate(ordered)
    ]
    bars(drawing, {"rows": rows})


def shown(row):
    return row.get("shown") or (WITHHELD if row["count"] is None else str(row["count"]))


def unit_of(rows, room):
    most = max((row["count"] or 0 for row in rows), default=0)
    return room / most if most else 0


def bar(drawing, spot, row, unit):
    if row["count"] is None:
        end = stub(drawing, spot.left, spot)
    else:
        end = spot.left + row["count"] * unit
        fill = palette.LAGOON if row["main"] else palette.CONTEXT
        drawing.rect(spot.left, spot.top, end - spot.left, spot.high, fill)
    drawing.words(end + GAP * drawing.size.type, spot.middle, shown(row), bold=row["main"])


def bracket_room(drawing, bracket):
    """The arm of the bracket, and its words on two lines at most."""
    size = drawing.size
    return min(drawing.width_of(bracket["words"], True) / 2 + 5 * size.type, size.width * 0.3)


def bracket_of(drawing, bracket, placed, x):
    size = drawing.size
    first, last = placed[bracket["first"]], placed[bracket["last"]]
    arm = x + size.type * 0.9
    points = [(x + 3, first.top), (arm, first.top), (arm, last.top + last.high)]
    drawing.path([*points, (x + 3, last.top + last.high)], palette.SLATE)
    middle = (first.top + last.top + last.high) / 2
    start = arm + size.type * 0.5
    drawing.label(start, middle, bracket["words"], size.width - start, lines=4, bold=True)
