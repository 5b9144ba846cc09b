"""Writing a draft: nothing typed is lost, twice is once, and what is left is said."""

import uuid

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from observations.models import Observation, OtherCopy, Passage, Rating, SectionSave
from observations.notes import actions
from observations.notes.sections import build_form
from practicelens.people.models import Role
from practicelens.people.two_windows import UNREAD
from practicelens.refusals import NotNow
from tests.factories import (
    FrameworkVersionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"observations:{name}", args=args)


def quick_note_data(team, **changed):
    return {
        "key": str(uuid.uuid4()),
        "passage_key": str(uuid.uuid4()),
        "unit": team.pk,
        "kind_of_work": "home_visit",
        "text": "She asked Gran first.",
        **changed,
    }


def test_a_quick_note_opens_a_draft_with_one_passage(psw_client, framework_version, team):
    response = psw_client.post(at("quick_note"), quick_note_data(team))

    observation = Observation.objects.get()
    assert response.url == observation.get_absolute_url()
    assert observation.is_draft
    assert observation.passages.get().text == "She asked Gran first."


def test_a_quick_note_sent_twice_is_one_draft_and_one_passage(psw_client, framework_version, team):
    data = quick_note_data(team)

    psw_client.post(at("quick_note"), data)
    psw_client.post(at("quick_note"), data)

    assert Observation.objects.count() == 1
    assert Passage.objects.count() == 1


def test_other_words_under_the_same_key_are_kept_as_well(psw_client, framework_version, team):
    data = quick_note_data(team)

    psw_client.post(at("quick_note"), data)
    psw_client.post(at("quick_note"), data | {"text": "Then the uncle spoke."})

    texts = set(Observation.objects.get().passages.values_list("text", flat=True))
    assert texts == {"She asked Gran first.", "Then the uncle spoke."}


def test_a_key_of_somebody_elses_draft_opens_nothing(psw_client, framework_version, team):
    other = ObservationFactory(unit=team)

    response = psw_client.post(at("quick_note"), quick_note_data(team, key=str(other.key)))

    assert response.status_code == 404


def test_a_quick_note_without_a_team_says_what_to_do_and_keeps_the_text(
    psw_client, framework_version, team
):
    response = psw_client.post(at("quick_note"), quick_note_data(team, unit=""))

    assert "Choose the team" in response.content.decode()
    assert "She asked Gran first." in response.content.decode()


def test_a_team_with_no_framework_in_use_is_told(psw_client, team):
    response = psw_client.post(at("quick_note"), quick_note_data(team))

    assert "No framework is in use for this team" in response.content.decode()


@pytest.mark.any_day
def test_a_draft_is_started_with_its_date(psw_client, framework_version, team):
    today = timezone.localdate()
    data = {"key": str(uuid.uuid4()), "unit": team.pk, "kind_of_work": "core_group"}
    date = {"observed_on_0": today.day, "observed_on_1": today.month, "observed_on_2": today.year}

    psw_client.post(at("start"), data | date)

    assert Observation.objects.get().observed_on == today


@pytest.mark.any_day
def test_a_date_after_today_is_refused_by_name(psw_client, framework_version, team):
    data = {"key": str(uuid.uuid4()), "unit": team.pk, "kind_of_work": "core_group"}
    date = {"observed_on_0": 1, "observed_on_1": 1, "observed_on_2": timezone.localdate().year + 1}

    response = psw_client.post(at("start"), data | date)

    assert "The date can&#x27;t be after today" in response.content.decode()


def test_only_practice_leaders_start_a_draft(practitioner_client, leader_client):
    assert practitioner_client.get(at("start")).status_code == 403
    assert leader_client.get(at("quick_note")).status_code == 403


def test_a_practice_leader_without_teams_is_told_why(client, organisation):
    user = RoleFactory(kind="psw", unit=organisation).user
    client.force_login(user)

    assert "No team yet" in client.get(at("start")).content.decode()


def test_the_task_list_says_what_is_left(psw_client, draft):
    page = psw_client.get(draft.get_absolute_url()).content.decode()

    assert "Two things left" in page
    assert "Write down one thing seen or heard" in page


SECTIONS = ["where", "my-part", "ratings-1", "ratings-2"]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(psw_client, draft, section):
    assert psw_client.get(at("section", draft.key, section)).status_code == 200


@pytest.mark.parametrize("section", ["nowhere", "ratings-9", "passages", "meeting"])
def test_a_section_that_is_not_there_is_not_found(psw_client, draft, section):
    """A home visit has no meeting."""
    assert psw_client.get(at("section", draft.key, section)).status_code == 404


