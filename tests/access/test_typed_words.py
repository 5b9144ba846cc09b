"""Every form that takes a long text keeps it, whatever becomes of the session it is sent in."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

pytestmark = pytest.mark.django_db
LONG = 100  # characters: what takes as many is a text, and no name or number
# Texts to try things out on: the page promises that they are kept nowhere.
# A family answers without signing in: no session ends, and nothing but the answer may be kept.
KEPT_NOWHERE = ["observations:bench", "observations:made_up_visit", "family:card"]


class Forms(HTMLParser):
    """The addresses that the long texts of a page are sent to."""

    def __init__(self, page):
        super().__init__()
        self.page, self.forms, self.here, self.found = page, {}, None, set()
        self.elsewhere = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            is_sent = attrs.get("method", "get").lower() == "post"
            self.here = urljoin(self.page, attrs.get("action") or "") if is_sent else None
            self.forms[attrs.get("id")] = self.here
        elif is_long(tag, attrs):
            if "form" in attrs:
                self.elsewhere.append(attrs["form"])
            elif self.here:
                self.found.add(self.here)

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None

    def addresses(self):
        return {
            urlsplit(each).path
            for each in self.found | set(map(self.forms.get, self.elsewhere))
            if each
        }


def is_long(tag, attrs):
    if tag == "textarea":
        return True
    most = attrs.get("maxlength", "")
    return tag == "input" and attrs.get("type") == "text" and most.isdecimal() and int(most) >= LONG


def is_left_out(view_name):
    """Also names, posts and addresses of people and units: lines that nobody composes."""
    return view_name in KEPT_NOWHERE or view_name.startswith("people:")


def forms_with_long_texts(seen):
    """{address: the page that it was met on}"""
    found = {}
    for each in seen:
        if each.response.get("Content-Type", "").startswith("text/html"):
            page = Forms(each.address)
            page.feed(each.response.content.decode())
            found |= dict.fromkeys(page.addresses(), each.page)
    return found


def test_every_address_that_takes_a_long_text_keeps_it(seen):
    found = forms_with_long_texts(seen)
    lost = {
        f"{resolve(address).view_name} ({page})"
        for address, page in found.items()
        if not getattr(resolve(address).func, "keeps_typed", False)
        and not is_left_out(resolve(address).view_name)
    }

    assert len(found) > 20
    assert sorted(lost) == []
