"""Filling in a form as a person would who wants it taken, to press its button."""

from html.parser import HTMLParser

from django.db import connection, transaction
from django.utils import timezone

from tests.access.asking import encoded

# What changes with every request, and is no outcome of one: who read what, and how sessions stand.
NOT_LOOKED_AT = (
    "audit_",
    "django_",
    "auth_",
    "account_",
    "people_signintries",
    "people_unit_reach",
)


class Fields(HTMLParser):
    """The fields of the forms of a page, by the address that they are sent to."""

    def __init__(self, address):
        super().__init__()
        self.address, self.forms, self.ids = address, {}, {}
        self.at = self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.at = given.get("action") or self.address
            self.forms.setdefault(self.at, {})
            if given.get("id"):
                self.ids[given["id"]] = self.at
        where = self.forms.get(
            self.ids[given["form"]] if given.get("form") in self.ids else self.at
        )
        if where is None or not given.get("name"):
            if tag == "option" and self.select:
                self.option(given)
            return
        if tag == "input":
            self.input(where, given)
        elif tag == "textarea":
            self.area = (where, given["name"])
            where[given["name"]] = ""
        elif tag == "select":
            self.select = (where, given["name"])
            where[given["name"]] = ""

    def input(self, where, given):
        name, value, kind = given["name"], given.get("value") or "", given.get("type", "text")
        if kind == "radio":
            if "checked" in given or not where.get(name):
                where[name] = value
        elif kind == "checkbox":
            where.setdefault(name, []).append(value or "on")
        elif kind in ("hidden", "text", "email", "number"):
            where[name] = value or default_for(name)

    def option(self, given):
        where, name = self.select
        value = given.get("value") or ""
        if value and ("selected" in given or not where[name]):
            where[name] = value

    def handle_data(self, data):
        if self.area:
            where, name = self.area
            where[name] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.at = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            where, name = self.area
            where[name] = where[name].strip() or "Enough words to say why."
            self.area = None


def default_for(name):
    """Something that fits a box: a part of a date, or words."""
    today = timezone.localdate()
    parts = {"_0": today.day, "_1": today.month, "_2": today.year}
    return str(parts.get(name[-2:], "Words"))


def filled_in(page, address):
    """What the form of a page that is sent to this address would send; nothing if there is none."""
    fields = Fields(address)
    fields.feed(page.content.decode())
    return fields.forms.get(address, {})


def written():
    """How often each table was written to so far in this transaction: {name: times}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def written_since(before):
    """The tables that were written to since, of those that an outcome could show in."""
    return sorted(
        name
        for name, times in written().items()
        if times != before.get(name, 0) and not name.startswith(NOT_LOOKED_AT)
    )


def standing(tables):
    """A mark of every row of these: {table: mark}."""
    if not tables:
        return {}
    marks = " UNION ALL ".join(
        f"SELECT '{name}', md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {name} row"
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(marks)
        return dict(cursor.fetchall())


def press_twice(asking, person, address, body, is_looked_at):
    """Both answers, and which tables the second press changed, if that is looked at."""

    def again():
        with transaction.atomic():
            before = written()
            second = asking.clients[person].generic(
                "POST",
                address,
                data=encoded(body),
                content_type="application/x-www-form-urlencoded",
            )
            after = standing(written_since(before)) if is_looked_at else {}
            transaction.set_rollback(True)
        return second, [name for name, mark in standing(after).items() if mark != after[name]]

    first = asking.ask(person, "POST", address, body, look=again)
    return first, *first.looked
