"""Findings put forward for a person to keep or drop: what the counts mark most, with evidence.

Nothing here is told to a leader before someone has read it, looked for the opposite and approved.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from frameworks.models import Criterion, Theme
from frameworks.themes import mergers
from observations.early_signs import actions as early_sign_actions
from observations.intervals import wilson
from observations.models import EarlySign, Mention
from practicelens.numbers import count_words, lowered, plural
from reports.briefings import early_signs, sentences
from reports.briefings.candidates import clear_of, first_of
from reports.briefings.opposites import count_opposites
from reports.briefings.quoted_before import QuotedBefore
from reports.briefings.saying import Said
from reports.counts import part_of, shown, with_interval
from reports.models import Briefing, Evidence, Finding, Section
from reports.periods import day_words
from reports.summaries import OPPOSITE, passages_for
from reports.summaries.meetings import MEETINGS_FOR_A_SHARE
from reports.summaries.spread import spread_of_criterion, spread_of_theme
from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH

EVIDENCE = 4
LOOKED_THROUGH = 4  # times as many passages are looked through for one that was not quoted yet
GOOD_WORK = 3
LONGEST_TOLD = 170  # characters: two lines of the printed briefing, with how it is known
SUGGESTED = 4  # findings that two pages have room for
TellsOf = Theme.TellsOf
# What a theme may tell leaders of that is in a section of its own, not among the conditions.
APART = frozenset({TellsOf.FAMILY, TellsOf.GOOD_WORK})
OFTEN = 15  # observations from which on it can be fairly sure
EVEN = 0.5  # as many for it as against


@dataclass
class Suggestion:
    """A finding to be: its claim, what it is about, and on which side."""

    section: str
    claim: str
    text: list
    side: str
    theme: Theme | None = None
    criterion: Criterion | None = None
    why: str = ""
    passages: tuple = field(default=())

    @property
    def subject(self):
        """What evidence is looked for by; a single sighting has none."""
        if not (self.theme or self.criterion):
            return None
        about = {"theme": self.theme.pk} if self.theme else {"criterion": self.criterion.pk}
        return {**about, "side": self.side}


def add_findings(briefing, summary, before, *, counted=True):
    """{place: Said} of suggested findings, made with their evidence; what nothing shows is not.

    `before` is what was quoted within a year of its month. Where no count may be told anew (not
    `counted`), only single sightings are.
    """
    made, position, quoted = {}, 0, {each["passage"] for each in briefing.figures["good_work"]}
    found = [*seen_once(summary, before), *(suggestions(summary) if counted else [])]
    for suggestion in found[:SUGGESTED]:
        suggestion.passages = suggestion.passages or evidence_for(summary, suggestion, before)
        if suggestion.passages:
            position += 1
            finding = add(briefing, suggestion, position, quoted, before, summary)
            made |= said_of(finding, suggestion, summary)
            quoted |= {each.passage_id for each in finding.evidence.filter(is_quoted=True)}
    count_opposites(briefing, summary if counted else None)
    briefing.save(update_fields=["figures"])
    return made


SAID = ("claim", "text", "sure_because")


def said_of(finding, suggestion, summary=None):
    """{place: Said} of what a rule says in a finding."""
    words = suggestion.claim, "\n".join(suggestion.text), how_sure(summary, suggestion)[1]
    return {
        f"finding-{finding.pk}.{name}": Said(said, suggestion.why)
        for name, said in zip(SAID, words, strict=True)
    }


def said_again(briefing, summary):
    """{place: Said} of the findings that figures bear on; of what they no longer do, empty words."""
    made = {}
    for finding in briefing.findings.standing():
        subject = briefing.figures["subjects"].get(str(finding.pk))
        if subject:
            suggestion = of_subject(summary, subject)
            if suggestion:
                made |= said_of(finding, suggestion, summary)
            else:
                made |= {f"finding-{finding.pk}.{name}": Said("") for name in SAID}
    return made


def of_subject(summary, subject):
    """What a rule would say now of a finding's subject, or None where it is too little to tell."""
    found = about(subject)
    if "criterion" in found:
        row = summary.criterion(found["criterion"].pk)
        if row is None or row.seen < SEEN_OFTEN_ENOUGH:
            return None
        return of_criterion(summary, row, subject["side"])
    row = summary.theme(found["theme"].pk)
    if row is None or not row.confirmed:
        return None
    if TellsOf.FAMILY in row.tells_of:
        return of_family(summary, row)
    return of_condition(summary, row, subject["side"])


