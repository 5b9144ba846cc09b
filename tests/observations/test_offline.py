"""What comes from a device that had no signal: once, by whom it is, and nothing overwritten unseen."""

import json
import threading
import uuid
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frameworks.models import FrameworkVersion
from observations.models import Arrival, HeldOnDevice, Observation, OtherCopy, Passage
from observations.notes import actions
from observations.notes.completeness import ratings_section
from observations.offline import items
from observations.offline.sealing import public_key
from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised, KeptWords, Role
from tests.conftest import signed_in
from tests.factories import FrameworkVersionFactory, SafeguardingStepFactory
from tests.observations.on_a_device import NOW, Device, post

pytestmark = pytest.mark.django_db

HOUR = 60 * 60 * 1000


def where(team, **more):
    day = team.today()
    parts = {"observed_on_0": day.day, "observed_on_1": day.month, "observed_on_2": day.year}
    return {"unit": team.pk, "kind_of_work": "home_visit", **parts, **more}


@pytest.fixture
def device(psw, team, framework_version):
    made = Device(psw, framework_version, **where(team))
    made.see("She asked Gran first.")
    return made


WHOLE = {
    "part_of_day": "morning",
    "minutes": "50",
    "setting": "home",
    "mode": "in_person",
    "proximity": "shadowed",
    "present": "mother",
    "family_asked": "agreed",
}


def made_whole(device, team):
    device.write("where", **where(team, **WHOLE))
    device.write("my-part", reflection_effect="They sat up a little.")


def test_it_becomes_a_draft_with_all_that_was_typed(psw_client, psw, device, team):
    made_whole(device, team)

    response = device.send(psw_client)

    observation = Observation.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": device.id,
        "url": observation.get_absolute_url(),
        "state": "Draft",
        "left": 0,
    }
    assert str(observation.key) == device.id
    assert (observation.observer, observation.unit, observation.minutes) == (psw, team, 50)
    assert observation.passages.get().text == "She asked Gran first."
    assert observation.reflection_effect == "They sat up a little."


def test_an_answer_rests_on_the_passages_that_the_device_ticked(
    psw_client, device, framework_version
):
    criterion = framework_version.criteria.order_by("position").first()
    level = framework_version.scale.levels.order_by("position").last()
    key, answer = device.passage.removeprefix("passages/"), f"answer_{criterion.pk}"
    ticked = [(answer, f"level-{level.pk}"), (f"passages_{criterion.pk}", key)]
    ticked.append((f"passages_{criterion.pk}", str(uuid.uuid4())))  # of one that was left empty
    device.sections[ratings_section(criterion.domain)] = urlencode(ticked)

    device.send(psw_client)

    rating = Observation.objects.get().ratings.get(criterion=criterion)
    assert (rating.level, list(rating.passages.all())) == (level, [Passage.objects.get()])


def test_names_are_looked_for_once_it_is_here(psw_client, device):
    device.see("I sat with Leanne Harris and her mother.")

    device.send(psw_client)

    assert Observation.objects.get().redactions.open().exists()


def test_it_is_submitted_where_that_was_wished_and_nothing_is_left(psw_client, device, team):
    made_whole(device, team)

    response = device.send(psw_client, submit=True)

    assert response.json()["state"] == "Submitted"
    assert Observation.objects.counted().count() == 1
    assert Entry.objects.filter(action=Entry.Action.SUBMITTED).count() == 1


def test_with_something_left_it_waits_as_a_draft(psw_client, device):
    response = device.send(psw_client, submit=True)

    assert response.status_code == 201
    assert response.json()["left"] > 3
    assert Observation.objects.get().is_draft


def test_sent_twice_it_is_one(psw_client, device):
    first, second = device.send(psw_client), device.send(psw_client)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert (Observation.objects.count(), Passage.objects.count()) == (1, 1)
    assert Entry.objects.filter(action=Entry.Action.RECEIVED).count() == 1


