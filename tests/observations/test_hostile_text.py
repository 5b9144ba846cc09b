"""Reading takes time in proportion to the text, whatever stands in it; past a bound it says so."""

import gc
import json
from time import process_time

import pytest

from observations import coding, identifiers
from observations.coding.checking import mentions_line
from observations.coding.sentences import MOST as MOST_CODED
from observations.coding.signals import signs
from observations.identifiers.kinds import identifier
from observations.identifiers.tokens import MOST
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
    "mask": lambda text: identifiers.mask(text, every_third(text)),
    "code": lambda text: coding.code(text, BOOK),
    "signs": signs,
}
# Nothing is asked of what is over before a clock can tell it from chance.
TOO_SHORT_TO_TELL = 0.2
FOR_A_MEGABYTE = 5


def every_third(text):
    return [identifier(text, at, at + 1, "given_name") for at in range(0, len(text) - 1, 3)]


def of_length(token, length):
    return token * (length // len(token.encode()))


def seconds(read, text, least=float("inf")):
    """Of the processor, and the least of what was measured before: others work on it too."""
    gc.disable()  # or what other tests left lying about is gone through meanwhile
    started = process_time()
    read(text)
    taken = process_time() - started
    gc.enable()
    return min(least, taken)


def grows_in_proportion(read, one, two):
    """Whether twice the text takes less than three times as long, at the best of a few tries."""
    once = twice = float("inf")
    for _ in range(10):
        twice = seconds(read, two, twice)
        if twice < TOO_SHORT_TO_TELL:
            return True
        once = seconds(read, one, once)
        if twice < 3 * once:
            return True
    return False


@pytest.mark.parametrize("token", TOKENS, ids=ascii)
def test_twice_the_text_takes_twice_as_long(token):
    one, two = of_length(token, 50_000), of_length(token, 100_000)

    slow = [name for name, read in READERS.items() if not grows_in_proportion(read, one, two)]

    assert slow == []


@pytest.mark.parametrize("token", ["hui ", "Jo ", "Will A ", "O'", "A.", "hit him. "], ids=ascii)
def test_a_megabyte_of_anything_is_over_in_seconds(token):
    text = of_length(token, 1_000_000)

    def read_by_all(text):
        for read in READERS.values():
            read(text)

    taken = float("inf")
    for _ in range(3):
        if taken >= FOR_A_MEGABYTE:
            taken = seconds(read_by_all, text, taken)
    assert taken < FOR_A_MEGABYTE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1" * 200 + "_", id="digits that end in no number"),
        pytest.param("case" + " " * 20_000 + "1_", id="a label far from its number"),
        pytest.param("1 " + "A" * 20_000, id="a home with no end to its street"),
        pytest.param("Xa" + " " * 20_000 + ", aged", id="a name far from its age"),
        pytest.param("1 " + "A-" * 10_000 + ", Aa", id="a home of one long word"),
        pytest.param("a" * 20_000 + ".", id="one long word"),
        pytest.param("Xanto said " + "-" * 20_000 + "a", id="one long bullet"),
    ],
)
def test_what_only_nearly_fits_takes_no_time(text):
    for read in READERS.values():
        assert min(seconds(read, text) for _ in range(3)) < FOR_A_MEGABYTE


# What is not read, and that it is said


def test_of_a_long_text_the_rest_is_a_finding_of_its_own():
    text = "Then Xanto sat down. " * 6_000

    *found, last = identifiers.find(text)

    assert (last.kind, last.start, last.end) == ("unread", last.start, len(text))
    assert MOST - 10 < last.start <= MOST
    assert text[last.start - 1].isspace()
    assert found[-1].words == "Xanto"
    assert last.start - found[-1].end < 40


def test_a_text_that_just_fits_is_read_to_its_end():
    text = "a" * (MOST - 6) + " Xanto"

    assert [each.words for each in identifiers.find(text)] == ["Xanto"]


def test_one_word_without_an_end_is_cut_at_the_bound():
    (found,) = identifiers.find("a" * (MOST + 50))

    assert (found.kind, found.start, found.end) == ("unread", MOST, MOST + 50)


def test_the_rest_is_masked_whole():
    text = "Nobody came. " * 8_000 + "Xanto said no."
    masked = identifiers.mask(text, identifiers.find(text)).text

    assert masked.endswith("Nobody came. [not read].")
    assert "Xanto" not in masked


def test_what_is_rare_and_what_is_left_say_so_too():
    text = "Nobody came with twins. " * 5_000

    rare, left = identifiers.rare_features(text)[-1], identifiers.remaining(text, ())[-1]

    assert (rare.end, rare.reason) == (len(text), "Not read: too long.")
    assert (left.end, left.why) == (len(text), "Not read: too long.")


def test_coding_says_from_where_on_it_did_not_read():
    text = "Mum was asked first. " * 10_000

    assert coding.code(text, BOOK).unread_from == MOST_CODED
    assert coding.code(text[:MOST_CODED], BOOK).unread_from is None
    assert json.loads(mentions_line(1, text, BOOK))["unread_from"] == MOST_CODED
    assert "unread_from" not in json.loads(mentions_line(1, "Mum was asked first.", BOOK))
