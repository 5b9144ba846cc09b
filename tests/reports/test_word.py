"""A briefing in Word and its figures as CSV and spreadsheet: the same content, and nothing else."""

import csv
import re
from collections import Counter
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from practicelens.audit.models import Entry
from practicelens.harmless import as_meant
from reports.briefings.render import figures, pdf, word
from reports.models import WordTemplate
from tests.reports.factories import (
    BriefingFactory,
    FindingFactory,
    RecommendationFactory,
    issue,
)
from tests.reports.sample_content import content

SHA256 = "60be8a7521c843d3f70fb9c69abeb4b187ad3a7a652801c134c4112b560c46b0"
FIGURE = re.compile(r"£?\d[\d,.]*\d%?|\d%?")


@pytest.fixture(scope="module")
def data():
    return word.render(content(), SHA256)


@pytest.fixture(scope="module")
def document(data):
    return Document(BytesIO(data))


def words_of(document):
    """The words of a document in the order of reading, those of its tables among them."""
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def texts_in(value):
    """Every text of a content that is to be read; what a drawing is made of is in its table too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("data", "schema", "lang", "month", "key", "kind", "alt", "sha256"):
                yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def figures_in(texts):
    return Counter(found for text in texts for found in FIGURE.findall(text))


def table_figures(content):
    return figures_in(
        cell for table in figures.tables_of(content) for row in table.rows for cell in row[1:]
    )


# The document


def test_every_word_and_figure_of_the_content_is_in_the_document(document):
    read = words_of(document)

    assert [text for text in texts_in(content()) if text and text not in read] == []
    assert figures_in(texts_in(content())) - figures_in([read]) == Counter()


def test_every_figure_of_the_paper_is_in_the_document(document):
    paper = PdfReader(BytesIO(pdf.render(content(), SHA256)))
    read = figures_in([words_of(document)])
    alternatives = {each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))}
    read |= figures_in(alternatives)
    # What is told of the file itself: page numbers, those of charts, and the fingerprint.
    own = re.compile(
        r"Page \d+ of \d+|\bA\d+\b|(?:Content|SHA-256:?)(?:\s[0-9a-f]{8,12})+|[0-9a-f]{8}"
    )
    told = "\n".join(page.extract_text() for page in paper.pages)

    lacking = set(figures_in([own.sub(" ", told)])) - set(read)

    # The strokes of a scale are drawn, and are no figures of the content.
    assert {each for each in lacking if each in figures_in(texts_in(content()))} == set()


def test_headings_are_real_and_in_the_order_of_an_outline(document):
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]

    assert styles.count("Title") == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(2) >= 5


def test_each_table_has_a_head_that_comes_again_and_rows_that_keep_together(document):
    assert document.tables
    for table in document.tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_each_picture_has_its_text_alternative(document):
    told = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    charts = [chart for section in content()["sections"] for chart in section.get("charts", [])]

    drawn = [content()["year"], *charts, *content()["annex"]["charts"]]
    assert told == [chart["alt"] for chart in drawn]


def test_it_says_its_language_and_nothing_of_who_made_the_file(data, document):
    said = document.core_properties

    assert (said.title, said.author) == (content()["title"], content()["organisation"])
    assert (said.last_modified_by, said.comments, said.keywords) == ("", "", "")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }
    with ZipFile(BytesIO(data)) as parts:
        names = parts.namelist()
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}
    assert [name for name in names if "app.xml" in name or "custom" in name.lower()] == []


def test_the_same_content_gives_the_same_bytes(data):
    assert word.render(content(), SHA256) == data


def test_a_draft_says_so_and_an_empty_month_can_be_read():
    month = content() | {"issued_on": None, "approved": None, "strip": [], "title": ""}
    for section in month["sections"]:
        section |= {name: [] for name, part in section.items() if isinstance(part, list)}
    month["annex"] = {"charts": [], "tables": [], "definitions": [], "about": []}

    read = words_of(Document(BytesIO(word.render(month, SHA256))))

    assert "Draft, not issued" in read
    assert "No recommendation this month." in read
    assert "No title yet" in read


def test_what_was_disputed_stands_with_the_answer_as_on_the_page():
    month = content()
    quote = {
        "text": "She waited.",
        "how": "Seen: home visit. Disputed.",
        "answer": ["I asked first."],
    }
    month["sections"][0]["findings"][0]["quotes"] = [quote]

    read = words_of(Document(BytesIO(word.render(month, SHA256))))

    assert (
        "She waited. Seen: home visit. Disputed.\nThe practitioner’s answer:\nI asked first."
        in read
    )


def test_words_from_the_right_run_from_the_right_and_control_letters_are_no_fault():
    month = content() | {"confidence": "שלום לכולם", "title": "One \x0b and \x00 two"}

    made = Document(BytesIO(word.render(month, SHA256)))

    (found,) = [each for each in made.paragraphs if each.text == "שלום לכולם"]
    assert found._p.pPr.find(qn("w:bidi")) is not None


# The figures


def test_every_figure_is_in_the_csv_and_in_the_spreadsheet():
    month = content()
    table = month["annex"]["tables"][0]
    table["rows"].append(["=SUM(A1)", *["fewer than 5" for _ in table["head"][1:]]])

    lines = list(csv.DictReader(StringIO(figures.as_csv(month, SHA256).decode("utf-8-sig"))))
    book = load_workbook(BytesIO(figures.as_book(month, SHA256)))

    told = [as_meant(line["Figure"]) for line in lines if line["Part"] != "About this issue"]
    sheets = [sheet for sheet in book if sheet.title != "About"]
    held = [
        str(cell.value)
        for sheet in sheets
        for row in sheet.iter_rows(min_row=2, min_col=2)
        for cell in row
        if cell.value is not None
    ]
    assert figures_in(told) == figures_in(held) == table_figures(month)
    assert told.count("fewer than 5") == held.count("fewer than 5") >= len(table["head"]) - 1
    assert any(line["Row"] == "'=SUM(A1)" for line in lines)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.rows for cell in row)
    assert any(
        cell.data_type == "n" and cell.value
        for sheet in sheets
        for row in sheet.rows
        for cell in row
    )


# Who gets them


@pytest.fixture
def issued(team, psw):
    briefing = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=briefing)
    RecommendationFactory(briefing=briefing)
    return issue(briefing)


FILES = ["word", "briefing_figures_csv", "briefing_figures_xlsx"]


@pytest.mark.parametrize("name", FILES)
def test_a_leader_takes_a_file_away_and_it_is_on_record(leader_client, leader, issued, name):
    answer = leader_client.get(reverse(f"reports:{name}", args=[issued.key]))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(by=leader, action=Entry.Action.DOWNLOADED).count() == 1


def test_the_page_and_the_word_document_tell_the_same_figures(leader_client, issued):
    data = leader_client.get(reverse("reports:word", args=[issued.key])).content
    read = words_of(Document(BytesIO(data)))

    assert figures_in(texts_in(issued.content)) - figures_in([read]) == Counter()
    assert issued.sha256 in read
    page = leader_client.get(issued.get_absolute_url()).content.decode()
    assert all(reverse(f"reports:{name}", args=[issued.key]) in page for name in FILES)


# The organisation's template


def template(*, styles=("Heading 1",), extra=None, header="Harrowmere Council", change=None):
    """A .docx as an organisation might send it."""
    made = Document()
    made.add_paragraph("Words of the template")
    made.sections[0].header.paragraphs[0].text = header
    made.core_properties.author = made.core_properties.last_modified_by = "Sam Machine"
    for style in list(made.styles):
        if style.name.startswith(("Heading 2", "Quote")) and style.name not in styles:
            style.element.getparent().remove(style.element)
    out = BytesIO()
    made.save(out)
    if not extra and not change:
        return out.getvalue()
    again = BytesIO()
    with ZipFile(out) as before, ZipFile(again, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, change(name, part) if change else part)
        for name, part in (extra or {}).items():
            after.writestr(name, part)
    return again.getvalue()


def send(client, unit, data, name="letterhead.docx"):
    file = BytesIO(data)
    file.name = name
    return client.post(reverse("reports:word_template", args=[unit.pk]), {"file": file})


def test_a_briefing_is_in_the_organisations_template(
    system_admin_client, system_admin, leader_client, organisation, issued
):
    plain = leader_client.get(reverse("reports:word", args=[issued.key])).content

    assert send(system_admin_client, organisation, template()).status_code == 302

    data = leader_client.get(reverse("reports:word", args=[issued.key])).content
    made = Document(BytesIO(data))
    assert made.sections[0].header.paragraphs[0].text == "Harrowmere Council"
    assert "Words of the template" not in words_of(made)
    assert words_of(made) == words_of(Document(BytesIO(plain)))
    assert "Heading 2" in {paragraph.style.name for paragraph in made.paragraphs}
    assert b"Sam Machine" not in b"".join(ZipFile(BytesIO(data)).read(n) for n in made_names(data))
    entry = Entry.objects.get(what="word template")
    assert (entry.by, entry.action) == (system_admin, Entry.Action.MADE)


def made_names(data):
    return ZipFile(BytesIO(data)).namelist()


def test_a_template_is_replaced_and_removed_and_the_log_says_by_whom(
    system_admin_client, system_admin, organisation
):
    for header in ("One", "Two"):
        send(system_admin_client, organisation, template(header=header))
    held = WordTemplate.objects.get(unit=organisation)
    remove = reverse("reports:remove_word_template", args=[organisation.pk])

    first, second = (system_admin_client.post(remove) for _ in range(2))

    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert not WordTemplate.objects.exists()
    log = Entry.objects.filter(what="word template", by=system_admin).order_by("pk")
    assert [entry.action for entry in log] == ["made", "changed", "ended"]
    assert log.last().changes["sha256"] == [held.sha256, None]


def from_elsewhere(name, part):
    link = (
        b'<Relationship Id="rId99" Type="http://x/image" TargetMode="External" '
        b'Target="http://x.example/i.png"/></Relationships>'
    )
    if name != "word/_rels/document.xml.rels":
        return part
    return part.replace(b"</Relationships>", link)


def tracked(name, part):
    is_header = name.startswith("word/header")
    return part.replace(b"<w:p>", b'<w:p><w:ins w:author="Sam"/>') if is_header else part


def no_styles(name, part):
    return b"<nothing/>" if name == "word/styles.xml" else part


REFUSED = {
    "macros": (lambda: template(extra={"word/vbaProject.bin": b"x"}), "has macros"),
    "objects": (lambda: template(extra={"word/embeddings/x.bin": b"x"}), "has objects"),
    "a picture from elsewhere": (lambda: template(change=from_elsewhere), "from another place"),
    "tracked changes": (lambda: template(change=tracked), "has tracked changes"),
    "no document": (lambda: b"PK nothing of the kind", "is damaged or not a Word document"),
    "broken parts": (lambda: template(change=no_styles), "can’t be read as a Word document"),
    "entities": (
        lambda: template(extra={"word/more.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "has parts that no Word document has",
    ),
    "too large": (lambda: b"PK" + b"x" * 1024 * 1024, "is larger than 1 MB"),
    "none": (lambda: b"", "The file is empty"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_template_is_refused_with_the_reason(system_admin_client, organisation, kind):
    data, words = REFUSED[kind]

    answer = send(system_admin_client, organisation, data())

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_only_an_organisation_has_a_template(system_admin_client, service):
    assert send(system_admin_client, service, template()).status_code == 404


# The fingerprint


def checked(client, briefing, typed):
    return client.get(reverse("reports:fingerprint", args=[briefing.key]), {"typed": typed})


def test_the_page_shows_the_fingerprint_of_an_issue(leader_client, issued):
    told = leader_client.get(reverse("reports:fingerprint", args=[issued.key])).content.decode()

    assert issued.sha256[:8] in told
    assert issued.sha256[56:] in told


def test_a_typed_fingerprint_is_this_issues_anothers_or_unknown(leader_client, issued, stranger):
    other = BriefingFactory(unit=issued.unit.parent, issued=True)
    hidden = BriefingFactory(issued=True)

    assert (
        "It is this issue’s." in checked(leader_client, issued, issued.sha256[:12]).content.decode()
    )
    spaced = f" {issued.sha256[:8].upper()} {issued.sha256[8:]} "
    assert "It is this issue’s." in checked(leader_client, issued, spaced).content.decode()
    found = checked(leader_client, issued, other.sha256).content.decode()
    assert "another issue’s" in found
    assert other.get_absolute_url() in found
    for unknown in ("0" * 64, hidden.sha256):
        assert "It is unknown." in checked(leader_client, issued, unknown).content.decode()


@pytest.mark.parametrize("typed", ["", "abc", "g" * 12, "a" * 65, "a" * 201])
def test_what_is_no_fingerprint_is_said_to_be_none(leader_client, issued, typed):
    answer = checked(leader_client, issued, typed)

    assert "Type" in answer.context["form"].errors["typed"][0]


def test_a_draft_has_no_fingerprint_to_check(psw_client, psw, team):
    draft = BriefingFactory(unit=team, written_by=psw)

    assert psw_client.get(reverse("reports:fingerprint", args=[draft.key])).status_code == 404
