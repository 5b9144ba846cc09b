"""Content comes out in full, with all its faults, whatever went in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.files import shape

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def whole():
    """Content with one of everything, as `fit` gives it."""
    criterion = {
        "code": "1.1",
        "name": "Named",
        "look_for": "Who is here?",
        "missed": "",
        "levels": {"evident": "Each name came first"},
        "prompts": ["Who was in the room?"],
        "examples": [{"kind": "hit", "text": "She gave each name."}],
        "clauses": [{"standard": "ours", "clause": "1"}],
    }
    return {
        "schema": shape.SCHEMA,
        "framework": dict.fromkeys(("code", "name", "description", "source", "licence"), "x"),
        "version": {
            "number": 2,
            "follows": 1,
            "change_note": "",
            "effective_on": "2026-09-01",
            "scale": "five-words",
            "levels": ["evident"],
            "causes": ["time"],
            "lenses": [],
            "shown_first": "1.1",
        },
        "domains": [{"code": "1", "name": "First", "about": "", "criteria": [criterion]}],
        "lineage": [{"kind": "same", "from": "1.1", "to": "1.1"}],
        "second_language": {
            "tag": "mi",
            "name": "te reo Māori",
            "words": [{"first": "Named", "second": "Kua tapaina"}],
        },
    }


def places_in(value, path=()):
    """Every path through content, that of each part and of each value."""
    yield path
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    )
    for key in keys:
        yield from places_in(value[key], (*path, key))


def put(content, path, value):
    *parent, key = path
    for step in parent:
        content = content[step]
    content[key] = value


PLACES = [path for path in places_in(whole()) if path]


def keys_of(value):
    """What of content does not hang on what it says: the keys of its objects."""
    if isinstance(value, dict):
        return {key: keys_of(each) for key, each in value.items() if key != "levels"}
    return [keys_of(each) for each in value] if isinstance(value, list) else None


def test_what_is_right_comes_out_as_it_went_in():
    assert shape.fit(whole()) == (whole(), [])


@settings(deadline=None)
@given(st.sampled_from(PLACES), ANYTHING)
def test_one_wrong_value_is_told_by_its_place_and_leaves_the_rest(path, value):
    raw = whole()
    put(raw, path, value)

    content, faults = shape.fit(raw)

    assert keys_of(content).keys() == whole().keys()
    assert all(fault.path[: len(path)] == path for fault in faults)
    other = [key for key in whole() if key != path[0]]
    assert [content[key] for key in other] == [whole()[key] for key in other]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(whole())) | st.text(max_size=3), ANYTHING))
def test_content_has_every_key_whatever_went_in(raw):
    content, _ = shape.fit(raw)

    assert list(content) == list(whole())
    assert list(content["version"]) == list(whole()["version"])


@pytest.mark.parametrize("path", PLACES, ids=str)
def test_a_value_of_the_wrong_kind_is_a_fault_in_our_words(path):
    raw = whole()
    put(raw, path, object())

    _, (fault,) = shape.fit(raw)

    assert fault.path == path
    assert fault.words.startswith("has to be ")


def test_a_file_with_more_faults_than_anybody_would_mend_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr(shape, "MOST_FAULTS", 10)
    raw = whole() | {"domains": [{}] * 10}

    content, faults = shape.fit(raw)

    words = "has 30 things to put right: begin again from the template"
    assert faults == [shape.Fault((), words)]
    assert content["domains"] == []
