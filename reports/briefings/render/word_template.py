"""The document that a briefing's words are put into: the organisation's own, or a plain one."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from frameworks.files.archive import Refused, Wanted, opened

WANTED = Wanted(
    "word/document.xml",
    "Word document",
    ".docx",
    "is no Word document: save it as .docx",
    "keep only letterhead and styles in it",
    "a letterhead",
)
FROM_ELSEWHERE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
HARMLESS_LINKS = (b"/hyperlink", b"/attachedTemplate")
OBJECTS = ("word/embeddings/", "word/activex/", "word/control")
WRITERS = re.compile(rb"\bw:author\s*=")
DROPPED = ("word/document.xml", "word/comments", "word/people", "word/footnotes", "word/endnotes")
# What a document says of whoever made it and of their machine.
ABOUT_ITS_MAKER = (
    "/extended-properties",
    "/custom-properties",
    "/metadata/thumbnail",
    "/customXml",
    "/comments",
    "/commentsExtended",
    "/commentsIds",
    "/commentsExtensible",
    "/people",
    "/attachedTemplate",
)
INK, MULBERRY = RGBColor(0x24, 0x1B, 0x28), RGBColor(0x5F, 0x1D, 0x52)
PARAGRAPH = WD_STYLE_TYPE.PARAGRAPH
# The styles that a briefing uses, by name, and how one looks that a template lacks: its size in
# points, whether it is bold, and its level in the outline.
STYLES = {
    "Title": (24, True, None),
    "Heading 1": (16, True, 0),
    "Heading 2": (13, True, 1),
    "Heading 3": (11, True, 2),
    "Caption": (10, True, None),
    "Quote": (11, False, None),
    "List Bullet": (11, False, None),
}


def check(data):
    """Raise Refused, saying why, unless a briefing can be put into this file."""
    archive = opened(data, WANTED)
    for entry in archive.infolist():
        name = entry.filename
        if name.lower().startswith(OBJECTS):
            raise Refused("has objects of another program in it: take them out")
        part = archive.read(entry)
        if name == "[Content_Types].xml" and b"macroEnabled" in part:
            raise Refused("has macros, and a file that runs is never opened: save it as .docx")
        if name.endswith(".rels"):
            check_links(part)
        elif WRITERS.search(part) and not name.startswith(DROPPED):
            raise Refused("has tracked changes: accept or reject them, and save it again")
    save(made_from(data))


def check_links(part):
    for link in FROM_ELSEWHERE.findall(part):
        if not any(kind in link for kind in HARMLESS_LINKS):
            raise Refused("takes a part from another place: put the picture itself into the file")


def document_for(template):
    """An empty document with all the styles: in the template's look, or in a plain one of ours."""
    return made_from(template) if template else plain()


def made_from(data):
    try:
        document = Document(BytesIO(data))
        body = document.element.body
        for part in list(body):
            if part.tag != qn("w:sectPr"):
                body.remove(part)
        add_missing_styles(document)
        forget_maker(document)
    except (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise Refused("can’t be read as a Word document: save it again as .docx") from error
    return document


def add_missing_styles(document):
    """Word writes only those styles into a file that were used in it."""
    known = {style.name: style for style in document.styles}
    for name, (size, bold, level) in STYLES.items():
        style = known.get(name)
        if style is None:
            style = document.styles.add_style(name, PARAGRAPH, builtin=True)
            style.font.size, style.font.bold = Pt(size), bold
            style.paragraph_format.keep_with_next = level is not None
            style.quick_style = True
        elif style.type != PARAGRAPH:
            raise Refused(f"has a style “{name}” that is not for paragraphs: rename it")
        if level is not None:
            in_outline(style, level)


def in_outline(style, level):
    about = style.element.get_or_add_pPr()
    for old in about.findall(qn("w:outlineLvl")):
        about.remove(old)
    about.append(about.makeelement(qn("w:outlineLvl"), {qn("w:val"): str(level)}))


def forget_maker(document):
    """Nothing is left of who made the template, when, and on which machine."""
    settings = document.settings.element
    of_settings = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for holder in (document.part.package, document.part, of_settings):
        for key, link in list(holder.rels.items()):
            if link.reltype.endswith(ABOUT_ITS_MAKER):
                del holder.rels[key]
    for tag in ("w:attachedTemplate", "w:rsids", "w:docVars"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)


def plain():
    """An A4 page in our colours, for an organisation that has no template."""
    document = Document()
    for name, style in ((each.name, each) for each in document.styles):
        if name in (*STYLES, "Normal"):
            in_our_look(style, name)
    add_missing_styles(document)
    forget_maker(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(20)
    return document


def in_our_look(style, name):
    size, bold, level = STYLES.get(name, (11, False, None))
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), bold
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in [key for key in fonts.attrib if key.lower().endswith("theme")]:
        del fonts.attrib[theme]
    style.font.italic = False
    style.font.color.rgb = MULBERRY if level is not None else INK
    style.paragraph_format.space_after = Pt(5)
    if level is not None or name in ("Title", "Caption"):
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(9)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def save(document):
    """The bytes of a document; the same document gives the same bytes, whenever it is made."""
    written, out = BytesIO(), BytesIO()
    document.save(written)
    try:
        with ZipFile(written) as made, ZipFile(out, "w") as again:
            for entry in made.infolist():
                entry.date_time = (1980, 1, 1, 0, 0, 0)
                again.writestr(entry, made.read(entry))
    except BadZipFile as error:
        raise Refused("can’t be read as a Word document: save it again as .docx") from error
    return out.getvalue()
