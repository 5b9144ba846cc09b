"""First words for a draft, by rule: what was counted, plainly, for a person to make their own."""

from dataclasses import dataclass

from django.conf import settings

from practicelens.numbers import count_words, lowered, plural
from reports.briefings import suggesting
from reports.briefings.since import last_issued, rows_of
from reports.counts import part_of, shown, teams_of, with_interval
from reports.models import Section
from reports.periods import months_after
from reports.summaries import then_and_now
from reports.summaries.scope import scope_of
from reports.summaries.themes import passages_of
from reports.summaries.then_and_now import Change

TITLE, SENTENCE = 95, 70  # as long as the fields of a briefing
TITLE_LINE = 46  # characters of one line of the title on paper


@dataclass
class Words:
    """What a new draft says: answers by field, and sections to be saved."""

    answers: dict
    sections: list


def first_words(briefing, summary, plan):
    compared = then_and_now(summary) if plan.has_before else []
    answers = {
        "title": title(briefing, summary, compared),
        "confidence": confidence(summary),
        "know": know(summary, compared),
        "how": how(summary),
        "doing": doing(briefing),
    }
    texts = {
        Section.Key.FRAMEWORK: (framework_heading(summary), framework_text(summary)),
        Section.Key.FAMILIES: (families_heading(summary), families_text(summary)),
        Section.Key.CONDITIONS: (conditions_heading(summary), conditions_text(summary)),
        Section.Key.GOOD_WORK: good_work(briefing),
        Section.Key.LIMITS: ("What this cannot tell you", "\n".join(limits(summary))),
    }
    sections = [
        Section(briefing=briefing, key=key, heading=heading[:SENTENCE], text=text)
        for key, (heading, text) in texts.items()
    ]
    return Words(answers, sections)


def words_without_counts(briefing, stands):
    """Where no count is told anew: the words of the issue whose figures stand, if one does."""
    told = stands or briefing
    answers = {name: getattr(told, name) for name in ("confidence", "know", "how")}
    answers |= {"title": "", "doing": doing(briefing)}
    if stands:
        said = {each.key: (each.heading, each.text) for each in stands.sections.all()}
    else:
        answers["confidence"] = briefing.figures["facts"]
        answers["how"] = "Practice was observed, with too few people for a figure to be told."
        said = dict.fromkeys(Section.Key, ("Too few people were observed for a figure", ""))
        said[Section.Key.LIMITS] = ("What this cannot tell you", "")
    said[Section.Key.GOOD_WORK] = good_work(briefing)
    sections = [
        Section(briefing=briefing, key=key, heading=heading, text=text)
        for key, (heading, text) in said.items()
    ]
    return Words(answers, sections)


def title(briefing, summary, compared):
    """The good news and the difficulty, at even weight; not the last issue's if there are others.

    Empty where no rule can say both in the space there is.
    """
    before = last_issued(briefing)
    said = [words for words in titles(summary, compared) if fits_two_lines(words)]
    fresh = [words for words in said if before is None or words != before.title]
    return (fresh or said or [""])[0]


def fits_two_lines(words):
    """A title is broken at the sentence, and has two lines at the head of the paper."""
    return len(words) <= TITLE and all(len(line) <= TITLE_LINE for line in words.split(". "))


def titles(summary, compared):
    """The titles that the counts bear out: a clear change first, then what is most in use."""
    changed = clear_changes(summary, compared)
    more = [each.now.label for each in changed if each.change is Change.MORE]
    less = [each.now.label for each in changed if each.change is Change.LESS]
    if more and less:
        yield f"{more[0]}: more than before. {less[0]}: less."
    helping, hindering = most(summary, "helps"), most(summary, "hinders")
    rows = suggesting.well_seen(summary)
    best = suggesting.most_in_use(rows) if rows else None
    if hindering is None:
        return
    in_the_way = lowered(hindering.label)
    for each in changed:
        yield f"{each.now.label}: {each.change} than before. Most in the way: {in_the_way}."
        yield f"{each.now.label}: {each.change}. Most in the way: {in_the_way}."
    if best and best.upper * 2 > best.seen:
        yield f"{best.label}, more often than not. Most in the way: {in_the_way}."
    if helping and helping.theme != hindering.theme:
        most_help = lowered(helping.label)
        yield f"What helps most: {most_help}. What gets in the way most: {in_the_way}."
        yield f"Most help: {most_help}. Most in the way: {in_the_way}."


