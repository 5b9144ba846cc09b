import io
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from practicelens import typesetting
from reports.briefings.render import pdf
from tests.reports.sample_content import bars_chart, content, finding

SHA256 = "60be8a7521c843d3f70fb9c69abeb4b187ad3a7a652801c134c4112b560c46b0"
HOSTILE = [
    "#panic(1)",
    "$x^2$",
    "*b*",
    "_i_",
    "@ref",
    "<script>alert(1)</script>",
    "\\u{41}",
    "= H",
]


def text_of(document):
    """The words as they are read back, whatever lines and pages they fell on."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def test_a_draft_without_a_title_can_be_read_on_paper():
    untitled = content() | {"title": ""}

    assert pdf.render(untitled, SHA256).startswith(b"%PDF")


def pages_of(document):
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


def placed(document):
    """[(words, how far from the left edge they begin, in points)] of what is printed."""
    found = []

    def note(text, page, line, *_):
        if text.strip():
            found.append((text.strip(), line[4] * page[0] + page[4]))

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_text=note)
    return found


def elements(node):
    """Every element of the structure tree below `node`, in the order of reading."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def quiet_month():
    """A month in which nearly nothing was seen."""
    month = content()
    month["issued_on"] = None
    month["approved"] = None
    month["strip"] = []
    month["confidence"] = ""
    month["sections"] = [emptied(section) for section in month["sections"]]
    month["annex"] = {"charts": [], "tables": [], "definitions": [], "about": []}
    return month


def emptied(section):
    emptied_lists = {key: [] for key, value in section.items() if isinstance(value, list)}
    return {**section, **emptied_lists}


@pytest.fixture(scope="module")
def document():
    return pdf.render(content(), SHA256)


@pytest.fixture(scope="module")
def opened(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(opened):
    return list(elements(opened.Root.StructTreeRoot))


def test_the_pdf_is_tagged_and_says_so(opened):
    assert opened.Root.MarkInfo.Marked
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_its_title_is_shown_and_its_language_known(opened):
    assert opened.Root.Lang == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == content()["title"]


def test_every_drawing_has_its_text_alternative(tags):
    alternatives = [str(tag.get("/Alt", "")) for tag in tags if tag.S == "/Figure"]
    month = content()
    charts = [chart for section in month["sections"] for chart in section.get("charts", [])]

    assert all(alternatives)
    assert {chart["alt"] for chart in charts + month["annex"]["charts"]} <= set(alternatives)


def test_every_table_head_says_what_it_is_the_head_of(tags):
    heads = [tag for tag in tags if tag.S == "/TH"]
    tables = [tag for tag in tags if tag.S == "/Table"]

    assert len(tables) == 7
    assert all(any(part.S == "/TH" for part in elements(table)) for table in tables)
    assert all("/Scope" in json.dumps(str(head.get("/A"))) for head in heads)


def test_headings_begin_at_one_and_skip_none(tags):
    levels = [int(str(tag.S)[2:]) for tag in tags if re.fullmatch(r"/H\d", str(tag.S))]

    assert levels[0] == 1
    assert set(levels) == {1, 2}


def test_words_of_three_languages_are_read_back_as_they_were_written(document):
    assert "Kōrero Ōtaki, tŷ ŵyr" in text_of(document)


def test_a_usual_month_takes_two_pages_and_an_annex_of_two(document):
    pages = pages_of(document)

    assert len(pages) == 4
    assert "Figures and definitions" in pages[2]
    assert not any("Figures and definitions" in page for page in pages[:2])


def test_every_page_says_which_issue_and_which_content_it_is(document):
    for number, page in enumerate(pages_of(document), start=1):
        assert "Issue 18, version 1" in page
        assert "Evidence to 31 October 2026" in page
        assert SHA256[:12] in page
        assert f"Page {number} of 4" in page


def test_the_annex_gives_the_whole_hash(document):
    assert SHA256 in pages_of(document)[3].replace(" ", "").replace("\n", "")


def test_nothing_is_set_smaller_than_eight_points(document):
    sizes = set()

    def note(text, _, matrix, __, size):
        if text.strip():
            sizes.add(round(abs(size * matrix[3]), 1))

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_text=note)

    assert min(sizes) >= 8


def test_only_our_typeface_is_inside(opened):
    fonts = {
        str(font.BaseFont)
        for page in opened.pages
        for font in page.Resources.get("/Font", {}).values()
    }

    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_the_same_content_gives_the_same_bytes(document):
    assert pdf.render(content(), SHA256) == document


def test_several_threads_at_once_give_what_one_gives(document):
    with ThreadPoolExecutor(4) as threads:
        rendered = list(threads.map(lambda _: pdf.render(content(), SHA256), range(4)))

    assert set(rendered) == {document}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_words_that_look_like_markup_are_words(hostile):
    month = content()
    month["title"] = f"Title {hostile}"
    month["sections"][0]["heading"] = f"Heading {hostile}"
    month["sections"][0]["text"] = [f"Text {hostile}"]
    month["sections"][0]["charts"] = [
        bars_chart(f"Chart {hostile}", "Counted", [(hostile, 7, True)])
    ]

    text = text_of(pdf.render(month, SHA256))

    for place in ("Title", "Heading", "Text", "Chart"):
        assert f"{place} {hostile}" in text


