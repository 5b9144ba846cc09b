"""What a cell of a spreadsheet holds: the text that is meant, or what a program made of it."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from openpyxl.utils.escape import unescape

TEXT, NUMBER, DAY = "text", "number", "day"
# A whole number that is shown as it is stored is what was typed.
AS_STORED = {"General", "@", "0"}
AGAIN = "format the cell as text and type it again"


class NotText(Exception):
    """A cell holds something else than was meant; the words say what, and what to do."""


def one_line(text):
    """A heading or a name as it is compared: any run of spaces is one, of whatever kind."""
    return " ".join(text.split())


def read(cell, meant=TEXT):
    """The text of a cell; raises NotText. What is computed is never taken."""
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        raise NotText("has a formula: write the text itself")
    if kind == "e":
        raise NotText(f"has the error {value}: write the text itself")
    if value is None:
        return ""
    if isinstance(value, str):
        # A line break of Windows is in the file as a sequence of its own.
        return unescape(value)
    if meant == DAY and isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if is_number(value) and meant == NUMBER:
        return f"{value:g}"
    if is_whole(value) and cell.number_format in AS_STORED:
        return str(int(value))
    raise NotText(f"{found_in(value, cell.number_format)}: {AGAIN}")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value):
    return is_number(value) and value % 1 == 0


def found_in(value, form):
    """What a program made of what was typed, and what that seems to have been."""
    if isinstance(value, bool):
        word = str(value).upper()
        return f"has {word} as a yes or no. It seems to have been “{word.lower()}”"
    if isinstance(value, date):
        return (
            f"has a date, {date_format(value, 'j F Y')}. It seems to have been {typed(value, form)}"
        )
    if isinstance(value, (time, timedelta)):
        clock = clock_words(value)
        return f"has a time, {clock}. It seems to have been “{clock}” or “{dotted(clock)}”"
    if "%" in form:
        share = f"{value * 100:.10g}"
        return f"has a percentage, {share}%. It seems to have been “{share}%”"
    if is_whole(value):
        return f"has the number {value:.0f}, which its format shows in another way"
    shown = f"{value:.15g}"
    # 1.10 becomes 1.1; what has many places is a sum, and nothing that was typed.
    more = f" or “{shown}0”" if re.fullmatch(r"-?\d+\.\d{1,3}", shown) else ""
    return f"has the number {shown}. It seems to have been “{shown}”{more}"


def typed(value, form):
    """What a program may have taken for a date: 1-2 is the first of February here, and there the
    second of January; of 3-21 it makes a month."""
    has_year, has_day = (letter in form.lower() for letter in "yd")
    if has_year and not has_day:
        return f"“{value.month}-{value:%y}”"
    year = f"-{value:%y}" if has_year else ""
    pairs = dict.fromkeys([(value.day, value.month), (value.month, value.day)])
    return " or ".join(f"“{first}-{second}{year}”" for first, second in pairs)


def clock_words(value):
    """9:30, or 25:30 of what was added up."""
    if isinstance(value, time):
        return f"{value.hour}:{value:%M}"
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def dotted(clock):
    return clock.replace(":", ".")
