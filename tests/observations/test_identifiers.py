import itertools
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.identifiers import find
from observations.identifiers.checks import is_ird_number, is_nhi_number, is_nhs_number

PEOPLE = ("Priya Nair", "Hēmi Parata", "Ruth Ellis-Ward", "Will Bo")
TEAMS = ("Riverside", "Leaving Care", "Te Marino", "Kōtuku")


def found(text, people=PEOPLE, allow=TEAMS):
    return [(each.kind, each.words) for each in find(text, people, allow)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Write to j.o'hara+x@example.org.", ("email", "j.o'hara+x@example.org"), id="email"
        ),
        pytest.param("Ring 07700 900123 now", ("phone", "07700 900123"), id="mobile"),
        pytest.param("Ring 020 7946 0958.", ("phone", "020 7946 0958"), id="landline"),
        pytest.param("Ring +44 (0)7700 900123", ("phone", "+44 (0)7700 900123"), id="abroad"),
        pytest.param("Ring 021 555 1234", ("phone", "021 555 1234"), id="New Zealand mobile"),
        pytest.param("Ring (04) 555 1234", ("phone", "(04) 555 1234"), id="Wellington"),
        pytest.param("Ring +64 21 555 1234", ("phone", "+64 21 555 1234"), id="New Zealand abroad"),
        pytest.param("Lives at SW1A 1AA now", ("postcode", "SW1A 1AA"), id="postcode"),
        pytest.param("lives at n7 5ny now", ("postcode", "n7 5ny"), id="small postcode"),
        pytest.param("Lives at OL1 1ST now", ("postcode", "OL1 1ST"), id="postcode like 1st"),
        pytest.param("NHS 943 476 5919", ("nhs_number", "943 476 5919"), id="spaced NHS number"),
        pytest.param("NHS 9434765919.", ("nhs_number", "9434765919"), id="NHS number"),
        pytest.param("NI AB 12 34 56 C", ("national_insurance", "AB 12 34 56 C"), id="insurance"),
        pytest.param("NHI ZAC5361", ("nhi_number", "ZAC5361"), id="NHI number"),
        pytest.param("It is zbn77vl.", ("nhi_number", "zbn77vl"), id="newer NHI number"),
        pytest.param("NHI: ABC1234", ("nhi_number", "ABC1234"), id="mistyped, but labelled"),
        pytest.param("IRD 49-091-850", ("ird_number", "49-091-850"), id="tax number"),
        pytest.param("case 483920", ("long_number", "483920"), id="case number"),
        pytest.param(
            "case LCS-614650", ("long_number", "LCS-614650"), id="case number with letters"
        ),
        pytest.param("card 12-34-56-78", ("long_number", "12-34-56-78"), id="four groups"),
        pytest.param("born 12/05/1980", ("date_of_birth", "12/05/1980"), id="born"),
        pytest.param("D.O.B. 3rd May 1979", ("date_of_birth", "3rd May 1979"), id="date in words"),
        pytest.param("His birthday, 1979-05-03", ("date_of_birth", "1979-05-03"), id="ISO date"),
        pytest.param("at 86 St Johns Terrace", ("address", "86 St Johns Terrace"), id="address"),
        pytest.param("at Flat 2, 9 Mill Lane,", ("address", "Flat 2, 9 Mill Lane"), id="flat"),
        pytest.param("at 14b Kōwhai Road", ("address", "14b Kōwhai Road"), id="te reo street"),
        pytest.param("at 4 mill lane", ("address", "4 mill lane"), id="small address"),
    ],
)
def test_numbers_and_addresses_are_found(text, expected):
    assert found(text) == [expected]


def test_a_full_date_of_a_young_year_is_found():
    young = f"12 May {date.today().year - 9}"

    assert found(f"Seen on {young}.") == [("date_of_birth", young)]


def test_any_other_full_date_is_found_as_a_date():
    old = f"12 May {date.today().year - 40}"

    assert found(f"Opened on {old}.") == [("date", old)]


