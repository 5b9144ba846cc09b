"""Words that were marked when they were written may be met only where the table says."""

from collections import defaultdict

import pytest

from practicelens.people.permissions import Act
from tests.access.marks import WITHOUT, free_text
from tests.access.people import HERE, may
from tests.access.shown import SHOWN
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db
# Who reads no notes: neither their words nor who was observed.
READ_NOTES = f"{may(Act.READ_OBSERVATIONS)} {may(Act.BE_OBSERVED)}".split()
NO_NOTES = [person for person in f"{HERE} no_role".split() if person not in READ_NOTES]
PRACTITIONERS = ["practitioner", "colleague", "far_practitioner"]


@pytest.fixture(scope="module")
def met(world, seen):
    """Who met which mark where: {(field, origin): {(person, page)}}."""
    found = defaultdict(set)
    for each in seen:
        for mark in world.marks.within(each.text):
            found[mark].add((each.person, each.page))
    return found


def test_every_text_of_every_model_bears_a_mark_or_says_why_not(world):
    without = {name for names in WITHOUT.values() for name in names}
    unmarked = [
        name
        for name in world.marks.fields
        if not any(
            world.marks.within(str(value))
            for value in free_text()[name].model.objects.values_list(
                name.rpartition(".")[2], flat=True
            )
        )
    ]

    assert without - free_text().keys() == set()
    assert unmarked == []


def test_every_page_was_read(seen):
    shown = {name for rule in TABLE for name, methods in rule.pages.items() if "GET" in methods}
    # Pages that only lead elsewhere, that need a link sent by mail, or that are the sign-in package's.
    elsewhere = {
        "people:link",
        "people:confirm_address",
        "people:unit_by_code",
        "people:unit_page_by_code",
        "reports:looked",
        "health",
        "health_live",
    }
    left_out = {name for name in shown if name.startswith("account_")} | elsewhere

    assert shown - {each.page for each in seen} - left_out == set()


def test_each_page_answers_all_to_whom_the_table_shows_it(asked_for):
    """The other half of what test_matrix.py holds to."""
    wrong = [
        f"GET of {each.address} by {each.person}: {each.response.status_code}"
        for each in asked_for
        if each.response.status_code not in each.declared
    ]

    assert wrong == []


def test_each_word_is_met_only_where_it_may_be(met):
    wrong = [
        f"{field} of {origin}: {person} on {page}"
        for (field, origin), places in met.items()
        for person, page in places
        if not any(row.allows(field, origin, person, page) for row in SHOWN)
    ]

    assert "\n".join(sorted(wrong)) == ""


# A word of a theme's list, or for it: one that several observers use and that names nobody.
# Nor do the words that a card has in another language.
OF_NO_NOTE = (
    "observations.WordProposal",
    "observations.FamilyCardLanguage",
    "observations.FamilyCardText",
    "observations.System",
    "observations.SystemName",
)


def test_who_reads_no_notes_meets_no_word_of_one(met):
    wrong = [
        f"{field} of {origin}: {person} on {page}"
        for (field, origin), places in met.items()
        if field.startswith("observations.") and not origin.startswith("quoted of")
        if not field.startswith(OF_NO_NOTE)
        for person, page in places
        if person in NO_NOTES
    ]

    assert wrong == []


def test_who_reads_no_notes_meets_no_practitioner_but_among_people_and_in_the_log(met):
    wrong = [
        f"{field} of {origin}: {person} on {page}"
        for (field, origin), places in met.items()
        if field.startswith("people.User") and origin in PRACTITIONERS
        for person, page in places
        if person in NO_NOTES and not page.startswith(("people:", "audit:"))
    ]

    assert wrong == []


def test_papers_and_files_were_among_what_was_read(seen):
    kinds = {each.response.headers["Content-Type"].split(";")[0] for each in seen}

    office = {kind for kind in kinds if "officedocument" in kind}
    assert {kind.rpartition(".")[2] for kind in office} == {"sheet", "document"}
    others = {"text/html", "text/csv", "application/json", "application/pdf", "application/xml"}
    # The shape of a file, that a process answers, and what a device installs.
    plain = {"application/schema+json", "text/plain"}
    plain |= {"application/manifest+json", "text/javascript", "text/calendar"}
    assert kinds == {*office, *others, *plain}


def test_a_paper_s_words_are_found_in_it(met):
    """A guard of this file: marks that could not be read in a PDF or in Word would never be missed there."""
    assert {("leader", "reports:pdf"), ("leader", "reports:word")} <= set(
        met["observations.Passage.text", "quoted of submitted"]
    )


def test_no_word_of_a_note_is_logged(world, logged):
    assert world.marks.within(logged) == set()
