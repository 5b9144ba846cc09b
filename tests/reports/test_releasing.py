"""The release step: no words of a note reach leaders before a person released them."""

from io import BytesIO
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations import identifiers
from observations.models import Observation, Redaction
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports import briefings
from reports.briefings import actions, releasing
from reports.briefings.borrowed import Borrowings
from reports.models import Evidence, Release
from tests.conftest import signed_in
from tests.factories import (
    RedactionFactory,
)
from tests.reports.factories import (
    EvidenceFactory,
    check_of,
    issue,
    let_all_go,
)
from tests.reports.quoting import (
    GOOD,
    NAMED,
    QUOTED,
    evidence,
    passage_of,
    quotation,
    quoting,
    release,
    release_url,
    say,
    words_of,
)


@pytest.fixture
def briefing(team, psw):
    return quoting(team, psw)


# What stops


def test_a_quotation_that_was_not_released_stops_it_and_leads_to_the_page(briefing):
    assert briefings.what_stops(briefing) == [
        ("One quotation has not been released yet", release_url(briefing))
    ]


def test_two_are_told_together(briefing, team):
    EvidenceFactory(finding=briefing.findings.get(), passage=passage_of(team, GOOD))

    assert words_of(briefing) == ["Two quotations have not been released yet"]


def test_evidence_that_is_not_quoted_needs_no_release(briefing):
    Evidence.objects.update(is_quoted=False)

    assert words_of(briefing) == []


def test_released_it_can_be_sent(briefing, psw):
    release(briefing, psw)

    assert words_of(briefing) == []


def test_sending_approving_and_issuing_each_refuse_what_is_not_released(briefing, psw):
    with pytest.raises(actions.NotReady):
        actions.send_for_approval(briefing=briefing, by=psw)

    released = release(briefing, psw)
    actions.send_for_approval(briefing=briefing, by=psw)
    releasing.withdraw_release(release=released, by=psw)
    with pytest.raises(actions.NotReady):
        actions.approve(briefing=briefing, by=psw)

    release(briefing, psw)
    actions.approve(briefing=briefing, by=psw)
    Release.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(actions.NotReady):
        actions.issue(briefing=briefing, by=psw)


def test_a_text_that_changes_afterwards_stops_it_again(briefing, psw):
    release(briefing, psw)
    passage = evidence().passage
    passage.text = passage.text.replace("four", "nine")
    passage.save()

    assert words_of(briefing) == ["One quotation has not been released yet"]
    assert not Release.objects.holding().exists()


def test_other_edges_are_other_words(briefing, psw):
    release(briefing, psw)
    Evidence.objects.update(start=8)

    assert words_of(briefing) == ["One quotation has not been released yet"]


def test_a_withdrawn_note_takes_its_release_with_it(briefing, psw):
    release(briefing, psw)
    Observation.objects.update(withdrawn_at=timezone.now())

    assert not Release.objects.holding().exists()
    assert words_of(briefing)


def test_words_in_which_a_name_is_found_later_stop_it_again(briefing, psw):
    say("The worker Kereru asked him for the first of the things on his list.")
    released = release(briefing, psw)
    Release.objects.update(words="It was Priya Nair who asked him for the first.")

    assert released.withdrawn_at is None
    assert words_of(briefing) == ["One quotation has not been released yet"]


def test_an_open_finding_of_a_name_holds_it_back(briefing, psw):
    release(briefing, psw)
    passage = evidence().passage
    RedactionFactory(passage=passage, observation=passage.observation, words="list")

    assert not Release.objects.holding().exists()


# Releasing


def test_what_was_looked_at_is_kept_with_who_and_when(briefing, psw):
    released = release(briefing, psw)

    assert released.words == released.original == QUOTED
    assert [each["words"] for each in released.looked_at] == ["Brought", "Thursday"]
    assert released.released_by == psw
    assert Entry.objects.filter(action=Entry.Action.RELEASED, object_pk=str(released.pk)).exists()


def test_doing_it_twice_lets_go_once(briefing, psw):
    assert release(briefing, psw) == release(briefing, psw)
    assert Entry.objects.filter(action=Entry.Action.RELEASED).count() == 1


def test_a_tick_that_is_missing_is_named(briefing, psw):
    each = quotation(briefing)
    first, second = check_of(each).ticks

    with pytest.raises(releasing.NotReleased) as refusal:
        release(briefing, psw, ticked=[first.code])

    assert refusal.value.left == [(second.code, "Tick “Thursday” once you have looked at it")]
    assert not Release.objects.exists()


