import pytest
from allauth.account.forms import default_token_generator
from django.urls import reverse

from practicelens.people import actions
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk in rain"


@pytest.fixture
def marian():
    user = UserFactory(email="marian@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, **changed):
    words = {"login": "marian@example.org", "password": PASSWORD} | changed
    return client.post(reverse("account_login"), words)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["marian@example.org", "Marian@Example.org"])
def test_email_and_password_sign_in(client, marian, email):
    response = sign_in(client, login=email)

    assert response.url == reverse("home")
    assert is_signed_in(client)


@pytest.mark.parametrize("wrong", [{"password": "another"}, {"login": "nobody@example.org"}])
def test_a_wrong_word_does_not_sign_in(client, marian, wrong):
    sign_in(client, **wrong)

    assert not is_signed_in(client)


def test_who_is_disabled_is_refused(client, marian):
    marian.is_active = False
    marian.save()

    sign_in(client)

    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    words = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(reverse("account_signup"), words)

    assert not is_signed_in(client)
    assert not UserFactory._meta.model.objects.filter(email="new@example.org").exists()
    assert response.status_code == 200


def test_pages_of_somebody_signed_in_are_not_stored(psw_client):
    response = psw_client.get(reverse("people:me"))

    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "latin-1", "base64", "undefined", "nonsense"]
)
@pytest.mark.parametrize(
    "form", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_says_that_it_is_not_utf8_is_not_read(client, psw_client, charset, form):
    part = b'--x\r\nContent-Disposition: form-data; name="login+2AA-"\r\n\r\n+2AA-\r\n--x--\r\n'
    sent = part if "multipart" in form else b"login=%2B2AA-"

    for each in (client, psw_client):
        for url in (reverse("account_login"), reverse("observations:quick_note"), reverse("home")):
            response = each.generic("POST", url, sent, content_type=f"{form}; charset={charset}")
            assert response.status_code == 415


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8"])
def test_what_says_that_it_is_utf8_is_read(client, marian, charset):
    sent = f"login=marian@example.org&password={PASSWORD.replace(' ', '+')}".encode()
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    client.generic("POST", reverse("account_login"), sent, content_type=kind)

    assert is_signed_in(client)


def enabled_again(user, by):
    actions.disable(user=user, by=by)
    actions.enable(user=user, by=by)


def test_a_session_of_before_a_disabling_does_not_go_on_after_it(marian, system_admin, client):
    sign_in(client)
    enabled_again(marian, system_admin)

    assert client.get(reverse("people:me")).status_code == 302


def test_who_is_enabled_again_signs_in_anew(marian, system_admin, client):
    enabled_again(marian, system_admin)

    sign_in(client)

    assert client.get(reverse("people:me")).status_code == 200


def test_a_session_of_before_a_disabling_does_not_go_on_under_an_older_secret_either(
    marian, system_admin, client, settings
):
    sign_in(client)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret"
    assert client.get(reverse("people:me")).status_code == 200

    enabled_again(marian, system_admin)

    assert client.get(reverse("people:me")).status_code == 302


def test_a_link_of_before_a_disabling_sets_no_password_after_it(marian, system_admin):
    key = default_token_generator.make_token(marian)
    assert default_token_generator.check_token(marian, key)

    enabled_again(marian, system_admin)

    marian.refresh_from_db()
    assert not default_token_generator.check_token(marian, key)
