"""A codebook's waiting changes tried on texts and passages, before they count. Nothing is kept."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic

from django.db.models import Q

from frameworks.themes import editing
from observations import identifiers
from observations.coding.sentences import sentences
from observations.engine import (
    Suggester,
    as_engine_theme,
    engine_codebook,
    likely_in,
    suggest_in,
)
from observations.mentions.quotes import pieces
from observations.models import Mention, Passage, RecodingChange, choices

SIX_MONTHS = timedelta(days=183)
MOST_PASSAGES = 2000
SECONDS = 2.0
SHOWN = 20

Kind = RecodingChange.Kind


def readings(codebook):
    """How passages are read today, and how they would be if all that waits were in use."""
    in_use = Suggester.today(codebook, by_words_alone=True)
    themes = {theme.code: theme for theme in editing.as_it_would_be(codebook)}
    words = engine_codebook(tuple(as_engine_theme(theme) for theme in themes.values()))
    return in_use, replace(in_use, themes=themes, words=words)


def masked(text, suggester):
    """The text with identifiers masked; None if it could not be looked through."""
    try:
        found = identifiers.find(text, people=suggester.people, allow=suggester.places)
    except identifiers.CouldNotLook:
        return None
    return identifiers.mask(text, found)


def suggested(text, suggester):
    """{theme's code: Suggestion} for a masked text."""
    found = suggest_in(text, suggester.words, suggester.learned)
    return {each.theme: each for each in found if each.is_likely}


def quoted(text, found):
    return pieces(text, found.start, found.end, found.words)


# The bench


def tried(text, in_use, waiting):
    """What a text would be suggested for, as two lists; None if it can't be looked through."""
    read = masked(text, in_use)
    if read is None:
        return None
    text = read.text
    return {"in_use": told(text, in_use), "waiting": told(text, waiting), "text": text}


def told(text, suggester):
    """Each theme that a masked text would be suggested for, with its quote and where it is."""
    starts = [start for start, _ in sentences(text)]
    return [
        {
            "theme": suggester.themes[found.theme],
            "stance": choices.Stance(found.stance).label,
            "pieces": quoted(text, found),
            "sentence": max(sum(start <= found.start for start in starts), 1),
            "of": len(starts),
        }
        for found in likely_in(text, suggester.words, suggester.learned)
    ]


def with_word(word, codebook, user, limit=5):
    """The newest passages with a word that the user can read."""
    passages = Passage.objects.visible_to(user).filter(is_counted=True, text__icontains=word)
    of_codebook = passages.filter(unit__in=codebook.coded_unit_pks())
    return (
        of_codebook.select_related("observation").defer("search").order_by("-month", "-pk")[:limit]
    )


# The preview


@dataclass
class Preview:
    """What would come, go and change in so many passages, newest first."""

    total: int
    looked: int = 0
    effect: dict = field(default_factory=lambda: defaultdict(lambda: dict.fromkeys(Kind.values, 0)))
    differing: list = field(default_factory=list)  # (passage's pk, theme's code, kind)

    def add(self, passage, theme, kind):
        self.effect[theme.name][kind] += 1
        self.differing.append((passage, theme, kind))

    def count(self, kind):
        return sum(row[kind] for row in self.effect.values())

    @property
    def added(self):
        return self.count(Kind.ADD)

    @property
    def dropped(self):
        return self.count(Kind.DROP)

    @property
    def changed(self):
        return self.count(Kind.CHANGE)

    @property
    def by_theme(self):
        """[(theme's name, added, dropped, changed)], most first."""
        rows = [(name, *(row[kind] for kind in KINDS)) for name, row in self.effect.items()]
        return sorted(rows, key=lambda row: (-sum(row[1:]), row[0]))


KINDS = (Kind.ADD, Kind.DROP, Kind.CHANGE)


def previewed(codebook, seconds=SECONDS):
    """What the waiting changes would do to the passages of the last six months.

    It stops after so many passages or seconds, and says on how many it is based. What a person
    decided about a passage and a theme stays, so it is not counted.
    """
    in_use, waiting = readings(codebook)
    passages = lately(codebook)
    preview = Preview(total=passages.count())
    newest = list(passages.order_by("-month", "-pk").values_list("pk", "text")[:MOST_PASSAGES])
    decided = decided_in([pk for pk, _ in newest])
    until = monotonic() + seconds
    for pk, text in newest:
        if monotonic() > until and preview.looked:
            break
        preview.looked += 1
        for theme, kind in differences(text, in_use, waiting):
            if (pk, theme.pk) not in decided:
                preview.add(pk, theme, kind)
    return preview


def lately(codebook):
    since = (codebook.unit.today() - SIX_MONTHS).replace(day=1)
    return Passage.objects.filter(
        is_counted=True, month__gte=since, unit__in=codebook.coded_unit_pks()
    )


def decided_in(passages):
    by_people = ~Q(status=Mention.Status.SUGGESTED) | Q(engine="")
    mentions = Mention.objects.filter(by_people, passage__in=passages)
    return set(mentions.values_list("passage_id", "theme_id"))


def differences(text, in_use, waiting):
    """(theme, kind) of what would be suggested otherwise for one text."""
    read = masked(text, in_use)
    if read is None:
        return
    before, after = suggested(read, in_use), suggested(read, waiting)
    for code in before.keys() | after.keys():
        if code not in before:
            yield waiting.themes[code], Kind.ADD
        elif code not in after:
            yield in_use.themes[code], Kind.DROP
        elif place(before[code]) != place(after[code]):
            yield waiting.themes[code], Kind.CHANGE


def place(found):
    return found.stance, found.start, found.end


def to_look_at(preview, codebook, user):
    """The first passages that would differ of those that the user can read, with their words."""
    pks = {pk for pk, _, _ in preview.differing}
    rows = Passage.objects.visible_to(user).filter(pk__in=pks).select_related("observation")
    passages = {row.pk: row for row in rows.defer("search")}
    in_use, waiting = readings(codebook)
    shown = [each for each in preview.differing if each[0] in passages][:SHOWN]
    return [looked_at(passages[pk], theme, kind, in_use, waiting) for pk, theme, kind in shown]


def looked_at(passage, theme, kind, in_use, waiting):
    read = masked(passage.text, in_use)
    found = suggested(read, in_use if kind == Kind.DROP else waiting)[theme.code]
    return {
        "passage": passage,
        "theme": theme,
        "kind": Kind(kind).label,
        "stance": choices.Stance(found.stance).label,
        "pieces": quoted(passage.text, found),
    }
