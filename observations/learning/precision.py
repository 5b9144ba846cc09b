"""How often suggestions for a theme are right, and how much they find, in words and with intervals."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from observations.intervals import wilson
from observations.models import CodingModel, Mention

# Under this many a share says so little that the words say it too.
FEW = 10


@dataclass(frozen=True)
class Share:
    """`right` of `of`, with its 95% interval (Wilson).

    `base` is the share of all passages that people decided about which have the theme: whoever
    suggested it blindly would be right so often.
    """

    right: int
    of: int
    base: float | None = None

    @property
    def interval(self):
        return wilson(self.right, self.of)

    @property
    def percents(self):
        return tuple(round(100 * bound) for bound in self.interval)

    # On a line of 200 units that starts at 2.

    @property
    def left(self):
        return round(2 + 200 * self.interval[0], 1)

    @property
    def width(self):
        low, high = self.interval
        return round(200 * (high - low), 1)

    @property
    def middle(self):
        return round(2 + 200 * self.right / self.of, 1)

    @property
    def words(self):
        """right 14 times of 18: between 55% and 91%"""
        if not self.of:
            return "not measured yet"
        low, high = self.percents
        few = ", which is few" if self.of < FEW else ""
        right = f"right {times(self.right)} of {self.of}{few}: between {low}% and {high}%"
        return right if self.base is None else f"{right}; by chance it would be {self.by_chance}"

    @property
    def by_chance(self):
        """How many would be right if they had been suggested blindly."""
        return round(self.of * self.base)

    @property
    def found_words(self):
        """found 14 of 30: between 30% and 64%"""
        if not self.of:
            return "not measured yet"
        low, high = self.percents
        return f"found {self.right} of {self.of}: between {low}% and {high}%"

    @property
    def sentence(self):
        if not self.of:
            return "How often suggestions for this theme are right is not measured yet."
        return f"When measured, suggestions for this theme were {self.words}."


def times(count):
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@dataclass(frozen=True)
class Measured:
    """What one version measured for one theme."""

    precision: Share
    recall: Share
    is_learned: bool

    @classmethod
    def of(cls, version, code):
        """None where the version did not know the theme."""
        found = version.measures.get("themes", {}).get(code) if version else None
        if found is None:
            return None
        judged = found.get("judged")
        return cls(
            precision=Share(
                found["right"],
                found["suggested"],
                base=found["confirmed"] / judged if judged else None,
            ),
            recall=Share(found["right"], found["confirmed"]),
            is_learned=found["learned"],
        )


def precision_of(theme):
    """How often suggestions for a theme are right, as a Share."""
    return precisions([theme])[theme.pk]


def precisions(themes):
    """`{theme's pk: Share}`, in a few queries for any number of themes.

    What the version in use measured on passages that it had not seen; for a theme that it does not
    know, how many of the suggestions that people looked at were right.
    """
    books = {theme.codebook_id for theme in themes}
    versions = CodingModel.objects.filter(codebook__in=books, state=CodingModel.State.IN_USE)
    in_use = {version.codebook_id: version for version in versions.without_content()}
    measured = {
        theme.pk: Measured.of(in_use.get(theme.codebook_id), theme.code) for theme in themes
    }
    left = [theme.pk for theme in themes if measured[theme.pk] is None]
    decided = looked_at(left) if left else {}
    return {
        pk: found.precision if found else decided.get(pk, Share(0, 0))
        for pk, found in measured.items()
    }


def looked_at(themes, **which):
    """`{theme's pk: Share}`: of the suggestions that people decided about, those confirmed."""
    decided = Mention.objects.filter(theme__in=themes, decided_at__isnull=False, **which)
    counts = count_decisions(decided.exclude(engine=""))
    return {
        theme: Share(count[Mention.Status.CONFIRMED], count.total())
        for theme, count in counts.items()
    }


def count_decisions(mentions):
    """`{theme's pk: Counter by status}` of what counts.

    Rows and no column of them are counted, so that the index `observations_mention_decided` alone
    is read.
    """
    rows = mentions.filter(is_counted=True).values_list("theme", "status")
    found = defaultdict(Counter)
    for theme, status, count in rows.annotate(count=Count("*")).order_by("theme", "status"):
        found[theme][status] = count
    return found


def by_chance(themes):
    """Decisions on suggestions that were picked by chance, by theme and status.

    The others were put before a person since they were doubtful, or their theme short of decisions.
    """
    return looked_at(themes, by_chance=True)
