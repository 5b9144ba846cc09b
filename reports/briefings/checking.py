"""What stops a briefing from being approved, and what a careful reader would look at again."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from observations.models import EarlySign, Passage
from observations.redaction.finding import found_in, people_known, places_known
from practicelens import typesetting
from practicelens.numbers import count_words
from reports.briefings import sentences
from reports.briefings.content import in_page_order, paragraphs
from reports.briefings.contradicting import contradictions, figures_not_told, machine_made
from reports.briefings.questions.carrying import carried
from reports.briefings.quotations import quotations_of
from reports.briefings.recommendations import decided_of, same_ask
from reports.models import Briefing, Evidence, Finding, Section
from reports.periods import Window, day_words
from reports.summaries.scope import scope_of
from reports.telling.planning import no_longer_told

# As much as fits on two pages; a page's field says the same number.
LIMITS = {
    "title": 95,
    "confidence": 160,
    "know": 300,
    "how": 300,
    "doing": 300,
    "alert": 200,
    "advise": 200,
    "assure": 200,
    "heading": 70,
    "section": 600,
    "claim": 140,
    "text": 700,
    "sure_because": 140,
    "looked": 300,
    "question": 120,
    "what": 300,
    "cost": 40,
    "equality": 200,
    "scene": 600,
    "altered": 200,
    "line": 320,
}
LINES = {
    "confidence": "how far to trust it",
    "alert": "what to alert leaders to",
    "advise": "what to advise leaders of",
    "assure": "what to assure leaders of",
}
ANSWERS = {
    "title": "the title",
    "know": "what we know",
    "how": "how we know it",
    "doing": "what we are doing",
}
BY_LINE = set(Section.Key) - set(Finding.WITH_FINDINGS)  # each line of these is told apart
SMALL_IN_WORDS = re.compile(
    r"\b(?:[1-4]|one|two|three|four)\s+(?:observations?|passages?|visits?|notes?|meetings?|"
    r"famil(?:y|ies)|children|workers?|practitioners?|mothers?|fathers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """Words that leaders will read: what they are called, where they are changed, how long."""

    name: str
    words: str
    url: str
    limit: int
    section: str = ""
    place: str = ""  # of the sentence that a rule made there


class Look:
    """One look through a briefing, with what is needed read once."""

    def __init__(self, briefing):
        self.briefing = briefing

    @cached_property
    def findings(self):
        return in_page_order(self.briefing)

    @cached_property
    def recommendations(self):
        return list(self.briefing.recommendations.select_related("owner").order_by("number"))

    @cached_property
    def sentences(self):
        """[(Sentence, the words there now)] of what a rule made."""
        return sentences.standing(self.briefing)

    @cached_property
    def sections(self):
        return list(self.briefing.sections.all())

    @cached_property
    def quotable(self):
        """The passages of the evidence and of good work that may be put forward."""
        return set(Passage.objects.quotable().filter(pk__in=self.tied).values_list("pk", flat=1))

    @cached_property
    def answer_waits(self):
        """Those that wait for a name in the practitioner's answer to be settled."""
        waiting = Passage.objects.filter(pk__in=self.tied).with_open_answer()
        return set(waiting.values_list("pk", flat=True))

    @cached_property
    def tied(self):
        """The passages of the evidence and of good work."""
        named = [each.passage_id for finding in self.findings for each in finding.evidence.all()]
        return [*named, *(each["passage"] for each in self.good_work_told)]

    @cached_property
    def good_work_told(self):
        """Lines of good work that still hold the words of an observation."""
        text = next((each.text for each in self.sections if each.key == "good_work"), "")
        return [each for each in self.briefing.figures["good_work"] if each["text"] in text]

    @cached_property
    def own_dates(self):
        """The days on which its months begin and end: no birthday, though they look like one."""
        told = self.briefing.told_groups.values_list("first_month", "last_month")
        today = self.briefing.unit.today()
        windows = [self.briefing.window, *(Window(*each, today) for each in told)]
        return {day_words(day) for window in windows for day in (*window.months, window.last_day)}

    @cached_property
    def quotations(self):
        return quotations_of(self.briefing, self.findings, self.texts)

    def part(self, section, field):
        return reverse("reports:part", args=[self.briefing.key, section]) + f"#id_{field}"

    def finding(self, finding, field):
        return reverse("reports:finding", args=[self.briefing.key, finding.pk]) + f"#{field}"

    def recommendation(self, recommendation, field):
        return (
            reverse("reports:edit_recommendation", args=[self.briefing.key, recommendation.pk])
            + f"#id_{field}"
        )

    @cached_property
    def texts(self):
        return [
            *self._of_answers(),
            *self._of_sections(),
            *self._of_scene(),
            *self._of_findings(),
            *self._of_recommendations(),
        ]

    def _of_answers(self):
        for name in sentences.ANSWERS:
            label = ANSWERS.get(name) or LINES[name]
            words, place = getattr(self.briefing, name), f"answers.{name}"
            yield Text(
                label[:1].upper() + label[1:],
                words,
                self.part("answers", name),
                LIMITS[name],
                place=place,
            )

    def _of_sections(self):
        for section in self.sections:
            label = section.get_key_display()
            url = self.part(section.key, "text")
            heading = url.replace("text", "heading")
            place = f"{section.key}.text"
            yield Text(
                label,
                section.heading,
                heading,
                LIMITS["heading"],
                place=f"{section.key}.heading",
            )
            if section.key in BY_LINE:
                for line in paragraphs(section.text):
                    yield Text(
                        f"A line of {label.lower()}", line, url, LIMITS["line"], section.key, place
                    )
            else:
                yield Text(label, section.text, url, LIMITS["section"], place=place)

    def _of_scene(self):
        if scene := getattr(self.briefing, "scene", None):
            yield Text("The scene", scene.text, self.part("scene", "text"), LIMITS["scene"])

    def _of_findings(self):
        for number, finding in enumerate(self.findings, start=1):
            for name in ("claim", "text", "sure_because", "looked"):
                url = self.finding(finding, f"id_{name}")
                words, place = getattr(finding, name), f"finding-{finding.pk}.{name}"
                yield Text(f"Finding {number}", words, url, LIMITS[name], place=place)

    def _of_recommendations(self):
        for recommendation in self.recommendations:
            for name in ("question", "what", "cost", "equality"):
                url = self.recommendation(recommendation, name)
                yield Text(
                    f"Recommendation {recommendation.number}",
                    getattr(recommendation, name),
                    url,
                    LIMITS[name],
                )


