import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from unittest.mock import patch

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation, Redaction
from practicelens.audit.models import Entry
from practicelens.jobs.models import Run
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from reports import briefings
from reports.briefings import actions
from reports.briefings.schema import NotContent
from reports.cells import rollup
from reports.counts import part_of, shown, with_interval
from reports.models import Briefing, BriefingSchedule, Evidence, Finding, Section
from tests.factories import CodebookFactory, MentionFactory, RoleFactory, ThemeFactory, UnitFactory
from tests.reports.factories import (
    BriefingFactory,
    EvidenceFactory,
    FindingFactory,
    RecommendationFactory,
    confirmed_passages,
    issue,
    let_all_go,
)
from tests.reports.sample_content import content as sample

MARCH = date(2026, 3, 1)


@pytest.fixture
def briefing(team, psw):
    """A draft with nothing left to do: one finding, one recommendation."""
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


@pytest.fixture
def second_psw(service):
    return RoleFactory(unit=service, kind=Role.Kind.PSW, user__name="Tom Whitfield").user


def words_of(briefing):
    return [words for words, _ in briefings.what_stops(briefing)]


# Composing


def test_composing_twice_makes_one_briefing(team):
    first = briefings.compose(unit=team, month=MARCH)
    second = briefings.compose(unit=team, month=MARCH)

    assert first == second
    assert Briefing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_composers_at_once_make_one_briefing():
    team = UnitFactory()

    def compose(_):
        try:
            return briefings.compose(unit=team, month=MARCH).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(compose, range(2)))

    assert made[0] == made[1]
    assert Briefing.objects.count() == 1


def test_a_month_without_notes_claims_nothing(team):
    made = briefings.compose(unit=team, month=MARCH)

    briefings.check_content(briefings.build_content(made))
    assert made.confidence == "Nothing was seen, so nothing is claimed."
    assert not made.findings.exists()


def test_what_is_most_marked_becomes_a_finding_with_evidence(organisation, team):
    theme = ThemeFactory(codebook=CodebookFactory(unit=organisation), short="Computer system")
    confirmed_passages(theme, "hinders", 6, unit=team, month=MARCH, text="The form closed")
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    finding = made.findings.get()
    assert finding.claim == "What gets in the way most: computer system"
    assert finding.evidence.filter(side=Evidence.Side.FOR).count() == 4
    assert finding.evidence.filter(is_quoted=True).count() == 1
    assert "Finding 1 hasn’t looked for the opposite" in words_of(made)


def test_a_passage_that_speaks_to_two_themes_is_one_passage(codebook, team):
    first, second = ThemeFactory.create_batch(2, codebook=codebook)
    confirmed_passages(first, "hinders", 6, unit=team, month=MARCH, text="The form closed")
    for mention in first.mentions.select_related("passage"):
        MentionFactory(passage=mention.passage, theme=second, stance="hinders", confirmed=True)
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    text = made.sections.get(key=Section.Key.CONDITIONS).text
    assert text == "6 passages speak to one of these, as people have confirmed."


def test_of_four_people_first_words_tell_nothing(organisation, team):
    theme = ThemeFactory(codebook=CodebookFactory(unit=organisation), short="Computer system")
    confirmed_passages(theme, "hinders", 4, unit=team, month=MARCH, text="The form closed")
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    content = briefings.build_content(made)
    why = "No figure is told: fewer than 5 people were observed in these months."
    assert content["strip"][0]["figure"] == "Not told"
    assert content["sections"][-1]["items"] == [f"Not told. {why}"]
    assert content["annex"]["charts"] == content["annex"]["tables"] == []
    assert not made.findings.exists()
    assert not made.told_groups.exists()


def test_gathering_again_counts_what_is_new_and_leaves_the_words(team):
    theme = ThemeFactory()
    made = briefings.compose(unit=team, month=MARCH)
    made.title = "My own words."
    made.save(update_fields=["title"])
    confirmed_passages(theme, "helps", 6, unit=team, month=MARCH, text="She asked")
    rollup.recount_all()

    again = briefings.gather_again(made)

    assert again.title == "My own words."
    assert again.figures["strip"][0]["figure"] == "6"


def test_the_beat_drafts_the_month_that_ended_and_those_missed_once(team):
    BriefingSchedule.objects.create(unit=team, day=2, starts_on=date(2026, 1, 1))

    briefings.compose_due(today=date(2026, 4, 2))
    briefings.compose_due(today=date(2026, 4, 3))

    months = list(team.briefings.order_by("month").values_list("month", flat=True))
    assert months == [date(2026, 1, 1), date(2026, 2, 1), MARCH]
    assert list(team.briefings.order_by("month").values_list("issue", flat=True)) == [1, 2, 3]
    assert Run.objects.filter(kind=Run.Kind.COMPOSE, unit=team).count() == 3


