"""Days as people type them: one field for every date of the product.

Three boxes, day first. A month can be a word, a year two digits of this century, and a whole date
can be typed or pasted into the first box. A day that is hardly meant is asked about: a tick says
that it is right.
"""

import re
from calendar import monthrange
from datetime import date

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.widgets import DateInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

MONTHS = [
    *["january", "february", "march", "april", "may", "june", "july", "august", "september"],
    *["october", "november", "december"],
]
SHORTEST_MONTH = 3  # letters that tell one month from another
# A whole date in one box: 2026-11-05, 5/11/26, 5th November, Thursday 5 Nov 2026, November 5, 2026.
BY_COMPUTER = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
GAP = r"(?:\s*[/.,\-–]\s*|\s+)"
WORD = r"[^\W\d_]+"
DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?(?:{GAP}|(?=[^\W\d_]))"
    rf"(?P<month>\d{{1,2}}|{WORD})\.?(?:(?:{GAP}|(?<=[^\W\d_]))['’]?(?P<year>\d+))?",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"(?P<month>{WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{GAP}(?P<year>\d+))?",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
WEEKDAY = re.compile(r"(mon|tues?|wed(nes)?|thur?s?|fri|sat(ur)?|sun)(day)?[.,]?\s+", re.IGNORECASE)

LIKELY_AHEAD, LIKELY_BACK = 10, 50  # years


# Which days are hardly meant: of each kind of date, what is said of such a day, or nothing.


def seen(day, today):
    """Of a day on which something happened: within the last year."""
    return "is more than a year ago" if day < years_from(today, -1) else ""


def ahead(day, today):
    """Of a day by which something is to happen."""
    return "is in the past" if day < today else far_ahead(day, today)


def begins(day, today):
    """Of a day on which something is to begin or end: its form refuses one that is over."""
    return far_ahead(day, today)


def holds(day, today):
    """Of a day from which something applies, or until which it did."""
    if day < years_from(today, -LIKELY_BACK):
        return f"is more than {LIKELY_BACK} years ago"
    return far_ahead(day, today)


def long_ago(day, today):
    """Of a day on which an organisation began: many are old."""
    return "is more than 300 years ago" if day < years_from(today, -300) else ""


def looked_for(day, today):
    """Of a day that is only looked for: any will do."""
    return ""


def far_ahead(day, today):
    far = day > years_from(today, LIKELY_AHEAD)
    return f"is more than {LIKELY_AHEAD} years from now" if far else ""


