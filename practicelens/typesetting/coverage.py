"""The fonts that stand in where our typeface lacks a letter, and which letters they have.

They come as packages, so that a paper needs nothing of the machine it is set on.
"""

from functools import cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
from fontTools.ttLib import TTFont

OTHERS = tuple(Path(package.__file__).parent for package in (manimgx_fonts, manimgx_fonts_cjk))
SCRIPTS = (
    "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao "
    "Malayalam Myanmar Oriya Sinhala Tamil Telugu Thai"
)
# In this order a letter is looked for in them.
FACES = (
    "Source Sans 3",
    "Noto Sans",
    *(f"Noto Sans {script}" for script in SCRIPTS.split()),
    "Noto Sans CJK SC",
    "Noto Sans Symbols",
    "Noto Emoji",
)


def others_have(letter):
    return ord(letter) in letters()


@cache
def letters():
    """The code points that at least one of the fonts draws."""
    found = set()
    for path in sorted(path for folder in OTHERS for path in folder.glob("*.tt[fc]")):
        # Of the collection for Chinese, Japanese and Korean one is enough: all have the same letters.
        with TTFont(path, fontNumber=0, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)