def seen_once(summary, before):
    """Early signs that were kept: they come before whatever the counts mark most."""
    kept = early_signs.kept_and_untold(summary.unit, summary.window)
    fresh = [each for each in kept if not before.where(each.passage.text)]
    return [of_early_sign(early_sign) for early_sign in fresh[: early_signs.PUT_FORWARD]]


def of_early_sign(early_sign):
    """A finding of one sighting."""
    return Suggestion(
        Section.Key.CONDITIONS,
        early_signs.claim_of(early_sign),
        [early_signs.text_of(early_sign)],
        "",
        why="An early sign that was kept: what may be grave is told though it was seen once.",
        passages=(early_signs.passage_of(early_sign),),
    )


@transaction.atomic
def tell(*, briefing, early_sign, by):
    """A finding of an early sign that a writer picked; one that still waited is kept by that."""
    held = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if early_sign.state == EarlySign.State.OPEN:
        early_sign = early_sign_actions.keep_open(early_sign=early_sign, by=by)
    last = held.findings.aggregate(last=Max("position"))["last"] or 0
    rows = Evidence.objects.filter(finding__briefing=held, is_quoted=True)
    quoted = set(rows.values_list("passage", flat=True))
    before = QuotedBefore(held.unit, held.month)
    suggestion = of_early_sign(early_sign)
    made = add(held, suggestion, last + 1, quoted, before)
    sentences.keep(held, said_of(made, suggestion))
    return made


def suggestions(summary):
    """As many as two pages have room for, in page order."""
    made = [
        bedded_in(summary),
        not_bedded_in(summary),
        families_part(summary),
        hinders_most(summary),
        helps_most(summary),
    ]
    return [suggestion for suggestion in made if suggestion][:SUGGESTED]


def evidence_for(summary, suggestion, before):
    """Passages that a person has confirmed, from different people and places where there are.

    The last gives way where all were quoted within a year, and another was not.
    """
    found = passages_for(
        summary.unit,
        summary.window,
        side=suggestion.side,
        theme=suggestion.theme,
        criterion=suggestion.criterion,
        limit=EVIDENCE * LOOKED_THROUGH,
    )
    confirmed = [passage for passage in found.chosen if not passage.is_suggested]
    chosen, others = confirmed[:EVIDENCE], confirmed[EVIDENCE:]
    fresh = [each for each in others if is_short(each) and not before.where(each.text)]
    if fresh and all(before.where(each.text) for each in chosen):
        chosen[-1] = fresh[0]
    return chosen


def is_short(passage):
    return passage.end - passage.start <= LONGEST_TOLD


def opposite_of(subject, unit, window, limit):
    """What may be the opposite of a finding about this subject."""
    return passages_for(unit, window, side=OPPOSITE[subject["side"]], limit=limit, **about(subject))


def only_suggested(subject, passages):
    """Those of the passages that a machine ties to a finding's theme, and no person has confirmed."""
    if not subject or "theme" not in subject:
        return set()
    members = mergers.counted_with(Theme(pk=mergers.counted_in(subject["theme"])))
    mentions = Mention.objects.filter(theme__in=members, passage__in=passages)
    confirmed = mentions.confirmed().values_list("passage_id", flat=True)
    return set(mentions.suggested().values_list("passage_id", flat=True)) - set(confirmed)


def about(subject):
    """The theme or criterion that a finding's subject names; what a theme was merged into since."""
    if "theme" in subject:
        return {"theme": Theme.objects.get(pk=mergers.counted_in(subject["theme"]))}
    criteria = Criterion.objects.select_related("version__framework")
    return {"criterion": criteria.get(pk=subject["criterion"])}


def good_work(summary, before):
    """Good work worth telling, newest first: what may be quoted, and how it is known."""
    found = {
        passage.passage_id: passage
        for row in telling(summary, TellsOf.GOOD_WORK)
        for passage in passages_for(
            summary.unit, summary.window, side="helps", theme=row.theme, limit=8 * GOOD_WORK
        ).chosen
        if not passage.is_suggested
        and passage.reply != "Disagreed"  # there is no place there for the practitioner's answer
        and len(passage.text) <= LONGEST_TOLD
        and not before.where(passage.text)
    }
    newest = sorted(found.values(), key=lambda passage: passage.month, reverse=True)
    return [
        {"passage": passage.passage_id, "text": passage.text, "how": short_how(passage)}
        for passage in newest[:GOOD_WORK]
    ]