@pytest.mark.parametrize(
    "text",
    [
        "The MASH team met CAMHS in October under Section 47.",
        "They agreed at 10.30, 11:15 and again on 12 May.",
        "It cost £45000, or £12,500 a year, in 2019-2024 and 2025/26.",
        "We saw 12 families in 3 weeks and wrote 150 words.",
        "The worker asked Mum. Dad said no. Grandmother told the Police.",
        "She used Signs of Safety and the Three Houses with the child.",
        "Riverside asked Leaving Care for help. Kōtuku said yes.",
        "Quietly asked. Nobody said so. Will it help? Grace under pressure.",
        "The child was called Early Help's own case.",
        "On the 1st the hui opened with karakia. Whānau spoke. s47 3rd time.",
        "Miss School and the day is long. The doctor. However it went.",
        "A quiet 10 minutes down the road, and 2 High Court hearings.",
    ],
)
def test_words_of_the_field_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mrs Patel wept.", ("titled_name", "Mrs Patel"), id="title"),
        pytest.param("mrs patel wept.", ("titled_name", "mrs patel"), id="typed small"),
        pytest.param("Saw Dr. Okonjo-Bell.", ("titled_name", "Dr. Okonjo-Bell"), id="doctor"),
        pytest.param("Then Whaea Mere rose.", ("titled_name", "Whaea Mere"), id="whaea"),
        pytest.param("Mr J. O'Brien left.", ("titled_name", "Mr J. O'Brien"), id="initial"),
        pytest.param("The boy is called Teo.", ("child_name", "Teo"), id="called"),
        pytest.param("Xanto, aged 7, drew.", ("child_name", "Xanto"), id="aged"),
        pytest.param("Xanto (7) drew.", ("child_name", "Xanto"), id="age in brackets"),
        pytest.param("Xanto, 7, drew.", ("child_name", "Xanto"), id="age between commas"),
        pytest.param("her son Xavi drew", ("child_name", "Xavi"), id="son"),
        pytest.param("the 7-year-old Bo ran", ("child_name", "Bo"), id="years old"),
        pytest.param("Xanto said no.", ("given_name", "Xanto"), id="speaks"),
        pytest.param("“No,” said Xanto.", ("given_name", "Xanto"), id="spoke"),
        pytest.param("I told Xanto why.", ("given_name", "Xanto"), id="told"),
        pytest.param("With the Xanto family.", ("given_name", "Xanto"), id="family"),
        pytest.param("Then Kayden smiled.", ("given_name", "Kayden"), id="given name"),
        pytest.param("Kayden's drawing.", ("given_name", "Kayden"), id="of somebody"),
        pytest.param("I saw Grace leave.", ("given_name", "Grace"), id="word, but within"),
        pytest.param("Grace was calm.", ("given_name", "Grace"), id="word, but somebody"),
        pytest.param("By Ngaire Tūhoro.", ("given_name", "Ngaire Tūhoro"), id="with surname"),
        pytest.param("Then Wiremu sat.", ("given_name", "Wiremu"), id="Māori"),
        pytest.param("Then Siân sat.", ("given_name", "Siân"), id="Welsh"),
        pytest.param("Then Łukasz sat.", ("given_name", "Łukasz"), id="Polish"),
        pytest.param("Then Oluwaseun sat.", ("given_name", "Oluwaseun"), id="Yoruba"),
        pytest.param("Then Gurpreet sat.", ("given_name", "Gurpreet"), id="Punjabi"),
        pytest.param("Priya Nair sat.", ("person", "Priya Nair"), id="known person"),
        pytest.param("with priya nair", ("person", "priya nair"), id="known, typed small"),
        pytest.param("Nair waited.", ("person", "Nair"), id="known last name"),
        pytest.param("Hemi waited.", ("person", "Hemi"), id="known, without macron"),
        pytest.param("Ruth Ellis-Ward sat.", ("person", "Ruth Ellis-Ward"), id="double name"),
    ],
)
def test_names_are_found(text, expected):
    assert found(text) == [expected]


def test_a_name_in_two_parts_of_unicode_is_found():
    text = unicodedata.normalize("NFD", "Then Hēmi and Pāora sat.")

    kinds = [each.kind for each in find(text, ("Hēmi Parata",))]

    assert kinds == ["person", "given_name"]


def test_a_short_last_name_does_not_stand_alone():
    assert found("Bo tie") == []


def test_a_name_once_found_is_found_again():
    assert found("Mrs Xanto wept. Later Xanto left.") == [
        ("titled_name", "Mrs Xanto"),
        ("titled_name", "Xanto"),
    ]


