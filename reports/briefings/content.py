"""The one plain object that every page and paper reads, and its fingerprint.

docs/briefing-schema.md says what each part of it means.
"""

import hashlib
import json
import re
import unicodedata

from django.conf import settings
from django.db.models import Prefetch

from observations.models import Passage
from practicelens.numbers import count_words
from practicelens.people.models import Unit
from reports.briefings.beside import Beside
from reports.briefings.candidates import Line
from reports.briefings.differing import changes_between
from reports.briefings.members_questions import question_and_answer
from reports.briefings.questions.carrying import table as asked_since
from reports.briefings.quotations import released_in
from reports.briefings.since import since_section
from reports.briefings.year import year_of
from reports.models import Evidence, Finding, Section
from reports.periods import day_words, month_words

SCHEMA = "practicelens.briefing/1"
ALTERED = (
    "Altered, so that nobody in it can be known from it. The practitioner and the family were asked, "
    "and agreed to its telling."
)
TELLING = re.compile(r"^(?P<text>.+?)\s*\((?P<how>[^()]+)\)\s*$")


def build_content(briefing, *, issued_on=None):
    """The whole briefing as it is; `issued_on` is the day of issue, or None for a draft."""
    content = build(briefing, issued_on)
    content["supersedes"] = supersedes(briefing, content)
    return content


def canonical(content):
    """The bytes that the fingerprint is taken of: sorted keys, no spaces, UTF-8, composed letters."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text).encode()


def fingerprint(content):
    """The SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def build(briefing, issued_on):
    figures = briefing.figures
    recommendations = asks(briefing)
    today = briefing.unit.today()
    return {
        "schema": SCHEMA,
        "lang": briefing.unit.language,
        "organisation": organisation_of(briefing.unit),
        "unit": briefing.unit.name,
        "month": f"{briefing.month:%Y-%m}",
        "month_words": month_words(briefing.month),
        "issue": briefing.issue,
        "version": briefing.version,
        "title": briefing.title.strip(),
        "issued_on": day_words(issued_on) if issued_on else None,
        "evidence_to": figures["evidence_to"],
        "window": figures["window"],
        "threshold": settings.SMALL_COUNT_THRESHOLD,
        "rule": rule(settings.SMALL_COUNT_THRESHOLD),
        "supersedes": None,
        "approved": approved(briefing),
        "strip": [*figures["strip"], asked(len(recommendations["asks"]))],
        "year": year_of(briefing, issued_on or today),
        "lines": {line.value: getattr(briefing, line).strip() for line in Line},
        "confidence": briefing.confidence.strip(),
        "answers": {name: getattr(briefing, name).strip() for name in ("know", "how", "doing")},
        "sections": sections(briefing, recommendations, issued_on or today),
        "annex": {
            "charts": figures["annex"]["charts"],
            "tables": [*figures["annex"]["tables"], *asked_since(briefing, issued_on or today)],
            "definitions": figures["annex"]["definitions"],
            "about": figures["annex"]["about"],
        },
    }


def rule(least):
    """What is told at all, in a sentence for every page and paper."""
    return (
        f"Only groups of at least {least} observations about at least {least} people are told of; "
        "within them every count is."
    )


def rule_of(content):
    """The rule of an issue; those from before groups were judged hid small figures instead."""
    return content.get("rule") or f"A figure under {content['threshold']} is withheld."


def lines_of(content):
    """[(name, words)] of what leaders are alerted to, advised of and assured of, where anything is."""
    told = content.get("lines", {})
    return [(line.capitalize(), told[line]) for line in Line if told.get(line)]


def not_told(briefing):
    """What may not be told of, and why: the last lines of the limits."""
    return [f"Not told. {words}" for words in briefing.figures.get("withheld", [])]


def organisation_of(unit):
    return Unit.objects.above(unit).values_list("name", flat=True).first() or unit.name


def asked(number):
    words = "decision asked of you" if number == 1 else "decisions asked of you"
    return {"figure": str(number) if number else "None", "words": words}


def approved(briefing):
    if briefing.approved_at is None:
        return None
    by = briefing.approved_by
    return {
        "by": by.by_post,
        "on": day_words(briefing.unit.day_of(briefing.approved_at)),
        "words": approved_how(by, list(briefing.writers.all())),
    }


def approved_how(by, writers):
    if by not in writers:
        return "Read and approved by somebody who wrote none of it."
    if writers == [by]:
        return "Written and approved by one person: there is no second practice leader here."
    return "Approved by one of those who wrote it: every practice leader here wrote some of it."


def sections(briefing, recommendations, on):
    saved = {section.key: section for section in briefing.sections.all()}
    released, beside = released_in(briefing), Beside(briefing)
    findings = findings_of(briefing, released, beside)
    limits = words_of(saved, Section.Key.LIMITS)
    good_work = words_of(saved, Section.Key.GOOD_WORK)
    return [
        *[
            {
                **words_of(saved, key),
                "side": briefing.figures[key]["side"],
                "charts": briefing.figures[key]["charts"],
                "findings": findings[key],
            }
            for key in Finding.WITH_FINDINGS
        ],
        *scene_of(briefing),
        {**good_work, "text": [], "items": items(good_work["text"], released, beside)},
        *where_any(saved, Section.Key.PRACTITIONERS),
        *where_any(saved, Section.Key.EARLY_SIGNS),
        since_section(briefing, on),
        recommendations,
        *members_questions_in(saved),
        {**limits, "text": [], "items": [*limits["text"], *not_told(briefing)]},
    ]