def test_numbers_initials_and_capitals_are_each_to_be_ticked(briefing):
    say("At 10.55 the list went to KB, and the Wednesday group had it by then.")

    ticks = {tick.words: tick.why for tick in check_of(quotation(briefing)).ticks}

    assert "10.55" in ticks
    assert "Wednesday" in ticks


def test_rare_features_are_to_be_ticked_with_their_reason(briefing):
    say("he said the twins were the only ones in their class who knew about it.")

    (twins,) = [tick for tick in check_of(quotation(briefing)).ticks if tick.words == "twins"]

    assert twins.why.startswith("Twins, or more born together, are few")


def test_what_its_observer_kept_is_to_be_ticked_with_the_reason(briefing):
    passage = evidence().passage
    RedactionFactory(
        passage=passage,
        observation=passage.observation,
        words="Thursday",
        settled=Redaction.Settled.KEPT,
        settled_at=timezone.now(),
        reason="A day.",
    )

    whys = [tick.why for tick in check_of(quotation(briefing)).ticks]

    assert "Its observer kept it: A day." in whys
    assert len(whys) == 2


def test_a_name_is_released_only_in_other_words(briefing, psw, practitioner):
    say(NAMED)

    released = release(briefing, psw)

    assert released.original == NAMED
    assert "Priya" not in released.words
    assert released.words == NAMED.replace("Priya Nair", "the worker")
    assert words_of(briefing) == []


def test_a_name_that_its_observer_kept_is_not_released_either(briefing, psw, practitioner):
    say(NAMED)
    passage = evidence().passage
    RedactionFactory(
        passage=passage,
        observation=passage.observation,
        words="Priya Nair",
        settled=Redaction.Settled.KEPT,
        settled_at=timezone.now(),
        reason="She is known to all.",
    )

    assert "Priya" not in release(briefing, psw).words


def test_a_name_that_only_the_whole_note_gives_away_is_found(briefing, practitioner):
    whole = f"{NAMED} Later Nair said it was the third time that week."
    say(whole)
    Evidence.objects.update(start=whole.index("Later"))

    check = check_of(quotation(briefing))

    assert "Nair" not in check.words


def test_where_the_finder_fails_nothing_is_released(briefing, psw):
    with patch.object(identifiers, "find", side_effect=identifiers.CouldNotLook):
        check = check_of(quotation(briefing))
        assert check.cannot_go.startswith("These words could not be read for names")
        with pytest.raises(releasing.NotReleased, match="could not be read for names"):
            release(briefing, psw)

    assert not Release.objects.exists()


def test_where_the_finder_fails_what_was_released_stops_too(briefing, psw):
    release(briefing, psw)

    with patch.object(identifiers, "find", side_effect=identifiers.CouldNotLook):
        assert "One quotation has not been released yet" in words_of(briefing)


def test_words_that_changed_since_they_were_read_are_not_released(briefing, psw):
    before = quotation(briefing)
    say(f"{QUOTED[:-1]} again.")

    with pytest.raises(releasing.NotReleased, match="The observation has changed"):
        releasing.release(quotation=before, by=psw, ticked=[], nobody_could_tell=True)


def test_a_small_team_is_always_asked_about(briefing, psw):
    assert check_of(quotation(briefing)).small_team == 1

    with pytest.raises(releasing.NotReleased, match="small team"):
        release(briefing, psw, nobody_could_tell=False)

    assert release(briefing, psw).small_team == 1


def test_a_large_team_is_not_asked_about(briefing, large_team, psw):
    released = release(briefing, psw, nobody_could_tell=False)

    assert released.small_team is None


def test_people_who_left_do_not_make_a_team_large(briefing, large_team, psw):
    Role.objects.filter(unit=large_team).update(ended_at=timezone.now(), ended_by=psw)

    assert check_of(quotation(briefing)).small_team == 0


def test_the_database_holds_one_standing_release_of_a_place(briefing, psw):
    released = release(briefing, psw)
    released.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        released.save(force_insert=True)


# Words that were taken over into a text


def test_a_line_of_good_work_in_a_notes_words_is_released_like_any_quotation(briefing, team, psw):
    Evidence.objects.update(is_quoted=False)
    tell_good_work(briefing, team, f"{GOOD} (Seen: home visit)")

    assert words_of(briefing) == ["One quotation has not been released yet"]
    assert items_of(briefing) == []

    let_all_go(briefing, psw)
    assert words_of(briefing) == []
    assert items_of(briefing) == [{"text": GOOD, "how": ""}]  # too few share what was typed


