"""Two versions of a framework side by side, matched along their lineage, word for word."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.conf import settings
from django.db.models import Prefetch

from frameworks.languages import saying, texts
from frameworks.models import Criterion, LevelDescription, Lineage, Prompt, SecondLanguage
from frameworks.versions.lineage import Mapping
from practicelens.people.permissions import Act

Kind = Lineage.Kind
PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Compared:
    """A criterion beside what it comes from. `fields` is [(name, was, now)] in marked pieces.

    One of `earlier` and `later` may be empty: new, or dropped. With several earlier ones no words
    are marked; each of them is shown whole.
    """

    words: str
    earlier: tuple
    later: Criterion | None
    fields: tuple = ()

    @property
    def is_same(self):
        return all(was == now for _, was, now in self.fields)


@dataclass(frozen=True)
class SecondCompared:
    """What two versions say in a second language. `rows` is [(first words, was, now)] where it
    differs, in marked pieces; a language is empty where the version has none."""

    was: SecondLanguage | str
    now: SecondLanguage | str
    rows: tuple


def compare_second(first, second):
    """None where neither version has a second language."""
    was, old = said(first)
    now, new = said(second)
    if not was and not now:
        return None
    firsts = [*new, *[words for words in old if words not in new]]
    rows = tuple(
        (words, *differences(old.get(words, ""), new.get(words, "")))
        for words in firsts
        if old.get(words) != new.get(words)
    )
    return SecondCompared(was, now, rows)


def said(version):
    """(language, {first words: second}) of the texts that are in a version."""
    language = saying.language_of(version)
    if language is None:
        return "", {}
    seconds = dict(language.wordings.values_list("first", "second"))
    return language, {
        words: seconds[words] for words in texts.texts_of(version) if words in seconds
    }


def compare(first, second):
    """The criteria of the later version in its order, then those that were dropped on the way."""
    ties = ties_between(first, second)
    olds, news = read(first), read(second)
    came = defaultdict(list)
    for earlier, later, kinds in ties:
        if earlier in olds and later in news:
            came[later].append((olds[earlier], kinds))
    rows = [compared(came[pk], criterion) for pk, criterion in news.items()]
    going = {earlier.pk for each in came.values() for earlier, _ in each}
    gone = [Compared("Dropped", (each,), None) for pk, each in olds.items() if pk not in going]
    return [*rows, *gone]


def ties_between(first, second):
    """[(earlier, later, kinds)] over all versions on the way, where the lineage leads through."""
    reached = {pk: {(pk, frozenset())} for pk in first.criteria.values_list("pk", flat=True)}
    for earlier, later, kind in steps_between(first, second):
        for start, kinds in reached.get(earlier, ()):
            reached.setdefault(later, set()).add((start, kinds | {kind}))
    return [
        (start, later, kinds)
        for later, starts in reached.items()
        for start, kinds in starts
        if kinds
    ]


def steps_between(first, second):
    """Every tie of the versions on the way, the oldest first; of a draft, also what is suggested.

    Between a version that was put right and its correction there is no lineage: its words tell.
    """
    steps = Lineage.objects.filter(
        version__framework=second.framework_id,
        version__number__gt=first.number,
        version__number__lte=second.number,
        version__published_at__isnull=False,
        earlier__isnull=False,
        later__isnull=False,
    ).order_by("version__number", "pk")
    found = list(steps.values_list("earlier", "later", "kind"))
    correction = first.corrections.filter(number__lte=second.number).first()
    if correction:
        found = [*suggested(Mapping(correction, first)), *found]
    if second.published_at is None and second != correction:
        found += suggested(Mapping(second))
    return found


def suggested(mapping):
    kinds = mapping.kinds(mapping.suggested).items()
    return [(*pair, kind.value) for pair, kind in kinds if None not in pair]


def read(version):
    """{pk: criterion} in order, with the texts that are compared."""
    levels = LevelDescription.objects.select_related("level").order_by("level__position")
    criteria = Criterion.objects.filter(version=version).order_by("position")
    prefetched = criteria.prefetch_related(
        Prefetch("level_descriptions", levels),
        Prefetch("prompts", Prompt.objects.order_by("position")),
    )
    return {criterion.pk: criterion for criterion in prefetched}


def compared(came, later):
    came = sorted(came, key=lambda each: each[0].position)
    earlier = tuple({each.pk: each for each, _ in came}.values())
    kinds = {kind for _, each in came for kind in each}
    fields = fields_of(earlier[0], later) if len(earlier) == 1 else ()
    return Compared(words_of(earlier, kinds), earlier, later, fields)


def words_of(earlier, kinds):
    """Same as 3.1; Reworded from 3.3; Split and merged from 3.1 and 3.4; New."""
    if not earlier:
        return "New"
    codes = " and ".join(each.code for each in earlier)
    parted = [kind.label for kind in (Kind.SPLIT, Kind.MERGED) if kind.value in kinds]
    if parted:
        return f"{' and '.join(parted).capitalize()} from {codes}"
    return f"Same as {codes}" if kinds == {Kind.SAME.value} else f"Reworded from {codes}"


def fields_of(earlier, later):
    was, now = texts_of(earlier), texts_of(later)
    names = [*now, *[name for name in was if name not in now]]
    pairs = [(name, was.get(name, ""), now.get(name, "")) for name in names]
    return tuple((name, *differences(old, new)) for name, old, new in pairs if old or new)


def texts_of(criterion):
    """{what it is: text}, in the order in which an observer meets it."""
    levels = {each.level.name: each.text for each in criterion.level_descriptions.all()}
    prompts = " ".join(each.text for each in criterion.prompts.all())
    return {
        "What good looks like": criterion.name,
        "What to look for": criterion.look_for,
        **levels,
        "An opportunity missed": criterion.missed,
        "Prompts": prompts,
    }


def differences(was, now):
    """Two texts as [(is it only here, words)]: equal pieces are the same in both."""
    old, new = PIECES.findall(was), PIECES.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    before, after = [], []
    for tag, start, end, begin, stop in matcher.get_opcodes():
        before.append((tag != "equal", "".join(old[start:end])))
        after.append((tag != "equal", "".join(new[begin:stop])))
    return tuple(piece for piece in before if piece[1]), tuple(piece for piece in after if piece[1])


def observations_words(version, user):
    """How many observations were made under a version; small counts are for those who look after it."""
    count = version.observations.counted().count()
    least = settings.SMALL_COUNT_THRESHOLD
    sees_all = version.framework.unit_id in user.reach(Act.SEE_SMALL_COUNTS)
    if 0 < count < least and not sees_all:
        return f"Fewer than {least} observations"
    return f"{count or 'No'} observation{'' if count == 1 else 's'}"
