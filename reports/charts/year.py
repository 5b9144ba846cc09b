"""The year's story: a share over the year, its chances under each point, and what was asked below."""

from math import ceil

from reports.charts import palette
from reports.charts.rows import leave
from reports.charts.run import (
    Plot,
    across,
    centre_of,
    dated,
    draw_joins,
    is_open,
    join_lines,
    known_points,
    limits_of,
    points_of,
)
from reports.charts.text import wrap

HIGH = {True: 8, False: 4}  # the plot's height in lines of text, on a screen and on paper
GAP = 0.5  # between words on a line, in type sizes


def year(drawing, data):
    plot = plot_of(drawing, data)
    limits_of(drawing, plot, data)
    centre_of(drawing, plot, data["centre"])
    draw_joins(drawing, plot, data["joins"])
    points_of(drawing, plot, data["points"])
    foot_of(drawing, plot, data)
    names(drawing, plot, data)
    for row in data["asked"]:
        asked(drawing, plot, row)


def plot_of(drawing, data):
    size = drawing.size
    top = (sum(len(join_lines(join, size)) for join in data["joins"]) + 0.5) * size.line
    left = drawing.width_of(f"{data['top']}%") + size.type * GAP
    right = size.width - (0 if size.stacked else names_room(drawing, data))
    high = HIGH[size.screen] * size.line
    return Plot(left, right, top, top + high, data["top"], 0, len(data["points"]))


def foot_of(drawing, plot, data):
    """The line at the foot, the ends of the scale, the chances under each point, and some dates."""
    size, points = drawing.size, data["points"]
    across(drawing, plot, 0, 0.07)
    for value, y in ((data["top"], plot.top), (0, plot.foot)):
        x = plot.left - size.type * GAP
        drawing.words(x, y, f"{value}%", "end", colour=palette.SLATE)
    rows = chances_under(drawing, plot, points)
    y = plot.foot + (rows + 0.75) * size.line
    for at in dated(drawing, plot, points):
        label = points[at]["label"]
        half = drawing.width_of(label) / 2
        x = min(max(plot.x(at), half), size.width - half)
        drawing.words(x, y, label, "middle", colour=palette.SLATE)
    drawing.reach(y + size.line / 2)


def chances_under(drawing, plot, points):
    """In one line; in several by turns where they would touch. Returns how many lines."""
    size = drawing.size
    known = [(at, str(point["chances"])) for at, point in enumerate(points) if point["chances"]]
    widest = max((drawing.width_of(words) for _, words in known), default=0)
    rows = ceil((widest + size.type * 0.3) / (plot.x(1) - plot.x(0)))
    for at, words in known:
        y = plot.foot + (0.75 + at % rows) * size.line
        drawing.words(plot.x(at), y, words, "middle")
    if not size.stacked:
        drawing.words(plot.right + size.type * 0.6, plot.foot + 0.75 * size.line, "chances")
    return rows


def named(data):
    """[(value, words, colour)] of the last point, the centre and the limits."""
    last = known_points(data["points"])[-1][1]
    colour = palette.SPECIAL if last["special"] else palette.LAGOON
    so_far = " so far" if is_open(last) else ""
    found = [(last["value"], f"{last['shown']}{so_far} in {last['label']}", colour)]
    centre = data["centre"]
    found.append(
        (centre["value"], f"{centre['kind'].capitalize()} {centre['value']}%", palette.SLATE)
    )
    for side in ("upper", "lower") if data["limits"] else ():
        value = data["limits"][side]
        found.append((value, f"{side.capitalize()} limit {value}%", palette.SLATE))
    return found


def names_room(drawing, data):
    widest = max(drawing.width_of(words, True) for _, words, _ in named(data))
    return min(widest + drawing.size.type * 0.6, drawing.size.width * 0.3)


def names(drawing, plot, data):
    """Beside the plot at their heights, pushed apart; below it where there is no room beside."""
    size = drawing.size
    if size.stacked:
        leave(drawing, 0.2)
        for _, words, colour in named(data):
            bold = colour != palette.SLATE
            drawing.words(0, drawing.bottom + size.line / 2, words, bold=bold, colour=colour)
        return
    ordered = sorted(named(data), key=lambda each: -each[0])
    y = [plot.y(value) for value, _, _ in ordered]
    for at in range(1, len(y)):
        y[at] = max(y[at], y[at - 1] + size.line)
    over = y[-1] - (plot.foot - 0.1 * size.line)
    for at in reversed(range(len(y))):
        y[at] = min(y[at], plot.foot - (len(y) - 1 - at + 0.1) * size.line) if over > 0 else y[at]
    for middle, (_, words, colour) in zip(y, ordered, strict=True):
        x = plot.right + size.type * 0.6
        drawing.words(x, middle, words, bold=colour != palette.SLATE, colour=colour)


def asked(drawing, plot, row):
    """Asked, decided, went back: each word at its time, joined by a line, and what was asked beside."""
    size = drawing.size
    leave(drawing, 0.15)
    y, gap = drawing.bottom + size.line / 2, size.type * GAP
    placed = places(drawing, plot, row["marks"])
    for at, (start, _, words) in enumerate(placed):
        if at and start - placed[at - 1][1] > 2 * gap:
            line_from = placed[at - 1][1] + gap / 2
            drawing.line(line_from, y, start - gap / 2, y, palette.MULBERRY, 0.07)
        drawing.words(start, y, words, bold=True, colour=palette.MULBERRY)
    wide, words = drawing.width_of(row["words"]), row["words"]
    if placed[-1][1] + gap + wide <= size.width:
        drawing.words(placed[-1][1] + gap, y, words)
    elif wide + gap <= placed[0][0]:
        drawing.words(placed[0][0] - gap, y, words, "end")
    else:
        x = max(min(placed[0][0], size.width - wide), 0)
        for line in wrap(words, size.type, size.width - x, lines=5):
            drawing.words(x, drawing.bottom + size.line / 2, line)


def places(drawing, plot, marks):
    """[(start, end, words)]: centred on their times, pushed on where they would touch, all within."""
    gap, found, end = drawing.size.type * GAP, [], 0
    for mark in marks:
        wide = drawing.width_of(mark["words"], True)
        middle = min(plot.x(mark["at"] - 0.5), plot.right)
        start = max(middle - wide / 2, end + gap if found else 0)
        end = start + wide
        found.append((start, end, mark["words"]))
    limit = drawing.size.width
    for at in reversed(range(len(found))):
        start, end, words = found[at]
        over = max(end - limit, 0)
        found[at] = (start - over, end - over, words)
        limit = start - over - gap
    return found
