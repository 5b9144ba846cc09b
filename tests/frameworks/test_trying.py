"""A draft is tried by some, in some units. What they note counts nowhere and is erased."""

import re
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Change, Trial
from frameworks.versions import actions, drafting, trials
from observations.models import DirtyCell, Observation, OtherCopy, Passage, Rating, SectionSave
from observations.notes import actions as noting
from practicelens.refusals import NotNow
from reports.cells import rollup
from reports.jobs import sweeping
from reports.models import CriterionCell, ThemeCell
from tests.factories import (
    FrameworkVersionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RedactionFactory,
    RoleFactory,
    ScaleFactory,
    TrialFactory,
    VoiceFactory,
    settle_lineage,
)
from tests.frameworks.test_publishing import asked, at, day_of, words_of

pytestmark = pytest.mark.django_db

TAG = "Trial, counts nowhere"


@pytest.fixture
def next_version(framework_version):
    version = FrameworkVersionFactory(framework=framework_version.framework, draft=True)
    settle_lineage(version)
    return version


@pytest.fixture
def trial(next_version, psw, team):
    return TrialFactory(version=next_version, observers=[psw], units=[team])


@pytest.fixture
def note(trial, team, psw, practitioner):
    """A trial note with everything but the finish."""
    made = ObservationFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        trial=True,
        framework_version=trial.version,
        reflection_effect="I was quiet.",
    )
    made.refresh_from_db()
    PassageFactory(observation=made)
    RatingFactory(observation=made)
    return made


@pytest.fixture
def finished(note):
    return noting.finish_trial(observation=note, by=note.observer)


def begun(unit, **more):
    today = timezone.localdate()
    return {
        "key": str(uuid.uuid4()),
        "unit": unit.pk,
        "kind_of_work": "core_group",
        "observed_on_0": today.day,
        "observed_on_1": today.month,
        "observed_on_2": today.year,
    } | more


# Who tries it, and where


def test_an_admin_chooses_who_tries_a_draft_and_where(
    framework_admin_client, framework_admin, next_version, psw, team
):
    given = {"observers": [psw.pk], "units": [team.pk]}

    page = framework_admin_client.post(at("trial", next_version), given, follow=True)

    trial = Trial.objects.get()
    assert trial.started_by == framework_admin
    assert list(trial.observers.all()) == [psw]
    assert list(trial.units.all()) == [team]
    assert "Running since" in words_of(page)
    change = Change.objects.filter(part_of_pk=next_version.pk).order_by("pk").last()
    assert change.after == {"trial": "Running", "tried_by": [psw.name], "tried_in": ["River"]}


def test_an_admin_changes_it_and_ends_it_and_starts_it_again(
    framework_admin_client, trial, psw, sibling_team
):
    given = {"observers": [psw.pk], "units": [sibling_team.pk]}
    framework_admin_client.post(at("trial", trial.version), given)
    assert list(trial.units.all()) == [sibling_team]

    framework_admin_client.post(at("end_trial", trial.version))
    trial.refresh_from_db()
    assert not trial.is_running
    assert "Start it again" in words_of(framework_admin_client.get(at("trial", trial.version)))

    framework_admin_client.post(at("trial", trial.version), given)
    trial.refresh_from_db()
    assert trial.is_running


def test_a_trial_that_does_not_run_is_not_ended(framework_admin_client, next_version):
    page = framework_admin_client.post(at("end_trial", next_version), follow=True)

    assert "No trial is running" in words_of(page)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("observers", "Choose at least one person who tries it"),
        ("units", "Choose at least one unit"),
    ],
)
def test_a_trial_needs_people_and_places(
    framework_admin_client, next_version, psw, team, missing, words
):
    given = {"observers": [psw.pk], "units": [team.pk]}
    del given[missing]

    response = framework_admin_client.post(at("trial", next_version), given)

    assert response.status_code == 422
    assert words in words_of(response)
    assert not Trial.objects.exists()


def test_only_practice_leaders_under_the_framework_can_be_chosen(
    framework_admin_client, next_version, psw, practitioner, stranger, team
):
    assert list(trials.may_try(next_version.framework)) == [psw]
    for other in (practitioner, stranger):
        given = {"observers": [other.pk], "units": [team.pk]}
        response = framework_admin_client.post(at("trial", next_version), given)
        assert response.status_code == 422


def test_only_units_under_the_framework_can_be_chosen(
    framework_admin_client, next_version, psw, other_team
):
    given = {"observers": [psw.pk], "units": [other_team.pk]}

    assert framework_admin_client.post(at("trial", next_version), given).status_code == 422


