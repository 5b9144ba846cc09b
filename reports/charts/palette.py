"""The colours of every chart, on screen and on paper."""

INK = "#241B28"
SLATE = "#574D5C"
EDGE = "#776D7C"
LINE = "#DAD4DB"
PAPER = "#F6F4F5"
WHITE = "#FFFFFF"

LAGOON_DEEP = "#0A3A45"
LAGOON = "#0E5C6C"
LAGOON_MID = "#247A8B"
LAGOON_LIGHT = "#8FC7D0"
LAGOON_PALE = "#E1F1F3"

MULBERRY = "#5F1D52"
MULBERRY_MID = "#93487F"
SPECIAL = "#A9540A"
CONTEXT = "#958C99"

# Levels from the lowest up, with the colour that is read on each.
LEVELS = [(WHITE, INK), (LAGOON_LIGHT, INK), (LAGOON_MID, WHITE), (LAGOON_DEEP, WHITE)]
# So many are told apart by their tones; more have a mark of their own as well.
TOLD_BY_TONE = len(LEVELS)
SHORT = 2  # letters of a name that can be a level's mark


def level_colours(count):
    """A ground and a text colour for each of `count` levels, lightest first, no two the same.

    The lower half of a scale is pale, with an edge, and is written on in ink; the upper half is
    dark and is written on in white. No ground is so grey that neither could be read on it.
    """
    lower = count // 2
    light = [(tone, INK) for tone in tones(WHITE, LAGOON_LIGHT, lower)]
    dark = [(tone, WHITE) for tone in reversed(tones(LAGOON_DEEP, LAGOON_MID, count - lower))]
    return [*light, *dark]


def tones(outer, inner, count):
    """Even steps from the end of a scale to its middle."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (outer, inner)]
    shares = [at / max(count - 1, 1) for at in range(count)]
    mixed = [[round(a + (b - a) * share) for a, b in zip(*ends, strict=True)] for share in shares]
    return ["#{:02X}{:02X}{:02X}".format(*tone) for tone in mixed]


def level_marks(names):
    """What is beside each level's part where tones do not tell so many apart; else nothing.

    That is its name if all are as short as 0 to 10, and otherwise its number in the scale.
    """
    if len(names) <= TOLD_BY_TONE:
        return []
    if all(len(name) <= SHORT for name in names):
        return list(names)
    return [str(number) for number, _ in enumerate(names, start=1)]


def marked(names):
    """The names of levels as a key says them: each after its mark, if it has one of its own."""
    marks = level_marks(names) or names
    return [
        name if mark == name else f"{mark} {name}" for mark, name in zip(marks, names, strict=True)
    ]
