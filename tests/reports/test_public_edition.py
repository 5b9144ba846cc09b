"""The public edition of an issue: what it leaves out, and that nothing of that follows from what it tells."""

import json
from collections import defaultdict
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings import check_content, fingerprint
from reports.briefings.public_edition import actions
from reports.briefings.public_edition.making import public
from reports.briefings.public_edition.rounding import HIDDEN, cell, sentences
from reports.models import PublicEdition
from tests.conftest import signed_in
from tests.reports.factories import BriefingFactory
from tests.reports.sample_content import content as sample

SHA = "0" * 64


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12", "about 10"),
        ("13", "about 15"),
        ("4", HIDDEN),
        ("none", HIDDEN),
        ("few", HIDDEN),
        ("31 of 44", "about 70%"),
        ("31 of 44 (70%; 95% interval 56% to 82%)", "about 70%"),
        ("10 of 14", HIDDEN),
        ("all 14", HIDDEN),
        ("3 of 40", HIDDEN),
        ("Mar to Aug 2026", "Mar to Aug 2026"),
        ("4 families", None),
    ],
)
def test_cells_are_rounded_and_the_small_ones_hidden(text, told):
    assert cell(text, 5) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The family decided in 31 of 44, since 1 May 2026.",
            "The family decided in about 70%, since 1 May 2026.",
        ),
        ("It was so in 3 of 44. The record system loses words.", "The record system loses words."),
        ("Two families waited. Seen once.", ""),
        ("Seen again: a visit on record that nobody made.", ""),
        # The name of a unit goes with what it was asked, and stands before nothing else.
        ("North. Can it be typed once: done. Can cars be lent: done.", "Can cars be lent: done."),
        (
            "None of them knew. Within 20 working days, for £300.",
            "Within 20 working days, for £300.",
        ),
    ],
)
def test_a_sentence_with_another_number_is_left_out(text, told):
    assert sentences(text, 5) == told


def test_an_issue_loses_its_drawings_names_sightings_and_whatever_stands_beside_a_quotation():
    content = sample()
    evidence = content["sections"][0]
    evidence["findings"][0] |= {
        "claim": "Plans carry their words",
        "sure": "Very sure. Seen in 31 of 44.",
    }
    evidence["findings"][0]["quotes"] = [
        {"text": "She read it out.", "how": "Seen: home visit. Agreed."},
        {"text": "He said otherwise.", "how": "Disputed.", "answer": ["It was not so."]},
    ]
    evidence["findings"].append(
        evidence["findings"][0] | {"number": 9, "sure": "Seen once. It was odd."}
    )
    content["sections"][4]["rows"][0]["became"] = "Yes. We went back and saw: The plan was there."
    asked = content["sections"][5]
    asked["asks"] = [asked["asks"][0] | {"question": "Can three cars be lent?"}]
    made = public(content, SHA)
    check_content(made.content)
    words = json.dumps(made.content, ensure_ascii=False)

    (first, *_) = made.content["sections"][0]["findings"]
    assert (first["sure"], first["quotes"]) == (
        "Very sure.",
        [{"text": "She read it out.", "how": ""}],
    )
    assert all(finding["number"] != 9 for finding in made.content["sections"][0]["findings"])
    assert all(
        not section.get("charts") and not section["side"] for section in made.content["sections"]
    )
    assert "Marian Osei" not in words
    assert "home visit. Agreed" not in words
    assert "The plan was there" not in words
    assert (made.content["sections"][5]["asks"], made.content["sections"][5]["text"]) == (
        [],
        ["Not told in the public edition."],
    )
    left_out = dict(made.left_out)
    assert left_out["Finding 9"] == "it is a single sighting"
    assert left_out["A quotation of finding 1"].startswith("it is disputed")
    assert made.content["public_edition_of"] == {"issue": 18, "version": 1, "sha256": SHA}
    assert public(sample(), SHA) == public(sample(), SHA)
    assert sample() == sample()


def issue_of(upper, lower, before):
    """A content that tells one criterion and one theme in every way in which an issue does."""
    content = sample()
    seen = upper + lower
    content["sections"][0]["findings"][0] |= {
        "claim": f"Plans carry their words: in {upper} of {seen}",
        "text": [f"Evident in {upper} of {seen}. Beside them {lower} did not."],
    }
    content["sections"][6]["items"] = ["Not seen at all: reviews."] if not upper else []
    head = ["Criterion", "Seen", "Lower", "Upper", "Not seen"]
    then = ["Criterion", "Now", "Before", "Change"]
    content["annex"]["tables"] = [
        {
            "title": "Levels",
            "head": head,
            "rows": [["Words", *map(str, [seen, lower, upper, 9])]],
            "note": "",
        },
        {
            "title": "Then",
            "head": then,
            "rows": [["Words", f"{upper} of {seen}", f"{before} of 20", "More"]],
            "note": "",
        },
        {
            "title": "Themes",
            "head": ["Theme", "Helps", "Hinders"],
            "rows": [["Words", str(upper), str(lower)]],
            "note": "",
        },
    ]
    return content


def test_whoever_knows_how_it_is_made_can_work_out_no_small_count():
    """Every issue of a kind is made public; small counts behind one and the same edition are told apart by none."""
    behind = defaultdict(set)
    for upper in range(13):
        for lower in range(13):
            if upper + lower:
                for before in (2, 10):
                    told = public(issue_of(upper, lower, before), SHA).content
                    behind[fingerprint(told)].add((upper, lower))
    for counts in behind.values():
        for side in (0, 1):
            values = {each[side] for each in counts}
            if min(values) < 5:
                assert len(values) >= 4
                assert max(values) < 5


def test_it_is_made_once_by_who_writes_and_marked_on_the_page_and_in_every_file(psw, team):
    briefing = BriefingFactory(unit=team, written_by=psw)
    with pytest.raises(NotNow, match="not issued"):
        actions.make(briefing=briefing, by=psw)
    briefing = BriefingFactory(
        unit=team, issued=True, written_by=psw, month=briefing.month.replace(year=2020)
    )
    client, address = signed_in(psw), reverse("reports:public_edition", args=[briefing.key])

    shown = client.get(address).content.decode()
    assert "Make the public edition" in shown
    assert "What it leaves out" in shown
    assert client.get(reverse("reports:public_pdf", args=[briefing.key])).status_code == 404
    page = client.post(address, follow=True).content.decode()
    edition = PublicEdition.objects.get()
    assert edition.sha256 == fingerprint(edition.content) != briefing.sha256
    assert edition.sha256 in page
    assert f"Public edition of issue {briefing.issue}" in page
    assert Entry.objects.filter(
        action=Entry.Action.MADE, object_pk=str(edition.pk), by=psw
    ).exists()
    with pytest.raises(AlreadySo):
        actions.make(briefing=briefing, by=psw)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        edition.delete()

    marked = f"Public edition of issue {briefing.issue}"
    pdf, word, csv = (
        client.get(reverse(f"reports:public_{kind}", args=[briefing.key])).content
        for kind in ("pdf", "word", "csv")
    )
    assert marked in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert Document(BytesIO(word)).paragraphs[0].text == marked
    assert marked in csv.decode()


def test_alert_advise_and_assure_are_for_leaders_alone():
    content = sample() | {"lines": {"alert": "A visit on record that was not made.", "assure": ""}}

    edition = public(content, SHA)

    assert set(edition.content["lines"].values()) == {""}
    assert "Alert, advise and assure" in [each.what for each in edition.left_out]
