"""Asking for a page as somebody, and taking back whatever that changed."""

import re
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import SimpleCookie
from django.test import Client
from django.urls import get_resolver, reverse

# Parts of addresses that lead nowhere.
MISSING = {
    "key": uuid.UUID(int=0),
    "entry": uuid.UUID(int=0),
    "pk": 999_999_999,
    "evidence": 999_999_999,
    "code": "not-there",
    "number": 999,
    "section": "where",
    "kind": "passages",
    "group": "lenses",
    "side": "for",
    "uidb36": "1",
    "act": "keep-open",
    "way": "merge",
    "part": "framework",
    "page": "move",
    "unit": 999_999_999,
    "of": "role",
    "about": "family",
    "token": "not-there",
}

A_YEAR = 365 * 24 * 60 * 60
WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """One address of the resolver: its name, and the parts that it is built from."""

    name: str
    parts: tuple

    def address(self, parts):
        return reverse(self.name, kwargs={name: parts[name] for name in self.parts})


def pages():
    """Every page there is, by name. Static files are served before any address is looked at."""
    found = {}
    for name, parts in walk(get_resolver().url_patterns):
        found[name] = Page(name, tuple(dict.fromkeys(parts)))
    return found


def walk(patterns, above=(), space=""):
    for each in patterns:
        parts = (*above, *names_in(each.pattern))
        if hasattr(each, "url_patterns"):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from walk(each.url_patterns, parts, inner)
        else:
            yield f"{space}{each.name or each.pattern}", parts


def names_in(pattern):
    return getattr(pattern, "converters", None) or pattern.regex.groupindex


class Asking:
    """Everybody of the world, each signed in at a browser of their own."""

    def __init__(self, people):
        self.clients = {"nobody": Client(raise_request_exception=False)}
        for code, user in people.items():
            client = self.clients[code] = Client(raise_request_exception=False)
            client.force_login(user)
            give_password_again(client, user)
        self.cookies = {code: client.cookies.output() for code, client in self.clients.items()}

    def ask(self, code, method, address, data=None, look=None, **more):
        """The answer; `look` sees the database, and then that and the browser are as before."""
        client = self.clients[code]
        with transaction.atomic():
            response = client.generic(method, address, **sent(method, data), **more)
            if look:
                response.looked = look()
            transaction.set_rollback(True)
        client.cookies = SimpleCookie()
        for line in self.cookies[code].splitlines():
            client.cookies.load(line.removeprefix("Set-Cookie: "))
        return response


class Written:
    """The tables that are written to while something is done."""

    def __init__(self):
        self.tables = set()

    def during(self, act, *args, **kwargs):
        with connection.execute_wrapper(self):
            return act(*args, **kwargs)

    def __call__(self, execute, sql, params, many, context):
        if match := WRITES.match(sql):
            self.tables.add(match[2].lower())
        return execute(sql, params, many, context)


def sent(method, data):
    if method != "POST":
        return {"QUERY_STRING": data} if data else {}
    return {"data": encoded(data or {}), "content_type": "application/x-www-form-urlencoded"}


def encoded(data):
    return urlencode(data, doseq=True)


def give_password_again(client, user):
    """As if it had just been asked for: people administration wants it before each change."""
    session = client.session
    given = {"method": "password", "at": time.time() + A_YEAR, "reauthenticated": True}
    session["account_authentication_methods"] = [given]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
