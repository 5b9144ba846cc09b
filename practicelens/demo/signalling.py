"""The story's weak signals: found in the notes as coding finds them, and what was decided."""

import tomllib
from datetime import timedelta
from uuid import uuid5

from django.db.models import F

from frameworks.models import Theme
from observations.early_signs import actions, finding
from observations.models import Observation, SignalStep, WeakSignal
from practicelens.demo import story

ACTS = {"keep": actions.keep, "park": actions.park, "join": actions.join}
DAYS_UNTIL_DECIDED = 3


def add_signals(people):
    """Those that words or marks show; each note is looked at in the order of the story."""
    counted = Observation.objects.counted().filter(coded_at__isnull=False)
    for observation in counted.order_by("submitted_at", "pk"):
        finding.keep(observation, list(finding.by_words(observation)))
    date_back()
    for told in tomllib.loads((story.HERE / "signals.toml").read_text())["signal"]:
        decide(told, people)


def date_back():
    """Found when the note was coded."""
    for signal in WeakSignal.objects.select_related("passage__observation"):
        signal.found_at = signal.passage.observation.coded_at
        signal.save(update_fields=["found_at"])
        signal.steps.update(at=signal.found_at)


def decide(told, people):
    """As the observer did, some days later."""
    key = uuid5(story.NOTES, f"{told['file']} {told['n']}")
    found = WeakSignal.objects.filter(
        passage__observation__key=key, passage__position=told["passage"]
    )
    signal = found.get()
    ACTS[told["act"]](signal=signal, by=people[told["file"]], **given(told))
    moment = F("found_at") + timedelta(days=DAYS_UNTIL_DECIDED)
    found.filter(pk=signal.pk).update(decided_at=moment)
    decided = WeakSignal.objects.get(pk=signal.pk).decided_at
    SignalStep.objects.filter(signal=signal).exclude(what="found").update(at=decided)


def given(told):
    if told["act"] == "join":
        return {"theme": Theme.objects.get(code=told["theme"]), "stance": told["stance"]}
    return {"because": told["because"]}
