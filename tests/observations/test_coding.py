import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.coding import ENGINE, Codebook, Theme, passage_stance, suggest
from observations.coding.sentences import sentences
from observations.coding.words import stems, words

CODEBOOK = Codebook(
    (
        Theme(
            code="family-voice",
            name="Family voice and part in meetings",
            definition="Whether the family is heard, and their own words shape what is decided.",
            keywords=("asked the family", "talked over", "own words", "listened", "whānau hui"),
            examples=("The chair turned to the grandmother before any professional spoke.",),
        ),
        Theme(
            code="computer",
            name="The computer system",
            definition="What the case system does to the work.",
            keywords=("case system", "screen", "timed out", "retyped", "logged in"),
            examples=("The form froze and everything was typed again that evening.",),
        ),
        Theme(
            code="supervision",
            name="Critical reflection and supervision",
            definition="Whether supervision makes room to think.",
            keywords=("supervision", "reflection", "room to think"),
        ),
        Theme(
            code="plain-words",
            name="Plain words",
            definition="Whether people speak so that a family can follow.",
            keywords=("jargon", "plain words", "explained"),
        ),
    )
)


def pieces(text):
    return [text[start:end] for start, end in sentences(text)]


def suggested(text):
    return {suggestion.theme: suggestion for suggestion in suggest(text, CODEBOOK)}


def stance_of(text, theme):
    return suggested(text)[theme].stance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She knocked. He waited.", ["She knocked.", "He waited."], id="plain"),
        pytest.param("Mr. Price met Dr. Shah.", ["Mr. Price met Dr. Shah."], id="titles"),
        pytest.param("They use tools, e.g. Three houses.", None, id="for example"),
        pytest.param("We met at 2.30 and left.", None, id="a time"),
        pytest.param("Asked J. Smith to wait.", None, id="an initial"),
        pytest.param("Why? “Yes!” she said.", ["Why?", "“Yes!” she said."], id="speech mark"),
        pytest.param("“I was heard. It helped,” said Mum.", None, id="short speech is whole"),
        pytest.param(
            "- Asked first\n- Drew a house", ["Asked first", "Drew a house"], id="bullets"
        ),
        pytest.param("1. Ask first\n2. Wait", ["Ask first", "Wait"], id="numbered"),
        pytest.param("The form froze and we\nwaited.", None, id="wrapped line"),
        pytest.param("Arrived late\nLeft early", ["Arrived late", "Left early"], id="line break"),
        pytest.param("It works.The end.", ["It works.", "The end."], id="no space after a stop"),
        pytest.param("Well ... perhaps.", None, id="dots before a small word"),
        pytest.param(" \n - \n", [], id="nothing"),
    ],
)
def test_a_text_is_cut_into_sentences(text, expected):
    assert pieces(text) == ([text] if expected is None else expected)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_sentences_never_overlap_and_lose_no_word(text):
    spans = sentences(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_words_keep_their_offsets():
    text = "Whānau weren’t rushed: 3 visits."

    assert [text[word.start : word.end] for word in words(text)] == [
        "Whānau", "weren’t", "rushed", "3", "visits",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["whānau", "whanau", "Whānau", "WHĀNAU"])
def test_a_macron_may_be_there_or_not(written):
    assert stems(written) == ["whanau"]
    assert stems(unicodedata.normalize("NFD", written)) == ["whanau"]


def test_te_reo_is_not_stemmed_as_english():
    assert stems("rangatahi tamariki kōrero") == ["rangatahi", "tamariki", "korero"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        pytest.param("The case system was down.", "computer", id="phrase"),
        pytest.param("Her case recording system was down.", "computer", id="one word between"),
        pytest.param("She was listening to him.", "family-voice", id="another form of a word"),
        pytest.param("A whanau hui was held.", "family-voice", id="without macrons"),
        pytest.param("SUPERVISION was short.", "supervision", id="capitals"),
        pytest.param(
            "The grandmother spoke before the chair turned to a professional.",
            "family-voice",
            id="words of an example",
        ),
    ],
)
def test_a_theme_is_suggested(text, theme):
    assert theme in suggested(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("The weather was fine and the bus ran.", id="another subject"),
        pytest.param("Every case was read before the new filing system.", id="too far apart"),
        pytest.param("The system and the case for it.", id="the other way round"),
        pytest.param("The screenplay was read.", id="part of a word"),
    ],
)
def test_no_theme_is_suggested(text):
    found = suggested(text)

    assert "computer" not in found
    assert found == {}


