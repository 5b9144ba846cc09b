"""What an observation names of its unit's lists, kept with it in the words that they had then."""

from frameworks.lists.offered import lists_for
from frameworks.models.lists import ListOf
from observations import meeting_facts
from observations.models import MeetingFacts, Observation, TalkShare

# The parts in which something of a list is chosen.
NAMED_IN = ("where", "meeting", "voices")


def keep_labels(observation):
    """Keep the label of what is newly named, and what its kind of work is about."""
    observation.refresh_from_db(fields=["kind_of_work", "setting", "present", "labels"])
    named, kept = named_by(observation), observation.labels
    new = [(of, code) for of, codes in named.items() for code in codes - set(kept.get(of, {}))]
    if new:
        observation.is_about, labels = told_by(lists_for(observation.unit), observation, named)
        observation.labels = {
            of: {code: kept.get(of, {}).get(code, label) for code, label in told.items()}
            for of, told in labels.items()
        }
        Observation.objects.filter(pk=observation.pk).update(
            is_about=observation.is_about, labels=observation.labels
        )


def told_by(lists, observation, named):
    """What its kind of work is about, and the labels, as a unit's lists have them."""
    labels = {of: {code: lists.label(of, code) for code in codes} for of, codes in named.items()}
    return lists.about(ListOf.KIND_OF_WORK, observation.kind_of_work), labels


def named_by(observation):
    """{list: codes} of all that the observation and its parts name."""
    return {
        ListOf.KIND_OF_WORK.value: {observation.kind_of_work},
        ListOf.SETTING.value: {observation.setting} - {""},
        ListOf.ROLE.value: {*observation.present, *roles_of_parts(observation)} - {""},
    }


def roles_of_parts(observation):
    asked = [fact.name for fact in meeting_facts.FACTS if fact.is_role]
    facts = MeetingFacts.objects.filter(observation=observation).values_list(*asked)
    spoke = TalkShare.objects.filter(meeting__observation=observation).values_list(
        "role", flat=True
    )
    who = observation.voices.values_list("who", flat=True)
    return [*(role for row in facts for role in row), *spoke, *who]
