"""Every change of state of an observation and of what hangs on it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from frameworks.lists.offered import lists_for
from frameworks.models import FrameworkVersion, Trial
from frameworks.models.lists import ListOf
from observations import life, mails, sharing
from observations.form_parts import unread_in
from observations.life import Do
from observations.mentions.following import decisions_followed, leave_out_themes_gone, rewrite
from observations.models import (
    Conversation,
    Observation,
    OtherCopy,
    Passage,
    Rating,
    Reply,
    SectionSave,
)
from observations.models.choices import FamilyAsked, NotShared
from observations.notes.completeness import is_of_criteria, what_is_left
from observations.notes.labels import NAMED_IN, keep_labels
from observations.recounting import recount_observation
from observations.redaction import finding
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.numbers import lowered
from practicelens.people import two_windows
from practicelens.people.two_windows import UNREAD
from practicelens.refusals import AlreadySo, NotNow


class NoFramework(Exception):
    """No published framework covers the unit today."""


class Incomplete(Exception):
    """Something needed is still missing; `left` says what and where."""

    def __init__(self, left):
        super().__init__("; ".join(item.words for item in left))
        self.left = left


@dataclass
class Kept:
    """The section was saved elsewhere in between: `copy` holds what was sent now, until a pick."""

    copy: OtherCopy
    saved_at: datetime


class TrialOver(Exception):
    """The person can't start a trial observation of this version in this unit, or not any more."""


@transaction.atomic
def start(
    *,
    by,
    key,
    unit,
    kind_of_work,
    text="",
    passage_key=None,
    observed_on=None,
    trial=None,
    base=UNREAD,
):
    """A draft, made once for a key: sent twice it is still one draft.

    It is made against the version in use, or with `trial` against the draft that is tried out. Its
    page sends it again as it is typed on: while nothing was saved elsewhere, what its window sends
    later takes the place of what it sent before.
    """
    version = tried_version(trial, by, unit) if trial else FrameworkVersion.objects.live_for(unit)
    if version is None:
        raise NoFramework
    facts = {
        "unit": unit,
        "kind_of_work": kind_of_work,
        "framework_version": version,
        "observed_on": observed_on or unit.today(),
        "is_trial": trial is not None,
    }
    observation, is_new = Observation.objects.get_or_create(
        key=key, defaults={"observer": by, **described(unit, kind_of_work), **facts}
    )
    if observation.observer_id != by.pk:
        raise NotNow
    is_later = not is_new and is_own(observation, "where", base)
    if is_later:
        observation = held(observation, Do.WRITE, by)
        for name, value in facts.items():
            setattr(observation, name, value)
        observation.save(update_fields=list(facts))
        keep_labels(observation)
    if trial is None and (is_new or is_later):
        stay_in_force(observation)
    if is_new and base.window:
        count_save(observation, "where", base)
    if text.strip():
        write_first_passage(observation, text, passage_key, base, by)
    return observation


def described(unit, kind_of_work):
    """What the unit's list says of a kind of work: its label, and what it is about."""
    lists, of = lists_for(unit), ListOf.KIND_OF_WORK
    label = lists.label(of, kind_of_work)
    return {
        "is_about": lists.about(of, kind_of_work),
        "labels": {of.value: {kind_of_work: label}},
    }


def is_own(observation, section, base):
    """Whether the newest save of a section was made in the window of `base`."""
    return two_windows.is_own(SectionSave.last_of(observation, section), base)


def count_save(observation, section, base, unread=None):
    """Count one more save of a section, by the window of `base`, with what could not be read."""
    save, _ = SectionSave.objects.get_or_create(observation=observation, section=section)
    return count_on(save, base, unread)


def count_on(save, base, unread=None):
    """Count one more on a section's save, read since its observation was locked."""
    save.revision, save.saved_at, save.unread = save.revision + 1, timezone.now(), unread or {}
    save.save()
    two_windows.remember(save, base)
    Observation.objects.filter(pk=save.observation_id).update(changed_at=save.saved_at)
    return save


def stay_in_force(observation):
    """Where a version was put right just before this is saved, take the correction."""
    version = FrameworkVersion.objects.live_for(observation.unit)
    if version is None:
        raise NoFramework
    if version != observation.framework_version:
        observation.framework_version = version
        observation.save(update_fields=["framework_version"])


