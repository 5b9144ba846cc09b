"""Words sent after a session has ended: kept for their writer alone, and back with them once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.people import kept_words, tasks
from practicelens.people.models import KeptWords, Role
from tests.conftest import signed_in
from tests.factories import RoleFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk in rain"
OURS = {"HTTP_ORIGIN": "http://testserver"}
JOT = "They sat straighter when mum spoke first."


@pytest.fixture
def marian(psw):
    psw.set_password(PASSWORD)
    psw.save()
    return psw


@pytest.fixture
def other_psw(service):
    user = RoleFactory(unit=service, kind=Role.Kind.PSW, user__name="Tom Whitfield").user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def browser(marian):
    client = Client(enforce_csrf_checks=True)
    client.force_login(marian)
    return client


@pytest.fixture
def jot(framework_version, team):
    return reverse("observations:quick_note")


def form_on(client, address):
    """The hidden fields that a page gives its form, as a browser would send them back."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def sign_in(client, user):
    page = client.get(reverse("account_login")).content.decode()
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    sent = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    return client.post(reverse("account_login"), sent, **OURS)


def end_session():
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=5))


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_words_come_back_to_their_writer_and_are_not_saved_yet(browser, marian, jot, team):
    form = form_on(browser, jot)
    end_session()

    response = browser.post(jot, form | {"text": JOT, "unit": team.pk}, **OURS)
    assert response.url.startswith(reverse("account_login"))
    assert "What you typed is safe" in text_of(browser.get(response.url))
    sign_in(browser, marian)

    page = text_of(browser.get(jot))
    assert JOT in page
    assert "It is not saved yet" in page
    assert not Observation.objects.exists()


def test_once_saved_they_are_no_longer_kept(browser, marian, jot, team):
    words = {"text": JOT, "unit": team.pk, "kind_of_work": "home_visit"}
    form = form_on(browser, jot)
    end_session()
    browser.post(jot, form | words, **OURS)
    sign_in(browser, marian)
    form = form_on(browser, jot)
    assert form["kept_words"] == str(KeptWords.objects.get().pk)

    refused = browser.post(jot, form | words | {"unit": ""}, **OURS)
    assert refused.status_code in (200, 422)
    assert KeptWords.objects.exists()
    assert 'name="kept_words"' in refused.content.decode()
    browser.post(jot, form | words, **OURS)

    assert Observation.objects.get().observer == marian
    assert not KeptWords.objects.exists()
    assert JOT not in text_of(browser.get(jot))


def test_who_signs_in_next_in_that_browser_is_not_offered_them(browser, other_psw, jot):
    form = form_on(browser, jot)
    end_session()
    browser.post(jot, form | {"text": JOT}, **OURS)

    sign_in(browser, other_psw)

    for address in [jot, reverse("home"), reverse("people:kept")]:
        assert JOT not in text_of(browser.get(address))


def test_two_tabs_both_come_back(browser, marian, jot):
    first, second = form_on(browser, jot), form_on(browser, jot)
    end_session()
    browser.post(jot, first | {"text": "The first tab's words."}, **OURS)
    browser.post(jot, second | {"text": "The second tab's words."}, **OURS)

    sign_in(browser, marian)

    assert "The first tab&#x27;s words." in text_of(browser.get(jot))
    page = text_of(browser.get(reverse("people:kept")))
    assert "The first tab&#x27;s words." in page
    assert "The second tab&#x27;s words." in page
    assert reverse("people:kept") in text_of(browser.get(reverse("people:me")))


def test_a_second_press_keeps_them_once(browser, jot):
    form = form_on(browser, jot)
    end_session()

    for _ in range(2):
        browser.post(jot, form | {"text": JOT}, **OURS)

    assert KeptWords.objects.count() == 1


def test_words_typed_before_signing_out_in_another_tab_are_kept(browser, marian, jot):
    form = form_on(browser, jot)
    Session.objects.all().delete()

    browser.post(jot, form | {"text": JOT}, **OURS)

    assert KeptWords.objects.get().writer == marian


