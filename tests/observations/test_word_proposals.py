"""Words are proposed from what was learned; only a person changes a theme's list."""

import pytest

from frameworks import history
from observations.learning import proposals, versions
from observations.learning.telling_words import Use, for_it
from observations.models import WordProposal
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from tests.factories import UserFactory, WordProposalFactory
from tests.observations.taught import add_note, add_themes, asked, journey, meal, teach

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(codebook, framework_version):
    return add_themes(codebook)


@pytest.fixture
def observers(psw):
    return [psw, UserFactory()]


@pytest.fixture
def theme(themes):
    meals, _ = themes
    meals.keywords = ["food", "dinner", "hot meal"]
    meals.save()
    return meals


def proposed(codebook, **which):
    versions.learn(asked(codebook))
    found = WordProposal.objects.open().filter(**which)
    return {(row.theme.code, row.kind, row.word) for row in found}


def add_misleading(themes, team, psw):
    meals, travel = themes
    for _ in range(4):
        add_note(team, psw, ("The food was late.", {meals: "rejected", travel: "rejected"}))


def test_a_word_that_misleads_is_proposed_for_hiding_with_its_counts(
    codebook, themes, team, observers
):
    teach(*themes, team, observers)
    add_misleading(themes, team, observers[0])

    assert ("meals", "hide", "food") in proposed(codebook)
    row = WordProposal.objects.get(word="food")
    assert (row.seen, row.confirmed, row.state) == (4, 0, "open")
    themes[0].refresh_from_db()
    assert "food" in themes[0].keywords


def test_a_telling_word_is_proposed_for_the_list(codebook, themes, team, observers):
    teach(*themes, team, observers)

    found = proposed(codebook)

    assert ("meals", "add", "tasty") in found
    assert ("travel", "add", "journey") in found
    row = WordProposal.objects.get(theme=themes[0], word="tasty")
    assert (row.seen, row.confirmed) == (14, 14)


def test_a_word_of_one_observer_is_not_proposed(codebook, themes, team, psw):
    teach(*themes, team, [psw])

    assert proposed(codebook, kind="add") == set()


def test_what_stands_on_the_list_or_in_few_passages_is_not_proposed(
    codebook, themes, team, observers
):
    meals, _ = themes
    meals.keywords = ["tasty"]
    meals.save()
    teach(*themes, team, observers)

    words = {word for code, _, word in proposed(codebook, kind="add") if code == "meals"}

    assert "tasty" not in words
    assert not words & {"soup", "stew"}


@pytest.mark.parametrize("name", ["Rangi", "leanne"])
def test_a_name_is_never_proposed(codebook, themes, team, observers, name):
    meals, travel = themes
    teach(*themes, team, observers)
    for observer in [*observers, *observers]:
        said = {meals: "confirmed", travel: "rejected"}
        add_note(team, observer, (f"We ate a plate of it at {name} lunch.", said))

    words = {word for _, _, word in proposed(codebook, kind="add")}

    assert words
    assert name.lower() not in words


def test_a_decided_word_is_not_proposed_again(codebook, themes, team, observers, psw):
    teach(*themes, team, observers)
    assert ("meals", "add", "tasty") in proposed(codebook)
    proposals.dismiss(proposal=WordProposal.objects.get(word="tasty"), by=psw)
    add_note(
        team,
        psw,
        (meal("jelly"), {themes[0]: "confirmed", themes[1]: "rejected"}),
        (journey("cart"), {themes[1]: "confirmed", themes[0]: "rejected"}),
    )

    assert ("meals", "add", "tasty") not in proposed(codebook)
    assert WordProposal.objects.get(word="tasty").state == "dismissed"


def test_a_proposal_that_no_longer_holds_goes_away(codebook, theme):
    stale = WordProposalFactory(theme=theme, word="gone")

    proposals.keep(codebook, [])

    assert not WordProposal.objects.filter(pk=stale.pk).exists()


