"""Names that no list of ours can read: in other scripts, and of one letter."""

import pytest

from observations.identifiers import find, mask


def found(text, people=(), allow=()):
    return [(each.kind, each.words) for each in find(text, people, allow)]


def words(text):
    return [each.words for each in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("محمد said no", ["محمد"], id="Arabic"),
        pytest.param("میری بیٹی زینب ہے۔", ["میری", "بیٹی", "زینب", "ہے"], id="Urdu"),
        pytest.param("ਗੁਰਪ੍ਰੀਤ ਨੇ ਕਿਹਾ।", ["ਗੁਰਪ੍ਰੀਤ", "ਨੇ", "ਕਿਹਾ"], id="Gurmukhi"),
        pytest.param("রহিমা বললেন।", ["রহিমা", "বললেন"], id="Bengali"),
        pytest.param("Then 王小明 came.", ["王小明"], id="Han"),
        pytest.param("ሰላም፡አበበ", ["ሰላም", "አበበ"], id="Ethiopic"),
        pytest.param("иван пришёл", ["иван", "пришёл"], id="Cyrillic, small"),
        pytest.param("Привет, Аль-Хасан", ["Привет", "Аль", "Хасан"], id="Cyrillic"),
        pytest.param("שלום נועה", ["שלום", "נועה"], id="Hebrew"),
        pytest.param("नमस्ते राम", ["नमस्ते", "राम"], id="Devanagari"),
        pytest.param("안녕 민준", ["안녕", "민준"], id="Hangul"),
        pytest.param("Γειά Νίκο", ["Γειά", "Νίκο"], id="Greek"),
        pytest.param("ring ٠٧٧٠٠٩٠٠١٢٣", ["٠٧٧٠٠٩٠٠١٢٣"], id="figures"),
    ],
)
def test_each_word_in_letters_that_no_list_has_is_a_question(text, expected):
    assert found(text) == [("other_script", each) for each in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Kia ora whānau, tēnā koutou.",
        "It was 5µm or 2½ hours, 3² metres and 100 K.",
        "The café was naïve, she said 😀👍🏽.",
        "① was ticked ✓ and № 5 was not.",
    ],
)
def test_what_is_written_in_latin_is_none(text):
    assert "other_script" not in [kind for kind, _ in found(text)]


def test_the_okina_is_a_letter_of_its_name():
    assert found("Then Talaʻofa rang.") == [("given_name", "Talaʻofa")]


def test_a_title_and_a_colleague_are_still_known():
    assert found("Mrs Иванова rang.") == [("titled_name", "Mrs Иванова")]
    assert found("Then محمد علي sat.", people=["محمد علي"]) == [("person", "محمد علي")]


def test_nothing_of_it_is_left_once_it_is_masked():
    text = "“میری بیٹی” said 王小明."

    assert mask(text, find(text)).text == "“[name] [name]” said [name]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("J said no.", ["J"], id="speaks"),
        pytest.param("Mum (K) came.", ["K"], id="after a role, in brackets"),
        pytest.param("mum (k) came.", ["k"], id="typed small"),
        pytest.param("Baby P slept.", ["P"], id="after a role"),
        pytest.param("baby p slept and then j said so", ["p", "j"], id="on a phone"),
        pytest.param("Spoke with K about it.", ["K"], id="talked with"),
        pytest.param("J, K and L were home.", ["J", "K", "L"], id="several"),
        pytest.param("J's mum came.", ["J"], id="of someone"),
        pytest.param("J (7) drew.", ["J"], id="age"),
        pytest.param("Then D was upset.", ["D"], id="in a sentence"),
        pytest.param("“J” was there", ["J"], id="in quotation marks"),
        pytest.param("We met the J family.", ["J"], id="a family"),
        pytest.param("A said no. Child A drew.", ["A", "A"], id="the letter of the article"),
        pytest.param("J: I don't know", ["J"], id="speech written as a play"),
        pytest.param("Ms T and Uncle B", ["Ms T", "Uncle B"], id="titles"),
    ],
)
def test_a_single_letter_that_stands_for_somebody_is_found(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I said I was late. A lot of it. A felt tip pen.",
        "Plan B was used. Option C is best. Vitamin D, Hepatitis C, Year R and Band D.",
        "The F word, an A level, a T shirt, a U turn, an X-ray.",
        "Q and A went on; then to A&E, or A and E.",
        "A. The family\nB. The plan\nC) The end",
        "It cost £5 K. Team K said so. K Road was shut.",
        "E noho rā, and E hoa. A C of E school.",
        "CAN I SPEAK TO A PERSON, I said, and a child a day.",
        "he didn t like it, told u so, n went",
        "Love from us all X",
    ],
)
def test_a_letter_that_is_nobody_is_left_alone(text):
    assert words(text) == []