def test_a_page_of_one_person_sent_while_another_is_signed_in(browser, marian, other_psw, jot):
    form = form_on(browser, jot)
    end_session()
    sign_in(browser, other_psw)

    response = browser.post(jot, form | {"text": JOT}, **OURS)

    assert response.status_code == 403
    assert JOT not in response.content.decode()
    assert "kept for that person" in response.content.decode()
    assert KeptWords.objects.get().writer == marian
    assert not Observation.objects.exists()


def test_a_script_is_told_to_sign_in_and_its_words_are_kept_for_their_writer(
    browser, marian, other_psw, jot
):
    form = form_on(browser, jot)
    end_session()
    early = browser.post(jot, form | {"text": "They"}, HTTP_X_AUTOSAVE="1", **OURS)
    assert "What you typed is safe" in text_of(browser.get(early.json()["sign_in_url"]))
    sign_in(browser, other_psw)

    response = browser.post(jot, form | {"text": JOT}, HTTP_X_AUTOSAVE="1", **OURS)

    for answer in (early, response):
        assert answer.status_code == 401
        assert answer.json()["is_kept"] is True
    kept = KeptWords.objects.get()
    assert (kept.writer, kept.words) == (marian, JOT)


def test_a_script_is_told_why_its_words_are_not_kept(browser, jot):
    form = form_on(browser, jot)
    end_session()

    long = browser.post(jot, form | {"text": "a" * 1_000_001}, HTTP_X_AUTOSAVE="1", **OURS)
    foreign = browser.post(jot, form | {"text": JOT}, HTTP_X_AUTOSAVE="1")

    assert not long.json()["is_kept"]
    assert "too long" in long.json()["because"]
    assert not foreign.json()["is_kept"]
    assert not KeptWords.objects.exists()


def test_once_the_same_window_has_saved_them_they_are_no_longer_kept(browser, marian, draft):
    address = f"{draft.get_absolute_url()}sections/my-part/"
    form = form_on(browser, address)
    end_session()
    typed = form | {"reflection_effect": JOT}
    browser.post(address, typed, HTTP_X_AUTOSAVE="1", **OURS)
    assert KeptWords.objects.exists()
    sign_in(browser, marian)
    token = {
        "csrfmiddlewaretoken": form_on(browser, reverse("observations:quick_note"))[
            "csrfmiddlewaretoken"
        ]
    }

    answer = browser.post(address, typed | token, HTTP_X_AUTOSAVE="1", **OURS)

    assert answer.status_code == 200
    assert not KeptWords.objects.exists()
    draft.refresh_from_db()
    assert draft.reflection_effect == JOT


