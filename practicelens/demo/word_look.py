"""The made-up service's own look in Word: its name over each page, and headings of its colour."""

from io import BytesIO

from docx import Document
from docx.shared import Mm, RGBColor

from reports.briefings.word_templates import actions

LAGOON = RGBColor(0x0F, 0x5C, 0x6B)


def add_word_template(unit, by):
    actions.use(unit=unit, data=letterhead(unit.name), by=by)


def letterhead(name):
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.header.paragraphs[0].text = name
    page.footer.paragraphs[0].text = "For senior leaders"
    for style in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        made.styles[style].font.color.rgb = LAGOON
    out = BytesIO()
    made.save(out)
    return out.getvalue()
