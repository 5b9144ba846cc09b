"""What other products lose when a form changes: none of it is lost here."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.versions import actions, drafting
from reports.cells.rollup import recount_all
from reports.periods import month_of, months_after
from tests.factories import ObservationFactory, PassageFactory, RatingFactory, settle_lineage

pytestmark = pytest.mark.django_db

EVIDENCE = "She asked the aunt what she thought, and wrote it down."
SEEN = "The aunt was asked last, and then it was all written down."
LAST_MONTH = months_after(month_of(timezone.localdate()), -1)


@pytest.fixture
def note(framework_version, team, psw, practitioner):
    """Submitted last month on version 1: each criterion Evident, 2.1 with evidence of its own."""
    note = ObservationFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        observed_on=LAST_MONTH,
        submitted=True,
    )
    for criterion in framework_version.criteria.order_by("position"):
        words = EVIDENCE if criterion.code == "2.1" else "It was said."
        rating = RatingFactory(observation=note, criterion=criterion, evidence=words)
    rating.passages.add(PassageFactory(observation=note, text=SEEN))
    return note


@pytest.fixture
def next_in_force(framework_version, framework_admin):
    """Puts version 2, in which criterion 2.1 is removed, in force from today."""

    def make():
        version = drafting.start(framework=framework_version.framework, by=framework_admin)
        drafting.delete(row=version.domains.get(code="2"), by=framework_admin)
        settle_lineage(version)
        return actions.publish(
            version=version,
            by=framework_admin,
            change_note="Criterion 2.1 is removed.",
            effective_on=timezone.localdate(),
        )

    return make


def page_of(client, address):
    return client.get(address).content.decode()


def figures_of(client, unit):
    """{(figure, what): {measure: count}} of the figures that are taken away as a file."""
    sent = client.get(reverse("reports:figures_csv"), {"unit": unit.code})
    figures = {}
    for figure, what, measure, count in csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))):
        figures.setdefault((figure, what), {})[measure] = count
    return figures


# What is removed in a later version


def test_a_note_keeps_the_rating_and_evidence_of_a_criterion_removed_since(
    psw_client, note, next_in_force
):
    before = page_of(psw_client, note.get_absolute_url())
    second = next_in_force()

    page = page_of(psw_client, note.get_absolute_url())

    assert not second.criteria.filter(code="2.1").exists()
    for words in ("Criterion 2.1", EVIDENCE, SEEN):
        assert words in before
        assert words in page
    rating = note.ratings.get(criterion__code="2.1")
    assert rating.level.name == "Evident"
    assert page.count("Evident") == before.count("Evident") >= 3


def test_the_practitioner_still_reads_it_and_still_answers_it(
    practitioner_client, psw_client, note, next_in_force
):
    next_in_force()
    psw_client.post(reverse("observations:share", args=[note.key]))

    page = page_of(practitioner_client, note.get_absolute_url())
    practitioner_client.post(
        reverse("observations:reply", args=[note.key]), {"verdict": "agreed", "fairness": "fair"}
    )

    assert "Criterion 2.1" in page
    assert EVIDENCE in page
    note.refresh_from_db()
    assert note.reply.verdict == "agreed"


def test_the_figures_taken_away_still_hold_a_criterion_removed_since(
    psw_client, service, note, next_in_force
):
    recount_all()
    before = figures_of(psw_client, service)["Criteria", "2.1 Criterion 2.1"]
    next_in_force()
    recount_all()

    after = figures_of(psw_client, service)

    apart = "Criteria, counted apart (In version 1 only: it was dropped in version 2)"
    assert before["Evident"] == "1"
    assert after[apart, "2.1 Criterion 2.1"] == before
    assert after["Criteria", "1.1 Criterion 1.1"]["Evident"] == "1"


def test_the_page_of_a_criterion_removed_since_is_still_there(
    psw_client, framework_version, note, next_in_force
):
    removed = framework_version.criteria.get(code="2.1")
    next_in_force()
    recount_all()

    page = page_of(psw_client, reverse("reports:summary_criterion", args=[removed.pk]))

    assert "2.1 was dropped on" in page
    assert SEEN in page


def test_the_old_version_is_still_read_and_still_taken_away_whole(
    psw_client, framework_version, next_in_force
):
    code = framework_version.framework.code
    address = reverse("frameworks:version", args=[code, 1])
    file = reverse("frameworks:export_json", args=[code, 1])
    before = page_of(psw_client, file)
    next_in_force()

    assert "Criterion 2.1" in page_of(psw_client, address)
    assert "Criterion 2.1" in page_of(psw_client, file)
    assert without_state(page_of(psw_client, file)) == without_state(before)


def without_state(text):
    return [line for line in text.splitlines() if "retired_on" not in line]


# What is changed under a later version


def edit(client, note, level):
    """Rates the removed criterion on the note's page of domain 2."""
    rating = note.framework_version.criteria.get(code="2.1")
    return client.post(
        reverse("observations:section", args=[note.key, "ratings-2"]),
        {
            "base_revision": 0,
            f"answer_{rating.pk}": f"level-{level.pk}",
            f"evidence_{rating.pk}": EVIDENCE,
        },
    )


def test_a_draft_changed_once_the_next_version_is_live_stays_on_its_own(
    psw_client, draft, framework_version, next_in_force
):
    strong = framework_version.scale.levels.get(code="strong")
    second = next_in_force()

    assert edit(psw_client, draft, strong).status_code == 302

    draft.refresh_from_db()
    assert second.state == "In use"
    assert draft.framework_version == framework_version
    rating = draft.ratings.get(criterion__code="2.1")
    assert (rating.level, rating.evidence) == (strong, EVIDENCE)
    assert rating.criterion.version == framework_version


def test_what_was_rated_before_is_there_when_the_draft_is_opened_again(
    psw_client, draft, framework_version, next_in_force
):
    evident = framework_version.scale.levels.get(code="evident")
    edit(psw_client, draft, evident)
    next_in_force()

    page = page_of(psw_client, reverse("observations:section", args=[draft.key, "ratings-2"]))

    assert EVIDENCE in page
    assert f"On {framework_version}" in page


def test_a_submitted_note_that_is_gone_on_with_stays_on_its_own_version(
    psw_client, note, framework_version, next_in_force
):
    next_in_force()

    answer = psw_client.post(
        reverse("observations:conversation", args=[note.key]),
        {"next_step": "Ask the aunt first next time."},
    )

    assert answer.status_code == 302
    note.refresh_from_db()
    assert note.framework_version == framework_version
    assert note.ratings.count() == 3
    assert {each.criterion.version for each in note.ratings.all()} == {framework_version}