def what_stops(briefing):
    """[(words, url)]: everything that is left before it can be approved, in page order."""
    look = Look(briefing)
    return [
        *told_since(look),
        *empty_answers(look),
        *findings_of(look),
        *good_work(look),
        *scene(look),
        *asks(look),
        *decided_before(look),
        *too_long(look),
        *unprintable(look),
        *identifiers(look),
        *without_answer(look),
        *not_released(look),
        *contradictions(look),
        *machine_made(look),
    ]


def told_since(look):
    """Where another was issued since the figures were gathered, beside which they can't be told."""
    briefing = look.briefing
    organisation = Briefing.objects.filter(unit__organisation=briefing.unit.organisation_id)
    if not organisation.filter(issued_at__gt=briefing.gathered_at).exists():
        return []
    return told_no_longer(briefing)


def told_no_longer(briefing):
    """Whether all that it tells may still be told: a page asks only after another was issued."""
    if not no_longer_told(briefing):
        return []
    words = "Gather the figures again: another was issued, and some can’t be told beside it"
    return [(words, Look(briefing).part("answers", "know"))]


def quotations_in(briefing):
    """Observations' words that it would carry to leaders, each with its release, if it has one."""
    return Look(briefing).quotations


def worth_a_look(briefing):
    """[(words, url)]: advice that stops nothing, such as a small count in someone’s words."""
    look = Look(briefing)
    return [
        (
            f"{text.name} says “{found.group()}”: a count that is not in the figures can point at a person",
            text.url,
        )
        for text in look.texts
        for found in [SMALL_IN_WORDS.search(text.words)]
        if found
    ] + [
        *early_signs_not_looked_at(briefing),
        *questions_that_wait(briefing),
        *without_equality(look),
        *figures_not_told(look),
    ]


def without_equality(look):
    """What is asked without a word on whom it touches: a board is bound to weigh that."""
    for each in look.recommendations:
        if not each.equality.strip():
            words = (
                f"Recommendation {each.number} says nothing of who gains and who could lose by it"
            )
            yield words, look.recommendation(each, "equality")


def questions_that_wait(briefing):
    """One line where a question on an earlier issue would be carried without an answer."""
    waiting = [each for each in carried(briefing, briefing.unit.today()) if not each.is_answered]
    if not waiting:
        return []
    verb = "question has" if len(waiting) == 1 else "questions have"
    url = reverse("reports:part", args=[briefing.key, "since"])
    return [(f"{len(waiting)} {verb} no answer yet, and the annex would say so", url)]


def early_signs_not_looked_at(briefing):
    """One line where early signs of its window wait for a decision."""
    unit, window = briefing.unit, briefing.window
    count = EarlySign.objects.in_scope(**scope_of(unit, window).where).open().count()
    if not count:
        return []
    verb = "early sign has" if count == 1 else "early signs have"
    return [(f"{count} {verb} not been looked at", reverse("observations:early_signs"))]


def empty_answers(look):
    for name, label in ANSWERS.items():
        if not getattr(look.briefing, name).strip():
            words = (
                "There is no title yet" if name == "title" else f"There is nothing about {label}"
            )
            yield words, look.part("answers", name)


