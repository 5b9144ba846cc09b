"""A value each month: a run chart under twelve points, with limits (XmR) from there on."""

from dataclasses import dataclass

from reports.charts import palette
from reports.charts.rows import leave
from reports.charts.text import wrap
from reports.statistics import POINTS_FOR_LIMITS

# The plot's height against its width, and the least and most it may be in lines of text.
SHAPE, LOWEST, HIGHEST = 0.25, 7, 12
DATES = 5


@dataclass(frozen=True)
class Plot:
    """The rectangle in which the points are, and the scale of values: zero at its foot."""

    left: float
    right: float
    top: float
    foot: float
    most: float
    least: float
    months: int

    def x(self, at):
        step = (self.right - self.left) / max(self.months, 1)
        return self.left + (at + 0.5) * step

    def y(self, value):
        share = (value - self.least) / ((self.most - self.least) or 1)
        return self.foot - share * (self.foot - self.top)


def run(drawing, data):
    points = data["points"]
    plot = plot_of(drawing, data)
    limits_of(drawing, plot, data)
    centre_of(drawing, plot, data["centre"])
    draw_joins(drawing, plot, data.get("joins", []))
    points_of(drawing, plot, points)
    foot_of(drawing, plot, points)
    if drawing.size.stacked:
        names_below(drawing, data)
    else:
        names_beside(drawing, plot, data)
    too_few(drawing, plot, data)


