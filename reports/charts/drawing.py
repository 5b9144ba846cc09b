"""A drawing as a list of plain shapes, which templates/charts/drawing.svg writes out."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe

from reports.charts import palette
from reports.charts.text import width, wrap

# How far a line of text is from its middle, in parts of its size: half the x-height or so.
BASELINE = 0.33


@dataclass(frozen=True)
class Size:
    """How wide a drawing is, and how large its type. Every other measure follows the type."""

    width: float
    type: float
    screen: bool

    @property
    def line(self):
        return self.type * 1.2

    @property
    def stacked(self):
        """Whether a label must be over its bar, for want of room beside it."""
        return self.screen and self.width < 22 * self.type

    @property
    def label_share(self):
        """How much of the width labels may take. Paper has few lines to spare: more there."""
        if self.screen:
            return 0.42
        return 0.5 if self.width > 20 * self.type else 0.56


class Drawing:
    """Shapes placed from the top down; `bottom` is how far they have come."""

    def __init__(self, size, prefix):
        self.size = size
        self.prefix = prefix
        self.shapes = []
        self.patterns = []
        self.bottom = 0

    def add(self, tag, words="", **attributes):
        """One SVG element; an attribute's underscores become hyphens."""
        named = [
            f' {name.replace("_", "-")}="{written(value)}"'
            for name, value in attributes.items()
            if value is not None
        ]
        # Each value is escaped above; the words are left to the template.
        self.shapes.append({"tag": tag, "attributes": mark_safe("".join(named)), "words": words})

    def rect(self, x, y, wide, high, fill, **attributes):
        self.add("rect", x=x, y=y, width=max(wide, 0), height=high, fill=fill, **attributes)
        self.reach(y + high)

    def line(self, x1, y1, x2, y2, colour, weight=0.06, **attributes):
        """`weight` is in parts of the type size, as are all strokes."""
        self.add(
            "line", x1=x1, y1=y1, x2=x2, y2=y2,
            stroke=colour, stroke_width=weight * self.size.type, **attributes,
        )  # fmt: skip

    def path(self, points, colour, weight=0.06, **attributes):
        d = "M" + " L".join(f"{written(x)} {written(y)}" for x, y in points)
        self.add(
            "path", d=d, fill=attributes.pop("fill", "none"),
            stroke=colour, stroke_width=weight * self.size.type, **attributes,
        )  # fmt: skip

    def words(self, x, y, words, anchor="start", bold=False, colour=palette.INK):
        """One line of text, its middle at `y`."""
        self.add(
            "text", words, x=x, y=y + BASELINE * self.size.type, fill=colour,
            text_anchor=None if anchor == "start" else anchor,
            font_weight=600 if bold else None,
        )  # fmt: skip
        self.reach(y + self.size.line / 2)

    def label(self, x, y, words, room, lines=2, **how):
        """Text on up to two lines, its middle at `y`, no wider than `room`."""
        lines = wrap(words, self.size.type, room, lines, bold=how.get("bold", False))
        for at, line in enumerate(lines):
            self.words(x, y + (at - (len(lines) - 1) / 2) * self.size.line, line, **how)

    def lines_of(self, words, room, bold=False, lines=2):
        return len(wrap(words, self.size.type, room, lines, bold=bold))

    def width_of(self, words, bold=False):
        return width(words, self.size.type, bold)

    def hatch(self, name):
        """The fill of a hatched pattern of templates/charts/drawing.svg; kept once a drawing."""
        if name not in self.patterns:
            self.patterns.append(name)
        return f"url(#{self.prefix}-{name})"

    def reach(self, y):
        self.bottom = max(self.bottom, y)


def written(value):
    """A figure to two places without trailing zeros; anything else escaped."""
    if isinstance(value, float | int):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return escape(value)
