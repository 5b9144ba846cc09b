"""What the counts say, in sentences that say no more than the counts."""

from django.utils import timezone

from reports.periods import count_words, day_words
from reports.summaries.shape import ThemeRow

WEEKS_IN_WORDS = 60
# Evenings and weekends are worth a word where they are fewer than one in so many.
FEW = 6


def change_words(now, before, before_window):
    """A CriterionRow or ThemeRow beside the one of the period before; `before` may be None.

    Evident or strong in 12 of 30; in the six months before, 7 of 28.
    """
    if isinstance(now, ThemeRow):
        return _theme_change(now, before, before_window)
    was = f"{before.upper} of {before.seen}" if before and before.seen else "it was not seen"
    if not now.seen:
        return f"Not seen; {_in_the(before_window)} before, {was}."
    return (
        f"{now.upper_words.capitalize()} in {now.upper} of {now.seen}; "
        f"{_in_the(before_window)} before, {was}."
    )


def _theme_change(now, before, before_window):
    was = _stances(before) if before else "none"
    return f"{_stances(now).capitalize()}; {_in_the(before_window)} before, {was}."


def _stances(row):
    if not row.confirmed:
        return "no confirmed passage"
    return f"{row.helps} passages that help and {row.hinders} that hinder"


def _in_the(window):
    return f"in the {window.length_words}" if window.length > 1 else "in the month"


def in_short(summary, criterion=None):
    """Three sentences at most: a criterion, what gets in the way, and what was not seen."""
    if not summary.observations:
        return []
    said = [_of_criterion(criterion), _of_themes(summary), _of_coverage(summary)]
    return [sentence for sentence in said if sentence]


def _of_criterion(row):
    if row is None or not (row.seen or row.missed):
        return ""
    missed = f", and missed in {row.missed}" if row.missed else ""
    notes = "note" if row.seen == 1 else "notes"
    said = f"{row.upper_words} in {row.upper or 'none'} of the {row.seen} {notes} where it was seen"
    return f"“{row.label}” was {said}{missed}."


def _of_themes(summary):
    for side, words in (("hinders", "getting in the way"), ("helps", "a help")):
        row = max(summary.themes, key=lambda row: getattr(row, side), default=None)
        count = getattr(row, side, 0)
        if count:
            label = row.label[:1].lower() + row.label[1:]
            passages = "passage" if count == 1 else "passages"
            return f"Named most often as {words}: {label}, in {count} {passages}."
    return ""


def _of_coverage(summary):
    unseen = summary.teams - summary.teams_seen
    if summary.teams > 1 and unseen:
        were = "was" if unseen == 1 else "were"
        return f"{count_words(unseen).capitalize()} of {summary.teams} teams {were} not seen."
    late = [("evenings", summary.evenings), ("weekends", summary.weekends)]
    if sum(count for _, count in late) * FEW < summary.observations:
        said = [f"{name} {_times(count)}" for name, count in late]
        return f"We have seen {' and '.join(said)}."
    return ""


def _times(count):
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count_words(count)} times")


def last_seen_words(row, on=None):
    """Last 3 July, 20 weeks ago; or Never seen."""
    if row.seen_on is None:
        return "Never seen"
    today = on or timezone.localdate()
    day = day_words(row.seen_on, year=row.seen_on.year != today.year)
    return f"Last {day}, {_ago((today - row.seen_on).days)}"


def _ago(days):
    if days < 14:
        return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    if days // 7 <= WEEKS_IN_WORDS:
        return f"{days // 7} weeks ago"
    return f"{days // 365} years ago" if days >= 730 else "over a year ago"
