"""The story's early signs: found in the observations as coding finds them, and what was decided."""

import tomllib
from datetime import timedelta
from uuid import uuid5

from django.db.models import F

from frameworks.models import Theme
from observations.early_signs import actions, finding
from observations.models import EarlySign, EarlySignStep, Observation
from practicelens.demo import story

ACTS = {
    "keep-open": actions.keep_open,
    "close": actions.close,
    "add-to-theme": actions.add_to_theme,
}
DAYS_UNTIL_DECIDED = 3


def add_early_signs(people):
    """Those that words or marks show; each observation is looked at in the order of the story."""
    counted = Observation.objects.counted().filter(coded_at__isnull=False)
    for observation in counted.order_by("submitted_at", "pk"):
        finding.keep(observation, list(finding.by_words(observation)))
    date_back()
    for told in tomllib.loads((story.HERE / "early_signs.toml").read_text())["early_sign"]:
        decide_early_sign(told, people)


def date_back():
    """Found when the observation was coded."""
    for early_sign in EarlySign.objects.select_related("passage__observation"):
        early_sign.found_at = early_sign.passage.observation.coded_at
        early_sign.save(update_fields=["found_at"])
        early_sign.steps.update(at=early_sign.found_at)


def decide_early_sign(told, people):
    """As the observer did, some days later."""
    key = uuid5(story.NOTES, f"{told['file']} {told['n']}")
    found = EarlySign.objects.filter(
        passage__observation__key=key, passage__position=told["passage"]
    )
    early_sign = found.get()
    ACTS[told["act"]](early_sign=early_sign, by=people[told["file"]], **given(told))
    moment = F("found_at") + timedelta(days=DAYS_UNTIL_DECIDED)
    found.filter(pk=early_sign.pk).update(decided_at=moment)
    decided = EarlySign.objects.get(pk=early_sign.pk).decided_at
    EarlySignStep.objects.filter(early_sign=early_sign).exclude(what="found").update(at=decided)


def given(told):
    if told["act"] == "add-to-theme":
        return {"theme": Theme.objects.get(code=told["theme"]), "stance": told["stance"]}
    return {"because": told["because"]}
