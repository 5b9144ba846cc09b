"""The quote of a mention: where it may start and end in its passage, and what is around it."""

from observations.coding.sentences import sentences
from observations.coding.words import words

SAID = 6  # words that tell one sentence from another in a list


def trimmed(text, start, end):
    """The edges (start, end) of a quote, moved in past the space at either end."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def faults(text, start, end):
    """What is wrong with a quote's edges, as {"start" or "end": words}; empty when it will do."""
    if not 0 <= start <= len(text):
        return {"start": "Start the quote inside the passage"}
    if not 0 <= end <= len(text):
        return {"end": "End the quote inside the passage"}
    found = words(text)
    if not any(start <= word.start and word.end <= end for word in found):
        return {"end": "End the quote at least one word after it starts"}
    if any(word.start < start < word.end for word in found):
        return {"start": "Start the quote at the beginning of a word"}
    if any(word.start < end < word.end for word in found):
        return {"end": "End the quote at the end of a word"}
    return {}


def around(text, start, end):
    """The sentence before a quote and the one after it, or what is left of its own."""
    found = sentences(text)
    from_here = next((each[0] for each in found if each[1] > start), start)
    earlier = [each[0] for each in found if each[1] <= start]
    first = from_here if from_here < start else (earlier or [start])[-1]
    up_to_here = next((each[1] for each in reversed(found) if each[0] < end), end)
    later = [each[1] for each in found if each[0] >= end]
    last = up_to_here if up_to_here > end else (later or [end])[0]
    return first, last


def pieces(text, start, end, marks):
    """The quote cut at the words that led to it: (text, whether it is one of them)."""
    at, cut = start, []
    for from_here, up_to_here in sorted(marks):
        if from_here >= at and up_to_here <= end:
            cut += [(text[at:from_here], False), (text[from_here:up_to_here], True)]
            at = up_to_here
    return [*cut, (text[at:end], False)]


def pieces_of(mention):
    """`pieces` of anything that has a passage, a start, an end and words, such as a mention."""
    return pieces(mention.passage.text, mention.start, mention.end, mention.words)


def shown(text, start, end, marks=(), chosen=None):
    """Everything that a page says of a quote in its passage.

    `chosen` are edges that a person chose and that make no quote: they stay chosen.
    """
    first, last = around(text, start, end)
    chosen_start, chosen_end = chosen or (start, end)
    return {
        "text": text,
        "start": start,
        "end": end,
        "first": first,
        "last": last,
        "before": text[first:start].strip(),
        "after": text[end:last].strip(),
        "pieces": pieces(text, start, end, marks),
        "marks": " ".join(f"{a} {b}" for a, b in marks),
        "chosen_start": chosen_start,
        "chosen_end": chosen_end,
        "starts": starts(text, chosen_start),
        "ends": ends(text, chosen_end),
    }


def beside(mention):
    """The words just before and just after a quote, in whole sentences."""
    text = mention.passage.text
    first, last = around(text, mention.start, mention.end)
    return text[first : mention.start].strip(), text[mention.end : last].strip()


def starts(text, start):
    """Where a quote may start: at each sentence, and where it does now; (offset, words)."""
    places = {each[0] for each in sentences(text)} | {start}
    return [(place, first_words(text[place:])) for place in sorted(places)]


def ends(text, end):
    """Where a quote may end, in the same way."""
    places = {each[1] for each in sentences(text)} | {end}
    return [(place, last_words(text[:place])) for place in sorted(places)]


def first_words(text):
    said = text.split()
    return " ".join(said[:SAID]) + ("…" if len(said) > SAID else "")


def last_words(text):
    said = text.split()
    return ("…" if len(said) > SAID else "") + " ".join(said[-SAID:])
