"""What the made-up service has its people do when they are worried about someone, and who did."""

import tomllib
from datetime import timedelta

from practicelens.demo import story
from practicelens.people.models import ConcernRaised
from practicelens.people.safeguarding import actions


def add_safeguarding(units, people, until):
    told = tomllib.loads((story.HERE / "safeguarding.toml").read_text())
    for step in told["step"]:
        actions.add(unit=units[step.pop("unit")], by=people["lee"], **step)
    ConcernRaised.objects.bulk_create(
        ConcernRaised(
            by=people[each["by"]],
            at=story.at(until - timedelta(days=each["days_ago"]), 16, 20),
        )
        for each in told["raised"]
    )
