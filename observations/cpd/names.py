"""Words in a CPD note that may name someone: looked for each time, and never kept."""

from dataclasses import dataclass

from observations.redaction.finding import found_in, known_lately


@dataclass(frozen=True)
class Found:
    """Words that may name someone, under which heading they are, and what could be in their place."""

    heading: str
    text: str
    start: int
    end: int
    kind: str
    words: str
    suggestion: str


def names_in(note):
    """What is still to be settled in a CPD note, each words once."""
    people, places = known_lately()
    found = {}
    for name, heading, _ in note.headings:
        text = getattr(note, name)
        for each in found_in(text, list(people), list(places)) if text.strip() else ():
            if each.words not in note.stays:
                place = (each.start, each.end, each.kind, each.words, each.suggestion)
                found.setdefault(each.words, Found(heading, text, *place))
    return list(found.values())