def confidence(summary):
    """How far to trust it, in a line."""
    if not summary.observations:
        return "Nothing was seen, so nothing is claimed."
    seen = f"{teams_of(summary.teams_seen, summary.teams)} teams"
    evenings = f"{shown(summary.evenings)} in the evening or at night"
    return f"Rests on {observations(summary)} in {seen} {summary.window.since}, {evenings}."


def know(summary, compared):
    """What changed most, or else what is most in use, and what is least."""
    rows = suggesting.well_seen(summary)
    if not rows:
        return ""
    least = suggesting.least_in_use(rows)
    changed = [each.now for each in clear_changes(summary, compared)]
    first = changed[0] if changed else suggesting.most_in_use(rows)
    before = {each.now.criterion.pk: beside_before(summary, each) for each in compared}
    words = f"“{first.label}” was {first.upper_words.lower()} in {part_of(first.upper, first.seen)}"
    words += before.get(first.criterion.pk, "")
    if least.criterion != first.criterion:
        words += f"; “{least.label}” in {part_of(least.upper, least.seen)}"
        words += before.get(least.criterion.pk, "")
    return f"{words}."


def clear_changes(summary, compared):
    """What leaders can be told became more or less, the farthest moved first."""
    told = {row.criterion.pk for row in suggesting.well_seen(summary)}
    found = [each for each in compared if each.change.is_clear and each.now.criterion.pk in told]
    return sorted(found, key=lambda each: -abs(each.points))


def beside_before(summary, compared):
    """What became of a criterion since the stretch before; nothing where it is too little to tell."""
    if compared.change is Change.UNTOLD:
        return ""
    before = f"the {summary.window.before.length_words} before"
    if not compared.change.is_clear:
        return f", no clear change on {before}"
    was = part_of(compared.before.upper, compared.before.seen)
    return f", {compared.change} than in {before} ({was})"


def how(summary):
    if not summary.observations:
        return ""
    people, replies = len(summary.observers), summary.replies
    observers = f"{count_words(people).capitalize()} practice leader{'' if people == 1 else 's'}"
    there = part_of(summary.direct, summary.observations)
    return (
        f"{observers} made {observations(summary)} {summary.window.since}; {there} were direct. "
        f"Practitioners agreed with {shown(replies.agreed)}; "
        f"{shown(replies.disagreed)} disputed."
    )


def doing(briefing):
    """What is under way from earlier decisions; empty where nothing is."""
    on = months_after(briefing.month, 1)
    rows = [row for row in rows_of(briefing, on) if row["state"] in ("Under way", "Done")]
    # A unit's name ends its sentence: after a colon the “May” of a question would be taken for a name.
    asked = [row["decision"].rstrip("?").replace(": ", ". ", 1) for row in rows]
    words = [f"{asked[at]}: {row['state'].lower()}." for at, row in enumerate(rows[:2])]
    return " ".join(words)[:300]


def framework_heading(summary):
    rows = suggesting.well_seen(summary)
    if not rows:
        return "Too little was seen to say which parts are in use"
    words = f"Most in use: {lowered(suggesting.most_in_use(rows).label)}"
    return words if len(words) <= SENTENCE else "Some parts are in use, and some are not yet"


def framework_text(summary):
    if not summary.causes:
        return ""
    were = "opportunity was" if summary.missed == 1 else "opportunities were"
    words = f"{summary.missed} {were} missed."
    first = summary.causes[0]
    return f"{words} The cause most often given: {first.label.lower()}, in {first.missed}."


def families_heading(summary):
    """No figure: the finding below has the share, and one page says it once."""
    if not suggesting.family_share(summary):
        return "Too few meetings were timed to give a share of the talk"
    return "The family’s part in meetings"


def families_text(summary):
    meetings, said = summary.meetings, []
    if meetings.asked:
        asked = with_interval(meetings.asked_family, meetings.asked, "meetings")
        said.append(f"Families were asked first in {asked}.")
    ways = {code: (label, count) for code, label, count in meetings.decided}
    _, together = ways.get("with", ("", 0))
    if together:
        whole = meetings.decided_of
        said.append(f"Decisions were made with the family in {part_of(together, whole)}.")
    return " ".join(said)


