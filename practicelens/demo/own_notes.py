"""What practitioners of the made-up service write down for their own record."""

import tomllib
from datetime import timedelta

from observations.models import CpdNote
from practicelens.demo import story


def add_cpd_notes(people, until):
    """Each about the newest observation that was shared with its writer."""
    for told in tomllib.loads((story.HERE / "cpd.toml").read_text())["note"]:
        writer = people[told.pop("by")]
        day = until - timedelta(days=told.pop("days_ago"))
        shared = writer.observations_of_them.exclude(shared_at=None).filter(observed_on__lte=day)
        about = shared.order_by("-observed_on", "-pk").first()
        CpdNote.objects.create(writer=writer, about=about, done_on=day, **told)