def test_a_copy_goes_on_to_what_is_written_later(psw_client, device):
    device.send(psw_client, leaves=False)
    device.see("She asked Gran first, then the boy.")

    response = device.send(psw_client)

    assert response.status_code == 200
    assert Passage.objects.get().text == "She asked Gran first, then the boy."
    assert not OtherCopy.objects.exists()


def test_what_comes_late_from_before_changes_nothing(psw_client, device):
    old = device.parcel()
    device.see("She asked Gran first, then the boy.")
    device.send(psw_client)

    response = post(psw_client, "offline_send", old)

    assert response.status_code == 200
    assert Passage.objects.get().text == "She asked Gran first, then the boy."


def test_the_same_id_with_another_text_keeps_both(psw_client, device):
    device.send(psw_client)
    device.window = str(uuid.uuid4())
    device.see("Nobody asked Gran.")

    response = device.send(psw_client)

    copy = OtherCopy.objects.get()
    assert response.status_code == 409
    assert response.json()["conflict_url"] == reverse(
        "observations:copy", args=[device.id, copy.pk]
    )
    assert Passage.objects.get().text == "She asked Gran first."
    assert "Nobody+asked+Gran" in copy.typed


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(psw_client, device):
    device.send(psw_client, leaves=False)
    entry = reverse("observations:entry", args=[device.id, *device.passage.split("/")])
    psw_client.post(entry, {"text": "From the laptop.", "kind": "seen", "base_revision": "1"})
    device.see("From the phone.")

    response = device.send(psw_client, submit=True)

    assert response.status_code == 409
    assert Passage.objects.get().text == "From the laptop."
    assert "From+the+phone" in OtherCopy.objects.get().typed
    assert Observation.objects.get().is_draft


def test_parts_that_the_device_left_alone_stay_as_they_were_changed_elsewhere(psw_client, device):
    device.write("my-part", reflection_effect="From the phone.")
    device.send(psw_client, leaves=False)
    mine = reverse("observations:section", args=[device.id, "my-part"])
    psw_client.post(mine, {"reflection_effect": "From the laptop.", "base_revision": "1"})
    device.see("She asked the boy.")

    response = device.send(psw_client)

    assert response.status_code == 200
    assert Observation.objects.get().reflection_effect == "From the laptop."
    assert Passage.objects.get().text == "She asked the boy."


def test_words_for_what_was_submitted_meanwhile_are_kept_for_their_writer(
    psw_client, psw, device, team
):
    made_whole(device, team)
    device.send(psw_client, leaves=False)
    actions.submit(observation=Observation.objects.get(), by=psw)
    device.see("And one thing more.")

    response = device.send(psw_client)

    assert response.status_code == 409
    assert response.json()["conflict_url"] == reverse("people:kept")
    assert "And one thing more." in KeptWords.objects.get(writer=psw).words
    assert b"And one thing more." in psw_client.get(reverse("people:kept")).content


def test_whoever_lost_their_role_keeps_it_on_the_device(psw_client, psw, device, team):
    device.send(psw_client, leaves=False)
    Role.objects.filter(user=psw).update(ended_at=timezone.now(), ended_by=psw)
    device.see("And one thing more.")

    response = device.send(psw_client)

    assert response.status_code == 403
    assert response.json() == {
        "error": "You don’t write observations any more. It stays on this device."
    }
    assert Passage.objects.get().text == "She asked Gran first."


def test_whoever_writes_elsewhere_now_keeps_it_on_the_device_with_the_reason(
    psw_client, psw, device, other_team
):
    device.send(psw_client, leaves=False)
    Role.objects.filter(user=psw).update(unit=other_team)
    device.see("And one thing more.")

    response = device.send(psw_client)

    assert response.status_code == 422
    assert "You no longer write observations in" in response.json()["error"]
    assert Passage.objects.get().text == "She asked Gran first."


def test_a_team_that_is_not_theirs_is_refused(psw_client, device, other_team):
    device.write("where", unit=other_team.pk, kind_of_work="home_visit")

    response = device.send(psw_client)

    assert response.status_code == 422
    assert not Observation.objects.exists()


