"""The bar of one criterion by itself, for a table whose first cell is a link."""

from reports.charts import palette

HIGH, GAP, APART = 30, 2, 8
LETTER, BESIDE = 9, 10  # the width of a figure, and the room beside it


def level_bar(row, levels, of, width):
    """The rectangles of a row, and the words that say the same: {"width", "parts", "words"}."""
    counts = [*row.counts, of - row.seen]
    grounds = [*palette.level_colours(len(levels)), ("", palette.SLATE)]
    names = [*(name.lower() for name in levels), "not seen"]
    parts, x = [], 0
    for at, wide in enumerate(_widths(counts, width - APART)):
        if at == len(levels):
            x += APART
        if counts[at]:
            fill, ink = grounds[at]
            parts.append(
                {
                    "x": f"{x:.1f}",
                    "wide": f"{wide - GAP:.1f}",
                    "middle": f"{x + (wide - GAP) / 2:.1f}",
                    "fill": fill,
                    "ink": ink,
                    "count": counts[at] if fill else "",
                    "is_white": fill == palette.WHITE,
                }
            )
        x += wide
    words = ", ".join(
        f"{count} {name}" for count, name in zip(counts, names, strict=True) if count
    )
    return {"width": width, "parts": parts, "words": words}


def _widths(counts, room):
    """In proportion, save that each count finds room for its figures."""
    floors = [BESIDE + LETTER * len(str(count)) if count else 0 for count in counts]
    unit = room / (sum(counts) or 1)
    short = [at for at, count in enumerate(counts) if count * unit < floors[at]]
    rest = sum(count for at, count in enumerate(counts) if at not in short)
    unit = (room - sum(floors[at] for at in short)) / (rest or 1)
    return [floors[at] if at in short else count * unit for at, count in enumerate(counts)]
