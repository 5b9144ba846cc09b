"""What a reader of all the demonstration's briefings can work out: nothing of fewer than five people.

Groups are read from what was issued, as a reader has it, and not from what the program kept. The files
hold the figures of the frozen content and no other, so that they give no further group away.
"""

import json
import re
from collections import defaultdict
from datetime import datetime
from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from observations.models import Observation
from practicelens.people.models import Unit, User
from reports import charts
from reports.briefings import check_content
from reports.briefings.public_edition.making import public
from reports.briefings.render import figures, pdf, word
from reports.explore.beside import Side, units_of
from reports.explore.reading import rows_for
from reports.explore.told import Measure
from reports.models import Briefing, PublicEdition, SavedView, ToldGroup
from reports.periods import months_after, rolling
from reports.summaries.coverage import COLUMN_OF, COLUMNS
from reports.telling import Audit, Note, is_enough
from reports.telling.audit import BUDGET
from reports.telling.groups import too_near
from tests.conftest import signed_in

pytestmark = pytest.mark.usefixtures("seeded")

LEAST = settings.SMALL_COUNT_THRESHOLD
CODES = {column.label: column.code for column in COLUMNS}


def issued():
    return Briefing.objects.exclude(issued_at=None).select_related("unit").order_by("issued_at")


class Archive:
    """Every observation that counts, by where, when and what of it is."""

    def __init__(self):
        found = Observation.objects.counted().select_related("unit")
        self.rows = [
            (Note(row.pk, row.practitioner_id), row.unit, row.month, COLUMN_OF[row.is_about].code)
            for row in found
        ]

    def group(self, units, first, last, work=""):
        return frozenset(
            note
            for note, unit, month, code in self.rows
            if unit.pk in units and first <= month <= last and work in ("", code)
        )


def keys_below(unit):
    return set(Unit.objects.below(unit).values_list("pk", flat=True))


def units_in(label, above):
    """The units under one that a label names, in whatever order."""
    found = set()
    for unit in sorted(above.children.all(), key=lambda each: -len(each.name)):
        if unit.name in label:
            label = label.replace(unit.name, "")
            found |= keys_below(unit)
    assert not label.replace(" and ", "").replace(",", "").strip(), label
    return found


def months_in(words):
    """The first and the last month of “1 May to 31 October 2026” or “Jul to Sep 2026” or “Oct 2026”."""
    first, _, last = words.rpartition(" to ")
    last = day(last)
    return (
        day(first if re.search(r"\d{4}", first) else f"{first} {last.year}") if first else last
    ), last


def day(words):
    named = " ".join(words.split()[-2:])
    for form in ("%B %Y", "%b %Y"):
        try:
            return datetime.strptime(named, form).date()
        except ValueError:
            continue
    raise AssertionError(words)


def told_in(briefing):
    """(units, first month, last month, kind of work, how many, if it says) of each group it tells of."""
    content, within = briefing.content, keys_below(briefing.unit)
    first, last = months_in(content["window"]["words"])
    [figure, *_] = content["strip"]
    since = re.search(r"; (\d+) since", figure["words"])
    if since:
        yield within, briefing.month, briefing.month, "", int(figure["figure"])
    yield within, first, last, "", int(since[1] if since else figure["figure"])
    for table in content["annex"]["tables"]:
        if table["title"] == "Then and now":
            words = re.search(r"Before: (.*?)\. ", table["note"])[1]
            yield (within, *months_in(words), "", None)
        if table["title"] == "Observations by kind of work":
            for label, count, words in table["rows"]:
                if count.isdigit():
                    yield (within, *months_in(words), CODES[label], int(count))
    for chart in [content["year"], *content["annex"]["charts"]]:
        if chart["kind"] in ("run", "year"):
            for point in chart["data"]["points"]:
                if point["value"] is not None:
                    yield (within, *months_in(point["label"]), "", None)
        if chart["kind"] == "coverage":
            for row in chart["data"]["rows"]:
                yield (
                    units_in(row["label"], briefing.unit),
                    first,
                    last,
                    "",
                    row["cells"][0]["count"],
                )


def explored():
    """(units, first month, last month, kind of work, how many, if it says) of each group that explore shows.

    To a leader of the whole organisation: whoever leads a part is shown some of it.
    """
    units = {}
    for row in rows_for(User.objects.get(email__startswith="ruth@")):
        line = row.line
        if row.where not in units:
            units[row.where] = frozenset(units_of(Side("", "", row)))
        count = line.count if line.measure is Measure.OBSERVATIONS else None
        yield units[row.where], line.first, line.last, CODES.get(line.work, ""), count


