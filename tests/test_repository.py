"""What holds for the whole repository: which way imports run, what no file may have."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from practicelens.local.__main__ import ALONE as PLACES
from practicelens.people.permissions import Kind

ROOT = Path(__file__).resolve().parent.parent

GROUND = ["practicelens.people", "practicelens.audit", "practicelens.jobs", "practicelens.mail"]
# Which of our packages each may import. Imports run one way.
MAY_IMPORT = {
    "practicelens.audit": [],
    "practicelens.people": ["practicelens.audit"],
    "practicelens.jobs": ["practicelens.people"],
    "practicelens.mail": ["practicelens.people", "practicelens.jobs"],
    "frameworks": GROUND,
    "observations": [*GROUND, "frameworks"],
    "reports": [*GROUND, "frameworks", "observations"],
}
# The worker's entry and the setting of papers are the project's, and know no app.
PLUMBING = ["practicelens.celery", "practicelens.jobs.names", "practicelens.typesetting"]
# Starting services and telling the demonstration's story stand above everything.
ABOVE = ["practicelens.local", "practicelens.demo", "practicelens.urls", "tests"]

# Words that make a practice system a person's mark sheet, and where they may stand all the same.
WORDS_NOT_USED = [
    "audit",
    "inspection",
    "inspector",
    "appraisal",
    "compliance",
    "compliant",
    "league table",
    "red-amber-green",
    "score",
]
PHRASES_ALLOWED = [
    "audit log",  # the record of who read what
    "audit:log",
    "no page ranks or scores anybody",
]

ALONE = re.compile(r"\bmark\.alone\b")
MOST_LINES = 500
# A file of tests is split later: at twice as many.
MOST_LINES_OF_TESTS = 1000


@cache
def tracked():
    """Files of the repository, those that are not added yet among them."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in said.splitlines() if (ROOT / name).is_file()]


