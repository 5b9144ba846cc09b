"""Planning a visit: who may, what the two of them see, calling off, beginning, and calendars."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from observations.models import CalendarAddress, Observation, PlannedVisit
from observations.planning import actions, calendar
from observations.planning.forms import ClockField
from practicelens.audit.models import Entry
from practicelens.mail.models import Letter
from practicelens.people.models import Role
from practicelens.people.two_windows import Meanwhile, ReadAt
from practicelens.refusals import AlreadySo, NotNow
from reports.jobs import sweeping
from tests.factories import (
    CalendarAddressFactory,
    ConversationFactory,
    ObservationFactory,
    PlannedVisitFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db

PLAN = reverse("observations:plan_visit")


@pytest.fixture
def visit(team, psw, practitioner, framework_version):
    return PlannedVisitFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        visit_on=date(2027, 6, 23),
        visit_at="10:30",
        family_asked="agreed",
        observers_focus="How the plan is talked about.",
    )


@pytest.fixture
def typed(team, practitioner):
    return {
        "unit": team.pk,
        "practitioner": practitioner.pk,
        "kind_of_work": "home_visit",
        "visit_on": "23 June 2027",
        "visit_at": "2pm",
        "minutes": "an hour",
        "observers_focus": "How the plan is talked about.",
        "practitioners_focus": "",
        "family_asked": "",
        "family_how": "By their social worker, on the phone.",
        "message": "Meet at the office?",
    }


def page(name, visit):
    return reverse(f"observations:{name}", args=[visit.key])


def text(response):
    return " ".join(response.content.decode().split())


# Planning


def test_a_visit_is_planned_and_the_practitioner_told_without_a_word_of_it(
    psw, psw_client, practitioner, typed
):
    answer = psw_client.post(PLAN, typed, follow=True)

    made = PlannedVisit.objects.get()
    assert (made.observer, made.practitioner, str(made.visit_at)) == (psw, practitioner, "14:00:00")
    assert (made.minutes, made.is_about, made.is_planned) == (60, "family", True)
    assert "Priya Nair gets a mail that says so" in text(answer)
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        practitioner,
        "PracticeLens: a visit is planned with you",
    )
    assert not any(word in letter.text for word in ("Marian", "Priya", "plan is talked", "June"))
    assert Entry.objects.filter(by=psw, action="made", what="planned visit").count() == 1


def test_a_plan_sent_twice_is_one_visit(psw, team):
    given = {"by": psw, "key": "3f0b8d5e-0000-4000-8000-000000000001", "unit": team}
    given |= {"kind_of_work": "home_visit", "visit_on": date(2027, 6, 23)}

    assert actions.plan(**given) == actions.plan(**given)
    assert PlannedVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("unit", "", "Choose the team"),
        ("visit_on", "", "Type the day of the visit"),
        ("visit_on", "15 June 2027", "Choose today or a later day"),
        ("visit_at", "half past", "Type the time like 10:30 or 2pm"),
        ("minutes", "0", "type a length from 1 minute to 24 hours"),
        ("kind_of_work", "nothing", "Select a valid choice"),
        ("message", "x" * 501, "at most 500 characters"),
    ],
)
def test_what_is_typed_wrong_is_named_with_its_fix(psw_client, typed, name, sent, said):
    answer = psw_client.post(PLAN, typed | {name: sent})

    assert answer.status_code == 422
    assert said.lower() in text(answer).lower()
    assert not PlannedVisit.objects.exists()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10:30", "10:30"),
        ("10.30am", "10:30"),
        ("2 p.m.", "14:00"),
        ("2pm", "14:00"),
        ("0930", "09:30"),
        ("9", "09:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(written, read):
    assert f"{ClockField().clean(written):%H:%M}" == read


def test_a_visit_is_planned_with_somebody_of_its_team(psw_client, typed, sibling_team):
    answer = psw_client.post(PLAN, typed | {"unit": sibling_team.pk})

    assert answer.status_code == 422
    assert "Choose someone of Field, or the team that Priya Nair is in" in text(answer)
    assert not PlannedVisit.objects.exists()


def test_whoever_moved_to_another_team_since_stays_with_their_visit(
    psw_client, visit, typed, practitioner, sibling_team
):
    practitioner.roles.update(unit=sibling_team)

    psw_client.post(page("change_visit", visit), typed | {"base_revision": visit.revision})

    visit.refresh_from_db()
    assert (visit.practitioner, str(visit.visit_at)) == (practitioner, "14:00:00")


def test_only_whoever_observes_plans_visits(practitioner_client, stranger_client, typed):
    assert practitioner_client.get(PLAN).status_code == 403
    assert stranger_client.post(PLAN, typed).status_code == 422  # the team is none of theirs


@pytest.mark.parametrize(
    ("who", "status"),
    [("psw", 200), ("practitioner", 200), ("leader", 404), ("governance", 404), ("stranger", 404)],
)
def test_the_two_of_them_see_it_and_nobody_else(who, status, visit, request):
    client = request.getfixturevalue(f"{who}_client")

    assert client.get(page("planned_visit", visit)).status_code == status


def test_another_practice_leader_of_the_same_service_does_not_see_it(visit, service, client):
    client.force_login(RoleFactory(kind=Role.Kind.PSW, unit=service).user)

    assert client.get(page("planned_visit", visit)).status_code == 404
    assert str(visit) not in text(client.get(reverse("observations:planned_visits")))


def test_a_visit_is_moved_and_the_practitioner_told(visit, psw_client, typed, practitioner):
    sent = typed | {"visit_on": "24 June 2027", "base_revision": visit.revision}

    psw_client.post(page("change_visit", visit), sent)

    visit.refresh_from_db()
    assert (visit.visit_on, visit.revision) == (date(2027, 6, 24), 2)
    assert "moved to another time" in Letter.objects.get(to=practitioner).subject


def test_a_visit_given_to_another_practitioner_tells_both(visit, psw, team):
    other = RoleFactory(kind=Role.Kind.PRACTITIONER, unit=team).user
    told = {"practitioner": other, "unit": team, "kind_of_work": "supervision"}

    actions.change(visit=visit, by=psw, base=ReadAt(1), **told)

    visit.refresh_from_db()
    assert visit.is_about == "supervision"
    assert set(Letter.objects.values_list("to__name", flat=True)) == {"Priya Nair", other.name}


def test_two_windows_never_overwrite_each_other(visit, psw, psw_client, practitioner, typed):
    actions.focus(visit=visit, by=practitioner, words="The children's part.", base=ReadAt(1))

    with pytest.raises(Meanwhile):
        actions.change(
            visit=visit, by=psw, base=ReadAt(1), unit=visit.unit, kind_of_work="home_visit"
        )
    answer = psw_client.post(page("change_visit", visit), typed | {"base_revision": 1})
    assert answer.status_code == 409
    assert "The children&#x27;s part." in text(answer)


def test_the_practitioner_says_what_they_would_like_looked_at(visit, practitioner_client, psw):
    sent = {"practitioners_focus": "How I ask about money.", "base_revision": 1}

    practitioner_client.post(page("visit_focus", visit), sent)

    visit.refresh_from_db()
    assert visit.practitioners_focus == "How I ask about money."


# Calling off


def test_not_today_needs_no_reason_and_says_that_it_is_no_mark(visit, practitioner_client, psw):
    asked = text(practitioner_client.get(page("decline_visit", visit)))
    answer = practitioner_client.post(page("decline_visit", visit), {"why": ""}, follow=True)

    visit.refresh_from_db()
    assert (visit.state, visit.why) == (PlannedVisit.State.DECLINED, "")
    assert "It is no mark against you" in asked
    assert "It is no mark against you" in text(answer)
    assert Letter.objects.get().to == psw
    assert Entry.objects.filter(action="ended", what="planned visit").exists()


def test_the_observer_cancels_with_a_reason(visit, psw_client, practitioner):
    refused = psw_client.post(page("cancel_visit", visit), {"why": ""})
    psw_client.post(page("cancel_visit", visit), {"why": "family", "because": "They moved."})

    visit.refresh_from_db()
    assert "Say why the visit is cancelled" in text(refused)
    assert (visit.state, visit.because) == (PlannedVisit.State.CANCELLED, "They moved.")
    assert Letter.objects.get().to == practitioner


@pytest.mark.parametrize(
    ("who", "name"), [("psw", "decline_visit"), ("practitioner", "cancel_visit")]
)
def test_neither_calls_off_in_the_others_name(who, name, visit, request):
    client = request.getfixturevalue(f"{who}_client")

    assert client.post(page(name, visit), {"why": "other"}).status_code == 403
    assert PlannedVisit.objects.planned().exists()


@pytest.mark.parametrize("name", ["change_visit", "cancel_visit", "begin_visit"])
def test_what_is_called_off_stays_so_and_says_it(name, visit, psw_client, practitioner):
    actions.decline(visit=visit, by=practitioner)

    answer = psw_client.post(page(name, visit), follow=True)

    assert answer.redirect_chain[-1][0] == visit.get_absolute_url()
    assert "does not suit that day" in text(answer)
    with pytest.raises(AlreadySo):
        actions.cancel(visit=visit, by=visit.observer, why="other")


def test_whoever_has_moved_on_keeps_a_plan_to_read_and_changes_nothing(visit, psw, psw_client):
    psw.roles.update(ended_at=timezone.now(), ended_by=psw)

    assert psw_client.get(visit.get_absolute_url()).status_code == 200
    assert psw_client.post(page("cancel_visit", visit), {"why": "other"}).status_code == 403


# Beginning


def test_an_observation_begins_with_what_was_planned_and_the_visit_is_done(visit, psw_client, psw):
    with transaction.atomic():
        PlannedVisit.objects.update(visit_on=date(2027, 6, 15))

    answer = psw_client.post(page("begin_visit", visit))

    made = Observation.objects.get()
    visit.refresh_from_db()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.observer, made.practitioner, made.unit) == (psw, visit.practitioner, visit.unit)
    assert (made.observed_on, made.part_of_day) == (date(2027, 6, 15), "morning")
    assert (made.kind_of_work, made.family_asked, made.minutes) == ("home_visit", "agreed", None)
    assert (visit.state, visit.observation) == (PlannedVisit.State.BEGUN, made)
    assert "How the plan is talked about." in text(psw_client.get(made.get_absolute_url()))


def test_beginning_twice_is_one_observation_and_leads_to_it(visit, psw_client):
    first = psw_client.post(page("begin_visit", visit))
    second = psw_client.post(page("begin_visit", visit))

    assert first["Location"] == second["Location"]
    assert Observation.objects.count() == 1


def test_a_visit_begun_before_its_day_is_of_today(visit, psw):
    assert actions.begin(visit=visit, by=psw).observed_on == visit.unit.today()


def test_where_no_framework_is_in_use_it_says_so_and_stays_planned(team, psw, psw_client):
    visit = PlannedVisitFactory(unit=team, observer=psw)

    answer = psw_client.post(page("begin_visit", visit), follow=True)

    assert "No framework is in use" in text(answer)
    assert PlannedVisit.objects.planned().exists()


def test_the_practitioner_is_not_led_to_the_draft(visit, psw, practitioner_client):
    draft = actions.begin(visit=visit, by=psw)

    shown = text(practitioner_client.get(visit.get_absolute_url()))
    answer = practitioner_client.post(page("decline_visit", visit))

    assert str(draft.get_absolute_url()) not in shown
    assert answer["Location"] == visit.get_absolute_url()


# Where it is met


def test_the_practitioner_meets_it_on_their_home(visit, practitioner_client):
    home = practitioner_client.get(reverse("home"), follow=True)

    assert "Visits planned with you" in text(home)
    assert "Home visit, " in text(home)
    assert "Wednesday 23 June, 10:30, with Marian Osei" in text(home)


def test_what_is_over_or_called_off_is_not_on_their_home(visit, practitioner, practitioner_client):
    actions.decline(visit=visit, by=practitioner)
    PlannedVisitFactory(practitioner=practitioner, visit_on=date(2027, 6, 1))

    assert not practitioner_client.get(reverse("observations:shared")).context["visits"]


def test_both_find_it_in_what_is_held_on_them(visit, psw_client, practitioner_client):
    for client in (psw_client, practitioner_client):
        assert visit.get_absolute_url() in text(client.get(reverse("observations:held")))


@pytest.mark.parametrize("rows", [1, 8])
def test_the_list_takes_the_same_queries_at_any_length(
    rows, team, psw, psw_client, django_assert_max_num_queries
):
    PlannedVisitFactory.create_batch(rows, unit=team, observer=psw)
    PlannedVisitFactory.create_batch(rows, unit=team, observer=psw, cancelled=True)

    with django_assert_max_num_queries(12):
        psw_client.get(reverse("observations:planned_visits"))


def test_an_agreed_next_step_fills_in_the_return_visit(team, psw, psw_client, practitioner):
    seen = ObservationFactory(unit=team, observer=psw, practitioner=practitioner, submitted=True)
    ConversationFactory(observation=seen, next_step="Ask the boy first.")

    shown = psw_client.get(f"{PLAN}?again={seen.key}").context["form"]

    assert (shown["unit"].value(), shown["practitioner"].value()) == (team.pk, practitioner.pk)
    assert shown["observers_focus"].value() == "Ask the boy first."
    assert shown["follows"].value() == seen.key


@pytest.mark.parametrize("query", ["again=nothing", "team=999999999", "team=x", "again="])
def test_a_link_that_names_nothing_of_ones_own_fills_in_nothing(query, psw_client, team):
    assert psw_client.get(f"{PLAN}?{query}").context["form"]["unit"].value() is None


def test_another_observers_observation_fills_in_nothing(team, psw_client):
    other = ObservationFactory(unit=team, submitted=True)

    assert psw_client.get(f"{PLAN}?again={other.key}").context["form"]["unit"].value() is None


# Calendars


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def test_a_file_for_a_calendar_names_nobody(visit, psw_client):
    answer = psw_client.get(page("visit_file", visit))

    (event,) = events(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"{event['dtstart'].dt:%Y-%m-%d %H:%M %Z}" == "2027-06-23 09:30 UTC"  # summer time
    assert (event["dtend"].dt - event["dtstart"].dt) == timedelta(hours=1)
    names_nobody(answer.content.decode())


def names_nobody(content):
    unfolded = content.replace("\r\n ", "")
    assert not any(word in unfolded for word in ("Marian", "Priya", "Nair", "plan is talked"))


def test_what_a_calendar_reads_is_as_its_standard_has_it(visit, psw_client):
    PlannedVisit.objects.update(visit_at=None, kind_of_work="x" * 20)
    PlannedVisit.objects.update(labels={"kind_of_work": {"x" * 20: "Ōtaki, hui; whānau " * 8}})

    content = psw_client.get(page("visit_file", visit)).content

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"BEGIN:VCALENDAR\r\n" in content
    assert b"PRODID:" in content
    assert b"VERSION:2.0\r\n" in content
    (event,) = events(content)
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)
    assert event["dtstart"].dt == date(2027, 6, 23)
    assert event["summary"].startswith("Practice visit: Ōtaki, hui; whānau")
    assert not Calendar.from_ical(content).errors


def feed(client):
    """The address of someone's calendar, made on its page."""
    answer = client.post(reverse("observations:calendar_address"), {"do": "make"}, follow=True)
    return answer.context["shown"].removeprefix("http://testserver")


