"""A briefing's frozen content as a Word document, in the order and the words of the page.

A chart is a picture with its text alternative. At the end each chart's figures stand as a table.
"""

import unicodedata
from io import BytesIO

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from frameworks.plain_text import writable
from practicelens import typesetting
from reports.briefings.content import lines_of, rule_of
from reports.briefings.render import word_template
from reports.briefings.render.figures import charts_of
from reports.briefings.render.pdf import MAIN, TEMPLATE, WHOLE, drawn_chart

CHARTS = TEMPLATE.with_name("chart.typ")
PIXELS = 200  # to the inch
DRAFT = "Draft, not issued"
# What Word wants after the way that a paragraph runs, in what it says of a paragraph.
AFTER_ITS_WAY = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def render(content, sha256, template=None):
    """The document of `content`, whose hash is `sha256`; the same content gives the same bytes.

    `template` are the bytes of the organisation's own, if it has one.
    """
    paper = Paper(content, template)
    if not template:
        running_foot(paper, content, sha256)
    add_head(paper, content)
    for section in content["sections"]:
        add_section(paper, section)
    add_annex(paper, content, sha256)
    add_chart_figures(paper, content)
    say_what_it_is(paper.document, content)
    return word_template.save(paper.document)


class Paper:
    """A document that is written from top to bottom, each piece in a style that is found by name."""

    def __init__(self, content, template):
        self.document = word_template.document_for(template)
        self.pictures = pictures_of(content)

    def heading(self, words, level):
        return self.words(words, f"Heading {level}")

    def words(self, text, style=None, bold=False):
        paragraph = self.document.add_paragraph(style=style)
        return written(paragraph, text, bold)

    def labelled(self, label, text):
        """A label in bold, and what it is of."""
        paragraph = written(self.document.add_paragraph(), f"{label} ", bold=True)
        return written(paragraph, text)

    def bullets(self, texts):
        for text in texts:
            self.words(text, "List Bullet")

    def quotation(self, quote):
        """Words, how they are known, and what the practitioner says against them."""
        paragraph = self.words(f"{quote['text']} {quote['how']}".strip(), "Quote")
        paragraph.paragraph_format.left_indent = Pt(14)
        if answer := quote.get("answer"):
            self.words("The practitioner’s answer:", bold=True).paragraph_format.left_indent = Pt(
                14
            )
            for text in answer:
                self.words(text).paragraph_format.left_indent = Pt(14)

    def table(self, head, rows, title=""):
        """A table whose first row comes again at the top of each page; no row is parted."""
        made = self.document.add_table(rows=1 + len(rows), cols=len(head))
        made.autofit = True
        ruled(made)
        if title:
            described(made, title)
        for row, texts in zip(made.rows, [head, *rows], strict=True):
            about = row._tr.get_or_add_trPr()
            about.append(OxmlElement("w:cantSplit"))
            if texts is head:
                about.append(OxmlElement("w:tblHeader"))
            for cell, text in zip(row.cells, texts, strict=True):
                written(cell.paragraphs[0], text, bold=texts is head)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def picture(self, chart):
        """A chart under its title, with its text alternative and what it shows."""
        self.words(chart["title"], "Caption")
        if chart["counted"]:
            self.words(chart["counted"]).paragraph_format.keep_with_next = True
        drawing, width = self.pictures[id(chart)]
        paragraph = self.document.add_paragraph()
        made = paragraph.add_run().add_picture(
            BytesIO(drawing), width=min(Pt(width), self.measure())
        )
        made._inline.docPr.set("descr", writable(chart["alt"]))
        made._inline.docPr.set("name", f"Chart {made._inline.docPr.get('id')}")
        if chart["verdict"]:
            self.words(chart["verdict"])

    def measure(self):
        page = self.document.sections[-1]
        return Emu(page.page_width - page.left_margin - page.right_margin)


def written(paragraph, text, bold=False):
    """Words at the end of a paragraph, which runs the way of its first letter."""
    run = paragraph.add_run(writable(text))
    run.bold = bold or None
    if is_from_right(text):
        about = paragraph._p.get_or_add_pPr()
        if about.find(qn("w:bidi")) is None:
            about.insert_element_before(OxmlElement("w:bidi"), *AFTER_ITS_WAY)
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    return paragraph


