"""When each hand-written observation was made: the story's months as dates up to a last day."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils import timezone

HERE = Path(__file__).parent
UNFINISHED = HERE / "unfinished.toml"
BESIDE = HERE / "beside.toml"
LAST_MONTH = 18  # the month of the story's last day
SECOND_VERSION_FROM = 10
# The month from which each unit has a briefing.
BRIEFED_FROM = {"harrowmere": 3, "help-and-protection": 12}
CLOSED = {(1, 1), (12, 25), (12, 26)}
HOURS = {"morning": 12, "afternoon": 16, "evening": 20, "night": 23}
NOTES = uuid5(NAMESPACE_OID, "practicelens.demo")


@dataclass(frozen=True)
class Occasion:
    """One observation with its day and the moments of its life; a moment still to come is None."""

    key: UUID
    note: dict
    observed_on: date
    created_at: datetime
    submitted_at: datetime | None = None
    coded_at: datetime | None = None
    decided_at: datetime | None = None
    shared_at: datetime | None = None
    replied_at: datetime | None = None
    answer_read_at: datetime | None = None
    withdrawn_at: datetime | None = None


def read_notes():
    """Every hand-written observation, by file and number."""
    return [note for path in sorted(HERE.glob("notes/*.toml")) for note in read(path)]


def read(path, table="observation"):
    """The observations of one file, each with a key that is the same at every reading."""
    with path.open("rb") as file:
        notes = tomllib.load(file)[table]
    return [{**note, "key": uuid5(NOTES, f"{path.stem} {note['n']}")} for note in notes]


def part_key(key, kind, place):
    """The key of a passage, friction entry or voice: the same at every seeding."""
    return uuid5(key, f"{kind} {place}")


def occasions(until):
    """What was seen up to `until`, oldest first: the same for the same day and files."""
    last = last_moment(until)
    notes = read_notes() + read(UNFINISHED)
    happened = [occasion(note, day, last) for note, day in dated(notes, until)]
    happened += seen_by_two(happened, last)
    happened += [just_shared(note, until, last) for note in read(UNFINISHED, "waiting")]
    return sorted(happened, key=lambda each: (each.observed_on, each.key))


def seen_by_two(happened, last):
    """What someone else wrote of an occasion that is in the story already, on the same day."""
    days = {each.key: each.observed_on for each in happened}
    return [occasion(note, days[key_beside(note)], last) for note in read(BESIDE)]


def key_beside(note):
    """The key of the observation that this one is beside."""
    return uuid5(NOTES, note["beside"])


def drafts(until):
    """What its observer has not finished."""
    last = last_moment(until)
    begun = []
    for note in read(UNFINISHED, "draft"):
        day = until - timedelta(days=note["days_ago"])
        hour = HOURS[note.get("part_of_day", "afternoon")]
        began_at = min(at(day, hour, note["n"]), last)
        begun.append(Occasion(note["key"], note, day, began_at, decided_at=began_at))
    return begun


def first_of(month, until):
    """The first day of a month of the story, numbered from 1."""
    months = until.year * 12 + until.month - 1 - (LAST_MONTH - month)
    return date(months // 12, months % 12 + 1, 1)


def dated(notes, until):
    """Each observation with its day: an observer's of one month keep their order."""
    by_observer = {}
    for note in notes:
        by_observer.setdefault((note["observer"], note["month"]), []).append(note)
    for (_, month), told in by_observer.items():
        days = days_of(first_of(month, until), until)
        earlier = days[0]
        for place, note in enumerate(told):
            earlier = near(note["weekday"], days, (place + 0.5) / len(told), earlier)
            yield note, earlier


def days_of(first, until):
    """The days of a month on which work may be seen; of the last month, those that are over."""
    end = first.replace(day=monthrange(first.year, first.month)[1])
    end = max(first, min(end, until - timedelta(days=1)))
    days = [first + timedelta(days=passed) for passed in range((end - first).days + 1)]
    return [day for day in days if (day.month, day.day) not in CLOSED] or days


def near(weekday, days, share, earlier):
    """A day of that weekday (or, in too short a month, a working day) near a point of the month."""
    wanted = days[int(share * len(days))]
    left = [day for day in days if day >= earlier]
    fitting = (
        [day for day in left if day.isoweekday() == weekday]
        or [day for day in left if day.isoweekday() < 6]
        or left
    )
    return min(fitting, key=lambda day: abs(day - wanted))


def occasion(note, day, last):
    """The life of a submitted observation, as far as it has come by the last moment."""
    n = note["n"]
    created_at = min(at(day, HOURS[note["part_of_day"]], n), last)
    written = later(day, 1) if n % 3 == 0 else day
    hour = 9 if n % 3 == 0 else min(HOURS[note["part_of_day"]] + 1, 23)
    submitted_at = min(max(at(written, hour, n), created_at), last)
    moments = {"submitted_at": submitted_at, "coded_at": submitted_at}
    moments["decided_at"] = min(at(later(written, 2 + n % 3), 9, n), last)
    if "withdrawn" in note:
        moments["withdrawn_at"] = at(later(written, 3), 11, n)
    elif "practitioner" in note and "not_shared" not in note:
        moments |= reply(note, written, last)
    return Occasion(note["key"], note, day, created_at, **moments)


def just_shared(note, until, last):
    """An observation that its practitioner was shown a few days ago, and has not answered."""
    told = occasion(note, on_or_before(until - timedelta(days=note["days_ago"])), last)
    shared_on = on_or_before(until - timedelta(days=note["shared_days_ago"]))
    return replace(told, shared_at=max(at(shared_on, 10, note["n"]), told.submitted_at))


def on_or_before(day):
    """That day, or the last working day before it."""
    return day if day.isoweekday() < 6 else on_or_before(day - timedelta(days=1))


def reply(note, written, last):
    """When the practitioner was shown it, when they answered, and when that was read."""
    n = note["n"]
    shared_on = later(written, 1 + n % 5)
    moments = {"shared_at": at(shared_on, 10, n)}
    if "answer" in note:
        answered_on = later(shared_on, 1 + n * 3 % 9)
        moments["replied_at"] = at(answered_on, 14, n)
        moments["answer_read_at"] = at(later(answered_on, 5), 8, n)
    return {what: moment for what, moment in moments.items() if moment <= last}


def later(day, count):
    """That many working days later."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() < 6 and (day.month, day.day) not in CLOSED
    return day


def at(day, hour, n):
    """A moment of that day: the minute differs from observation to observation."""
    return timezone.make_aware(datetime.combine(day, time(hour, n * 7 % 60)))


def last_moment(until):
    """Nothing happens after this: the end of the last day, or now if that is today."""
    end = timezone.make_aware(datetime.combine(until, time(23, 59)))
    return min(end, timezone.now())