def files(*suffixes, under=""):
    return [
        path
        for path in tracked()
        if path.suffix in suffixes and path.relative_to(ROOT).as_posix().startswith(under)
    ]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imported(path):
    """The modules that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def is_within(module, package):
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package):
    ours = [*MAY_IMPORT, *ABOVE]
    allowed = [package, *MAY_IMPORT[package], *PLUMBING]

    wrong = [
        f"{name_of(path)} imports {module}"
        for path in files(".py", under=f"{package.replace('.', '/')}/")
        for module in imported(path)
        if any(is_within(module, each) for each in ours)
        and not any(is_within(module, each) for each in allowed)
    ]

    assert wrong == []


def test_no_name_of_a_module_begins_with_an_underscore():
    """One habit everywhere: only a class marks what is its own affair."""
    found = [
        f"{name_of(path)}: {node.name}"
        for path in files(".py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name.startswith("_")
    ]

    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", dry_run=True)

    assert capsys.readouterr().out.strip() == "No changes detected"


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in files(".py", ".html", ".svg", ".txt"))
    # Found by the packages that ask for them, or by Django itself.
    found_by_name = {"403.html", "404.html", "500.html", "django", "account", "crispy", "gds"}

    unused = [
        name
        for path in files(".html", ".svg", ".txt", under="templates/")
        for name in [path.relative_to(ROOT / "templates").as_posix()]
        if name.split("/")[0] not in found_by_name
        and name not in sources
        and not is_named_in_parts(path, sources)
    ]

    assert unused == []


def is_named_in_parts(path, sources):
    """A view may put a name together: f"people/{template}.html" with plain("help")."""
    whole = f'f"{path.parent.name}/{{'
    return whole in sources and f'"{path.stem}"' in sources


# Where a view asks the database for rows without `visible_to`, and why it may.
FETCHED_OTHERWISE = {
    "reports/families/views.py": [
        "FamilyCard.objects.of_withdrawal",  # by a link that can't be guessed, without signing in
    ],
    "frameworks/versions/views/drafting.py": [
        "FrameworkVersion.objects.live",  # of a framework that is kept
        "Framework.objects.get",  # the same again, as it is now
        "FrameworkVersion.objects.get",
    ],
    "frameworks/outside/views.py": [
        "FrameworkVersion.objects.read_outside_by",  # visible_to, and what was opened to anybody
        "FrameworkVersion.objects.live",  # of such a framework
    ],
    "frameworks/standards/views.py": [
        "Standard.objects.get",  # the same again, as it is now
        "Standard.objects.for_unit",  # what stands over a framework that is kept
    ],
    "reports/briefings/public_edition/views.py": ["WordTemplate.objects.bytes_for"],  # as below
    "reports/verdicts/views.py": ["WordTemplate.objects.bytes_for"],  # of a file's organisation
    # Of a form that was made for its writer, as its stamp proves: told what became of it, no more.
    "observations/fetching.py": [
        "Observation.objects.filter",
        "Observation.objects.for_reading",  # the one that was found through visible_to
        "Observation.objects.written_by",  # narrower than visible_to: one's own
    ],
    "observations/redaction/views.py": [
        "Observation.objects.shared_with",  # a narrower question than visible_to
        "Redaction.objects.written_by",  # narrower than visible_to: one's own words
    ],
    "observations/early_signs/views.py": ["Theme.objects.for_unit"],  # of a note's unit
    "observations/mentions/views.py": ["Theme.objects.for_unit"],
    "observations/cpd/views.py": [
        "CpdNote.objects.filter",  # by its key, and not there where someone else's has it
        "Observation.objects.shared_with",  # of one's own practice
    ],
    "observations/notes/views/pages.py": [
        "Observation.objects.not_shared",  # of one's own practice, that it is kept and why
        "Reply.objects.filter",  # of such an observation, or one's own
        "Theme.objects.filter",  # of the suggestions in such an observation
        "Observation.objects.shared_with",  # a narrower question than visible_to
        "Observation.objects.filter",  # one's own
        "Entry.objects.filter",  # one's own, and who read what was shared with one
    ],
    "observations/learning/views.py": [
        "Mention.objects.filter",  # of themes found through visible_to
        "CodingModel.objects.in_use",  # of a codebook found through visible_to
    ],
    "observations/planning/views.py": [
        "PlannedVisit.objects.planned",  # of those that were found through visible_to
        "CalendarAddress.objects.led_to_by",  # by its secret, as whoever has it can
    ],
    "practicelens/people/safeguarding/views.py": [
        "ConcernRaised.objects.counted_by",  # a number a month, and no row
    ],
    "practicelens/people/views.py": ["Role.objects.held"],  # on units that the admin reaches
    "reports/briefings/views/files.py": [
        "WordTemplate.objects.bytes_for",  # the look of a briefing that was fetched as visible
    ],
    "reports/briefings/views/editing.py": [
        "Passage.objects.select_related",  # named in the figures of such a briefing
        "Passage.objects.quotable",  # of the evidence of such a briefing
    ],
    "reports/home.py": [
        "ReplyPart.objects.filter",  # of replies to one's own
        "Observation.objects.drafts_of",  # one's own
        "Observation.objects.counted",  # one's own
        "Observation.objects.waiting_for_reply",  # one's own
        "Unit.objects.filter",  # of one's own role
        "Briefing.objects.filter",  # of units that one writes for
    ],
    "reports/views/summaries.py": ["Criterion.objects.filter"],  # of versions found through it
}
# What one keeps, has in hand or may do something about, one may see.
MINE_TO_SEE = ("visible_to", "kept_by", "in_hands_of", "where", "none")
FETCH = re.compile(r"\b([A-Z]\w+)\.objects\s*\.\s*(\w+)")


def views():
    return [
        path
        for path in files(".py")
        if not name_of(path).startswith("tests/")
        and ("views" in path.parts or path.stem.endswith(("views", "fetching", "home")))
    ]


def test_views_fetch_what_the_person_may_see():
    wrong = [
        f"{name_of(path)}: {model}.objects.{how}"
        for path in views()
        for model, how in FETCH.findall(path.read_text())
        if how not in MINE_TO_SEE
        and f"{model}.objects.{how}" not in FETCHED_OTHERWISE.get(name_of(path), [])
    ]

    assert wrong == []


KIND_OF_ROLE = re.compile(rf"\bKind\.({'|'.join(Kind.names)})\b")


def test_who_may_do_what_stands_in_one_place():
    """Everything else asks for an act, so that another kind of role is a change of one file."""
    wrong = [
        f"{name_of(path)}: {found.group()}"
        for path in files(".py", ".html")
        if not is_where_roles_are_named(name_of(path))
        for found in [KIND_OF_ROLE.search(path.read_text())]
        if found
    ]

    assert wrong == []


def is_where_roles_are_named(name):
    return name.startswith("tests/") or name == "practicelens/people/permissions.py"


# What a view writes itself, and why no action does.
WRITTEN_IN_VIEWS = {
    "observations/notes/views/pages.py": {"update"},  # that its observer has read a reply
    "observations/notes/views/entries.py": {"delete", "update"},  # entries of a writer's own draft
    "frameworks/languages/views.py": {"save"},  # a page of words, which saves by saying.save
    "practicelens/people/views.py": {"delete"},  # one's own kept words, thrown away
    "frameworks/files/views.py": {"delete"},  # a file that was waiting to be imported, once it is
}
WRITING = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "update_or_create"}


def writes_of(path):
    """The calls that write rows; those of a module are actions, and a form unsaved is no row."""
    tree = ast.parse(path.read_text())
    modules = {
        (each.asname or each.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for each in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = node.func.value
        is_action = isinstance(of, ast.Name) and of.id in modules
        is_unsaved = any(each.arg == "commit" for each in node.keywords)
        if node.func.attr in WRITING and not is_action and not is_unsaved:
            yield node.func.attr


def test_writes_live_in_actions():
    found = {
        name_of(path): set(writes_of(path)) - WRITTEN_IN_VIEWS.get(name_of(path), set())
        for path in views()
    }

    assert {name: writes for name, writes in found.items() if writes} == {}


def test_what_is_fetched_otherwise_still_is():
    stale = [
        f"{name}: {fetch}"
        for name, fetches in FETCHED_OTHERWISE.items()
        for fetch in fetches
        if tuple(fetch.split(".objects.")) not in FETCH.findall((ROOT / name).read_text())
    ]

    assert stale == []


def test_views_never_fetch_a_bare_model():
    wrong = [
        name_of(path)
        for path in views()
        if re.search(r"get_object_or_404\(\s*[A-Z]\w+\s*,", path.read_text())
    ]

    assert wrong == []


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:", re.IGNORECASE
)


def test_no_template_has_script_or_style_within():
    wrong = [
        f"{name_of(path)}: {found.group()}"
        for path in files(".html", ".svg", under="templates/")
        for found in [INLINE.search(path.read_text())]
        if found
    ]

    assert wrong == []


def test_pieces_of_pages_say_first_what_they_take():
    wrong = [
        name_of(path)
        for path in files(".html", under="templates/")
        if path.name.startswith("_") or path.parent.name == "includes"
        if not re.match(r"\{#|\{% comment", first_words(path))
    ]

    assert wrong == []


def test_templates_stand_as_the_formatter_lays_them_out():
    formatter = Path(sys.executable).with_name("djangofmt")

    checked = subprocess.run(
        [formatter, "--check", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, f"Run .venv/bin/djangofmt . here.\n{checked.stderr}"


def test_no_line_of_a_template_is_too_long_to_read():
    """The formatter leaves what it can't wrap: one long tag, which Django wants on one line."""
    wrong = [
        f"{name_of(path)}:{number}"
        for path in files(".html", ".svg", under="templates/")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > 160 or (len(line) > 120 and not TAG_ALONE.fullmatch(line))
    ]

    assert wrong == []


