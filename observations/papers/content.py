"""An observation as plain data: what one person reads on its page, and no suggestion."""

from django.utils import timezone

from observations.notes.reading import reading_context


def content_of(observation, user):
    """All that the person reads of it, as texts and numbers."""
    read = reading_context(observation, user)
    wordings = observation.framework_version.wordings
    return {
        **facts_of(read["observation"], wordings),
        "passages": [passage_told(each, wordings) for each in read["passages"]],
        "ratings": [rating_told(each, wordings) for each in read["ratings"]],
        "not_seen": [each.criterion.code for each in read["not_seen"]],
        "meeting": meeting_told(read) if observation.has_meeting else [],
        "friction": [friction_told(each) for each in read["frictions"]],
        "voices": [{"who": each.get_who_display(), "words": each.words} for each in read["voices"]],
        "observers_part": read["observation"].reflection_effect,
        "observers_reflection": read["observation"].reflection_asks,
        "reply": reply_told(read),
        "conversation": conversation_told(read),
    }


def facts_of(observation, wordings):
    version = observation.framework_version
    return {
        "key": str(observation.key),
        "title": str(observation),
        "day": observation.observed_on.isoformat(),
        "when_in_the_day": observation.get_part_of_day_display(),
        "minutes": observation.minutes,
        "team": str(observation.unit),
        "kind_of_work": observation.get_kind_of_work_display(),
        "setting": observation.get_setting_display(),
        "in_person_or_remote": observation.get_mode_display(),
        "how_observed": observation.get_proximity_display(),
        "observer": str(observation.observer),
        "practitioner": str(observation.practitioner or ""),
        "who_was_there": observation.present_words,
        "family_asked": observation.get_family_asked_display(),
        "framework": f"{plain(version.framework.name, wordings)}, version {version.number}",
        "submitted_at": moment(observation.submitted_at),
        "shared_at": moment(observation.shared_at),
        "first_opened_at": moment(observation.opened_at),
    }


def plain(text, wordings):
    """A text of the framework in the reader's words, or as it was first written."""
    return wordings.said(text).words if wordings and text else text


def moment(at):
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


def passage_told(passage, wordings):
    return {
        "number": passage.position,
        "heading": passage.heading
        or (plain(passage.prompt.text, wordings) if passage.prompt else ""),
        "text": passage.text,
        "known": passage.get_kind_display(),
        "risk": passage.risk_words,
        "replies": [part_told(part) for part in passage.replied],
    }


def part_told(part):
    return {"verdict": part.said, "words": part.words, "at": moment(part.added_at)}


def rating_told(rating, wordings):
    criterion = rating.criterion
    level = rating.level and plain(rating.level.name, wordings)
    return {
        "code": criterion.code,
        "name": plain(criterion.name, wordings),
        "rating": level or rating.get_outcome_display(),
        "cause": plain(rating.cause.name, wordings) if rating.cause else "",
        "evidence": rating.evidence,
        "passages": [passage.position for passage in rating.passages.all()],
    }


def meeting_told(read):
    if not read["meeting"]:
        return []
    facts = [{"what": told, "answer": str(answer)} for told, answer in read["meeting"].told]
    spoke = [
        {"what": f"{share.get_role_display()} spoke", "answer": f"{share.minutes} minutes"}
        for share in read["shares"]
    ]
    return facts + spoke


def friction_told(friction):
    return {
        "where": friction.what,
        "effect": friction.get_effect_display(),
        "minutes": friction.minutes,
        "step": friction.step,
        "for_the_family": friction.family,
        "way_round_it": friction.workaround,
    }


def reply_told(read):
    reply = read["reply"]
    if not reply:
        return None
    return {
        "verdict": reply.get_verdict_display(),
        "words": reply.words,
        "being_observed_felt": reply.get_fairness_display() if reply.fairness else "",
        "at": moment(reply.replied_at),
        "added": [part_told(part) for part in read["added_to_reply"]],
    }


def conversation_told(read):
    talk = read["conversation"]
    if not talk:
        return None
    look_again = talk.look_again_on
    return {
        "strengths": talk.strengths,
        "questions": talk.questions,
        "next_step": talk.next_step,
        "look_again_on": look_again.isoformat() if look_again else "",
        "agreed_at": moment(talk.agreed_at),
        "added": [
            {"by": str(each.by), "words": each.words, "at": moment(each.added_at)}
            for each in read["additions"]
        ],
    }
