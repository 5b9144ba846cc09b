"""Passwords that are easy to guess, or were stolen elsewhere, and the way to a new one."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from practicelens.audit.models import Entry
from practicelens.people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk in rain"


@pytest.mark.parametrize(
    "password",
    [
        "a" * 12,
        "aaaaaaaaaaab",
        "abcabcabcabc",
        "abcdefghijklm",
        "passwordpassword",
        "password12345",
        "Password12345!",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "letmeinplease",
        "Summer2026!!",
        "Welcome12345!",
        "practicelens",
        "PracticeLens2026!",
        "marianosei1234",
        "Marian.Osei.99",
        "kiaorakiaora",
        "123456789012",
        "Marian1981Osei!",
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    user = User(name="Marian Osei", email="marian.osei@harrow.example", post="Practice leader")

    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.mark.parametrize("password", ["qwertyuiop123", "1q2w3e4r5t6y", "q1w2e3r4t5y6"])
def test_a_stolen_one_says_so(password):
    with pytest.raises(ValidationError, match=r"stolen|common|easy"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "kettle moss ferry nine",
        "Xk2#vq9!Lm4z",
        "ā" * 2 + "whare puna tōtara kākāriki",
    ],
)
def test_a_few_words_or_chance_are_taken(password):
    user = User(name="Marian Osei", email="marian.osei@harrow.example")

    assert validate_password(password, user) is None


def test_a_very_long_one_is_looked_at_quickly_and_taken():
    assert validate_password("kettle moss ferry nine " * 200) is None


# Forgotten


@pytest.fixture
def marian():
    user = UserFactory(email="marian@example.org", name="Marian Osei")
    user.set_password(PASSWORD)
    user.save()
    return user


def ask(client, email="marian@example.org"):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def test_a_forgotten_password_mails_a_link_that_sets_a_new_one(client, marian, mailoutbox):
    assert ask(client).status_code == 200

    (letter,) = mailoutbox
    assert letter.to == ["marian@example.org"]
    (link,) = [line for line in letter.body.splitlines() if line.startswith("http")]
    form = client.get(link, follow=True)
    words = {"password1": "kettle moss ferry nine", "password2": "kettle moss ferry nine"}
    client.post(form.redirect_chain[-1][0], words)
    marian.refresh_from_db()
    assert marian.check_password("kettle moss ferry nine")
    assert list(Entry.objects.order_by("pk").values_list("action", "changes")) == [
        ("linked", {"link": [None, "by mail to marian@example.org"]}),
        ("changed", {"password": [None, "by a link"]}),
    ]


@pytest.mark.parametrize("email", ["marian@example.org", "nobody@example.org"])
@pytest.mark.parametrize("how", ["mail_down", "mail_off"])
def test_no_mail_is_no_fault_of_the_page_and_tells_nobody_who_is_known(
    client, marian, request, email, how
):
    request.getfixturevalue(how)

    page = ask(client, email)

    assert page.status_code == 200
    assert "/accounts/password/reset/key/" not in page.content.decode()


def test_a_stranger_is_mailed_nothing_and_told_the_same(client, marian, mailoutbox):
    known, unknown = (
        ask(client, email).content.decode() for email in ["marian@example.org", "x@example.org"]
    )

    assert known.split("<main")[1] == unknown.split("<main")[1]
    assert [letter.to for letter in mailoutbox] == [["marian@example.org"]]


def test_asking_again_at_once_sends_no_second_mail_and_is_never_refused(client, marian, mailoutbox):
    answers = {ask(client).status_code for _ in range(30)}

    assert answers == {200}
    assert len(mailoutbox) == 1


def test_who_can_not_sign_in_is_mailed_nothing(client, marian, mailoutbox):
    marian.is_active = False
    marian.save()

    assert ask(client).status_code == 200
    assert not mailoutbox


def test_a_link_does_not_go_out_twice_over_the_network_when_nobody_asks(client, marian):
    client.get(reverse("account_reset_password"))

    assert mail.outbox == []


def test_a_changed_password_is_in_the_log_by_whom(client, marian):
    client.force_login(marian)
    words = {"oldpassword": PASSWORD, "password1": "kettle moss ferry nine"}

    client.post(reverse("account_change_password"), words | {"password2": "kettle moss ferry nine"})

    entry = Entry.objects.get(action="changed")
    assert (entry.by, entry.changes) == (marian, {"password": [None, "signed in"]})


def test_a_weak_password_is_refused_where_it_is_chosen(client, marian):
    client.force_login(marian)
    words = {"oldpassword": PASSWORD, "password1": "a" * 12, "password2": "a" * 12}

    page = client.post(reverse("account_change_password"), words).content.decode()

    assert "easy to guess" in page
    marian.refresh_from_db()
    assert marian.check_password(PASSWORD)