def test_the_beat_waits_for_the_day_of_the_schedule(team):
    BriefingSchedule.objects.create(unit=team, day=5, starts_on=MARCH)

    briefings.compose_due(today=date(2026, 4, 4))
    assert not team.briefings.exists()

    briefings.compose_due(today=date(2026, 4, 5))
    assert team.briefings.get().month == MARCH


def test_a_unit_that_fails_does_not_stop_the_others(team, sibling_team):
    for unit in (team, sibling_team):
        BriefingSchedule.objects.create(unit=unit, starts_on=MARCH)
    compose = briefings.composing.compose

    def fails_once(*, unit, month):
        if unit == team:
            raise ZeroDivisionError
        return compose(unit=unit, month=month)

    with patch.object(briefings.composing, "compose", fails_once):
        briefings.compose_due(today=date(2026, 4, 2))

    assert sibling_team.briefings.count() == 1
    assert Run.objects.get(unit=team).error


# What stops approval


def test_nothing_stops_a_whole_briefing(briefing):
    assert briefings.what_stops(briefing) == []


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("title", "There is no title yet"),
        ("know", "There is nothing about what we know"),
        ("how", "There is nothing about how we know it"),
        ("doing", "There is nothing about what we are doing"),
    ],
)
def test_an_empty_answer_stops_it(briefing, field, told):
    setattr(briefing, field, " ")
    briefing.save()

    assert words_of(briefing) == [told]


def test_a_finding_without_evidence_stops_it(briefing):
    Evidence.objects.all().delete()

    assert words_of(briefing) == ["Finding 1 has no evidence"]


def test_a_finding_that_did_not_look_for_the_opposite_stops_it(briefing):
    finding = briefing.findings.get()
    finding.looked = ""
    finding.save()

    assert words_of(briefing) == ["Finding 1 hasn’t looked for the opposite"]

    EvidenceFactory(finding=finding, side=Evidence.Side.AGAINST, is_quoted=False)
    assert words_of(briefing) == []


def test_a_dropped_finding_stops_nothing(briefing):
    Evidence.objects.all().delete()
    briefing.findings.update(dropped_at=timezone.now())

    assert words_of(briefing) == []


def test_a_withdrawn_passage_stops_it(briefing):
    observation = Observation.objects.get(passages__evidence_in__finding__briefing=briefing)
    observation.withdrawn_at = timezone.now()
    observation.save(update_fields=["withdrawn_at"])

    told = ["Finding 1 rests on a passage that can no longer be quoted"]
    assert words_of(briefing) == told


def test_a_passage_with_an_open_identifier_stops_it(briefing):
    passage = Evidence.objects.get().passage
    Redaction.objects.create(
        observation=passage.observation,
        passage=passage,
        kind="given_name",
        words="form",
        suggestion="a thing",
        start=0,
        end=4,
    )

    told = ["Finding 1 rests on a passage that can no longer be quoted"]
    assert words_of(briefing) == told


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("owner", "Recommendation 1 has nobody who decides"),
        ("due_on", "Recommendation 1 has no date"),
    ],
)
def test_an_ask_without_owner_or_date_stops_it(briefing, field, told):
    recommendation = briefing.recommendations.get()
    setattr(recommendation, field, None)
    recommendation.save()

    assert words_of(briefing) == [told]


def test_a_text_over_its_limit_stops_it(briefing):
    briefing.know = "long " * 61
    briefing.save()

    assert words_of(briefing) == ["What we know is 4 characters too long"]


def test_a_name_in_the_words_stops_it(briefing, practitioner):
    briefing.sections.filter(key=Section.Key.FAMILIES).update(
        text=f"It was {practitioner.name} who asked first."
    )

    assert words_of(briefing) == ["Families' part may name someone: “Priya Nair”"]


def test_a_name_in_a_quotation_stops_it(briefing, practitioner):
    passage = Evidence.objects.get().passage
    passage.text = f"It was {practitioner.name} who asked first, and she wrote it all down."
    passage.save()

    assert words_of(briefing) == ["One quotation has not been released yet"]


def test_a_small_count_in_the_words_is_advice_only(briefing):
    briefing.know = "In 3 observations the form closed."
    briefing.save()

    assert words_of(briefing) == []
    ((words, url),) = briefings.worth_a_look(briefing)
    assert "3 observations" in words
    assert url.endswith("#id_know")


# Approval and issue


def test_what_is_left_is_refused_when_sent(briefing, psw):
    briefing.title = ""
    briefing.save()

    with pytest.raises(actions.NotReady) as refusal:
        actions.send_for_approval(briefing=briefing, by=psw)

    assert refusal.value.left[0][0] == "There is no title yet"


