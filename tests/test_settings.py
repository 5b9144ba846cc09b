"""Settings come from the environment: every variable is checked, every fault told in a sentence."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from shlex import quote

import pytest
from django.conf import settings

from practicelens.variables import WrongVariables

EXAMPLE = settings.BASE_DIR / ".env.example"
SETTINGS = settings.BASE_DIR / "practicelens/settings.py"
NEEDED = {
    "SECRET_KEY": "a-long-random-secret-of-more-than-fifty-characters-in-all",
    "DATABASE_URL": "postgres://practice:walk@db.example.gov.uk:5432/practicelens",
    "REDIS_URL": "redis://:walk@broker.example.gov.uk:6379/0",
}


@pytest.fixture
def read(monkeypatch):
    """The settings as they would be under nothing but the needed variables and those given."""

    def read(**given):
        for name in list(os.environ):
            if re.fullmatch("[A-Z_]+", name) and name not in ("PATH", "HOME"):
                monkeypatch.delenv(name)
        for name, value in (NEEDED | given).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


def lines_of_example():
    lines = [line for line in EXAMPLE.read_text().splitlines() if line]
    return [line for line in lines if not line.startswith("#")]


# The example


def test_the_example_lists_every_variable_that_is_read(read):
    listed = [line.partition("=")[0] for line in lines_of_example()]

    assert sorted(listed) == sorted(read()["given"].names)


@pytest.mark.parametrize("line", lines_of_example())
def test_a_shell_systemd_and_docker_read_a_line_of_the_example_alike(line):
    # Nothing that one of them takes away, puts in place of something else, or keeps.
    assert re.fullmatch(r"[A-Z_]+=[\w.,:/+@-]*", line)


def test_the_example_filled_in_gives_the_defaults(read):
    example = dict(line.split("=", 1) for line in lines_of_example())

    filled, bare = read(**example | NEEDED), read()

    names = [name for name in bare if name.isupper()]
    assert {name: filled[name] for name in names} == {name: bare[name] for name in names}
    assert filled["CELERY_BROKER_URL"] == NEEDED["REDIS_URL"]


def test_a_shell_reads_the_example_without_a_word():
    script = f"set -a; . {quote(str(EXAMPLE))}; printenv SMALL_COUNT_THRESHOLD ALLOWED_HOSTS"

    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout == "5\nlocalhost,127.0.0.1\n"
    assert said.stderr == ""


# What is refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "# a long random secret, the same for every process"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "# postgres://user:password@host:5432/name"),
        ("DATABASE_URL", "127.0.0.1:5432/practicelens"),
        ("DATABASE_URL", "user:walk@host/name"),
        ("DATABASE_URL", "sqlite:///here.sqlite3"),
        ("DATABASE_URL", "mysql://user:walk@host/name"),
        ("DATABASE_URL", "postgres://user:walk@host:5432"),
        ("DATABASE_URL", "postgres://user:walk@host:port/name"),
        ("DATABASE_URL", "postgres://user:walk@host:99999/name"),
        ("DATABASE_URL", "postgres://user:wa#lk@host:5432/name"),
        ("DATABASE_URL", "postgres://user:walk@host/name?sslmod=require"),
        ("DATABASE_URL", "postgres://user:walk@host/name?CONN_MAX_AGE=60"),
        ("REDIS_URL", ""),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("REDIS_URL", "localhost"),
        ("REDIS_URL", "http://127.0.0.1:6379/0"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://host:port/0"),
        ("REDIS_URL", "redis://host:6379/zero"),
        ("REDIS_URL", "redis://:wa#lk@host:6379/0"),
        ("ALLOWED_HOSTS", "https://practice.example.gov.uk"),
        ("ALLOWED_HOSTS", "practice.example.gov.uk:8000"),
        ("ALLOWED_HOSTS", "practice.example.gov.uk/"),
        ("ALLOWED_HOSTS", "one.example.gov.uk two.example.gov.uk"),
        ("ALLOWED_HOSTS", "one.example.gov.uk; two.example.gov.uk"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ","),
        ("CSRF_TRUSTED_ORIGINS", "practice.example.gov.uk"),
        ("CSRF_TRUSTED_ORIGINS", "https://practice.example.gov.uk/"),
        ("CSRF_TRUSTED_ORIGINS", "# https://practice.example.gov.uk"),
        ("PUBLIC_ADDRESS", "practice.example.gov.uk"),
        ("PUBLIC_ADDRESS", "https://practice.example.gov.uk/home"),
        ("PUBLIC_ADDRESS", "https://*.example.gov.uk"),
        ("BEHIND_PROXY", "perhaps"),
        ("PROXY_COUNT", "10"),
        ("PROXY_COUNT", "one"),
        ("DATABASE_OWNER_URL", "mysql://owner:walk@db.example.gov.uk/practicelens"),
        ("INSECURE_HTTP", "2"),
        ("DEMONSTRATION", "y es"),
        ("DATABASE_POOL", "8"),
        ("EMAIL_URL", "mail.example.gov.uk:25"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.gov.uk:port"),
        ("EMAIL_URL", "https://mail.example.gov.uk"),
        ("EMAIL_URL", "smtp://mail.example.gov.uk:587?tls=1"),
        ("DEFAULT_FROM_EMAIL", "PracticeLens"),
        ("TIME_ZONE", "Europe"),
        ("TIME_ZONE", "London"),
        ("TIME_ZONE", "/etc/localtime"),
        ("SESSION_SECONDS", "12h"),
        ("SESSION_SECONDS", "0"),
        ("SESSION_SECONDS", "-1"),
        ("SWEEP_SECONDS", "60        # how often beat looks"),
        ("SWEEP_SECONDS", "0"),
        ("SWEEP_SECONDS", "1e3"),
        ("SMALL_COUNT_THRESHOLD", "0"),
        ("SMALL_COUNT_THRESHOLD", "1"),
        ("SMALL_COUNT_THRESHOLD", "2"),
        ("SMALL_COUNT_THRESHOLD", "-5"),
        ("SMALL_COUNT_THRESHOLD", "five"),
        ("SMALL_COUNT_THRESHOLD", "5.0"),
        ("SMALL_COUNT_THRESHOLD", "1_0"),
        ("SMALL_COUNT_THRESHOLD", "99999999999999999999"),
        ("WINDOW_MONTHS", "0"),
        ("WINDOW_MONTHS", "1000"),
        ("WINDOW_MONTHS", "'6'"),
        ("STATIC_ROOT", "manage.py"),
        ("SENTENCE_MODEL", "manage.py"),
        ("BEAT_SCHEDULE_FILE", "practicelens"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_LEVEL", "30"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_that_names_the_variable(read, name, value):
    with pytest.raises(WrongVariables) as wrong:
        read(**{name: value})

    told, see = str(wrong.value).splitlines()
    assert re.fullmatch(rf"{name} (should be|is not set\.|has) .+", told)
    assert see.startswith("See .env.example")


def test_every_variable_is_tried_with_something_wrong():
    tried = {
        each.args[1][index][0]
        for each in test_what_is_wrong_is_told_in_a_sentence_that_names_the_variable.pytestmark
        for index in range(len(each.args[1]))
    }

    assert tried == {line.partition("=")[0] for line in lines_of_example()}


def test_all_faults_are_told_at_once(read):
    with pytest.raises(WrongVariables) as wrong:
        read(SECRET_KEY="", SMALL_COUNT_THRESHOLD="0", TIME_ZONE="Nowhere")

    told = str(wrong.value).splitlines()
    assert [line.split()[0] for line in told] == [
        "SECRET_KEY",
        "TIME_ZONE",
        "SMALL_COUNT_THRESHOLD",
        "See",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hush"),
        ("DATABASE_URL", "postgres://user:hush@host:port/name"),
        ("REDIS_URL", "redis://:hush@host:port/0"),
        ("EMAIL_URL", "smtp://user:hush@host:port"),
        ("EMAIL_URL", "smtp://user:hush@host:25 # the mail server"),
    ],
)
def test_a_fault_never_repeats_a_password(read, name, value):
    with pytest.raises(WrongVariables) as wrong:
        read(**{name: value})

    assert "hush" not in str(wrong.value)


def test_a_command_stops_with_the_sentence_alone(read):
    environment = os.environ | NEEDED | {"SMALL_COUNT_THRESHOLD": "0"}

    done = subprocess.run(
        [sys.executable, "manage.py", "sweep"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(
        'SMALL_COUNT_THRESHOLD should be a whole number from 3 to 100. It is "0".\n'
    )
    assert "Traceback" not in done.stderr


# What is taken


@pytest.mark.parametrize(
    ("name", "value", "setting", "expected"),
    [
        ("SMALL_COUNT_THRESHOLD", "3", "SMALL_COUNT_THRESHOLD", 3),
        ("SMALL_COUNT_THRESHOLD", "", "SMALL_COUNT_THRESHOLD", 5),
        ("SMALL_COUNT_THRESHOLD", " 10\r", "SMALL_COUNT_THRESHOLD", 10),
        ("ALLOWED_HOSTS", "one.example.nz, .example.gov.uk,[::1],10.0.0.1", "ALLOWED_HOSTS",
         ["one.example.nz", ".example.gov.uk", "[::1]", "10.0.0.1"]),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS", ["localhost", "127.0.0.1"]),
        ("CSRF_TRUSTED_ORIGINS", "https://*.example.gov.uk,https://one.example.nz:8443",
         "CSRF_TRUSTED_ORIGINS", ["https://*.example.gov.uk", "https://one.example.nz:8443"]),
        ("PUBLIC_ADDRESS", "https://practice.example.gov.uk", "PUBLIC_ADDRESS",
         "https://practice.example.gov.uk"),
        ("BEHIND_PROXY", "yes", "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
        ("BEHIND_PROXY", "False", "SECURE_PROXY_SSL_HEADER", None),
        ("EMAIL_URL", "smtp+tls://lee:wa%23lk@mail.example.gov.uk:587", "EMAIL_HOST_PASSWORD",
         "wa#lk"),
        ("EMAIL_URL", "smtp+tls://mail.example.gov.uk:587", "EMAIL_USE_TLS", True),
        ("EMAIL_URL", "consolemail://", "EMAIL_BACKEND",
         "django.core.mail.backends.console.EmailBackend"),
        ("TIME_ZONE", "Pacific/Auckland", "CELERY_TIMEZONE", "Pacific/Auckland"),
        ("REDIS_URL", "rediss://host:6380/1", "CELERY_BROKER_URL", "rediss://host:6380/1"),
        ("REDIS_URL", "redis://127.0.0.1", "CELERY_BROKER_URL", "redis://127.0.0.1"),
        ("STATIC_ROOT", "/srv/static", "STATIC_ROOT", Path("/srv/static")),
        ("STATIC_ROOT", "here", "STATIC_ROOT", settings.BASE_DIR / "here"),
    ],
)  # fmt: skip
def test_what_is_right_is_taken(read, name, value, setting, expected):
    assert read(**{name: value})[setting] == expected


def test_an_address_of_the_database_may_name_a_socket_and_options(read):
    found = read(DATABASE_URL="postgres://lee:wa%23lk@//run/postgresql/practicelens")
    named = found["DATABASES"]["default"]
    assert (named["HOST"], named["NAME"]) == ("/run/postgresql", "practicelens")
    assert named["PASSWORD"] == "wa#lk"

    found = read(DATABASE_URL=f"{NEEDED['DATABASE_URL']}?sslmode=verify-full&options=-c%20x.y%3D1")
    options = found["DATABASES"]["default"]["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["options"].startswith("-c x.y=1 -c ")


def test_a_short_secret_is_taken_on_ones_own_machine_alone(read):
    assert read(SECRET_KEY="short", INSECURE_HTTP="1")["SECRET_KEY"] == "short"