def is_from_right(text):
    first = next((each for each in text if unicodedata.category(each).startswith("L")), "")
    return bool(first) and unicodedata.bidirectional(first) in ("R", "AL")


def ruled(table):
    """A hairline round each cell, which a template's own styles may not have."""
    edges = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "DAD4DB")):
            edge.set(qn(f"w:{name}"), value)
        edges.append(edge)
    about = table._tbl.tblPr
    about.insert_element_before(
        edges, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
    )


def described(table, title):
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), writable(title))
    table._tbl.tblPr.append(caption)


def pictures_of(content):
    """{id of a chart: (its picture, its width in points)}; all are drawn in one go."""
    charts = [chart for section in content["sections"] for chart in section.get("charts", [])]
    charts += content["annex"]["charts"]
    year = content.get("year")
    charts += [year] if year and year["data"]["points"] else []
    if not charts:
        return {}
    drawn = [
        drawn_chart(chart, WHOLE if chart["kind"] in ("coverage", "year") else MAIN)
        for chart in typesetting.printable(charts)
    ]
    made = typesetting.typeset(CHARTS, {"charts": drawn}, format="png", ppi=PIXELS)
    made = [made] if isinstance(made, bytes) else made
    return {
        id(chart): (png, each["width"])
        for chart, png, each in zip(charts, made, drawn, strict=True)
    }


def add_head(paper, content):
    version = f", version {content['version']}" if content["version"] > 1 else ""
    issued = f"Issued {content['issued_on']}" if content["issued_on"] else DRAFT
    if of := content.get("public_edition_of"):
        paper.words(f"Public edition of issue {of['issue']}", bold=True)
    paper.words(
        f"{content['organisation']}. Practice briefing, issue {content['issue']}{version}. {issued}"
    )
    paper.words(content["title"] or "No title yet", "Title")
    paper.words(
        f"{content['unit']}, {content['month_words']}. The figures cover "
        f"{content['window']['words']}. They rest on evidence up to {content['evidence_to']}."
    )
    if content["strip"]:
        strip = [[each["figure"], each["words"]] for each in content["strip"]]
        paper.table(["Figure", "What it is"], strip, "In short")
    if year := content.get("year"):
        add_year(paper, year)
    for name, words in lines_of(content):
        paper.labelled(name, words)
    if content["confidence"]:
        paper.words(content["confidence"])
    if content["supersedes"]:
        add_changes(paper, content["supersedes"])
    paper.heading("Three answers", 1)
    for question, key in (
        ("What do we know?", "know"),
        ("How do we know?", "how"),
        ("What are we doing?", "doing"),
    ):
        paper.labelled(question, content["answers"][key])


def add_year(paper, year):
    if year["data"]["points"]:
        paper.picture(year)
    else:
        paper.words(f"{year['title']}.")


def add_changes(paper, replaced):
    paper.heading("What has changed", 1)
    paper.words(f"This replaces version {replaced['version']} of issue {replaced['issue']}.")
    if not replaced["changes"]:
        paper.words("No word and no figure is different.")
        return
    rows = [
        [each["where"], each["before"] or "Nothing", each["after"] or "Nothing"]
        for each in replaced["changes"]
    ]
    paper.table(["Where", "Before", "Now"], rows, "What has changed")


def add_section(paper, section):
    heading = section["heading"] or section["kicker"]
    if section["kicker"] and heading != section["kicker"]:
        paper.words(section["kicker"], bold=True).paragraph_format.keep_with_next = True
    paper.heading(heading, 1)
    for text in section["text"]:
        paper.words(text)
    for chart in section.get("charts", []):
        paper.picture(chart)
    paper.bullets(section["side"])
    for finding in section.get("findings", []):
        add_finding(paper, finding)
    if section["key"] in WITH_ROWS:
        WITH_ROWS[section["key"]](paper, section)


def add_finding(paper, finding):
    paper.heading(f"Finding {finding['number']}. {finding['claim']}", 2)
    for text in finding["text"]:
        paper.words(text)
    for quote in finding["quotes"]:
        paper.quotation(quote)
    otherwise = finding["otherwise"]
    if otherwise["text"] or otherwise["quotes"]:
        paper.heading("Counter-examples", 3)
    if otherwise["text"]:
        paper.words(otherwise["text"])
    for quote in otherwise["quotes"]:
        paper.quotation(quote)
    paper.words(finding["sure"])