def conditions_heading(summary):
    helping, hindering = most(summary, "helps"), most(summary, "hinders")
    if not (helping and hindering):
        return "What helps and what gets in the way"
    words = f"Helps: {lowered(helping.label)}. "
    words += f"Hinders: {lowered(hindering.label)}"
    return words if len(words) <= SENTENCE else "Some conditions help, and some get in the way"


def conditions_text(summary):
    scope = scope_of(summary.unit, summary.window, summary.kind_of_work)
    passages = passages_of(scope, [row.theme for row in suggesting.conditions(summary)])
    if not passages:
        return ""
    speak = "passage speaks" if passages == 1 else "passages speak"
    words = f"{passages} {speak} to one of these, as people have confirmed."
    hours = round(summary.minutes_lost / 60)
    if hours >= 2:
        words += f" Steps in systems and processes that were timed cost {hours} hours."
    return words


def good_work(briefing):
    """One line each, in the observation's own words; brackets say how it is known."""
    told = briefing.figures["good_work"]
    if not told:
        return "There is none this time", ""
    number = count_words(len(told)).capitalize()
    heading = "One piece of good work" if len(told) == 1 else f"{number} pieces of good work"
    return heading, "\n".join(f"{each['text']} ({each['how']})" for each in told)


def limits(summary):
    """What was not seen, who saw most, what is disputed: one line each."""
    if not summary.observations:
        return [line for line in ("Nothing was seen.", called_off(summary)) if line]
    said = [
        teams_unseen(summary),
        kinds_unseen(summary),
        hours_unseen(summary),
        called_off(summary),
        by_one(summary),
        disputed_in_words(summary),
        not_shared(summary),
        watched(summary),
        not_seen(summary),
    ]
    return [line for line in said if line]


def teams_unseen(summary):
    unseen = summary.teams - summary.teams_seen
    if not unseen:
        return ""
    verb = "was" if unseen == 1 else "were"
    number = count_words(unseen).capitalize()
    return f"{number} of {summary.teams} teams {verb} not seen {summary.window.since}."


def kinds_unseen(summary):
    unseen = [
        column.label.lower()
        for place, column in enumerate(summary.columns)
        if not column.overlaps and not sum(row.counts[place] for row in summary.coverage)
    ]
    return f"Not seen at all: {', '.join(unseen)}." if unseen else ""


def hours_unseen(summary):
    evenings, weekends = shown(summary.evenings), shown(summary.weekends)
    return f"In the evening or at night: {evenings}. At weekends: {weekends}."


def called_off(summary):
    """Without it, less that was tried can't be told from less that came about."""
    if not summary.called_off:
        return ""
    return (
        f"Planned visits that were called off {summary.window.since}: {shown(summary.called_off)}."
    )


def by_one(summary):
    if len(summary.observers) == 1:
        return "One person saw all of it."
    most = summary.observers[0]
    if most * 3 < summary.observations:
        return ""
    return f"One person saw {part_of(most, summary.observations)}."


def disputed_in_words(summary):
    disputed = summary.replies.disagreed
    return f"Disputed by the practitioner, and counted: {shown(disputed)}." if disputed else ""


def not_shared(summary):
    """How many the practitioners have not read, and the reasons given: never who gave which.

    Of a few, a reason would be someone's.
    """
    replies = summary.replies
    if not replies.withheld:
        return ""
    number = part_of(replies.withheld, replies.of_someone)
    said = f"Not shared with the practitioner: {number} observations."
    if replies.withheld < settings.SMALL_COUNT_THRESHOLD:
        return said
    return f"{said} Reasons given: {'; '.join(map(lowered, replies.why))}."


def watched(summary):
    if not summary.watched:
        return ""
    say = "observation says" if summary.watched == 1 else "observations say"
    return f"Being watched changes practice: {summary.watched} {say} how."


def not_seen(summary):
    unseen = [row for row in summary.criteria if not row.apart and row.of and not row.seen]
    if len(unseen) == 1:
        return f"Looked for and never seen: “{unseen[0].label}”."
    return f"{count_words(len(unseen)).capitalize()} criteria were never seen." if unseen else ""


def most(summary, stance):
    """The condition with most passages on one side, of those with more there than on the other."""
    other = {"helps": "hinders", "hinders": "helps"}[stance]
    rows = [
        row for row in suggesting.conditions(summary) if getattr(row, stance) > getattr(row, other)
    ]
    return max(rows, key=lambda row: getattr(row, stance), default=None)


def observations(summary):
    return plural(summary.observations, "observation")
