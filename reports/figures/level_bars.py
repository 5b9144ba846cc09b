"""The bar of one criterion by itself, for a table whose first cell is a link."""

from reports.charts import palette

HIGH, GAP, APART, SLANT = 30, 2, 8, 8
LETTER, BESIDE = 9, 10  # the width of a figure, and the room beside it
MARKS = 18  # the room for the marks above a bar


def level_bar(row, of, width):
    """The size and the parts of a row's bar, and the `words` that say the same.

    Above it is room for the mark of each level, where tones alone do not tell so many apart.
    """
    not_seen = max(of - row.seen, 0)
    counts, names = [*row.counts, not_seen], [*(name.lower() for name in row.levels), "not seen"]
    *wide, rest = widths(counts, width - APART)
    marks = palette.level_marks(row.levels)
    levels = zip(palette.level_colours(len(wide)), marks or [""] * len(wide), strict=True)
    parts, x = [], 0
    for part, (colours, mark) in zip(zip(row.counts, wide, strict=True), levels, strict=True):
        parts += [part_of(x, *part, *colours) | {"mark": mark}] if part[0] else []
        x += part[1]
    words = [f"{count} {name}" for count, name in zip(counts, names, strict=True) if count]
    hatch = hatch_of(x + APART, x + APART + rest) if not_seen else ""
    words = ", ".join(words)
    above = MARKS if marks else 0
    size = {"width": width, "top": -above, "high": HIGH + above}
    return {**size, "parts": parts, "hatch": hatch, "words": words}


def level_key(names):
    """What each ground means: [{"name", "fill", "is_pale"}], the lowest level first."""
    grounds = palette.level_colours(len(names))
    return [
        {"name": name, "fill": fill, "is_pale": ink == palette.INK}
        for name, (fill, ink) in zip(palette.marked(names), grounds, strict=True)
    ]


def part_of(x, count, wide, fill, ink):
    return {
        "x": f"{x:.1f}",
        "wide": f"{wide - GAP:.1f}",
        "middle": f"{x + (wide - GAP) / 2:.1f}",
        "fill": fill,
        "ink": ink,
        "count": count,
        "is_pale": ink == palette.INK,
    }


def hatch_of(left, right):
    """Slanting lines from left to right, as one path: a pattern would need an id of its own."""
    path = []
    for foot in range(int(left - HIGH), int(right), SLANT):
        start, end = max(foot, left), min(foot + HIGH, right)
        path.append(f"M{start:.1f} {HIGH - (start - foot):.1f}L{end:.1f} {HIGH - (end - foot):.1f}")
    return "".join(path)


def widths(counts, room):
    """In proportion, save that each count finds room for its figures."""
    floors = [BESIDE + LETTER * len(str(count)) if count else 0 for count in counts]
    unit = room / (sum(counts) or 1)
    short = [at for at, count in enumerate(counts) if count * unit < floors[at]]
    rest = sum(count for at, count in enumerate(counts) if at not in short)
    unit = (room - sum(floors[at] for at in short)) / (rest or 1)
    return [floors[at] if at in short else count * unit for at, count in enumerate(counts)]
