"""Reading takes time in proportion to the text, whatever stands in it; past a bound it says so.

Only how times grow is asked here, on short texts; the bench times long ones.
"""

import json

import pytest

from observations import coding, identifiers
from observations.coding.checking import mentions_line
from observations.coding.sentences import MOST as MOST_CODED
from observations.identifiers.tokens import MOST
from tests.bench.measure_hostile_text import BOOK, READERS, TOKENS, of_length, seconds

# Nothing is asked of what is over before a clock can tell it from chance.
TOO_SHORT_TO_TELL = 0.1


def prose(length):
    return ("Mum said that nobody had asked her about Saturday. " * length)[:length]


def least(read, text):
    return min(seconds(read, text) for _ in range(2))


def grows_in_proportion(read, one, four):
    """Whether four times the text takes less than eight times as long, at the best of a few tries."""
    once = fourfold = float("inf")
    for _ in range(10):
        fourfold = min(fourfold, seconds(read, four))
        if fourfold < TOO_SHORT_TO_TELL:
            return True
        once = min(once, seconds(read, one))
        if fourfold < 8 * once:
            return True
    return False


@pytest.mark.parametrize("token", TOKENS, ids=ascii)
def test_four_times_the_text_takes_four_times_as_long(token):
    one, four = of_length(token, 2_500), of_length(token, 10_000)

    slow = [name for name, read in READERS.items() if not grows_in_proportion(read, one, four)]

    assert slow == []


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
def test_what_only_nearly_fits_is_no_slower_than_prose(text):
    slow = [
        name
        for name, read in READERS.items()
        if least(read, text) > max(TOO_SHORT_TO_TELL, 20 * least(read, prose(len(text))))
    ]

    assert slow == []


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
