"""Levels: how often each criterion was seen, and at which level."""

from dataclasses import dataclass
from itertools import pairwise

from reports.charts import palette
from reports.charts.rows import WITHHELD, label_room, leave, place, stub, stub_width

# Not seen is no level, so it is drawn apart.
APART = 0.7
# The end of a joined part shows the colour of each further level.
STRIP = 0.4
# Names that touch are pushed apart a little at a time; more rounds move them by under a point.
ROUNDS = 40


@dataclass(frozen=True)
class Plan:
    """Where the columns are, and how wide each part of each row is."""

    labels: float
    left: float
    widths: list


def levels(drawing, data):
    rows = data["rows"]
    plan = plan_of(drawing, data)
    colours = palette.level_colours(len(data["levels"]))
    marks = palette.level_marks(data["levels"])
    name_levels(drawing, data["levels"], colours, rows[0], plan)

    for row, widths in zip(rows, plan.widths, strict=True):
        spot = place(drawing, label(drawing, row, data["of"]), plan.labels)
        seen = seen_in_words(row, data["of"])
        if seen and plan.left > plan.labels:
            drawing.words(plan.labels, spot.middle, seen, colour=palette.SLATE)
        row_of(drawing, spot, row, widths, plan.left, colours)
        if marks and not withheld(row):
            mark(drawing, spot, row["parts"], widths, plan.left, marks)
        leave(drawing)


def plan_of(drawing, data):
    rows, size = data["rows"], drawing.size
    labels = label_room(drawing, [row["label"] for row in rows])
    seen = 0
    if size.screen and not size.stacked:
        seen = max(drawing.width_of(seen_in_words(row, data["of"])) for row in rows) + size.type
    left = labels + seen
    marks = palette.level_marks(data["levels"])
    return Plan(labels, left, [widths_of(drawing, row, size.width - left, marks) for row in rows])


def seen_in_words(row, of):
    return "" if row["seen"] is None else f"{row['seen']} of {of}"


def label(drawing, row, of):
    seen = seen_in_words(row, of)
    if drawing.size.screen and drawing.size.stacked and seen:
        return f"{row['label']}: {seen}".replace(seen, seen.replace(" ", "\xa0"))
    return row["label"]


def withheld(row):
    return any(part["count"] is None for part in row["parts"])


def widths_of(drawing, row, room, marks):
    """The width of each part and last of "not seen", which together fill the room."""
    room -= APART * drawing.size.type
    if withheld(row):
        words = stub_width(drawing) + drawing.width_of(WITHHELD) + drawing.size.type
        return [words, max(room - words, 0)]
    counts = [part["count"] for part in row["parts"]] + [row["not_seen"] or 0]
    floors = [drawing.width_of(str(count), True) + 0.5 * drawing.size.type for count in counts]
    for at, part in enumerate(row["parts"]):
        floors[at] += STRIP * drawing.size.type * (len(part["levels"]) - 1)
        beside = drawing.width_of(mark_of(part, marks)) + 0.3 * drawing.size.type
        floors[at] = max(floors[at], beside if marks else 0)
    return fit(counts, floors, room)


def fit(counts, floors, room):
    """Widths in proportion to the counts, save that each count finds room for its figure."""
    unit = room / max(sum(counts), 1)
    short = {at for at, count in enumerate(counts) if count and count * unit < floors[at]}
    kept = sum(floors[at] for at in short)
    rest = sum(count for at, count in enumerate(counts) if at not in short)
    unit = max(room - kept, 0) / max(rest, 1)
    return [floors[at] if at in short else count * unit for at, count in enumerate(counts)]


def row_of(drawing, spot, row, widths, left, colours):
    x = left
    if withheld(row):
        end = stub(drawing, x, spot)
        drawing.words(end + 0.3 * drawing.size.type, spot.middle, WITHHELD)
        x += widths[0]
    else:
        for part, wide in zip(row["parts"], widths[:-1], strict=True):
            if part["count"]:
                part_of(drawing, spot, x, wide, part, colours)
            x += wide
    not_seen(drawing, spot, x + APART * drawing.size.type, widths[-1], row["not_seen"])


def mark(drawing, spot, parts, widths, left, marks):
    """Under each part its level, or the first and the last of several."""
    x, y = left, spot.top + spot.high + drawing.size.line / 2
    for part, wide in zip(parts, widths[:-1], strict=True):
        if part["count"]:
            words = mark_of(part, marks)
            drawing.words(x + wide / 2, y, words, anchor="middle", colour=palette.SLATE)
        x += wide


def mark_of(part, marks):
    """Such as 7, or 0–4 of levels told together; nothing where levels have no marks."""
    told = [marks[level] for level in part["levels"]] if marks else []
    return "–".join(dict.fromkeys([told[0], told[-1]])) if told else ""


