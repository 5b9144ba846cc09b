"""What stands beside a quotation, and that the same words are quoted once a year."""

import random

import pytest

from observations.models import Observation
from reports import briefings
from reports.briefings.beside import Noted, in_words, people, shared
from reports.briefings.quoted_before import QuotedBefore
from reports.briefings.releasing import NotReleased
from reports.models import Briefing, ToldGroup
from reports.periods import months_after
from reports.telling.planning import EVERYTHING
from tests.factories import ObservationFactory, PassageFactory, UnitFactory, UserFactory
from tests.reports.factories import (
    BriefingFactory,
    EvidenceFactory,
    FindingFactory,
    check_of,
    issue,
    last_month,
)
from tests.reports.quoting import quotation, quoting, release, words_of

FACTS = {"seen": "seen", "work": "home_visit", "reply": "Agreed."}


def noted(person, **facts):
    return Noted(person, {name: {facts.get(name, value)} for name, value in FACTS.items()})


def test_the_most_identifying_is_dropped_first_until_five_people_share_the_rest():
    common = [noted(person) for person in range(5)]
    rare_work = [noted(person, work="conference") for person in range(4)]

    assert shared(FACTS, common, 5) == FACTS
    assert shared(FACTS | {"work": "conference"}, common + rare_work, 5) == {
        "seen": "seen",
        "reply": "Agreed.",
    }
    assert shared(FACTS, common[:4] + [noted(None), noted(3)], 5) == {}


def test_what_goes_with_a_disputed_quotation_is_shared_together_with_that():
    disputed = [noted(person, reply="Disputed.") for person in range(4)]
    facts = FACTS | {"reply": "Disputed."}

    assert shared(facts, [noted(9), *disputed], 5, always=("reply",)) == {"reply": "Disputed."}


@pytest.mark.parametrize("seed", range(20))
def test_nothing_shown_leaves_fewer_than_five_people(seed):
    draw = random.Random(seed)
    notes = [
        noted(
            draw.choice([None, *range(12)]),
            work=draw.choice("abcde"),
            reply=draw.choice("xyz"),
            seen=draw.choice("sh"),
        )
        for _ in range(40)
    ]
    for note in notes:
        kept = shared({name: min(values) for name, values in note.facts.items()}, notes, 5)
        assert not kept or people(notes, kept) >= 5


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (("seen", "work", "reply"), "Seen: home visit. Agreed."),
        (("seen", "reply"), "Seen. Agreed."),
        (("work", "reply"), "Home visit. Agreed."),
        (("work",), "Home visit."),
        ((), ""),
    ],
)
def test_in_words_it_is_as_much_as_is_left(kept, words):
    assert in_words({name: FACTS[name] for name in kept}, "Home visit") == words


def test_a_content_tells_of_a_quotation_what_the_told_window_shares(team, psw):
    briefing = quoting(team, psw)
    release(briefing, psw)
    own = Observation.objects.get()
    everything = ToldGroup.objects.filter(briefing=briefing, name=EVERYTHING)
    everything.update(notes=[own.pk], people=[own.practitioner_id])
    assert how_of(briefing) == ""

    others = [
        ObservationFactory(
            unit=team, submitted=True, practitioner=UserFactory(), observed_on=own.observed_on
        )
        for _ in range(4)
    ]
    for each in others:
        PassageFactory(observation=each)
    told = [own, *others]
    everything.update(
        notes=[each.pk for each in told], people=[each.practitioner_id for each in told]
    )
    assert how_of(briefing) == "Seen: home visit. No reply."

    Observation.objects.filter(pk=others[0].pk).update(kind_of_work="core_group")
    assert how_of(briefing) == "Seen. No reply."


def how_of(briefing):
    (quote,) = quotes_of(briefing)
    return quote["how"]


def quotes_of(briefing):
    sections = briefings.build_content(Briefing.objects.get(pk=briefing.pk))["sections"]
    findings = [finding for each in sections for finding in each.get("findings", [])]
    return [quote for finding in findings for quote in finding["quotes"]]


def test_the_same_words_are_quoted_once_a_year_in_a_line_of_units(organisation, team, psw):
    briefing = quoting(team, psw)
    released = release(briefing, psw)
    evidence = briefing.findings.get().evidence.get()
    earlier = BriefingFactory(unit=team.parent, month=months_after(last_month(), -11))
    finding = FindingFactory(briefing=earlier, evidence=False)
    EvidenceFactory(finding=finding, passage=evidence.passage)
    assert words_of(briefing) == []

    issue(earlier)
    told = f"{team.parent}, {earlier.month:%B %Y}"
    assert quotation(briefing).quoted_in == told
    assert words_of(briefing) == ["One quotation has not been released yet"]
    assert told in check_of(quotation(briefing)).cannot_go
    assert quotes_of(briefing) == []
    with pytest.raises(NotReleased, match="once a year"):
        release(briefing, psw)
    # Half of them are the same words; another unit beside it, and a month of another year, are not in the way.
    part = " ".join(released.original.split()[-8:])
    assert QuotedBefore(organisation, last_month()).where(part) == told
    assert QuotedBefore(team, months_after(last_month(), 1)).where(part) == ""
    assert QuotedBefore(UnitFactory(parent=organisation), last_month()).where(part) == ""
