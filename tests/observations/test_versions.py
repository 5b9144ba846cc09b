"""An engine's version is declared: what it makes of a fixed corpus changes with it, and only so."""

import pytest

from observations import coding, identifiers
from observations.recoding import fingerprints
from tests.observations import fixed_corpus

KEPT = {"version": "words 1, lists 1", "lists": "lists 1", "words": "ab", "output": ["[1]"]}
RAISE_ENGINE = "Other suggestions or names than before: raise the version of what changed."
RAISE_LISTS = "A list has other words than before: raise the version of the lists."


@pytest.fixture(scope="module")
def today():
    return fixed_corpus.today()


@pytest.mark.parametrize("engine", ["coding", "identifiers"])
def test_what_an_engine_says_changes_only_with_its_version(engine, today):
    assert fixed_corpus.why_not(fixed_corpus.kept(engine), today[engine]) == ""


@pytest.mark.parametrize("engine", ["coding", "identifiers"])
def test_what_an_engine_says_today_is_kept(engine, today):
    # If not: python -m tests.observations.fixed_corpus
    assert today[engine] == fixed_corpus.kept(engine)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        pytest.param({}, "", id="nothing"),
        pytest.param({"output": ["[2]"]}, RAISE_ENGINE, id="other output"),
        pytest.param({"words": "cd"}, RAISE_LISTS, id="other words"),
        pytest.param(
            {"words": "cd", "version": "words 2, lists 1"}, RAISE_LISTS, id="engine for lists"
        ),
        pytest.param(
            {"output": ["[2]"], "version": "words 2, lists 1"}, "", id="output and version"
        ),
        pytest.param(
            {"words": "cd", "lists": "lists 2", "version": "words 1, lists 2"}, "", id="both"
        ),
    ],
)
def test_a_change_needs_its_version_raised(changed, why):
    assert fixed_corpus.why_not(KEPT, KEPT | changed) == why


def test_the_words_of_a_list_count_and_its_comments_do_not(tmp_path):
    (tmp_path / "one.txt").write_text("# Why\nkind\ncalm\n")
    before = fixed_corpus.entries(tmp_path)

    (tmp_path / "one.txt").write_text("# Because\n\ncalm\n kind \n")
    same = fixed_corpus.entries(tmp_path)
    (tmp_path / "one.txt").write_text("# Why\nkind\nwarm\n")

    assert same == before
    assert fixed_corpus.entries(tmp_path) != before


def test_a_codebook_is_re_checked_by_the_declared_versions():
    parts = fingerprints.parts_from([], "", None)

    assert (parts["engine"], parts["detector"]) == (coding.VERSION, identifiers.VERSION)