def test_a_letter_that_no_font_has_becomes_a_square_and_stops_nothing():
    month = content()
    month["sections"][0]["text"] = ["Before 𓀀\ue000𒀀 after, hid\u200dden\x00\ufeff, a\u0304."]

    assert "Before □□□ after, hidden, ā." in text_of(pdf.render(month, SHA256))


SAID = {
    "NotoSansArabic": "محمد قال لا",
    "NotoSansArabic, for Urdu": "میری بیٹی ٹھیک ہے",
    "NotoSansGurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "NotoSansBengali": "রহিমা বললেন",
    "NotoSansCJK": "王小明來了",
    "NotoSansEthiopic": "ሰላም አበበ",
    "SourceSans3": "Talaʻofa, Hawaiʻi",
    "NotoEmoji": "😀👍🏽❤️👨‍👩‍👧",
    "NotoSansHebrew": "שלום",
    "NotoSansDevanagari": "नमस्ते",
}


@pytest.mark.parametrize("face", SAID)
def test_other_scripts_and_emoji_are_printed_in_a_font_that_has_them(face):
    month = content()
    month["sections"][0]["text"] = [f"They said {SAID[face]}."]

    document = pdf.render(month, SHA256)

    assert typesetting.without_glyph(SAID[face]) == []
    assert "□" not in text_of(document)
    assert any(face.partition(",")[0] in name for name in fonts_in(document))


def fonts_in(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        return {
            str(font.BaseFont)
            for page in opened.pages
            for font in page.Resources.get("/Font", {}).values()
        }


def test_every_font_that_comes_as_a_package_is_asked_by_its_name():
    files = [path for folder in typesetting.OTHERS for path in folder.glob("*.tt[fc]")]
    upright = {name_of_font(path) for path in files if "Italic" not in path.name}

    assert upright - {"Noto Sans CJK JP"} == set(typesetting.FACES) - {
        "Source Sans 3",
        "Noto Sans CJK SC",
    }


def name_of_font(path):
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return font["name"].getDebugName(16) or font["name"].getDebugName(1)


def test_every_letter_that_is_let_through_can_be_printed():
    month = content()
    letters = [*typesetting.WIDTHS, *(f"x{accent}" for accent in typesetting.ACCENTS)]
    month["sections"][0]["text"] = [" ".join(letters)]

    assert "□ " in text_of(pdf.render(month, SHA256))


def test_a_month_with_next_to_nothing_in_it_is_still_a_briefing():
    month = quiet_month()
    document = pdf.render(month, SHA256)
    text = text_of(document)

    assert "No recommendation this month." in text
    assert "Nothing was open." in text
    assert len(pages_of(document)) == 1  # the annex follows on


def test_a_draft_says_so_on_every_page():
    month = content()
    month["issued_on"] = None

    pages = pages_of(pdf.render(month, SHA256))

    assert len(pages) == 4
    assert all("Draft, not issued" in page for page in pages)


def test_a_new_version_says_what_it_replaces_and_what_changed():
    month = content()
    month["version"] = 2
    month["supersedes"] = {
        "issue": 18,
        "version": 1,
        "sha256": "0" * 64,
        "changes": [{"where": "Strip, first", "before": "11 observations", "after": "12 of them"}],
    }

    text = text_of(pdf.render(month, SHA256))

    assert "This replaces issue 18, version 1." in text
    assert "Strip, first 11 observations 12 of them" in text


def test_a_fuller_month_flows_on_and_loses_nothing():
    month = content()
    month["sections"][0]["findings"] = [
        finding(number, f"Claim {number} here", f"Text {number} here. " * 20, "Sure.")
        for number in range(1, 16)
    ]
    month["sections"][4]["rows"] *= 10
    month["sections"][5]["asks"] *= 5
    month["annex"]["tables"][0]["rows"] *= 10

    document = pdf.render(month, SHA256)
    text = text_of(document)

    assert len(pages_of(document)) > 6
    assert all(f"Claim {number} here" in text for number in range(1, 16))
    assert text.count("Chairs ask the family first") == 10


@pytest.mark.parametrize("long", ["x" * 300, "word " * 300])
def test_long_words_and_long_cells_stay_on_the_page(long):
    month = content()
    month["sections"][0]["text"] = [long]
    month["sections"][4]["rows"][0]["owner"] = long
    month["sections"][5]["asks"][0]["cost"] = long
    month["annex"]["tables"][0]["rows"][0][0] = long

    starts = [left for _, left in placed(pdf.render(month, SHA256))]

    assert 300 < max(starts) < 595 - 51


def test_each_column_of_a_table_of_sentences_has_its_room():
    month, said = (
        content(),
        "We asked about it at every review, and tell in the next issue what we heard.",
    )
    heads = ["Aboutness", "Asked", "Answered"]
    month["annex"]["tables"].append({"title": "T", "head": heads, "rows": [[said] * 3], "note": ""})

    places = dict(placed(pdf.render(month, SHA256)))

    first, second, third = (places[head] for head in heads)
    assert min(second - first, third - second) > 72


def test_missing_fonts_are_said_in_plain_words(settings, tmp_path):
    settings.PAPER_FONTS = tmp_path

    with pytest.raises(
        typesetting.FontsMissing, match="Run make demo once, which fetches the typeface"
    ):
        pdf.render(content(), SHA256)
