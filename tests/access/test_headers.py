"""What surrounds every answer, and what no page has within: script, style, or words run as either."""

import os
import re
import runpy

import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from observations.notes.views import pages
from tests.access.marks import HOSTILE
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy_of(response):
    told = response.headers["Content-Security-Policy"]
    return dict(each.strip().split(" ", 1) for each in told.split(";"))


def lacks(response):
    """What of the headers is missing from an answer, or not as it should be."""
    wrong = [name for name, value in EXPECTED.items() if response.headers.get(name) != value]
    return wrong if policy_of(response) == POLICY else [*wrong, "Content-Security-Policy"]


def failing(*args):
    raise RuntimeError("inside words")


# One answer of each kind, by its status.
ANSWERS = {
    302: ("nobody", "GET", "observations:list"),
    404: ("leader", "GET", "observations:list"),
    403: ("leader", "GET", "observations:start"),
    405: ("psw", "DELETE", "observations:list"),
    500: ("psw", "GET", "observations:list"),
}


@pytest.fixture
def answers(asking, monkeypatch):
    """An answer of each status, to GET and to HEAD."""
    made = {
        (status, method): asking.ask(code, method, reverse(name))
        for status, (code, first, name) in ANSWERS.items()
        if status != 500
        for method in {first, "HEAD" if first == "GET" else first}
    }
    monkeypatch.setattr(pages, "Paginator", failing)
    code, _, name = ANSWERS[500]
    for method in ("GET", "HEAD"):
        made[500, method] = asking.ask(code, method, reverse(name))
    return made


def test_every_page_and_file_has_its_headers(seen):
    wrong = {each.page: lacks(each.response) for each in seen if lacks(each.response)}

    # Whoever has the address of these can answer, or take back: they tell it to no page at all.
    told_to_nobody = {"family:card", "families:words"}
    assert wrong == {page: ["Referrer-Policy"] for page in told_to_nobody}
    policies = {
        each.response.headers["Referrer-Policy"] for each in seen if each.page in told_to_nobody
    }
    assert policies == {"no-referrer"}


def test_refusals_and_faults_have_them_too(answers):
    assert {response.status_code for response in answers.values()} == ANSWERS.keys()
    assert {key: lacks(response) for key, response in answers.items() if lacks(response)} == {}


def test_no_policy_allows_what_is_unsafe():
    assert "unsafe" not in str(configured.CONTENT_SECURITY_POLICY)


def test_nothing_that_somebody_signed_in_reads_is_stored(seen, answers):
    kept = {
        each.page
        for each in seen
        if each.person != "disabled" and "no-store" not in cache_of(each.response)
    }
    refused = {key for key, each in answers.items() if "no-store" not in cache_of(each)}

    # Whether the service is well is the same for everybody.
    assert kept <= {"health"}
    assert refused <= {(302, "GET"), (302, "HEAD")}


def cache_of(response):
    return response.headers.get("Cache-Control", "")


def test_a_fault_says_nothing_of_the_inside(answers):
    page = answers[500, "GET"].content.decode()

    assert "Something went wrong" in page
    for inside in ("inside words", "RuntimeError", "Traceback", "Paginator", "/observations/views"):
        assert inside not in page


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|(?:href|src|action)=[\"']?"
    r"(?:javascript|data):",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"(?:src|srcset|action|formaction)=[\"'](?:https?:)?//", re.IGNORECASE)


def html(seen):
    return [each for each in seen if each.response.headers["Content-Type"].startswith("text/html")]


def test_no_page_has_script_or_style_within(seen):
    wrong = {each.page: found.group() for each in html(seen) if (found := INLINE.search(each.text))}

    assert wrong == {}


def test_no_page_fetches_from_elsewhere(seen):
    wrong = {
        each.page: found.group() for each in html(seen) if (found := ELSEWHERE.search(each.text))
    }

    assert wrong == {}


def test_whatever_was_typed_is_shown_as_text(seen):
    """Every word of the world has these characters round it: see marks.py."""
    before, after = HOSTILE
    wrong = {
        each.page
        for each in html(seen)
        if before in each.text or re.search(rf"qz{re.escape(after[:2])}", each.text)
    }
    shown = [each for each in html(seen) if "&lt;u&gt;zq" in each.text]

    assert wrong == set()
    assert shown


@pytest.fixture
def production(monkeypatch, settings):
    """The settings as they are where INSECURE_HTTP is not set."""
    monkeypatch.delenv("INSECURE_HTTP", raising=False)
    chosen = runpy.run_path(str(configured.BASE_DIR / "practicelens/settings.py"))
    for name, value in chosen.items():
        if name.startswith(("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")):
            setattr(settings, name, value)
    assert "INSECURE_HTTP" not in os.environ


def test_cookies_are_for_this_host_over_https_and_out_of_reach_of_scripts(production):
    UserFactory(email="lee@example.org", password=make_password("a long walk in rain"))
    client = Client()
    client.get(reverse("account_login"), secure=True)

    client.post(
        reverse("account_login"),
        {"login": "lee@example.org", "password": "a long walk in rain"},
        secure=True,
    )

    names = {"__Host-sessionid", "__Host-csrftoken", "__Host-known_browser"}
    assert client.cookies.keys() == names
    for cookie in client.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_https_is_demanded_and_remembered(production):
    plain = Client().get(reverse("account_login"))
    secure = Client().get(reverse("account_login"), secure=True)

    assert plain.status_code == 301
    assert plain.url.startswith("https://")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_proxy_s_word_is_not_taken_unless_there_is_one(production):
    response = Client().get(reverse("account_login"), HTTP_X_FORWARDED_PROTO="https")

    assert response.status_code == 301