def test_the_author_alone_is_refused_where_there_is_a_second(briefing, psw, second_psw):
    actions.send_for_approval(briefing=briefing, by=psw)

    with pytest.raises(actions.NeedsAnother):
        actions.approve(briefing=briefing, by=psw)

    approved = actions.approve(briefing=briefing, by=second_psw)
    assert approved.approved_by == second_psw


def test_the_author_alone_may_where_there_is_no_second_and_the_content_says_so(briefing, psw):
    issue(briefing)

    assert briefing.content["approved"]["words"].startswith("Written and approved by one person")


def test_approval_looks_again_at_what_stops_it(briefing, psw):
    actions.send_for_approval(briefing=briefing, by=psw)
    Observation.objects.update(withdrawn_at=timezone.now())

    with pytest.raises(actions.NotReady):
        actions.approve(briefing=briefing, by=psw)


def test_taken_back_it_is_a_draft_again(briefing, psw):
    actions.send_for_approval(briefing=briefing, by=psw)
    actions.approve(briefing=briefing, by=psw)

    taken = actions.take_back(briefing=briefing, by=psw)

    assert taken.state == "Draft"
    assert taken.approved_by is None


def test_only_an_approved_briefing_is_issued_and_only_once(briefing, psw):
    with pytest.raises(NotNow):
        actions.issue(briefing=briefing, by=psw)

    issue(briefing)
    with pytest.raises(NotNow):
        actions.issue(briefing=briefing, by=psw)


def test_each_step_is_in_the_audit_log(briefing):
    issue(briefing)

    told = set(Entry.objects.values_list("action", flat=True))
    assert {Entry.Action.SUBMITTED, Entry.Action.APPROVED, Entry.Action.ISSUED} <= told


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports_briefing SET title = 'Other' WHERE id = {pk}",
        "UPDATE reports_briefing SET content = '{{}}' WHERE id = {pk}",
        "DELETE FROM reports_briefing WHERE id = {pk}",
        "UPDATE reports_finding SET claim = 'Other' WHERE briefing_id = {pk}",
        "DELETE FROM reports_recommendation WHERE briefing_id = {pk}",
        "UPDATE reports_section SET text = 'Other' WHERE briefing_id = {pk}",
    ],
)
def test_the_database_refuses_any_change_of_what_was_issued(briefing, change):
    issue(briefing)

    with (
        pytest.raises((InternalError, IntegrityError), match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(pk=briefing.pk))


def test_the_content_stays_the_same_byte_for_byte(briefing):
    issue(briefing)
    before = briefings.canonical(briefing.content)
    Observation.objects.update(withdrawn_at=timezone.now())

    again = Briefing.objects.get(pk=briefing.pk)

    assert briefings.canonical(again.content) == before
    assert briefings.fingerprint(again.content) == again.sha256


def test_letters_composed_or_not_have_one_fingerprint():
    composed = {"unit": "K\u014dtuku"}
    apart = {"unit": "Ko\u0304tuku"}

    assert briefings.canonical(composed) == b'{"unit":"K\xc5\x8dtuku"}'
    assert briefings.fingerprint(composed) == briefings.fingerprint(apart)


# Issued again


def test_a_reissue_copies_everything_and_shows_the_difference(briefing, psw):
    issue(briefing)

    later = actions.reissue(briefing=briefing, by=psw)
    later.know = "It was fewer than we said."
    later.save(update_fields=["know"])
    issue(later)

    assert (later.issue, later.version) == (briefing.issue, 2)
    assert later.findings.get().evidence.count() == 1
    assert later.recommendations.get().question == briefing.recommendations.get().question
    assert later.content["supersedes"]["sha256"] == briefing.sha256
    assert later.content["supersedes"]["changes"] == [
        {
            "where": "What we know",
            "before": "The family was heard in most places.",
            "after": "It was fewer than we said.",
        }
    ]
    assert list(Briefing.objects.standing()) == [later]


def test_only_the_last_version_is_issued_again(briefing, psw):
    issue(briefing)
    actions.reissue(briefing=briefing, by=psw)

    with pytest.raises(NotNow):
        actions.reissue(briefing=briefing, by=psw)


# Content


def test_the_sample_that_renderers_are_tried_on_is_content():
    briefings.check_content(sample())


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda content: content.pop("title"), "content is not an object"),
        (lambda content: content.update(issue="18"), "content.issue"),
        (lambda content: content["sections"].pop(), "content.sections"),
        (lambda content: content["strip"].append({"figure": 3, "words": ""}), "strip"),
        (lambda content: content["sections"][4]["rows"][0].update(state="Late"), "since.rows"),
    ],
)
def test_the_check_names_the_place_that_is_wrong(spoil, where):
    content = sample()
    spoil(content)

    with pytest.raises(NotContent, match=where):
        briefings.check_content(content)