def test_an_observer_who_reaches_none_of_the_units_is_named(
    framework_admin_client, next_version, team, sibling_team
):
    of_sibling = RoleFactory(user__name="Sol Ito", kind="psw", unit=sibling_team).user
    given = {"observers": [of_sibling.pk], "units": [team.pk]}

    page = words_of(framework_admin_client.post(at("trial", next_version), given))

    assert "Sol Ito is practice leader of no team there" in page


# Starting a note


def test_who_tries_is_offered_the_draft_beside_the_version_in_use(psw_client, trial, team):
    page = words_of(psw_client.get(reverse("observations:start")))
    assert "Try version 2 of" in page
    assert "The version in use" in page
    assert re.search(
        r'name="trial"[^>]*value=""[^>]*checked|checked[^>]*name="trial"[^>]*value=""', page
    )

    psw_client.post(reverse("observations:start"), begun(team, trial=trial.pk))

    note = Observation.objects.get()
    assert note.is_trial
    assert note.framework_version == trial.version


def test_the_version_in_use_is_taken_unless_the_draft_is_chosen(
    psw_client, trial, team, framework_version
):
    psw_client.post(reverse("observations:start"), begun(team, trial=""))

    note = Observation.objects.get()
    assert (note.is_trial, note.framework_version) == (False, framework_version)


def test_a_name_with_signs_in_it_is_shown_as_typed(psw_client, trial):
    trial.version.framework.name = "Us <b>&</b> them"
    trial.version.framework.save()

    page = words_of(psw_client.get(reverse("observations:start")))

    assert "Us &lt;b&gt;&amp;&lt;/b&gt; them" in page


def test_others_are_not_offered_it(client, trial, team):
    client.force_login(RoleFactory(kind="psw", unit=team).user)

    assert "Try version" not in words_of(client.get(reverse("observations:start")))
    response = client.post(reverse("observations:start"), begun(team, trial=trial.pk))
    assert "This trial has ended" in words_of(response)
    assert not Observation.objects.exists()


def test_it_is_tried_only_where_it_is_to_be(psw_client, trial, sibling_team):
    response = psw_client.post(reverse("observations:start"), begun(sibling_team, trial=trial.pk))

    assert "Version 2 is not tried in Field" in words_of(response)
    assert not Observation.objects.exists()


def test_a_unit_stands_for_all_under_it(psw_client, trial, service, sibling_team):
    trial.units.set([service])

    psw_client.post(reverse("observations:start"), begun(sibling_team, trial=trial.pk))

    assert Observation.objects.get().is_trial


def test_a_trial_that_ended_meanwhile_is_said_at_its_field(psw_client, trial, team):
    trials.end(version=trial.version, by=trial.started_by)

    response = psw_client.post(reverse("observations:start"), begun(team, trial=trial.pk))

    assert "This trial has ended. Choose the version in use" in words_of(response)
    assert not Observation.objects.exists()


def test_a_trial_that_ended_is_refused_by_the_action_too(trial, team, psw):
    trials.end(version=trial.version, by=trial.started_by)

    with pytest.raises(noting.TrialOver):
        noting.start(by=psw, key=uuid.uuid4(), unit=team, kind_of_work="core_group", trial=trial)


def test_a_first_draft_can_be_tried_where_no_framework_is_in_use(psw, psw_client, team):
    draft = FrameworkVersionFactory(framework__unit=team.parent.parent, draft=True)
    trial = TrialFactory(version=draft, observers=[psw], units=[team])

    psw_client.post(reverse("observations:start"), begun(team, trial=trial.pk))

    assert Observation.objects.get().framework_version == draft


# Finishing it


def test_a_trial_note_is_finished_and_never_submitted(psw_client, note):
    page = words_of(psw_client.get(note.get_absolute_url()))
    assert "Check and finish" in page
    assert "Check and submit" not in page

    response = psw_client.post(reverse("observations:check", args=[note.key]), follow=True)

    assert "Finished. It counts nowhere" in words_of(response)
    note.refresh_from_db()
    assert note.tried_at
    assert note.submitted_at is None
    assert not note.is_counted
    assert not note.is_draft


def test_what_is_left_is_said_before_it_is_finished(psw_client, note):
    note.passages.all().delete()

    response = psw_client.post(reverse("observations:check", args=[note.key]))

    assert response.status_code == 422
    assert "Not finished yet" in words_of(response)
    assert "Write down one thing seen or heard" in words_of(response)


def test_a_finished_trial_note_is_not_changed(psw_client, finished):
    address = reverse("observations:section", args=[finished.key, "where"])

    assert psw_client.post(address, {"minutes": 5}).status_code == 403


