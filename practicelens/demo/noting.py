"""Observations as rows: what forms, actions and the coding engine would have made of them."""

from collections import defaultdict
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from frameworks.lists.offered import lists_by_unit
from frameworks.models import Cause, Criterion, FrameworkVersion, Level, Prompt, Theme
from frameworks.models.lists import ListOf
from observations import meeting_facts
from observations.engine import suggestions_for
from observations.models import (
    Conversation,
    Friction,
    MeetingFacts,
    Mention,
    Observation,
    Pair,
    Passage,
    Rating,
    Redaction,
    Reply,
    ReplyPart,
    TalkShare,
    Voice,
)
from observations.models.choices import NotShared
from observations.redaction import finding
from practicelens.demo.story import key_beside, part_key

WAITING_FOR_REVIEW = 12  # suggestions on which nobody has decided yet, the newest
WHERE = ["kind_of_work", "setting", "part_of_day", "proximity", "mode", "minutes"]
WHERE += ["present", "family_asked"]


def add_observations(occasions, units, people):
    """Submitted observations with all that hangs on them; the newest are still to be reviewed."""
    noted = add_notes(occasions, units, people)
    add_conversations(noted)
    add_replies(noted)
    add_mentions(noted)
    add_pairs(noted)


def add_drafts(occasions, units, people):
    """Observations that are still being written; of some passages it is decided what they speak to."""
    add_fresh_mentions(add_notes(occasions, units, people))


def add_notes(occasions, units, people):
    """What an observer writes: the observations and their parts, as (occasion, observation)."""
    lists = lists_by_unit(units.values())
    Observation.objects.bulk_create(
        observation_of(occasion, units, people, lists) for occasion in occasions
    )
    made = Observation.objects.select_related(
        "unit", "observer", "practitioner", "framework_version"
    ).in_bulk([occasion.key for occasion in occasions], field_name="key")
    noted = [(occasion, made[occasion.key]) for occasion in occasions]
    Friction.objects.bulk_create(rows_of(noted, frictions_of))
    Voice.objects.bulk_create(rows_of(noted, voices_of))
    add_meetings(noted)
    passages = Passage.objects.bulk_create(rows_of(noted, passages_of))
    add_ratings(noted, passages)
    find_identifiers(noted)
    return noted


def rows_of(noted, parts_of):
    return [row for occasion, observation in noted for row in parts_of(occasion, observation)]


def observation_of(occasion, units, people, lists):
    note = occasion.note
    unit = units[note["team"]]
    reflection = note.get("reflection", {})
    return Observation(
        key=occasion.key,
        unit=unit,
        observer=people[note["observer"]],
        practitioner=people.get(note.get("practitioner")),
        framework_version=FrameworkVersion.objects.live_for(unit, occasion.observed_on),
        observed_on=occasion.observed_on,
        **{field: note[field] for field in WHERE if field in note},
        **described(note, lists[unit]),
        reflection_effect=reflection.get("effect", ""),
        reflection_asks=reflection.get("asks", ""),
        created_at=occasion.created_at,
        changed_at=occasion.submitted_at or occasion.created_at,
        submitted_at=occasion.submitted_at,
        coded_at=occasion.coded_at,
        shared_at=occasion.shared_at,
        **not_shared(occasion),
        withdrawn_at=occasion.withdrawn_at,
        withdrawn_because=note.get("withdrawn", ""),
    )


def not_shared(occasion):
    """Why an observation of someone's practice is not shared, or was not with its submission."""
    note = occasion.note
    if "practitioner" not in note or occasion.submitted_at is None:
        return {}
    told = note.get("not_shared", {})
    otherwise = "" if occasion.shared_at else NotShared.NOT_RECORDED
    return {
        "not_shared_because": told.get("because", otherwise),
        "not_shared_words": told.get("words", ""),
    }


def described(note, lists):
    """The labels of all that an observation names, and what its kind of work is about."""
    meeting = note.get("meeting", {})
    asked = [meeting.get(fact.name, "") for fact in meeting_facts.FACTS if fact.is_role]
    who = [told.get("who", "") for told in note.get("voices", [])]
    roles = {*note.get("present", []), *asked, *who, *meeting.get("shares", {})} - {""}
    named = {
        ListOf.KIND_OF_WORK.value: {note["kind_of_work"]},
        ListOf.SETTING.value: {note.get("setting", "")} - {""},
        ListOf.ROLE.value: roles,
    }
    return {
        "is_about": lists.about(ListOf.KIND_OF_WORK, note["kind_of_work"]),
        "labels": {
            of: {code: lists.label(of, code) for code in sorted(codes)}
            for of, codes in named.items()
        },
    }


