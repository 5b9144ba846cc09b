"""Which suggested mentions are looked at next, and what is said beside one."""

from collections import Counter, namedtuple
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from hashlib import md5
from itertools import chain, islice
from math import sqrt

from django.db.models import Case, CharField, Count, F, FloatField, Q, Value, When
from django.db.models.functions import MD5, Abs, Cast, Concat
from django.utils import timezone

from frameworks.models import Theme
from observations.coding.codebook import STOP_STEMS
from observations.coding.suggesting import LEAST_SCORE
from observations.coding.words import stems
from observations.engine import model_of
from observations.models import Card, CodingModel, Mention

SIZE = 40
FILLED = 30  # confirmed: from here on a theme has enough
LEARNED_FROM = 10  # confirmed: below that, a theme goes by its words alone
ONE_IN = 5
# Below it lies a fifth of all fingerprints: those mentions are only ever drawn by chance.
FIFTH = "33"
SAYS_SO_FOR = timedelta(hours=1)  # that a review session is over

MOST_COMPARED = 200
# What two quotes have in common before one is like the other: words, and how much of both.
SHARED = 2
LIKE = 0.25


def waiting_for(user, theme=None):
    """The suggestions that a person can decide about."""
    found = Mention.objects.visible_to(user).suggested().filter(theme__retired_on=None)
    return found.filter(theme=theme) if theme else found


# Drawing the cards of a review session


def drawn(user, theme, seed):
    """At most forty suggestions for a review session, as (mention's pk, whether it came by chance).

    Themes with the fewest confirmed come first, and of one theme what is nearest its
    threshold. Every fifth card is by chance: a fifth of all suggestions, known by a fingerprint of
    their number, is kept for that and never chosen otherwise, so that how often these are
    confirmed holds for all suggestions and not only for the doubtful ones.
    """
    waiting = waiting_for(user, theme).alias(fingerprint=MD5(Cast("pk", CharField())))
    by_chance = waiting.filter(fingerprint__lt=FIFTH).order_by(
        MD5(Concat(Cast("pk", CharField()), Value(f" {seed}")))
    )
    lucky = list(by_chance.values_list("pk", flat=True)[:SIZE])
    chosen = list(islice(most_wanted(waiting.filter(fingerprint__gte=FIFTH)), SIZE))
    return list(islice(mixed(chosen, lucky, seed), SIZE))


def mixed(chosen, lucky, seed):
    """One by chance in five, at the same place in each five; when one kind runs out, the other."""
    chosen, lucky = iter(chosen), iter(lucky)
    for position in range(SIZE):
        is_lucky = position % ONE_IN == seed % ONE_IN
        pk = next(lucky if is_lucky else chosen, None)
        if pk is None:
            is_lucky = not is_lucky
            pk = next(lucky if is_lucky else chosen, None)
        if pk is not None:
            yield pk, is_lucky


def most_wanted(waiting):
    """The pks of suggestions: each theme until it would be filled, then what is left."""
    themes = list(Theme.objects.filter(pk__in=waiting.values("theme")))
    confirmed = confirmed_of(themes)
    themes.sort(key=lambda theme: (min(confirmed[theme.pk], FILLED), theme.position, theme.pk))
    thresholds = thresholds_of(themes)
    missing = {theme: max(0, FILLED - confirmed[theme.pk]) for theme in themes}

    def nearest(theme):
        return nearest_first(waiting.filter(theme=theme), thresholds.get(theme.pk, LEAST_SCORE))

    return chain(
        (pk for theme in themes if missing[theme] for pk in nearest(theme)[: missing[theme]]),
        (pk for theme in themes for pk in nearest(theme)[missing[theme] : missing[theme] + SIZE]),
    )


def nearest_first(mentions, threshold):
    """Those that the engine was least sure of first; those without a figure after, newest first."""
    by_words = Q(model=None)
    line = Case(
        When(by_words, then=Value(LEAST_SCORE)), default=threshold, output_field=FloatField()
    )
    return mentions.order_by(
        Abs(F("score") - line).asc(nulls_last=True), "-month", "-observation", "pk"
    ).values_list("pk", flat=True)


