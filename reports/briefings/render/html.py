"""A briefing's content made ready for the page that leaders read; it adds nothing to it."""

from itertools import count

from django.utils.safestring import mark_safe

from practicelens.numbers import count_words
from reports.briefings.content import lines_of, reading_minutes, rule_of
from reports.charts import draw

# What sections are called whose kicker says more, or that have none.
NAMES = {"since": "Since last time", "asks": "Decisions asked", "limits": "Limits"}


def for_page(content, sha256):
    """What templates/reports/briefing.html takes: the content, with its charts drawn."""
    marks, year = count(1), year_of(content)
    return {
        "content": content,
        "sha256": sha256,
        "rule": rule_of(content),
        "lines": lines_of(content),
        "year": year,
        "minutes": reading_minutes(content),
        "contents": contents(content, year),
        "sections": [
            {
                **section,
                "drawn": drawn(section.get("charts", []), marks),
                "more": more(section.get("charts", [])),
            }
            for section in content["sections"]
        ],
        "annex_drawn": drawn(content["annex"]["charts"], marks),
    }


def year_of(content):
    """The year's story with its drawings; where it is left out, or never was, nothing is drawn."""
    year = content.get("year")
    return drawn_chart(year, "chart-year") if year and year["data"]["points"] else None


def contents(content, year):
    """[(anchor, name)] of every part of the page, the past year's if there is one."""
    year = [("year", "The past year")] if year else []
    sections = [(section["key"], called(section)) for section in content["sections"]]
    return [*year, ("three-answers", "Three answers"), *sections, ("annex", "Annex")]


def called(section):
    """What a section is called where only its name stands."""
    return NAMES.get(section["key"], section["kicker"])


def more(charts):
    """What the charts of a section after its first are called together, on the fold that has them."""
    number = len(charts) - 1
    return f"{count_words(number).capitalize()} more {'picture' if number == 1 else 'pictures'}"


def drawn(charts, marks):
    """Each chart with a wide and a narrow drawing; ids differ through the whole page."""
    return [drawn_chart(chart, f"chart-{next(marks)}") for chart in charts]


def drawn_chart(chart, prefix):
    return {
        "id": prefix,
        "chart": chart,
        "wide": mark_safe(draw(chart, "wide", prefix=f"{prefix}-wide")),
        "narrow": mark_safe(draw(chart, "narrow", prefix=f"{prefix}-narrow")),
    }