def test_an_id_of_somebody_elses_observation_changes_nothing(
    psw_client, device, team, observation, stranger
):
    Observation.objects.update(key=device.id, observer=stranger)

    response = device.send(psw_client)

    assert response.status_code == 422
    assert response.json()["error"] == "This observation is someone else’s."
    assert not Passage.objects.filter(text="She asked Gran first.").exists()


def test_what_somebody_else_wrote_is_not_sent_under_this_name(psw_client, device, stranger):
    response = device.send(psw_client, person=str(stranger.pk))

    assert response.status_code == 422
    assert not Observation.objects.exists()


def test_it_stays_on_the_version_it_was_written_on(psw_client, device, framework_version, team):
    follow_on(framework_version, team.today())

    device.send(psw_client)

    assert Observation.objects.get().framework_version == framework_version


def follow_on(version, day):
    """A version that takes the place of another on a day."""
    FrameworkVersion.objects.filter(pk=version.pk).update(retired_on=day)
    return FrameworkVersionFactory(framework=version.framework, effective_on=day)


def draft_of(version):
    return FrameworkVersionFactory(framework=version.framework, draft=True)


@pytest.mark.parametrize(
    "make", [draft_of, lambda version: follow_on(version, date(2999, 1, 1))], ids=["draft", "later"]
)
def test_a_version_that_is_not_in_use_is_refused(psw_client, device, framework_version, make):
    other = make(framework_version)

    response = device.send(psw_client, content={"version": other.pk})

    assert response.status_code == 422
    assert "is not in use for this team" in response.json()["error"]


def test_a_version_of_another_organisation_is_refused(psw_client, device, other_organisation):
    far = FrameworkVersionFactory(framework__unit=other_organisation)

    response = device.send(psw_client, content={"version": far.pk})

    assert response.status_code == 422
    assert not Observation.objects.exists()


def test_a_day_that_has_not_come_is_kept_to_be_put_right(psw_client, device, team):
    device.write("where", **where(team, observed_on_2="2040"))

    response = device.send(psw_client)

    observation = Observation.objects.get()
    assert response.status_code == 201
    assert observation.observed_on == team.today()
    assert "2040" in str(observation.section_saves.get(section="where").unread)


# Times


def test_times_are_by_the_server_s_clock_whatever_year_the_device_has(psw_client, device):
    device.send(psw_client, began_at=1_000 + HOUR, changed_at=1_000 + 2 * HOUR, sent_at=10 * HOUR)

    arrival, now = Arrival.objects.get(), timezone.now()
    minute = timedelta(minutes=1)
    assert abs(now - timedelta(hours=9) - arrival.began_at) < minute
    assert abs(now - timedelta(hours=8) - arrival.recorded_at) < minute
    assert arrival.was_offline


def test_a_clock_that_was_put_back_gives_no_moment_to_come(psw_client, device):
    device.send(psw_client, began_at=NOW + HOUR, changed_at=NOW + HOUR)

    assert Arrival.objects.get().recorded_at <= timezone.now()
    assert not Arrival.objects.get().was_offline


def test_the_observation_says_that_it_was_recorded_offline(psw_client, device):
    device.send(psw_client, began_at=NOW - 9 * HOUR, changed_at=NOW - 8 * HOUR)

    page = psw_client.get(Observation.objects.get().get_absolute_url())

    assert b"Recorded offline" in page.content


def test_one_that_was_sent_as_it_was_written_does_not(psw_client, device):
    device.send(psw_client)

    page = psw_client.get(Observation.objects.get().get_absolute_url())

    assert b"Recorded offline" not in page.content


# Who


def test_whoever_is_signed_out_is_told_so(client, psw, device):
    response = device.send(client)

    assert response.status_code == 401
    assert response.json() == {"sign_in_url": reverse("account_login")}
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "who", ["practitioner", "leader", "framework_admin", "governance", "system_admin", "nobody"]
)
@pytest.mark.parametrize("name", ["offline_send", "offline_held", "offline_kit"])
def test_only_practice_leaders_may(request, who, name, device):
    client = signed_in(request.getfixturevalue(who))

    if name == "offline_kit":
        response = client.get(reverse("observations:offline_kit"))
    else:
        response = post(client, name, device.parcel())

    assert response.status_code == 403
    assert not Observation.objects.exists()


