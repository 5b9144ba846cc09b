"""The main job from end to end: one observation written, coded, counted, and told to leaders."""

import time
from pathlib import Path
from uuid import uuid4

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from observations.models import DirtyCell, Observation
from observations.notes import actions as observation_actions
from practicelens.demo import story
from practicelens.demo.past_briefings import finish, release_quotations
from practicelens.demo.recording import record
from practicelens.people.models import Unit, User
from reports import briefings
from reports.briefings import actions, sentences
from reports.briefings.render import html, pdf
from reports.periods import month_of

WORKER_HAS = 60  # seconds to code one observation and to count its cells
LOOKS_EVERY = 0.2  # seconds


class NoWorker(Exception):
    """The observation was not coded and counted in time."""


def write_note():
    """Today's observation, as its observer writes and submits it; a new one at every run."""
    (note,) = story.read(story.HERE / "one_note.toml")
    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    draft = record({**note, "key": uuid4()}, units, people, timezone.localdate())
    return observation_actions.submit(observation=draft, by=draft.observer)


def wait_for_worker(observation):
    """Till the observation is coded and none of its cells is left to count."""
    until = time.monotonic() + WORKER_HAS
    while not is_counted(observation):
        if time.monotonic() > until:
            raise NoWorker
        time.sleep(LOOKS_EVERY)


def is_counted(observation):
    coded = Observation.objects.filter(pk=observation.pk, coded_at__isnull=False).exists()
    dirty = DirtyCell.objects.filter(unit=observation.unit_id, month=observation.month)
    return coded and not dirty.exists()


def compose(unit, author):
    """This month's draft; a month that has an issue gets a later version."""
    month = month_of(timezone.localdate())
    briefing = briefings.compose(unit=unit, month=month, by=author)
    if briefing.is_issued:
        briefing = briefings.gather_again(actions.reissue(briefing=briefing, by=author))
    elif briefing.sent_at:
        actions.take_back(briefing=briefing, by=author)
        briefing.refresh_from_db()
    if briefings.what_stops(briefing):
        finish(briefing)
    sentences.take(briefing, None, author)
    release_quotations(briefing, author)
    return briefing


def approve(briefing, author):
    """Sent by its author, approved by another practice leader."""
    actions.send_for_approval(briefing=briefing, by=author)
    return actions.approve(briefing=briefing, by=briefing.approvers().first())


def issue(briefing, author):
    return actions.issue(briefing=briefing, by=author)


def write_papers(briefing, folder):
    """The frozen paper as a page and as a PDF; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{briefing.unit.code}-{briefing.month:%Y-%m}-version-{briefing.version}"
    page, paper = folder / f"{name}.html", folder / f"{name}.pdf"
    page.write_text(page_of(briefing))
    paper.write_bytes(pdf.render(briefing.content, briefing.sha256))
    return page, paper


def page_of(briefing):
    """The page with its styles inside, since a file has no server to ask for them."""
    styles = Path(finders.find("build/practicelens.css")).read_text()
    told = next(each for each in briefing.content["sections"] if each["key"] == "asks")["asks"]
    shown = {
        **html.for_page(briefing.content, briefing.sha256),
        "briefing": briefing,
        "recommendations": [{"told": recommendation} for recommendation in told],
        "styles": mark_safe(styles),
        "may_ask": False,
    }
    return render_to_string("demo/paper.html", shown)
