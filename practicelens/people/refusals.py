"""Why a page does not take what was typed, and where the words can go instead."""

from dataclasses import dataclass, field

from django.contrib import messages

NOT_YOURS = "The page is not there any more, or you can no longer write in it."


@dataclass(frozen=True)
class Refusal:
    """Set as `request.refusal` by a view that refuses for good; `go_to` is [(words, address)]."""

    because: str
    go_to: list = field(default_factory=list)


def not_done(request, words):
    """Tell on the page that comes next that what was sent was not done; what was typed is kept."""
    request.not_done = words
    messages.error(request, words)
