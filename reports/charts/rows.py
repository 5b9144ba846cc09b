"""What the charts made of labelled rows of bars have in common."""

from dataclasses import dataclass

from reports.charts import palette

WITHHELD = "fewer than 5"
ON_PAPER = 0.6  # of the room between rows on a screen
MOST_LINES = 4  # of a row's label: none of the product's own is cut


@dataclass(frozen=True)
class Row:
    """Where one row's bar goes."""

    left: float
    top: float
    high: float

    @property
    def middle(self):
        return self.top + self.high / 2


def bar_height(drawing):
    return drawing.size.type * 1.25


def label_room(drawing, labels, bold=False):
    """How wide the column of labels is, with the gap after it; zero when they are stacked."""
    if drawing.size.stacked:
        return 0
    widest = max(drawing.width_of(label, bold) for label in labels)
    return min(widest + 1, drawing.size.width * drawing.size.label_share) + drawing.size.type


def place(drawing, label, left, bold=False):
    """Draws a row's label under all that is there, and says where its bar goes."""
    size, high = drawing.size, bar_height(drawing)
    if size.stacked:
        lines = drawing.lines_of(label, size.width, bold)
        top = drawing.bottom + size.type * 0.3
        drawing.label(0, top + lines * size.line / 2, label, size.width, bold=bold)
        row = Row(left, top + lines * size.line + size.type * 0.1, high)
    else:
        room = left - size.type
        lines = drawing.lines_of(label, room, bold, MOST_LINES)
        tall = max(high, lines * size.line)
        row = Row(left, drawing.bottom + (tall - high) / 2, high)
        drawing.label(0, row.middle, label, room, MOST_LINES, bold=bold)
        if lines > 2:
            drawing.reach(row.middle + tall / 2)
    drawing.reach(row.top + high)
    return row


def leave(drawing, lines=0.4):
    """Empty room before the next row, in lines of text; paper has few lines to spare."""
    lines *= 1 if drawing.size.screen else ON_PAPER
    drawing.bottom += lines * drawing.size.line


def stub(drawing, x, row, toward=1):
    """The short, open mark of a count that is withheld; returns where it ends."""
    end = x + toward * stub_width(drawing)
    top, bottom = row.top + 0.5, row.top + row.high - 0.5
    drawing.path([(end, top), (x, top), (x, bottom), (end, bottom)], palette.EDGE, 0.08)
    return end


def stub_width(drawing):
    return drawing.size.type * 1.4