def short_how(passage):
    """Seen: home visit."""
    return f"{passage.kind.capitalize()}: {passage.kind_of_work.lower()}"


def add(briefing, suggestion, position, quoted, before, summary=None):
    """The passage that is quoted: the best that is short and not quoted elsewhere, if any is."""
    sure, because = how_sure(summary, suggestion)
    finding = Finding.objects.create(
        briefing=briefing,
        section=suggestion.section,
        position=position,
        claim=suggestion.claim,
        text="\n".join(suggestion.text),
        sure=sure,
        sure_because=because,
    )
    fresh = [
        each
        for each in suggestion.passages
        if is_short(each) and each.passage_id not in quoted and not before.where(each.text)
    ]
    chosen = next((each.passage_id for each in fresh), None)
    Evidence.objects.bulk_create(
        Evidence(
            finding=finding,
            passage_id=passage.passage_id,
            side=Evidence.Side.FOR,
            start=passage.start,
            end=passage.end,
            is_quoted=passage.passage_id == chosen,
        )
        for passage in suggestion.passages
    )
    if suggestion.subject:
        briefing.figures["subjects"][str(finding.pk)] = suggestion.subject
    return finding


def how_sure(summary, suggestion):
    """How sure the counts alone would make anybody, and why; never more than fairly.

    By all that was looked at, not by the few passages that are put forward: often enough, by
    several people in several teams, and more on its side than the interval leaves to chance.
    """
    if suggestion.subject is None:
        return Finding.Sure.SINGLE, "It does not say how often."
    found = spread(summary, suggestion)
    both = found.agree + found.oppose
    if found.observations < 2:
        sure = Finding.Sure.SINGLE
    elif (
        found.observations >= OFTEN
        and found.people > 1
        and found.teams > 1
        and wilson(found.agree, both)[0] > EVEN
    ):
        sure = Finding.Sure.FAIRLY
    else:
        sure = Finding.Sure.SOME
    where = f"{plural(found.observations, 'observation')} by {people_of(found.people)}"
    return sure, f"{where} in {teams_of(found.teams)}: {sides_of(suggestion, found)}."


def sides_of(suggestion, found):
    """Both sides in words: 8 in the upper half, 3 lower or missed; 23 hinder, none help."""
    agree, oppose = shown(found.agree), shown(found.oppose)
    says, opposes = SIDES_IN_WORDS[suggestion.side]
    return f"{agree} {says}, {oppose} {opposes}"


SIDES_IN_WORDS = {
    "for": ("in the upper half", "lower or missed"),
    "against": ("lower or missed", "in the upper half"),
    "helps": ("where it helps", "where it gets in the way"),
    "hinders": ("where it gets in the way", "where it helps"),
}


def spread(summary, suggestion):
    """The Spread of what a suggestion is about."""
    if suggestion.criterion:
        row = summary.criterion(suggestion.criterion.pk)
        return spread_of_criterion(summary, row, suggestion.side)
    return spread_of_theme(summary, summary.theme(suggestion.theme.pk), suggestion.side)


def people_of(number):
    return f"{count_words(number)} {'person' if number == 1 else 'people'}"


def teams_of(number):
    return f"{count_words(number)} {'team' if number == 1 else 'teams'}"


def bedded_in(summary):
    rows = well_seen(summary)
    return of_criterion(summary, most_in_use(rows), "for") if rows else None


def not_bedded_in(summary):
    rows = well_seen(summary)
    if len(rows) < 2:
        return None
    return of_criterion(summary, least_in_use(rows), "against")


def most_in_use(rows):
    return max(rows, key=lambda row: row.upper / row.seen)


def foremost(rows):
    """(the row most in use, whether its interval lies above that of every other)."""
    first = most_in_use(rows)
    others = [row for row in rows if row is not first]
    return first, all(clear_of((first.upper, first.seen), (row.upper, row.seen)) for row in others)


def least_in_use(rows):
    return min(rows, key=lambda row: row.upper / row.seen)


