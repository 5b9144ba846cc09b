"""How long something took, as people write it: kept in minutes, and shown in words."""

import re

from django import forms
from django.utils.html import format_html

from practicelens.numbers import plural

DAY = 24 * 60
LENGTH_HINT = "Such as 55 minutes, 1 hour 20 or 1:20."

TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
COUNT = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
WORDS = {
    **{name: at for at, name in enumerate(COUNT, start=1)},
    **{name: at for at, name in TENS.items()},
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "half": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
}
UNITS = {
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours"], 60),
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes", "'", "’", "′"], 1),
}
NEARLY = re.compile(
    r"^(about|around|approx\.?|approximately|roughly|nearly|almost|just over|~|c\.)\s*"
)
CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|hr)\s*([0-5]\d)\s*(h|hrs?|hours?|m|mins?|minutes?)?")
PIECE = re.compile(r"\d+(?:[.,]\d+)?|[½¼¾'’′]|[a-z]+")
BETWEEN = re.compile(r"[\s.,\-–]*")


def minutes_in(text):
    """The minutes that a length comes to: 2 hours, 2h, 90 mins, 1:30, an hour and a half. Or None."""
    told = NEARLY.sub("", " ".join(text.casefold().split()))
    if told.isascii() and told.isdecimal():
        return int(told) if len(told) < 7 else None
    if clock := CLOCK.fullmatch(told):
        return int(clock[1]) * 60 + int(clock[2])
    pieces = PIECE.findall(told)
    if not pieces or told.startswith("-") or BETWEEN.fullmatch(PIECE.sub("", told)) is None:
        return None
    return added(pieces)


def added(pieces):
    """What the pieces of a length come to, in minutes, or None where they make none."""
    total, amount, unit = 0, Amount(), None
    for piece in pieces:
        if piece in UNITS:
            if amount.is_empty and unit is not None:
                return None
            total += (1 if amount.is_empty else amount.value) * UNITS[piece]
            amount, unit = Amount(), UNITS[piece]
        elif not amount.takes(piece):
            return None
    if unit is None:
        return None
    if not amount.is_empty:
        # With no unit after it: a part of an hour, or the minutes after hours.
        if unit != 60:
            return None
        total += amount.value * (60 if amount.value < 1 else 1)
    return round(total)


class Amount:
    """A number as it is said: 2, two and a half, three quarters of an, forty five, 1½."""

    def __init__(self):
        self.before, self.term, self.last = 0, None, ""

    @property
    def is_empty(self):
        return self.term is None and not self.before

    @property
    def value(self):
        return self.before + (self.term or 0)

    def takes(self, piece):
        """Go on with a piece; False where it is no part of a number."""
        if piece in ("and", "of"):
            if piece == "and":
                self.before, self.term = self.value, None
            return True
        value = float(piece.replace(",", ".")) if piece[0].isdecimal() else WORDS.get(piece)
        if value is None or (piece[0].isdecimal() and self.last[:1].isdecimal()):
            return False
        if self.term is None:
            self.term = value
        elif piece in "½¼¾" or (self.term in TENS and 1 <= value < 10):
            self.term += value
        else:
            self.term *= value
        self.last = piece
        return True


def length_words(minutes):
    """Such as 55 minutes, 2 hours, 1 hour 30 minutes."""
    hours, left = divmod(minutes, 60)
    told = [plural(hours, "hour")] if hours else []
    return " ".join([*told, plural(left, "minute")] if left or not hours else told)


class LengthBox(forms.TextInput):
    """A box, and a line that says how its words were read."""

    def __init__(self):
        super().__init__(attrs={"class": "govuk-input govuk-input--width-10"})

    def render(self, name, value, attrs=None, renderer=None):
        box = super().render(name, value, attrs, renderer)
        return box + format_html('<p class="pl-small pl-read-as" data-read-as="{}"></p>', name)


class LengthField(forms.Field):
    """How long something took, in minutes or as people write it; the value is minutes."""

    widget = LengthBox

    def __init__(self, *, least=0, **kwargs):
        super().__init__(**kwargs)
        self.least = least

    def to_python(self, value):
        if isinstance(value, int) or value in self.empty_values:
            return value if isinstance(value, int) else None
        minutes = minutes_in(value)
        if minutes is None:
            raise forms.ValidationError(self.fault("type it such as 55 minutes or 1 hour 20"))
        if not self.least <= minutes <= DAY:
            least = plural(self.least, "minute")
            raise forms.ValidationError(self.fault(f"type a length from {least} to 24 hours"))
        return minutes

    def fault(self, words):
        """What to type, after the label: several boxes of a page may be wrong."""
        if self.label.endswith("?"):
            return f"{self.label} {words[0].upper()}{words[1:]}"
        return f"{self.label}: {words}"

    def prepare_value(self, value):
        return length_words(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


def lengths_read(form):
    """{name: in words} of the lengths of a bound form; nothing of one that could not be read."""
    return {
        form[name].html_name: length_words(form.cleaned_data[name])
        if form.cleaned_data.get(name) is not None
        else ""
        for name, field in form.fields.items()
        if isinstance(field, LengthField)
    }
