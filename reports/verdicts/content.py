"""The one plain object that the page and the papers of a verdict file read."""

from django.conf import settings

from reports.briefings.content import organisation_of, paragraphs, rule
from reports.models import Course
from reports.periods import day_words
from reports.verdicts.quoting import chosen
from reports.verdicts.subject import Subject

SCHEMA = "practicelens.verdict/1"
TITLES = {
    Course.KEEP: ("The case to keep it", "What speaks against keeping it as it is"),
    Course.ADAPT: ("The case to adapt it", "What speaks against adapting it"),
    Course.DROP: ("The case to drop it", "What speaks against dropping it"),
}


def build_content(verdict, *, issued_on=None, by=None):
    """The whole file as it is; `issued_on` is the day it is put before leaders, `by` whom."""
    figures = verdict.figures
    subject = Subject(verdict)
    return {
        "schema": SCHEMA,
        "lang": verdict.unit.language,
        "organisation": organisation_of(verdict.unit),
        "unit": verdict.unit.name,
        "number": verdict.number,
        "title": title_of(verdict),
        "subject": {
            "kind": verdict.subject_kind,
            "name": verdict.subject_name,
            "framework": str(verdict.version),
            "began": day_words(subject.began),
        },
        "issued_on": day_words(issued_on) if issued_on else None,
        "approved": approved(verdict, by, issued_on) if by else None,
        "evidence_to": figures["evidence_to"],
        "window": figures["window"],
        "rule": rule(settings.SMALL_COUNT_THRESHOLD),
        "strip": figures["strip"],
        "cases": [case_of(verdict, course) for course in Course],
        "advice": {
            "course": verdict.get_advice_display() if verdict.advice else "",
            "text": paragraphs(verdict.advice_text),
        },
        "quotes": quotes_of(verdict),
        "charts": figures["charts"],
        "tables": figures["tables"],
        "limits": figures["limits"],
    }


def title_of(verdict):
    return f"Keep, adapt or drop: {verdict.subject_name}"


def case_of(verdict, course):
    title, opposite_title = TITLES[course]
    said = {"text": f"{course}_for", "opposite": f"{course}_against"}
    first = verdict.figures["first_words"]
    words = {part: getattr(verdict, name) for part, name in said.items()}
    return {
        "key": str(course),
        "title": title,
        "opposite_title": opposite_title,
        **{part: paragraphs(text) for part, text in words.items()},
        "by_rule": [
            part for part, name in said.items() if words[part] and words[part] == first[name]
        ],
    }


def quotes_of(verdict):
    found = chosen(verdict)
    return {
        "seen": [each.content for each in found if each.is_for],
        "otherwise": [each.content for each in found if not each.is_for],
    }


def approved(verdict, by, on):
    """Who put it before leaders, and whether they wrote some of it."""
    wrote = verdict.writers.filter(pk=by.pk).exists()
    words = (
        "Written and put before leaders by one person: there is no second practice leader here."
        if wrote
        else "Read and put before leaders by a practice leader who did not write it."
    )
    return {
        "by": by.by_post,
        "on": day_words(on),
        "words": words,
    }
