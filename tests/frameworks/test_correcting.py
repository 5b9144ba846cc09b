"""A version published by mistake, and used by nobody yet, is put right the same day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frameworks.models import Change, FrameworkVersion
from frameworks.outside import page as outside
from frameworks.versions import actions, correcting, drafting
from frameworks.versions.comparing import compare
from observations.models import Observation
from observations.notes import actions as noting
from practicelens.refusals import NotNow
from reports.cells.rollup import recount_all
from reports.periods import month_of, months_after, rolling
from reports.summaries import criterion_series
from tests.factories import (
    FrameworkVersionFactory,
    ObservationFactory,
    RatingFactory,
    settle_lineage,
)
from tests.frameworks.test_publishing import asked, at, words_of

pytestmark = pytest.mark.django_db

KEY = "6f0f7a52-5d0b-4c7e-9d0a-0d4f3c1c7a11"
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


def publish(version, by, day):
    settle_lineage(version)
    return actions.publish(version=version, by=by, change_note="Why.", effective_on=day)


@pytest.fixture
def mistaken(framework_version, framework_admin):
    """Version 2, in use from today: 1.1 is reworded, and 1.2 was left out by mistake."""
    draft = drafting.start(framework=framework_version.framework, by=framework_admin)
    draft.criteria.filter(code="1.1").update(name="Said again")
    draft.criteria.get(code="1.2").delete()
    return publish(draft, framework_admin, TODAY)


@pytest.fixture
def draft(mistaken, framework_admin):
    """Version 3, a copy of it with 1.2 back as it was."""
    made = drafting.start(framework=mistaken.framework, by=framework_admin)
    first = mistaken.framework.versions.get(number=1)
    domain = made.domains.get(code="1")
    drafting.copy_criterion(first.criteria.get(code="1.2"), domain=domain, version=made)
    return made


def states(version):
    found = version.framework.versions.order_by("number")
    return [(each.effective_on, each.retired_on, each.state) for each in found]


def correct(client, draft, **sent):
    return client.post(at("correct", draft), sent, follow=True)


def test_the_same_day_is_refused_with_the_first_day_there_is_and_a_way_out(
    framework_admin_client, draft
):
    settle_lineage(draft)

    page = words_of(framework_admin_client.post(at("publish", draft), asked(TODAY)))

    assert f"Version 2 applies from {TODAY.day} {TODAY:%B %Y}: choose {TOMORROW.day}" in page
    assert "Was version 2 a mistake?" in page


def test_a_correction_takes_the_place_of_what_nobody_used_from_the_same_day(
    framework_admin_client, framework_admin, framework_version, mistaken, draft, team
):
    page = words_of(correct(framework_admin_client, draft, takes_its_place="yes"))
    assert "This draft now puts version 2 right" in page
    draft.refresh_from_db()
    # What was copied comes from where the mistaken one took it; the one left out is found again.
    settle_lineage(draft)
    rows = draft.lineage.values_list(
        "earlier__version__number", "earlier__code", "later__code", "kind"
    )
    assert set(rows) == {
        (1, "1.1", "1.1", "reworded"),
        (1, "1.2", "1.2", "same"),
        (1, "2.1", "2.1", "same"),
    }

    framework_admin_client.post(at("publish", draft), asked(TODAY))

    assert states(draft) == [
        (framework_version.effective_on, TODAY, "Retired"),
        (TODAY, TODAY, "Put right, never in use"),
        (TODAY, None, "In use"),
    ]
    assert FrameworkVersion.objects.live_for(team).number == 3
    page = words_of(framework_admin_client.get(at("version", draft, 2)))
    assert "Nobody used it" in page
    mistaken.refresh_from_db()
    assert outside.standing(mistaken).startswith("Never in use")
    change = Change.objects.filter(part_of_pk=mistaken.pk).order_by("pk").last()
    assert change.after["put_right_by"] == str(draft)


def test_the_trend_runs_past_the_mistake_as_if_it_had_not_been(
    framework_version, framework_admin, mistaken, draft, team, service, psw, practitioner
):
    correcting.begin(draft=draft, by=framework_admin)
    draft.refresh_from_db()
    draft = publish(draft, framework_admin, TODAY)
    earlier = months_after(month_of(TODAY), -9)
    for version, day, times in [(framework_version, earlier, 2), (draft, TODAY, 3)]:
        for _ in range(times):
            note = ObservationFactory(
                unit=team,
                observer=psw,
                practitioner=practitioner,
                framework_version=version,
                observed_on=day,
                submitted=True,
            )
            RatingFactory.create_batch(3, observation=note)
    recount_all()

    for code, words in {"1.1": "same meaning, reworded", "1.2": "same words"}.items():
        series = criterion_series(service, draft.criteria.get(code=code), rolling(TODAY))
        assert (series.values[0], series.values[-1]) == (2, 3)
        assert series.joins == ((len(series.values) - 1, f"Version 3, {words}"),)
        assert series.notes == ()
    # The two can still be set side by side, by their words.
    assert "Same as 1.1" in {row.words for row in compare(mistaken, draft)}


def test_till_the_correction_starts_the_version_before_is_in_use(
    framework_version, framework_admin, draft, team
):
    correcting.begin(draft=draft, by=framework_admin)
    draft.refresh_from_db()
    publish(draft, framework_admin, TOMORROW)

    assert FrameworkVersion.objects.live_for(team) == framework_version
    assert FrameworkVersion.objects.live_for(team, TOMORROW) == draft


def test_a_version_with_a_note_is_not_put_right(
    framework_admin_client, framework_admin, mistaken, draft, team, psw
):
    correcting.begin(draft=draft, by=framework_admin)
    noting.start(by=psw, key=KEY, unit=team, kind_of_work="home_visit")
    assert Observation.objects.get().framework_version == mistaken

    page = words_of(framework_admin_client.get(at("publish", draft)))
    assert "Version 2 is in use by now: this can’t take its place any more" in page
    assert "Was version 2 a mistake?" not in page
    framework_admin_client.post(at("publish", draft), asked(TODAY))
    draft.refresh_from_db()
    assert draft.published_at is None

    correct(framework_admin_client, draft)
    draft.refresh_from_db()
    assert draft.corrects is None
    page = words_of(correct(framework_admin_client, draft, takes_its_place="yes"))
    assert "The version before is in use by now" in page
    publish(draft, framework_admin, TOMORROW)
    assert states(draft)[1:] == [
        (TODAY, TOMORROW, "In use"),
        (TOMORROW, None, "Published, not yet in use"),
    ]


def test_a_version_of_days_ago_is_not_put_right_though_nobody_used_it(
    framework_version, framework_admin
):
    draft = drafting.start(framework=framework_version.framework, by=framework_admin)

    assert correcting.to_put_right(draft) is None
    with pytest.raises(NotNow):
        correcting.begin(draft=draft, by=framework_admin)


def test_a_first_version_is_put_right_too(framework_admin, organisation):
    first = FrameworkVersionFactory(framework__unit=organisation, effective_on=TODAY)
    draft = drafting.start(framework=first.framework, by=framework_admin)
    correcting.begin(draft=draft, by=framework_admin)
    draft.refresh_from_db()
    actions.publish(version=draft, by=framework_admin, change_note="Why.", effective_on=TODAY)

    assert [state for _, _, state in states(draft)] == ["Put right, never in use", "In use"]


def test_a_note_begun_while_its_version_is_put_right_takes_what_is_used(
    mistaken, framework_version, team, psw
):
    note = ObservationFactory(unit=team, observer=psw, framework_version=framework_version)
    noting.stay_in_force(note)

    note.refresh_from_db()
    assert note.framework_version == mistaken
