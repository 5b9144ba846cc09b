"""The same words are quoted once a year: what issues of the unit, and of those above and below, quoted."""

from functools import cached_property

from django.db.models import Q

from practicelens.people.models import Unit
from reports.briefings.borrowed import RUN, plain_words
from reports.models import Briefing
from reports.periods import month_words, months_after

YEAR = 12  # months


class QuotedBefore:
    """What was quoted within a year of a unit's month; versions of its own paper are the same paper."""

    def __init__(self, unit, month):
        self.unit, self.month = unit, month

    def where(self, words):
        """The issue that has these words, such as "Harrowmere, June 2026"; empty where none has."""
        sought = runs(words)
        return next((name for name, told in self.told if not sought.isdisjoint(told)), "")

    @cached_property
    def told(self):
        """[(name of an issue, the runs of words that it quoted)], the newest first."""
        line = Q(unit__in=Unit.objects.above(self.unit)) | Q(unit__in=Unit.objects.below(self.unit))
        own = Q(unit=self.unit, month=self.month)
        year = (months_after(self.month, 1 - YEAR), months_after(self.month, YEAR - 1))
        issues = Briefing.objects.issued().filter(line, month__range=year).exclude(own)
        rows = issues.order_by("-month", "-version", "pk").distinct()
        return [
            (f"{unit}, {month_words(month)}", {run for text in quoted(parts) for run in runs(text)})
            for unit, month, parts in rows.values_list("unit__name", "month", "content__sections")
        ]


def quoted(sections):
    """The words of observations, and texts that may have taken some over, of a frozen content."""
    for section in sections:
        yield from section["text"]
        yield from (each["text"] for each in section.get("items", []) if isinstance(each, dict))
        for finding in section.get("findings", []):
            yield from [finding["claim"], *finding["text"], finding["otherwise"]["text"]]
            for quote in [*finding["quotes"], *finding["otherwise"]["quotes"]]:
                yield quote["text"]


def runs(text):
    """Each run of as many words as tell one text from another; the whole where it is shorter."""
    words = plain_words(text)
    if len(words) < RUN:
        return {tuple(words)} - {()}
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
