"""Sections of a briefing that are left out where nothing is said, and what stops a scene."""

from types import SimpleNamespace

import pytest

from reports import briefings
from reports.briefings import actions, members_questions
from reports.briefings.content import ALTERED, build_content
from reports.briefings.public_edition.making import public
from reports.briefings.schema import check_content
from reports.models import Scene, Section
from reports.summaries.then_and_now import Change
from tests.reports.factories import BriefingFactory, RecommendationFactory, issue

pytestmark = pytest.mark.django_db


class Compared:
    def __init__(self, change):
        self.change = change


class Summary:
    class window:
        class before:
            length_words = "six months"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ([Change.MORE, Change.NONE], ""),
        (
            [Change.NONE] * 3 + [Change.UNTOLD],
            "No part that can be compared has clearly changed from the six months before.",
        ),
        (
            [Change.MORE] * 2 + [Change.LESS, Change.NONE],
            (
                "Of 4 parts that can be compared with the six months before, 2 are clearly better and 1 "
                "clearly worse."
            ),
        ),
        (
            [Change.LESS] * 3,
            (
                "Of 3 parts that can be compared with the six months before, none is clearly better and 3 "
                "clearly worse."
            ),
        ),
    ],
)
def test_whether_it_is_getting_better_is_counted_of_what_can_be_compared(changes, answer):
    told = members_questions.better(Summary, list(map(Compared, changes)))
    assert told == (f"Is practice getting better? {answer}" if answer else "")


class Row:
    apart = None

    def __init__(self, seen, missed):
        self.seen, self.missed = seen, missed


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([(9, 1), (3, 0)], ""),
        ([(9, 0), (3, 0), (1, 0)], "In none of 3 parts of the framework was a chance missed."),
        (
            [(9, 1), (2, 2), (1, 0), (0, 0)],
            "In 2 of 3 parts of the framework a chance was missed at least once; in 1 half of them or more.",
        ),
    ],
)
def test_where_chances_were_missed_is_counted_of_parts_that_had_any(rows, answer):
    told = members_questions.missed(SimpleNamespace(criteria=[Row(*row) for row in rows]))
    assert told == (f"Where were chances missed? {answer}" if answer else "")


def keys(content):
    return [section["key"] for section in content["sections"]]


def section(content, key):
    return next(each for each in content["sections"] if each["key"] == key)


@pytest.fixture
def briefing():
    return BriefingFactory()


def test_a_section_without_words_is_left_out_and_the_others_keep_their_order(briefing):
    said = (Section.Key.PRACTITIONERS, Section.Key.EARLY_SIGNS, Section.Key.QUESTIONS)
    briefing.sections.filter(key=Section.Key.QUESTIONS).update(text="Is it so? It is.\nWhy?")
    Scene.objects.create(briefing=briefing, text="She waited.", altered="Who.", asked="both")
    RecommendationFactory(briefing=briefing)
    content = build_content(briefing)
    check_content(content)
    assert keys(content) == [
        "framework",
        "families",
        "conditions",
        "scene",
        "good_work",
        "practitioners",
        "early_signs",
        "since",
        "asks",
        "questions",
        "limits",
    ]
    assert section(content, "scene")["text"] == ["She waited."]
    assert section(content, "scene")["side"] == [ALTERED]
    assert section(content, "questions")["questions"] == [
        {"question": "Is it so?", "answer": "It is."},
        {"question": "Why?", "answer": ""},
    ]
    assert section(content, "asks")["asks"][0]["equality"].startswith("Families who read little")
    told = public(content, "0" * 64).content
    check_content(told)
    assert not {"scene", "practitioners", "early_signs", "questions"} & set(keys(told))

    briefing.sections.filter(key__in=said).update(text=" \n")
    briefing.scene.delete()
    briefing.refresh_from_db()
    content = build_content(briefing)
    check_content(content)
    assert not {"scene", *said} & set(keys(content))


def test_a_scene_is_told_altered_and_with_the_leave_of_both_or_stops_approval(briefing):
    scene = Scene.objects.create(briefing=briefing, text="She waited.")
    stopped = [words for words, url in briefings.what_stops(briefing)]
    assert stopped == [
        "The scene doesn’t say what was altered in it",
        "The scene can’t be told until the practitioner and the family were asked and agree",
    ]
    scene.altered, scene.asked = "Who it was, and where.", Scene.Asked.BOTH
    scene.save()
    briefing.refresh_from_db()
    assert briefings.what_stops(briefing) == []
    scene.text = "Ring 020 7946 0321."
    scene.save()
    briefing.refresh_from_db()
    ((words, url),) = briefings.what_stops(briefing)
    assert words == "The scene may name someone: “020 7946 0321”"
    assert url.endswith("/scene/#id_text")


def test_what_is_asked_without_a_word_on_equality_is_worth_a_look(briefing):
    RecommendationFactory(briefing=briefing, equality="")
    ((words, url),) = briefings.worth_a_look(briefing)
    assert words == "Recommendation 1 says nothing of who gains and who could lose by it"
    assert url.endswith("#id_equality")


def test_a_scene_is_written_in_the_editor_and_goes_on_into_a_re_issue(psw, psw_client, service):
    briefing = BriefingFactory(unit=service, written_by=psw)
    url = f"/reports/briefings/{briefing.key}/parts/scene/"
    page = psw_client.get(url).content.decode()
    assert "Were the practitioner and the family asked?" in page
    sent = {"text": "She waited.", "altered": "The hour.", "asked": "both", "base_revision": 0}
    assert psw_client.post(url, sent).status_code == 302
    issue(briefing)
    later = actions.reissue(briefing=briefing, by=psw)
    for of in (briefing, later):
        kept = Scene.objects.get(briefing=of)
        assert (kept.text, kept.altered, kept.asked) == ("She waited.", "The hour.", "both")
