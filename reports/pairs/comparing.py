"""Two observations of one occasion side by side: by criterion, and by theme."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from frameworks.models import Criterion, Level, Theme
from frameworks.themes import mergers
from observations.models import Mention, Observation, Passage, Rating
from observations.models.choices import Stance
from practicelens.people.models import User
from reports.summaries.lines import read_line

Outcome = Rating.Outcome
STANCES = {
    Stance.HELPS: "helps",
    Stance.HINDERS: "hinders",
    Stance.NEITHER: "neither helps nor hinders",
}


@dataclass(frozen=True)
class Side:
    """One of the two observations, as its reader speaks of its observer."""

    observation: Observation
    name: str  # "You", or the observer's name
    may_open: bool

    @property
    def is_you(self):
        return self.name == "You"


@dataclass(frozen=True)
class Said:
    """What one of the two said of a criterion; no rating where their version does not have it."""

    rating: Rating | None
    place: int | None  # of the level on its scale

    @property
    def outcome(self):
        return self.rating.outcome if self.rating else None

    @property
    def words(self):
        if self.rating is None:
            return "Not asked"
        if self.rating.cause:
            return f"{self.rating.words}: {self.rating.cause.name.lower()}"
        return self.rating.words

    @property
    def is_seen(self):
        return self.outcome in (Outcome.LEVEL, Outcome.MISSED)


@dataclass(frozen=True)
class Row:
    """One criterion, and what each of the two said of it."""

    criterion: Criterion
    said: tuple[Said, Said]

    @property
    def steps(self):
        """How many levels lie between them; None unless both gave one."""
        first, second = (each.place for each in self.said)
        return None if first is None or second is None else abs(first - second)

    @property
    def both_seen(self):
        return all(each.is_seen for each in self.said)

    @property
    def one_missed(self):
        """A level from one, an opportunity missed from the other: no number of steps."""
        return {each.outcome for each in self.said} == {Outcome.LEVEL, Outcome.MISSED}

    @property
    def is_different(self):
        return self.one_missed or bool(self.steps)


@dataclass(frozen=True)
class Named:
    """One theme, with the stances that each observation confirms of it; an empty text where none.

    `merged` are the themes that the observations name and that were merged into it.
    """

    theme: Theme
    stances: tuple[str, str]
    merged: tuple[Theme, ...] = ()

    @property
    def by_both(self):
        return all(self.stances)


@dataclass(frozen=True)
class Comparison:
    sides: tuple[Side, Side]
    rows: tuple[Row, ...]
    themes: tuple[Named, ...]
    undecided: tuple[int, int]  # suggested mentions in each observation on which nobody has decided

    @property
    def rated(self):
        """Those to which both gave a level."""
        return [row for row in self.rows if row.steps is not None]

    @property
    def different(self):
        """What they saw differently, furthest apart first; an opportunity missed before all."""
        found = [row for row in self.rows if row.is_different]
        return sorted(found, key=lambda row: (not row.one_missed, -(row.steps or 0)))

    @property
    def alike(self):
        return [row for row in self.rows if row.both_seen and not row.is_different]

    @property
    def seen_by_one(self):
        return [row for row in self.rows if any(each.is_seen for each in row.said) ^ row.both_seen]

    @property
    def seen_by_neither(self):
        return [row for row in self.rows if not any(each.is_seen for each in row.said)]

    @property
    def by_you(self):
        return self.sides[0].is_you


def read(pair, user):
    """What the two observations of a pair say; one's own, if it is one of them, first."""
    sides = sides_of(pair, user)
    observations = [side.observation for side in sides]
    return Comparison(
        sides, rows_of(observations), themes_of(observations), undecided_in(observations)
    )