FOREIGN = [
    {},
    {"HTTP_ORIGIN": "https://elsewhere.example"},
    {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
    {"HTTP_ORIGIN": "https://testserver"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_REFERER": "https://elsewhere.example/http://testserver/"},
    {"HTTP_REFERER": "http://[broken"},
    {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"},
]


@pytest.mark.parametrize("sent_from", FOREIGN)
def test_nothing_is_taken_from_another_site_and_nobody_is_signed_out(browser, jot, sent_from):
    form = form_on(browser, jot)
    without_cookies = Client(enforce_csrf_checks=True)  # browsers keep them from another site
    rows = Session.objects.count()

    response = without_cookies.post(jot, form | {"text": JOT}, **sent_from)

    assert response.status_code == 403
    assert not KeptWords.objects.exists()
    assert "sessionid" not in response.cookies
    assert Session.objects.count() == rows
    assert browser.get(jot).status_code == 200


def test_the_address_of_the_page_before_tells_our_own_origin_too(browser, jot):
    end_session()

    browser.post(jot, {"text": JOT}, HTTP_REFERER="http://testserver/observations/jot/")

    assert KeptWords.objects.exists()


@pytest.mark.parametrize(
    "stamp",
    ["", "7", "7:1abcde:forged", "\x00", kept_words.stamp_for(type("", (), {"pk": 0}))],
    ids=["none", "no signature", "forged", "a null byte", "of someone who is gone"],
)
def test_nothing_is_taken_from_a_stranger(client, jot, stamp):
    response = client.post(jot, {"text": JOT, "written_for": stamp}, **OURS)

    assert response.status_code == 403
    assert "Back button" in response.content.decode()
    assert not KeptWords.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize("ago", [timedelta(days=4), timedelta(days=400)])
def test_nothing_is_taken_from_a_session_that_ended_long_ago(browser, jot, ago):
    Session.objects.update(expire_date=timezone.now() - ago)

    browser.post(jot, {"text": JOT}, **OURS)

    assert not KeptWords.objects.exists()


def test_nothing_is_taken_for_a_page_made_long_ago(browser, jot, monkeypatch):
    form = form_on(browser, jot)
    end_session()
    monkeypatch.setattr(kept_words, "SHORT_WHILE", timedelta(seconds=-1))

    browser.post(jot, form | {"text": JOT}, **OURS)

    assert not KeptWords.objects.exists()


def test_nothing_is_taken_for_who_may_no_longer_sign_in(browser, marian, jot):
    form = form_on(browser, jot)
    marian.is_active = False
    marian.save()

    browser.post(jot, form | {"text": JOT}, **OURS)

    assert not KeptWords.objects.exists()


@pytest.mark.parametrize(("words", "kept"), [("ā" * 499_000, 1), ("ā" * 500_001, 0)])
def test_at_most_a_megabyte_is_kept(browser, jot, words, kept):
    form = form_on(browser, jot)
    end_session()

    response = browser.post(jot, form | {"text": words}, **OURS)

    assert KeptWords.objects.count() == kept
    assert ("too long to be kept" in response.content.decode()) is not bool(kept)


def test_a_few_are_kept_at_a_time(browser, jot):
    form = form_on(browser, jot)
    end_session()

    for number in range(7):
        window = {"window": str(uuid.uuid4())}
        response = browser.post(jot, form | window | {"text": f"Words {number}."}, **OURS)

    assert KeptWords.objects.count() == kept_words.AT_A_TIME
    assert "wait to be saved already" in response.content.decode()


def test_what_is_over_is_not_shown_and_is_gone_from_the_database(browser, marian, jot):
    end_session()
    browser.post(jot, {"text": JOT}, **OURS)
    KeptWords.objects.update(over_at=timezone.now() - timedelta(seconds=1))
    sign_in(browser, marian)
    assert JOT not in text_of(browser.get(jot))
    old = Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(seconds=1)
    )

    tasks.forget()

    assert not KeptWords.objects.exists()
    assert not Session.objects.filter(pk=old.pk).exists()
    assert browser.get(jot).status_code == 200


def test_beat_clears_what_is_over_every_hour(settings):
    assert settings.CELERY_BEAT_SCHEDULE["forget"]["task"] == tasks.forget.name


def test_kept_words_are_thrown_away_by_their_writer_alone(marian, other_psw):
    kept = KeptWords.objects.create(
        writer=marian, path="/", data="story=Mine.", window=uuid.uuid4()
    )
    address = reverse("people:throw_away", args=[kept.pk])

    assert signed_in(other_psw).post(address).status_code == 404
    signed_in(marian).post(address)

    assert not KeptWords.objects.exists()


def test_a_section_comes_back_on_the_number_it_was_written_on(browser, marian, draft):
    """So that what was saved meanwhile, in another window, is not overwritten unseen."""
    address = f"{draft.get_absolute_url()}sections/my-part/"
    form = form_on(browser, address)
    end_session()
    browser.post(address, form | {"reflection_effect": JOT}, **OURS)
    sign_in(browser, marian)
    browser.post(address, form_on_current(browser, address), HTTP_X_AUTOSAVE="1", **OURS)

    page = text_of(browser.get(address))

    assert JOT in page
    assert 'name="base_revision" value="0"' in page
    draft.refresh_from_db()
    assert draft.reflection_effect != JOT


def form_on_current(browser, address):
    form = form_on(browser, address)
    return {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "reflection_effect": "Other."}


def test_the_reason_of_a_withdrawal_is_kept_too(browser, marian, draft):
    address = reverse("observations:withdraw", args=[draft.key])
    form = form_on(browser, address)
    end_session()

    browser.post(address, form | {"because": "The family changed its mind."}, **OURS)
    sign_in(browser, marian)

    assert "The family changed its mind." in text_of(browser.get(address))
    draft.refresh_from_db()
    assert draft.withdrawn_at is None


# Where they can go


def kept(writer, path, **more):
    return KeptWords.objects.create(
        writer=writer, path=path, data="text=Mum+spoke+first.", window=uuid.uuid4(), **more
    )


OPEN = "Open the page they were for"


def test_the_button_is_there_while_the_page_takes_them_and_asking_opens_nothing(marian, draft):
    kept(marian, reverse("observations:withdraw", args=[draft.key]))
    kept(marian, reverse("observations:quick_note"))
    client = signed_in(marian)
    before = Entry.objects.count()

    page = text_of(client.get(reverse("people:kept")))

    assert page.count(OPEN) == 2
    assert "It is not saved yet" not in page
    assert Entry.objects.count() == before


def test_of_a_draft_that_was_submitted_the_list_says_so_and_leads_to_it(marian, observation):
    kept(marian, f"{observation.get_absolute_url()}sections/my-part/")

    page = text_of(signed_in(marian).get(reverse("people:kept")))

    assert OPEN not in page
    assert "This observation was submitted on" in page
    assert f'<a class="govuk-link" href="{observation.get_absolute_url()}">' in page


def test_what_the_page_said_stays_with_words_whose_page_is_gone(marian, practitioner_client, draft):
    kept(marian, f"/observations/{uuid.uuid4()}/reply/", because="It is no longer shared with you.")
    kept(marian, "/of/an/older/edition/")
    kept(marian, reverse("people:throw_away", args=[1]))

    page = text_of(signed_in(marian).get(reverse("people:kept")))

    assert OPEN not in page
    assert "It is no longer shared with you." in page
    assert page.count("you can no longer write in it") == 2
    assert page.count("Mum spoke first.") == page.count("Throw away</button>") == 3


def test_what_its_page_says_when_it_refuses_them_is_kept_with_them(browser, marian, draft):
    address = reverse("observations:withdraw", args=[draft.key])
    form = form_on(browser, address)
    Observation.objects.filter(pk=draft.pk).update(observer=RoleFactory(kind="psw").user)

    browser.post(address, form | {"because": "The family changed its mind."}, **OURS)

    page = text_of(browser.get(reverse("people:kept")))
    assert "This draft was passed on to another observer" in page
    assert "The family changed its mind." in page
    assert OPEN not in page


# A form whose safety token does not hold


@pytest.mark.parametrize("sent_from", FOREIGN)
@pytest.mark.parametrize("page", ["observations:quick_note", "people:add"])
def test_a_post_from_another_site_is_never_offered_again(
    browser, jot, page, sent_from, framework_version
):
    response = browser.post(
        reverse(page), {"text": "A stranger's", "name": "A stranger's"}, **sent_from
    )

    words = response.content.decode()
    assert response.status_code == 403
    assert "stranger&#x27;s" not in words
    assert "Save what I typed" not in words
    assert "Nothing was changed" in words


def test_a_form_of_typed_words_is_offered_again_to_our_own_page(browser, jot):
    response = browser.post(jot, {"text": "Tom <b> Whitfield"}, **OURS)

    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="text" value="Tom &lt;b&gt; Whitfield"' in page
    assert f'action="{jot}"' in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize("page", ["people:add", "account_login", "account_change_password"])
def test_other_forms_are_refused_though_our_own_page_sent_them(browser, page):
    response = browser.post(reverse(page), {"name": "Tom", "password": "secret words"}, **OURS)

    words = response.content.decode()
    assert response.status_code == 403
    assert "load it again" in words
    assert "secret words" not in words
    assert "Save what I typed" not in words
