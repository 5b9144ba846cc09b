"""Stretches of whole months, and the words that people use for them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from practicelens.numbers import count_words


def month_of(day):
    """The first day of a day's month."""
    return day.replace(day=1)


def months_after(month, count):
    """The month so many months later, or earlier where the count is below zero."""
    at = month.year * 12 + month.month - 1 + count
    return date(at // 12, at % 12 + 1, 1)


def month_words(month):
    """October 2026."""
    return f"{month:%B %Y}"


def day_words(day, *, year=True):
    """3 July 2026, or 3 July."""
    return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%B}"


@dataclass(frozen=True)
class Window:
    """Whole months from the first to the last, both included; the running month up to today."""

    first_month: date
    last_month: date
    # The day that it is where it is asked for; that of the service, if nobody says.
    today: date = field(default_factory=timezone.localdate, compare=False, repr=False)

    @property
    def months(self):
        """Every month in it, oldest first."""
        return [months_after(self.first_month, at) for at in range(self.length)]

    @property
    def length(self):
        first, last = self.first_month, self.last_month
        return (last.year - first.year) * 12 + last.month - first.month + 1

    @property
    def before(self):
        """The stretch of the same length that ends where this one begins."""
        first, last = (
            months_after(self.first_month, -self.length),
            months_after(self.first_month, -1),
        )
        return Window(first, last, self.today)

    @property
    def last_day(self):
        """Its last day; today while its last month is still running."""
        end = months_after(self.last_month, 1) - timedelta(days=1)
        return min(end, max(self.today, self.last_month))

    @property
    def is_running(self):
        """Whether its last month is not over yet."""
        return months_after(self.last_month, 1) > self.today

    @property
    def words(self):
        """1 June to 30 November 2026; both years where they differ."""
        year = self.first_month.year != self.last_month.year
        return f"{day_words(self.first_month, year=year)} to {day_words(self.last_day)}"

    @property
    def since(self):
        """Since 1 June, in the middle of a sentence."""
        year = self.first_month.year != self.last_month.year
        return f"since {day_words(self.first_month, year=year)}"

    @property
    def length_words(self):
        """Six months, in the middle of a sentence."""
        return f"{count_words(self.length)} month{'' if self.length == 1 else 's'}"


def rolling(last_month=None, months=None, today=None):
    """So many months (as many as figures are for) that end with a month (the running one)."""
    today = today or timezone.localdate()
    last = month_of(last_month or today)
    return Window(months_after(last, 1 - (months or settings.WINDOW_MONTHS)), last, today)
