"""Across many pairs: of which criteria observers say the same, and which themes both name."""

from collections import defaultdict
from dataclasses import dataclass

from frameworks.models import Criterion, Theme
from observations.intervals import wilson
from observations.models import Mention, Rating
from reports.pairs.comparing import frameworks_of, merged_into, merged_themes, places_of
from reports.pairs.words import agreement_words
from reports.statistics import ordinal_alpha
from reports.summaries.lines import read_line

PAIRS_FOR_A_FIGURE = 5


@dataclass(frozen=True)
class OfCriterion:
    """How far observers agreed on one criterion; `pairs` of them both gave it a level."""

    criterion: Criterion
    pairs: int
    alpha: float | None

    @property
    def has_figure(self):
        return self.pairs >= PAIRS_FOR_A_FIGURE and self.alpha is not None

    @property
    def words(self):
        if self.pairs < PAIRS_FOR_A_FIGURE:
            return too_few(self.pairs)
        if self.alpha is None:
            return "The same every time, at one level: no figure can be given"
        return agreement_words(self.alpha).capitalize()


@dataclass(frozen=True)
class OfTheme:
    """In how many pairs either observation confirms a theme, and in how many of those both do.

    An observation that names one of `merged` names the theme that they were merged into.
    """

    theme: Theme
    either: int
    both: int
    merged: tuple[Theme, ...] = ()

    @property
    def words(self):
        if self.either < PAIRS_FOR_A_FIGURE:
            return too_few(self.either)
        return f"Both in {self.both} of {self.either}"

    @property
    def share(self):
        """The share of pairs with its 95% interval, in words; "" where there are too few."""
        if self.either < PAIRS_FOR_A_FIGURE:
            return ""
        low, high = wilson(self.both, self.either)
        return f"{self.both / self.either:.0%}, likely {low:.0%} to {high:.0%}"


def too_few(pairs):
    return f"Too few: {pairs} of {PAIRS_FOR_A_FIGURE}"


def agreement(pairs):
    """Both lists, of these pairs: [OfCriterion], [OfTheme]."""
    pks = [(pair.first_id, pair.second_id) for pair in pairs]
    return of_criteria(pks), of_themes(pks)


def of_criteria(pks):
    """A row for each criterion that both of some pair gave a level, in the framework's order."""
    said = levels_of(pks)
    criteria = Criterion.objects.select_related("version__framework__unit").in_bulk(list(said))
    line = read_line(frameworks_of(criteria.values()), today(criteria.values()))
    places = places_of({each.version.scale_id for each in criteria.values()})
    joined, units = defaultdict(dict), {}
    for pk, levels in said.items():
        joined[line.end(pk)] |= {
            observation: places[level] for observation, level in levels.items()
        }
        units.setdefault(line.end(pk), []).append(criteria[pk])
    rows = [criterion_of(newest(units[end]), joined[end], pks) for end in joined]
    return sorted((row for row in rows if row.pairs), key=lambda row: order(row.criterion))


def today(criteria):
    """The day that it is where their frameworks are; with no criterion any day will do."""
    units = [each.version.framework.unit for each in criteria]
    return units[0].today() if units else None


def levels_of(pks):
    """{criterion: {observation: the level it gave}}."""
    found = defaultdict(dict)
    rated = Rating.objects.filter(observation__in=every(pks), level__isnull=False)
    for observation, criterion, level in rated.values_list(
        "observation_id", "criterion_id", "level_id"
    ):
        found[criterion][observation] = level
    return found


def every(pks):
    return {observation for pair in pks for observation in pair}


def newest(wordings):
    return max(wordings, key=lambda criterion: criterion.version.number)


def criterion_of(criterion, places, pks):
    both = [
        [places[observation] for observation in pair] for pair in pks if places.keys() >= set(pair)
    ]
    return OfCriterion(criterion, len(both), ordinal_alpha(both))


def order(criterion):
    version = criterion.version
    return version.framework.name, -version.number, criterion.position


def of_themes(pks):
    """A row for each theme that some observation of these confirms, in the codebook's order."""
    confirmed = Mention.objects.filter(observation__in=every(pks)).confirmed()
    said = set(confirmed.values_list("theme_id", "observation_id"))
    as_one, themes = merged_themes({theme for theme, _ in said})
    named = defaultdict(set)
    for theme, observation in said:
        named[as_one.get(theme, theme)].add(observation)
    ordered = sorted(named, key=lambda pk: (themes[pk].codebook.name, themes[pk].position))
    return [theme_of(themes[pk], named[pk], pks, merged_into(pk, as_one, themes)) for pk in ordered]


def theme_of(theme, by, pks, merged):
    counts = [len(by & set(pair)) for pair in pks]
    return OfTheme(theme, sum(count > 0 for count in counts), counts.count(2), merged)
