"""What a row of a file comes to, as the columns were matched; and all that is to be put right in it."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from frameworks.files.cells import one_line
from frameworks.models.lists import ListOf
from observations.imports.offering import LEVEL, NOBODY, NOT_SEEN, choice_of
from observations.imports.parts import CRITERION, PASSAGES, PEOPLE, SAME, Part
from practicelens import days
from practicelens.lengths import DAY as MINUTES_A_DAY
from practicelens.lengths import minutes_in

MOST_TOLD = 60  # characters of what was there
CLOCK = re.compile(r"[ T,]+\d{1,2}[:.]\d{2}(?!\d).*$")
BY_YEAR = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
IN_FIGURES = re.compile(r"(?<!\d)(\d{1,2})([/.\-])(\d{1,2})([/.\-]\d{2,4})")
SPREADSHEETS_OWN = re.compile(r"\d{5}(\.\d+)?")
# What a row can't do without, and what to do where nothing says it.
NEEDED = {
    Part.DAY: "is empty: give the day, such as 5 November 2025",
    Part.UNIT: "is empty: give the team, or choose one for every row",
    Part.KIND_OF_WORK: "is empty: give the kind of work, or choose one for every row",
}
UNKNOWN = {
    Part.UNIT: "is no team in which you write observations: choose which is meant",
    Part.OBSERVER: "is nobody who writes observations in your teams: choose who is meant",
    Part.PRACTITIONER: "is nobody who is observed in your teams: choose who is meant, or nobody",
    LEVEL: "is no level of the scale: choose which is meant",
}
NOT_LISTED = "is not on your list: choose which is meant"


@dataclass
class Understood:
    """`facts` are fields of an observation, `passages` (kind, heading, text), `ratings` by criterion."""

    facts: dict = field(default_factory=dict)
    passages: list = field(default_factory=list)
    ratings: dict = field(default_factory=dict)  # {criterion: (level, heading, words)}
    problems: list = field(default_factory=list)

    def problem(self, column, found, words):
        told = one_line(found)
        told = f"{told[:MOST_TOLD]}…" if len(told) > MOST_TOLD else told
        self.problems.append({"column": column, "found": told, "words": words})


def understand(texts, found, offered):
    """A row as Understood: nothing is stored, and nothing is left unsaid."""
    row = Understood()
    given = read_columns(row, texts, found, offered)
    if Part.DAY not in row.facts and not is_told(row, given, Part.DAY):
        row.problem(heading_of(found, Part.DAY), "", NEEDED[Part.DAY])
    settle(row, given, found, offered)
    if not row.problems and not row.passages and not row.ratings:
        row.problem("", "", "has nothing that was seen or heard, and no rating: leave it out")
    return row


def is_told(row, given, part):
    return part in given and any(each["column"] == given[part] for each in row.problems)


def heading_of(found, part):
    """The heading of the column that is this part, or the name of the part."""
    places = (at for at, each in found.columns.items() if each == part)
    at = next(places, None)
    return Part(part).label if at is None else found.headings[int(at)]


def read_columns(row, texts, found, offered):
    """Read each column that is something; returns {part: heading} of those that say something."""
    given = {}
    for at, part in found.columns.items():
        text = texts[int(at)] if int(at) < len(texts) else ""
        heading = found.headings[int(at)]
        if part == Part.LEAVE or not text:
            continue
        given[part] = heading
        if isinstance(text, dict):
            row.problem(heading, "", text["fault"])
        elif part in PASSAGES:
            row.passages.append((part, heading, text))
        elif part == Part.DAY:
            read_day(row, heading, text, found)
        elif part == Part.MINUTES:
            read_minutes(row, heading, text)
        else:
            read_choice(row, part, heading, text, found, offered)
    return given


def read_day(row, heading, text, found):
    try:
        row.facts[Part.DAY] = day_in(text, found.is_month_first)
    except ValidationError as error:
        row.problem(heading, text, f"is no day. {'. '.join(error.messages)}")


def day_in(text, is_month_first=False):
    """The day that is meant, as people and programs write it; the hour after it is left out."""
    words = BY_YEAR.sub(r"\1-\2-\3", CLOCK.sub("", one_line(text)))
    if SPREADSHEETS_OWN.fullmatch(words):
        raise ValidationError("Format its column as a date, and save the file again")
    if is_month_first:
        words = IN_FIGURES.sub(r"\3\2\1\4", words)
    asked = days.DayField(of=days.looked_for)
    return asked.compress(asked.checked(days.in_parts([words])))


def read_minutes(row, heading, text):
    minutes = minutes_in(text)
    if minutes is None or not 1 <= minutes <= MINUTES_A_DAY:
        row.problem(heading, text, "is no length: write it such as 55 minutes or 1 hour 20")
    else:
        row.facts[Part.MINUTES] = minutes


def read_choice(row, part, heading, text, found, offered):
    what = choice_of(part)
    code = offered.meant(what, text, found.values)
    if code is None:
        row.problem(heading, text, UNKNOWN.get(what, NOT_LISTED))
    elif what == LEVEL:
        if code != NOT_SEEN:
            row.ratings[part.removeprefix(CRITERION)] = (code, heading, one_line(text))
    else:
        row.facts[part] = code


def settle(row, given, found, offered):
    """Fill in what is the same for every row, and look at what belongs together."""
    for part in SAME:
        if part not in given and found.same.get(part):
            row.facts[part] = found.same[part]
    for part in (Part.UNIT, Part.KIND_OF_WORK):
        if part not in row.facts and part not in given:
            row.problem(heading_of(found, part), "", NEEDED[part])
    team = offered.teams.get(row.facts.get(Part.UNIT))
    if team is None and row.facts.pop(Part.UNIT, None):
        row.problem(heading_of(found, Part.UNIT), "", "is a team that you can’t write in now")
    settle_people(row, found, offered)
    if team:
        row.facts[Part.UNIT] = team
        settle_in_team(row, team, found, offered)


def settle_people(row, found, offered):
    people = {Part.OBSERVER: offered.observers, Part.PRACTITIONER: offered.practitioners}
    for part in PEOPLE:
        code = row.facts.get(part)
        row.facts[part] = None if code in (None, NOBODY) else people[part][code]
    row.facts[Part.OBSERVER] = row.facts[Part.OBSERVER] or offered.user
    practitioner = row.facts[Part.PRACTITIONER]
    if practitioner and practitioner.pk == row.facts[Part.OBSERVER].pk:
        words = "is the observer as well: leave it empty for the observer’s own practice"
        row.problem(heading_of(found, Part.PRACTITIONER), str(practitioner), words)


def settle_in_team(row, team, found, offered):
    """What depends on the team: its day, its lists, its framework, who writes there."""
    settle_day(row, team, found)
    lists = offered.lists[team]
    for part, of in [(Part.KIND_OF_WORK, ListOf.KIND_OF_WORK), (Part.SETTING, ListOf.SETTING)]:
        code = row.facts.get(part)
        if code and code not in dict(lists.choices(of)):
            words = f"is not on the list of {team}: choose another that is meant"
            row.problem(heading_of(found, part), lists.label(of, code), words)
    observer = row.facts[Part.OBSERVER]
    if observer.pk != offered.user.pk and observer not in offered.writers_of(team):
        words = f"does not write observations in {team}: choose who is meant"
        row.problem(heading_of(found, Part.OBSERVER), str(observer), words)
    settle_framework(row, team, offered)


def settle_day(row, team, found):
    day = row.facts.get(Part.DAY)
    if day is None:
        return
    today, column, told = team.today(), heading_of(found, Part.DAY), ""
    if day > today:
        told = "is after today: give the day on which it was"
    elif day < days.years_from(today, -days.LIKELY_BACK):
        told = f"is more than {days.LIKELY_BACK} years ago: give the year in four digits"
    elif team.began and day < team.began:
        told = (
            f"is before the organisation began, in {team.began.year}: give the day on which it was"
        )
    if told:
        row.problem(column, days.in_words(day), told)


def settle_framework(row, team, offered):
    """Ratings by criteria and levels of the version in force in the team."""
    version = offered.version_for(team)
    if version is None:
        row.problem("", str(team), "has no framework in force: publish one first")
        return
    row.facts["framework_version"] = version
    rated, row.ratings = row.ratings, {}
    for code, (level, heading, words) in rated.items():
        criterion, of_scale = version.by_code.get(code), version.levels.get(level)
        if criterion is None:
            row.problem(
                heading, words, f"is of a criterion that {team} does not have: leave it out"
            )
        elif of_scale is None:
            row.problem(
                heading, words, f"is no level of the scale of {team}: choose which is meant"
            )
        else:
            row.ratings[criterion] = (of_scale, heading, words)
