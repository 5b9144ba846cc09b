"""On paper words run the way of their own script, wherever a person's words are printed."""

import io

import pytest
from pypdf import PdfReader

from frameworks.outside.page import TEMPLATE as OUTSIDE
from practicelens import typesetting
from reports.briefings.render import pdf
from tests.reports.sample_content import content

SHA256 = "60be8a7521c843d3f70fb9c69abeb4b187ad3a7a652801c134c4112b560c46b0"


def part(month, key):
    return next(each for each in month["sections"] if each["key"] == key)


def ask_under_an_english_one(month, words):
    part(month, "asks")["asks"][1]["what"] = words


BRIEFING = {
    "title": lambda month, words: month.update(title=words),
    "answer": lambda month, words: month["answers"].update(know=words),
    "confidence": lambda month, words: month.update(confidence=words),
    "heading": lambda month, words: part(month, "framework").update(heading=words),
    "text": lambda month, words: part(month, "framework").update(text=[words]),
    "side note": lambda month, words: part(month, "framework").update(side=[words]),
    "claim": lambda month, words: part(month, "families")["findings"][0].update(claim=words),
    "finding": lambda month, words: part(month, "families")["findings"][0].update(text=[words]),
    "good work": lambda month, words: part(month, "good_work")["items"][1].update(text=words),
    "quiet text": lambda month, words: part(month, "good_work").update(text=[words]),
    "decision": lambda month, words: part(month, "since")["rows"][0].update(decision=words),
    "what became": lambda month, words: part(month, "since")["rows"][0].update(became=words),
    "recommendation": lambda month, words: part(month, "asks")["asks"][0].update(question=words),
    "what is wanted": ask_under_an_english_one,
    "limit": lambda month, words: part(month, "limits")["items"].__setitem__(1, words),
    "meaning": lambda month, words: month["annex"]["definitions"][0].update(meaning=words),
}


def framework():
    return {
        "lang": "en-GB",
        "title": "Our way, version 1",
        "name": "Our way",
        "description": "What good looks like.",
        "organisation": "Harrowmere",
        "version": 1,
        "standing": "In use since 1 May 2026",
        "source": "",
        "licence": "",
        "address": "",
        "levels": [{"name": "Evident", "words": "Seen often."}],
        "domains": [
            {
                "code": "1",
                "name": "Words",
                "about": "Whose they are.",
                "criteria": [
                    {
                        "code": "1.1",
                        "name": "Their own",
                        "look_for": "Who spoke.",
                        "shown": [{"name": "Evident", "words": "Read back."}],
                    }
                ],
            }
        ],
        "missing": None,
    }


def domain(told):
    return told["domains"][0]


PAPER = {
    "name": lambda told, words: told.update(name=words),
    "description": lambda told, words: told.update(description=words),
    "domain": lambda told, words: domain(told).update(name=words),
    "about": lambda told, words: domain(told).update(about=words),
    "criterion": lambda told, words: domain(told)["criteria"][0].update(name=words),
    "what to look for": lambda told, words: domain(told)["criteria"][0].update(look_for=words),
    "example": lambda told, words: domain(told)["criteria"][0]["shown"][0].update(name=words),
    "level": lambda told, words: told["levels"][0].update(name=words),
    "source": lambda told, words: told.update(source=words),
}


def of_briefing(filled):
    return pdf.render(filled, SHA256)


def of_framework(filled):
    return typesetting.pdf(OUTSIDE, framework=typesetting.printable(filled))


def starts(document):
    """{the first three letters of a word: how far from the left edge it is first printed}."""
    found = {}

    def visit(text, page, line, *rest):
        for words in text.split():
            found.setdefault(words[:3], line[4] * page[0] + page[4])

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_text=visit)
    return found


def filled(make, places, first):
    """The content with a short word of its own in each place, of letters from `first` on."""
    made = make()
    words = {place: chr(ord(first) + at) * 3 for at, place in enumerate(places)}
    for place, put in places.items():
        put(made, words[place])
    return made, words


@pytest.mark.parametrize(
    ("make", "places", "paper"),
    [(content, BRIEFING, of_briefing), (framework, PAPER, of_framework)],
    ids=["briefing", "framework outside"],
)
def test_words_from_the_right_stand_at_the_right(make, places, paper):
    latin, english = filled(make, places, "a")
    other, theirs = filled(make, places, "א")
    from_left, from_right = starts(paper(latin)), starts(paper(other))

    stayed = [
        place for place in places if from_right[theirs[place]] < from_left[english[place]] + 15
    ]
    assert stayed == []


def test_so_do_words_in_arabic():
    month, words = content(), "دار"
    part(month, "limits")["items"][0] = words

    at = starts(of_briefing(month))

    assert max(at.get(letter, 0) for letter in (words, words[0], words[::-1])) > 200
