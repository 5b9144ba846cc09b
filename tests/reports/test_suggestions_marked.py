"""What a machine suggests says so on every page and in every export, and no briefing tells it.

One suggestion bears words that are nowhere else. Every address there is gets asked for, with
everything it may be about, by each kind of person: a new page is held to it without being named.
"""

import csv
import io
import json
import re
from itertools import product
from types import SimpleNamespace

import pytest
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from observations.mentions import review_sessions
from observations.models import Mention
from reports import briefings
from reports.cells.rollup import recount_all
from reports.models import Evidence
from tests.access.asking import pages
from tests.access.crawling import office
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PairFactory,
    PassageFactory,
    RatingFactory,
    ThemeFactory,
)
from tests.reports.factories import FindingFactory, RecommendationFactory, issue, last_month

QUOTE = "The zanzibar kettle was never once mentioned by anybody at the table that day"
THEME = "Zanzibar kettles"
MARK = "Suggested, not confirmed"
# What is told of themes whether or not a passage speaks to them.
ABOUT_THEMES = ("frameworks:", "reports:how", "observations:theme")
# Where passages stand as what somebody wrote, coded or not.
AS_WRITTEN = (
    "observations:list",
    "observations:add_mention",
    "observations:share",
    "observations:observation_pdf",
)
TOLD_TO_LEADERS = (
    "reports:briefing",
    "reports:pdf",
    "reports:word",
    "reports:content",
    "reports:preview",
)
WHERE_SHOWN = (
    "observations:observation",
    "observations:review",
    "reports:summary_theme",
    "reports:evidence",
)
# The key of each thing that can have one given: one address asks for whichever it is about.
SAME = 7_000_000
BLOCK = re.compile(r"<(blockquote|article)\b.*?</\1>", re.DOTALL)
CHOICES = re.compile(r"<select\b.*?</select>", re.DOTALL)
PRIVATE = ("people:", "audit:", "account_")


@pytest.fixture
def told(psw, leader, team, service, observation, codebook, theme):
    """A suggestion beside a confirmed passage, and a briefing of the month in each state."""
    only = ThemeFactory(pk=SAME, codebook=codebook, code="kettles", name=THEME)
    day = last_month().replace(day=9)
    note = ObservationFactory(
        pk=SAME, unit=team, observer=psw, submitted=True, observed_on=day,
        framework_version=observation.framework_version,
    )  # fmt: skip
    note.refresh_from_db()
    passage = PassageFactory(pk=SAME, observation=note, text=f"{QUOTE}.")
    MentionFactory(pk=SAME, passage=passage, theme=only, stance="hinders", end=len(QUOTE))
    MentionFactory(passage=PassageFactory(observation=note), theme=theme, confirmed=True)
    RatingFactory(observation=note)
    other = ObservationFactory(
        unit=team, submitted=True, observed_on=day, framework_version=note.framework_version
    )
    pair = PairFactory(pk=SAME, first=other, second=note)
    recount_all()
    briefing = briefings.compose(unit=service, month=last_month(), by=psw)
    say_what_is_left(briefing)
    finding = about(briefing, only)
    ask = RecommendationFactory(pk=SAME, briefing=briefing, owner=leader)
    review_sessions.begin(by=psw)
    return SimpleNamespace(
        note=note, theme=only, passage=passage, pair=pair, briefing=briefing, finding=finding,
        ask=ask, mention=passage.mentions.get(), book=codebook,
        criterion=note.framework_version.criteria.first(),
    )  # fmt: skip


def say_what_is_left(briefing):
    briefing.title = briefing.know = briefing.doing = "The family was heard."
    briefing.save()
    briefing.findings.update(looked="Everywhere.")


def about(briefing, theme):
    """A finding about the theme, so that its suggestions are offered as evidence."""
    finding = FindingFactory(pk=SAME, briefing=briefing, claim="Kettles")
    briefing.figures["subjects"][str(finding.pk)] = {"theme": theme.pk, "side": "hinders"}
    briefing.save()
    return finding


def addresses(told):
    """Every address that takes no parts, and the others with each thing that they may be about."""
    of = {
        "key": [told.note.key, told.briefing.key],
        "pk": [SAME, told.criterion.pk, told.book.pk],
        "side": ["for", "against"],
        "section": ["answers", "conditions", "framework"],
        "number": [1],
        "code": [told.note.framework_version.framework.code, told.book.code],
    }  # fmt: skip
    for name, page in pages().items():
        if not name.startswith(PRIVATE) and all(part in of for part in page.parts):
            for parts in product(*(dict.fromkeys(of[part]) for part in page.parts)):
                try:
                    yield name, reverse(name, kwargs=dict(zip(page.parts, parts, strict=True)))
                except NoReverseMatch:
                    continue