def test_every_place_that_is_wrong_is_named_at_once():
    content = sample() | {"issue": True, "surplus": 1}

    with pytest.raises(NotContent) as stopped:
        briefings.check_content(content)

    assert "content.issue is not right" in str(stopped.value)
    assert "content is not an object without surplus" in str(stopped.value)


def test_the_json_schema_has_the_keys_of_content_in_their_order(psw_client):
    told = psw_client.get(reverse("reports:content_schema")).json()

    # Issues from before the year was drawn have none.
    assert told["required"] == [key for key in sample() if key != "year"]
    assert set(told["$defs"]["Row"]["required"]) == set(sample()["sections"][4]["rows"][0])


def test_an_issued_content_is_what_the_schema_says(briefing):
    issue(briefing)

    briefings.check_content(briefing.content)
    json.loads(briefings.canonical(briefing.content))


def test_findings_are_numbered_in_page_order(briefing):
    FindingFactory(briefing=briefing, section=Section.Key.FRAMEWORK, position=9)

    content = briefings.build_content(briefing)

    framework, _, conditions = content["sections"][:3]
    assert [each["number"] for each in framework["findings"]] == [1]
    assert [each["number"] for each in conditions["findings"]] == [2]


def test_good_work_says_in_brackets_how_it_is_known(briefing):
    briefing.sections.filter(key="good_work").update(
        text="He rang the landlord. (Seen: duty)\n\nThey drew the plan."
    )

    items = briefings.build_content(briefing)["sections"][3]["items"]

    assert items == [
        {"text": "He rang the landlord.", "how": "Seen: duty"},
        {"text": "They drew the plan.", "how": ""},
    ]


# Since last time


def test_what_became_of_earlier_asks_is_told_as_it_stood_on_the_day(team, psw):
    earlier = BriefingFactory(unit=team, month=date(2026, 1, 1), written_by=psw)
    recommendation = RecommendationFactory(briefing=earlier, due_on=date(2026, 3, 1))
    issue(earlier, at=timezone.make_aware(datetime(2026, 2, 5, 9)))
    later = BriefingFactory(unit=team, month=date(2026, 2, 1))

    overdue = since(later, date(2026, 3, 11))
    actions.decide_recommendation(
        recommendation=recommendation,
        by=recommendation.owner,
        answer="yes",
        reason="It is cheap. Now.",
        act_by=date(2026, 4, 1),
        at=timezone.make_aware(datetime(2026, 3, 12, 9)),
    )

    assert (overdue["rows"][0]["state"], overdue["rows"][0]["days"]) == ("Overdue", "10 days")
    assert since(later, date(2026, 3, 11)) == overdue
    assert since(later, date(2026, 3, 13))["rows"][0]["state"] == "Under way"
    assert since(later, date(2026, 4, 3))["rows"][0]["days"] == "2 days"


def since(briefing, on):
    sections = briefings.build_content(briefing, issued_on=on)["sections"]
    return next(each for each in sections if each["key"] == "since")


# Counts


@pytest.mark.parametrize(
    ("count", "whole", "words"),
    [
        (31, 44, "31 of 44"),
        (3, 44, "3 of 44"),
        (44, 44, "all 44"),
        (0, 44, "none of 44"),
    ],
)
def test_a_part_is_told_as_it_is(count, whole, words):
    assert part_of(count, whole) == words


def test_a_share_has_its_interval_unless_it_is_of_a_few():
    assert with_interval(31, 44) == "31 of 44 (70%; 95% interval 56% to 82%)"
    assert with_interval(3, 4, "notes") == "3 of 4 notes"
    assert shown(0) == "none"


def test_a_finding_says_how_sure(briefing):
    finding = briefing.findings.get()
    finding.sure, finding.sure_because = Finding.Sure.FAIRLY, "Seen often."
    finding.save()

    told = briefings.build_content(briefing)["sections"][2]["findings"][0]
    assert told["sure"] == "Fairly sure. Seen often."


# What no font of the paper has


def test_a_character_that_can_not_be_printed_stops_it(briefing):
    briefing.know = "They drew 𓀀 and wrote 😀, Talaʻofa."
    briefing.save()

    told = "What we know has a character that can’t be printed: “𓀀”, egyptian hieroglyph a001"
    assert told in words_of(briefing)


def test_so_does_one_in_the_name_of_a_team(briefing):
    briefing.unit.name = "River 𓀀"
    briefing.unit.save()

    with pytest.raises(actions.NotReady, match="The paper has a character"):
        actions.send_for_approval(briefing=briefing, by=briefing.written_by)
