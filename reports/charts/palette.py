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


def level_colours(count):
    """A ground and a text colour for each of `count` levels, lightest first.

    Scales of other lengths take their steps from the same four, the ends always used.
    """
    last = len(LEVELS) - 1
    return [LEVELS[round(at * last / max(count - 1, 1))] for at in range(count)]
