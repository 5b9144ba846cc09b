"""The demonstration as a whole, seeded once for this module up to a fixed day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import models, transaction
from django.db.models import Count, F, Q

from frameworks.lists.offered import lists_by_unit
from frameworks.models import FrameworkVersion
from frameworks.versions import checking, trials
from observations.mentions import actions
from observations.models import (
    Conversation,
    Friction,
    MeetingFacts,
    Mention,
    Observation,
    Passage,
    Rating,
    Redaction,
    Reply,
    TalkShare,
    Voice,
)
from observations.notes import actions as notes_actions
from observations.notes import coding
from observations.notes.forms.life import ConversationForm
from practicelens.demo import seeding, story
from practicelens.demo.recording import date_parts, record
from practicelens.people.models import Role, Unit, User
from reports.cells import rollup
from reports.models import BriefingSchedule, CriterionCell, ThemeCell

UNTIL = date(2025, 3, 20)
FIRST_DAY = date(2023, 10, 1)
TOLD_WITH = [Friction, Passage, Rating, Mention, Voice, MeetingFacts, Conversation, Reply]


@pytest.fixture(scope="module")
def seeded_before(django_db_setup, django_db_blocker):
    """What an earlier seed, since taken back, said; then everything is seeded again."""
    with django_db_blocker.unblock(), transaction.atomic():
        with transaction.atomic():
            seeding.seed_notes(UNTIL)
            said = everything_said()
            transaction.set_rollback(True)
        seeding.seed_notes(UNTIL)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def seeded(seeded_before, db):
    """The tables as the seed left them; what a test changes is taken back."""


def everything_said():
    """Every text and date, and the moments of each observation, without the rows' numbers."""
    moments = ["created_at", "submitted_at", "coded_at", "shared_at", "withdrawn_at"]
    return {
        "observations": set(
            Observation.objects.values_list("key", "observed_on", "reflection_effect", *moments)
        ),
        "passages": set(Passage.objects.values_list("key", "position", "kind", "text")),
        "voices": set(Voice.objects.values_list("key", "who", "words")),
        "mentions": Counter(
            Mention.objects.values_list(
                "passage__key", "theme__code", "stance", "status", "decided_at"
            )
        ),
        "ratings": Counter(
            Rating.objects.values_list("observation__key", "criterion__code", "level__code")
        ),
        "answers": set(Reply.objects.values_list("observation__key", "words", "replied_at")),
    }


def test_two_seeds_into_empty_tables_say_the_same(seeded, seeded_before):
    assert everything_said() == seeded_before


def test_the_service_has_its_teams_and_people(seeded):
    assert Unit.objects.teams().count() == 11
    assert Unit.objects.get(code="kotuku").jurisdiction == "aotearoa"
    assert Counter(Role.objects.values_list("kind", flat=True)) == {
        "psw": 6,
        "approver": 1,
        "practitioner": 64,
        "leader": 2,
        "framework_admin": 1,
        "governance": 1,
        "system_admin": 1,
    }
    assert User.objects.get(email="priya@harrowmere.example").check_password(
        "look closely together"
    )


def test_each_team_has_five_to_eight_practitioners(seeded):
    roles = Role.objects.filter(kind="practitioner", unit__kind=Unit.Kind.TEAM)
    teams = Counter(roles.values_list("unit__code", flat=True))

    assert len(teams) == 11
    assert {5, 6, 7} <= set(teams.values()) <= {5, 6, 7, 8}


def test_every_month_has_5_to_15_submitted_observations(seeded):
    months = dict(
        Observation.objects.counted().values_list("month").annotate(Count("pk")).order_by("month")
    )

    assert len(months) == 18
    assert min(months) == FIRST_DAY
    assert sum(months.values()) >= 180
    assert all(5 <= number <= 15 for number in months.values()), months


def test_nothing_happens_after_the_last_day(seeded):
    last = story.last_moment(UNTIL)
    for field in ["created_at", "submitted_at", "shared_at", "withdrawn_at", "reply__replied_at"]:
        assert not Observation.objects.filter(**{f"{field}__gt": last}).exists(), field
    assert not Observation.objects.filter(observed_on__gt=UNTIL).exists()
    assert not Mention.objects.filter(decided_at__gt=last).exists()


