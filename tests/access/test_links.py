"""What a page offers can be done: its links and its buttons lead nobody to a refusal."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.access.asking import MISSING
from tests.access.crawling import PAGES
from tests.access.pressing import filled_in
from tests.access.table import TABLE
from tests.access.table.rules import OUT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
REFUSED = {403, 404, 405, 500}
# The page on a device is the same for everybody: only where scripts are off does it say this.
SAME_FOR_ALL = {("observations:offline", "observations:start")}
# In an address that is there only where it is asked to begin something.
BEGINS = "new=1"
# Asking opens what is asked for, and the crawl takes that back: then it is not opened yet.
OPENED_BY_READING = {("observations:observation", "observations:agree")}


class Offers(HTMLParser):
    """{(method, path): what its first button sends} of each link and each form of a page."""

    def __init__(self, page):
        super().__init__()
        self.page, self.found, self.form = page, {}, {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.add("GET", given["href"])
        elif tag == "form":
            self.form = self.add(given.get("method", "get").upper(), given.get("action") or "")
        elif "formaction" in given:
            self.add("POST", given["formaction"])
        elif tag == "button" and given.get("name") and not self.form:
            self.form[given["name"]] = given.get("value", "")

    def add(self, method, address):
        to = urlsplit(urljoin(self.page, address))
        if to.scheme:
            return {}
        path = to._replace(fragment="").geturl() if BEGINS in to.query else to.path
        return self.found.setdefault((method, path), {})


def offered(seen):
    """{(person, method, path): (the first page that offers it, what its button sends)}, to all who
    are signed in."""
    found = {}
    for each in seen:
        is_page = each.response.get("Content-Type", "").startswith("text/html")
        if is_page and each.person not in OUT:
            offers = Offers(each.address)
            offers.feed(each.response.content.decode())
            for (method, path), button in offers.found.items():
                found.setdefault((each.person, method, path), (each, button))
    return found


def declared(world):
    """{(method, path): [(rule, state)]}, of every address that the table speaks of."""
    found = {}
    for rule in TABLE:
        for state in rule.states():
            parts = MISSING | (world.objects[rule.of][state] if rule.of else {})
            for name, methods in rule.pages.items():
                for method in methods.split():
                    address = PAGES[name].address(parts)
                    found.setdefault((method, address), []).append((rule, state))
    return found


def name_of(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


class Answers:
    """Whether someone is refused: as the table says it, which test_matrix.py holds to.

    Of what the table does not name one of each kind is asked for: a name or a key beside another.
    """

    def __init__(self, world, asking, seen):
        self.known, self.asking = declared(world), asking
        self.shown = {(each.person, each.address) for each in seen}
        self.asked = set()

    def refused(self, person, method, path, page, button):
        if method == "GET" and (person, path) in self.shown:
            return False
        if rules := self.known.get((method, path)):
            return all(set(rule.expected(person, state)) <= REFUSED for rule, state in rules)
        kind = (person, method, name_of(path) or path)
        if kind in self.asked:
            return False
        self.asked.add(kind)
        body = filled_in(page.response, path) | button if method == "POST" else None
        return self.asking.ask(person, method, path, body).status_code in REFUSED


def test_what_a_page_offers_is_not_refused(seen, world, asking):
    answers = Answers(world, asking, seen)
    wrong = [
        f"{method} {path} on {page.page}, to {person}"
        for (person, method, path), (page, button) in offered(seen).items()
        if (page.page, name_of(path)) not in SAME_FOR_ALL | OPENED_BY_READING
        if answers.refused(person, method, path, page, button)
    ]

    assert sorted(wrong) == []
