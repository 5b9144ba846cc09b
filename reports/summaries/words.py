"""What the counts say, in sentences that say no more than the counts."""

from practicelens.numbers import count_words, lowered, plural
from reports.periods import day_words
from reports.summaries.lines import NotJoined
from reports.summaries.shape import ThemeRow
from reports.summaries.then_and_now import change_of, risk_change

WEEKS_IN_WORDS = 60
# Evenings and weekends are worth a word where they are fewer than one in so many.
FEW = 6


def change_words(now, before, before_window):
    """A CriterionRow or ThemeRow beside the one of the period before; `before` may be None.

    Evident or strong in 12 of 30; in the six months before, 7 of 28: no clear change.
    """
    if isinstance(now, ThemeRow):
        return theme_change(now, before, before_window)
    refuse_if_apart(now, before)
    if now.began and now.began > before_window.last_day:
        return f"{so_far(now)}; it began on {day_words(now.began)}: there is nothing to compare it with yet."
    was = "it was not seen"
    if before and before.seen:
        was = f"{before.upper} of {before.seen}: {change_of(now, before)}"
    return f"{so_far(now)}; {in_the(before_window)} before, {was}."


def risk_words(summary):
    """The share of risk statements that named a harm, as it was before, and what became of it.

    In the six months before, 7 of 28: no clear change.
    """
    now, before = summary.risk, summary.risk.before
    was = "no risk statement was marked"
    if before and before.seen:
        was = f"{before.upper} of {before.seen}: {risk_change(now)}"
    return f"{in_the(summary.window.before).capitalize()} before, {was}."


def so_far(row):
    if not row.seen:
        return "Not seen"
    return f"{row.upper_words.capitalize()} in {row.upper} of {row.seen}"


def refuse_if_apart(now, before):
    """`NotJoined` for rows of two criteria that no lineage joins."""
    if before and now.wordings and not now.wordings & before.wordings:
        notes = dict.fromkeys([*now.notes, *before.notes])
        why = " ".join(notes) or "No lineage leads from one to the other."
        raise NotJoined(now.criterion, before.criterion, why)


def theme_change(now, before, before_window):
    if now.split_on and now.split_on > before_window.last_day:
        day = day_words(now.split_on)
        why = f"it took over a part of “{now.split_from}” on {day}: there is nothing to compare it with yet."
        return f"{stances(now).capitalize()}; {why}"
    was = stances(before) if before else "none"
    return f"{stances(now).capitalize()}; {in_the(before_window)} before, {was}."


def stances(row):
    if not row.confirmed:
        return "no confirmed passage"
    helps = f"{row.helps or 'no'} passage{'s' if row.helps != 1 else ''}"
    return (
        f"{helps} that help{'' if row.helps != 1 else 's'} and {row.hinders or 'none'} that hinder"
    )


def in_the(window):
    return f"in the {window.length_words}" if window.length > 1 else "in the month"


def in_short(summary, criterion=None):
    """Three sentences at most: a criterion, what gets in the way, and what was not seen."""
    if not summary.observations:
        return []
    said = [of_criterion(criterion), of_themes(summary), of_coverage(summary)]
    return [sentence for sentence in said if sentence]


def of_criterion(row):
    if row is None or not (row.seen or row.missed):
        return ""
    missed = f", and missed in {row.missed}" if row.missed else ""
    seen = plural(row.seen, "observation")
    said = f"{row.upper_words} in {row.upper or 'none'} of the {seen} where it was seen"
    return f"“{row.label}” was {said}{missed}."


def of_themes(summary):
    for side, words in (("hinders", "getting in the way"), ("helps", "a help")):
        row = max(summary.themes, key=lambda row: getattr(row, side), default=None)
        count = getattr(row, side, 0)
        if count:
            label = lowered(row.label)
            passages = "passage" if count == 1 else "passages"
            return f"Named most often as {words}: {label}, in {count} {passages}."
    return ""


def of_coverage(summary):
    unseen = summary.teams - summary.teams_seen
    if summary.teams > 1 and unseen:
        were = "was" if unseen == 1 else "were"
        return f"{count_words(unseen).capitalize()} of {summary.teams} teams {were} not seen."
    if not summary.evenings and not summary.weekends:
        return "No evening and no weekend was seen."
    late = [("evenings", summary.evenings), ("weekends", summary.weekends)]
    if sum(count for _, count in late) * FEW < summary.observations:
        said = [f"{name} {times(count)}" for name, count in late]
        return f"We have seen {' and '.join(said)}."
    return ""


def times(count):
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count_words(count)} times")


def how_far_to_trust(summary):
    """What the counts rest on, and what they may have missed: a sentence each."""
    said = [
        unseen_work(summary),
        one_observer(summary),
        disputed(summary.replies),
        unanswered(summary.replies),
        watched(summary),
        versions(summary),
    ]
    return [sentence for sentence in said if sentence]


def unseen_work(summary):
    seen = [sum(row.counts[at] for row in summary.coverage) for at in range(len(summary.columns))]
    unseen = [
        column.label.lower()
        for column, count in zip(summary.columns, seen, strict=True)
        if not count
    ]
    if not summary.observations or not unseen:
        return ""
    *others, last = unseen
    return f"Not seen at all: {', '.join(others)}{' and ' if others else ''}{last}."


def one_observer(summary):
    most = max(summary.observers, default=0)
    if not most:
        return ""
    if len(summary.observers) == 1:
        return "All observations are by one observer."
    observers = count_words(len(summary.observers))
    return f"{most} of {summary.observations} observations are by one of {observers} observers."


def disputed(replies):
    if not replies.disagreed:
        return "No observation is disputed." if replies.agreed else ""
    notes = "observation is" if replies.disagreed == 1 else "observations are"
    number = count_words(replies.disagreed).capitalize()
    return f"{number} disputed {notes} counted, with the reply attached."


def unanswered(replies):
    parts = [
        (replies.no_reply, "had no reply"),
        (replies.waiting, "wait for one"),
        (replies.not_shared, "are not shared yet"),
    ]
    said = [f"{count} {words}" for count, words in parts if count]
    return f"Of the other observations, {', '.join(said)}." if said else ""


def watched(summary):
    if not summary.watched:
        return ""
    notes = "observation says" if summary.watched == 1 else "observations say"
    return f"Being watched may have changed what happened: {summary.watched} {notes} how."


def versions(summary):
    apart = [row for row in summary.criteria if row.apart]
    if not apart:
        return ""
    criteria = "criterion is" if len(apart) == 1 else "criteria are"
    number = count_words(len(apart)).capitalize()
    return f"{number} earlier or other {criteria} counted apart."


def last_seen_words(row, on):
    """Last 3 July, 20 weeks ago; or Never seen."""
    if row.seen_on is None:
        return "Never seen"
    day = day_words(row.seen_on, year=row.seen_on.year != on.year)
    return f"Last {day}, {ago((on - row.seen_on).days)}"


def ago(days):
    if days < 14:
        return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    if days // 7 <= WEEKS_IN_WORDS:
        return f"{days // 7} weeks ago"
    return f"{days // 365} years ago" if days >= 730 else "over a year ago"
