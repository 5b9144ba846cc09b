"""The briefing's PDF: against WeasyPrint and Chromium, its drawings, and the tags that it has.

Content is new each time: Typst remembers what it has set, and a repeat would flatter it.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import pikepdf

from reports import charts
from reports.briefings.render.pdf import render
from tests.bench.data import SEED
from tests.bench.timing import all_of, side_by_side
from tests.reports.sample_content import content

PAGE = """<!doctype html><html lang="en-GB"><head><title>{title}</title><style>
@page {{ size: A4; margin: 20mm }} body {{ font: 10pt/1.4 sans-serif }}
table {{ border-collapse: collapse }} td, th {{ border-bottom: 1px solid; padding: 2pt 6pt }}
</style></head><body>{body}</body></html>"""
NO_HASH = "0" * 64


def measure(_databases, run):
    dice = random.Random(SEED)
    yield tags(render(content(), NO_HASH))
    yield side_by_side(
        "briefing PDF, unseen content, to WeasyPrint (tagged)",
        1,
        lambda: render(unseen(content(), dice), NO_HASH),
        lambda: by_weasyprint(unseen(content(), dice)),
        at_least=8,
        times=run.times,
    )
    yield side_by_side(
        "drawings of a briefing, to its whole PDF",
        1,
        lambda: drawings(unseen(content(), dice)),
        lambda: render(unseen(content(), dice), NO_HASH),
        at_most=0.1,
        times=run.times,
    )
    yield side_by_side(
        "briefing PDF, a process of its own, to Chromium",
        1,
        in_a_process,
        by_chromium,
        at_least=4,
        times=max(1, run.times // 2),
    )


# The seven things that a tagged PDF should hold


def tags(document):
    with pikepdf.open(io.BytesIO(document)) as opened:
        held = sum(map(bool, held_by(opened)))
    return all_of("of the seven things that a tagged PDF holds", 1, held, 7)


def held_by(opened):
    root, tagged = opened.Root, list(elements(opened.Root.StructTreeRoot))
    with opened.open_metadata() as metadata:
        yield root.MarkInfo.Marked
        yield tagged
        yield root.Lang == "en-GB"
        yield metadata["pdfuaid:part"] == "1"
        yield metadata["dc:title"] and root.ViewerPreferences.DisplayDocTitle
    yield all(str(tag.get("/Alt", "")) for tag in tagged if tag.S == "/Figure")
    yield all("/Scope" in str(tag.get("/A")) for tag in tagged if tag.S == "/TH")


def elements(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def drawings(briefing):
    for part in [*briefing["sections"], briefing["annex"]]:
        for chart in part.get("charts", []):
            charts.draw(chart, "print")


# Cold


ALONE = f"""
import django; django.setup()
from reports.briefings.render.pdf import render
from tests.reports.sample_content import content
assert render(content(), "{NO_HASH}").startswith(b"%PDF")
"""


def in_a_process():
    subprocess.run([sys.executable, "-c", ALONE], check=True)


def by_chromium():
    with tempfile.TemporaryDirectory() as folder:
        page, paper = Path(folder, "page.html"), Path(folder, "paper.pdf")
        page.write_text(as_html(content()))
        subprocess.run(
            [
                *(os.environ["PL_CHROMIUM"], "--headless", "--no-sandbox", "--disable-gpu"),
                *(f"--user-data-dir={folder}/profile", f"--print-to-pdf={paper}", page.as_uri()),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        assert paper.read_bytes().startswith(b"%PDF")


# The same words, figures and drawings in a plain page


def unseen(value, dice):
    """The same content with the words of every longer text in another order."""
    if isinstance(value, dict):
        return {name: unseen(part, dice) for name, part in value.items()}
    if isinstance(value, list):
        return [unseen(part, dice) for part in value]
    if isinstance(value, str) and len(words := value.split()) > 3:
        return " ".join(dice.sample(words, len(words)))
    return value


def by_weasyprint(briefing):
    import weasyprint  # of the bench's own packages, which the tests do without

    return weasyprint.HTML(string=as_html(briefing)).write_pdf(pdf_variant="pdf/ua-1")


def as_html(briefing):
    body = "".join(section(each) for each in [*briefing["sections"], briefing["annex"]])
    title = escape(briefing["title"])
    answers = "".join(f"<p>{escape(text)}</p>" for text in briefing["answers"].values())
    return PAGE.format(title=title, body=f"<h1>{title}</h1>{answers}{body}")


def section(part):
    """Every text of a part in order, its drawings, and its tables."""
    drawn = "".join(drawing(chart) for chart in part.get("charts", []))
    tables = "".join(table(each) for each in part.get("tables", []))
    others = [part[name] for name in part if name not in ("charts", "tables", "key", "heading")]
    heading = escape(part.get("heading") or "Annex")
    return f"<h2>{heading}</h2>{paragraphs(others)}{drawn}{tables}"


def paragraphs(value):
    if isinstance(value, dict):
        return "".join(paragraphs(part) for part in value.values())
    if isinstance(value, list):
        return "".join(paragraphs(part) for part in value)
    return f"<p>{escape(str(value))}</p>"


def drawing(chart):
    title = escape(chart["title"])
    return f"<figure>{charts.draw(chart, 'print')}<figcaption>{title}</figcaption></figure>"


def table(each):
    head = "".join(f'<th scope="col">{escape(str(cell))}</th>' for cell in each["head"])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in each["rows"]
    )
    title = escape(each["title"])
    return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>{rows}</table>"