def test_a_domain_of_another_version_is_no_section(psw_client, draft):
    other = FrameworkVersionFactory().domains.first()

    for key in (other.pk, "x", "²", "9" * 30):
        assert (
            psw_client.get(f"{draft.get_absolute_url()}sections/domain-{key}/").status_code == 404
        )


def test_an_address_of_before_leads_to_the_same_section(psw_client, draft, framework_version):
    domain = framework_version.domains.get(code="1")
    criterion = domain.criteria.first()
    old, new = (at("section", draft.key, name) for name in ("ratings-1", f"domain-{domain.pk}"))

    psw_client.post(old, {f"answer_{criterion.pk}": "not_seen", "base_revision": "0"})

    saves = SectionSave.objects.filter(observation=draft)
    assert not saves.filter(section="ratings-1")
    assert saves.get(section=f"domain-{domain.pk}")
    for address in (old, new):
        page = psw_client.get(address).content.decode()
        assert f'action="{new}"' in page
        assert 'name="base_revision" value="1"' in page


def my_part(**changed):
    return {"base_revision": "0", "window": str(uuid.uuid4()), "reflection_effect": "", **changed}


def test_a_section_is_saved_and_leads_back_to_the_list(psw_client, draft):
    response = psw_client.post(
        at("section", draft.key, "my-part"), my_part(reflection_effect="They sat straighter.")
    )

    draft.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert draft.reflection_effect == "They sat straighter."


@pytest.mark.any_day
def test_an_automatic_save_answers_with_time_and_number(psw_client, draft):
    response = psw_client.post(
        at("section", draft.key, "my-part"),
        my_part(reflection_effect="They sat straighter."),
        headers={"X-Autosave": "1"},
    )

    assert response.json()["revision"] == 1
    assert response.json()["saved_at"] == f"{timezone.localtime():%H:%M}"


def test_bad_input_names_the_field_and_loses_nothing_else(psw_client, draft):
    data = {"minutes": "a long while", "setting": "school", "unit": draft.unit_id}

    response = psw_client.post(at("section", draft.key, "where"), data)

    draft.refresh_from_db()
    assert response.status_code == 422
    assert "How long? Type it such as 55 minutes or 1 hour 20" in response.content.decode()
    assert "a long while" in response.content.decode()
    assert draft.setting == "school"
    assert draft.minutes == 55


@pytest.mark.parametrize("field", ["unit", "practitioner", "kind_of_work", "observed_on_0"])
def test_nonsense_in_a_field_is_an_error_and_not_a_crash(psw_client, draft, field):
    response = psw_client.post(at("section", draft.key, "where"), {field: "\u202e💥"})

    assert response.status_code == 422


def test_a_character_that_cannot_be_stored_is_refused_with_the_text_kept(psw_client, draft):
    response = psw_client.post(
        at("section", draft.key, "my-part"), my_part(reflection_effect="before\x00after")
    )

    assert response.status_code == 422
    assert "There is a character here that can&#x27;t be saved" in response.content.decode()
    assert "before" in response.content.decode()


def test_a_text_that_is_too_long_is_refused_with_the_text_kept(psw_client, draft):
    response = psw_client.post(
        at("section", draft.key, "my-part"), my_part(reflection_effect="a" * 1_000_001)
    )

    assert response.status_code == 422
    assert "too long to save in one piece" in response.content.decode()


def test_only_the_observer_writes(draft, stranger_client, practitioner_client, leader_client):
    url = at("section", draft.key, "my-part")

    for client in (stranger_client, practitioner_client, leader_client):
        assert client.post(url, my_part()).status_code == 404


def test_a_submitted_note_is_not_written_in(psw_client, observation):
    url = at("section", observation.key, "my-part")

    assert psw_client.post(url, my_part()).status_code == 403


@pytest.mark.parametrize("page", ["check", "section", "ratings", "entries", "entry"])
def test_back_after_submitting_leads_to_what_became_of_the_note(psw_client, observation, page):
    parts = {"section": ["my-part"], "entries": ["passages"], "entry": ["passages", uuid.uuid4()]}

    led = psw_client.get(at(page, observation.key, *parts.get(page, [])), follow=True)

    assert led.redirect_chain == [(observation.get_absolute_url(), 302)]
    submitted = date_format(localtime(observation.submitted_at), "j F Y, H:i")
    assert f"Submitted on {submitted}." in led.content.decode()


def test_somebody_else_is_not_led_on(psw_client, observation, team):
    other = RoleFactory(kind=Role.Kind.PSW, unit=team).user
    Observation.objects.filter(pk=observation.pk).update(observer=other)

    assert psw_client.get(at("check", observation.key)).status_code == 403