def test_a_suggestion_quotes_its_sentence_and_its_words():
    text = "We drove there. The case system timed out twice. Tea was made."

    (suggestion,) = suggest(text, CODEBOOK)

    assert text[suggestion.start : suggestion.end] == "The case system timed out twice."
    assert [text[start:end] for start, end in suggestion.words] == [
        "case", "system", "timed", "out",
    ]  # fmt: skip
    assert 0 < suggestion.score < 1


def test_the_best_sentence_of_a_theme_is_kept():
    text = "The screen was on. The case system timed out and she retyped it at the screen."

    assert suggested(text)["computer"].start == text.index("The case")


def test_the_earliest_of_equal_sentences_is_kept():
    assert suggested("The screen was on. The screen was on.")["computer"].start == 0


def test_suggestions_come_in_the_order_of_the_codebook():
    text = "She explained it. Supervision was long. The screen was on. He listened."

    found = [suggestion.theme for suggestion in suggest(text, CODEBOOK)]

    assert found == ["family-voice", "computer", "supervision", "plain-words"]


def test_a_keyword_that_two_themes_share_needs_something_beside_it():
    shared = Codebook(
        (
            Theme("one", "Kitchens", keywords=("kettle", "mugs")),
            Theme("two", "Journeys", keywords=("kettle", "bus")),
        )
    )

    assert suggest("The kettle was on.", shared) == []
    assert [each.theme for each in suggest("The kettle and mugs.", shared)] == ["one"]


PHRASES = Codebook(
    (
        Theme("money", "Money", keywords=("child benefit", "lives on benefits", "no money")),
        Theme("part", "Part", keywords=("parents were not invited", "pushed back", "own words")),
        Theme("thinking", "Thinking", keywords=("reflective supervision", "room to think")),
        Theme("load", "Load", keywords=("manageable caseloads", "took the time")),
        Theme("listen", "Listening", keywords=("listen",)),
    )
)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        pytest.param("The child benefits had stopped.", "money", id="plural"),
        pytest.param("The child benefited from it.", "", id="a verb is no noun"),
        pytest.param("She lives on benefits.", "money", id="as written"),
        pytest.param("She lives on the benefits of sunshine.", "", id="no gap at a small word"),
        pytest.param("There was no money.", "money", id="small word"),
        pytest.param("There was no more money.", "", id="nor before it"),
        pytest.param("Agencies were not invited.", "", id="agencies"),
        pytest.param("Both parents were not invited.", "part", id="parents"),
        pytest.param("He kept pushing back at them.", "part", id="another form of a verb"),
        pytest.param("In his own plain words.", "", id="own is a small word"),
        pytest.param("A reflection on supervision.", "", id="no order"),
        pytest.param("Reflecting in supervision.", "", id="an adjective is no verb"),
        pytest.param("Reflective clinical supervision.", "thinking", id="one word between"),
        pytest.param("Manager caseload.", "", id="manageable is no manager"),
        pytest.param("They listened.", "listen", id="one word goes by its stem"),
    ],
)
def test_a_phrase_is_found_as_it_is_written(text, theme):
    found = [each.theme for each in suggest(text, PHRASES)]
    assert found == ([theme] if theme else [])


def test_an_empty_codebook_suggests_nothing():
    assert suggest("He listened.", Codebook(())) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("He listened and waited.", "helps", id="helping words"),
        pytest.param("Nobody listened.", "hinders", id="nobody"),
        pytest.param("She had not listened to him.", "hinders", id="not"),
        pytest.param("He hasn't listened.", "hinders", id="short form of not"),
        pytest.param("She listened, never rushed.", "helps", id="never rushed"),
        pytest.param("Mum was talked over.", "hinders", id="talked over"),
        pytest.param("Mum was not always listened to.", "hinders", id="not always"),
        pytest.param("They should have listened.", "hinders", id="should have"),
        pytest.param("The family could have been listened to.", "hinders", id="could have"),
        pytest.param("They not only listened but wrote it down.", "helps", id="not only"),
    ],
)
def test_stance_of_a_sentence(text, stance):
    assert stance_of(text, "family-voice") == stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("There was no jargon.", "helps", id="no"),
        pytest.param("Without jargon, she explained the plan.", "helps", id="without"),
        pytest.param("It was full of jargon.", "hinders", id="bare"),
    ],
)
def test_a_negation_turns_what_it_reaches(text, stance):
    assert stance_of(text, "plain-words") == stance


def test_the_clause_with_the_themes_words_decides():
    text = "He listened warmly, but supervision was rushed and vague."

    found = suggested(text)

    assert found["family-voice"].stance == "helps"
    assert found["supervision"].stance == "hinders"


def test_a_concession_at_the_start_ends_at_its_comma():
    text = "Although supervision was rushed, she listened well."

    found = suggested(text)

    assert found["supervision"].stance == "hinders"
    assert found["family-voice"].stance == "helps"


