"""A person who only follows links and presses buttons that the page before them offers."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = frozenset(["input", "br", "img", "link", "meta", "hr", "circle", "path"])


class Page(HTMLParser):
    """The links, the forms with their fields, and the empty lists of a page."""

    def __init__(self, address, html):
        super().__init__()
        self.address, self.html = address, html
        self.links, self.forms, self.empties = [], [], []
        self.link = self.form = self.select = self.button = self.area = self.empty = None
        self.option = None
        self.feed(html)

    def handle_starttag(self, tag, found):
        given = dict(found)
        if self.empty and tag not in VOID:
            self.empty["depth"] += 1
        if tag == "div" and "pl-empty" in given.get("class", ""):
            self.empty = {"words": "", "links": [], "depth": 1}
        if tag == "a" and "href" in given:
            self.link = {"href": given["href"], "words": ""}
            self.links.append(self.link)
            if self.empty:
                self.empty["links"].append(self.link)
        if tag == "form" and given.get("method") == "post":
            self.form = {"action": given.get("action", ""), "fields": [], "buttons": []}
            self.forms.append(self.form)
        if self.form is not None:
            self.field_begins(tag, given)

    def handle_startendtag(self, tag, found):
        self.handle_starttag(tag, found)
        if tag not in VOID:
            self.handle_endtag(tag)

    def field_begins(self, tag, given):
        name = given.get("name", "")
        if tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.form["fields"].append((name, given.get("value", "")))
        elif tag == "textarea":
            self.area = (name, "")
        elif tag == "select":
            self.select = {"name": name, "options": [], "chosen": None}
        elif tag == "option" and self.select:
            self.option = {"value": given.get("value", ""), "words": ""}
            self.select["options"].append(self.option)
            if "selected" in given:
                self.select["chosen"] = given.get("value", "")
        elif tag == "button":
            self.button = {"name": name, "value": given.get("value", ""), "words": ""}
            self.form["buttons"].append(self.button)

    def handle_data(self, data):
        for held in (self.link, self.button, self.option, self.empty):
            if held is not None:
                held["words"] += data
        if self.area:
            self.area = (self.area[0], self.area[1] + data)

    def handle_endtag(self, tag):
        if tag == "a":
            self.link = None
        elif tag == "button":
            self.button = None
        elif tag == "option":
            self.option = None
        elif tag == "textarea" and self.area:
            self.form["fields"].append(self.area)
            self.area = None
        elif tag == "select" and self.select:
            self.select_ends()
        elif tag == "form":
            self.form = None
        if self.empty:
            self.empty["depth"] -= 1
            if not self.empty["depth"]:
                self.empties.append(self.empty)
                self.empty = None

    def select_ends(self):
        values = [each["value"] for each in self.select["options"]]
        chosen = self.select["chosen"] if self.select["chosen"] is not None else values[0]
        self.form["fields"].append((self.select["name"], chosen))
        self.form.setdefault("offered", {})[self.select["name"]] = self.select["options"]
        self.select = None


def plain(words):
    return " ".join(words.split())


class Person:
    """Somebody at a browser without scripts."""

    def __init__(self, client, address="/"):
        self.client = client
        self.open(address)

    def open(self, address):
        self.take(self.client.get(address, follow=True), address)

    def take(self, response, address):
        if response.redirect_chain:
            address = response.redirect_chain[-1][0]
        self.response = response
        self.page = Page(address, response.content.decode())
        assert response.status_code == 200, (address, self.told())

    def told(self):
        return plain(self.page.html)

    def offers(self, words):
        return [each for each in self.page.links if plain(each["words"]).startswith(words)]

    def follow(self, words):
        found = self.offers(words)
        assert found, f"No link “{words}” on {self.page.address}"
        self.open(
            urljoin(self.page.address, urlsplit(found[0]["href"])._replace(fragment="").geturl())
        )

    def press(self, words, **typed):
        """Press a button, with what its form shows but for what is typed or chosen by its words."""
        form, button = next(
            ((form, button) for form in self.page.forms for button in form["buttons"]
             if plain(button["words"]).startswith(words)),
            (None, None),
        )  # fmt: skip
        assert form, f"No button “{words}” on {self.page.address}"
        sent = {}
        for name, value in form["fields"]:
            sent.setdefault(name, []).append(value)
        for name, value in typed.items():
            assert name in sent, f"No field {name} on {self.page.address}"
            options = form.get("offered", {}).get(name, [])
            values = [each["value"] for each in options if plain(each["words"]).startswith(value)]
            sent[name] = values[:1] or [value]
        if button["name"]:
            sent[button["name"]] = [button["value"]]
        address = urljoin(self.page.address, form["action"]) or self.page.address
        self.take(self.client.post(address, sent, follow=True), address)