def test_a_calendar_reads_ones_visits_at_a_secret_address_without_signing_in(
    visit, psw_client, client
):
    PlannedVisitFactory()  # of others
    PlannedVisitFactory(observer=visit.observer, unit=visit.unit, cancelled=True)

    answer = client.get(feed(psw_client))

    (event,) = events(answer.content)
    assert event["uid"] == f"{visit.key}@practicelens"
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    names_nobody(answer.content.decode())


def test_the_practitioners_calendar_has_it_too(visit, practitioner_client, client):
    assert len(events(client.get(feed(practitioner_client)).content)) == 1


def test_an_address_that_is_made_anew_or_ended_leads_nowhere(psw_client, client):
    first = feed(psw_client)
    second = feed(psw_client)

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    psw_client.post(reverse("observations:calendar_address"), {"do": "end"})
    assert client.get(second).status_code == 404
    assert Entry.objects.filter(action="ended", what="calendar address").exists()


def test_the_address_of_someone_disabled_leads_nowhere(psw, psw_client, client):
    address = feed(psw_client)
    type(psw).objects.filter(pk=psw.pk).update(is_active=False)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("make", [str, signing.Signer(sep="~").sign, lambda key: f"{key}~x"])
def test_the_key_of_an_address_alone_opens_nothing(make, psw, client):
    key = CalendarAddressFactory(user=psw).key

    assert CalendarAddress.objects.led_to_by(make(str(key))) is None


