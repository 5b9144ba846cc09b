"""Papers as tagged PDF (PDF/UA-1), set by Typst in our typeface, and in others what that lacks.

What a paper says travels to its template as JSON, so no word of it is ever read as markup, and
nothing is written to disk.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from practicelens.typesetting.coverage import FACES, OTHERS, others_have
from practicelens.typesetting.widths import WIDTHS

FONTS = ["SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf"]

# Stands for a letter that no font has: PDF/UA refuses a page with one that is not there.
MISSING = "□"
# Accents that are over or under the letter before, where no single letter has both.
ACCENTS = "".join(map(chr, [*range(0x300, 0x30D), *range(0x323, 0x329)]))
# What is not seen and yet counts: it joins letters or asks for the emoji, in scripts that need it.
JOINERS = "\u200c\u200d\ufe0f"
STRAY_JOINER = re.compile(rf"(?<![\u0590-\U0010ffff])[{JOINERS}]+")
KEPT = "\n\N{NO-BREAK SPACE}" + JOINERS


class FontsMissing(Exception):
    """The typeface of the papers is not where settings.PAPER_FONTS says."""


def pdf(template, **inputs):
    """The paper that a template makes of its inputs; the same inputs give the same bytes."""
    return typeset(template, inputs, pdf_standards=["ua-1"], timestamp=0)


def typeset(template, inputs, **how):
    """`inputs` are plain objects, made `printable`; the template reads each as JSON.

    Beside them it gets the `faces` that it sets text in.
    """
    return typst.compile(str(template), **how, **given(inputs))


def said(template, label, **inputs):
    """What a template says of itself under a label, once it is set with these inputs."""
    return json.loads(typst.query(str(template), f"<{label}>", "value", True, **given(inputs)))


def given(inputs):
    return {
        "font_paths": found((fonts(), *OTHERS)),
        "ignore_system_fonts": True,
        "sys_inputs": {
            name: json.dumps(value) for name, value in {**inputs, "faces": FACES}.items()
        },
    }


@cache
def found(folders):
    """The faces in these folders. Looking for them took longer than setting a paper in them."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def fonts():
    folder = Path(settings.PAPER_FONTS)
    if missing := [name for name in FONTS if not (folder / name).is_file()]:
        raise FontsMissing(
            f"{', '.join(missing)} not found in {folder}. "
            "Run make demo once, which fetches the typeface."
        )
    return folder


def printable(value):
    """An object with every text in it made fit for the page."""
    if isinstance(value, str):
        return "".join(letter_for(letter) for letter in composed(value))
    if isinstance(value, dict):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def composed(text):
    return STRAY_JOINER.sub("", unicodedata.normalize("NFC", text))


def letter_for(letter):
    """The letter if a font has it; nothing for what is never seen; else a white square."""
    if letter in WIDTHS or letter in ACCENTS or letter in KEPT:
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
        return ""
    return letter if others_have(letter) else MISSING


def without_glyph(text):
    """The letters of a text that no font has, each once: on paper they would be squares."""
    return [
        letter
        for letter in dict.fromkeys(composed(text))
        if letter != MISSING and letter_for(letter) == MISSING
    ]