def read(client, told, names=()):
    """(name, address, text) of every page, or of those named, that this person gets."""
    for name, address in addresses(told):
        if name in (names or [name]):
            response = client.get(address)
            if response.status_code == 200:
                yield name, address, text_of(response)


def text_of(response):
    if response["Content-Type"] == "application/pdf":
        return " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages
        )
    if "officedocument" in response.headers["Content-Type"]:
        return office(response.content)
    return response.content.decode()


def faults(name, address, text):
    """What is wrong with a page: a suggestion's words or theme that no mark stands beside."""
    if name not in AS_WRITTEN:
        blocks = [block.group() for block in BLOCK.finditer(text)]
        if any(QUOTE in block and MARK not in block for block in blocks):
            yield f"{address} shows the quote with no mark beside it"
        if QUOTE in BLOCK.sub("", text) and MARK not in text:
            yield f"{address} shows the quote with no mark"
    if not name.startswith(ABOUT_THEMES) and THEME in CHOICES.sub("", text) and MARK not in text:
        yield f"{address} names the theme with no mark"


@pytest.mark.parametrize("who", ["psw", "leader", "practitioner", "framework_admin"])
def test_a_suggestion_says_so_wherever_it_shows(who, request, told):
    client = request.getfixturevalue(f"{who}_client")

    wrong = [fault for page in read(client, told) for fault in faults(*page)]

    assert wrong == []


def test_it_is_shown_where_people_decide_and_choose(psw_client, told):
    """A guard of this file: a suggestion that shows nowhere would never be missed."""
    shown = {page[0] for page in read(psw_client, told, WHERE_SHOWN) if QUOTE in page[2]}

    assert shown == set(WHERE_SHOWN)


def test_a_page_without_the_mark_is_noticed():
    """A guard of this file: what `faults` would say."""
    bare = f"<article>{QUOTE}, {THEME}</article>"

    assert len(list(faults("reports:summary", "/", bare))) == 2
    assert len(list(faults("reports:summary", "/", f"{bare}<p>{MARK}</p>"))) == 1
    assert not list(faults("reports:summary", "/", bare.replace("<article>", f"<article>{MARK} ")))
    assert not list(faults("reports:finding", "/", f"<select><option>{THEME}</option></select>"))


@pytest.mark.parametrize("state", ["drafted", "issued"])
@pytest.mark.parametrize("who", ["psw", "leader"])
def test_no_briefing_tells_it(state, who, request, told):
    if state == "issued":
        issue(told.briefing)
    client = request.getfixturevalue(f"{who}_client")

    papers = list(read(client, told, TOLD_TO_LEADERS))

    assert bool(papers) == (who == "psw" or state == "issued")
    assert [address for _, address, text in papers if QUOTE in text or THEME in text] == []


def test_what_is_frozen_holds_none_of_it(told):
    frozen = json.dumps(issue(told.briefing).content)

    assert QUOTE not in frozen
    assert THEME not in frozen


def test_the_figures_for_a_spreadsheet_count_it_in_a_column_of_its_own(psw_client, told):
    text = psw_client.get(reverse("reports:figures_csv")).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if THEME in row]

    assert {row[2]: row[3] for row in rows} == {
        "Helps": "0",
        "Hinders": "0",
        "Neither": "0",
        MARK: "1",
    }


def test_evidence_that_nobody_has_confirmed_says_so_on_the_finding_until_somebody_does(
    psw, psw_client, told
):
    Evidence.objects.create(
        finding=told.finding, passage=told.passage, side="for", start=0, end=len(QUOTE)
    )
    address = reverse("reports:finding", args=[told.briefing.key, told.finding.pk])
    before = psw_client.get(address).content.decode()

    Mention.objects.filter(pk=told.mention.pk).update(
        status="confirmed", decided_by=psw, decided_at=told.note.submitted_at
    )
    after = psw_client.get(address).content.decode()

    assert MARK in block_of(before)
    assert MARK not in block_of(after)


def block_of(page):
    return next(block.group() for block in BLOCK.finditer(page) if QUOTE in block.group())


def test_a_confirmed_passage_bears_no_mark(psw, psw_client, told):
    Mention.objects.update(status="confirmed", decided_by=psw, decided_at=told.note.submitted_at)
    recount_all()

    page = psw_client.get(reverse("reports:summary_theme", args=[told.theme.pk])).content.decode()

    assert QUOTE in page
    assert MARK not in page
