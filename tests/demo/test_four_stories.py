"""What the demonstration's briefings tell of eighteen months: a change for the better, one for the
worse, one that only looks like one, and going back to what was decided. And an office in New Zealand
that can stand beside England."""

from datetime import date

import pytest

from observations.models import Observation, Rating
from reports.briefings.since import SAW
from reports.models import Briefing

pytestmark = pytest.mark.usefixtures("seeded")


def newest():
    issues = Briefing.objects.issued().filter(unit__code="harrowmere")
    return issues.order_by("-month").first().content


def then_and_now(content):
    """{criterion: (now, before, change)}, each share in parts of one."""
    [table] = [each for each in content["annex"]["tables"] if each["title"] == "Then and now"]
    return {name: (share(now), share(was), change) for name, now, was, change in table["rows"]}


def share(words):
    part, _, whole = words.partition(" of ")
    return None if not whole else (0 if part == "none" else int(part)) / int(whole)


def test_the_four_stories_are_in_what_leaders_read():
    content = newest()
    told = then_and_now(content)

    better = told["Families have their part in meetings"]
    worse = told["Supervision makes room to think"]
    seeming = told["Money, food and housing are talked about"]
    assert better[2] == "More"
    assert worse[2] == "Less"
    assert worse[1] - worse[0] > 0.3
    assert (
        "“Supervision makes room to think”"
        in content["lines"]["alert"] + content["answers"]["know"]
    )
    # It moves by more than a twentieth, and the rule says that it is no clear change.
    assert abs(seeming[0] - seeming[1]) > 0.05
    assert seeming[2] == "No clear change"

    loops = [row["marks"] for row in content["year"]["data"]["asked"]]
    assert ["asked", "went back"] in [[marks[0]["words"], marks[-1]["words"]] for marks in loops]
    assert any(SAW in row["became"] for row in rows_since())
    assert content["year"]["data"]["limits"]
    assert len(content["year"]["data"]["points"]) == 12
    assert "Version 2" in str(content["year"]["data"]["joins"])


def test_the_year_counts_every_chance_of_the_criteria_that_run_through_it():
    year = newest()["year"]
    month, upper, chances, _, _ = year["table"]["rows"][-1]
    given = Rating.objects.filter(is_counted=True, month=date(2027, 5, 1)).exclude(
        outcome=Rating.Outcome.NOT_SEEN
    )
    given = given.exclude(criterion__code="4.3")  # newer than the first point

    assert month == "May 2027"
    assert int(chances) == given.count()
    assert int(upper) == given.filter(level__code__in=["evident", "strong"]).count()
    assert year["counted"].endswith("; 1 newer left out")


def rows_since():
    for briefing in Briefing.objects.issued().filter(unit__code="harrowmere"):
        [section] = [each for each in briefing.content["sections"] if each["key"] == "since"]
        yield from section["rows"]


def test_the_office_in_new_zealand_can_stand_beside_england():
    seen = Observation.objects.counted().filter(unit__jurisdiction="aotearoa")
    last = seen.filter(month__gte="2026-12-01", month__lte="2027-05-01")

    assert seen.count() >= 40
    assert last.count() >= 15
    assert seen.exclude(practitioner=None).values("practitioner").distinct().count() in range(5, 9)
    assert last.exclude(practitioner=None).values("practitioner").distinct().count() >= 5
