"""The paper: two pages and an annex of at most three, of which none is nearly empty.

How full a page is: the height of the lowest line of its text, as the PDF places it, between the foot and
the head of the page. A paper may be set tighter by a millimetre or two, which the measure ignores.
"""

from io import BytesIO

import pytest
from pypdf import PdfReader

from reports import briefings
from reports.briefings.render import pdf
from reports.models import Briefing
from tests.factories import ObservationFactory, ThemeFactory
from tests.reports.factories import confirmed_passages, last_month
from tests.reports.sample_content import content as sample
from tests.reports.test_pdf import SHA256, quiet_month

MM = 72 / 25.4
HEIGHT, TOP, FOOT = 297 * MM, 21.5 * MM, 15 * MM
ANNEX = "Figures and definitions"


def pages_of(content):
    """(words, heights of its lines above the foot) of each page."""
    return [lines_of(page) for page in PdfReader(BytesIO(pdf.render(content, SHA256))).pages]


def lines_of(page):
    heights = []

    def look(text, matrix, of_text, font, size):
        if text.strip():
            heights.append(matrix[1] * of_text[4] + matrix[3] * of_text[5] + matrix[5])

    words = page.extract_text(visitor_text=look)
    return plain(words), [height for height in heights if height > FOOT]


def plain(words):
    """Words as they are compared, whatever lines they fell on."""
    return "".join(words.replace("\u200b", "").split())


def filled(heights):
    return (HEIGHT - TOP - min(heights)) / (HEIGHT - TOP - FOOT)


def faults(content):
    """What is wrong with the pages of a paper, in words."""
    pages = pages_of(content)
    at = next(number for number, (words, _) in enumerate(pages) if plain(ANNEX) in words)
    starts_a_page = pages[at][0].find(plain(ANNEX)) < 200
    body, annex = (at, len(pages) - at) if starts_a_page else (at + 1, len(pages) - at - 1)
    if body > 2 or annex > 3:
        yield f"{body} pages and an annex of {annex}"
    for number, (_, heights) in enumerate(pages, start=1):
        if len(pages) > 1 and filled(heights) < 1 / 3:
            yield f"page {number} is filled to {filled(heights):.2f}"
    if any("…" in words for words, _ in pages):
        yield "a word is cut"
    for together in what_stays_together(content):
        if not any(all(plain(part) in words for part in together) for words, _ in pages):
            yield f"parted by a page: {together}"


def what_stays_together(content):
    """A word and what it means, a subject and what to know, and all of a row."""
    annex = content["annex"]
    yield from ((each["word"], each["meaning"]) for each in annex["definitions"])
    yield from ((each["subject"], each["text"]) for each in annex["about"])
    for section in content["sections"]:
        for row in section.get("rows", []):
            yield row["decision"], row["owner"], row["became"]
        for ask in section.get("asks", []):
            yield ask["question"], ask["what"], ask["owner"]


def is_above_the_fold(content):
    """Whether what is asked begins on the upper half of the first page."""
    page = PdfReader(BytesIO(pdf.render(content, SHA256))).pages[0]
    found = []

    def look(text, matrix, of_text, font, size):
        if "Decisions asked" in text:
            found.append(matrix[3] * of_text[5] + matrix[5])

    page.extract_text(visitor_text=look)
    return bool(found) and found[0] > HEIGHT / 2


def test_each_issue_of_the_demonstration_fills_two_pages_and_an_annex(seeded, db):
    issues = Briefing.objects.issued().order_by("month", "unit__name")

    wrong = {str(issue): found for issue in issues if (found := list(faults(issue.content)))}

    assert issues.count() >= 20
    assert wrong == {}


def test_what_is_asked_is_above_the_fold_of_the_first_page(seeded, db):
    issue = Briefing.objects.issued().order_by("-month").first()

    assert is_above_the_fold(issue.content)
    assert is_above_the_fold(sample())
    assert is_above_the_fold(quiet_month())


@pytest.mark.parametrize("count", [0, 1, 3, 8])
def test_a_thin_month_has_no_page_that_is_nearly_empty(count, team, codebook):
    for _ in range(count):
        ObservationFactory(unit=team, submitted=True, observed_on=last_month().replace(day=9))
    theme = ThemeFactory(codebook=codebook)
    confirmed_passages(theme, "helps", count, unit=team, month=last_month(), text="She asked")
    made = briefings.compose(unit=team, month=last_month())

    assert list(faults(briefings.build_content(made))) == []


def test_a_paper_with_next_to_nothing_in_it_is_no_fault():
    assert [each for each in faults(quiet_month()) if "filled" in each] == []


def test_a_paper_is_as_loose_as_it_can_be():
    short = sample() | {"year": None}

    assert pdf.fitted(pdf.drawable(short, SHA256))["body"] == 0
