"""Coverage: how often each place has seen each kind of work, as a grid with a count in each cell."""

from reports.charts import palette
from reports.charts.rows import WITHHELD, label_room, leave
from reports.charts.text import width

# The shades repeat the counts: from five, and from ten.
SOME, MANY = 5, 10


def coverage(drawing, data):
    """As many columns side by side as fit, the rest in bands below with the labels again."""
    columns, rows = data["columns"], data["rows"]
    left = label_room(drawing, [row["label"] for row in rows])
    in_band = columns_in_a_band(drawing, columns, drawing.size.width - left)
    wide = (drawing.size.width - left) / in_band
    for first in range(0, len(columns), in_band):
        band(drawing, columns[first : first + in_band], rows, first, left, wide)


def columns_in_a_band(drawing, columns, room):
    """As evenly as can be, each column wide enough for every word of its head."""
    words = [word for head in [*columns, "than 5"] for word in head.split(" ")]
    needed = max(width(word, drawing.size.type) for word in [*words, "than 5"])
    most = max(int(room / (needed + 0.8 * drawing.size.type)), 1)
    bands = -(-len(columns) // most)
    return -(-len(columns) // bands)


def band(drawing, heads, rows, first, left, wide):
    size = drawing.size
    lines = max(drawing.lines_of(head, wide - 4) for head in heads)
    y = drawing.bottom + (lines - 0.5) * size.line
    for at, head in enumerate(heads):
        above = (drawing.lines_of(head, wide - 4) - 1) * size.line / 2
        drawing.label(
            left + (at + 0.5) * wide, y - above, head, wide - 4,
            anchor="middle", colour=palette.SLATE,
        )  # fmt: skip
    drawing.reach(y + size.line * 0.7)
    for row in rows:
        row_of(drawing, row["label"], row["cells"][first : first + len(heads)], left, wide)
    leave(drawing, 0.5)


def row_of(drawing, label, cells, left, wide):
    size = drawing.size
    high, gap = size.type * 2.6, size.type * 0.2
    top = drawing.bottom
    if size.stacked:
        lines = drawing.lines_of(label, size.width)
        drawing.label(0, top + lines * size.line / 2, label, size.width)
        top = drawing.bottom + gap
    else:
        drawing.label(0, top + high / 2, label, left - size.type)
    for at, cell in enumerate(cells):
        cell_of(drawing, left + at * wide, top, wide - gap, high, cell)
    drawing.bottom = top + high + gap


def cell_of(drawing, x, y, wide, high, cell):
    fill, text, edge = look(drawing, cell["count"])
    line = 0.08 * drawing.size.type if edge else 0
    drawing.rect(
        x + line / 2, y + line / 2, wide - line, high - line, fill,
        stroke=edge, stroke_width=line or None,
    )  # fmt: skip
    if cell["count"] == 0:
        white_behind(drawing, x + wide / 2, y + high / 2, cell["shown"])
    shown = cell.get("shown") or (WITHHELD if cell["count"] is None else str(cell["count"]))
    bold = bool(cell["count"])
    drawing.label(
        x + wide / 2, y + high / 2, shown, wide - 2, anchor="middle", bold=bold, colour=text
    )


def look(drawing, count):
    """The ground, the colour of the words on it and the edge of a cell."""
    if count is None:
        return palette.WHITE, palette.INK, palette.LAGOON
    if count == 0:
        return drawing.hatch("unseen"), palette.SLATE, palette.LINE
    if count >= MANY:
        return palette.LAGOON_MID, palette.WHITE, None
    return (palette.LAGOON_LIGHT if count >= SOME else palette.LAGOON_PALE), palette.INK, None


def white_behind(drawing, x, y, words):
    wide, high = drawing.width_of(words) + 4, drawing.size.line
    drawing.rect(x - wide / 2, y - high / 2, wide, high, palette.WHITE)
