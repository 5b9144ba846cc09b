"""How suggestions are made, in today's figures: of the running system, and of no person.

The page is for everybody, so every count is told as leaders can read it: none so small that it
could point at someone.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from frameworks.models import Codebook
from observations.learning.precision import Measured
from observations.models import CodingModel, Mention, Redaction
from reports.guarded import part_of, shown, with_interval

NAMES_OVER = timedelta(days=183)  # six months
Status = Mention.Status


@dataclass(frozen=True)
class OfTheme:
    """One theme: what suggests it today, and how often its suggestions were right."""

    name: str
    is_learned: bool
    decided: str  # of the suggestions that people decided about
    held_back: str  # of passages held back when it was learned; "" where nothing says so


@dataclass(frozen=True)
class OfCodebook:
    """What suggests the themes of one codebook today, and what became of its suggestions."""

    codebook: Codebook
    version: CodingModel | None
    themes: tuple[OfTheme, ...]
    decided: str
    by_chance: str
    added: str
    waiting: str
    found: str
    settled: str

    @property
    def learned(self):
        return sum(theme.is_learned for theme in self.themes)


def today(user):
    """One for each codebook that is used where the person belongs."""
    books = Codebook.objects.visible_to(user).select_related("unit").order_by("name", "pk")
    return [of_codebook(codebook) for codebook in books]


class Counted(NamedTuple):
    """So many mentions of one theme that came about and were decided alike."""

    theme: int
    status: str
    by_chance: bool
    is_a_persons: bool  # nobody suggested it
    count: int

    @property
    def is_decided(self):
        """A suggestion that people decided about."""
        return not self.is_a_persons and self.status != Status.SUGGESTED

    @property
    def is_right(self):
        return self.is_decided and self.status == Status.CONFIRMED


def of_codebook(codebook):
    version = CodingModel.objects.in_use(codebook)
    counted = counted_mentions(codebook)
    decided = [each for each in counted if each.is_decided]
    by_chance = [each for each in decided if each.by_chance]
    added = (each for each in counted if each.is_a_persons and each.status == Status.CONFIRMED)
    return OfCodebook(
        codebook,
        version,
        tuple(themes_of(codebook, version, decided)),
        decided=share_right(decided),
        by_chance=share_right(by_chance),
        added=shown(total(added)),
        waiting=shown(total(each for each in counted if each.status == Status.SUGGESTED)),
        **names(codebook),
    )


def counted_mentions(codebook):
    """All mentions of the codebook's themes, in one pass over an index (see precision.py)."""
    mentions = Mention.objects.filter(theme__codebook=codebook, is_counted=True)
    alike = mentions.annotate(is_a_persons=Q(engine="")).values_list(
        "theme_id", "status", "by_chance", "is_a_persons"
    )
    return [Counted(*row) for row in alike.annotate(count=Count("*")).order_by()]


def total(counted):
    return sum(each.count for each in counted)


def share_right(decided):
    return share(total(each for each in decided if each.is_right), total(decided))


def share(count, whole):
    return with_interval(count, whole) if whole else "none yet"


def themes_of(codebook, version, decided):
    for theme in codebook.themes.in_use():
        tried = Measured.of(version, theme.code)
        yield OfTheme(
            theme.name,
            tried is not None and tried.is_learned,
            share_right([each for each in decided if each.theme == theme.pk]),
            held_back_in_words(tried),
        )


def held_back_in_words(tried):
    """How often a version was right about a theme, on passages that it had not seen."""
    if tried is None or not tried.precision.of:
        return ""
    return with_interval(tried.precision.right, tried.precision.of)


def names(codebook):
    """How many name checks there were in six months, and how many of them are settled."""
    since = timezone.now() - NAMES_OVER
    recent = Redaction.objects.filter(
        observation__unit__in=codebook.coded_unit_pks(), found_at__gte=since
    )
    settled = Q(settled_at__isnull=False)
    counts = recent.aggregate(found=Count("pk"), settled=Count("pk", filter=settled))
    return {
        "found": shown(counts["found"]),
        "settled": part_of(counts["settled"], counts["found"]) if counts["found"] else "none",
    }