def test_a_clause_that_says_nothing_takes_the_sentences_stance():
    assert stance_of("Supervision took place, but it was rushed.", "supervision") == "hinders"


def test_a_plain_fact_is_neither():
    assert stance_of("Supervision took place on the second floor.", "supervision") == "neither"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Recording has improved.", "Recording needs to improve."),
        ("The plan was clear.", "The plan could be better."),
        ("She was kind and calm.", "She was kind but rushed and vague."),
        ("It was thoughtful.", "It was some thought too late."),
        ("The worker was warm.", "The worker was not warm."),
        ("It could not have been kinder.", "It could have been kinder."),
    ],
)
def test_one_passage_is_better_news_than_another(better, worse):
    assert passage_stance(better) > 0
    assert passage_stance(better) > passage_stance(worse)


@pytest.mark.parametrize(
    "text",
    [
        "The plan was clear.",
        "Nothing was missed.",
        "Nobody was rushed.",
        "There was no delay.",
        "There were fewer delays.",
        "The meeting was less rushed.",
        "Visits are no longer rushed.",
        "Recording has improved.",
        "Supervision is improving.",
        "Things are much better.",
        "She was not at all rude.",
        "He didn't interrupt, and nobody was ignored.",
        "Although the room was cold, she was warm, kind and clear.",
        "The visit was short but warm and useful.",
        "Not only kind but thorough.",
        "Nothing was too much trouble.",
        "He could not have been kinder.",
        "She was kind too.",
        "He was warm, too.",
        "Despite the delay, the visit was calm, warm and useful.",
        "It was never unclear.",
        "She went the extra mile.",
    ],
)
def test_a_text_that_tells_of_help(text):
    assert passage_stance(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "The plan was not clear.",
        "The plan was not always clear.",
        "The plan wasn't clear.",
        "The plan was hardly clear.",
        "Nobody explained it.",
        "No one was reassured.",
        "The plan was too vague.",
        "The plan was too comfortable.",
        "Visits were too few and too late.",
        "Plans are sometimes unclear.",
        "Some plans were late.",
        "Recording needs to improve.",
        "There is room for improvement.",
        "Recording must improve.",
        "Supervision should be reflective.",
        "It could have been clearer.",
        "The plan has yet to be shared.",
        "The plan is less clear.",
        "It is no longer clear.",
        "Supervision used to be reflective.",
        "Recording has got worse.",
        "The visit was kind but rushed and vague.",
        "She was kind. However, the plan was late and vague.",
        "Although she was kind, the plan was late and vague.",
        "They listened, yet nothing was clear, and it was rushed.",
        "Help did not come soon enough.",
        "There was not enough time, and he was ignored.",
        "It would have been better to ask.",
        "Neither plan was clear.",
        "It was done without care, and she was rushed.",
    ],
)
def test_a_text_that_tells_of_hindrance(text):
    assert passage_stance(text) < 0


@pytest.mark.parametrize(
    "text", ["She came too.", "He was there too, and we left.", "No longer than a day."]
)
def test_small_words_alone_say_nothing(text):
    assert passage_stance(text) == 0


@pytest.mark.parametrize("text", ["", "The bus came.", "Child in care. Time and use of effects."])
def test_a_passage_without_stance_is_zero(text):
    assert passage_stance(text) == 0


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_coded_without_fail(text):
    assert -1 <= passage_stance(text) <= 1
    for suggestion in suggest(text, CODEBOOK):
        assert 0 <= suggestion.start < suggestion.end <= len(text)


WORDS = st.sampled_from(
    [
        "but",
        "not",
        "never",
        "although,",
        "the",
        "case",
        "system",
        "screen",
        "listened.",
        "talked",
        "over",
        "supervision",
        "jargon",
        "explained",
        "“rushed”",
        "could",
        "have",
        "needs",
        "to",
        "improve;",
        "whānau",
        "hui\n-",
        "e.g.",
        "2.30",
        "Dr.",
        "I'd",
        "n't",
        "'s",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_offsets_are_those_of_the_text(chosen):
    text = " ".join(chosen)

    found = suggest(text, CODEBOOK)

    assert len({suggestion.theme for suggestion in found}) == len(found)
    for suggestion in found:
        assert suggestion.stance in {"helps", "hinders", "neither"}
        assert 0 < suggestion.score <= 1
        assert (suggestion.start, suggestion.end) in sentences(text)
        assert suggestion.words == sorted(suggestion.words)
        for start, end in suggestion.words:
            assert suggestion.start <= start < end <= suggestion.end
            assert text[start:end].strip() == text[start:end]


def test_the_engine_has_a_name():
    assert ENGINE == "words 3"
