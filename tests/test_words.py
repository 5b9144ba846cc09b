"""One word a thing: the words that were given up stay away, on screen, in code and in what is written."""

import ast
import io
import re
import tokenize
from functools import cache

import pytest

from tests.test_repository import files, name_of

# What is not said any more, and what is said in its place.
OLD_WORDS = {
    r"put_to_use|puts? (it|them|this|these changes) to use|(be|is|are|was|were) put to use": (
        "start using, in use"
    ),
    r"let_go|letting_go|LetGo|let (it|them|a quotation|quotations|words) go\b|letting quotations go": (
        "release"
    ),
    r"take_back_release|takes? back a (quotation|release)": "withdraw a release",
    r"being_there|by being there|\bbeing there\b": "direct observation",
    r"how close (you|we|the observers?) (were|was)": "how observed",
    r"weak signals?\b|weaksignal": "early sign",
    r"\bquick jot|_jot_": "quick note",
    r"yardsticks?\b": "standard",
    r"\bnoughts?\b": "zero, none",
    r"turned down|turns? down\b": "rejected",
    r"\bsittings\b|review sitting": "review session",
    r"read_again|\bread again in the background|archive (is )?read again": "re-check, recoding",
    r"possible names?\b": "name check",
    r"what six months add up to|what .{0,40} months add": "Summary, last six months",
    r"nearly all of \{|\"nearly all\"": "at least 40 of 44",
    r"where we have been|how close we were|my part in it|somebody else was there too": "the titles",
    r"where nobody has been|go back and see|say that it is done": "the titles",
    r"it is never a nought|figures speak of|the words told most|judged by what has not": "plainly",
    r"no framework stands over|where a schedule stands": "plainly",
    r"what it asks of you": "your reflection",
    r"roll_up_marked|mark_mentions|mark_observation|observations_mark\b": "dirty cell",
    r"class NotNow(?!\(Exception\):\n    \"\"\"What was)|def (locked|decide)\(": "say of what",
    r"class Reading\b": "say of what",
}
# Where one of them has to stand all the same, and why.
ALLOWED = {
    "tests/test_words.py": "names them",
    "practicelens/old_addresses.py": "the addresses of before",
    "tests/test_old_addresses.py": "the addresses of before",
    "tests/test_packages.py": "locks of packages are another matter",
    "tests/bench/made_up_notes.py": "people's own words",
    "tests/bench/hard_sentences.py": "people's own words",
    "docs/decisions/0004-nothing-typed-is-lost.md": "the signal of a telephone",
    "practicelens/refusals.py": "the one place of NotNow",
    "reports/counts.py": "says what it does not say",
    "tests/observations/taught.py": "the tests' own shorthand",
    "tests/observations/test_reviewing.py": "the tests' own shorthand",
    "tests/access/world/reports.py": "the tests' own shorthand",
    "tests/reports/random_changes.py": "the tests' own shorthand",
    "tests/observations/test_signs.py": "people's own words",
}
FROZEN = ("/migrations/", "tests/observations/corpus/", "/lists/", "demo/notes/", "starters/")


def written():
    """What people read and what developers write, as (name, text)."""
    for path in files(".py", ".html", ".txt", ".js", ".md"):
        name = name_of(path)
        if name not in ALLOWED and not any(part in f"/{name}" for part in FROZEN):
            yield name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("old", OLD_WORDS)
def test_an_old_word_does_not_come_back(old):
    pattern = re.compile(old, re.IGNORECASE if old.islower() else 0)

    found = [
        f"{name}: “{match.group()}”: say {OLD_WORDS[old]}"
        for name, text in written()
        for match in pattern.finditer(text)
    ]

    assert found == []


def test_what_is_allowed_is_there():
    there = {name_of(path) for path in files(".py", ".md")}

    assert set(ALLOWED) <= there


SOMEBODY = re.compile(r"\b(somebody|meanwhile|by itself)\b", re.IGNORECASE)
TAGS = re.compile(
    r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|\{% comment %\}.*?\{% endcomment %\}|<[^>]*>", re.DOTALL
)


def test_pages_say_it_as_in_a_team_meeting():
    """Someone, not somebody; since you opened it, not meanwhile; automatic, not by itself."""
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in files(".html", ".txt", under="templates/")
        for text in [
            re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)
        ]
        for match in SOMEBODY.finditer(TAGS.sub(" ", text))
    ]

    assert found == []


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
PRODUCT = ("observations/", "frameworks/", "reports/", "practicelens/")
ENGINES = ("observations/coding/", "observations/identifiers/")
NOTES = r"(?<!change )(?<!quick )(?<!CPD )(?<![`\w/.])[Nn]otes?\b(?![`/])"
# What nobody says of an observation, of a person, or of what a person can do.
NOT_IN_CODE = {
    NOTES: "observation",
    r"\b[Ss]omebody\b": "someone",
    r"\b(person|user|reader|admins?|leaders) may (not )?(read|see|change|choose|decide|write)\b": "can",
}
# Notes that are no observations.
OTHER_NOTES = [
    "the row's notes say that it is an example",
    "a note for whoever says it in another language",
    "published with a note and a date",
    "The note has an error of its own",
    "Note what observer and practitioner agreed",
    "data, logs and notes are kept in",
    "after all points, the notes tell",
]


@cache
def said_in(path):
    """[(line number, line)] of what a file of code says in docstrings and comments."""
    source = path.read_text(encoding="utf-8")
    lines = source.split("\n")
    said = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node):
            held = node.body[0]
            said |= {n: lines[n - 1] for n in range(held.lineno, held.end_lineno + 1)}
    return sorted(said.items())


def code_of_the_product():
    for path in files(".py"):
        name = name_of(path)
        if name.startswith(PRODUCT) and "/migrations/" not in name:
            yield name, path


@pytest.mark.parametrize("old", NOT_IN_CODE, ids=NOT_IN_CODE.values())
def test_docstrings_and_comments_say_it_in_the_words_of_pages(old):
    """In the engines a note is any text that is read, so they may speak of one."""
    found = [
        f"{name}:{number}: {line.strip()}: say {NOT_IN_CODE[old]}"
        for name, path in code_of_the_product()
        if old != NOTES or not name.startswith(ENGINES)
        for number, line in said_in(path)
        if re.search(old, line) and not any(other in line for other in OTHER_NOTES)
    ]

    assert found == []


def test_other_notes_are_there():
    """Whoever rewords one of them takes it off the list."""
    said = [line for _, path in code_of_the_product() for _, line in said_in(path)]

    assert [other for other in OTHER_NOTES if not any(other in line for line in said)] == []


NOTES_ON_PAGES = re.compile(
    r"(?<!change )(?<!quick )(?<!CPD )(?<!please )\bnotes?\b", re.IGNORECASE
)


def test_pages_call_an_observation_an_observation():
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in files(".html", ".txt", under="templates/")
        for match in NOTES_ON_PAGES.finditer(
            re.sub(r"\s+", " ", TAGS.sub(" ", path.read_text(encoding="utf-8")))
        )
    ]

    assert found == []