def tried_version(trial, by, unit):
    """The draft of a trial, held so that it can't be published before the observation is there."""
    version = FrameworkVersion.objects.select_for_update(of=("self",)).get(pk=trial.version_id)
    running = Trial.objects.open_to(by).filter(pk=trial.pk).first()
    if running is None or not running.covers(unit):
        raise TrialOver
    return version


def write_first_passage(observation, text, key, base, by):
    """One thing seen, as its window last sent it.

    Other words that a stranger sends under the same key are another passage, never dropped.
    """
    if observation.passages.filter(text=text).exists():
        return
    held(observation, Do.WRITE, by)
    key = key or uuid.uuid4()
    section = f"passages/{key}"
    there = observation.passages.filter(key=key)
    if there.exists() and is_own(observation, section, base):
        rewrite(there.get(), text)
    else:
        Passage.objects.create(
            **observation.place,
            key=uuid.uuid4() if there.exists() else key,
            text=text,
            kind=Passage.Kind.SEEN,
            position=observation.passages.count() + 1,
        )
    if base.window:
        count_save(observation, section, base)
    finding.refresh(observation)


@transaction.atomic
def save_section(*, observation, section, by, base, build, typed):
    """Save what is valid in one section of a draft of `by`, and keep what is not as it was typed.

    If it was saved in another window since it was read, at `base`, and says something else, returns
    Kept instead. `typed` is the form as it was sent, url-encoded: a later pick can send it again.
    One window goes on having one copy. `build` makes the bound form, under the lock, so that the
    same new entry sent twice at once is one entry. Returns (result, form).
    """
    held(observation, Do.WRITE, by)
    save, _ = SectionSave.objects.get_or_create(observation=observation, section=section)
    form = build()
    form.is_valid()
    if save.revision and two_windows.clashes(save, base) and form.has_changed():
        copy, _ = OtherCopy.objects.update_or_create(
            observation=observation,
            section=section,
            window=base.window or uuid.uuid4(),
            defaults={"typed": typed, "picked_at": None},
        )
        return Kept(copy, save.saved_at), form
    save_form(observation, section, form)
    return count_on(save, base, unread_in(form)), form


def save_form(observation, section, form):
    if section.startswith("passages/"):
        with decisions_followed(form.instance):
            form.save_valid()
    else:
        form.save_valid()
    if section.partition("/")[0] in NAMED_IN:
        keep_labels(observation)
    if is_of_criteria(section):
        for other in form.shown_elsewhere():
            count_for_others(observation, other)


def count_for_others(observation, section):
    """A window that has this section open was not shown what another section saved of it."""
    SectionSave.objects.get_or_create(observation=observation, section=section)
    rows = SectionSave.objects.filter(observation=observation, section=section)
    rows.update(revision=F("revision") + 1)


@transaction.atomic
def pick_copy(*, copy, by, use_it, form, replaced):
    """Settle two versions of a section: use the other copy, or leave what is saved.

    `replaced` is what was saved until now, url-encoded; using the other copy keeps it in its place.
    """
    held(copy.observation, Do.WRITE, by)
    if use_it:
        form.is_valid()
        save_form(copy.observation, copy.section, form)
        base = UNREAD.in_window(str(copy.window))
        count_save(copy.observation, copy.section, base, unread_in(form))
        OtherCopy.objects.create(
            observation=copy.observation,
            section=copy.section,
            typed=replaced,
            picked_at=timezone.now(),
        )
    copy.picked_at = timezone.now()
    copy.save(update_fields=["picked_at"])


def held(observation, do, by):
    """Its row, locked, if the person can do this with it now, by the table of its life."""
    row = Observation.objects.select_for_update(of=("self",)).select_related("unit")
    row = row.get(pk=observation.pk)
    if row.allows(do, by):
        return row
    if life.is_so(row, do, by):
        raise AlreadySo(life.MOVE[do].so)
    move = life.MOVE[do]
    if row.state in move.states:
        raise NotNow(f"Only {lowered(move.who.label)}, can do this.")
    raise NotNow(f"That can’t be done any more. It is now: {row.state.label.lower()}.")


