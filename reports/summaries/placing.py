"""Which words of a passage to quote: short, whole sentences, round what speaks to the theme."""

from observations.coding.sentences import sentences

SHORTEST, LONGEST = 8, 45  # words


def is_fair(words):
    """Whether a quotation is neither too short to be understood nor too long to be read."""
    return SHORTEST <= len(words.split()) <= LONGEST


def place(text, quote=None, marks=(), found=()):
    """(start, end) of what to quote.

    `quote` is the place that a person or the engine chose, if any; it is kept where it is fair.
    Otherwise whole sentences are taken: out of it where it is long, round it where it is short.
    `marks` are the places of the words that speak to the theme; `found` are words that were once
    taken for someone's name, and are kept out where that is possible. A sentence that is too long
    by itself is not cut.
    """
    start, end = quote or (0, len(text))
    if quote and is_fair(text[start:end]):
        return quote
    runs = list(runs_of(text))
    if quote and len(text[start:end].split()) < SHORTEST:
        round_it = [run for run in runs if run[0] <= start and end <= run[1]]
        return min(round_it, key=lambda run: run[1] - run[0], default=(start, end))
    inside = [run for run in runs if start <= run[0] and run[1] <= end]
    return min(inside, key=lambda run: order(text, run, marks, found), default=(start, end))


def runs_of(text):
    """Every run of whole sentences that is neither too short nor too long."""
    spans = [(start, end, len(text[start:end].split())) for start, end in sentences(text)]
    for at, (start, _, _) in enumerate(spans):
        words = 0
        for _, end, more in spans[at : at + LONGEST + 1]:
            words += more
            if words > LONGEST:
                break
            if words >= SHORTEST:
                yield start, end


def order(text, run, marks, found):
    """Clean first, then with most of the marked words, from a fair sentence, early and long."""
    start, end = run
    words = text[start:end]
    first, *_ = sentences(words)
    return (
        sum(each in words for each in found),
        -sum(start <= mark[0] and mark[1] <= end for mark in marks),
        not is_fair(words[: first[1]]),
        start,
        -end,
    )