def passages_of(occasion, observation):
    return [
        Passage(
            **observation.place,
            key=part_key(occasion.key, "passages", position - 1),
            position=position,
            kind=told["kind"],
            text=told["text"],
            risk=told.get("risk", []),
            prompt=question_of(observation, *told.get("question", [])),
        )
        for position, told in enumerate(occasion.note["passages"], start=1)
    ]


def question_of(observation, lens=None, at=1):
    """The question of a lens, by its place, that a passage began from; mostly none."""
    if lens is None:
        return None
    asked = Prompt.objects.filter(lens__framework_versions=observation.framework_version_id)
    return asked.filter(lens__code=lens).order_by("position")[at - 1]


def frictions_of(occasion, observation):
    return [
        Friction(**observation.place, key=part_key(occasion.key, "friction", place), **told)
        for place, told in enumerate(occasion.note.get("frictions", []))
    ]


def voices_of(occasion, observation):
    return [
        Voice(observation=observation, key=part_key(occasion.key, "voices", place), **told)
        for place, told in enumerate(occasion.note.get("voices", []))
    ]


def add_meetings(noted):
    told = [
        (occasion.note["meeting"], row) for occasion, row in noted if "meeting" in occasion.note
    ]
    meetings = MeetingFacts.objects.bulk_create(
        MeetingFacts(observation=row, **facts_of(meeting)) for meeting, row in told
    )
    TalkShare.objects.bulk_create(
        TalkShare(meeting=facts, role=role, minutes=minutes)
        for (meeting, _), facts in zip(told, meetings, strict=True)
        for role, minutes in meeting.get("shares", {}).items()
    )


def facts_of(meeting):
    counted, shares = meeting.get("counted", {}), meeting.get("shares", {})
    return {
        **{fact: meeting.get(fact, "") for fact in meeting_facts.NAMES},
        **{moment: meeting.get(moment) for moment in meeting_facts.MOMENT_NAMES},
        "counted": as_counted(counted),
        "is_changed": bool(counted) and counted != shares,
    }


def as_counted(minutes):
    """What a live tally filled in, as the form is sent."""
    return urlencode({f"minutes_{role}": number for role, number in minutes.items()})


def add_ratings(noted, passages):
    """Each criterion as it was rated, with the passages that show a level."""
    at = {(row.observation_id, row.position): row for row in passages}
    words = Words()
    rated = [each for occasion, row in noted for each in ratings_of(occasion, row, words)]
    Rating.objects.bulk_create(rating for _, rating in rated)
    tie = Rating.passages.through
    tie.objects.bulk_create(
        tie(rating=rating, passage=at[rating.observation_id, told["passage"]])
        for told, rating in rated
        if "passage" in told
    )


class Words:
    """Criteria by version, levels by scale and causes, each by code."""

    def __init__(self):
        self.criteria, self.levels = defaultdict(dict), defaultdict(dict)
        for criterion in Criterion.objects.order_by("position"):
            self.criteria[criterion.version_id][criterion.code] = criterion
        for level in Level.objects.all():
            self.levels[level.scale_id][level.code] = level
        self.causes = Cause.objects.by_code()


def ratings_of(occasion, observation, words):
    """(what the observation says of a criterion, its rating); what is not said is not seen."""
    version = observation.framework_version
    told = occasion.note.get("ratings", {})
    seen = words.criteria[version.pk]
    levels = words.levels[version.scale_id]
    codes = seen if observation.submitted_at else told
    return [
        (told.get(code, {}), rating_of(observation, seen[code], told.get(code, {}), levels, words))
        for code in codes
    ]


def rating_of(observation, criterion, told, levels, words):
    outcome = next((name for name in ("level", "missed") if name in told), "not_seen")
    return Rating(
        **observation.place,
        criterion=criterion,
        outcome=outcome,
        level=levels[told["level"]] if outcome == "level" else None,
        cause=words.causes[told["missed"]] if outcome == "missed" else None,
        evidence=told.get("line", ""),
    )


def find_identifiers(noted):
    """What may name someone is found when the observation is written, and left for its observer."""
    for _, observation in noted:
        finding.refresh(observation)
    written = Observation.objects.filter(pk=OuterRef("observation")).values("created_at")
    Redaction.objects.update(found_at=Subquery(written))


def add_conversations(noted):
    Conversation.objects.bulk_create(
        conversation_of(occasion, observation)
        for occasion, observation in noted
        if "conversation" in occasion.note
    )