def test_a_token_is_asked_for(psw, device):
    client = Client(enforce_csrf_checks=True)
    client.force_login(psw)

    without = device.send(client)
    token = client.get(reverse("observations:offline_state")).json()["token"]
    with_it = client.post(
        reverse("observations:offline_send"),
        json.dumps(device.parcel()),
        content_type="application/json",
        HTTP_X_CSRFTOKEN=token,
    )

    assert (without.status_code, with_it.status_code) == (403, 201)


def test_whoever_asks_is_told_who_is_signed_in(client, psw, psw_client):
    nobody = client.get(reverse("observations:offline_state")).json()
    somebody = psw_client.get(reverse("observations:offline_state")).json()

    assert nobody == {"person": None, "sign_in_url": reverse("account_login")}
    assert somebody["person"] == str(psw.pk)


# Hostile bodies


def spoiled(parcel, **changed):
    return parcel | changed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"id": 1}',
        b"\xff\xfe",
        b'"' + b"[" * 100_000,
        b'{"id": "' + b"a" * 1000 + b'"}',
    ],
)
def test_what_is_no_parcel_is_refused(psw_client, device, body):
    response = post(psw_client, "offline_send", body)

    assert response.status_code == 422
    assert response.json()["error"] == "This was not sent by a page of PracticeLens."


@pytest.mark.parametrize(
    "changed",
    [
        {"turn": 0},
        {"turn": 10**12},
        {"turn": "x"},
        {"sent_at": -1},
        {"sent_at": 10**20},
        {"id": "../../etc"},
        {"sealed": None},
        {"sealed": {"point": "", "once": "", "words": ""}},
        {"sealed": {"point": "AAAA", "once": "AAAA", "words": "AAAA"}},
        {"sealed": {"point": "é", "once": "AAAA", "words": "AAAA"}},
        {"more": 1},
    ],
)
def test_a_parcel_that_was_tampered_with_is_refused(psw_client, device, changed):
    response = post(psw_client, "offline_send", spoiled(device.parcel(), **changed))

    assert response.status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.parametrize("name", ["id", "turn"])
def test_what_stands_beside_a_seal_can_not_be_exchanged(psw_client, device, name):
    other = {"id": str(uuid.uuid4()), "turn": 77}[name]

    response = post(psw_client, "offline_send", device.parcel() | {name: other})

    assert response.status_code == 422
    assert "sealed for another" in response.json()["error"]


@pytest.mark.parametrize(
    "content",
    [
        {"version": "1"},
        {"version": 2**70},
        {"sections": []},
        {"sections": {"where": 1}},
        {"sections": {"x" * 61: ""}},
        {"sections": {f"passages/{number}": "" for number in range(301)}},
        {"more": 1},
    ],
)
def test_contents_of_another_form_are_refused(psw_client, device, content):
    response = device.send(psw_client, content=content)

    assert response.status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "section",
    [
        "nothing",
        "ratings-999999",
        "ratings-x",
        "passages",
        "passages/not-a-key",
        "../me",
    ],
)
def test_a_part_that_is_not_known_is_refused_whole(psw_client, device, section):
    device.sections[section] = "text=x"

    response = device.send(psw_client)

    assert response.status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kind=seen&text=a%00b", "There is a character"),
        ("kind=seen&text=\ud800", "This was not sent"),
        ("kind=seen&text=" + "a" * (items.LONGEST_SECTION + 1), "too long"),
    ],
)
def test_a_text_that_can_not_be_stored_is_refused_with_the_reason(psw_client, device, typed, words):
    device.sections[device.passage] = typed

    response = device.send(psw_client)

    assert response.status_code == 422
    assert words in response.json()["error"]
    assert not Observation.objects.exists()


