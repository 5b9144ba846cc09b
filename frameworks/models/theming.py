"""How a theme is to be worded, and what became of themes that are no longer used."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models.codebooks import Theme, ThemeWords
from frameworks.models.shared import Lens


class ThemeDraft(ThemeWords):
    """The wording of a theme in use as it is to be: nothing is suggested by it yet.

    It goes away when it comes into use or left. Its `revision` goes on from the theme's, so that
    one number says which wording someone had read.
    """

    theme = models.OneToOneField(Theme, on_delete=models.CASCADE, related_name="wording_to_be")
    lens = models.ForeignKey(
        Lens, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(ThemeWords.Meta):
        abstract = False
        verbose_name = "wording that waits"


class EndKind(models.TextChoices):
    MERGED = "merged", "Merged"
    SPLIT = "split", "Split"
    RETIRED = "retired", "Retired"


class ThemeEnd(models.Model):
    """That a theme is to be merged, split or retired. Until this comes into use, nothing is.

    The row never changes: who wants it otherwise leaves this one and makes another.
    """

    theme = models.OneToOneField(Theme, on_delete=models.CASCADE, related_name="end_to_be")
    kind = models.CharField(max_length=10, choices=EndKind)
    into = models.ManyToManyField(Theme, through="ThemeEndInto", related_name="+")
    # Whether the words and examples of a merged theme join those of the other.
    takes_words = models.BooleanField(default=False)
    why = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "end that waits"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=EndKind.values), name="frameworks_theme_end_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="merged") | models.Q(takes_words=False),
                name="frameworks_theme_end_takes_words_of_a_merger",
            ),
        ]

    def __str__(self):
        return f"{self.theme}, to be {self.in_words}"

    @property
    def in_words(self):
        into = sorted(self.into.all(), key=lambda theme: (theme.position, theme.pk))
        names = " and ".join(f"“{each}”" for each in into)
        return f"{self.kind} into {names}" if names else self.kind


class ThemeEndInto(models.Model):
    """One theme that another is to be merged or split into; it can't go while this waits."""

    end = models.ForeignKey(ThemeEnd, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="ends_into")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["end", "theme"], name="frameworks_theme_end_into_once")
        ]

    def __str__(self):
        return str(self.theme)


class ThemeMapping(models.Model):
    """Where the mentions of a theme that is no longer used are counted from now on.

    A merged theme's are counted with the later one's. A split or retired theme's stay its own.
    """

    Kind = EndKind

    kind = models.CharField(max_length=10, choices=EndKind)
    earlier = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="continues_in")
    later = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, related_name="continues_from"
    )
    on = models.DateField(default=timezone.localdate)
    why = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"], name="frameworks_theme_mapping_pair_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="retired", later=None)
                | models.Q(kind__in=["merged", "split"], later__isnull=False),
                name="frameworks_theme_mapping_ends_fit_its_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")),
                name="frameworks_theme_mapping_not_itself",
            ),
            # Its mentions are counted in one place.
            models.UniqueConstraint(
                fields=["earlier"],
                condition=models.Q(kind__in=["merged", "retired"]),
                name="frameworks_theme_mapping_to_one_place",
            ),
        ]

    def __str__(self):
        return f"{self.earlier} {self.kind}"