def confirmed_of(themes):
    """How many mentions of each theme people confirmed, by its pk."""
    found = Mention.objects.confirmed().filter(is_counted=True, theme__in=themes)
    counts = found.values_list("theme").annotate(Count("pk"))
    return Counter(dict(counts.order_by("theme")))


def thresholds_of(themes):
    """From which figure on the version in use suggests each theme that it has learned."""
    codebooks = {theme.codebook_id for theme in themes}
    versions = CodingModel.objects.filter(
        codebook__in=codebooks, state=CodingModel.State.IN_USE
    ).values_list("codebook", "pk")
    learned = {codebook: model_of(pk).themes for codebook, pk in versions}
    return {
        theme.pk: learned[theme.codebook_id][theme.code].threshold
        for theme in themes
        if theme.code in learned.get(theme.codebook_id, {})
    }


def is_kept_for_chance(mention):
    """Whether a suggestion is in the fifth that is only ever drawn by chance."""
    return md5(str(mention.pk).encode(), usedforsecurity=False).hexdigest() < FIFTH


# A person's way through them


@dataclass
class Way:
    """How far a person has come in a review session."""

    review_session: object
    cards: list

    @cached_property
    def steps(self):
        return [card for card in self.cards if card.done != Card.Done.ADDED]

    @cached_property
    def looked_at(self):
        return [card for card in self.steps if card.done]

    @cached_property
    def current(self):
        return next((card for card in self.steps if not card.done), None)

    @cached_property
    def last(self):
        """What was done last, which can be undone."""
        done = [card for card in self.cards if card.done]
        return max(done, key=lambda card: (card.done_at, card.pk), default=None)

    @property
    def is_just_over(self):
        return self.current is None and bool(
            self.last and self.last.done_at > timezone.now() - SAYS_SO_FOR
        )

    @cached_property
    def counts(self):
        """How many cards came out how, by the value of Card.Done."""
        return Counter(card.done for card in self.cards)


def way_through(review_session, user):
    cards = Card.objects.visible_to(user).filter(review_session=review_session).in_order()
    return Way(review_session, list(cards.select_related("mention__theme", "other__theme")))


Thin = namedtuple("Thin", "theme confirmed")


def still_thin(themes):
    """Those of the themes with too few confirmed to be learned, fewest first."""
    themes = list(themes)
    confirmed = confirmed_of(themes)
    found = [Thin(theme, confirmed[theme.pk]) for theme in themes]
    return sorted(
        (each for each in found if each.confirmed < LEARNED_FROM),
        key=lambda each: (each.confirmed, each.theme.position, each.theme.pk),
    )


# Why one was suggested


Likeness = namedtuple("Likeness", "count nearest found")
Quoted = namedtuple("Quoted", "observation_id unit_id text start end")


def likeness(mention, user):
    """How many confirmed quotes of the theme share words with this one, and the nearest of them:
    its words, and where it was found (None without one).

    Only quotes of other observations that the person can read, the newest of them.
    """
    here = telling(mention.quote)
    confirmed = (
        Mention.objects.visible_to(user)
        .confirmed()
        .filter(theme=mention.theme_id)
        .exclude(observation=mention.observation_id)
        .order_by("-decided_at", "pk")
        .values_list("observation_id", "unit_id", "passage__text", "start", "end")[:MOST_COMPARED]
    )
    alike = []
    for found in map(Quoted._make, confirmed):
        quote = found.text[found.start : found.end]
        there = telling(quote)
        shared = len(here & there)
        if shared >= SHARED and (like := shared / sqrt(len(here) * len(there))) >= LIKE:
            alike.append((like, quote, found))
    _, nearest, found = max(alike, key=lambda each: each[0], default=(0, "", None))
    return Likeness(len(alike), nearest, found)


def telling(text):
    """The stems of a text that say something."""
    return {stem for stem in stems(text) if stem not in STOP_STEMS and len(stem) > 2}