def test_moments_follow_each_other(seeded):
    out_of_order = Observation.objects.filter(
        Q(submitted_at__lt=F("created_at"))
        | Q(shared_at__lt=F("submitted_at"))
        | Q(reply__replied_at__lt=F("shared_at"))
        | Q(created_at__date__lt=F("observed_on"))
    )

    assert not out_of_order.exists()


def test_answers_come_within_the_days_to_answer(seeded):
    answers = Reply.objects.select_related("observation")

    assert answers.exists()
    assert all(answer.replied_at.date() <= answer.observation.reply_by for answer in answers)


def test_some_practitioners_have_yet_to_answer(seeded):
    replies = Counter(
        observation.reply_words
        for observation in Observation.objects.counted().select_related("reply")
        if observation.shared_at and observation.shared_at.date() > UNTIL - timedelta(days=10)
    )

    assert replies
    assert sum(replies.values()) > replies["Agreed"] + replies["Disagreed"]


def test_the_practitioner_who_signs_in_has_one_to_answer(seeded):
    priya = User.objects.get(email="priya@harrowmere.example")

    waiting = Observation.objects.shared_with(priya).filter(reply=None)

    assert [each for each in waiting if each.reply_by >= UNTIL]


def test_no_passage_is_told_twice(seeded):
    texts = Counter(Passage.objects.values_list("text", flat=True))

    assert texts.most_common(1)[0][1] == 1


def test_each_observation_stands_against_the_version_of_its_day(seeded):
    second_from = story.first_of(10, UNTIL)
    notes = Observation.objects.filter(is_trial=False)
    numbers = notes.values_list("observed_on", "framework_version__number")

    assert all((number == 2) == (day >= second_from) for day, number in numbers)
    assert set(notes.values_list("framework_version__number", flat=True)) == {1, 2}


@pytest.mark.parametrize(
    "model",
    [Observation, Friction, Passage, Rating, Mention, Voice, TalkShare, MeetingFacts, Reply],
)
def test_every_code_is_one_of_its_list(seeded, model):
    for field in model._meta.concrete_fields:
        if field.choices:
            codes = {code for code, _ in field.choices}
            used = set(model.objects.values_list(field.name, flat=True)) - {""}
            assert used <= codes, field.name


def test_every_note_could_have_been_submitted(seeded):
    for observation in Observation.objects.exclude(submitted_at=None):
        assert notes_actions.what_is_left(observation) == []


def test_everybody_present_is_a_role(seeded):
    observations = Observation.objects.select_related("unit")
    lists = lists_by_unit({row.unit for row in observations})

    for row in observations:
        offered = dict(lists[row.unit].choices("role"))
        assert set(row.present) <= set(offered)
        assert set(row.present) <= set(row.labels["role"])
        assert lists[row.unit].find("kind_of_work", row.kind_of_work).about == row.is_about


def test_every_criterion_of_a_submitted_note_is_rated(seeded):
    for observation in Observation.objects.exclude(submitted_at=None).annotate(Count("ratings")):
        assert observation.ratings__count == (
            19 if observation.framework_version.number == 1 else 20
        )


def test_every_decision_on_a_mention_is_a_persons(seeded):
    confirmed = Mention.objects.confirmed()

    assert confirmed.count() > 700
    assert not confirmed.exclude(decided_by__roles__kind="psw").exists()
    assert not Mention.objects.suggested().filter(engine="").exists()


def test_only_the_newest_suggestions_wait_for_review(seeded):
    waiting = Mention.objects.suggested()

    assert 12 <= waiting.count() <= 24
    assert not waiting.filter(month__lt=story.first_of(17, UNTIL)).exists()


def test_only_planted_identifiers_are_open(seeded):
    planted = {note["key"] for note in story.read_notes() if note.get("planted")}
    found_in = set(Redaction.objects.values_list("observation__key", flat=True))

    assert len(planted) == 2
    assert found_in == planted
    assert not Redaction.objects.exclude(settled_at=None).exists()


def test_marian_has_two_drafts_and_one_observation_was_withdrawn(seeded):
    drafts = Observation.objects.filter(submitted_at=None, is_trial=False)

    assert [draft.observer.name for draft in drafts] == ["Marian Osei"] * 2
    assert set(drafts.values_list("observed_on", flat=True)) == {date(2025, 3, 16), UNTIL}
    assert Observation.objects.get(withdrawn_at__isnull=False).withdrawn_because


