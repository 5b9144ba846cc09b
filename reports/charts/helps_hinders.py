"""Helps and hinders: two counts a row, from one middle line."""

from reports.charts import palette
from reports.charts.rows import WITHHELD, label_room, leave, place, stub, stub_width

GAP = 0.4
SIDES = {"helps": -1, "hinders": 1}


def helps_hinders(drawing, data):
    """Helps to the left, solid; hinders to the right, hatched; one scale for every row."""
    rows = data["rows"]
    left = label_room(drawing, [row["label"] for row in rows])
    middle, unit = scale(drawing, rows, left)
    heads(drawing, middle)
    top = drawing.bottom

    for row in rows:
        spot = place(drawing, row["label"], left)
        for side in SIDES:
            side_of(drawing, spot, middle, unit, row, side)
        if drawing.size.stacked:
            # Only as long as the bar, so that it does not cross the labels.
            upright(drawing, middle, spot.top, spot.top + spot.high)
        leave(drawing)
    if not drawing.size.stacked:
        upright(drawing, middle, top, drawing.bottom - drawing.size.line * 0.4)


def scale(drawing, rows, left):
    """Where the middle line is, and how wide one passage is."""
    gap = 2 * GAP * drawing.size.type
    words = {side: max(words_room(drawing, row[side]) for row in rows) + gap for side in SIDES}
    most = {side: max(row[side]["count"] or 0 for row in rows) for side in SIDES}
    room = drawing.size.width - left - sum(words.values())
    unit = room / max(sum(most.values()), 1)
    return left + words["helps"] + most["helps"] * unit, unit


def words_room(drawing, half):
    extra = stub_width(drawing) if half["count"] is None else 0
    lines = shown(half).split(" than ") if extra else [shown(half)]
    return max(drawing.width_of(line, True) for line in lines) + extra


def shown(half):
    return half.get("shown") or (WITHHELD if half["count"] is None else str(half["count"]))


def heads(drawing, middle):
    y = drawing.size.line / 2
    gap = GAP * drawing.size.type
    drawing.words(middle - gap, y, "Helps", anchor="end", bold=True, colour=palette.LAGOON)
    drawing.words(middle + gap, y, "Hinders", bold=True, colour=palette.MULBERRY_MID)
    leave(drawing, 0.3)


def upright(drawing, x, top, bottom):
    over = drawing.size.line * 0.15
    drawing.line(x, top - over, x, bottom + over, palette.INK, 0.1)


def side_of(drawing, spot, middle, unit, row, side):
    half, toward = row[side], SIDES[side]
    count = half["count"]
    if count is None:
        end = stub(drawing, middle, spot, toward)
    else:
        end = middle + toward * count * unit
        bar(drawing, spot, min(middle, end), abs(end - middle), side)
    larger = (count or 0) == max(row[name]["count"] or 0 for name in SIDES) and bool(count)
    x, anchor = end + toward * GAP * drawing.size.type, "start" if toward > 0 else "end"
    drawing.label(
        x, spot.middle, shown(half), room_for_label(drawing, x, toward), anchor=anchor, bold=larger
    )


def room_for_label(drawing, x, toward):
    return drawing.size.width - x if toward > 0 else x


def bar(drawing, spot, x, wide, side):
    if not wide:
        return
    if side == "helps":
        drawing.rect(x, spot.top, wide, spot.high, palette.LAGOON)
    else:
        drawing.rect(
            x + 0.4, spot.top + 0.4, wide - 0.8, spot.high - 0.8, drawing.hatch("hinders"),
            stroke=palette.MULBERRY_MID, stroke_width=0.8,
        )  # fmt: skip