def findings_of(look):
    for number, finding in enumerate(look.findings, start=1):
        evidence = finding.evidence.all()
        sides = {each.side for each in evidence}
        if not finding.claim.strip():
            yield f"Finding {number} has no claim", look.finding(finding, "id_claim")
        if Evidence.Side.FOR not in sides:
            yield f"Finding {number} has no evidence", look.finding(finding, "evidence")
        if Evidence.Side.AGAINST not in sides and not finding.looked.strip():
            words = f"Finding {number} hasn’t looked for the opposite"
            yield words, look.finding(finding, "opposite")
        closed = {each.passage_id for each in evidence} - look.quotable
        if closed & look.answer_waits:
            words = (
                f"Finding {number} rests on a passage that the practitioner sees differently, and "
                "their answer can’t be shown yet: the practitioner has a name in it to check"
            )
            yield words, look.finding(finding, "evidence")
        if closed - look.answer_waits:
            words = f"Finding {number} rests on a passage that can no longer be quoted"
            yield words, look.finding(finding, "evidence")


def good_work(look):
    for each in look.good_work_told:
        if each["passage"] not in look.quotable:
            words = "Good work found quotes a passage that can no longer be quoted"
            yield words, look.part("good_work", "text")


def scene(look):
    """A scene is told altered, and with the leave of both, or not at all."""
    told = getattr(look.briefing, "scene", None)
    if told is None or not told.text.strip():
        return
    if not told.altered.strip():
        yield "The scene doesn’t say what was altered in it", look.part("scene", "altered")
    if told.asked != told.Asked.BOTH:
        yield (
            "The scene can’t be told until the practitioner and the family were asked and agree",
            look.part("scene", "asked"),
        )


def asks(look):
    for recommendation in look.recommendations:
        if not recommendation.question.strip():
            yield (
                f"Recommendation {recommendation.number} asks nothing",
                look.recommendation(recommendation, "question"),
            )
        if recommendation.owner_id is None:
            yield (
                f"Recommendation {recommendation.number} has nobody who decides",
                look.recommendation(recommendation, "owner"),
            )
        if recommendation.due_on is None:
            yield (
                f"Recommendation {recommendation.number} has no date",
                look.recommendation(recommendation, "due_on_0"),
            )


def decided_before(look):
    """What leaders decided of the version before is asked in this one as it was."""
    for decision in decided_of(look.briefing.supersedes):
        asked = decision.recommendation
        if same_ask(look.briefing, asked) is None:
            words = (
                f"“{asked.question}” was decided by {asked.owner} in the version before: "
                "ask it as it was, of the same person, so that the decision stays with it"
            )
            yield words, reverse("reports:edit_recommendations", args=[look.briefing.key])


def too_long(look):
    for text in look.texts:
        if (over := len(text.words.strip()) - text.limit) > 0:
            yield f"{text.name} is {over} characters too long", text.url


def unprintable(look):
    for text in look.texts:
        yield from without_glyph(text.name, text.words, text.url)
    for each in look.quotations:
        yield from without_glyph("A quotation", each.original, each.url)


def without_glyph(name, words, url):
    """[(words, url)]: what of some words no font of the paper has."""
    return [
        (f"{name} has a character that can’t be printed: {called(letter)}", url)
        for letter in typesetting.without_glyph(words)
    ]


def called(letter):
    """A letter and its name, since the page may show it as badly as the paper would."""
    return f"“{letter}”, {unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}"


def identifiers(look):
    people, places = people_known(), places_known()
    for text in look.texts:
        for found in found_in(text.words, people, places):
            if found.words not in look.own_dates:
                yield f"{text.name} may name someone: “{found.words}”", text.url


def without_answer(look):
    """What the practitioner sees differently, where their answer does not go with it."""
    release = reverse("reports:release", args=[look.briefing.key])
    for each in look.quotations:
        if not each.answer or each.release or each.passage.pk in look.answer_waits:
            continue
        if each.evidence:
            words = "their answer has not been looked at and released with it"
            url = release
        else:
            words = "their answer can’t go with it there: quote it as evidence, or change the words"
            url = each.url
        yield f"{each.where} quotes what the practitioner sees differently, and {words}", url


def not_released(look):
    # What can no longer be quoted is in the list already, with its finding or with good work; what
    # is disputed is told with its answer.
    waiting = sum(
        each.release is None
        and not each.answer
        and (each.passage.pk in look.quotable or not each.can_be_left_out)
        for each in look.quotations
    )
    if waiting:
        url = reverse("reports:release", args=[look.briefing.key])
        number = count_words(waiting).capitalize()
        verb = "quotation has" if waiting == 1 else "quotations have"
        yield f"{number} {verb} not been released yet", url
