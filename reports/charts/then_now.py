"""Then and now: one share at two times, with the number under each point."""

from reports.charts import palette
from reports.charts.run import mark

HIGH = 5.5  # the plot's height in lines of text: it is a small chart
ROOM = 16  # the widest that the two points are apart, in type sizes


def then_now(drawing, data):
    """Two points between none and all, joined; under each its number and its time."""
    size, points = drawing.size, data["points"]
    top, foot = size.line * 0.8, size.line * (0.8 + HIGH)
    left = max(drawing.width_of(words) for words in ("all", "none")) + size.type * 0.6
    each = min((size.width - left) / len(points), ROOM * size.type)
    right = left + each * len(points)
    for words, y in (("all", top), ("none", foot)):
        drawing.words(left - size.type * 0.6, y, words, "end", colour=palette.SLATE)
    drawing.line(left, top, right, top, palette.LINE, 0.06)
    drawing.line(left, foot, right, foot, palette.INK, 0.07)
    spots = [
        (left + (at + 0.5) * each, foot - point["value"] / 100 * (foot - top))
        for at, point in enumerate(points)
    ]
    drawing.path(spots, palette.LAGOON, 0.12)
    for (x, y), point in zip(spots, points, strict=True):
        mark(drawing, x, y, {"special": False})
        drawing.words(x, foot + size.line * 0.9, point["shown"], "middle", bold=True)
        drawing.words(x, foot + size.line * 1.9, point["label"], "middle", colour=palette.SLATE)