def test_any_letters_come_as_they_were_typed(psw_client, device):
    text = "\U0001f44d \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 wh\u0101nau\r\nsecond line <script>"
    device.see(text)

    device.send(psw_client)

    assert Passage.objects.get().text == text.replace("\r\n", "\n")


def test_one_that_is_longer_than_can_be_read_is_refused(psw_client, device, monkeypatch):
    monkeypatch.setattr("observations.offline.views.LONGEST_ITEM", 100)

    response = device.send(psw_client)

    assert response.status_code == 413
    assert "too long" in response.json()["error"]


def test_nothing_of_the_words_is_in_the_log(psw_client, device):
    device.send(psw_client)

    entry = Entry.objects.get(action=Entry.Action.RECEIVED)
    assert (entry.what, entry.changes) == ("observation", {})
    assert entry.object_pk == str(Observation.objects.get().pk)


# The seal


def test_a_seal_of_before_is_read_with_the_secret_of_before(psw_client, device, settings):
    before = device.parcel()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" * 8

    response = post(signed_in_again(psw_client, device), "offline_send", before)

    assert response.status_code == 201


def signed_in_again(client, device):
    """With another secret, sessions of before are over."""
    from practicelens.people.models import User

    return signed_in(User.objects.get(pk=device.person))


def test_a_seal_for_another_server_is_refused_and_says_so(psw_client, device, settings):
    parcel = device.parcel()
    settings.SECRET_KEY = "another-" * 8

    response = post(signed_in_again(psw_client, device), "offline_send", parcel)

    assert response.status_code == 422
    assert "sealed for another one" in response.json()["error"]
    assert public_key() not in response.content.decode()


# What a device holds


def holding(client, psw, held=(), gone=()):
    body = {
        "person": str(psw.pk),
        "sent_at": NOW,
        "held": [{"id": each, "began_at": NOW - HOUR} for each in held],
        "gone": list(gone),
    }
    return post(client, "offline_held", body)


def test_a_device_that_comes_back_with_less_is_told_what_it_lost(psw_client, psw, device):
    holding(psw_client, psw, [device.id])

    response = holding(psw_client, psw)

    lost = response.json()["lost"]
    assert [each["id"] for each in lost] == [device.id]
    assert lost[0]["url"] == ""
    assert Entry.objects.filter(action=Entry.Action.MISSED, by=psw).count() == 1


def test_it_is_told_until_that_is_known_and_logged_once(psw_client, psw, device):
    holding(psw_client, psw, [device.id])
    holding(psw_client, psw)

    again = holding(psw_client, psw).json()["lost"]
    known = holding(psw_client, psw, gone=[device.id]).json()["lost"]

    assert ([each["id"] for each in again], known) == ([device.id], [])
    assert Entry.objects.filter(action=Entry.Action.MISSED).count() == 1


def test_where_the_server_has_a_copy_it_is_told_where(psw_client, psw, device):
    holding(psw_client, psw, [device.id])
    device.send(psw_client, leaves=False)

    lost = holding(psw_client, psw).json()["lost"]

    assert lost[0]["url"] == Observation.objects.get().get_absolute_url()


def test_what_arrived_whole_is_not_lost(psw_client, psw, device):
    holding(psw_client, psw, [device.id])
    device.send(psw_client)

    assert holding(psw_client, psw).json()["lost"] == []


def test_what_was_thrown_away_is_not_lost(psw_client, psw, device):
    holding(psw_client, psw, [device.id])

    assert holding(psw_client, psw, gone=[device.id]).json()["lost"] == []


def test_what_came_back_is_not_lost(psw_client, psw, device):
    holding(psw_client, psw, [device.id])
    holding(psw_client, psw)

    assert holding(psw_client, psw, [device.id]).json()["lost"] == []
    assert HeldOnDevice.objects.get().missed_at is None


def test_another_device_is_told_nothing(psw_client, psw, device):
    holding(psw_client, psw, [device.id])

    assert holding(signed_in(psw), psw).json()["lost"] == []


# The kit


