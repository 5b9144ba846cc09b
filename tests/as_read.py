"""Pages as they are read: how a template is laid out, its line breaks and indents, says nothing."""

import re
from copy import copy
from functools import cache

from django.test import Client
from django.test import client as client_module
from django.test.utils import ContextList

# In these a line break is a line break.
KEPT = re.compile(r"(<(?:textarea|pre)\b.*?</(?:textarea|pre)>)", re.DOTALL)
EDGE = (
    r"</?(?:p|h[1-6]|div|section|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|caption|form|fieldset"
    r"|legend|main|nav|header|footer|details|summary|blockquote|button|option|title)\b[^<>]*>"
)


def as_read(page):
    pieces = KEPT.split(page)
    return "".join(
        piece if place % 2 else without_layout(piece) for place, piece in enumerate(pieces)
    )


def without_layout(html):
    html = re.sub(r'<[a-z](?:"[^"]*"|[^<>"])*>|[^<]+', lambda part: in_a_line(part[0]), html)
    return re.sub(rf" ?({EDGE}) ?", r"\1", html)


def in_a_line(part):
    """A tag or words, on one line; what an attribute holds stays as it is."""
    if not part.startswith("<"):
        return re.sub(r"\s*\n\s*", " ", part)
    part = re.sub(r'("[^"]*")|\s+', lambda found: found[1] or " ", part)
    return re.sub(r" >$", ">", part)


class Read:
    """An answer whose layout is left out once it is read: of most, only the status is looked at."""

    @property
    def content(self):
        known = vars(self)
        if "as_read" not in known:
            known["as_read"] = as_read(super().content.decode(self.charset)).encode(self.charset)
        return known["as_read"]


@cache
def that_is_read(kind):
    return type(kind.__name__, (Read, kind), {})


def read_so():
    """From now on the tests' clients give what is read."""
    request = Client.request

    def read(client, **asked):
        response = request(client, **asked)
        kind = response.headers.get("Content-Type", "")
        is_squeezed = "Content-Encoding" in response.headers
        if kind.startswith("text/html") and not (response.streaming or is_squeezed):
            response.__class__ = that_is_read(type(response))
        return response

    Client.request = read
    client_module.store_rendered_templates = store_the_page


def store_the_page(store, signal, sender, template, context, **more):
    """What a page was given, for `response.context`.

    Django keeps a copy for each of the pieces that it is made of, which took a fortieth of the time.
    """
    store.setdefault("templates", []).append(template)
    store.setdefault("context", ContextList())
    if context.template is template:  # and not a piece of another
        store["context"].append(copy(context))