def tell_good_work(briefing, team, text):
    passage = passage_of(team, GOOD)
    briefing.figures["good_work"] = [{"passage": passage.pk, "text": GOOD, "how": "Seen"}]
    briefing.save(update_fields=["figures"])
    briefing.sections.filter(key="good_work").update(text=text)


def items_of(briefing):
    return briefings.build_content(briefing)["sections"][3]["items"]


def test_a_line_of_good_work_that_was_changed_a_little_is_still_a_quotation(briefing, team):
    Evidence.objects.update(is_quoted=False)
    tell_good_work(briefing, team, "A worker sat on the stairs with him until tea.")

    assert quotation(briefing).original == "sat on the stairs with him until"


def test_a_line_of_good_work_is_taken_out(briefing, team):
    Evidence.objects.update(is_quoted=False)
    tell_good_work(briefing, team, f"They drew the plan.\n{GOOD}")

    releasing.leave_out(quotation=quotation(briefing), briefing=briefing)

    assert items_of(briefing) == [{"text": "They drew the plan.", "how": ""}]
    assert words_of(briefing) == []


@pytest.mark.parametrize("field", ["know", "how", "doing"])
def test_words_of_a_note_typed_into_an_answer_are_a_quotation(briefing, field):
    Evidence.objects.update(is_quoted=False)
    setattr(briefing, field, f"One said: {QUOTED}")
    briefing.save(update_fields=[field])

    assert words_of(briefing) == ["One quotation has not been released yet"]


def test_words_of_a_note_in_a_claim_or_an_ask_are_a_quotation(briefing):
    Evidence.objects.update(is_quoted=False)
    briefing.recommendations.update(what=QUOTED)
    briefing.findings.update(claim=QUOTED)

    assert len(briefings.quotations_in(briefing)) == 1
    briefing.recommendations.update(what="She brought it.")
    assert len(briefings.quotations_in(briefing)) == 1
    briefing.findings.update(claim="She asked.")
    assert briefings.quotations_in(briefing) == []


def test_what_was_released_as_evidence_may_stand_in_a_text_too(briefing, psw):
    release(briefing, psw)
    briefing.know = "One said: she asked him for the first on Thursday."
    briefing.save(update_fields=["know"])

    assert words_of(briefing) == []


def test_few_words_alike_are_nobodys(briefing):
    passage = evidence().passage

    assert Borrowings([passage]).of("We brought a list of four.") == []
    (found,) = Borrowings([passage]).of("So she ASKED him, for the first on the day.")
    assert found.words == "she asked him for the first on"


# What leaders read


def test_no_unreleased_words_are_in_content_page_or_paper(briefing, psw):
    shown = everything_of(briefing, psw)
    assert not any("Thursday" in each for each in shown)

    release(briefing, psw)
    assert all("Thursday" in each for each in everything_of(briefing, psw))


def everything_of(briefing, psw):
    client = signed_in(psw)
    paper = PdfReader(BytesIO(client.get(reverse("reports:pdf", args=[briefing.key])).content))
    return [
        str(briefings.build_content(briefing)),
        client.get(reverse("reports:preview", args=[briefing.key])).content.decode(),
        client.get(reverse("reports:content", args=[briefing.key])).content.decode(),
        " ".join(page.extract_text() for page in paper.pages),
    ]


def test_an_issue_holds_the_words_that_were_released_and_no_others(briefing, psw, practitioner):
    say(NAMED)
    Evidence.objects.update(is_quoted=True)

    issue(briefing)

    (quote,) = briefing.content["sections"][2]["findings"][0]["quotes"]
    assert quote["text"] == NAMED.replace("Priya Nair", "the worker")
    assert "Priya" not in str(briefing.content)


def test_an_issue_stays_as_it_was_when_a_release_is_withdrawn(briefing, psw):
    issue(briefing)
    before = briefing.sha256

    releasing.withdraw_release(release=Release.objects.get(), by=psw)

    briefing.refresh_from_db()
    assert briefings.fingerprint(briefing.content) == before


def test_issued_again_it_stops_where_a_release_was_withdrawn(briefing, psw):
    issue(briefing)
    releasing.withdraw_release(release=Release.objects.get(), by=psw)

    later = actions.reissue(briefing=briefing, by=psw)

    assert words_of(later) == ["One quotation has not been released yet"]
