"""The story's verdict files: one that leaders decided, and one that is being written."""

import tomllib
from datetime import timedelta

from frameworks.models import FrameworkVersion
from practicelens.demo import story
from practicelens.people.models import Unit
from reports.verdicts import actions
from reports.verdicts.quoting import offers
from reports.verdicts.wording import CASES


def add_verdicts(people, until):
    """Opened and written; put before leaders and decided, where the story says so."""
    told = tomllib.loads((story.HERE / "verdicts.toml").read_text())
    for each in told["verdict"]:
        unit = Unit.objects.get(code=each["unit"])
        verdict = actions.open_file(
            unit=unit, by=people[each["writer"]], **about(each, unit, until)
        )
        write(verdict, each)
        if "second" in each and not actions.what_stops(verdict):
            put_before_leaders(verdict, each, people, until)


def about(told, unit, until):
    """The version in force, and the part of it that the file is about."""
    version = FrameworkVersion.objects.live_for(unit, until)
    if "criterion" in told:
        return {"version": version, "criterion": version.criteria.get(code=told["criterion"])}
    return {"version": version, "domain": version.domains.get(code=told["domain"])}


def write(verdict, told):
    """The words of the story, and the newest quotations that were told before."""
    for name in (*CASES, "advice", "advice_text"):
        if name in told:
            setattr(verdict, name, told[name].strip())
    verdict.save()
    newest = offers(verdict)[: told.get("quotations", 0)]
    verdict.quotations.set([each.release for each in newest])


def put_before_leaders(verdict, told, people, until):
    """On the story's last day: what it counts goes up to the last month that is over."""
    at = story.last_moment(until) - timedelta(hours=1)
    issued = actions.issue(verdict=verdict, by=people[told["second"]], at=at)
    decision = told["decision"]
    actions.decide_verdict(
        verdict=issued,
        by=people[decision["by"]],
        course=decision["course"],
        reason=decision["reason"].strip(),
        decided_on=issued.unit.day_of(at),
    )
