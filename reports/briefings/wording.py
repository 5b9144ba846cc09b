"""First words for a draft, by rule: what was counted, plainly, for a person to make their own."""

from django.conf import settings

from practicelens.numbers import count_words, lowered, plural
from reports.briefings import candidates, early_signs, members_questions, saying, suggesting
from reports.briefings.candidates import Kind, Line
from reports.briefings.saying import Said
from reports.briefings.since import overdue_answers, rows_of
from reports.counts import part_of, shown, teams_of, with_interval
from reports.models import Briefing, Finding, Section, Sentence
from reports.periods import months_after
from reports.summaries import then_and_now
from reports.summaries.scope import scope_of
from reports.summaries.themes import passages_of
from reports.summaries.then_and_now import Change

SENTENCE = 70  # as long as a heading

STANDS = "The figures stand as they were told, so the words of that issue do."
COUNTED = "What was counted, in the order of the paper."


def first_words(briefing, summary, plan):
    """{place: Said} of all that a rule says of the figures, outside the findings."""
    compared = compared_with_before(summary, plan)
    found = what_could_be_said(briefing, summary, compared)
    made = {
        "answers.title": saying.title(found, earlier_leads(briefing)),
        "answers.confidence": Said(confidence(summary), COUNTED),
        "answers.know": know(summary, compared, found),
        "answers.how": Said(how(summary), COUNTED),
        "answers.doing": doing(briefing),
        **{f"answers.{line}": said for line, said in saying.lines(found).items()},
    }
    texts = {
        Section.Key.FRAMEWORK: (framework_heading(summary), framework_text(summary)),
        Section.Key.FAMILIES: (families_heading(summary), families_text(summary)),
        Section.Key.CONDITIONS: (conditions_heading(summary), conditions_text(summary)),
        Section.Key.GOOD_WORK: good_work(briefing),
        Section.Key.PRACTITIONERS: ("", practitioners_text(summary)),
        Section.Key.EARLY_SIGNS: ("", early_signs.kept_open(summary.unit, summary.window)),
        Section.Key.QUESTIONS: ("", members_questions.text(summary, compared)),
        Section.Key.LIMITS: ("What this cannot tell you", "\n".join(limits(summary))),
    }
    return made | of_sections(texts, COUNTED)


def of_sections(texts, why):
    """{place: Said} of {key: (heading, text)}."""
    return {
        f"{key}.{name}": Said(words[:SENTENCE] if name == "heading" else words, why)
        for key, both in texts.items()
        for name, words in zip(("heading", "text"), both, strict=True)
    }


def words_without_counts(briefing, stands):
    """Where no count is told anew: the words of the issue whose figures stand, if one does."""
    told = stands or briefing
    answers = {name: getattr(told, name) for name in ("confidence", "know", "how", *Line)}
    if stands:
        texts = {each.key: (each.heading, each.text) for each in stands.sections.all()}
    else:
        answers["confidence"] = briefing.figures["facts"]
        answers["how"] = "Practice was observed, with too few people for a figure to be told."
        texts = dict.fromkeys(Section.Key, ("", ""))
        texts |= dict.fromkeys(
            Finding.WITH_FINDINGS, ("Too few people were observed for a figure", "")
        )
        texts[Section.Key.LIMITS] = ("What this cannot tell you", "")
    # A line that is no count: an early sign, or a decision whose answer is overdue.
    if alert := saying.line_of(Line.ALERT, uncounted(briefing)).words:
        answers[Line.ALERT] = alert
    texts[Section.Key.GOOD_WORK] = good_work(briefing)
    made = {f"answers.{name}": Said(words, STANDS) for name, words in answers.items()}
    made |= {"answers.title": Said(""), "answers.doing": doing(briefing)}
    return made | of_sections(texts, STANDS)


def compared_with_before(summary, plan):
    return then_and_now(summary) if plan.has_before else []


def what_could_be_said(briefing, summary, compared):
    """Every Candidate that the figures bear out, of what leaders can be told."""
    rows = suggesting.well_seen(summary)
    told = {row.criterion.pk for row in rows}
    compared = [each for each in compared if each.now.criterion.pk in told]
    before = f"the {summary.window.before.length_words} before"
    of_practice = suggesting.conditions(summary)
    good = suggesting.telling(summary, suggesting.TellsOf.GOOD_WORK)
    return [
        *uncounted(briefing, summary.window),
        *candidates.changed(compared, before),
        *candidates.missed([row for row in summary.criteria if not row.apart]),
        *candidates.held(compared, rows, before),
        *candidates.good_work(good, summary.window.since),
        *candidates.conditions(of_practice, "helps"),
        *candidates.conditions(of_practice, "hinders"),
    ]


