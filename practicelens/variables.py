"""Reads variables of the environment. Each fault is a sentence that names the variable.

All are read before any fault is raised, so that one start names everything there is to put right.
No sentence repeats a value that may hold a password.
"""

import os
import re
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from psycopg.conninfo import make_conninfo
from psycopg.errors import ProgrammingError

SEE = "See .env.example, or run the command through `make manage`, which sets what this machine needs."
COMMENT = re.compile(r"(^|\s)#(\s|$)")
QUOTED = re.compile(r"(['\"]).*\1")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SHORTEST_SECRET = 50  # characters, as `check --deploy` wants it
HOST = r"(\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])"
ORIGIN = r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"
PARTS_OF_DATABASE = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"}
DATABASES = ("postgres", "postgresql", "psql", "pgsql")
BROKERS = ("redis", "rediss")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class WrongVariables(ImproperlyConfigured):
    """The environment can't be used; the text says of each variable what is wrong."""


class Variables:
    """What the environment gives; what is empty counts as not set and takes its default."""

    def __init__(self, environment):
        self.environment = environment
        self.names = []
        self.faults = []

    def refuse_faults(self):
        if self.faults:
            raise WrongVariables("\n".join([*self.faults, SEE]))

    # The kinds of value

    def secret(self, name, *, long):
        """A secret; `long` refuses one that could be guessed."""
        shortest = SHORTEST_SECRET if long else 1
        should = (
            f"a random secret of {SHORTEST_SECRET} characters or more, the same for every process"
        )

        def enough(text):
            return text if len(text) >= shortest else None

        return self._read(name, enough, should, hidden=True, needed=True)

    def flag(self, name, *, default):
        known = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
        return self._read(name, lambda text: known.get(text.lower()), "1 or 0", default)

    def number(self, name, *, default, least, most):
        def within(text):
            found = int(text) if re.fullmatch("[0-9]{1,9}", text) else -1
            return found if least <= found <= most else None

        return self._read(name, within, f"a whole number from {least} to {most}", default)

    def level(self, name, *, default):
        should = f"one of {', '.join(LEVELS)}"
        known = {level: level for level in LEVELS}
        return self._read(name, lambda text: known.get(text.upper()), should, default)

    def zone(self, name, *, default):
        should = "the name of a time zone, like Europe/London or Pacific/Auckland"
        return self._read(name, zone, should, default)

    def hosts(self, name, *, default):
        should = (
            "host names separated by commas, without https://, port, path or *, "
            "like practice.example.gov.uk"
        )
        return self._read(name, listed(HOST), should, default)

    def origins(self, name):
        should = (
            "origins separated by commas, each with https:// and nothing behind the host, "
            "like https://practice.example.gov.uk"
        )
        return self._read(name, listed(ORIGIN), should, [])

    def origin(self, name):
        """One origin, or nothing."""
        should = "one origin with nothing behind the host, like https://practice.example.gov.uk"
        return self._read(name, one(ORIGIN), should, "")

    def sender(self, name, *, default):
        should = "an email address, like practicelens@example.gov.uk"
        return self._read(name, sender, should, default)

    def mail(self, name, *, default):
        """Django's settings of mail, all of them."""
        should = (
            "the address of a mail server, like smtp://user:password@host:25, smtp+tls:// for "
            "STARTTLS or smtp+ssl:// for TLS from the start"
        )
        return self._read(name, mail, should, mail(default), hidden=True)

    def database(self, name, *, needed=True):
        """Django's settings of a PostgreSQL database, its own options with them."""
        should = (
            "the address of a PostgreSQL database, like postgres://user:password@host:5432/name"
        )
        return self._read(name, database, should, {}, hidden=True, needed=needed)

    def broker(self, name):
        should = "the address of the Redis or Valkey broker, like redis://:password@host:6379/0"
        return self._read(name, broker, should, hidden=True, needed=True)

    def file(self, name, *, default, within):
        """A file's path; one that is not whole begins at the folder `within`."""
        should = "the path of a file, not of a folder"
        return self._read(name, path(within, unless=os.path.isdir), should, within / default)

    def folder(self, name, *, default, within):
        """A folder's path; one that is not whole begins at the folder `within`."""
        should = "the path of a folder, not of a file"
        return self._read(name, path(within, unless=os.path.isfile), should, within / default)

    # How each is read

    def _read(self, name, make, should, default=None, *, hidden=False, needed=False):
        """What `make` makes of the text; where it makes None, or can't, that is a fault."""
        self.names.append(name)
        text = self.environment.get(name, "").strip()
        if not text:
            if needed:
                self.faults.append(f"{name} is not set. It should be {should}.")
            return default
        fault = written_wrong(text)
        found = None if fault else tried(make, text)
        if found is None:
            it_is = "" if hidden else f' It is "{text}".'
            self.faults.append(f"{name} {fault or f'should be {should}.'}{it_is}")
            return default
        return found


def written_wrong(text):
    """What is wrong with how a value is written, whatever it is the value of."""
    if COMMENT.search(text):
        return "has a comment behind its value: put the comment on a line of its own."
    if QUOTED.fullmatch(text):
        return "has quotation marks around its value: leave them out."
    return ""


def tried(make, text):
    try:
        return make(text)
    except (ValueError, LookupError, OSError, ImproperlyConfigured, ValidationError):
        return None
    except ProgrammingError:  # an option that PostgreSQL does not know
        return None


def one(pattern):
    """Reads a text that is as the pattern says, and no pattern itself."""
    return lambda text: text if re.fullmatch(pattern, text) and "*" not in text else None


def listed(pattern):
    """Reads texts that are separated by commas, each as the pattern says, or none of them."""

    def read(text):
        found = [each.strip() for each in text.split(",") if each.strip()]
        right = all(re.fullmatch(pattern, each, re.IGNORECASE) for each in found)
        return found if found and right else None

    return read


def path(within, *, unless):
    """Reads a path. What we may not look at is no fault: another process uses it."""

    def read(text):
        found = within / text
        return None if unless(found) else found

    return read


def zone(text):
    return zoneinfo.ZoneInfo(text).key


def sender(text):
    validate_email(parseaddr(text)[1])
    return text


def mail(text):
    url = urlsplit(text)
    if url.query or url.fragment:
        return None
    if url.scheme.startswith("smtp") and not url.hostname:
        return None
    if url.scheme == "filemail" and not url.path.strip("/"):
        return None
    return environ.Env.email_url_config(text)


def database(text):
    url = urlsplit(text)
    if url.scheme not in DATABASES or url.fragment:
        return None
    found = environ.Env.db_url_config(text)
    make_conninfo(**found.setdefault("OPTIONS", {}))
    return found if found["NAME"] and found.keys() <= PARTS_OF_DATABASE else None


def broker(text):
    url = urlsplit(text)
    if url.scheme == "redis+socket":
        return text if Path(url.path).is_absolute() else None
    number = url.path.removeprefix("/")
    right = (
        url.scheme in BROKERS
        and url.hostname
        and url.port != 0  # reading it refuses what is no port
        and (not number or re.fullmatch("[0-9]{1,4}", number))
        and not url.fragment
    )
    return text if right else None