def scene_of(briefing):
    """[the scene from practice], which says that it is altered and who was asked; or []."""
    scene = getattr(briefing, "scene", None)
    if scene is None or not scene.text.strip():
        return []
    return [
        {
            "key": "scene",
            "kicker": str(scene),
            "heading": "",
            "text": paragraphs(scene.text),
            "side": [ALTERED],
        }
    ]


def where_any(saved, key):
    """[a section of words], or [] where nothing was written."""
    words = words_of(saved, key)
    return [words] if words["text"] else []


def members_questions_in(saved):
    """[the questions that members might ask, each with its answer], or []."""
    return [
        {**words, "text": [], "questions": [question_and_answer(line) for line in words["text"]]}
        for words in where_any(saved, Section.Key.QUESTIONS)
    ]


def words_of(saved, key):
    section = saved.get(key) or Section(key=key)
    return {
        "key": str(key),
        "kicker": str(Section.Key(key).label),
        "heading": section.heading.strip(),
        "text": paragraphs(section.text),
        "side": [],
    }


def paragraphs(text):
    """The paragraphs of what was typed; each line is one."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def items(lines, released, beside):
    """Lines of good work, without those with words of an observation that were not released.

    In brackets behind such words is what may stand beside them, whatever was typed there.
    """
    return [
        told(line) | how_taken_over(released.borrowings.of(line), beside)
        for line in lines
        if not released.holds_back(line)
    ]


def how_taken_over(borrowed, beside):
    return {"how": beside.words(borrowed[0].passage, with_reply=False)} if borrowed else {}


def told(line):
    """A line of good work; brackets at its end say how it is known."""
    found = TELLING.match(line)
    return found.groupdict() if found else {"text": line, "how": ""}


def findings_of(briefing, released, beside):
    """Content of the findings by section, numbered through the whole briefing in page order."""
    numbered = list(enumerate(in_page_order(briefing), start=1))
    return {
        key: [
            finding_of(each, number, released, beside)
            for number, each in numbered
            if each.section == key
        ]
        for key in Finding.WITH_FINDINGS
    }


def in_page_order(briefing):
    """The standing findings as the page numbers them, with all that it shows of their evidence."""
    evidence = (
        Evidence.objects.select_related("passage__observation__unit", "passage__observation__reply")
        .prefetch_related("passage__observation__reply__parts")
        .order_by("pk")
    )
    standing = briefing.findings.standing().prefetch_related(Prefetch("evidence", evidence))
    return sorted(standing, key=lambda each: Finding.WITH_FINDINGS.index(each.section))


def finding_of(finding, number, released, beside):
    against = quotes(finding, Evidence.Side.AGAINST, released, beside)
    because = finding.sure_because.strip()
    return {
        "number": number,
        "claim": finding.claim.strip(),
        "text": paragraphs(finding.text),
        "sure": f"{finding.get_sure_display()}. {because}".strip(),
        "quotes": quotes(finding, Evidence.Side.FOR, released, beside),
        "otherwise": {"text": finding.looked.strip() or looked(finding), "quotes": against},
    }


def looked(finding):
    """Where nobody wrote a line: that it was otherwise, without a count."""
    found = any(each.side == Evidence.Side.AGAINST for each in finding.evidence.all())
    return "It was looked for, and found in some places." if found else ""


def quotes(finding, side, released, beside):
    """What was released, in those words; nothing else of an observation is ever in a content."""
    quoted = [
        (each, released.of(each.passage_id, each.start, each.end))
        for each in finding.evidence.all()
        if each.side == side and each.is_quoted
    ]
    return [
        {
            "text": release.words.strip(),
            "how": beside.words(evidence.passage),
            **({"answer": paragraphs(release.answer)} if release.answer else {}),
            **({"family": True} if evidence.passage.kind == Passage.Kind.FAMILY else {}),
        }
        for evidence, release in quoted
        if release
    ]


def asks(briefing):
    recommendations = list(briefing.recommendations.select_related("owner").order_by("number"))
    return {
        "key": "asks",
        "kicker": "",
        "heading": "Decisions asked",
        "text": [],
        "side": [],
        "asks": [ask(each) for each in recommendations],
    }


def ask(recommendation):
    owner = recommendation.owner
    return {
        "number": recommendation.number,
        "question": recommendation.question.strip(),
        "what": recommendation.what.strip(),
        "cost": recommendation.cost.strip() or "No cost given",
        "equality": recommendation.equality.strip(),
        "owner": owner.by_post if owner else "",
        "due": day_words(recommendation.due_on) if recommendation.due_on else "",
    }


def supersedes(briefing, content):
    earlier = briefing.supersedes
    if earlier is None:
        return None
    return {
        "issue": earlier.issue,
        "version": earlier.version,
        "sha256": earlier.sha256,
        "changes": changes_between(earlier.content, content),
    }


def reading_minutes(content):
    """How long it takes to read, at 220 words a minute, in words."""
    words = len(re.findall(r"\w+", json.dumps(content["sections"], ensure_ascii=False))) // 3
    minutes = max(2, round((words + 150) / 220))
    return f"{count_words(minutes)} minutes to read"