def test_a_trial_note_is_not_submitted_and_another_is_not_finished_as_one(note, draft, psw):
    with pytest.raises(NotNow):
        noting.submit(observation=note, by=psw)
    with pytest.raises(NotNow):
        noting.finish_trial(observation=draft, by=draft.observer)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (
            {"is_trial": True, "submitted_at": timezone.now(), "practitioner": None},
            "trial_never_submitted",
        ),
        ({"is_trial": False, "tried_at": timezone.now()}, "tried_only_in_a_trial"),
    ],
)
def test_the_database_holds_that_line(draft, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Observation.objects.filter(pk=draft.pk).update(**fields)


@pytest.mark.parametrize("section", ["where", "my-part", "ratings-1"])
def test_every_section_is_marked_as_of_a_trial(psw_client, note, section):
    address = reverse("observations:section", args=[note.key, section])

    page = words_of(psw_client.get(address))

    assert TAG in page
    assert f"On {note.framework_version}" in page


@pytest.mark.parametrize("name", ["observation", "ratings", "check", "withdraw"])
def test_every_page_of_it_is_marked(psw_client, note, name):
    assert TAG in words_of(psw_client.get(reverse(f"observations:{name}", args=[note.key])))


def moved_to(client, note, unit):
    address = reverse("observations:section", args=[note.key, "where"])
    sent = {"unit": unit.pk, "kind_of_work": note.kind_of_work, "minutes": "50"}
    return client.post(address, sent | day_of("observed_on", note.observed_on))


def test_a_trial_note_stays_where_the_draft_is_tried(
    psw_client, framework_admin_client, note, trial, team, sibling_team
):
    refused = moved_to(psw_client, note, sibling_team)

    assert refused.status_code == 422
    assert (
        "Version 2 is tried only in River. Choose a team there, or start another note for Field"
        in (words_of(refused))
    )
    note.refresh_from_db()
    # What else was typed is kept.
    assert (note.unit, note.minutes) == (team, 50)
    page = words_of(framework_admin_client.get(at("publish", trial.version)))
    assert "1 trial observation will be erased" in page


def test_a_trial_note_moves_inside_the_trial_and_stays_where_it_was_begun(
    psw_client, framework_admin_client, note, trial, team, service, sibling_team
):
    trial.units.set([service])
    assert moved_to(psw_client, note, sibling_team).status_code == 302
    trial.units.set([team])  # the trial went elsewhere: the note need not
    assert moved_to(psw_client, note, sibling_team).status_code == 302

    note.refresh_from_db()
    assert note.unit == sibling_team
    page = words_of(framework_admin_client.get(at("publish", trial.version)))
    assert "1 trial observation will be erased" in page


def test_a_note_that_counts_moves_freely(psw_client, draft, sibling_team):
    assert moved_to(psw_client, draft, sibling_team).status_code == 302
    draft.refresh_from_db()
    assert draft.unit == sibling_team


def test_entries_home_and_lists_mark_it(psw_client, note):
    entries = reverse("observations:entries", args=[note.key, "passages"])

    for address in (entries, reverse("home"), reverse("observations:list")):
        assert TAG in words_of(psw_client.get(address))


def test_a_finished_one_is_marked_and_is_no_draft_any_more(psw_client, psw, finished):
    listed = reverse("observations:list")

    assert TAG in words_of(psw_client.get(finished.get_absolute_url()))
    assert TAG in words_of(psw_client.get(f"{listed}?state=tried"))
    assert TAG not in words_of(psw_client.get(f"{listed}?state=draft"))
    assert TAG not in words_of(psw_client.get(reverse("home")))
    assert not Observation.objects.drafts_of(psw).exists()


# It counts nowhere


def test_nobody_but_its_observer_sees_it(
    client, finished, framework_admin_client, practitioner_client, leader_client, organisation
):
    client.force_login(RoleFactory(kind="psw", unit=organisation).user)

    for other in (client, framework_admin_client, practitioner_client, leader_client):
        assert other.get(finished.get_absolute_url()).status_code == 404


def test_no_sweep_codes_or_counts_it(finished, theme):
    theme.keywords = ["asked first"]
    theme.save()

    sweeping.sweep()
    rollup.recount_all()

    finished.refresh_from_db()
    assert finished.coded_at is None
    assert not finished.mentions.exists()
    assert not DirtyCell.objects.exists()
    assert not CriterionCell.objects.exists()
    assert not ThemeCell.objects.exists()


def test_it_is_in_no_list_of_what_counts(finished, practitioner):
    assert not Observation.objects.counted().exists()
    assert not Observation.objects.waiting_for_reply().exists()
    assert not Observation.objects.shared_with(practitioner).exists()
    assert not Passage.objects.quotable().exists()


@pytest.mark.parametrize("name", ["share", "reply", "conversation"])
def test_it_is_not_shared_answered_or_talked_about(psw_client, practitioner_client, finished, name):
    address = reverse(f"observations:{name}", args=[finished.key])

    assert psw_client.post(address).status_code == 403
    assert practitioner_client.post(address).status_code == 404


def test_it_can_be_withdrawn(psw_client, finished):
    psw_client.post(reverse("observations:withdraw", args=[finished.key]))

    finished.refresh_from_db()
    assert finished.is_withdrawn
    assert trials.visits(finished.framework_version) == 0


def test_the_admin_meets_how_many_visits_it_was_tried_on(framework_admin_client, finished):
    page = words_of(framework_admin_client.get(at("draft", finished.framework_version)))

    assert "Tried out on 1 visit" in page
    assert "Those observations don’t count" in page
    assert "asked first" not in page


# What it rates is kept as long as it is


def test_a_criterion_that_trial_notes_rate_is_not_deleted(framework_admin_client, note):
    criterion = note.ratings.get().criterion
    address = at("delete_part", note.framework_version, "criteria", criterion.pk)

    page = framework_admin_client.post(address, follow=True)

    assert "is rated in trial observations" in words_of(page)
    assert note.framework_version.criteria.filter(pk=criterion.pk).exists()


def test_the_scale_stays_while_there_are_trial_notes(framework_admin_client, note):
    other = ScaleFactory(code="other", name="Other words")
    version = note.framework_version
    given = {
        "base": "0-0",
        "name": version.framework.name,
        "description": "x",
        "scale": other.pk,
        "causes": [each.pk for each in version.causes.all()],
    }

    response = framework_admin_client.post(at("draft_about", version), given)

    assert "Trial observations use the words of the scale as it is" in words_of(response)


def test_after_the_trial_its_notes_can_be_erased_and_the_criterion_deleted(
    framework_admin_client, framework_admin, note
):
    version, criterion = note.framework_version, note.ratings.get().criterion
    address = at("erase_trial", version)
    page = framework_admin_client.post(address, {"erase": "1"}, follow=True)
    assert "The trial is still running" in words_of(page)
    framework_admin_client.post(at("end_trial", version))
    assert "Erase 1 trial observation" in words_of(framework_admin_client.get(at("trial", version)))

    assert framework_admin_client.post(address, {}).status_code == 422
    framework_admin_client.post(address, {"erase": "1"})

    assert not Observation.objects.exists()
    drafting.delete(row=criterion, by=framework_admin)
    assert not version.criteria.filter(pk=criterion.pk).exists()


# Publication erases them


def whole_note(note):
    """With one of everything that can hang on a trial note."""
    passage = note.passages.get()
    note.ratings.get().passages.add(passage)
    VoiceFactory(observation=note)
    RedactionFactory(passage=passage)
    SectionSave.objects.create(observation=note, section="where", revision=1)
    OtherCopy.objects.create(observation=note, section="where", typed="minutes=5")


def test_publication_warns_and_erases_them_with_all_that_hangs_on_them(
    framework_admin_client, note, observation
):
    whole_note(note)
    version = note.framework_version
    page = words_of(framework_admin_client.get(at("publish", version)))
    assert "1 trial observation will be erased" in page

    refused = framework_admin_client.post(at("publish", version), asked())
    assert refused.status_code == 422
    assert "Tick that 1 trial observation can be erased" in words_of(refused)
    framework_admin_client.post(at("publish", version), asked(erase="1"))

    version.refresh_from_db()
    assert version.published_at
    assert list(Observation.objects.all()) == [observation]
    assert not Rating.objects.filter(criterion__version=version).exists()
    assert not OtherCopy.objects.exists()
    assert Trial.objects.get().ended_at
    erased = Change.objects.filter(part_of_pk=version.pk, before={"trial_notes": 1})
    assert erased.get().after == {"trial_notes": "Erased"}


def test_a_note_begun_meanwhile_has_to_be_agreed_to(framework_admin_client, note, psw, team):
    ObservationFactory(
        unit=team, observer=psw, trial=True, framework_version=note.framework_version
    )
    address = at("publish", note.framework_version)

    response = framework_admin_client.post(address, asked(erase="1"))

    assert response.status_code == 422
    assert "There are now 2 trial observations" in words_of(response)
    assert Observation.objects.count() == 2


def test_the_action_erases_no_more_than_was_agreed_to(note, framework_admin):
    version = note.framework_version

    with pytest.raises(actions.TrialNotes):
        actions.publish(
            version=version,
            by=framework_admin,
            change_note="New.",
            effective_on=timezone.localdate(),
        )

    version.refresh_from_db()
    assert version.published_at is None
    assert Observation.objects.count() == 1


def test_a_published_version_is_not_tried(framework_version, psw, team, framework_admin):
    with pytest.raises(NotNow):
        trials.save(version=framework_version, observers=[psw], units=[team], by=framework_admin)


def test_a_note_that_was_erased_is_gone_for_its_observer_too(
    psw_client, framework_admin_client, finished
):
    framework_admin_client.post(at("publish", finished.framework_version), asked(erase="1"))

    assert psw_client.get(finished.get_absolute_url()).status_code == 404
