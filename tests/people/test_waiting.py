"""Wrong passwords make whoever tries wait, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from practicelens.audit.models import Entry
from practicelens.people import tasks, waiting
from practicelens.people.addresses import address_of
from practicelens.people.models import SignInTries
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk in rain"


@pytest.fixture(autouse=True)
def a_still_clock(monkeypatch):
    """Waits end when a test says so, however slow the machine is."""
    moment = timezone.now()
    monkeypatch.setattr(waiting, "now", lambda: moment)


@pytest.fixture
def marian():
    user = UserFactory(email="marian@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(client, address="192.0.2.1", password="wrong", login="marian@example.org"):
    words = {"login": login, "password": password}
    return client.post(reverse("account_login"), words, REMOTE_ADDR=address)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def fail(times, **how):
    for _ in range(times):
        attempt(Client(), **how)


def let_pass(seconds):
    """The waits that are running end so much sooner."""
    for tries in SignInTries.objects.all():
        tries.next_at -= timedelta(seconds=seconds)
        tries.save()


def test_a_few_wrong_passwords_cost_nothing(client, marian):
    fail(waiting.FREE - 1)

    attempt(client, password=PASSWORD)

    assert is_signed_in(client)


def test_after_more_even_the_right_one_has_to_wait_and_the_page_says_how_long(client, marian):
    fail(waiting.FREE)

    response = attempt(client, password=PASSWORD)

    assert not is_signed_in(client)
    assert "Wait 5 seconds, then try again" in response.content.decode()
    let_pass(5)
    attempt(client, password=PASSWORD)
    assert is_signed_in(client)


def test_waits_grow_and_end():
    seconds = [waiting.wait_after(wrong).total_seconds() for wrong in range(1, 16)]

    assert seconds == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300]
    assert waiting.wait_after(10**9).total_seconds() == waiting.LONGEST_WAIT


def test_trying_during_a_wait_does_not_make_it_longer(marian):
    fail(waiting.FREE)
    before = SignInTries.objects.values().get()

    fail(30)

    assert SignInTries.objects.values().get() == before


def test_a_stranger_elsewhere_locks_nobody_out(client, marian):
    for number in range(200):
        attempt(Client(), address=f"198.51.100.{number}")
    fail(20, address="198.51.100.7")

    attempt(client, address="192.0.2.1", password=PASSWORD)

    assert is_signed_in(client)


def test_one_person_s_wrong_passwords_keep_nobody_else_waiting_at_the_same_address(client, marian):
    tom = UserFactory(email="tom@example.org")
    tom.set_password(PASSWORD)
    tom.save()
    fail(20)

    attempt(client, login="tom@example.org", password=PASSWORD)

    assert is_signed_in(client)


def test_a_browser_in_which_one_signed_in_before_is_a_place_of_its_own(client, marian):
    attempt(client, password=PASSWORD)
    client.post(reverse("account_logout"))
    fail(20)

    attempt(client, password=PASSWORD)

    assert is_signed_in(client)


def test_a_known_browser_waits_too_and_is_known_for_one_person_alone(client, marian):
    attempt(client, password=PASSWORD)
    client.post(reverse("account_logout"))
    for _ in range(waiting.FREE):
        attempt(client)
    assert "Wait" in attempt(client, password=PASSWORD).content.decode()

    fail(waiting.FREE, login="tom@example.org")
    assert "Wait" in attempt(client, login="tom@example.org").content.decode()


def test_a_browser_s_mark_can_not_be_made_up(client, marian):
    client.cookies[waiting.cookie_name()] = "WyJtYXJpYW5AZXhhbXBsZS5vcmciLCAiMSJd:1abcde:forged"
    fail(waiting.FREE)

    assert "Wait" in attempt(client, password=PASSWORD).content.decode()


def test_somebody_who_is_not_known_here_waits_alike(client, marian):
    """Or the wait would tell who is known."""
    fail(waiting.FREE, login="nobody@example.org")

    page = attempt(client, login="nobody@example.org").content.decode()

    assert "Wait 5 seconds, then try again" in page


def test_the_case_of_an_address_makes_no_other_person_of_it(client, marian):
    for login in ["MARIAN@example.org", "Marian@Example.org", " marian@example.org "]:
        fail(2, login=login)

    assert "Wait" in attempt(client, password=PASSWORD).content.decode()


def test_a_right_password_begins_anew(client, marian):
    fail(waiting.FREE - 1)
    attempt(client, password=PASSWORD)

    assert not SignInTries.objects.exists()


def test_many_at_once_are_counted_before_any_is_looked_at():
    for _ in range(waiting.FREE):
        waiting.begin("key")

    with pytest.raises(waiting.Wait) as wait:
        waiting.begin("key")
    assert wait.value.seconds == 5


def test_old_tries_count_no_more_and_are_gone_from_the_database():
    long_ago = timezone.now() - waiting.FORGOTTEN_AFTER - timedelta(minutes=1)
    SignInTries.objects.create(key="key", wrong=50, last_at=long_ago, next_at=long_ago)
    SignInTries.objects.create(key="other", wrong=50, last_at=long_ago, next_at=long_ago)

    waiting.begin("key")
    tasks.forget()

    assert list(SignInTries.objects.values_list("key", "wrong")) == [("key", 1)]


def test_a_thousand_counters_are_not_thrown_out(client, marian):
    fail(waiting.FREE)
    for number in range(1000):
        waiting.begin(f"other {number}")

    assert "Wait" in attempt(client, password=PASSWORD).content.decode()


def test_the_password_asked_again_waits_too(client, marian):
    client.force_login(marian)
    address = reverse("account_reauthenticate")
    for _ in range(waiting.FREE):
        client.post(address, {"password": "wrong"})

    assert "Wait" in client.post(address, {"password": PASSWORD}).content.decode()


# Where a request comes from


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "found"),
    [
        (0, None, "192.0.2.1", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, None, "192.0.2.1", "192.0.2.1"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9:4711", "", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2::7]", "", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "", "203.0.113.9"),
        (1, "not an address", "", "not an address"),
        (0, None, "", ""),
    ],
)
def test_the_address_is_what_the_last_of_our_own_proxies_saw(
    settings, proxies, forwarded, remote, found
):
    settings.PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == found


def test_behind_a_proxy_two_offices_wait_apart(client, marian, settings):
    settings.PROXY_COUNT = 1
    for _ in range(20):
        attempt(Client(HTTP_X_FORWARDED_FOR="203.0.113.9"))

    client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.10"
    attempt(client, password=PASSWORD)

    assert is_signed_in(client)


# What the log says of it


def test_each_sign_in_and_each_failure_is_in_the_log(client, marian, team):
    attempt(client)
    attempt(client, login="nobody@example.org", password="the secret in the wrong box")
    attempt(client, password=PASSWORD)

    entries = list(Entry.objects.order_by("pk").values_list("by", "action", "what", "object_pk"))
    assert entries == [
        (None, "not_signed_in", "user", str(marian.pk)),
        (None, "not_signed_in", "user", ""),
        (marian.pk, "signed_in", "user", str(marian.pk)),
    ]
    assert "secret" not in str(list(Entry.objects.values()))


def test_a_refused_try_during_a_wait_is_no_line_of_its_own(marian):
    fail(waiting.FREE + 10)

    assert Entry.objects.count() == waiting.FREE