def part_of(drawing, spot, x, wide, part, colours):
    """One level, or several told together: the main ground, and a strip for each other level."""
    main = main_level(part, len(colours))
    strip = STRIP * drawing.size.type
    left = [level for level in part["levels"] if main is not None and level < main]
    right = [level for level in part["levels"] if main is not None and level > main]
    ground = wide - strip * (len(left) + len(right))
    for at, level in enumerate(left):
        block(drawing, spot, x + at * strip, strip, *colours[level])
    x += strip * len(left)
    fill, ink = (palette.LINE, palette.INK) if main is None else colours[main]
    block(drawing, spot, x, ground, fill, ink)
    for at, level in enumerate(right):
        block(drawing, spot, x + ground + at * strip, strip, *colours[level])
    shown = part.get("shown") or str(part["count"])
    if drawing.width_of(shown, True) > ground - 4:
        shown = str(part["count"])
    middle = x + ground / 2
    drawing.words(middle, spot.middle, shown, anchor="middle", bold=True, colour=ink)


def main_level(part, count):
    """The level whose ground carries the figure: of several, the one nearest to the middle.

    None where several are told together and nothing may be said of where most of them are.
    """
    levels, middle = part["levels"], count // 2
    if len(levels) == 1:
        return levels[0]
    if "leaning" in part:
        return {"upper": middle, "lower": middle - 1}.get(part["leaning"])
    return levels[0] if levels[0] >= middle else levels[-1]


def block(drawing, spot, x, wide, fill, ink):
    """One level's ground; a white gap parts it from the next, and a pale one has an edge."""
    gap = drawing.size.type * 0.12
    if ink == palette.INK:
        drawing.rect(
            x + 0.5, spot.top + 0.5, wide - gap - 1, spot.high - 1, fill,
            stroke=palette.EDGE, stroke_width=1,
        )  # fmt: skip
    else:
        drawing.rect(x, spot.top, wide - gap, spot.high, fill)


def not_seen(drawing, spot, x, wide, count):
    if wide < 2 or count == 0:
        return
    dash = drawing.size.type * 0.18
    drawing.rect(
        x + 0.5, spot.top + 0.5, wide - 1, spot.high - 1, drawing.hatch("unseen"),
        stroke=palette.EDGE, stroke_width=0.06 * drawing.size.type,
        stroke_dasharray=f"{dash:.2f} {dash:.2f}",
    )  # fmt: skip
    if count is not None:
        on_white(drawing, x + wide / 2, spot, str(count))


def on_white(drawing, x, spot, words):
    """Words on a pattern, with white behind them."""
    wide = drawing.width_of(words) + 0.5 * drawing.size.type
    drawing.rect(x - wide / 2, spot.top + 1, wide, spot.high - 2, palette.WHITE)
    drawing.words(x, spot.middle, words, anchor="middle", colour=palette.SLATE)


def name_levels(drawing, names, colours, row, plan):
    """The levels' names: over the first row's parts where they fit, in a key where they do not."""
    named = names_over(drawing, names, row, plan)
    placed = apart(named, drawing.size)
    if placed:
        for name, x in zip(named, placed, strict=True):
            drawing.words(x, drawing.size.line / 2, name.words, "middle", colour=palette.SLATE)
        leave(drawing, 0.1)
    else:
        key(drawing, names, colours)


@dataclass(frozen=True)
class Name:
    """A level's name, and the part that it must be over."""

    words: str
    wide: float
    middle: float
    part: float


def names_over(drawing, names, row, plan):
    """The names to set over a row; none where it does not show every level by itself."""
    whole = all(part["count"] and len(part["levels"]) == 1 for part in row["parts"])
    if drawing.size.stacked or not whole or not row["not_seen"] or palette.level_marks(names):
        return []
    named, x = [], plan.left
    for words, part in zip([*names, "Not seen"], plan.widths[0], strict=True):
        if words == "Not seen":
            x += APART * drawing.size.type
        named.append(Name(words, drawing.width_of(words), x + part / 2, part))
        x += part
    return named


def apart(named, size):
    """Middles for the names, pushed apart until none touch; none where one would lose its part."""
    gap, places = size.type * 0.6, [name.middle for name in named]
    for _ in range(ROUNDS if named else 0):
        for at, (name, following) in enumerate(pairwise(named)):
            touch = places[at] + (name.wide + following.wide) / 2 + gap - places[at + 1]
            places[at] -= max(touch, 0) / 2
            places[at + 1] += max(touch, 0) / 2
        places[-1] = min(places[-1], size.width - named[-1].wide / 2)
    over = all(
        abs(place - name.middle) < (name.wide + name.part) / 2
        for place, name in zip(places, named, strict=True)
    )
    return places if over and named and places[0] > named[0].wide / 2 else []


def key(drawing, names, colours):
    """A square of each level's colour before its name, on as many lines as it takes."""
    size = drawing.size
    x, y, square = 0, size.line / 2, size.type * 0.75
    for at, name in enumerate([*palette.marked(names), "Not seen"]):
        wide = square + size.type * 0.4 + drawing.width_of(name)
        if x and x + wide > size.width:
            x, y = 0, y + size.line
        fill, ink = colours[at] if at < len(names) else (drawing.hatch("unseen"), palette.INK)
        edge = {"stroke": palette.EDGE} if ink == palette.INK else {}
        drawing.rect(x + 0.5, y - square / 2, square, square, fill, **edge)
        drawing.words(x + square + size.type * 0.4, y, name, colour=palette.SLATE)
        x += wide + size.type
    leave(drawing, 0.4)
