"""Decisions about a passage of a draft stay with their words while the draft is written on."""

from contextlib import contextmanager

from frameworks.models import Theme
from observations.models import Mention


def decisions_about(passage):
    """[(mention, its quote)] of a passage as it is saved; to be asked before it is changed."""
    if passage.pk is None:
        return []
    mentions = Mention.objects.filter(passage=passage.pk).select_related("passage")
    return [(mention, mention.quote) for mention in mentions]


@contextmanager
def decisions_followed(passage):
    """While a passage is changed: the decisions about it follow their words."""
    decisions = decisions_about(passage)
    yield
    follow(decisions, [passage])


def rewrite(passage, text):
    """Other words in a passage, whose decisions stay with what is left of those before."""
    with decisions_followed(passage):
        passage.text = text
        passage.save(update_fields=["text"])


def follow(decisions, passages):
    """Move each decision to where its quote is now, word for word; without it the decision is gone.

    Nobody decided about other words. `passages` are those that the text is in now, the first first.
    """
    for mention, quote in decisions:
        place = place_of(quote, mention, passages)
        if place is None:
            mention.delete()
            continue
        passage, start = place
        by = start - mention.start
        mention.passage, mention.start, mention.end = passage, start, mention.end + by
        mention.words = [[a + by, b + by] for a, b in mention.words]
        mention.save(update_fields=["passage", "start", "end", "words"])


def place_of(quote, mention, passages):
    """(passage, where the quote starts in it): where it was if it is still there; None if gone."""
    for passage in passages:
        if passage.pk == mention.passage_id and passage.text.startswith(quote, mention.start):
            return passage, mention.start
        if (start := passage.text.find(quote)) >= 0:
            return passage, start
    return None


def leave_out_themes_gone(observation):
    """Drop what was decided of themes that have gone out of use since, or are another team's."""
    observation.mentions.exclude(theme__in=Theme.objects.for_unit(observation.unit)).delete()
