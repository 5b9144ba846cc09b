"""Masking, what remains to be looked at, and features that name nobody and tell everybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.identifiers import find, mask, rare_features, remaining

PIECES = st.sampled_from(
    [
        "Mum (",
        "Zofia",
        ")",
        "said",
        "D.B.",
        "AF.",
        "and",
        "Mrs",
        "O'Hara",
        "ʻAlisi",
        "Mānia",
        "May",
        "will",
    ]
    + [
        "at",
        "9 Mill Lane",
        ",",
        "Leeds",
        "LS1 1AA",
        ".",
        "\n",
        "07700 900123",
        "St Anne's Primary",
        "hēmi",
    ]
    + [
        "twins",
        "the only",
        "family",
        "2/3/2015",
        "x@y.nz",
        "“",
        "”",
        "'",
        "-",
        "ZAC5361",
        "grace",
        "SW",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param(
            "Mum (Harpreet Bishop) felt heard.", "Mum ([name]) felt heard.", id="role told already"
        ),
        pytest.param(
            "Reflective supervision with Callum Begum took place on 1 May 2019.",
            "Reflective supervision with the worker took place on [date].",
            id="worker",
        ),
        pytest.param(
            "It was chaired by Tyrone King.", "It was chaired by a manager.", id="chair"
        ),
        pytest.param("The Nowak family left.", "The child’s family left.", id="family"),
        pytest.param("Rafał was warm.", "Someone was warm.", id="starts a sentence"),
        pytest.param("She goes to St Anne's Primary.", "She goes to a school.", id="school"),
        pytest.param("We met at the Kauri Centre.", "We met at the [place].", id="one article"),
        pytest.param("I spoke to A.B. Then we left.", "I spoke to someone. Then we left.", id="stop"),
        pytest.param("Flat 3, 9 Mill Lane, Hexham NE46 1AA", "[address], [place] [postcode]", id="home"),
    ],
)  # fmt: skip
def test_a_masked_text_reads_as_english(text, masked):
    assert mask(text, find(text)).text == masked


@settings(deadline=None)
@given(TEXTS)
def test_offsets_lead_both_ways(text):
    found = find(text)
    masked = mask(text, found)

    assert masked.to_masked(len(text)) == len(masked.text)
    for start, end, masked_start, masked_end, replaced in masked.pieces:
        assert masked.to_masked(start) == masked_start
        assert masked.to_original(masked_start) == start
        if not replaced:
            assert text[start:end] == masked.text[masked_start:masked_end]


@settings(deadline=None)
@given(TEXTS)
def test_pieces_cover_both_texts_without_a_gap(text):
    masked = mask(text, find(text))

    assert "".join(text[piece[0] : piece[1]] for piece in masked.pieces) == text
    assert "".join(masked.text[piece[2] : piece[3]] for piece in masked.pieces) == masked.text


def test_no_identifier_is_left_in_a_masked_text():
    text = "Zofia Nowak, 9 Mill Lane, rang 07700 900123. Later Zofia cried; D.B. did not."

    masked = mask(text, find(text)).text

    assert not any(word in masked for word in ("Zofia", "Nowak", "Mill", "07700", "D.B"))


def test_what_remains_is_every_capital_number_and_pair():
    text = "Then the Lowlands Park at 4 rang GP and Zofia."

    places = remaining(text, find(text))

    assert [place.words for place in places] == ["Lowlands", "Park", "4", "GP"]


def test_nothing_found_remains():
    text = "Mrs Okonjo rang 07700 900123."

    assert remaining(text, find(text)) == []


def test_words_of_grammar_at_a_start_do_not_remain():
    assert remaining("The child drew. She laughed. I asked why.", []) == []


@settings(deadline=None)
@given(TEXTS)
def test_what_remains_stands_outside_what_was_found(text):
    found = find(text)

    for place in remaining(text, found):
        assert text[place.start : place.end] == place.words
        assert place.why
        assert not any(each.start <= place.start and place.end <= each.end for each in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The twins shared a chair.", "twins", id="twins"),
        pytest.param("She has Rett syndrome.", "Rett syndrome", id="named condition"),
        pytest.param("He has cystic fibrosis.", "cystic fibrosis", id="rare condition"),
        pytest.param("After the house fire they moved.", "house fire", id="event"),
        pytest.param("It was on the news.", "on the news", id="known widely"),
        pytest.param("They live in a small village.", "small village", id="small place"),
        pytest.param("Her father is the vicar.", "is the vicar", id="post held by one"),
        pytest.param("The only Tongan family there.", "The only Tongan family", id="only one"),
        pytest.param("A mother of nine.", "mother of nine", id="large family"),
        pytest.param("She was pregnant at 13.", "pregnant at 13", id="age"),
    ],
)
def test_a_rare_feature_is_pointed_at_with_its_reason(text, words):
    (feature,) = rare_features(text)

    assert text[feature.start : feature.end] == words
    assert feature.reason.endswith((".", "?"))


@pytest.mark.parametrize(
    "text",
    [
        "The worker listened and the mother spoke first.",
        "It was the only time she was asked, and the first thing he said.",
        "Two children, three chairs, one cup of tea.",
    ],
)
def test_ordinary_practice_has_no_rare_feature(text):
    assert rare_features(text) == []