def test_the_kit_has_the_forms_of_the_person_s_teams(psw_client, psw, team, framework_version):
    kit = psw_client.get(reverse("observations:offline_kit")).json()

    here = kit["teams"][str(team.pk)]
    parts = kit["sets"][here["set"]]
    assert (kit["person"], here["version"]) == (str(psw.pk), framework_version.pk)
    domains = framework_version.domains.order_by("position")
    assert [each["code"] for each in parts] == [
        "where",
        "passages",
        *map(ratings_section, domains),
        "meeting",
        "friction",
        "voices",
        "my-part",
        "sharing",
    ]
    assert {each["code"]: each["one"] for each in parts if "one" in each} == {
        "passages": "passage",
        "friction": "entry",
        "voices": "entry",
    }
    assert all(kit["forms"][each["form"]] for each in parts)
    assert 'name="text"' in kit["forms"][parts[1]["form"]]


def test_what_the_forms_of_the_kit_send_is_what_the_server_asks(
    psw_client, psw, team, framework_version
):
    kit = psw_client.get(reverse("observations:offline_kit")).json()
    parts = kit["sets"][kit["teams"][str(team.pk)]["set"]]
    criterion = framework_version.criteria.order_by("position").first()
    level = framework_version.scale.levels.order_by("position").last()
    device = Device(psw, framework_version, unit=team.pk, kind_of_work="home_visit")
    answer = {
        f"answer_{criterion.pk}": f"level-{level.pk}",
        f"evidence_{criterion.pk}": "She asked.",
    }
    device.write(parts[2]["code"], **answer)

    device.send(psw_client)

    assert f'name="answer_{criterion.pk}"' in kit["forms"][parts[2]["form"]]
    rating = Observation.objects.get().ratings.get(criterion=criterion)
    assert (rating.level, rating.evidence) == (level, "She asked.")


def test_the_kit_says_for_which_kinds_of_work_the_meeting_is(psw_client, team, framework_version):
    kit = psw_client.get(reverse("observations:offline_kit")).json()

    parts = kit["sets"][kit["teams"][str(team.pk)]["set"]]
    (meeting,) = [each for each in parts if "kinds" in each]
    assert meeting["code"] == "meeting"
    assert "family_meeting" in meeting["kinds"]
    assert "home_visit" not in meeting["kinds"]
    assert 'name="minutes_mother"' in kit["forms"][meeting["form"]]


def test_the_meeting_friction_and_what_people_said_come_too(
    psw_client, psw, framework_version, team
):
    meeting = {"kind_of_work": "family_meeting", "present": "chair"}
    device = Device(psw, framework_version, **where(team, **meeting))
    device.write("meeting", minutes_mother="9", minutes_chair="31", decided="with")
    device.write(f"friction/{uuid.uuid4()}", system="case_system", effect="hindered", minutes="20")
    device.write(f"voices/{uuid.uuid4()}", who="mother", words="I was asked first.")

    response = device.send(psw_client)

    draft = Observation.objects.get()
    assert response.status_code == 201
    assert draft.meeting.decided == "with"
    # The mother was not ticked as there, and her minutes are kept all the same.
    assert dict(draft.meeting.shares.values_list("role", "minutes")) == {"mother": 9, "chair": 31}
    assert (draft.frictions.get().minutes, draft.voices.get().words) == (20, "I was asked first.")


def test_a_meeting_is_kept_though_the_kind_of_work_was_changed_to_one_without(
    psw_client, psw, framework_version, team
):
    device = Device(psw, framework_version, **where(team))
    device.write("meeting", minutes_mother="9")

    assert device.send(psw_client).status_code == 201

    draft = Observation.objects.get()
    assert not draft.has_meeting
    assert draft.meeting.shares.get().minutes == 9


def test_the_kit_has_no_team_of_others(psw_client, other_team, framework_version):
    assert (
        str(other_team.pk)
        not in psw_client.get(reverse("observations:offline_kit")).json()["teams"]
    )