def uncounted(briefing, window=None):
    """What is no count of a group: early signs that were kept, and answers that are overdue."""
    signs = early_signs.kept_and_untold(briefing.unit, window or briefing.window)
    claims = [(sign.pk, early_signs.claim_of(sign)) for sign in signs]
    return [*candidates.grave(claims), *candidates.overdue(overdue_answers(briefing))]


def earlier_leads(briefing):
    """[Led]: what led the titles of the unit's earlier issues, the newest first."""
    rows = (
        Sentence.objects.filter(
            place="answers.title",
            briefing__in=Briefing.objects.standing(),
            briefing__unit=briefing.unit,
            briefing__month__lt=briefing.month,
        )
        .select_related("briefing")
        .order_by("-briefing__month")
    )
    return [
        saying.Led(
            row.briefing.month,
            row.lead if row.briefing.title.strip() == row.words else "",
            frozenset(row.others),
        )
        for row in rows
    ]


def confidence(summary):
    """How far to trust it, in a line."""
    if not summary.observations:
        return "Nothing was seen, so nothing is claimed."
    seen = f"{teams_of(summary.teams_seen, summary.teams)} teams"
    evenings = f"{shown(summary.evenings)} in the evening or at night"
    return f"Rests on {observations(summary)} in {seen} {summary.window.since}, {evenings}."


def know(summary, compared, found):
    """The first of what is counted of criteria, and what balances it; else what is least in use."""
    rows = suggesting.well_seen(summary)
    if not rows:
        return Said("")
    before = {each.now.criterion.pk: beside_before(summary, each) for each in compared}
    first, other = saying.of_criteria(found)
    row = first.row if first else suggesting.most_in_use(rows)
    words = of_row(first, row, row.upper_words.lower(), before)
    least = suggesting.least_in_use(rows)
    if other:
        words += f"; {of_row(other, other.row, '', before)}"
    elif least.criterion != row.criterion:
        words += f"; {of_row(None, least, '', before)}"
    why = first.because if first else "Nothing changed or was often missed: what is most in use."
    second = f"Beside it: {other.because}" if other else "Beside it: what is least in use."
    return Said(f"{words}.", why, second, first.subject if first else "")


def of_row(candidate, row, upper, before):
    """“X” was evident or strong in 31 of 44, no clear change; or missed in 12 of 40 chances."""
    if candidate and candidate.kind == Kind.MISSED:
        return f"“{row.label}” was missed in {part_of(row.missed, candidates.chances(row))} chances"
    verb = f" was {upper}" if upper else ""
    beside = before.get(row.criterion.pk, "")
    return f"“{row.label}”{verb} in {part_of(row.upper, row.seen)}{beside}"


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
    why = "What leaders decided and is under way, then what is done." if rows else ""
    left = f"Left out: {len(rows) - 2} more." if len(rows) > 2 else ""
    return Said(" ".join(words)[:300], why, left)


def framework_heading(summary):
    rows = suggesting.well_seen(summary)
    if not rows:
        return "Too little was seen to say which parts are in use"
    first, is_most = suggesting.foremost(rows)
    words = f"{'Most in use' if is_most else 'In use'}: {lowered(first.label)}"
    return words if len(words) <= SENTENCE else "Some parts are in use, and some are not yet"


def framework_text(summary):
    if not summary.causes:
        return ""
    were = "opportunity was" if summary.missed == 1 else "opportunities were"
    words = f"{summary.missed} {were} missed."
    first, *rest = summary.causes
    given = sum(cause.missed for cause in summary.causes)
    is_most = not rest or candidates.parts_from(first.missed, rest[0].missed, given)
    cause = "The cause most often given" if is_most else "Among the causes most often given"
    return f"{words} {cause}: {first.label.lower()}, in {first.missed}."


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
    rows = suggesting.conditions(summary)
    helping = candidates.first_of(rows, "helps", "hinders")
    hindering = candidates.first_of(rows, "hinders", "helps")
    if not (helping and hindering):
        return "What helps and what gets in the way"
    words = f"“{helping[0].label}” helps. “{hindering[0].label}” hinders"
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


def practitioners_text(summary):
    """How many answered what was written of their practice, and how being observed felt to them."""
    replies = summary.replies
    if not replies.replied:
        return ""
    answered = part_of(replies.replied, replies.of_someone)
    words = f"Practitioners have answered {answered} observations of their practice."
    felt = [f"{words} to {count}" for words, count in replies.felt if count]
    return f"{words} Being observed felt {', '.join(felt)}." if felt else words


def good_work(briefing):
    """One line each, in the observation's own words; brackets say how it is known."""
    told = briefing.figures["good_work"]
    lines = "\n".join(f"{each['text']} ({each['how']})" for each in told)
    return pieces_of_good_work(len(told)), lines


def pieces_of_good_work(number):
    if not number:
        return "There is none this time"
    words = count_words(number).capitalize()
    return "One piece of good work" if number == 1 else f"{words} pieces of good work"


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


def observations(summary):
    return plural(summary.observations, "observation")