def well_seen(summary):
    """Criteria seen often enough for a share to say something."""
    return [row for row in summary.criteria if not row.apart and row.seen >= SEEN_OFTEN_ENOUGH]


WHY = {
    "for": "Of all that was seen often enough for a share, the one in use in the largest.",
    "against": "Of all that was seen often enough for a share, the one in use in the smallest.",
    "helps": "Of the conditions with more passages where they help, the one with most.",
    "hinders": "Of the conditions with more passages where they get in the way, the one with most.",
    "family": "Of the themes on the family’s part, the one with most passages.",
}


def of_criterion(summary, row, side):
    return Suggestion(
        Section.Key.FRAMEWORK,
        f"{row.label}: in {part_of(row.upper, row.seen)}",
        upper_words(summary, row),
        side,
        criterion=row.criterion,
        why=WHY[side],
    )


def upper_words(summary, row):
    """How many reached the upper half, with the interval."""
    reached = with_interval(row.upper, row.seen)
    return [f"{row.upper_words.capitalize()} in {reached}, {since(summary.window, row.began)}."]


def since(window, began):
    """Since when it was counted: a criterion may have begun within the months told of."""
    if began and began > window.first_month:
        return f"since {day_words(began)}, when it was first asked about"
    return window.since


def families_part(summary):
    rows = [row for row in telling(summary, TellsOf.FAMILY) if row.confirmed]
    if not rows:
        return None
    return of_family(summary, max(rows, key=lambda row: row.confirmed))


def of_family(summary, row):
    side = "helps" if row.helps >= row.hinders else "hinders"
    return Suggestion(
        Section.Key.FAMILIES,
        family_share(summary) or f"{row.label} {side} more often than not",
        [stances(row, summary)],
        side,
        theme=row.theme,
        why=WHY["family"],
    )


def family_share(summary):
    """Families’ share of the talk in a sentence; empty where too few meetings were timed."""
    meetings = summary.meetings
    if meetings.timed < MEETINGS_FOR_A_SHARE:
        return ""
    return f"Families have {meetings.family_share}% of the talk in meetings"


def helps_most(summary):
    found = first_of(conditions(summary), "helps", "hinders")
    return of_condition(summary, found[0], "helps") if found else None


def hinders_most(summary):
    found = first_of(conditions(summary), "hinders", "helps")
    return of_condition(summary, found[0], "hinders") if found else None


WHAT = {"helps": "helps", "hinders": "gets in the way"}


def of_condition(summary, row, side):
    """What helps, or gets in the way: “most” only where its interval is above that of the second."""
    found = first_of(conditions(summary), side, OPPOSITE[side])
    what = WHAT[side]
    if found is None or found[0].theme != row.theme:
        claim = f"What {what}: {lowered(row.label)}"
    elif found[1]:
        claim = f"What {what} most: {lowered(row.label)}"
    else:
        claim = f"Among what {what} most: {lowered(row.label)}"
    suggestion = Suggestion(
        Section.Key.CONDITIONS,
        claim,
        [stances(row, summary)],
        side,
        theme=row.theme,
        why=WHY[side],
    )
    if side == "hinders" and TellsOf.SYSTEM in row.tells_of and summary.friction:
        suggestion.text.append(friction(summary))
    return suggestion


def conditions(summary):
    """Themes that are neither the family's part nor good work, and that someone has confirmed."""
    return [row for row in summary.themes if row.confirmed and not row.tells_of & APART]


def stances(row, summary):
    """“Family voice”: 26 passages where it helps, since 1 October 2025, and none where it gets in the way."""
    helping = plural(row.helps, "passage") if row.helps else "no passages"
    hindering = shown(row.hinders)
    return (
        f"“{row.label}”: {helping} where it helps, {summary.window.since}, and {hindering} "
        "where it gets in the way."
    )


def friction(summary):
    worst = summary.friction[0]
    hours = round(worst.lost / 60)
    if hours < 2:
        return f"{worst.label}: named in {shown(worst.hindered)} of the steps that cost time."
    return f"{worst.label} cost {hours} hours, in {plural(worst.hindered, 'step')}."


def telling(summary, what):
    """The rows in which themes that tell of this are counted, by themselves or merged into others."""
    return [row for row in summary.themes if what in row.tells_of]
