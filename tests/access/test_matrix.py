"""Every address, asked for by everybody, in every way, of things in every state.

Whom the table shows a page, they are asked as where all is read (test_canaries.py), once.
"""

import pytest
from django.urls import reverse

from practicelens.people import middleware
from tests.access.asking import MISSING, pages
from tests.access.crawling import readers
from tests.access.people import ELSEWHERE, one_of_each, organisation_of
from tests.access.table import TABLE, frameworks, observations, people, reports

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
OUT = ["nobody", "disabled"]
ONE_OF_EACH = [*one_of_each(), "no_role", *OUT]
OTHERS = ["colleague", "far_psw", "far_system_admin"]
# Whoever holds all that they hold elsewhere.
FAR = {each for each in ELSEWHERE.split() if organisation_of(each) == "elsewhere"}
PAGES = pages()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def unrecorded(monkeypatch):
    """Most of what is asked is refused. The record of it (tests/audit) costs more than the refusal."""
    monkeypatch.setattr(middleware, "record_refused", lambda **refused: None)


def rules_of(name):
    return [rule for rule in TABLE if name in rule.pages]


def test_each_address_is_in_the_table_and_nothing_else_is():
    declared = {name for rule in TABLE for name in rule.pages}

    assert PAGES.keys() - declared == set()
    assert declared - PAGES.keys() == set()


@pytest.mark.parametrize(
    ("rules", "apps"),
    [
        ([*observations.NOTES, *observations.LEARNING], {"observations", "family"}),
        ([*frameworks.FRAMEWORKS, *frameworks.SHARED], {"frameworks"}),
        (
            [*reports.PAIRS, *reports.SUMMARIES, *reports.BRIEFINGS, *reports.VERDICTS],
            {"reports", "families"},
        ),
        (people.PEOPLE, {"people", "audit", ""}),
    ],
    ids=["observations", "frameworks", "reports", "people"],
)
def test_each_address_stands_in_the_file_of_its_app(rules, apps):
    found = {name.rpartition(":")[0] for rule in rules for name in rule.pages}

    assert found == apps


def named(rule):
    sets = [rule.may] if isinstance(rule.may, str) else [*rule.may.values(), *rule.sees.values()]
    return {person for people in sets for person in people.split()}


def askers(rule):
    """All whom the rule names, and besides them one of each role and some from elsewhere."""
    return sorted(named(rule).union(ONE_OF_EACH, OTHERS))


def ways(kind, states):
    """Every page and method by which things of a kind are asked for that stand in these states."""
    return [
        (rule.about, name, method)
        for rule in TABLE
        if rule.of == kind and rule.states() == states
        for name in rule.pages
        for method in ["GET", "POST"]
        if rule.takes(name, method)
    ]


def in_turn(states, turns, way):
    """The states whose turn it is in this way: each of them has its turn in one or more."""
    turn = turns.index(way)
    return [
        state
        for at, state in enumerate(states)
        if at % len(turns) == turn or at == turn % len(states)
    ]


def asked(rule, name, method):
    """Each state and person to ask as.

    Whom a rule never names does not get as far as the state: they are sent to sign in, or refused
    by the one rule for things of this kind. So they are asked about the states in turn. Likewise
    whoever belongs elsewhere, about the states of what nobody from there is let to, on the pages of
    the rule that names them.
    """
    known, states, way = named(rule), rule.states(), (rule.about, name, method)
    turns = ways(rule.of, states)
    of_all = in_turn(states, turns, way)
    of_rule = in_turn(states, [each for each in turns if each[0] == rule.about], way)
    for state in states:
        at_home = FAR if FAR & set(let_to(rule, state)) else set()
        for person in askers(rule):
            turn = of_rule if person in known else of_all
            if person in known - FAR | at_home or state in turn:
                yield state, person


def let_to(rule, state):
    """Whom the rule names for a state."""
    if not rule.of:
        return rule.may.split()
    return f"{rule.may.get(state, '')} {rule.sees.get(state, '')}".split()