def years_from(day, years):
    """This day so many years on; for 29 February, 28 February where that year has no 29th."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


# What was typed


def in_parts(typed):
    """[day, month, year] as they were typed, also where all three are in the first box."""
    day, month, year = [str(each or "").strip() for each in [*(typed or []), "", "", ""][:3]]
    whole = WEEKDAY.sub("", day, count=1)
    if alone := ALONE.fullmatch(whole):
        return [alone["day"], month, year]
    for shape in (BY_COMPUTER, DAY_FIRST, MONTH_FIRST):
        if found := shape.fullmatch(whole):
            return [found["day"], found["month"], found["year"] or year]
    return [day, month, year]


def month_number(words):
    """The number that a month is typed as, or its name or the beginning of it; else None."""
    if is_digits(words):
        return int(words)
    start = words.rstrip(".").casefold()
    found = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(start)]
    told = len(start) >= SHORTEST_MONTH and (found or start == "sept")
    return (found or [9])[0] if told else None


def year_number(words):
    """Two digits are this century's; None for what is no year."""
    words = words.lstrip("'’")
    if not is_digits(words) or len(words) not in (2, 4):
        return None
    return int(words) + (timezone.localdate().year // 100 * 100 if len(words) == 2 else 0)


def is_digits(words):
    return words.isascii() and words.isdecimal() and len(words) <= 4


def day_fault(words):
    if not is_digits(words):
        return "Type the day as a number, such as 5"
    return "" if 1 <= int(words) <= 31 else "Type a day from 1 to 31"


def month_fault(words):
    number = month_number(words)
    if number is None:
        return "Type the month as a number or a word, such as 11 or November"
    return "" if 1 <= number <= 12 else "Type the day first, then a month from 1 to 12"


def year_fault(words):
    number = year_number(words)
    if number is None or number == 0:
        return f"Type the year in four digits, such as {timezone.localdate().year}"
    return ""


PARTS = [("day", day_fault), ("month", month_fault), ("year", year_fault)]


class Typed(list):
    """What the three boxes hold; `sure` is the day that was ticked as right."""

    sure = ""


class DayBoxes(DateInputWidget):
    """Three boxes, and a tick where it is asked whether a day is right.

    What comes under the date's own name, as in an address, is in the first box.
    """

    asked = None  # the day that is asked about

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, month, year = self.widgets
        day.attrs["inputmode"] = year.attrs["inputmode"] = "numeric"
        # A month may be a word, and some phones show figures alone for a numeric box.
        month.attrs["class"] = month.attrs["class"].replace("width-2", "width-4")

    def value_from_datadict(self, data, files, name):
        typed = Typed(super().value_from_datadict(data, files, name))
        if not any(typed) and data.get(name):
            typed = Typed([data[name], "", ""])
        typed.sure = data.get(f"{name}_sure", "")
        return typed

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and name not in data

    def render(self, name, value, attrs=None, renderer=None):
        boxes = super().render(name, value, attrs, renderer)
        return boxes if self.asked is None else boxes + self.tick(name, value, attrs or {})

    def tick(self, name, value, attrs):
        return format_html(
            '<div class="govuk-checkboxes govuk-checkboxes--small pl-sure">'
            '<div class="govuk-checkboxes__item">'
            '<input class="govuk-checkboxes__input" type="checkbox" name="{0}_sure" id="{1}_sure"'
            ' value="{2}"{3}><label class="govuk-label govuk-checkboxes__label" for="{1}_sure">'
            "Yes, {4} is right</label></div></div>",
            name,
            attrs.get("id", name),
            self.asked.isoformat(),
            " checked" if getattr(value, "sure", "") == self.asked.isoformat() else "",
            in_words(self.asked),
        )


class DayField(DateInputField):
    """A date; what is wrong is said of the box that it is in, with what to type.

    `of` says which days are asked about: `seen`, `ahead`, `holds` or `looked_for`. The form tells
    it by `ask_days_in` of which unit or person it is asked, where it may be tomorrow already, and
    which day is there: that one is not asked about. Of what `is_for_work` a weekend or a holiday of the
    unit is asked about too.
    """

    widget = DayBoxes
    place = known = None

    def __init__(self, *, of, is_for_work=False, error_messages=None, **kwargs):
        super().__init__(require_all_fields=False, **kwargs)
        self.of, self.is_for_work = of, is_for_work
        self.error_messages["required"] = "Type the day, the month and the year"
        self.error_messages |= error_messages or {}

    def bound_data(self, data, initial):
        """A date that was typed into one box is shown in its three; what is none, as it was typed."""
        parts = in_parts(data)
        is_date = all(
            words and not fault(words) for words, (_, fault) in zip(parts, PARTS, strict=True)
        )
        shown = Typed(parts if is_date else data or [])
        shown.sure = getattr(data, "sure", "")
        return super().bound_data(shown, initial)

    def clean(self, value):
        typed = in_parts(value)
        if not any(typed):
            return super().clean(["", "", ""])
        day = self.compress(self.checked(typed))
        self.validate(day)
        self.ask(day, getattr(value, "sure", ""))
        return day

    def checked(self, typed):
        """The three as numbers; raise all that is wrong with them, each with its box."""
        faults = []
        for words, (name, fault), field in zip(typed, PARTS, self.fields, strict=True):
            found = fault(words) if words else f"Give the {name} as well"
            field.widget.errors = [found] if found else []
            faults += field.widget.errors
        if faults:
            raise ValidationError(faults)
        day, month, year = typed
        return int(day), month_number(month), year_number(year)

    def compress(self, data_list):
        day, month, year = data_list
        if not day:
            return None
        if day > (last := monthrange(year, month)[1]):
            name = MONTHS[month - 1].capitalize()
            raise ValidationError(f"{name} {year} has {last} days. Type a day from 1 to {last}")
        return date(year, month, day)

    def ask(self, day, sure):
        """Raise a question of a day that is hardly meant, until it is ticked as right."""
        today = self.place.today() if self.place else timezone.localdate()
        odd = self.of(day, today) or self.before_all(day) or self.off_work(day)
        if not odd or day == self.known:
            return
        self.widget.asked = day
        if sure != day.isoformat():
            raise ValidationError(
                f"{in_words(day)} {odd}. Is that right? Tick “Yes”, or type another date"
            )

    def off_work(self, day):
        """What is said of a day on which nobody works, where something is to be done by it."""
        if not self.is_for_work or self.place is None or self.place.is_working_day(day):
            return ""
        return f"is a {day:%A}" if day.weekday() > 4 else "is a bank or public holiday"

    def before_all(self, day):
        """What is said of a day before the organisation began, where it is known when that was."""
        if self.of in (looked_for, long_ago) or self.place is None:
            return ""
        began = self.place.began
        return f"is before the organisation began, in {began.year}" if began and day < began else ""

    def has_changed(self, initial, data):
        try:
            parts = in_parts(data)
            return (self.compress(self.checked(parts)) if any(parts) else None) != initial
        except ValidationError:
            return True


def in_words(day):
    return date_format(day, "j F Y")


def ask_days_in(form, place):
    """Tell each date of a form where it is asked, and which day is in it already."""
    for name, field in form.fields.items():
        if isinstance(field, DayField):
            field.place, field.known = place, form.get_initial_for_field(field, name)
