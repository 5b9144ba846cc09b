"""How suggestions are made, in today's figures: of the running system, and of no person.

The page is for everybody, so every count is told as leaders may read it: none so small that it could
point at somebody.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from frameworks.models import Codebook
from observations.learning.precision import Measured
from observations.models import CodingModel, Mention, Redaction
from reports.briefings.counts import part_of, shown, with_interval

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


def of_codebook(codebook):
    version = CodingModel.objects.in_use(codebook)
    mentions = Mention.objects.filter(theme__codebook=codebook, is_counted=True)
    counts = mentions.aggregate(
        confirmed=_count(_suggested(), status=Status.CONFIRMED),
        decided=_count(_suggested(), decided_at__isnull=False),
        drawn=_count(_suggested(), by_chance=True, decided_at__isnull=False),
        drawn_right=_count(_suggested(), by_chance=True, status=Status.CONFIRMED),
        added=_count(Q(engine=""), status=Status.CONFIRMED),
        waiting=_count(Q(), status=Status.SUGGESTED),
    )
    return OfCodebook(
        codebook,
        version,
        tuple(_themes(codebook, version, mentions)),
        decided=_share(counts["confirmed"], counts["decided"]),
        by_chance=_share(counts["drawn_right"], counts["drawn"]),
        added=shown(counts["added"]),
        waiting=shown(counts["waiting"]),
        **_names(codebook),
    )


def _suggested():
    """Made by an engine, and by no person."""
    return ~Q(engine="")


def _count(which, **more):
    return Count("pk", filter=which & Q(**more))


def _share(count, whole):
    return with_interval(count, whole) if whole else "none yet"


def _themes(codebook, version, mentions):
    rows = mentions.filter(_suggested(), decided_at__isnull=False).values("theme_id")
    counted = rows.annotate(of=Count("pk"), right=_count(Q(), status=Status.CONFIRMED))
    decided = {row["theme_id"]: (row["right"], row["of"]) for row in counted.order_by("theme_id")}
    for theme in codebook.themes.in_use():
        tried = Measured.of(version, theme.code)
        yield OfTheme(
            theme.name,
            tried is not None and tried.is_learned,
            _share(*decided.get(theme.pk, (0, 0))),
            _held_back(tried),
        )


def _held_back(tried):
    """How often a version was right about a theme, on passages that it had not seen."""
    if tried is None or not tried.precision.of:
        return ""
    return with_interval(tried.precision.right, tried.precision.of)


def _names(codebook):
    """How many possible names were found in six months, and how many of them are settled."""
    since = timezone.now() - NAMES_OVER
    recent = Redaction.objects.filter(
        observation__unit__in=codebook.coded_units(), found_at__gte=since
    )
    counts = recent.aggregate(found=Count("pk"), settled=_count(Q(), settled_at__isnull=False))
    return {
        "found": shown(counts["found"]),
        "settled": part_of(counts["settled"], counts["found"]) if counts["found"] else "none",
    }
