"""A draft is checked and published in the browser, comes into force on its day, and is retired."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Change, Framework, FrameworkVersion
from frameworks.versions import actions
from practicelens.audit.models import Entry
from tests.factories import (
    FrameworkFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RoleFactory,
    UnitFactory,
    settle_lineage,
)

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


def at(name, version, *args):
    return reverse(f"frameworks:{name}", args=[version.framework.code, *args])


def day_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def asked(day=None, note="Two things are new.", **more):
    return {"change_note": note} | day_of("effective_on", day or timezone.localdate()) | more


@pytest.fixture
def live(framework_version):
    return framework_version


@pytest.fixture
def next_version(live):
    """Version 2, a whole draft."""
    version = FrameworkVersionFactory(framework=live.framework, draft=True, change_note="")
    settle_lineage(version)
    return version


def words_of(response):
    return response.content.decode()


# Publishing


def test_published_twice_it_is_published_once(framework_admin_client, next_version):
    first, second = (
        framework_admin_client.post(at("publish", next_version), asked()) for _ in range(2)
    )

    assert first.url == second.url == next_version.get_absolute_url()
    assert Entry.objects.filter(action="published").count() == 1


@pytest.mark.any_day
def test_an_admin_publishes_a_draft_that_is_in_use_from_today(
    framework_admin_client, framework_admin, next_version, live
):
    response = framework_admin_client.post(at("publish", next_version), asked(), follow=True)

    next_version.refresh_from_db()
    assert next_version.published_by == framework_admin
    assert next_version.change_note == "Two things are new."
    assert next_version.state == "In use"
    assert "is published. It is in use from" in words_of(response)
    live.refresh_from_db()
    assert live.retired_on == timezone.localdate()


@pytest.mark.any_day
def test_a_version_with_a_later_day_waits_and_its_page_says_from_when(
    framework_admin_client, next_version, live, team
):
    day = timezone.localdate() + timedelta(days=40)

    framework_admin_client.post(at("publish", next_version), asked(day))

    page = words_of(framework_admin_client.get(at("version", next_version, 2)))
    assert f"Published, not yet in use, from {day.day} {day:%B %Y}" in page
    assert FrameworkVersion.objects.live_for(team) == live
    assert FrameworkVersion.objects.live_for(team, day) == next_version


def test_the_history_says_who_published_what_when(
    framework_admin_client, framework_admin, next_version
):
    framework_admin_client.post(at("publish", next_version), asked())

    change = Change.objects.filter(part_of_pk=next_version.pk).order_by("pk").last()
    assert change.by == framework_admin
    assert change.before["state"] == "Draft"
    assert change.after["state"] == "In use"
    page = words_of(framework_admin_client.get(at("history", next_version)))
    assert "Two things are new." in page


@pytest.mark.any_day
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"change_note": " "}, "Write the change note"),
        ({"effective_on_0": ""}, "Give the day as well"),
        ({"effective_on_0": "31", "effective_on_1": "2"}, "days. Type a day from 1 to"),
        (day_of("effective_on", date(2025, 1, 1)), "Choose today or a later day"),
        (
            {"effective_on_0": "", "effective_on_1": "", "effective_on_2": ""},
            "Give the day from which it is used",
        ),
    ],
)
def test_what_publication_lacks_is_said_of_its_field(
    framework_admin_client, next_version, change, words
):
    response = framework_admin_client.post(
        at("publish", next_version), asked(note="Kept as typed.") | change
    )

    assert response.status_code == 422
    assert words in words_of(response)
    if "change_note" not in change:
        assert "Kept as typed." in words_of(response)
    next_version.refresh_from_db()
    assert next_version.published_at is None


def test_what_stops_publication_is_listed_and_nothing_can_be_sent(
    framework_admin_client, next_version
):
    next_version.criteria.get(code="1.2").level_descriptions.first().delete()

    page = words_of(framework_admin_client.get(at("publish", next_version)))

    assert "1.2 has 1 level with no description" in page
    assert "Publish version 2" not in page


def test_what_came_to_stop_it_meanwhile_is_listed_and_the_note_is_kept(
    framework_admin_client, next_version
):
    next_version.causes.clear()

    response = framework_admin_client.post(at("publish", next_version), asked(note="Kept."))

    assert response.status_code == 422
    assert "Choose at least one cause" in words_of(response)
    assert "Kept." in words_of(response)


def test_advice_is_shown_and_stops_nothing(framework_admin_client, organisation):
    first = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    first.criteria.filter(code="1.1").update(name="Worries and/or strengths are named")

    page = words_of(framework_admin_client.get(at("publish", first)))
    assert "1.1 may ask two things" in page
    framework_admin_client.post(at("publish", first), asked())

    first.refresh_from_db()
    assert first.published_at


def test_a_day_on_which_a_later_version_holds_is_refused_by_name(
    framework_admin_client, next_version, live
):
    later = timezone.localdate() + timedelta(days=30)
    framework_admin_client.post(at("publish", next_version), asked(later))
    third = FrameworkVersionFactory(framework=live.framework, draft=True)
    settle_lineage(third)

    response = framework_admin_client.post(at("publish", third), asked())

    assert "Version 2 applies from" in words_of(response)


def test_the_last_day_there_is_stops_no_page(framework_admin_client, next_version, live):
    sure = {"effective_on_sure": date.max.isoformat()}
    framework_admin_client.post(at("publish", next_version), asked(date.max) | sure)
    third = FrameworkVersionFactory(framework=live.framework, draft=True)
    settle_lineage(third)

    response = framework_admin_client.post(at("publish", third), asked(date.max) | sure)

    assert "Version 2 applies from 31 December 9999" in words_of(response)


def test_a_change_note_typed_before_signing_in_again_is_kept(
    client, ended_session, framework_admin, next_version
):
    ended_session(framework_admin)
    client.post(at("publish", next_version), asked(note="Typed before."))
    client.force_login(framework_admin)

    assert "Typed before." in words_of(client.get(at("publish", next_version)))


def test_the_draft_page_leads_to_publishing(framework_admin_client, next_version):
    page = words_of(framework_admin_client.get(at("draft", next_version)))

    assert at("publish", next_version) in page


@pytest.mark.parametrize("name", ["publish", "trial", "erase_trial"])
def test_only_its_admins_try_and_publish_a_draft(psw_client, stranger_client, next_version, name):
    assert psw_client.get(at(name, next_version)).status_code == 403
    assert psw_client.post(at(name, next_version), asked()).status_code == 403
    assert stranger_client.post(at(name, next_version), asked()).status_code == 404


def test_two_versions_of_a_framework_are_never_in_force_on_one_day(live, framework_admin):
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        FrameworkVersionFactory(framework=live.framework, effective_on=date(2025, 1, 1))


# A note begun before


def test_a_note_begun_on_the_old_version_finishes_on_it_and_says_so(
    framework_admin_client, psw_client, draft, next_version, live
):
    framework_admin_client.post(at("publish", next_version), asked())

    section = reverse("observations:section", args=[draft.key, "ratings-1"])
    page = words_of(psw_client.get(section))
    assert f"On {live}" in page
    saved = psw_client.post(section, {"base_revision": 0}, follow=True)

    assert saved.status_code == 200
    draft.refresh_from_db()
    assert draft.framework_version == live
    for name, args in [("where", ["where"]), ("my-part", ["my-part"])]:
        address = reverse("observations:section", args=[draft.key, *args])
        assert f"On {live}" in words_of(psw_client.get(address)), name


# The day where the organisation is

# Noon in London on 30 November is past midnight, 1 December, in Auckland.
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
FIRST = date(2026, 12, 1)


@pytest.fixture
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def organisation_in(jurisdiction):
    top = UnitFactory(organisation=True, jurisdiction=jurisdiction)
    return top, UnitFactory(parent=UnitFactory(service=True, parent=top))


def two_versions(top):
    old = FrameworkVersionFactory(framework__unit=top, retired_on=FIRST)
    new = FrameworkVersionFactory(framework=old.framework, effective_on=FIRST)
    return old, new


def test_a_version_comes_into_force_at_midnight_in_aotearoa(noon):
    top, team = organisation_in("aotearoa")
    old, new = two_versions(top)

    assert team.today() == FIRST
    assert FrameworkVersion.objects.live_for(team) == new
    assert (old.state, new.state) == ("Retired", "In use")
    assert list(FrameworkVersion.objects.live()) == [new]
    assert list(FrameworkVersion.objects.not_retired()) == [new]


def test_and_half_a_day_later_in_england(noon):
    top, team = organisation_in("england")
    old, new = two_versions(top)

    assert team.today() == date(2026, 11, 30)
    assert FrameworkVersion.objects.live_for(team) == old
    assert (old.state, new.state) == ("In use", "Published, not yet in use")
    assert list(FrameworkVersion.objects.live()) == [old]


def test_today_is_the_first_day_that_may_be_chosen_there(noon, client):
    top, _ = organisation_in("aotearoa")
    draft = FrameworkVersionFactory(framework__unit=top, draft=True)
    client.force_login(RoleFactory(kind="framework_admin", unit=top).user)

    late = client.post(at("publish", draft), asked(date(2026, 11, 30)))
    assert "Choose today or a later day" in words_of(late)
    client.post(at("publish", draft), asked(FIRST))

    draft.refresh_from_db()
    assert draft.state == "In use"


# Coming into force


@pytest.mark.any_day
def test_what_came_into_force_is_written_down_once(live, framework_admin, next_version):
    actions.publish(
        version=next_version, by=framework_admin, change_note="New.", effective_on=date(2026, 1, 1)
    )
    FrameworkVersion.objects.filter(pk=live.pk).update(announced_at=timezone.now())

    assert actions.announce_due() == 1
    assert actions.announce_due() == 0

    next_version.refresh_from_db()
    assert next_version.announced_at
    last = Change.objects.filter(part_of_pk=next_version.pk).order_by("pk").last()
    assert last.after == {"state": "In use"}
    assert Entry.objects.filter(action=Entry.Action.CHANGED).count() == 1


@pytest.mark.any_day
def test_what_is_not_yet_in_force_is_not_written_down(next_version, framework_admin):
    later = timezone.localdate() + TOMORROW
    actions.publish(
        version=next_version, by=framework_admin, change_note="New.", effective_on=later
    )

    actions.announce_due()

    next_version.refresh_from_db()
    assert next_version.announced_at is None


@pytest.mark.any_day
def test_a_practice_leader_is_told_till_they_have_seen_it(
    psw_client, psw, next_version, framework_admin
):
    today = timezone.localdate()
    actions.publish(
        version=next_version, by=framework_admin, change_note="New.", effective_on=today
    )
    words = f"{next_version} is in use since {today.day} {today:%B}"

    assert words in words_of(psw_client.get(reverse("home")))
    assert words in words_of(psw_client.get(reverse("home")))
    psw_client.post(at("told", next_version, 2))

    assert words not in words_of(psw_client.get(reverse("home")))


def test_nobody_is_told_of_what_is_old_or_not_theirs(
    psw, stranger, live, next_version, framework_admin
):
    today = timezone.localdate()
    assert not FrameworkVersion.objects.news_for(psw).exists()
    actions.publish(
        version=next_version, by=framework_admin, change_note="New.", effective_on=today
    )

    assert FrameworkVersion.objects.news_for(psw).get() == next_version
    assert not FrameworkVersion.objects.news_for(stranger).exists()


def test_a_stranger_marks_nothing_as_seen(stranger_client, live):
    assert stranger_client.post(at("told", live, 1)).status_code == 404


# Retiring


def retired(day, **more):
    return day_of("retired_on", day) | more


def test_before_retiring_the_page_names_the_teams_left_without(
    framework_admin_client, live, team, sibling_team
):
    day = timezone.localdate() + TOMORROW

    page = words_of(framework_admin_client.post(at("retire", live, 1), retired(day)))

    assert "No framework is in use for these teams" in page
    assert "<li>Field</li>" in page
    assert "<li>River</li>" in page
    assert "What takes its place: none yet" in page
    live.refresh_from_db()
    assert live.retired_on is None


def test_a_version_is_retired_with_what_takes_its_place(
    framework_admin_client, live, team, service
):
    # As it could be before a unit had one framework: for the service, beside that of all.
    other = FrameworkVersionFactory(framework__name="Another way").framework
    Framework.objects.filter(pk=other.pk).update(unit=service)
    day = timezone.localdate() + TOMORROW
    given = retired(day, followed_by=other.pk)

    page = words_of(framework_admin_client.post(at("retire", live, 1), given))
    assert "Another framework is in use for every team" in page
    response = framework_admin_client.post(
        at("retire", live, 1), given | {"confirmed": "yes"}, follow=True
    )

    live.refresh_from_db()
    assert (live.retired_on, live.followed_by) == (day, other)
    assert "Its place is taken by" in words_of(response)
    assert FrameworkVersion.objects.live_for(team, day).framework == other


@pytest.mark.any_day
@pytest.mark.parametrize(
    "ago", [timedelta(days=1), timedelta(days=2000)], ids=["yesterday", "long ago"]
)
def test_a_version_is_not_retired_in_the_past(framework_admin_client, live, ago):
    day = timezone.localdate() - ago

    response = framework_admin_client.post(at("retire", live, 1), retired(day, confirmed="yes"))

    assert response.status_code == 422
    assert "Choose today or a later day" in words_of(response)


@pytest.mark.any_day
def test_a_version_is_not_retired_on_the_day_it_comes_into_use(
    framework_admin_client, next_version, framework_admin
):
    day = timezone.localdate() + TOMORROW
    actions.publish(version=next_version, by=framework_admin, change_note="x", effective_on=day)

    response = framework_admin_client.post(at("retire", next_version, 2), retired(day))

    assert "Choose a day after the one on which it came into use" in words_of(response)


def test_a_framework_of_others_can_not_take_its_place(framework_admin_client, live):
    far = FrameworkFactory()
    given = retired(timezone.localdate() + TOMORROW, followed_by=far.pk, confirmed="yes")

    assert framework_admin_client.post(at("retire", live, 1), given).status_code == 422


def test_a_retired_version_is_retired_once(framework_admin_client, live, framework_admin):
    actions.retire(version=live, by=framework_admin, on=date(2026, 1, 1))

    page = framework_admin_client.post(
        at("retire", live, 1), retired(timezone.localdate(), confirmed="yes"), follow=True
    )

    assert "is in use until 1 January 2026 as it is" in words_of(page)
    live.refresh_from_db()
    assert live.retired_on == date(2026, 1, 1)


def test_a_draft_has_nothing_to_retire(framework_admin_client, next_version):
    assert framework_admin_client.get(at("retire", next_version, 2)).status_code == 404


def test_only_admins_retire(psw_client, stranger_client, live):
    assert psw_client.get(at("retire", live, 1)).status_code == 403
    assert stranger_client.get(at("retire", live, 1)).status_code == 404


def test_notes_begun_on_a_retired_version_can_still_be_opened(
    framework_admin_client, psw_client, draft, live
):
    day = timezone.localdate()
    framework_admin_client.post(at("retire", live, 1), retired(day, confirmed="yes"))

    assert psw_client.get(draft.get_absolute_url()).status_code == 200
    assert ObservationFactory(unit=draft.unit).framework_version != live
