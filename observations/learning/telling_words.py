"""The words that tell a theme: the strongest that were learned, and those to put on or off its list."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from observations import identifiers
from observations.coding.codebook import STOP_STEMS
from observations.coding.learning import sightings
from observations.coding.words import stems
from observations.intervals import wilson
from observations.models import WordProposal
from observations.redaction.finding import people_known, places_known

# A word is shown or proposed if it is in passages of so many observers: the turn of phrase of
# one person says who they are, and little of the theme.
LEAST_OBSERVERS = 2
LEAST_PASSAGES = 3
STRONGEST = 8
# A word is proposed if, so few as hold it, the theme is likely in this share of such passages (the
# low end of the Wilson interval); those of the largest such share first.
LEAST_SURE = 0.35
MOST_ADDED = 4
LEAST_LETTERS = 4
LONGEST = WordProposal._meta.get_field("word").max_length


@dataclass
class Use:
    """How a term is written, and in which of the decided passages."""

    forms: Counter = field(default_factory=Counter)
    passages: set = field(default_factory=set)
    observers: set = field(default_factory=set)
    has_capital: bool = False

    @property
    def written(self):
        return self.forms.most_common(1)[0][0]

    @property
    def is_common(self):
        return len(self.passages) >= LEAST_PASSAGES and len(self.observers) >= LEAST_OBSERVERS


def uses(study):
    """`{term: Use}` for each word, and each two words side by side, that was learned from."""
    found = defaultdict(Use)
    for at, sentences in enumerate(study.training.sentences):
        observer = observer_of(study, at)
        for sentence in sentences:
            for term, written, has_capital in terms_in(sentence):
                use = found[term]
                use.forms[written.lower()] += 1
                use.passages.add(at)
                use.observers.add(observer)
                use.has_capital |= has_capital
    return found


def observer_of(study, at):
    """Who observed the passage at a place of the training, which leaves out what has no sentence."""
    confirmed = study.training.confirmed[at]
    return study.observers[confirmed.group]


def terms_in(sentence):
    """Each term of a sentence as (stems, as written, whether it has a capital where none is due)."""
    written = [sentence.text[word.start : word.end] for word in sentence.words]
    capital = [place > 0 and word[:1].isupper() for place, word in enumerate(written)]
    for place, word in enumerate(sentence.words):
        yield word.stem, written[place], capital[place]
    for place, (one, other) in enumerate(pairwise(sentence.words)):
        either = capital[place] or capital[place + 1]
        yield f"{one.stem} {other.stem}", f"{written[place]} {written[place + 1]}", either


def strongest(study, used):
    """`{theme: {"for": [words], "against": [words]}}`, strongest first, as people write them."""
    return {
        code: {
            "for": strongest_of(learned.weights, used),
            "against": strongest_of({term: -w for term, w in learned.weights.items()}, used),
        }
        for code, learned in study.model.themes.items()
    }


def strongest_of(weights, used):
    """No word is shown twice, alone and with another that says nothing."""
    shown, told = [], set()
    for term in for_it(weights, used):
        content = set(term.split()) - STOP_STEMS
        if len(shown) == STRONGEST:
            break
        if not content <= told:
            shown.append(used[term].written)
            told |= content
    return shown


def for_it(weights, used):
    """The terms that speak for it and may be shown, the strongest first."""
    found = [
        (-weight, term)
        for term, weight in weights.items()
        if weight > 0 and may_be_shown(term, used)
    ]
    return [term for _, term in sorted(found)]


def may_be_shown(term, used):
    return term in used and used[term].is_common and not used[term].has_capital


def proposals(study, used):
    """Words to take off a theme's list and to put on it, as WordProposals without their theme.

    As (theme's code, WordProposal).
    """
    return [*misleading(study), *missing(study, used)]


def misleading(study):
    """Keywords that are where their theme is not: see `hidden_keywords`."""
    training = study.training
    seen = sightings(training.sentences, training.truth, study.book)
    for theme in study.book.themes:
        for keyword in theme.keywords:
            found = theme.code, tuple(stems(keyword))
            if found in study.model.hidden and len(keyword) <= LONGEST:
                count, confirmed = seen[found]
                yield theme.code, proposal(WordProposal.Kind.HIDE, keyword, count, confirmed)


def missing(study, used):
    """Single words that tell a learned theme and are not on its list; never one that may be a name."""
    people, places = people_known(), places_known()
    for theme in study.book.themes:
        telling = sorted(telling_words(study, theme, used), key=lambda each: -each.sureness)
        safe = (each for each in telling if not may_name(each.word, people, places))
        for each in islice(safe, MOST_ADDED):
            yield (
                theme.code,
                proposal(WordProposal.Kind.ADD, each.word, each.seen, each.confirmed),
            )


class Telling(NamedTuple):
    """A word, in how many decided passages it is, and in how many the theme was confirmed."""

    word: str
    seen: int
    confirmed: int

    @property
    def sureness(self):
        return wilson(self.confirmed, self.seen)[0]


def telling_words(study, theme, used):
    """Words not on a theme's list that speak for it, in the passages of several people."""
    learned = study.model.themes.get(theme.code)
    listed = {stem for keyword in theme.keywords for stem in stems(keyword)}
    for term in for_it(learned.weights, used) if learned else ():
        if term not in listed and is_word(term):
            confirmed = {
                at
                for at in used[term].passages
                if theme.code in study.training.confirmed[at].labels
            }
            observers = {observer_of(study, at) for at in confirmed}
            told = Telling(used[term].written, len(used[term].passages), len(confirmed))
            enough = len(confirmed) >= LEAST_PASSAGES and len(observers) >= LEAST_OBSERVERS
            if enough and told.sureness >= LEAST_SURE:
                yield told


def is_word(term):
    return term.isalpha() and len(term) >= LEAST_LETTERS and term not in STOP_STEMS


def may_name(word, people, places):
    """Whether the word would be taken for someone's name; also where nobody can say."""
    try:
        return bool(identifiers.find(f"They said {word} again.", people=people, allow=places))
    except identifiers.CouldNotLook:
        return True


def proposal(kind, word, seen, confirmed):
    return WordProposal(kind=kind, word=word, seen=seen, confirmed=confirmed)
