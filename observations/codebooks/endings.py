"""What waiting mergers, splits and retirements of themes would do to the last six months."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from frameworks.models import ThemeEnd
from frameworks.themes import editing, mergers
from observations.codebooks.preview import lately
from observations.mentions.quotes import pieces_of
from observations.models import Mention, RecodingChange

SHOWN = 5  # passages of each theme
CONFIRMED, SUGGESTED = Mention.Status.CONFIRMED, Mention.Status.SUGGESTED


@dataclass(frozen=True)
class Ending:
    """What one of them would do: how many passages it is about, and what no longer is suggested.

    `both` are those that are confirmed for the other theme too, so that they are counted once.
    """

    end: ThemeEnd
    confirmed: int
    suggested: int
    both: int
    stops: int

    @property
    def into(self):
        """Where its passages are counted from then on, if with another theme."""
        return self.end.into.all()[0] if self.end.kind == "merged" else None


def endings(codebook, preview):
    """Each that waits, with its counts of the last six months; `preview` knows of suggestions."""
    together = mergers.counted_together()
    return [ending(end, codebook, preview, together) for end in editing.ends_in(codebook)]


def ending(end, codebook, preview, together):
    said = said_of(end, codebook, together)
    waits = Q(status=SUGGESTED) & ~Q(Exists(said.confirmed().filter(passage=OuterRef("passage"))))
    counts = said.aggregate(
        confirmed=Count("passage", distinct=True, filter=Q(status=CONFIRMED)),
        suggested=Count("passage", distinct=True, filter=waits),
    )
    stops = preview.effect.get(end.theme.name, {}).get(RecodingChange.Kind.DROP, 0)
    return Ending(end, **counts, both=in_both(end, said, together), stops=stops)


def said_of(end, codebook, together):
    """The mentions of a theme that is to go, and of those that were merged into it before."""
    members = together.get(end.theme_id, [end.theme_id])
    return Mention.objects.filter(passage__in=lately(codebook), theme__in=members)


def in_both(end, said, together):
    if end.kind != "merged":
        return 0
    into = end.into.all()[0].pk
    there = Mention.objects.confirmed().filter(theme__in=together.get(into, [into]))
    both = said.confirmed().filter(Exists(there.filter(passage=OuterRef("passage"))))
    return both.values("passage").distinct().count()


def to_look_at(ends, codebook, user):
    """{end's pk: [(mention, its pieces)]}: of those that the user can read, the confirmed first."""
    together = mergers.counted_together()
    found = {}
    for each in ends:
        said = said_of(each.end, codebook, together).visible_to(user)
        rows = said.exclude(status=Mention.Status.REJECTED).order_by("status", "-month", "-pk")
        shown = rows.select_related("passage", "observation", "theme")[:SHOWN]
        found[each.end.pk] = [(mention, pieces_of(mention)) for mention in shown]
    return found