@transaction.atomic
def submit(*, observation, by, not_shared=None):
    """Close a draft, so that it counts; its passages are then coded and its cells recounted.

    It is shared with the practitioner, where one is named. `not_shared` is (reason, own words) why
    it is not; without it, what the draft says holds. While names are open, it waits for them.
    """
    observation = held(observation, Do.SUBMIT, by)
    if not_shared is not None:
        observation.not_shared_because, observation.not_shared_words = not_shared
    return count_in(whole(observation), by=by, as_=Entry.Action.SUBMITTED)


def count_in(observation, *, by, as_):
    """From here on it counts: names are looked for in it, then its themes; put on record `as_` this."""
    leave_out_themes_gone(observation)
    rated = observation.ratings.values("criterion")
    Rating.objects.bulk_create(
        Rating(**observation.place, criterion=criterion)
        for criterion in observation.framework_version.criteria.exclude(pk__in=rated)
    )
    finding.refresh(observation)
    observation.submitted_at = timezone.now()
    share_at_once(observation)
    observation.save(
        update_fields=["submitted_at", "shared_at", "not_shared_because", "not_shared_words"]
    )
    observation.refresh_from_db()
    recount_observation(observation)
    record(by=by, action=as_, what=observation, unit=observation.unit)
    if observation.shared_at:
        sharing.tell(observation, by=by)
    nudge(Task.CODE, observation.pk)
    nudge(Task.ROLL_UP)
    return observation


def share_at_once(observation):
    """What is submitted is shared, unless a reason is given or names in it are open."""
    if observation.practitioner_id is None:
        observation.not_shared_because = observation.not_shared_words = ""
    elif observation.not_shared_because:
        return
    elif observation.redactions.open().exists():
        observation.not_shared_because = NotShared.NAMES
    else:
        observation.shared_at = observation.submitted_at


def whole(observation):
    """The observation, if nothing is left to do in it, without its empty passages."""
    if left := what_is_left(observation):
        raise Incomplete(left)
    observation.passages.filter(text="").delete()
    say_no_family(observation)
    return observation


def say_no_family(observation):
    """Of work at which no family is met, nobody is asked about one."""
    if observation.meets_no_family and not observation.family_asked:
        observation.family_asked = FamilyAsked.NO_FAMILY
        observation.save(update_fields=["family_asked"])


@transaction.atomic
def finish_trial(*, observation, by):
    """Close a trial observation. It is never submitted: nothing counts, codes or shares it."""
    observation = whole(held(observation, Do.FINISH, by))
    observation.tried_at = timezone.now()
    observation.save(update_fields=["tried_at"])
    return observation


@transaction.atomic
def withdraw(*, observation, by, because=""):
    """Take an observation out of everything, at once and for good."""
    take_out(held(observation, Do.WITHDRAW, by), by=by, because=because)


def take_out(observation, *, by, because):
    """From here on it is out of every number."""
    was_counted = observation.is_counted
    observation.withdrawn_at = timezone.now()
    observation.withdrawn_because = because
    observation.save(update_fields=["withdrawn_at", "withdrawn_because"])
    if was_counted:
        recount_observation(observation)
        nudge(Task.ROLL_UP)
    record(by=by, action=Entry.Action.WITHDREW, what=observation, unit=observation.unit)


class NamesOpen(NotNow):
    """Words that may name someone are still to be settled."""

    words = "Settle the words that may name someone before you share it."


@transaction.atomic
def share(*, observation, by):
    """Show the observation to the practitioner, who can then reply."""
    observation = held(observation, Do.SHARE, by)
    if observation.redactions.open().exists():
        raise NamesOpen
    sharing.share(observation, by=by)


@transaction.atomic
def take_sharing_back(*, observation, by, not_shared):
    """Nobody but those who could read it before sees it, as long as the practitioner has not.

    `not_shared` is (reason, own words), as in `submit`.
    """
    observation = held(observation, Do.TAKE_BACK, by)
    observation.shared_at = observation.reminded_at = None
    observation.not_shared_because, observation.not_shared_words = not_shared
    observation.save(
        update_fields=["shared_at", "reminded_at", "not_shared_because", "not_shared_words"]
    )
    mails.taken_back(observation)
    record(by=by, action=Entry.Action.TOOK_BACK, what=observation, unit=observation.unit)