def test_taking_a_word_off_is_undone_to_where_it_stood(theme, psw):
    proposal = WordProposalFactory(theme=theme, kind="hide", word="dinner")

    proposals.accept(proposal=proposal, by=psw)
    theme.refresh_from_db()
    assert theme.keywords == ["food", "hot meal"]

    proposals.undo(proposal=proposal, by=psw)
    theme.refresh_from_db()
    proposal.refresh_from_db()
    assert theme.keywords == ["food", "dinner", "hot meal"]
    assert (proposal.state, proposal.decided_by) == ("undone", psw)


def test_putting_a_word_on_is_undone_too(theme, psw):
    proposal = WordProposalFactory(theme=theme, kind="add", word="supper")

    proposals.accept(proposal=proposal, by=psw)
    theme.refresh_from_db()
    assert theme.keywords[-1] == "supper"

    proposals.undo(proposal=proposal, by=psw)
    theme.refresh_from_db()
    assert theme.keywords == ["food", "dinner", "hot meal"]


def test_undoing_leaves_what_changed_in_between(theme, psw):
    proposal = WordProposalFactory(theme=theme, kind="hide", word="dinner")
    proposals.accept(proposal=proposal, by=psw)
    theme.refresh_from_db()
    theme.keywords = [*theme.keywords, "dinner"]
    theme.save()

    proposals.undo(proposal=proposal, by=psw)

    theme.refresh_from_db()
    assert theme.keywords == ["food", "hot meal", "dinner"]


def test_each_decision_is_in_the_log(theme, psw, codebook):
    accepted = WordProposalFactory(theme=theme, kind="hide", word="dinner")
    dismissed = WordProposalFactory(theme=theme, kind="add", word="supper")

    proposals.accept(proposal=accepted, by=psw)
    proposals.undo(proposal=accepted, by=psw)
    proposals.dismiss(proposal=dismissed, by=psw)

    logged = Entry.objects.filter(by=psw, unit=codebook.unit, what="word proposal")
    assert list(logged.order_by("pk").values_list("action", "object_pk")) == [
        ("changed", str(accepted.pk)),
        ("changed", str(accepted.pk)),
        ("decided", str(dismissed.pk)),
    ]


def test_each_change_of_the_list_is_in_the_themes_history(theme, psw, codebook):
    proposal = WordProposalFactory(theme=theme, kind="hide", word="dinner")

    proposals.accept(proposal=proposal, by=psw)
    proposals.undo(proposal=proposal, by=psw)

    undone, taken_off = history.history_of(codebook)
    assert taken_off.after == undone.before == {"keywords": ["food", "hot meal"]}
    assert undone.after == {"keywords": ["food", "dinner", "hot meal"]}
    theme.refresh_from_db()
    assert theme.revision == 2


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("accepted", proposals.accept),
        ("dismissed", proposals.accept),
        ("undone", proposals.undo),
        ("open", proposals.undo),
        ("accepted", proposals.dismiss),
    ],
)
def test_what_was_decided_is_not_decided_twice(theme, psw, state, act):
    decided = {} if state == "open" else {"decided": True, "state": state}
    proposal = WordProposalFactory(theme=theme, kind="hide", word="dinner", **decided)

    with pytest.raises(NotNow):
        act(proposal=proposal, by=psw)

    theme.refresh_from_db()
    assert theme.keywords == ["food", "dinner", "hot meal"]


@pytest.mark.parametrize(("kind", "word"), [("hide", "not there"), ("add", "dinner")])
def test_a_list_that_changed_meanwhile_is_left_alone(theme, psw, kind, word):
    proposal = WordProposalFactory(theme=theme, kind=kind, word=word)

    with pytest.raises(NotNow):
        proposals.accept(proposal=proposal, by=psw)

    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_what_speaks_for_a_theme_comes_strongest_first_and_nothing_against_it():
    common = Use(passages={1, 2, 3}, observers={1, 2})
    used = dict.fromkeys(["meal", "money", "gran", "bus"], common) | {"rare": Use()}
    weights = {"meal": 0.2, "money": -0.9, "gran": 0.2, "bus": 1.5, "rare": 3.0, "unseen": 2.0}

    assert for_it(weights, used) == ["bus", "gran", "meal"]