def sides_of(pair, user):
    observations = sorted(
        pair.observations, key=lambda observation: observation.observer_id != user.pk
    )
    open_to = set(
        Observation.objects.visible_to(user)
        .filter(pk__in=[observation.pk for observation in observations])
        .values_list("pk", flat=True)
    )
    names = names_of([observation.observer for observation in observations], user)
    return tuple(
        Side(observation, name, observation.pk in open_to)
        for observation, name in zip(observations, names, strict=True)
    )


def names_of(observers, user):
    """ "You", and first names where they tell the two apart."""
    alike = observers[0].first_name == observers[1].first_name
    return ["You" if each == user else name_of(each, alike) for each in observers]


def name_of(observer: User, alike):
    return observer.name if alike else observer.first_name


def rows_of(observations):
    """A row for each criterion of either observation, joined along its lineage, in page order."""
    ratings = ratings_of(observations)
    line = read_line(
        frameworks_of(each.criterion for each in ratings), observations[0].unit.today()
    )
    places = places_of({each.criterion.version.scale_id for each in ratings})
    found = defaultdict(dict)
    for rating in ratings:
        found[line.end(rating.criterion_id)][rating.observation_id] = rating
    rows = [row_of(by_observation, observations, places) for by_observation in found.values()]
    return tuple(sorted(rows, key=lambda row: (row.criterion.position, row.criterion.pk)))


def ratings_of(observations):
    shown_by = Passage.objects.order_by("position")
    return list(
        Rating.objects.filter(observation__in=observations)
        .select_related("criterion__version", "level", "cause")
        .prefetch_related(Prefetch("passages", shown_by))
    )


def places_of(scales):
    """{level: its place on its scale, lowest first}."""
    levels = Level.objects.filter(scale__in=scales).order_by("scale", "position")
    by_scale = defaultdict(list)
    for level in levels:
        by_scale[level.scale_id].append(level.pk)
    return {pk: place for of_scale in by_scale.values() for place, pk in enumerate(of_scale)}


def row_of(by_observation, observations, places):
    """Under the newest wording that either was asked."""
    newest = max(by_observation.values(), key=lambda rating: rating.criterion.version.number)
    ratings = [by_observation.get(observation.pk) for observation in observations]
    said = [Said(each, places.get(each.level_id) if each else None) for each in ratings]
    return Row(newest.criterion, tuple(said))


def themes_of(observations):
    """Every theme that a confirmed mention of either names, those that both name first.

    A theme that was merged into another is named as that one.
    """
    confirmed = Mention.objects.filter(observation__in=observations).confirmed()
    said = list(confirmed.values_list("theme_id", "observation_id", "stance"))
    as_one, themes = merged_themes({theme for theme, _, _ in said})
    found = defaultdict(lambda: defaultdict(set))
    for theme, observation, stance in said:
        found[as_one.get(theme, theme)][observation].add(stance)
    named = [
        Named(
            themes[pk],
            tuple(stances_of(by_observation[observation.pk]) for observation in observations),
            merged_into(pk, as_one, themes),
        )
        for pk, by_observation in found.items()
    ]
    return tuple(sorted(named, key=lambda each: (not each.by_both, each.theme.position)))


def stances_of(said):
    return " and ".join(words for stance, words in STANCES.items() if stance in said)


def merged_themes(named):
    """({theme: the one it is counted with} of those merged, {pk: Theme} of all), of themes by pk."""
    went = mergers.counted_as()
    as_one = {pk: went[pk] for pk in sorted(named) if pk in went}
    rows = Theme.objects.select_related("codebook").in_bulk([*named, *as_one.values()])
    return as_one, rows


def merged_into(pk, as_one, themes):
    return tuple(themes[earlier] for earlier, last in as_one.items() if last == pk)


def undecided_in(observations):
    suggested = Mention.objects.filter(observation__in=observations).suggested()
    of_observation = list(suggested.values_list("observation_id", flat=True))
    return tuple(of_observation.count(observation.pk) for observation in observations)


def frameworks_of(criteria):
    return {criterion.version.framework_id for criterion in criteria}
