"""Texts that have readers begin again at every letter: twice the text should take twice as long."""

import gc
from time import process_time

from observations import coding, identifiers
from observations.coding import signals
from observations.identifiers.kinds import identifier
from observations.identifiers.tokens import MOST
from tests.bench.timing import counted, judged
from tests.observations import fixed_corpus

PEOPLE = ("Priya Nair", "Hēmi Parata", "Will Bo")
PLACES = ("Riverside", "Leaving Care", "Te Marino")
BOOK = fixed_corpus.codebook()

# What has a text begun again at every letter, and words that each way of looking waits for.
TOKENS = [
    *["a", "A", "1", "'", "(", "“", "\n", "\u0304", "中", "😀"],
    *[
        "O'",
        "O’",
        "A-",
        "A.",
        "a.",
        "a'",
        "'a@",
        "a+",
        "aa.Aa",
        "ay",
        "1-",
        "11 ",
        "A1",
        "1 A ",
        "1 A.-",
    ],
    *["A ", "AA ", "A B, ", "A. ", "“a.” ", "1. ", "- a\n", "Jo ", "hui ", "Xanto's ", "Will A "],
    *[
        "Xa Team ",
        "Mrs ",
        "G.P. ",
        "A School ",
        "the of ",
        "A, A ",
        "at 1 Aa",
        "case no ",
        "12 May ",
    ],
    *[
        "Kura o ",
        "Kei te ",
        "rare a ",
        "Priya Nair ",
        "Riverside ",
        "not too ",
        "hit him. ",
        "asked the ",
    ],
]
READERS = {
    "find": lambda text: identifiers.find(text, PEOPLE, PLACES),
    "rare": identifiers.rare_features,
    "remaining": lambda text: identifiers.remaining(text, ()),
    "mask": lambda text: identifiers.mask(text, every_third(text[:MOST])),
    "code": lambda text: coding.code(text, BOOK),
    "signs": signals.signs,
}
TRIES = 3
BYTES_OF_A_SIZE = 50  # so that the usual run reads 50,000 and 100,000 bytes, and then a megabyte
MOST_SECONDS = 5


def measure(databases, run):
    """For each reader the text that grows worst, and all of them on the longest of any text."""
    length = BYTES_OF_A_SIZE * run.sizes[0]
    for name, read in READERS.items():
        yield max((growth(name, read, token, length) for token in TOKENS), key=by_ratio)
    yield counted(
        "seconds of all readers with twenty times as much, the slowest text",
        20 * length,
        max(
            sum(seconds(read, of_length(token, 20 * length)) for read in READERS.values())
            for token in TOKENS
        ),
        at_most=MOST_SECONDS,
    )


def growth(name, read, token, length):
    one, two = of_length(token, length), of_length(token, 2 * length)
    pairs = [(seconds(read, one), seconds(read, two)) for _ in range(TRIES)]
    once, twice = zip(*pairs, strict=True)
    thousands = [[1000 * each for each in times] for times in (twice, once)]
    return judged(f"{name}, twice as much of {token!a}", length, *thousands, at_most=3, middle=min)


def by_ratio(line):
    return line.ratio


def every_third(text):
    return [identifier(text, at, at + 1, "given_name") for at in range(0, len(text) - 1, 3)]


def of_length(token, length):
    return token * (length // len(token.encode()))


def seconds(read, text):
    """Of the processor: others work on it too."""
    gc.disable()  # or what other tests left lying about is gone through meanwhile
    started = process_time()
    read(text)
    taken = process_time() - started
    gc.enable()
    return taken
