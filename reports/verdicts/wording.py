"""First words of the three cases and their opposites, by rule from the counts: a person makes them their own.

There are no first words of advice.
"""

from practicelens.numbers import in_a_row, lowered
from reports.counts import part_of, shown
from reports.summaries.then_and_now import Change
from reports.verdicts.gathering import in_words

CASES = ("keep_for", "keep_against", "adapt_for", "adapt_against", "drop_for", "drop_against")
NAMED = 3  # of themes, causes and places, in one sentence


def first_words(evidence):
    """{field of a verdict file: its first words}; all empty where nothing is told, or nothing was seen."""
    if not evidence.whole.chances:
        return dict.fromkeys(CASES, "")
    said = FirstWords(evidence)
    return {name: " ".join(filter(None, getattr(said, name)())) for name in CASES}


class FirstWords:
    """The sentences of each case."""

    def __init__(self, evidence):
        self.evidence, self.whole = evidence, evidence.whole
        self.words = evidence.subject.upper_words

    def keep_for(self):
        yield f"Where there was a chance, it was {self.words}: {in_words(self.whole)}."
        yield self._beside(Change.MORE)
        yield self._themes("helps", "What helped, in confirmed passages")

    def keep_against(self):
        yield self._falls_short()
        yield self._beside(Change.LESS)
        yield self._themes("hinders", "What got in the way, in confirmed passages")

    def adapt_for(self):
        yield self._themes("hinders", "What got in the way, in confirmed passages")
        yield self._causes()
        yield self._beside(Change.LESS)

    def adapt_against(self):
        yield f"As it is worded now it was {self.words} in {self._shows()}."
        yield self._beside(Change.MORE)
        if not self._named(Change.MORE) and not self._named(Change.LESS):
            yield "Between parts and kinds of work there is no clear difference, or too little to tell."

    def drop_for(self):
        yield self._falls_short()
        yield self._missed()
        yield self._causes()

    def drop_against(self):
        yield f"It was {self.words} in {self._shows()}."
        none = self.whole.observations - self.whole.chances
        if none:
            yield f"In {shown(none)} observations there was no chance to see it. That is no reason to drop it."

    def _shows(self):
        return (
            f"{part_of(self.whole.shows, self.whole.chances)} observations with a chance to see it"
        )

    def _falls_short(self):
        short = self.whole.chances - self.whole.shows
        of = part_of(short, self.whole.chances)
        return f"Where there was a chance, it was missed or not yet {self.words} in {of}."

    def _missed(self):
        missed = self.whole.missed
        if not missed:
            return "No opportunity for it was missed."
        return f"Opportunities missed: {missed}."

    def _causes(self):
        rows = sorted(self.whole.causes.items(), key=lambda each: (-each[1], each[0]))[:NAMED]
        return listed("Causes named where it was missed", rows)

    def _themes(self, stance, what):
        return listed(what, self.evidence.side(stance)[:NAMED])

    def _named(self, change):
        places = [*self.evidence.parts, *self.evidence.kinds]
        return [each for each in places if each.change is change]

    def _beside(self, change):
        """Where it was so more, or less, than elsewhere; in the order of the tables, none left out."""
        found = self._named(change)
        if not found:
            return ""
        names = in_a_row(
            [f"{each.label} ({part_of(each.tally.shows, each.tally.chances)})" for each in found]
        )
        return f"{change.value.capitalize()} than elsewhere: {names}."


def listed(what, rows):
    """What helped: supervision (8) and time (3)."""
    if not rows:
        return ""
    return f"{what}: {in_a_row([f'{lowered(label)} ({count})' for label, count in rows])}."