def test_overlaps_become_one_that_covers_both():
    assert found("Write to Ms Priya Nair.") == [("person", "Ms Priya Nair")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Kayden, 7, told Priya.", "the child, 7, told the worker."),
        ("Mrs Patel rang 07700 900123.", "a family member rang [phone number]."),
        ("Then Dr Okonjo left.", "Then a professional left."),
        ("born 12/05/1980", "born [date]"),
    ],
)
def test_a_suggestion_reads_as_english(text, masked):
    for each in reversed(find(text, PEOPLE)):
        text = text[: each.start] + each.suggestion + text[each.end :]

    assert text == masked


@pytest.mark.parametrize("number", ["9434765919", "4010232137", "9876543210"])
def test_nhs_check_digit(number):
    assert is_nhs_number(number)
    assert not is_nhs_number(number[:9] + str((int(number[9]) + 1) % 10))


def test_a_wrong_nhs_number_is_still_a_long_number():
    assert found("NHS 943 476 5918") == [("long_number", "943 476 5918")]


@pytest.mark.parametrize(
    "number", ["ZAC5361", "WLD9413", "ZBN77VL", "ZSC21TN", "zvb97xq", "ABC12DS"]
)
def test_nhi_check(number):
    assert is_nhi_number(number)


@pytest.mark.parametrize("number", ["ZZZ0044", "ZAC5362", "ZZZ00AA", "ZBN77VM"])
def test_nhi_check_refuses(number):
    assert not is_nhi_number(number)
    assert find(f"Form {number}") == []


@pytest.mark.parametrize("number", ["49091850", "35901981", "49098576", "136410132"])
def test_ird_check_digit(number):
    assert is_ird_number(number)
    assert not is_ird_number(number[:-1] + str((int(number[-1]) + 1) % 10))


PLANTED = ("Kayden", "Amara", "Callum", "Hinemoa", "Zofia", "Ioana", "Fatima", "Seren", "Leilani")


@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize(
    "passage",
    [
        "We sat in the kitchen. {} told me about school and drew a house.",
        "The worker knelt so that {} could see the page.",
        "{}, aged 6, asked whether she could go out to play.",
        "Nobody asked. “I want my nan,” said {}, and the room went quiet.",
        "{}'s grandmother rang the office twice before anyone called back.",
    ],
)
def test_a_planted_first_name_is_found(passage, name):
    text = passage.format(name)

    assert name in [each.words for each in find(text)]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_fail(text):
    check_spans(text, find(text, PEOPLE, TEAMS))


PIECES = st.sampled_from(
    [
        "Mrs",
        "Dr.",
        "Priya",
        "Nair",
        "Kayden",
        "(7)",
        "07700",
        "900123",
        "943",
        "476",
        "5919",
        "12/05",
    ]
    + [
        "/2016",
        "born",
        "86",
        "Mill",
        "Lane",
        "SW1A",
        "1AA",
        "x@y.nz",
        "said",
        "son",
        "NHI",
        "ABC1234",
        ".",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["", " ", "\n"]))
def test_finds_are_in_order_and_apart(pieces, space):
    text = space.join(pieces)

    check_spans(text, find(text, PEOPLE, TEAMS))


def check_spans(text, finds):
    assert all(each.words == text[each.start : each.end] != "" for each in finds)
    assert all(each.suggestion for each in finds)
    assert all(one.end <= other.start for one, other in itertools.pairwise(finds))


def test_a_passage_takes_no_time():
    passage = "We met Mrs Patel at 9 Mill Lane, and Kayden told the worker why he waited. " * 10
    find(passage, PEOPLE, TEAMS)

    started = time.process_time()
    for _ in range(20):
        find(passage, PEOPLE, TEAMS)

    assert (time.process_time() - started) / 20 < 0.02


@pytest.mark.parametrize(
    "words", ["since 1 April, 37 of 64 by direct observation", "since 1 May 37 of 64"]
)
def test_a_count_after_a_day_is_no_year(words):
    assert find(words) == []


def test_a_short_year_is_still_a_year():
    assert [found.words for found in find("It was 3 May 19 when it began.")] == ["3 May 19"]
