"""The briefing's PDF against WeasyPrint setting the same words, figures and drawings.

Content is new each time: Typst remembers what it has set, and a repeat would flatter it.
"""

import random
from html import escape

from reports import charts
from reports.briefings.render.pdf import render
from tests.bench.data import SEED
from tests.bench.timing import side_by_side
from tests.reports.sample_content import content

PAGE = """<!doctype html><html lang="en-GB"><head><title>{title}</title><style>
@page {{ size: A4; margin: 20mm }} body {{ font: 10pt/1.4 sans-serif }}
table {{ border-collapse: collapse }} td, th {{ border-bottom: 1px solid; padding: 2pt 6pt }}
</style></head><body>{body}</body></html>"""


def measure(_databases, run):
    dice = random.Random(SEED)
    assert render(content(), "0" * 64).startswith(b"%PDF")
    yield side_by_side(
        "briefing PDF, unseen content, to WeasyPrint (tagged)",
        "1",
        lambda: render(unseen(content(), dice), "0" * 64),
        lambda: by_weasyprint(unseen(content(), dice)),
        at_least=8,
        times=run.times,
    )


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

    body = "".join(section(each) for each in [*briefing["sections"], briefing["annex"]])
    title = escape(briefing["title"])
    answers = "".join(f"<p>{escape(text)}</p>" for text in briefing["answers"].values())
    page = PAGE.format(title=title, body=f"<h1>{title}</h1>{answers}{body}")
    return weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")


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