def test_of_all_issues_together_nobody_can_be_worked_out():
    archive, told, everything = Archive(), defaultdict(set), {}
    for briefing in issued():
        for units, first, last, work, count in told_in(briefing):
            group = archive.group(units, first, last, work)
            assert count is None or count == len(group), (briefing, units, first, last, work)
            if group:
                told[work].add(group)
                everything[group] = (briefing, first, last, work)
    for units, first, last, work, count in set(explored()):
        group = archive.group(units, first, last, work)
        assert count is None or count == len(group), (units, first, last, work)
        if group:
            told[work].add(group)
            everything.setdefault(group, ("explore", first, last, work))
    for row in ToldGroup.objects.filter(verdict__issued_at__isnull=False):
        group = archive.group(row.units, row.first_month, row.last_month, row.work)
        assert sorted(note.key for note in group) == row.notes, row
        told[row.work].add(group)
        everything[group] = (row.verdict, row.first_month, row.last_month, row.work)

    audit, kept = Audit(everything, LEAST, budget=len(issued()) * BUDGET), set()
    for group, named in everything.items():
        assert is_enough(group, LEAST), named
        assert not audit.gives_away(group), named
        audit.add(group)
    for groups in told.values():
        assert not any(too_near(one, other, LEAST) for one in groups for other in groups)
    for briefing in issued():
        kept |= {frozenset(row.notes) for row in briefing.told_groups.all()}
    kept |= {frozenset(row.notes) for row in ToldGroup.objects.exclude(verdict=None)}
    groups = {frozenset(note.key for note in group) for group in everything}
    # A verdict file adds told months up to quarters: what is not kept is such a sum.
    assert all(frozenset().union(*(each for each in kept if each <= one)) == one for one in groups)
    assert len(everything) > 40


def test_two_jurisdictions_stand_side_by_side_and_no_place_beside_one_that_it_is_in():
    ruth = User.objects.get(email__startswith="ruth@")
    client, address = signed_in(ruth), reverse("reports:side_by_side")
    whole = str(Unit.objects.get(code="harrowmere").pk)
    sides = {"one": f"{whole}.te-marino-office", "other": f"{whole}.help-and-protection"}

    shown = client.get(address, sides)
    pairs = [each["pair"] for each in shown.context["pairs"]]
    assert [side.first.line.part for side in shown.context["sides"]] == [
        "Help and protection",
        "Te Marino office",
    ]
    assert {pair.one.line.measure for pair in pairs} >= {Measure.CHANCES, Measure.SHOWS}
    assert all(pair.says for pair in pairs if pair.has_share)
    page = shown.content.decode()
    assert "Aotearoa New Zealand" in page
    assert "points (" in page
    nested = client.get(address, sides | {"one": whole}).content.decode()
    assert "the same observations would stand on both sides" in nested
    assert SavedView.objects.visible_to(ruth).count() == 2


def test_every_issue_tells_the_figures_of_its_own_months():
    for briefing in issued():
        window = rolling(briefing.month)
        assert briefing.content["window"]["words"] == window.words, briefing
        assert briefing.content["strip"][0]["figure"].isdigit()
        kinds = {chart["kind"] for chart in briefing.content["annex"]["charts"]}
        if months_after(briefing.month, -3) > issued()[0].month:
            assert "run" in kinds, briefing
    assert issued().count() == 20


def test_files_and_drawings_have_no_figure_that_is_not_in_the_content():
    for briefing in issued():
        content, sha256 = briefing.content, briefing.sha256
        known = numbers(json.dumps(content)) | numbers(f"SHA-256 {sha256}")
        book = load_workbook(BytesIO(figures.as_book(content, sha256)), read_only=True)
        cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
        said = [figures.as_csv(content, sha256).decode("utf-8-sig"), *cells, *book.sheetnames]
        said += [book.properties.title, book.properties.creator]
        assert numbers(" ".join(said)) - numbers(" ".join(book.sheetnames)) <= known, briefing
        for chart in drawn(content):
            words = re.findall(r'aria-label="([^"]*)"|>([^<]+)<', charts.draw(chart, "wide"))
            known_of_it = numbers(json.dumps(chart)) | {"0"}  # the foot of a scale
            assert numbers(unescape(str(words))) <= known_of_it, chart["title"]


def test_the_metadata_of_a_paper_has_no_figure():
    briefing = issued().last()
    paper = PdfReader(BytesIO(pdf.render(briefing.content, briefing.sha256))).metadata
    document = Document(BytesIO(word.render(briefing.content, briefing.sha256))).core_properties
    names = ("title", "subject", "keywords", "author", "comments", "category")
    said = [paper.title, paper.subject, paper.author, *(getattr(document, name) for name in names)]

    assert numbers(str(said)) <= {
        str(briefing.month.year),
        str(briefing.issue),
        str(briefing.version),
        *numbers(briefing.content["title"]),  # which stands on the paper: since when it is so
    }


def drawn(content):
    if content["year"]["data"]["points"]:
        yield content["year"]
    for part in [*content["sections"], content["annex"]]:
        yield from part.get("charts", [])


def numbers(text):
    return set(re.findall(r"\d+", text))


def test_a_public_edition_of_any_issue_has_no_exact_count_and_no_drawing():
    for briefing in issued():
        told = public(briefing.content, briefing.sha256).content
        check_content(told)
        cells = [each for table in told["annex"]["tables"] for row in table["rows"] for each in row]
        assert not any(re.fullmatch(r"\d+|\d+ of \d+|few|none", each) for each in cells)
        assert not told["annex"]["charts"] + told["strip"]
        assert "We went back and saw" not in json.dumps(told)
    assert PublicEdition.objects.count() == 1
