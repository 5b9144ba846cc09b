"""Whether a sentence, or what it says of one theme, tells of what helps or of what hinders."""

from functools import cached_property

from .lists import read_phrases, read_words
from .sentences import sentences
from .words import stems, words

WINDOW = 4
# A contrast points to what follows it.
AFTER_CONTRAST = 1.5
# "Not rushed" is good news, but fainter than "calm".
FAINT = 0.6
LONE_NEGATION = -0.5
ENOUGH = 0.45

# Where the form decides: "improved" is good news and "improve" is not yet; "hearing" is a court's.
AS_WRITTEN = {
    "care": 0,
    "considerable": 0,
    "considering": 0,
    "help": 0.2,
    "information": 0,
    "informal": 0,
    "judge": 0,
    "notice": 0,
    "opening": 0,
    "please": 0,
    "security": 0,
    "values": 0,
    "flats": 0,
    "prompts": 0,
    "support": 0.2,
    "trust": 0.5,
    "improve": 0,
    "improves": 0,
    "improvement": 0,
    "clear": 0.7,
    "fairly": 0,
    "good": 0.7,
    "hearing": 0,
    "helping": 0.5,
    "high": 0,
    "open": 0.3,
    "ask": 0.2,
    "asked": 0.6,
    "asking": 0.4,
    "asks": 0.2,
    "highly": 0.5,
    "lately": 0,
    "listened": 1,
    "listening": 1,
    "listens": 1,
    "miss": 0,
    "progress": 0.6,
    "quick": 0.5,
    "respects": 0,
    "serious": -0.5,
    "shut": -0.5,
    "supported": 0.6,
    "supports": 0.4,
    "trusted": 1,
    "waited": 0.7,
    "missing": -0.6,
    "some": -0.4,
    "sometimes": -0.6,
    "only": -0.2,
    "few": -0.5,
    "occasionally": -0.4,
    "still": -0.2,
    "despite": -0.3,
    "hopefully": 0,
    "generally": -0.3,
    "mostly": -0.3,
    "partly": -0.4,
    "sufficiently": 0,
    "sufficient": 0,
}
# After these words "too" means "also".
NOT_MEASURED = frozenset(
    {"and", "that", "when", "because", "which", "who", "was", "were", "is", "are"}
)
# More of something than there should be; as "also" ("she came too") it says nothing.
TOO = -0.5
NEGATIONS = frozenset(
    {"not", "never", "no", "without", "hardly", "nor", "neither", "none", "nobody", "nothing"}
    | {"rarely", "seldom"}
)
# These turn what they reach, as a negation does, and say nothing alone: "fewer delays", "less clear".
LESSENING = frozenset({"less", "fewer"})
TURNING = NEGATIONS | LESSENING
# Two words in which the first is no negation.
NO_NEGATION = frozenset({("not", "only"), ("not", "just"), ("no", "doubt")})
CONTRASTS = frozenset(
    {"but", "however", "although", "though", "yet", "whereas", "nevertheless", "nonetheless"}
    | {"except", "albeit"}
)
CONCESSIONS = frozenset({"although", "though", "despite", "while", "whilst"})
TURNS = CONTRASTS | CONCESSIONS
# Endings that change the word: "timely" is not "time", nor is "effective" an "effect".
DERIVED = ("ful", "less", "ive", "ly", "al", "able", "ous", "ent", "ic", "ing")
# What was wished for, and so was not there: "could have asked", "needs to be clear".
WISHES = (
    ("could", "have"),
    ("could", "be"),
    ("could", "usefully"),
    ("should",),
    ("ought",),
    ("would", "have"),
    ("would", "benefit"),
    ("used", "to", "be"),
    ("yet", "to"),
    ("needs", "to"),
    ("need", "to"),
    ("needs", "more"),
    ("needs", "better"),
    ("must",),
    ("requires",),
    ("require",),
    ("wished",),
    ("if", "only"),
)
WISH_STARTS = frozenset(wish[0] for wish in WISHES)
WISHED_CHANGE = (
    "needs to improve",
    "need to improve",
    "needs improvement",
    "requires improvement",
    "must improve",
    "room for improvement",
    "room to improve",
    "needs work",
    "need to do better",
    "to be improved",
)


def phrases_of(*groups):
    """Phrases by the stem they start with: `{stem: [(stems, value), ...]}`, longest first."""
    index = {}
    for value, phrases in groups:
        for phrase in phrases:
            found = tuple(stems(phrase))
            index.setdefault(found[0], []).append((found, value))
    return {stem: sorted(found, key=lambda pair: -len(pair[0])) for stem, found in index.items()}


def words_of(*groups):
    """Single words, by their stem or, where that would mean too much, as they are written."""
    by_stem, as_written = {}, {}
    for value, listed in groups:
        for word in listed:
            if word.endswith(DERIVED):
                as_written |= {word: value, f"{word}ly": value}
            else:
                by_stem |= dict.fromkeys(stems(word), value)
    return by_stem, as_written | AS_WRITTEN


PHRASES = phrases_of(
    (1, read_phrases("helping_phrases.txt")),
    (-1, read_phrases("hindering_phrases.txt")),
    (-1.5, WISHED_CHANGE),
)
BY_STEM, WRITTEN = words_of((1, read_words("helps.txt")), (-1, read_words("hinders.txt")))


def passage_stance(text):
    """From -1 (all of it hinders) to 1 (all of it helps); 0 where nothing, or both alike, is said."""
    return balance(Sentence(text[start:end]) for start, end in sentences(text))


def balance(told):
    """(helps - hinders) / (helps + hinders + 1), over all words of some sentences."""
    helps = hinders = 0
    for sentence in told:
        for value in sentence.weighed:
            helps += max(value, 0)
            hinders += max(-value, 0)
    return (helps - hinders) / (helps + hinders + 1)


