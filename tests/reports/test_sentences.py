"""A sentence that a rule made follows its figures until a person takes or changes it."""

from datetime import date

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from reports import briefings
from reports.briefings import actions, sentences
from reports.briefings.opposites import none_found
from reports.cells.rollup import recount_all
from reports.models import Finding
from tests.factories import ThemeFactory
from tests.reports.factories import confirmed_passages, issue

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)


@pytest.fixture
def theme(codebook):
    return ThemeFactory(codebook=codebook, short="Computer system")


@pytest.fixture
def composed(team, theme, psw):
    """A draft of six observations, each by its own observer, that say one thing is in the way."""
    more(team, theme, 6)
    return briefings.compose(unit=team, month=MARCH, by=psw)


def more(team, theme, count):
    confirmed_passages(theme, "hinders", count, unit=team, month=MARCH, text="The form closed")
    recount_all()


def gathered(briefing):
    briefing.refresh_from_db()
    return briefings.gather_again(briefing)


def left(briefing):
    return [words for words, _ in briefings.what_stops(briefing)]


def contradictions(briefing):
    return [words for words in left(briefing) if " says " in words]


def said(briefing, place):
    return briefing.sentences.get(place=f"answers.{place}")


def test_gathered_again_a_sentence_follows_its_figures_while_nobody_changed_it(
    composed, team, theme, psw
):
    assert composed.confidence.startswith("Rests on 6 observations in 1 of 1 teams")
    sentences.take(composed, None, psw)
    composed.doing = "We go and see."
    composed.save()
    more(team, theme, 5)

    again = gathered(composed)

    assert again.confidence.startswith("Rests on 11 observations")
    assert again.doing == "We go and see."
    assert "11 where it gets in the way" in again.findings.get().text
    # What says something else has to be read anew; what says the same is still theirs.
    assert said(again, "confidence").taken_by is None
    assert again.sentences.get(place="conditions.heading").taken_by == psw
    assert contradictions(again) == []


def test_what_a_person_changed_stays_and_an_outdated_figure_of_it_stops_approval(
    composed, team, theme
):
    composed.how = "We made 6 observations ourselves."
    composed.save()
    more(team, theme, 5)

    again = gathered(composed)

    assert again.how == "We made 6 observations ourselves."
    assert "11 observations" in said(again, "how").anew
    assert contradictions(again) == [
        "How we know it says “6 observations”: counted again, it is “11 observations”"
    ]
    again.how = "We were there ourselves."
    again.save()
    assert contradictions(again) == []


def test_another_total_than_that_of_the_strip_can_not_be_approved(composed, psw):
    composed.confidence = composed.confidence.replace("6 observations", "69 observations")
    composed.know = "In 20 of 31 places families were heard."
    composed.doing = "We go and see."
    composed.save()

    assert contradictions(composed) == [
        "How far to trust it says “69 observations”: the figures have 6 since 1 October 2025"
    ]
    # A part of them may be counted by a person: worth a look, and no more.
    looked = [words for words, _ in briefings.worth_a_look(composed)]
    assert "What we know says “20 of 31 places”, which is in none of the figures" in looked
    with pytest.raises(actions.NotReady):
        actions.send_for_approval(briefing=composed, by=psw)


def test_a_rules_words_are_marked_until_a_person_takes_or_changes_them(composed, psw, psw_client):
    url = reverse("reports:part", args=[composed.key, "conditions"])
    page = psw_client.get(url).content.decode()
    assert "A rule’s words, not taken yet" in page
    assert any(
        "Conditions for practice: two sentences are a rule’s" in words for words in left(composed)
    )
    take = reverse("reports:take_words", args=[composed.key, "conditions"])

    psw_client.post(take, {"seen": "of another time"})
    assert sentences.untaken(composed, "conditions")

    stamp = sentences.stamp_of(sentences.to_take(composed, "conditions"))
    response = psw_client.post(take, {"seen": stamp})

    assert response.url == url
    assert f"Read and taken by {psw}" in psw_client.get(url).content.decode()
    assert not any("Conditions for practice: " in words for words in left(composed))


def test_why_a_sentence_was_chosen_is_beside_it_for_its_writer_alone(composed, psw_client):
    page = psw_client.get(reverse("reports:part", args=[composed.key, "answers"])).content.decode()

    assert "Why: What helps, or gets in the way." in page
    assert "Why:" not in str(briefings.build_content(composed))


def test_the_three_lines_are_in_the_content_and_empty_where_nothing_is(composed):
    content = briefings.build_content(composed)

    briefings.check_content(content)
    assert content["lines"]["advise"].startswith("“Computer system” is in the way in 6 passages")
    assert content["lines"]["alert"] == ""


def test_how_sure_goes_by_all_that_was_looked_at(composed):
    finding = composed.findings.get()

    assert finding.evidence.count() == 4
    assert finding.sure == Finding.Sure.SOME
    assert finding.sure_because == (
        "6 observations by six people in one team: 6 where it gets in the way, none where it helps."
    )


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ({"side": "for", "opposite": 4}, "4 observations rated it lower or missed it; no passage of theirs can be quoted."),
        ({"side": "helps", "opposite": 1}, "1 passage says that it gets in the way; it can’t be quoted."),
        ({"side": "for"}, "none found."),
    ],
)  # fmt: skip
def test_the_opposite_is_looked_for_in_what_was_counted_too(subject, words):
    class Found:
        looked, confirmed, suggested = 14, 0, 0

    assert none_found(Found, subject).endswith(words)


def test_what_is_counted_against_a_finding_is_kept_with_its_subject(composed, team, theme):
    confirmed_passages(theme, "helps", 2, unit=team, month=MARCH, text="It was quick")
    recount_all()

    again = gathered(composed)

    (subject,) = again.figures["subjects"].values()
    assert subject["opposite"] == 2


def test_a_reissue_keeps_whose_words_they_are_and_an_issue_never_changes(composed, psw):
    composed.doing = composed.know = "We go and see."
    composed.save()
    composed.findings.update(looked="Everywhere.")
    issued = issue(composed)

    later = actions.reissue(briefing=issued, by=psw)

    assert later.sentences.count() == issued.sentences.count()
    assert sentences.untaken(later) == []
    assert later.sentences.filter(place=f"finding-{later.findings.get().pk}.claim").exists()
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        issued.sentences.update(words="Other")