def figure(value):
    """A value as it is read: whole where it is whole, otherwise to one place."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def known_points(points):
    return [(at, point) for at, point in enumerate(points) if point["value"] is not None]


def plot_of(drawing, data):
    size, values = drawing.size, [point["value"] for _, point in known_points(data["points"])]
    limits = data["limits"] or {}
    reach = [*values, data["centre"]["value"] or 0, limits.get("upper", 0)]
    # Limits may fall below zero where nothing counted can: the scale then stays at zero.
    least = min([0, *values])
    named = [join_lines(join, size) for join in data.get("joins", [])]
    top = (sum(len(lines) for lines in named) + 0.5) * size.line
    high = min(max(size.width * SHAPE, LOWEST * size.line), HIGHEST * size.line)
    right = size.width - names_room(drawing, data)
    left = drawing.width_of(figure(max(reach))) + size.type * 0.5
    return Plot(left, right, top, top + high, max(reach) or 1, least, len(data["points"]))


def limits_of(drawing, plot, data):
    limits = data["limits"]
    if not limits:
        return
    lower = max(limits["lower"], plot.least)
    upper, foot = plot.y(limits["upper"]), plot.y(lower)
    drawing.rect(plot.left, upper, plot.right - plot.left, foot - upper, palette.PAPER)
    for value in (limits["upper"], limits["lower"]):
        if value >= plot.least:
            across(drawing, plot, value, 0.06, dashes=(0.35, 0.26))


def centre_of(drawing, plot, centre):
    if centre["value"] is None:
        return
    dashes = (0.7, 0.35) if centre["kind"] == "median" else None
    across(drawing, plot, centre["value"], 0.08, dashes)


def across(drawing, plot, value, weight, dashes=None):
    y = plot.y(value)
    pattern = dashes and " ".join(f"{dash * drawing.size.type:.2f}" for dash in dashes)
    drawing.line(
        plot.left, y, plot.right, y, palette.SLATE, weight, stroke_dasharray=pattern or None
    )


def draw_joins(drawing, plot, joins):
    """An upright where a new version begins, named at its top.

    It is between two points, or on the one within which the version began.
    """
    size, uprights, named = drawing.size, [], []
    for join in joins:
        x = plot.x(join["at"] - (0 if join.get("within") else 0.5))
        lines = join_lines(join, size)
        start, beside = start_beside(x, max(drawing.width_of(line, True) for line in lines), size)
        # Beside its name the upright reaches up to it; under a long name it starts below.
        uprights.append((x, len(named) + (0 if beside else len(lines))))
        named += [(start, line) for line in lines]
    for row, (start, line) in enumerate(named):
        drawing.words(start, (row + 0.5) * size.line, line, bold=True, colour=palette.MULBERRY)
    for x, row in uprights:
        upright(drawing, plot, x, row, named)


def upright(drawing, plot, x, row, named):
    """From a row of the names down to the foot, broken where another name is in its way."""
    high = drawing.size.line
    for at in range(row, len(named)):
        start, line = named[at]
        if not start <= x <= start + drawing.width_of(line, True):
            drawing.line(x, at * high, x, (at + 1) * high, palette.MULBERRY, 0.09)
    drawing.line(x, len(named) * high, x, plot.foot, palette.MULBERRY, 0.09)


def join_lines(join, size):
    return wrap(join["words"], size.type, size.width, lines=2, bold=True)


def start_beside(x, wide, size):
    """Where words begin that are right or left of an upright, and whether they found room."""
    gap = size.type * 0.4
    if x + gap + wide <= size.width:
        return x + gap, True
    if x - gap - wide >= 0:
        return x - gap - wide, True
    return max(min(x - wide / 2, size.width - wide), 0), False


def points_of(drawing, plot, points):
    for stretch in unbroken(points):
        path = [(plot.x(at), plot.y(point["value"])) for at, point in stretch]
        finished = [
            place for place, (_, point) in zip(path, stretch, strict=True) if not is_open(point)
        ]
        if len(finished) > 1:
            drawing.path(finished, palette.LAGOON, 0.12, stroke_linejoin="round")
        if len(finished) < len(path):
            lead_on(drawing, path[-2:])
    for at, point in known_points(points):
        mark(drawing, plot.x(at), plot.y(point["value"]), point)


def is_open(point):
    """Whether its month is not over; drawings of issues before that was told have no such word."""
    return point.get("open", False)


def lead_on(drawing, path):
    """To a month that is not over: dashes, since its value will still change."""
    if len(path) > 1:
        dashes = f"{0.2 * drawing.size.type:.2f} {0.2 * drawing.size.type:.2f}"
        drawing.path(path, palette.LAGOON, 0.08, stroke_dasharray=dashes)


def unbroken(points):
    """The points in stretches without a gap: a month without a value breaks the line."""
    stretches = [[]]
    for at, point in enumerate(points):
        if point["value"] is not None:
            stretches[-1].append((at, point))
        elif stretches[-1]:
            stretches.append([])
    return stretches


def mark(drawing, x, y, point):
    """A round point, a ring while its month is not over, a diamond where the cause is special."""
    edge = {"stroke": palette.WHITE, "stroke_width": 0.08 * drawing.size.type}
    if is_open(point):
        edge = {"stroke": palette.LAGOON, "stroke_width": 0.12 * drawing.size.type}
        drawing.add("circle", cx=x, cy=y, r=0.24 * drawing.size.type, fill=palette.WHITE, **edge)
    elif point["special"]:
        half = 0.42 * drawing.size.type
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        drawing.add("path", d=closed(corners), fill=palette.SPECIAL, **edge)
    else:
        drawing.add("circle", cx=x, cy=y, r=0.27 * drawing.size.type, fill=palette.LAGOON, **edge)


def closed(corners):
    return "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + " Z"


def foot_of(drawing, plot, points):
    """The line at the foot with four or five dates, and the two ends of the scale."""
    size = drawing.size
    foot = plot.y(plot.least)
    drawing.line(plot.left, foot, plot.right, foot, palette.INK, 0.07)
    drawing.words(
        plot.left - size.type * 0.4, foot, figure(plot.least), "end", colour=palette.SLATE
    )
    drawing.words(
        plot.left - size.type * 0.4, plot.top, figure(plot.most), "end", colour=palette.SLATE
    )
    y = foot + size.line * 0.85
    for at in dated(drawing, plot, points):
        drawing.line(plot.x(at), foot, plot.x(at), foot + size.type * 0.3, palette.INK, 0.07)
        label = points[at]["label"]
        half = drawing.width_of(label) / 2
        x = min(max(plot.x(at), half), size.width - half)
        drawing.words(x, y, label, "middle", colour=palette.SLATE)


def dated(drawing, plot, points):
    """Evenly spread positions whose dates do not touch, counted back from the last."""
    widest = max(drawing.width_of(point["label"]) for point in points) + drawing.size.type
    room = max(int((plot.right - plot.left + widest) / widest), 1)
    step = -(-len(points) // min(DATES, room)) or 1
    while step < len(points) and plot.x(step) - plot.x(0) < widest:
        step += 1
    return range(len(points) - 1, -1, -step)


def named_points(data):
    """What is named: (value, words, and the point itself for the last value)."""
    named = []
    known = known_points(data["points"])
    if known:
        last = known[-1][1]
        so_far = " so far" if is_open(last) else ""
        named.append((last["value"], f"{figure(last['value'])}{so_far} in {last['label']}", last))
    centre, limits = data["centre"], data["limits"]
    if centre["value"] is not None:
        words = f"{centre['kind'].capitalize()} {figure(centre['value'])}"
        named.append((centre["value"], words, None))
    for side in ("upper", "lower"):
        if limits and (side == "upper" or limits[side] >= 0):
            words = f"{side.capitalize()} limit {figure(limits[side])}"
            named.append((limits[side], words, None))
    return named


def names_room(drawing, data):
    size = drawing.size
    if size.stacked:
        return 0
    widest = max((drawing.width_of(words, True) for _, words, _ in named_points(data)), default=0)
    return min(widest + size.type * 0.6, size.width * 0.28)


def names_beside(drawing, plot, data):
    """The names at the right, from the highest down, pushed apart where they would touch."""
    size = drawing.size
    x = plot.right + size.type * 0.6
    top = plot.top - size.line / 2  # below the names of joins
    for value, words, last in sorted(named_points(data), key=lambda named: -named[0]):
        half = drawing.lines_of(words, size.width - x, bold=bool(last)) * size.line / 2
        y = max(plot.y(value), top + half)
        drawing.label(x, y, words, size.width - x, bold=bool(last), colour=name_colour(last))
        top = y + half


def names_below(drawing, data):
    """The names of the points in a list under the dates, where there is no room beside the plot."""
    leave(drawing, 0.3)
    for _, words, last in named_points(data):
        y = drawing.bottom + drawing.size.line / 2
        drawing.words(0, y, words, bold=bool(last), colour=name_colour(last))


def name_colour(last):
    if not last:
        return palette.SLATE
    return palette.SPECIAL if last["special"] else palette.LAGOON


def too_few(drawing, plot, data):
    """Why there are no limits, where the verdict under the chart does not say it."""
    count = sum(not is_open(point) for _, point in known_points(data["points"]))
    if data["limits"] or data["verdict"] or count >= POINTS_FOR_LIMITS:
        return
    words = f"Too few points for limits ({count} of {POINTS_FOR_LIMITS})"
    leave(drawing, 0.1)
    x = 0 if drawing.size.stacked else plot.left
    drawing.words(x, drawing.bottom + drawing.size.line / 2, words, colour=palette.SLATE)