def add_good_work(paper, section):
    for item in section["items"]:
        paper.quotation(item)
    if not section["items"]:
        paper.words("There is none this month.")


def add_since(paper, section):
    if not section["rows"]:
        if not section["text"]:
            paper.words("Nothing was open.")
        return
    rows = [
        [
            f"{row['state']} {row['days']}".strip(),
            *map(row.get, ("decision", "owner", "due", "became")),
        ]
        for row in section["rows"]
    ]
    paper.table(
        ["State", "Decision", "Owner", "Due", "What became of it"], rows, section["heading"]
    )


def add_asks(paper, section):
    if not section["asks"] and not section["text"]:
        paper.words("No recommendation this month.")
    for ask in section["asks"]:
        owner, due = ask["owner"] or "nobody yet", ask["due"] or "no date yet"
        paper.heading(f"Recommendation {ask['number']}. {ask['question']}", 2)
        paper.words(f"For {owner}, by {due}")
        if ask["what"]:
            paper.words(ask["what"])
        paper.words(f"{ask['cost']}.")
        if equality := ask.get("equality"):
            paper.labelled("Equality:", equality)


def add_questions(paper, section):
    for each in section["questions"]:
        paper.labelled(each["question"], each["answer"])


def add_limits(paper, section):
    paper.bullets(section["items"])


WITH_ROWS = {
    "good_work": add_good_work,
    "since": add_since,
    "asks": add_asks,
    "questions": add_questions,
    "limits": add_limits,
}


def add_annex(paper, content, sha256):
    annex = content["annex"]
    paper.heading("Annex: figures and definitions", 1)
    paper.words(f"{content['window']['words']}, unless said otherwise. {rule_of(content)}")
    for chart in annex["charts"]:
        paper.picture(chart)
    for table in annex["tables"]:
        paper.words(table["title"], "Caption")
        paper.table(table["head"], table["rows"], table["title"])
        if table["note"]:
            paper.words(table["note"])
    if annex["definitions"]:
        paper.heading("Words used here", 2)
        rows = [[each["word"], each["meaning"]] for each in annex["definitions"]]
        paper.table(["Word", "What it means"], rows, "Words used here")
    paper.heading("About this issue", 2)
    paper.table(["Subject", "What to know"], about_rows(content), "About this issue")
    paper.words(f"Content, SHA-256: {sha256}")


def about_rows(content):
    rows = [[each["subject"], each["text"]] for each in content["annex"]["about"]]
    if approved := content["approved"]:
        rows.append(["Approval", f"{approved['by']}, {approved['on']}. {approved['words']}"])
    return [*rows, ["Issued", content["issued_on"] or DRAFT]]


def add_chart_figures(paper, content):
    """The figures of each chart as a table, for whoever works on with them or reads no picture."""
    known = charts_of(content)
    if known:
        paper.heading("The charts in figures", 1)
    for table in known:
        paper.words(f"{table.part}: {table.title}", "Caption")
        paper.table(table.head, table.rows, table.title)


def running_foot(paper, content, sha256):
    words = [
        content["month_words"],
        f"Issue {content['issue']}, version {content['version']}",
        f"Content {sha256[:12]}",
        *([] if content["issued_on"] else [DRAFT]),
    ]
    foot_of(paper, words)


def foot_of(paper, words):
    """The foot of every page: these words, and its number."""
    foot = paper.document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    written(foot, "   ".join([*words, "Page "]))
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)
    number.append(OxmlElement("w:r"))
    text = OxmlElement("w:t")
    text.text = "1"
    number[0].append(text)


def say_what_it_is(document, content):
    say(
        document,
        title=content["title"] or "Practice briefing",
        subject=f"Practice briefing, {content['month_words']}, issue {content['issue']}",
        author=content["organisation"],
        lang=content["lang"],
    )


def say(document, *, title, subject, author, lang):
    """Its language and its properties: what the paper itself says, and nothing of who made the file."""
    said = document.core_properties
    for each in list(said._element):
        said._element.remove(each)
    said.title = writable(title)[:255]
    said.subject = writable(subject)[:255]
    said.author = writable(author)[:255]
    said.language = lang
    styles = document.styles.element
    for each in styles.iter(qn("w:lang")):
        each.set(qn("w:val"), lang)
    if styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}//{qn('w:lang')}") is None:
        normal = document.styles["Normal"].element.get_or_add_rPr()
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), lang)
        normal.append(language)