class Sentence:
    """The stance of one sentence, word by word."""

    def __init__(self, text, found=None):
        self.text = text
        self.words = words(text) if found is None else found
        self.plain = [word.plain for word in self.words]

    def stance(self, places):
        """What it says of a theme whose words stand at `places`: helps, hinders or neither."""
        told = self._told_in({self.clauses[place] for place in places})
        total = sum(told if any(told) else self.weighed)
        if total >= ENOUGH:
            return "helps"
        return "hinders" if total <= -ENOUGH else "neither"

    def _told_in(self, clauses):
        pairs = zip(self.weighed, self.clauses, strict=True)
        return [value for value, clause in pairs if clause in clauses]

    @cached_property
    def weighed(self):
        """The value of each word, more after a contrast."""
        turned = self._contrast_clause
        return [
            value * (AFTER_CONTRAST if turned is not None and clause >= turned else 1)
            for value, clause in zip(self.values, self.clauses, strict=True)
        ]

    @cached_property
    def clauses(self):
        """The number of the clause in which each word stands."""
        if ";" not in self.text and TURNS.isdisjoint(self.plain):
            return [0] * len(self.words)
        numbers, number = [], 0
        conceding = bool(self.words) and self.words[0].plain in CONCESSIONS
        for place in range(len(self.words)):
            mark = ";," if conceding else ";"
            between = self._before(place)
            if place and (self._is_contrast(place) or any(each in mark for each in between)):
                number += 1
                conceding = False
            numbers.append(number)
        return numbers

    @cached_property
    def _contrast_clause(self):
        """The clause from which a contrast weighs, if there is one."""
        if not any(self.clauses):
            return None
        if self.plain[0] in CONCESSIONS:
            return 1
        places = (place for place in range(1, len(self.words)) if self._is_contrast(place))
        return next((self.clauses[place] for place in places), None)

    def _is_contrast(self, place):
        plain = self.words[place].plain
        if plain == "yet":
            return "," in self._before(place) or self._plain(place - 1) == "and"
        return plain in CONTRASTS

    def _before(self, place):
        """What stands between a word and the one before it."""
        start = self.words[place - 1].end if place else 0
        return self.text[start : self.words[place].start]

    def _plain(self, place):
        return self.plain[place] if 0 <= place < len(self.plain) else ""

    @cached_property
    def values(self):
        """What each word says once negations and wishes are heard."""
        values = self._said
        spent = set()
        for place, value in enumerate(values):
            if value and (negation := self._negation_of(place)) is not None:
                values[place] = -value * (FAINT if value < 0 else 1)
                spent.add(negation)
            if values[place] > 0 and (self._is_wished(place) or self._is_too(place - 1)):
                values[place] = -values[place]
        for place in self._negations - spent:
            values[place] = values[place] or self._alone(place)
        return values

    def _alone(self, place):
        """What a negation says that reaches nothing."""
        is_change = self._plain(place + 1) == "longer"
        return 0 if is_change or self._plain(place) in LESSENING else LONE_NEGATION

    def _is_too(self, place):
        """Whether a word is the "too" of "too vague", and not of "she came too"."""
        if self._plain(place) != "too" or place + 1 >= len(self.words):
            return False
        return self.clauses[place + 1] == self.clauses[place] and not (
            self._before(place + 1).strip() or self._plain(place + 1) in NOT_MEASURED
        )

    @property
    def _said(self):
        """What each word or phrase says as it stands."""
        values = [0.0] * len(self.words)
        place = 0
        while place < len(self.words):
            length = 1
            if phrases := PHRASES.get(self.words[place].stem):
                length, values[place] = self._phrase_at(place, phrases)
            else:
                values[place] = self._value(place)
            place += length
        return values

    def _phrase_at(self, place, phrases):
        for phrase, value in phrases:
            following = self.words[place : place + len(phrase)]
            if tuple(word.stem for word in following) == phrase:
                return len(phrase), value
        return 1, self._value(place)

    def _value(self, place):
        plain, stem = self.plain[place], self.words[place].stem
        if plain == "too":
            return TOO if self._is_too(place) else 0
        if plain == "kind" and self._plain(place + 1) == "of":
            return 0
        if plain == "well" and self._plain(place - 1) == "as":
            return 0
        return WRITTEN[plain] if plain in WRITTEN else BY_STEM.get(stem, 0)

    @cached_property
    def _negations(self):
        return {
            place
            for place, plain in enumerate(self.plain)
            if (plain in TURNING or plain.endswith("n't")) and self._is_negation(place)
        }

    def _is_negation(self, place):
        plain = self.plain[place]
        if (plain, self._plain(place + 1)) in NO_NEGATION:
            return False
        # "Could not have been kinder" is praise.
        if plain in ("not", "couldn't") and "could" in (self._plain(place - 1), plain[:5]):
            return self._plain(place + 1) not in ("have", "be")
        return True

    def _negation_of(self, place):
        """The nearest negation that reaches a word: before it, near it and in its clause."""
        for earlier in range(place - 1, max(-1, place - 1 - WINDOW), -1):
            if self.clauses[earlier] != self.clauses[place] or "," in self._before(earlier + 1):
                return None
            if earlier in self._negations:
                return earlier
        return None

    def _is_wished(self, place):
        before = tuple(self.plain[max(0, place - WINDOW) : place])
        if WISH_STARTS.isdisjoint(before):
            return False
        return any(
            before[at : at + len(wish)] == wish
            for wish in WISHES
            for at in range(len(before) - len(wish) + 1)
        )