def test_the_empty_box_comes_first_and_earlier_passages_are_folded(psw_client, draft):
    PassageFactory(observation=draft, text="First seen.")
    PassageFactory(observation=draft, text="Then said.")
    url = at("entry", draft.key, "passages", uuid.uuid4())

    led = psw_client.post(url, {"text": "", "then": "another"})
    page = psw_client.get(led.url).content.decode()

    assert led.url.endswith("#entry-open")
    before = page[: page.index('id="entry-open"')]
    folded = before[before.index("<details") :]
    assert "2 earlier passages" in folded
    assert "Then said." in folded[: folded.index("</details>")]
    assert "<details open" not in page
    assert "Passage 3" in page


def test_one_that_is_changed_stands_open_beside_the_others(psw_client, draft):
    _, second = PassageFactory.create_batch(2, observation=draft)

    page = psw_client.get(at("entry", draft.key, "passages", second.key)).content.decode()

    assert "1 other passage" in page
    assert "Passage 2</h2>" in page[page.index('id="entry-open"') :]


# Two windows


@pytest.fixture
def saved_elsewhere(psw_client, draft):
    """The section was saved once in another window, after this one was opened at number 0."""
    url = at("section", draft.key, "my-part")
    psw_client.post(url, my_part(reflection_effect="From the phone."))
    return url


def test_the_second_window_is_told_and_both_texts_are_kept(psw_client, draft, saved_elsewhere):
    psw_client.post(saved_elsewhere, my_part(base_revision="1", reflection_effect="Phone, more."))

    response = psw_client.post(
        saved_elsewhere,
        my_part(base_revision="1", reflection_effect="From the laptop."),
        headers={"X-Autosave": "1"},
    )

    draft.refresh_from_db()
    copy = OtherCopy.objects.get()
    assert response.status_code == 409
    assert response.json()["conflict_url"] == at("copy", draft.key, copy.pk)
    assert draft.reflection_effect == "Phone, more."
    assert "From+the+laptop." in copy.typed


def test_one_window_keeps_one_copy_however_often_it_saves(psw_client, draft, saved_elsewhere):
    window = str(uuid.uuid4())
    for words in ("From the lap", "From the laptop"):
        data = my_part(base_revision="9", window=window, reflection_effect=words)
        psw_client.post(saved_elsewhere, data, headers={"X-Autosave": "1"})

    assert OtherCopy.objects.count() == 1


@pytest.mark.parametrize(
    ("pick", "kept"), [("saved", "From the phone."), ("other", "From the laptop.")]
)
def test_a_person_picks_which_to_keep(psw_client, draft, saved_elsewhere, pick, kept):
    psw_client.post(saved_elsewhere, my_part(reflection_effect="From the laptop."))
    copy = OtherCopy.objects.get()
    page = psw_client.get(at("copy", draft.key, copy.pk)).content.decode()
    assert "From the phone." in page
    assert "From the laptop." in page

    psw_client.post(at("copy", draft.key, copy.pk), {"pick": pick})

    draft.refresh_from_db()
    assert draft.reflection_effect == kept
    assert not OtherCopy.objects.filter(picked_at=None).exists()


def test_the_text_that_was_replaced_is_still_kept(psw_client, draft, saved_elsewhere):
    psw_client.post(saved_elsewhere, my_part(reflection_effect="From the laptop."))
    psw_client.post(at("copy", draft.key, OtherCopy.objects.get().pk), {"pick": "other"})

    assert OtherCopy.objects.filter(typed__contains="From+the+phone.").exists()


def test_the_same_text_from_an_old_window_is_no_conflict(psw_client, draft, saved_elsewhere):
    response = psw_client.post(saved_elsewhere, my_part(reflection_effect="From the phone."))

    assert response.url == draft.get_absolute_url()
    assert not OtherCopy.objects.exists()


# An expired session


def test_what_was_typed_survives_an_expired_session(client, ended_session, psw, draft):
    url = at("section", draft.key, "my-part")
    ended_session(psw)
    sent = client.post(url, my_part(reflection_effect="Typed at minute 29."))
    assert sent.url.startswith(reverse("account_login"))

    client.force_login(psw)
    page = client.get(url).content.decode()

    draft.refresh_from_db()
    assert "Typed at minute 29." in page
    assert "It is not saved yet" in page
    assert draft.reflection_effect == ""


def test_an_automatic_save_is_told_to_sign_in(client, draft):
    response = client.post(
        at("section", draft.key, "my-part"), my_part(), headers={"X-Autosave": "1"}
    )

    assert response.status_code == 401
    assert response.json()["sign_in_url"].startswith(reverse("account_login"))