def test_the_page_is_the_same_for_everybody(client, psw, psw_client):
    signed_out, signed_in = (
        each.get(reverse("observations:offline")).content for each in (client, psw_client)
    )

    assert signed_out == signed_in
    assert psw.name.encode() not in signed_out


def test_the_worker_may_look_after_every_page_and_names_each_file(client):
    response = client.get(reverse("observations:offline_worker"))

    assert response.headers["Service-Worker-Allowed"] == "/"
    assert "/static/build/idb.js" in response.content.decode()
    assert "skipWaiting" not in response.content.decode().partition('addEventListener("message"')[0]


# At once


@pytest.mark.django_db(transaction=True)
def test_sent_by_ten_at_once_it_is_one(psw, device):
    parcel, answers = device.parcel(), []
    clients = [signed_in(psw) for _ in range(10)]

    def send(client):
        try:
            answers.append(post(client, "offline_send", parcel).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200] * 9 + [201]
    assert (Observation.objects.count(), Passage.objects.count()) == (1, 1)
    assert Arrival.objects.count() == 1


# Worried about someone, without a signal


def raised_by(who, **changed):
    return {
        "id": str(uuid.uuid4()),
        "person": str(who.pk),
        "at": NOW - 2 * HOUR,
        "sent_at": NOW,
    } | changed


def test_the_kit_has_the_safeguarding_steps(psw_client, organisation, framework_version):
    SafeguardingStepFactory(unit=organisation, telephone="01632 960 140")

    kit = psw_client.get(reverse("observations:offline_kit")).json()

    assert 'href="tel:01632960140"' in kit["forms"][kit["worried"]]


def test_the_page_for_everybody_has_the_general_ones(client, organisation):
    SafeguardingStepFactory(unit=organisation, title="Only for our own people")

    page = client.get(reverse("observations:offline")).content.decode()

    assert 'href="tel:999"' in page
    assert 'href="tel:0508326459"' in page
    assert "Only for our own people" not in page


@pytest.mark.parametrize("who", ["psw", "practitioner", "nobody"])
def test_that_it_was_raised_comes_once_with_its_own_time(request, who):
    person = request.getfixturevalue(who)
    parcel = raised_by(person)

    codes = [post(signed_in(person), "offline_raised", parcel).status_code for _ in range(2)]

    raised = ConcernRaised.objects.get()
    assert codes == [201, 200]
    assert (raised.by, str(raised.key)) == (person, parcel["id"])
    assert timedelta(hours=1.9) < timezone.now() - raised.at < timedelta(hours=2.1)
    assert Entry.objects.filter(what="concern raised").count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"person": "0"}, {"words": "about Leanne"}, {"id": "x"}],
    ids=["other", "words", "id"],
)
def test_nothing_else_is_taken_with_it(psw_client, psw, changed):
    response = post(psw_client, "offline_raised", raised_by(psw, **changed))

    assert response.status_code == 422
    assert not ConcernRaised.objects.exists()


def test_from_a_device_it_is_shared_as_was_chosen_there(psw_client, device, team, practitioner):
    made_whole(device, team)
    device.write("where", **where(team, **WHOLE, practitioner=practitioner.pk))
    device.write("sharing", not_shared_because="share", not_shared_words="")

    device.send(psw_client, submit=True)

    assert Observation.objects.get().state == "shared"


def test_a_reason_written_on_a_device_is_kept(psw_client, device, team, practitioner):
    made_whole(device, team)
    device.write("where", **where(team, **WHOLE, practitioner=practitioner.pk))
    device.write("sharing", not_shared_because="away", not_shared_words="On leave.")

    device.send(psw_client, submit=True)

    found = Observation.objects.get()
    assert (found.state, found.not_shared_because) == ("submitted", "away")
    assert found.not_shared_words == "On leave."


def test_where_the_device_did_not_ask_whether_to_share_it_waits_as_a_draft(
    psw_client, device, team, practitioner
):
    made_whole(device, team)
    device.write("where", **where(team, **WHOLE, practitioner=practitioner.pk))

    device.send(psw_client, submit=True)

    assert Observation.objects.get().is_draft
