"""What each criterion of a draft comes from in the version before: suggested, chosen, confirmed.

The kind of a tie is never typed. It follows from what comes from what, and from the words.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from frameworks.likeness import LIKE_ENOUGH, counted_words, in_common
from frameworks.models import Criterion, LevelDescription, Lineage

Kind = Lineage.Kind
RUNS_ON = (Kind.SAME, Kind.REWORDED)
SAID = [(0.9, "At least nine words in ten are alike"), (0.6, "At least six words in ten are alike")]
SAID += [(0.3, "Some words are alike"), (0, "Hardly a word is alike")]


@dataclass(frozen=True)
class Ties:
    """What comes from what, by pk: `came` {later: (earlier, ...)}; `carries` {earlier: later}.

    `carries` names, for one that was split, the criterion that its trend carries on in.
    """

    came: dict
    carries: dict

    def going(self):
        """{earlier: (later, ...)}"""
        going = defaultdict(tuple)
        for later, earliers in self.came.items():
            for earlier in earliers:
                going[earlier] += (later,)
        return going


def earlier_of(version):
    """The published version that a draft follows, or None of a first one.

    A correction follows the one before that which it puts right, as long as it can.
    """
    before = version.framework.versions.followed().filter(number__lt=version.number)
    if version.corrects_id and version.corrects.may_be_put_right:
        before = before.filter(number__lt=version.corrects.number)
    return before.order_by("-number").first()


class Mapping:
    """A draft's criteria and those of the version before, with the ties between them."""

    def __init__(self, version, earlier=None):
        self.version, self.earlier = version, earlier or earlier_of(version)
        self.news = with_words(version)
        self.olds = with_words(self.earlier) if self.earlier else {}
        self.stored = {}
        if self.earlier:
            rows = version.lineage.select_related("confirmed_by")
            self.stored = {(row.earlier_id, row.later_id): row for row in rows if self._fits(row)}

    def _fits(self, row):
        """Its ends are of these two versions; others are left from a version since overtaken."""
        ends = {row.earlier_id, row.later_id} - {None}
        return ends <= self.olds.keys() | self.news.keys()

    @property
    def kept(self):
        """The ties that are saved, whether confirmed or not."""
        came = dict.fromkeys(self.news, ())
        for earlier, later in self.stored:
            if earlier and later:
                came[later] += (earlier,)
        came = {later: tuple(sorted(each)) for later, each in came.items()}
        return Ties(came, self._carries(came))

    def _carries(self, came):
        shared = Counter(earlier for earliers in came.values() for earlier in earliers)
        return {
            earlier: later
            for (earlier, later), row in self.stored.items()
            if row.kind in RUNS_ON and shared[earlier] > 1
        }

    @property
    def suggested(self):
        """The ties that are kept; for a criterion with none, to the old one whose words are the likest."""
        kept, known = self.kept, {later for _, later in self.stored}
        came = {
            later: earliers if later in known else self._likest(later)
            for later, earliers in kept.came.items()
        }
        return Ties(came, kept.carries)

    def _likest(self, later):
        new = self.news[later]
        # Of two that are as like, the one in the same words, then the one with the same code.
        found = max(
            (
                (likeness(old, new), words_of(old) == words_of(new), old.code == new.code, -pk)
                for pk, old in self.olds.items()
            ),
            default=(0, False, False, 0),
        )
        return (-found[-1],) if found[0] >= LIKE_ENOUGH else ()

    def kinds(self, ties):
        """{(earlier, later): kind}; an end that is not there is None."""
        going = ties.going()
        kinds = {(old, None): Kind.DROPPED for old in self.olds if old not in going}
        for later, earliers in ties.came.items():
            if not earliers:
                kinds[None, later] = Kind.NEW
            for earlier in earliers:
                kinds[earlier, later] = self._kind(earlier, later, ties, going)
        return kinds

    def _kind(self, earlier, later, ties, going):
        if len(ties.came[later]) > 1:
            return Kind.MERGED
        if len(going[earlier]) > 1:
            return Kind.REWORDED if ties.carries.get(earlier) == later else Kind.SPLIT
        same = words_of(self.olds[earlier]) == words_of(self.news[later])
        return Kind.SAME if same else Kind.REWORDED

    def settled(self):
        """The pairs that an admin confirmed and that are still what was confirmed."""
        return {
            pair
            for pair, kind in self.kinds(self.kept).items()
            if (row := self.stored.get(pair)) and row.confirmed_at and row.kind == kind
        }

    def unsettled(self):
        """The criteria whose lineage an admin has yet to say: new ones, then dropped ones."""
        if not self.earlier:
            return []
        open_pairs = self.kinds(self.kept).keys() - self.settled()
        laters = {later for _, later in open_pairs if later}
        dropped = {earlier for earlier, later in open_pairs if later is None}
        # Dropped only for now: what is suggested to come from it is counted there.
        dropped -= self.suggested.going().keys()
        return [self.news[pk] for pk in self.news if pk in laters] + [
            self.olds[pk] for pk in self.olds if pk in dropped
        ]

    def fingerprint(self):
        """Another whenever the ties, or the words they are judged by, have changed."""
        rows = sorted(
            (row.earlier_id or 0, row.later_id or 0, row.kind, bool(row.confirmed_at))
            for row in self.stored.values()
        )
        read = [rows, [(pk, words_of(each)) for pk, each in self.news.items()]]
        return hashlib.sha256(repr(read).encode()).hexdigest()[:16]

    def words(self, later, ties, kinds):
        """Same as 3.1; Merged from 3.1 and 3.2; New."""
        earliers = ties.came[later]
        if not earliers:
            return "New"
        codes = " and ".join(self.olds[pk].code for pk in earliers)
        return f"{SAYS[kinds[earliers[0], later]]} {codes}"


SAYS = {
    Kind.SAME: "Same as",
    Kind.REWORDED: "Reworded from",
    Kind.SPLIT: "Split from",
    Kind.MERGED: "Merged from",
}


def with_words(version):
    """{pk: criterion} of a version in its order, with the texts of the levels."""
    levels = LevelDescription.objects.order_by("level__position")
    criteria = Criterion.objects.filter(version=version).order_by("position")
    prefetched = criteria.prefetch_related(Prefetch("level_descriptions", levels))
    return {criterion.pk: criterion for criterion in prefetched}


def words_of(criterion):
    """All that tells an observer what to look for; prompts and examples only help to write."""
    told = (each.text for each in criterion.level_descriptions.all() if each.text)
    return (criterion.name, criterion.look_for, criterion.missed, *told)


def likeness(one, other):
    """The share of words that two criteria have in common, from 0 to 1."""
    return in_common(*(counted_words(" ".join(words_of(each))) for each in (one, other)))


def likeness_words(one, other):
    """How alike two criteria are, in words."""
    if words_of(one) == words_of(other):
        return "The same, word for word"
    share = likeness(one, other)
    return next(words for least, words in SAID if share >= least)


def say_beside(criteria, version):
    """Gives each criterion of a draft `comes_from`, the words beside it; none in a first one."""
    mapping = Mapping(version)
    if not mapping.earlier:
        return
    ties, settled = mapping.suggested, mapping.settled()
    kinds = mapping.kinds(ties)
    for criterion in criteria:
        words = mapping.words(criterion.pk, ties, kinds)
        pairs = [(old, criterion.pk) for old in ties.came[criterion.pk]]
        if any(kinds[pair] == Kind.SPLIT and pair not in settled for pair in pairs):
            words = f"{words}: say which trend carries on"
        criterion.comes_from = words