def test_the_next_version_is_tried_by_two_and_has_faults_to_put_right(seeded):
    draft = FrameworkVersion.objects.drafts().get()

    assert draft.framework.is_open
    assert [person.name for person in draft.trial.observers.order_by("name")] == [
        "Marian Osei",
        "Tom Whitfield",
    ]
    assert trials.visits(draft) == 2
    assert [left.words for left in checking.what_stops(draft)] == [
        "1.5 has 2 levels with no description",
        "3 criteria need their lineage",
    ]
    assert any(left.words.startswith("5.2 may ask") for left in checking.worth_a_look(draft))
    assert not Observation.objects.counted().filter(framework_version=draft).exists()


def test_cells_are_counted_and_nothing_is_left_to_count(seeded):
    assert ThemeCell.objects.exists()
    assert CriterionCell.objects.exists()
    assert rollup.differences() == []


def test_briefings_are_scheduled_for_the_whole_service_and_for_one_part(seeded):
    assert set(BriefingSchedule.objects.values_list("unit__code", "starts_on")) == {
        ("harrowmere", date(2023, 12, 1)),
        ("help-and-protection", date(2024, 9, 1)),
    }


def test_the_first_day_of_a_month_is_a_day_like_any_other():
    last = date(2025, 3, 1)
    happened = story.occasions(last)

    assert max(occasion.observed_on for occasion in happened) == last
    assert sum(occasion.observed_on == last for occasion in happened) == 5


# One note with everything, told by the seed and by the forms and actions of the pages


def note_with_everything():
    wanted = {"meeting", "frictions", "voices", "conversation", "answer", "practitioner"}
    told = [note for note in story.read_notes() if wanted <= note.keys() and note["month"] > 10]
    return next(
        note for note in told if any("missed" in rating for rating in note["ratings"].values())
    )


def fields_of(row):
    """What a row says, apart from its number, its moments and the number of what it hangs on."""
    hangs_on = {"id", "observation", "passage", "meeting", "search"}
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in hangs_on and not isinstance(field, models.DateTimeField)
    }


def told_by(observation):
    """Everything an observation says, in an order that does not hang on row numbers."""
    said = [("observation", fields_of(observation))]
    for model in TOLD_WITH:
        for row in model.objects.filter(observation=observation):
            said.append((model.__name__, fields_of(row) | places_of(row)))
    for share in TalkShare.objects.filter(meeting__observation=observation):
        said.append(("TalkShare", fields_of(share)))
    return sorted(said, key=str)


def places_of(row):
    if isinstance(row, Mention):
        return {"at": row.passage.position}
    if isinstance(row, Rating):
        return {"shown_by": sorted(row.passages.values_list("position", flat=True))}
    return {}


def told_by_actions(note, observed_on, look_again_on):
    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    observer, practitioner = people[note["observer"]], people[note["practitioner"]]
    draft = record(note, units, people, observed_on)
    observation = notes_actions.submit(observation=draft, by=observer)
    coding.code(observation=observation)
    decide_all(note, observation, observer)
    observation.refresh_from_db()
    notes_actions.reply(observation=observation, by=practitioner, **note["answer"])
    day = look_again_on
    form = ConversationForm(
        note["conversation"] | date_parts("look_again_on", day),
        instance=Conversation(observation=observation),
    )
    form.save()
    return Observation.objects.get(pk=observation.pk)


def decide_all(note, observation, by):
    themes = {
        mention.theme.code: mention.theme for mention in Mention.objects.select_related("theme")
    }
    for passage, told in zip(
        observation.passages.order_by("position"), note["passages"], strict=True
    ):
        wanted = dict(told.get("themes", {}))
        for mention in passage.mentions.all():
            stance = wanted.pop(mention.theme.code, None)
            status = Mention.Status.CONFIRMED if stance else Mention.Status.REJECTED
            actions.decide_mention(mention=mention, by=by, status=status, stance=stance)
        for code, stance in wanted.items():
            actions.add_mention(passage=passage, theme=themes[code], stance=stance, by=by)


def test_the_seed_says_of_a_note_what_forms_and_actions_say(seeded):
    note = note_with_everything()
    told = Observation.objects.get(key=note["key"])
    said = told_by(told)
    day, again = told.observed_on, told.conversation.look_again_on
    told.delete()

    assert told_by(told_by_actions(note, day, again)) == said