def test_somebody_else_who_signs_in_does_not_save_it(client, ended_session, psw, stranger, draft):
    url = at("section", draft.key, "my-part")
    ended_session(psw)
    client.post(url, my_part(reflection_effect="Typed at minute 29."))

    client.force_login(stranger)

    assert client.get(url).status_code == 404
    draft.refresh_from_db()
    assert draft.reflection_effect == ""


# Entries


def passage(**changed):
    return {"base_revision": "0", "window": str(uuid.uuid4()), "text": "She waited.", **changed}


def test_a_passage_is_kept_under_the_key_its_page_made(psw_client, draft):
    key = uuid.uuid4()
    url = at("entry", draft.key, "passages", key)

    psw_client.post(url, passage(kind="seen"))
    psw_client.post(url, passage(kind="seen", base_revision="1", text="She waited a while."))

    saved = draft.passages.get()
    assert (saved.key, saved.kind, saved.text) == (key, "seen", "She waited a while.")


def test_an_empty_entry_is_not_kept(psw_client, draft):
    psw_client.post(at("entry", draft.key, "passages", uuid.uuid4()), passage(text=""))

    assert not draft.passages.exists()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("friction", {"system": "case_system", "minutes": "25", "effect": "hindered"}),
        ("voices", {"who": "mother", "words": "Nobody had asked me that."}),
    ],
)
def test_friction_and_voices_are_kept_alike(psw_client, draft, kind, data):
    psw_client.post(at("entry", draft.key, kind, uuid.uuid4()), data)

    page = psw_client.get(at("entries", draft.key, kind))
    assert page.status_code == 200
    assert "Change" in page.content.decode()


def test_a_kind_of_entry_that_is_not_there_is_not_found(psw_client, draft):
    assert psw_client.get(at("entries", draft.key, "gossip")).status_code == 404
    assert psw_client.get(at("entry", draft.key, "gossip", uuid.uuid4())).status_code == 404


def test_an_entry_is_removed_after_a_question(psw_client, draft):
    passage = PassageFactory(observation=draft)
    url = at("remove_entry", draft.key, "passages", passage.key)

    assert "Remove this passage?" in psw_client.get(url).content.decode()
    psw_client.post(url)

    assert not draft.passages.exists()


def test_a_name_is_pointed_at_as_soon_as_the_passage_is_saved(psw_client, draft):
    UserFactory(name="Callum Reid")
    url = at("entry", draft.key, "passages", uuid.uuid4())

    psw_client.post(url, passage(text="Then Callum Reid rang the school."))

    page = psw_client.get(url).content.decode()
    assert "Replace “Callum Reid” with" in page
    assert '<mark class="pl-found">Callum Reid</mark>' in page


# Ratings


def test_a_level_without_evidence_is_kept_and_pointed_at(psw_client, draft, framework_version):
    criterion = framework_version.criteria.get(code="1.1")
    level = framework_version.scale.levels.get(position=3)

    response = psw_client.post(
        at("section", draft.key, "ratings-1"), {f"answer_{criterion.pk}": f"level-{level.pk}"}
    )

    assert response.status_code == 422
    assert "1.1: say what shows it, or choose Not seen" in response.content.decode()
    assert draft.ratings.get(criterion=criterion).level == level


def test_an_opportunity_missed_wants_its_cause(psw_client, draft, framework_version):
    criterion = framework_version.criteria.get(code="1.1")
    url = at("section", draft.key, "ratings-1")

    response = psw_client.post(url, {f"answer_{criterion.pk}": "missed"})
    assert "1.1: say what got in the way" in response.content.decode()

    cause = framework_version.causes.first()
    data = {
        "base_revision": "1",
        f"answer_{criterion.pk}": "missed",
        f"cause_{criterion.pk}": cause.pk,
        "then": "next",
    }
    response = psw_client.post(url, data)

    following = framework_version.domains.get(code="2")
    assert response.url == at("section", draft.key, f"domain-{following.pk}")
    assert draft.ratings.get(criterion=criterion).cause == cause


def test_a_passage_can_show_a_rating(psw_client, draft, framework_version):
    criterion = framework_version.criteria.get(code="1.1")
    level = framework_version.scale.levels.get(position=3)
    seen = PassageFactory(observation=draft)

    psw_client.post(
        at("section", draft.key, "ratings-1"),
        {f"answer_{criterion.pk}": f"level-{level.pk}", f"passages_{criterion.pk}": [seen.pk]},
    )

    assert list(draft.ratings.get(criterion=criterion).passages.all()) == [seen]