def conversation_of(occasion, observation):
    """They talk on the day of the observation, or the next working day when it is written."""
    told = occasion.note["conversation"]
    talked_on = timezone.localdate(observation.submitted_at)
    days = told.get("look_again_days")
    return Conversation(
        observation=observation,
        look_again_on=talked_on + timedelta(days=days) if days else None,
        # Whoever replied agreed that day to what was written down of the talk.
        agreed_at=occasion.replied_at if "answer" in occasion.note else None,
        **{what: told.get(what, "") for what in ("strengths", "questions", "next_step")},
    )


def add_replies(noted):
    replied = [
        (occasion, reply_of(occasion, observation))
        for occasion, observation in noted
        if occasion.replied_at
    ]
    Reply.objects.bulk_create(reply for _, reply in replied)
    ReplyPart.objects.bulk_create(
        part for occasion, reply in replied for part in parts_of_reply(occasion, reply)
    )
    for _, reply in replied:
        finding.refresh_reply(reply.observation)


def reply_of(occasion, observation):
    return Reply(
        observation=observation,
        by=observation.practitioner,
        replied_at=occasion.replied_at,
        read_at=occasion.answer_read_at,
        **occasion.note["answer"],
    )


def parts_of_reply(occasion, reply):
    """What was said beside passages with the reply, and what was added the day after."""
    passages = {row.position: row for row in reply.observation.passages.all()}
    moments = {"replied": timedelta(0), "added": timedelta(days=1)}
    return [
        ReplyPart(
            reply=reply,
            passage=passages.get(told.get("passage")),
            verdict=told.get("verdict", ""),
            words=told.get("words", ""),
            added_at=reply.replied_at + after,
        )
        for when, after in moments.items()
        for told in occasion.note.get(when, [])
    ]


def add_mentions(noted):
    """What the engine suggests: the newest waits for a decision, of all else one was made."""
    themes = {theme.code: theme for theme in Theme.objects.all()}
    mentions, waiting = [], 0
    for occasion, observation in reversed(noted):
        suggested = suggestions_for(observation, by_words_alone=True)
        for mention in suggested:
            mention.suggested_at = occasion.coded_at
        if waiting < WAITING_FOR_REVIEW:
            waiting += len(suggested)
        else:
            suggested += decide_mentions(suggested, occasion, observation, themes)
        mentions += suggested
    Mention.objects.bulk_create(mentions)


def add_fresh_mentions(noted):
    """What observers decided before they submit, of the passages of which the story tells themes."""
    themes = {theme.code: theme for theme in Theme.objects.all()}
    for occasion, observation in noted:
        told = [at for at, each in enumerate(occasion.note["passages"], 1) if "themes" in each]
        suggested = suggestions_for(observation, by_words_alone=True) if told else []
        decided = [mention for mention in suggested if mention.passage.position in told]
        decided += decide_mentions(decided, occasion, observation, themes)
        Mention.objects.bulk_create(decided)


def add_pairs(noted):
    """Observations of one occasion, paired by whoever wrote the later of the two."""
    by_key = {occasion.key: row for occasion, row in noted}
    for occasion, row in noted:
        if "beside" in occasion.note:
            first, second = sorted((row, by_key[key_beside(occasion.note)]), key=lambda it: it.pk)
            made_at = max(first.submitted_at, second.submitted_at)
            Pair.objects.create(first=first, second=second, made_by=row.observer, made_at=made_at)


def decide_mentions(suggested, occasion, observation, themes):
    """Confirm the suggestions that the story bears out, reject the others; return what it adds."""
    decision = {"decided_by": observation.observer, "decided_at": occasion.decided_at}
    left = {
        (position, code): stance
        for position, told in enumerate(occasion.note["passages"], start=1)
        for code, stance in told.get("themes", {}).items()
    }
    for mention in suggested:
        stance = left.pop((mention.passage.position, mention.theme.code), None)
        mention.status = Mention.Status.CONFIRMED if stance else Mention.Status.REJECTED
        mention.stance = stance or mention.stance
        mention.decided_by, mention.decided_at = decision.values()
    passages = {passage.position: passage for passage in observation.passages.all()}
    return [
        found_by_a_person(passages[position], themes[code], stance, decision)
        for (position, code), stance in left.items()
    ]


def found_by_a_person(passage, theme, stance, decision):
    return Mention(
        **passage.observation.place,
        **decision,
        passage=passage,
        theme=theme,
        stance=stance,
        status=Mention.Status.CONFIRMED,
        end=len(passage.text),
        suggested_at=decision["decided_at"],
    )
