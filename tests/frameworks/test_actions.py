from datetime import date

import pytest

from frameworks.versions import actions
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from tests.factories import DomainFactory, FrameworkVersionFactory, settle_lineage

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)


@pytest.fixture
def draft(framework_version):
    """Version 2 of a framework whose version 1 is in use."""
    draft = FrameworkVersionFactory(framework=framework_version.framework, draft=True)
    settle_lineage(draft)
    return draft


def publish(draft, by, **changed):
    fields = {"change_note": "Two things are new.", "effective_on": DAY} | changed
    return actions.publish(version=draft, by=by, **fields)


def test_publish_says_who_when_and_why(draft, framework_admin):
    publish(draft, framework_admin)

    draft.refresh_from_db()
    assert draft.published_at
    assert draft.published_by == framework_admin
    assert (draft.change_note, draft.effective_on) == ("Two things are new.", DAY)


def test_publish_retires_the_version_before_from_that_day(draft, framework_admin):
    publish(draft, framework_admin)

    versions = draft.framework.versions
    assert versions.get(number=1).retired_on == DAY
    assert versions.live(date(2026, 8, 31)).get().number == 1
    assert versions.live(DAY).get().number == 2


def test_publish_leaves_other_frameworks_alone(draft, framework_admin):
    other = FrameworkVersionFactory()

    publish(draft, framework_admin)

    other.refresh_from_db()
    assert other.retired_on is None


def test_publish_is_in_the_audit_log(draft, framework_admin):
    publish(draft, framework_admin)

    entry = Entry.objects.get()
    assert (entry.by, entry.action, entry.object_pk) == (
        framework_admin,
        Entry.Action.PUBLISHED,
        str(draft.pk),
    )
    assert entry.unit == draft.framework.unit


def without_criteria(draft):
    draft.criteria.filter(code="2.1").delete()


def without_a_level(draft):
    draft.criteria.get(code="1.2").level_descriptions.first().delete()


def without_causes(draft):
    draft.causes.clear()


def without_domains(draft):
    draft.domains.all().delete()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (without_criteria, "2 Domain 2 has no criterion"),
        (without_a_level, "1.2 has 1 level with no description"),
        (without_causes, "Choose at least one cause"),
        (without_domains, "Add a domain"),
    ],
)
def test_publish_says_what_stops_it(draft, framework_admin, spoil, words):
    spoil(draft)

    with pytest.raises(actions.NotReady) as stopped:
        publish(draft, framework_admin)

    assert stopped.value.left[0].words == words
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publish_needs_a_change_note(draft, framework_admin):
    with pytest.raises(actions.NotReady, match="Write the change note"):
        publish(draft, framework_admin, change_note="  ")


def test_publish_lists_all_that_stops_it(draft, framework_admin):
    without_causes(draft)
    DomainFactory(version=draft)

    with pytest.raises(actions.NotReady) as stopped:
        publish(draft, framework_admin, change_note="")

    assert len(stopped.value.left) == 3


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 1, 1)])
def test_publish_can_not_start_before_the_version_it_follows(draft, framework_admin, day):
    with pytest.raises(actions.NotReady, match="Version 1 applies from 1 January 2024"):
        publish(draft, framework_admin, effective_on=day)


def test_publish_happens_once(framework_version, framework_admin):
    with pytest.raises(NotNow):
        publish(framework_version, framework_admin)


def test_retire_takes_a_version_out_of_force_from_a_day_on(framework_version, framework_admin):
    actions.retire(version=framework_version, by=framework_admin, on=DAY)

    versions = framework_version.framework.versions
    assert versions.live(date(2026, 8, 31)).exists()
    assert not versions.live(DAY).exists()
    assert Entry.objects.get().action == Entry.Action.CHANGED


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2020, 1, 1)])
def test_retire_can_not_come_before_the_start(framework_version, framework_admin, day):
    with pytest.raises(NotNow):
        actions.retire(version=framework_version, by=framework_admin, on=day)


def test_a_draft_can_not_be_retired(draft, framework_admin):
    with pytest.raises(NotNow):
        actions.retire(version=draft, by=framework_admin, on=DAY)


def test_retire_happens_once(framework_version, framework_admin):
    actions.retire(version=framework_version, by=framework_admin, on=DAY)

    with pytest.raises(NotNow):
        actions.retire(version=framework_version, by=framework_admin, on=date(2027, 1, 1))