@pytest.mark.parametrize("rule", [rule for rule in TABLE if rule.of], ids=lambda rule: rule.about)
def test_everybody_is_asked_about_every_state_on_some_page(rule):
    somewhere = {
        each
        for other in TABLE
        if other.of == rule.of and other.states() == rule.states()
        for name, methods in other.pages.items()
        for method in ["GET", "POST"]
        if method in methods.split()
        for each in asked(other, name, method)
    }

    assert {(state, each) for state in rule.states() for each in askers(rule)} <= somewhere


@pytest.mark.parametrize(
    ("name", "method"),
    [
        (name, method)
        for name in PAGES
        for method in ["GET", "POST"]
        if any(rule.takes(name, method) for rule in rules_of(name))
    ],
)
def test_the_table_holds(name, method, world, asking, unrecorded):
    wrong = [
        f"{method} of {state or 'it'} by {person}: {status}, not {expected}"
        for rule in rules_of(name)
        if rule.takes(name, method)
        for state, person in asked(rule, name, method)
        if method == "POST" or person not in readers(rule, name, state)
        for expected in [what_is_declared(rule, person, state)]
        for status in [answer(world, asking, rule, name, method, state, person)]
        if status not in expected
    ]

    assert wrong == []


def what_is_declared(rule, person, state):
    if person in OUT and not rule.public:
        return ("sign in",)
    return rule.expected(person, state)


def parts_of(world, rule, state):
    return MISSING | (world.objects[rule.of][state] if rule.of else {})


def answer(world, asking, rule, name, method, state, person):
    """The status, or "sign in" where that is where the answer leads."""
    address = PAGES[name].address(parts_of(world, rule, state))
    response = asking.ask(person, method, address, rule.body if method == "POST" else None)
    if response.status_code == 302 and response.url.startswith(f"{reverse('account_login')}?next="):
        return "sign in"
    return response.status_code


@pytest.mark.parametrize("name", PAGES)
def test_methods_that_a_page_does_not_take_are_refused_and_head_goes_the_way_of_get(
    name, world, asking
):
    rule = rules_of(name)[0]
    state = rule.states()[0] if rule.of else ""
    wrong = [
        f"{method} by {person}: {status}, not {expected}"
        for method in METHODS
        for expected, person in one_for_each_answer(method, rule, name, state)
        for status in [answer(world, asking, rule, name, method, state, person)]
        if status not in expected
    ]

    assert wrong == []


def one_for_each_answer(method, rule, name, state):
    """Each answer that the table declares, and whoever's turn it is on this page to get it.

    What everybody gets by GET is for the test above; by any other way to the same page, another
    answer would be as wrong for one of them as for all.
    """
    who = ONE_OF_EACH if method == "HEAD" else [*one_of_each(), "nobody"]
    answered = {}
    for person in who:
        answered.setdefault(what_is_declared_of(method, rule, name, person, state), []).append(
            person
        )
    turn = list(PAGES).index(name)
    for expected, those in answered.items():
        if expected:
            yield expected, those[turn % len(those)]


def what_is_declared_of(method, rule, name, person, state):
    """HEAD goes the way of GET; what no rule takes is refused, after signing in."""
    if not any(each.takes(name, method) for each in rules_of(name)):
        return ("sign in",) if person in OUT and not rule.public else (405,)
    if method == "HEAD" and rule.takes(name, method):
        return what_is_declared(rule, person, state)
    return ()


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.parts])
def test_what_one_may_not_see_looks_like_what_is_not_there(name, world, asking):
    if name.startswith("account_"):
        return
    shown = set()
    for rule in rules_of(name):
        method = "GET" if rule.takes(name, "GET") else "POST"
        gone = asking.ask("far_psw", method, PAGES[name].address(MISSING))
        assert gone.status_code == 404
        shown.add((gone.content, tuple(gone.headers.items())))
        for state in world.objects.get(rule.of, {}):
            if rule.expected("colleague", state) == (404,):
                address = PAGES[name].address(parts_of(world, rule, state))
                refused = asking.ask("colleague", method, address)
                shown.add((refused.content, tuple(refused.headers.items())))

    assert len(shown) == 1
