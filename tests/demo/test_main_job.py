"""One note from the form to an issued briefing, in the seeded service, with the sweep as worker."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from observations.models import Observation, Redaction
from observations.notes import coding
from practicelens.demo import main_job, past_briefings, seeding
from practicelens.people.models import Unit, User
from reports.jobs import sweeping
from reports.models import Briefing, Decision, Recommendation


def as_the_shell(name, **options):
    """Run a command with Django's own checks first, which `call_command` leaves out."""
    # The tests put an object there that fails at a variable that is not defined.
    with override_settings(SILENCED_SYSTEM_CHECKS=["templates.E002"]):
        call_command(name, skip_checks=False, **options)


@pytest.fixture
def seeded(seeded, db):
    """The tables as the seed left them; what a test changes is taken back."""


@pytest.fixture
def marian(seeded):
    return User.objects.get(email="marian@harrowmere.example")


@pytest.fixture
def harrowmere(seeded):
    return Unit.objects.get(code="harrowmere")


def work():
    """What the worker does, without its ledger, which commits."""
    for observation in Observation.objects.counted().filter(coded_at=None):
        coding.code(observation=observation)
    sweeping.roll_up_all()


def test_the_note_is_submitted_and_names_nobody(seeded):
    note = main_job.write_note()

    assert note.is_counted
    assert note.passages.count() == 4
    assert note.ratings.exclude(outcome="not_seen").count() == 5
    assert not Redaction.objects.filter(observation=note).exists()


def test_each_run_writes_a_note_of_its_own(seeded):
    assert main_job.write_note().key != main_job.write_note().key


def test_the_wait_ends_when_the_note_is_coded_and_counted(seeded):
    note = main_job.write_note()
    assert not main_job.is_counted(note)

    work()

    main_job.wait_for_worker(note)
    assert main_job.is_counted(note)


def test_without_a_worker_the_command_says_so(seeded, monkeypatch):
    monkeypatch.setattr(main_job, "WORKER_HAS", 0)

    with pytest.raises(
        CommandError, match="The background job did not code and count the observation"
    ):
        call_command("briefing_demo")


def test_the_command_takes_one_note_to_an_issued_briefing(seeded, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(main_job, "wait_for_worker", lambda _: work())

    as_the_shell("briefing_demo", out=tmp_path)

    assert "Approving and issuing it" in capsys.readouterr().out
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".pdf"]


def test_the_briefing_is_approved_by_another_person_and_issued(marian, harrowmere):
    main_job.write_note()
    work()

    issued = main_job.issue(main_job.approve(main_job.compose(harrowmere, marian), marian), marian)

    assert issued.is_issued
    assert issued.written_by == marian
    assert issued.approved_by.name == "Mererid Vaughan"
    assert issued.content["sections"]


def test_a_month_that_was_told_is_told_again_in_a_later_version(marian, harrowmere):
    first = main_job.compose(harrowmere, marian)
    first = main_job.issue(main_job.approve(first, marian), marian)

    second = main_job.compose(harrowmere, marian)
    second = main_job.issue(main_job.approve(second, marian), marian)

    assert (second.version, second.supersedes) == (2, first)


def test_the_papers_hold_what_was_issued(marian, harrowmere, tmp_path):
    briefing = main_job.compose(harrowmere, marian)
    issued = main_job.issue(main_job.approve(briefing, marian), marian)

    page, paper = main_job.write_papers(issued, tmp_path / "papers")

    assert issued.content["title"] in page.read_text()
    assert issued.sha256 in page.read_text()
    assert paper.read_bytes().startswith(b"%PDF")


def test_every_past_month_is_briefed_and_one_waits_for_approval(seeded):
    this_month = timezone.localdate().replace(day=1)

    assert Briefing.objects.filter(month__lt=this_month).count() == 21
    issued = Briefing.objects.issued()
    assert issued.count() >= 18
    assert not issued.filter(issued_at__gt=timezone.now()).exists()
    assert all(briefing.approved_by != briefing.written_by for briefing in issued)
    assert Decision.objects.filter(done_on__isnull=False).count() >= 5
    assert {ask.state for ask in Recommendation.objects.issued().for_list()} > {"Overdue", "Done"}


def test_what_the_story_asks_fits_its_fields():
    owners = {person["code"] for person in seeding.service()["person"]}
    for told in past_briefings.told()["ask"]:
        fields = {field: told[field] for field in ("question", "what", "cost")}
        Recommendation(number=1, **fields).clean_fields(exclude=["briefing"])
        assert told["unit"] in past_briefings.AUTHORS
        assert told["owner"] in owners
        if decided := told.get("decision"):
            answer = {field: decided[field] for field in ("answer", "reason")}
            became = decided.get("became", "")
            Decision(**answer, became=became).clean_fields(exclude=["recommendation", "by"])