# A tag; or a path of an icon; or an attribute, the formatter's smallest part of an element.
TAG_ALONE = re.compile(r"\s*(\{% [^%]* %\}|<path [^>]*>|[\w-]+=\"[^\"]*\")\s*")


def test_no_line_of_a_template_begins_with_punctuation():
    """The line break before it would be shown as a space: the formatter parts two tags in a row."""
    wrong = [
        f"{name_of(path)}:{number}"
        for path in files(".html", under="templates/")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.match(r"\s*(\{% (if|for|with) [^%]*%\})*[,.;:!?)”’]", line)
    ]

    assert wrong == []


def first_words(path):
    """The first line, or what follows on it after `extends` and `load`, which have to stand first."""
    return re.sub(r"^(\s*\{% (extends|load) [^%]+%\})+\s*", "", path.read_text())


def test_no_file_names_a_host_that_packages_come_from():
    hosts = [
        "pypi" + ".org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "registry." + "yarnpkg",
    ]

    wrong = [
        f"{name_of(path)}: {host}"
        for path in tracked()
        for text in [path.read_bytes()]
        for host in hosts
        if host.encode() in text
    ]

    assert wrong == []


def test_no_page_uses_a_word_of_judgement():
    wrong = [
        f"{name_of(path)}: {word}"
        for path in files(".html", ".txt", ".svg", under="templates/")
        for word in words_found(path.read_text().lower())
    ]

    assert wrong == []


