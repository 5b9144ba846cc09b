"""Words that a rule made of figures, kept with them until a person takes them as theirs.

A sentence follows its figures while nobody changed it: gathered again, the field has what the rule
says now. What a person changed or wrote stays, and what the rule would say now stands beside it.
"""

import hashlib

from django.utils import timezone

from reports.briefings.bound import outdated
from reports.models import PartSave, Section, Sentence

ANSWERS = ("title", "confidence", "know", "how", "doing", "alert", "advise", "assure")
# Not a rule's sentences: the words of observations, and a heading that never differs.
NOT_SENTENCES = {"good_work.text", "limits.heading"}


def rows_in(briefing):
    """{place: (row, field)} of every text of a briefing that a rule can make."""
    found = {f"answers.{name}": (briefing, name) for name in ANSWERS}
    for section in briefing.sections.all():
        found |= {f"{section.key}.{name}": (section, name) for name in ("heading", "text")}
    for finding in briefing.findings.standing():
        found |= {
            f"finding-{finding.pk}.{name}": (finding, name)
            for name in ("claim", "text", "sure_because")
        }
    return found


def words_at(briefing):
    """{place: the words that are there now}"""
    return {place: getattr(row, name) for place, (row, name) in rows_in(briefing).items()}


def put(briefing, made):
    """The words of a new draft: in it, and in its sections, which are not saved yet."""
    for name in ANSWERS:
        if f"answers.{name}" in made:
            setattr(briefing, name, made[f"answers.{name}"].words)
    return [
        Section(
            briefing=briefing,
            key=key,
            **{name: made[f"{key}.{name}"].words for name in ("heading", "text")},
        )
        for key in Section.Key
    ]


def keep(briefing, made):
    """The sentences of {place: Said}."""
    Sentence.objects.bulk_create(
        Sentence(
            briefing=briefing,
            place=place,
            words=said.words,
            because=said.why,
            second=said.second,
            lead=said.lead,
            others=list(said.others),
        )
        for place, said in made.items()
        if place not in NOT_SENTENCES
    )


def say_again(briefing, made):
    """After figures were gathered: what nobody changed is said anew, the rest has it beside it."""
    places = rows_in(briefing)
    for sentence in briefing.sentences.filter(place__in=made):
        said = made[sentence.place]
        if sentence.place not in places:
            continue
        row, name = places[sentence.place]
        is_same = said.words.strip() == sentence.words.strip()
        if not said.words and sentence.part.startswith("finding-"):
            # To be changed or dropped by a person: an empty finding would say less.
            sentence.is_outdated, sentence.anew = True, ""
        elif getattr(row, name).strip() == sentence.words.strip():
            if not is_same:
                set_words(row, name, said.words, sentence)
            sentence.words, sentence.is_outdated, sentence.anew = said.words, False, ""
        else:
            sentence.is_outdated, sentence.anew = not is_same, "" if is_same else said.words
        sentence.because, sentence.second = said.why, said.second
        sentence.lead, sentence.others = said.lead, list(said.others)
        sentence.save()


def set_words(row, name, words, sentence):
    """The field says something else, which nobody has read yet, and an open page clashes with it."""
    setattr(row, name, words)
    row.save(update_fields=[name])
    sentence.taken_at = sentence.taken_by = None
    PartSave.last_of(sentence.briefing, sentence.part).count_on()


def standing(briefing, part=None):
    """[(Sentence, the words there now)] of what is still in a briefing, or in one part of it."""
    now = words_at(briefing)
    return [
        (sentence, now[sentence.place])
        for sentence in briefing.sentences.select_related("taken_by").order_by("pk")
        if sentence.place in now and part in (None, sentence.part)
    ]


def untaken(briefing, part=None):
    """The sentences that are a rule's own still."""
    return [sentence for sentence, now in standing(briefing, part) if sentence.is_machines(now)]


def to_take(briefing, part):
    """What a person can say is theirs there: a rule's own words, and what it would say now."""
    return [
        sentence
        for sentence, now in standing(briefing, part)
        if sentence.is_machines(now) or sentence.is_outdated
    ]


def stamp_of(sentences):
    """Which words were read: it differs once any of them does."""
    said = "\n".join(f"{each.place} {each.words} {each.anew}" for each in sentences)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def take(briefing, part, by, at=None):
    """A person has read a rule's words in a part, or in all, and says that they are theirs."""
    taken = [sentence.pk for sentence in untaken(briefing, part)]
    briefing.sentences.filter(pk__in=taken).update(taken_by=by, taken_at=at or timezone.now())


def settle(briefing, part, places=None):
    """A person looked at what a rule would say now, in a part or of some places of it.

    What still says an outdated figure stays flagged.
    """
    for sentence, now in standing(briefing, part):
        if places is not None and sentence.place not in places:
            continue
        if sentence.is_outdated and not outdated(sentence.words, sentence.anew, now):
            sentence.words, sentence.is_outdated, sentence.anew = sentence.anew, False, ""
            sentence.save(update_fields=["words", "is_outdated", "anew"])


def copy(briefing, later, findings):
    """The sentences of an issue in its next version; `findings` is {its finding: the copied one}."""
    parts = {f"finding-{before}": f"finding-{after}" for before, after in findings.items()}
    for sentence in briefing.sentences.order_by("pk"):
        part = parts.get(
            sentence.part, "" if sentence.part.startswith("finding-") else sentence.part
        )
        if part:
            sentence.pk, sentence.briefing = None, later
            sentence.place = f"{part}.{sentence.field}"
            sentence.save()