@transaction.atomic
def opened(*, observation, by):
    """The practitioner reads what was shared; raises if the sharing was taken back just before."""
    row = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if by.pk != row.practitioner_id or row.shared_at is None:
        raise NotNow
    if row.opened_at is None:
        row.opened_at = timezone.now()
        row.save(update_fields=["opened_at"])
    observation.opened_at = row.opened_at


@transaction.atomic
def reply(*, observation, by, verdict, words, fairness, beside=()):
    """The practitioner's right of reply, given once, and added to later.

    `beside` are (passage, verdict, words) of what is said beside single passages. Returns how much
    in it may name someone and is still to be settled.
    """
    observation = held(observation, Do.REPLY, by)
    opened(observation=observation, by=by)
    given = Reply.objects.create(
        observation=observation, by=by, verdict=verdict, words=words, fairness=fairness
    )
    return say_in_reply(given, beside, at=given.replied_at)


@transaction.atomic
def add_to_reply(*, observation, by, words="", beside=()):
    """Add to a reply, about the whole or beside single passages, as `reply` has it.

    It changes nothing said before, and is refused once a briefing that quotes it is issued.
    """
    observation = held(observation, Do.ADD_TO_REPLY, by)
    given = observation.reply
    given.read_at = None
    given.save(update_fields=["read_at"])
    whole = [(None, "", words)] if words.strip() else []
    return say_in_reply(given, [*whole, *beside], at=timezone.now())


def say_in_reply(given, said, at):
    """Keep parts of a reply, look for names in them, and tell the observer."""
    observation = given.observation
    for passage, verdict, words in said:
        given.parts.create(passage=passage, verdict=verdict, words=words, added_at=at)
    mails.replied(observation)
    record(by=given.by, action=Entry.Action.ANSWERED, what=observation, unit=observation.unit)
    return finding.refresh_reply(observation)


@transaction.atomic
def mark_quoted(*, observations, at):
    """A briefing that quotes from these is issued: what was replied to them stays as it is.

    They are locked in one order, so that nothing is added to a reply while it is put together.
    """
    rows = Observation.objects.filter(pk__in=observations).select_for_update(of=("self",))
    locked = list(rows.order_by("pk").values_list("pk", flat=True))
    Observation.objects.filter(pk__in=locked, quoted_at=None).update(quoted_at=at)


@transaction.atomic
def converse(*, observation, by, base=UNREAD, **agreed):
    """Note what observer and practitioner agreed afterwards; it can be changed.

    What was saved of it in another window since it was read, at `base`, raises Meanwhile.
    """
    observation = held(observation, Do.CONVERSE, by)
    there = Conversation.objects.filter(observation=observation).first()
    if there is None:
        there = Conversation.objects.create(observation=observation)
        base = UNREAD.in_window(str(base.window))
    if any(getattr(there, name) != value for name, value in agreed.items()):
        two_windows.count_on(there, base)
    for name, value in agreed.items():
        setattr(there, name, value)
    there.save()
    record(by=by, action=Entry.Action.CHANGED, what=observation, unit=observation.unit)


@transaction.atomic
def agree(*, observation, by, is_agreed, words="", base=UNREAD):
    """The practitioner agrees to the conversation as they read it, at `base`, or says what is missing.

    From then on neither of the two changes it.
    """
    observation = held(observation, Do.AGREE, by)
    conversation = observation.conversation
    if two_windows.clashes(conversation, base):
        raise NotNow("The conversation was changed since you read it. Read it again, then answer.")
    if words.strip():
        conversation.additions.create(by=by, words=words)
    if is_agreed:
        conversation.agreed_at = timezone.now()
        conversation.save(update_fields=["agreed_at"])
    did = Entry.Action.AGREED if is_agreed else Entry.Action.CHANGED
    record(by=by, action=did, what=observation, unit=observation.unit)


@transaction.atomic
def add_to_conversation(*, observation, by, words):
    """Either of the two adds to what was agreed, without changing it."""
    observation = held(observation, Do.ADD, by)
    observation.conversation.additions.create(by=by, words=words)
    record(by=by, action=Entry.Action.CHANGED, what=observation, unit=observation.unit)