def words_found(text):
    for phrase in PHRASES_ALLOWED:
        text = text.replace(phrase, "")
    # Names of apps and of their files are not read by anybody.
    text = re.sub(r"[\"'][\w/:.-]*[\"']", "", text)
    return [word for word in WORDS_NOT_USED if re.search(rf"\b{word}", text)]


def each_test_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def asserts(node):
    return any(
        isinstance(each, ast.Assert)
        or (isinstance(each, ast.Name) and re.match(r"django_assert|refused", each.id))
        or (isinstance(each, ast.Attribute) and each.attr in ("raises", "fail"))
        # What refuses by raising is an assertion of its own.
        or (isinstance(each, ast.Attribute) and each.attr.startswith(("to_", "check_")))
        for each in ast.walk(node)
    )


def helpers_that_assert():
    """Names of functions of the tests that assert, so that a test may leave it to them."""
    return {
        node.name
        for path in files(".py", under="tests/")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and asserts(node)
    }


def test_every_test_asserts_something():
    helpers = helpers_that_assert()

    wrong = [
        f"{name_of(path)}: {test.name}"
        for path in files(".py", under="tests/")
        for test in each_test_of(path)
        if not asserts(test)
        and not any(isinstance(each, ast.Name) and each.id in helpers for each in ast.walk(test))
    ]

    assert wrong == []


def test_what_wants_the_machine_to_itself_is_where_it_is_looked_for():
    marked = {
        name_of(path) for path in files(".py", under="tests/") if ALONE.search(path.read_text())
    }

    assert marked
    assert all(any(is_under(name, place) for place in PLACES) for name in marked), marked


def is_under(name, place):
    return name == place or name.startswith(f"{place}/")


def test_no_two_tests_of_a_file_have_one_name():
    wrong = [
        f"{name_of(path)}: {name}"
        for path in files(".py", under="tests/")
        for name, count in Counter(test.name for test in each_test_of(path)).items()
        if count > 1
    ]

    assert wrong == []


def test_no_file_is_too_long_to_read():
    wrong = [
        f"{name_of(path)}: {count} lines"
        for path in files(".py", ".html", ".js", ".mjs", ".scss", ".typ", ".md")
        if "migrations" not in path.parts
        for count in [len(path.read_text().splitlines())]
        if count > (MOST_LINES_OF_TESTS if "tests" in path.parts else MOST_LINES)
    ]

    assert wrong == []


def test_a_class_is_drawn_in_one_part_of_the_styles():
    """So that no two things share a name, and each other's looks. What paper leaves out is apart."""
    homes = {}
    for path in files(".scss"):
        for name in re.findall(r"^\.(pl-[\w-]+)(?=,| \{)", path.read_text(), re.MULTILINE):
            homes.setdefault(name, set()).add(path.name)

    shared = {name: places for name, places in homes.items() if len(places - {"_print.scss"}) > 1}
    assert len(homes) > 100
    assert shared == {}
