"""What a re-check of an observation would change: its suggestions, and the names found in it."""

import hashlib
from dataclasses import dataclass, field

from observations import identifiers
from observations.coding.emerging import ENGINE as GROUPED
from observations.identifiers.kinds import UNREAD
from observations.models import Mention, Passage, RecodingChange, Redaction, Voice
from observations.redaction import finding

Kind = RecodingChange.Kind


@dataclass
class Compared:
    """What one observation, or a batch of them, would have changed. Nothing is written yet."""

    changes: list = field(default_factory=list)
    names: list = field(default_factory=list)  # (where it is, as it was read, Redaction)
    left_alone: int = 0

    def add(self, other):
        self.changes += other.changes
        self.names += other.names
        self.left_alone += other.left_alone


def compared(observation, suggester):
    """An observation re-checked; its passages, voices, mentions and redactions are fetched with it.

    What a person decided is left alone. An observation that is not coded yet waits for today's
    reading anyway: only names are looked for in it.
    """
    result, read_now = Compared(), {}
    for passage in observation.passages.all():
        found = finding.found_in(passage.text, suggester.people, suggester.places)
        result.names += new_names(passage, passage.text, found, observation)
        for mention in mentions(passage, found, observation, suggester):
            read_now[passage.pk, mention.theme_id] = mention
    for voice in observation.voices.all():
        found = finding.found_in(voice.words, suggester.people, suggester.places)
        result.names += new_names(voice, voice.words, found, observation)
    kept = {(each.passage_id, each.theme_id): each for each in observation.mentions.all()}
    result.left_alone = sum(not is_ours(mention) for mention in kept.values())
    if observation.coded_at:
        result.changes = list(differences(kept, read_now))
    return result


def mentions(passage, found, observation, suggester):
    """What is suggested for a passage; nothing if it could not be looked through for names."""
    if any(each.kind == UNREAD and each.start == 0 for each in found):
        return []
    return suggester.mentions_in(identifiers.mask(passage.text, found), observation, passage)


def is_ours(mention):
    """A suggestion that no person made or decided; grouping passages, a person named the group."""
    by_reading = mention.engine and mention.engine != GROUPED
    return mention.status == Mention.Status.SUGGESTED and bool(by_reading)


def differences(kept, read_now):
    for place, mention in read_now.items():
        if (before := kept.get(place)) is None:
            yield change_of(Kind.ADD, mention)
        elif is_ours(before) and (kind := kind_of_change(before, mention)):
            yield change_of(kind, mention)
    for place, mention in kept.items():
        if is_ours(mention) and place not in read_now:
            yield change_of(Kind.DROP, mention)


def kind_of_change(before, now):
    if (before.stance, before.start, before.end) != (now.stance, now.start, now.end):
        return Kind.CHANGE
    return None if list(before.words) == now.words else Kind.REWORDED


COPIED = ("stance", "start", "end", "words", "score", "engine")


def change_of(kind, mention):
    return RecodingChange(
        kind=kind,
        observation_id=mention.observation_id,
        passage=mention.passage,
        text_sha256=sha256_of(mention.passage.text),
        theme_id=mention.theme_id,
        model_id=mention.model_id,
        **{name: getattr(mention, name) for name in COPIED},
    )


def sha256_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def new_names(place, text, found, observation):
    """Findings whose words are neither open nor kept by a person, each once."""
    where = {"passage" if isinstance(place, Passage) else "voice": place}
    known = {
        each.words
        for each in observation.redactions.all()
        if is_at(each, place) and (not each.settled or each.settled == Redaction.Settled.KEPT)
    }
    for each in finding.first_of_each(found):
        if (words := each.words[:200]) not in known:
            row = Redaction(observation=observation, kind=each.kind, words=words, **where)
            row.suggestion, row.start, row.end = each.suggestion, each.start, each.end
            yield place, text, row


def is_at(redaction, place):
    pk = redaction.voice_id if isinstance(place, Voice) else redaction.passage_id
    return pk == place.pk