def test_the_feed_takes_the_same_queries_at_any_length(
    team, psw, client, django_assert_max_num_queries
):
    PlannedVisitFactory.create_batch(8, unit=team, observer=psw, visit_at="10:30")
    path = CalendarAddressFactory(user=psw).path

    with django_assert_max_num_queries(6):
        client.get(path)


# What becomes of plans


def test_a_year_after_its_day_a_plan_keeps_what_is_counted_and_no_words(visit, practitioner):
    actions.decline(visit=visit, by=practitioner, why="family", because="They said no.")
    PlannedVisit.objects.update(visit_on=visit.unit.today() - timedelta(days=366))
    kept = PlannedVisitFactory(visit_on=visit.unit.today() - timedelta(days=364))

    sweeping.sweep()

    visit.refresh_from_db()
    kept.refresh_from_db()
    assert (visit.practitioner, visit.because, visit.observers_focus) == (None, "", "")
    assert (visit.state, visit.why) == (PlannedVisit.State.DECLINED, "family")
    assert kept.practitioner is not None
    assert actions.forget_words() == 0


@pytest.mark.parametrize("name", ["change_visit", "cancel_visit", "begin_visit"])
def test_a_plan_that_was_never_settled_can_be_read_and_no_more_once_its_words_went(
    name, visit, psw_client
):
    PlannedVisit.objects.update(visit_on=visit.unit.today() - timedelta(days=366))
    actions.forget_words()

    answer = psw_client.post(page(name, visit), {"why": "other", "because": "Ill."}, follow=True)

    assert answer.redirect_chain[-1][0] == visit.get_absolute_url()
    assert "its words went" in text(answer)
    assert not PlannedVisit.objects.planned().exists()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"declined_at": timezone.now(), "begun_at": timezone.now()},
        {"cancelled_at": timezone.now(), "why": ""},
        {"why": "family"},
        {"minutes": 0},
        {"is_about": "nothing"},
        {"emptied_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_visit_that_can_not_be(wrong, visit):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedVisit.objects.filter(pk=visit.pk).update(**wrong)


def test_nobody_plans_a_visit_to_themselves(visit, psw):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedVisit.objects.filter(pk=visit.pk).update(practitioner=psw)


def test_a_key_of_another_observers_plan_is_refused(visit, team):
    other = RoleFactory(kind=Role.Kind.PSW, unit=team).user

    with pytest.raises(NotNow):
        actions.plan(
            by=other, key=visit.key, unit=team, kind_of_work="home_visit", visit_on=date(2027, 7, 1)
        )


def test_what_was_called_off_is_in_no_calendar(visit, practitioner):
    actions.decline(visit=visit, by=practitioner)

    assert not calendar.in_feed(practitioner).exists()