def test_the_meeting_keeps_minutes_by_role(psw_client, draft):
    Observation.objects.filter(pk=draft.pk).update(kind_of_work="core_group", is_about="meeting")
    url = at("section", draft.key, "meeting")

    psw_client.post(url, {"minutes_mother": "9", "asked_first": "mother", "decided": "with"})
    psw_client.post(url, {"base_revision": "1", "minutes_mother": "", "decided": "with"})

    draft.refresh_from_db()
    assert draft.meeting.decided == "with"
    assert not draft.meeting.shares.exists()


# Check and submit


def finish(draft):
    PassageFactory(observation=draft)
    Observation.objects.filter(pk=draft.pk).update(reflection_effect="They sat straighter.")


def test_check_lists_what_is_left_and_keeps_the_draft(psw_client, draft):
    response = psw_client.post(at("check", draft.key), {"not_shared_because": "share"})

    draft.refresh_from_db()
    assert response.status_code == 422
    assert "Say what your presence may have changed" in response.content.decode()
    assert draft.is_draft


def test_a_finished_draft_is_submitted_and_counts(psw_client, draft):
    finish(draft)

    response = psw_client.post(at("check", draft.key), {"not_shared_because": "share"})

    draft.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert draft.is_counted
    assert draft.passages.get().is_counted


def test_submitting_says_not_seen_of_every_other_criterion(psw_client, draft, framework_version):
    finish(draft)
    RatingFactory(observation=draft, evidence="She drew it with him.")

    psw_client.post(at("check", draft.key), {"not_shared_because": "share"})

    outcomes = sorted(draft.ratings.values_list("outcome", flat=True))
    assert outcomes == [Rating.Outcome.LEVEL, Rating.Outcome.NOT_SEEN, Rating.Outcome.NOT_SEEN]


def test_submitting_twice_is_once(psw_client, draft):
    finish(draft)
    psw_client.post(at("check", draft.key), {"not_shared_because": "share"})

    assert (
        psw_client.post(at("check", draft.key), {"not_shared_because": "share"}).url
        == draft.get_absolute_url()
    )


def test_pages_of_a_draft_take_the_same_queries_at_any_length(
    psw_client, draft, django_assert_max_num_queries
):
    for _ in range(10):
        PassageFactory(observation=draft)

    for url in (
        draft.get_absolute_url(),
        at("entries", draft.key, "passages"),
        at("section", draft.key, "ratings-1"),
        at("ratings", draft.key),
        at("check", draft.key),
    ):
        with django_assert_max_num_queries(30):
            assert psw_client.get(url).status_code == 200


def test_the_number_of_a_save_grows_with_each_save(psw_client, draft):
    url = at("section", draft.key, "my-part")
    for base in range(3):
        psw_client.post(url, my_part(base_revision=str(base), reflection_effect=f"{base}"))

    assert SectionSave.objects.get(section="my-part").revision == 3


def test_a_section_is_saved_for_its_writer_alone_while_they_write_there(
    draft, psw, practitioner, service, system_admin
):
    def save(by):
        return actions.save_section(
            observation=draft,
            section="my-part",
            by=by,
            base=UNREAD,
            build=lambda: build_form(draft, "my-part", QueryDict("reflection_effect=Mine now.")),
            typed="reflection_effect=Mine+now.",
        )

    others = [practitioner, system_admin, RoleFactory(unit=service).user, UserFactory()]
    for by in others:
        with pytest.raises(NotNow, match="Only its observer"):
            save(by)
    psw.roles.update(ended_at=timezone.now(), ended_by=system_admin)
    with pytest.raises(NotNow, match="Only its observer"):
        save(psw)
    assert not SectionSave.objects.exists()

    psw.roles.update(ended_at=None, ended_by=None)
    save(psw)
    draft.refresh_from_db()
    assert draft.reflection_effect == "Mine now."


def test_nobody_else_picks_between_its_copies_or_types_on_in_it(draft, psw, team, service):
    other = RoleFactory(unit=service).user
    copy = OtherCopy.objects.create(
        observation=draft, section="my-part", window=uuid.uuid4(), typed="reflection_effect=x"
    )
    given = {"use_it": False, "form": build_form(draft, "my-part"), "replaced": ""}

    with pytest.raises(NotNow, match="Only its observer"):
        actions.pick_copy(copy=copy, by=other, **given)
    with pytest.raises(NotNow):
        actions.start(by=other, key=draft.key, unit=team, kind_of_work="home_visit", text="x")

    copy.refresh_from_db()
    assert copy.picked_at is None
    assert not draft.passages.exists()
