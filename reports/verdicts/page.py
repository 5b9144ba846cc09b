"""A verdict file's content made ready for its page; it adds nothing to it."""

from itertools import count

from reports.briefings.render.html import drawn


def for_page(content):
    """What templates/reports/verdict.html takes: the content, with its charts drawn."""
    return {"content": content, "drawn": drawn(content["charts"], count(1))}
