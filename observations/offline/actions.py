"""What becomes of what was written on a device, and of what a device says that it holds."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from frameworks.models import FrameworkVersion
from observations.life import Do
from observations.models import Arrival, HeldOnDevice, Observation
from observations.notes import actions
from observations.notes.completeness import section_url, what_is_left
from observations.notes.forms.starting import StartForm
from observations.notes.sections import ENTRY_KINDS, build_form, is_of_ratings, meeting_form
from observations.offline.items import Refused, content_of, typed_in
from observations.redaction import finding
from observations.refusing import what_became_of
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.kept_words import NOT_TYPED
from practicelens.people.models import KeptWords, UnitReach
from practicelens.people.models.kept_words import when_over
from practicelens.people.two_windows import REVISION, UNREAD
from practicelens.refusals import NotNow
from practicelens.turns import wait_for_turn

NEEDED = {
    "unit": "You can’t write observations of this team now.",
    "kind_of_work": "Choose the kind of work.",
}
LONGEST_AGO = timedelta(days=366)
LOOKED_IN = {"passages": ("passage", "text"), "voices": ("voice", "words")}  # for names
FIRST = {"where": 0, "passages": 1}  # what others stand on is saved before them


@dataclass
class Received:
    """What became of what a device sent. `copies` are parts that were also written elsewhere."""

    observation: Observation
    is_new: bool = False
    is_known: bool = False  # it came before, or something later did
    is_closed: bool = False  # nothing can be saved in it any more, and the words are kept apart
    copies: list = field(default_factory=list)


@transaction.atomic
def receive(*, by, item):
    """Save what was written on a device, once however often it comes; raise Refused if it can't be.

    What was saved elsewhere meanwhile is not overwritten: both are kept. With `submit` it is
    submitted as well, if nothing is left to do in it.
    """
    content, digest = content_of(item)
    wait_for_turn(f"arrival {item.id}")  # what is sent twice at once is taken one after the other
    known = known_as(item.id, by)
    before = getattr(known, "arrival", None)
    if before and came_before(before, item, digest):
        end_holding(by=by, item=item)
        return Received(known, is_known=True)
    found = known or begin(by=by, item=item, content=content)
    received = Received(found, is_new=known is None)
    save_all(received, by=by, item=item, content=content, before=before)
    if is_later(received, before, item):
        remember(found, item=item, content=content, digest=digest)
    if received.is_new or item.leaves:
        record(by=by, action=Entry.Action.RECEIVED, what=found, unit=found.unit)
    if item.submit and not (received.copies or received.is_closed):
        submit_if_whole(received, content, by=by)
    end_holding(by=by, item=item)
    return received


def known_as(key, by):
    """The observation of this id, held against another save; None where there is none yet."""
    rows = Observation.objects.select_for_update(of=("self",)).select_related("unit", "arrival")
    known = rows.filter(key=key).first()
    if known and known.observer_id != by.pk:
        raise Refused("This observation is someone else’s.")
    return known


def came_before(before, item, digest):
    """Word for word; or something later came from the same window, which holds it."""
    is_older = before.window == item.window and item.turn < before.turn
    return is_older or before.digest == digest


def is_later(received, before, item):
    """Whether it follows on what came from the device before, or is the first that came."""
    if before is None:
        return received.is_new
    return before.window == item.window and item.turn > before.turn


def begin(*, by, item, content):
    """The draft, under the id that the device made, against the version that it was written on."""
    where = typed_in(content.sections.get("where", ""))
    form = StartForm({**where.dict(), "key": str(item.id)}, user=by)
    form.is_valid()
    for name, words in NEEDED.items():
        if name in form.errors:
            raise Refused(words)
    given = form.cleaned_data
    unit = given["unit"]
    return Observation.objects.create(
        key=item.id,
        observer=by,
        unit=unit,
        kind_of_work=given["kind_of_work"],
        **actions.described(unit, given["kind_of_work"]),
        observed_on=given.get("observed_on") or unit.today(),
        framework_version=version_for(unit, content.version),
    )


def version_for(unit, pk):
    """The version that it was written on, though another may be in use by now."""
    above = UnitReach.objects.filter(below=unit).values("above")
    came_into_use = FrameworkVersion.objects.published().filter(effective_on__lte=unit.today())
    found = came_into_use.filter(pk=pk, framework__unit__in=above).first()
    if found is None:
        raise Refused("The framework that it was written on is not in use for this team.")
    return found


def save_all(received, *, by, item, content, before):
    """Save each part that was changed on the device since it last sent it."""
    observation, follows = received.observation, is_later(received, before, item)
    base = UNREAD.in_window(str(item.window)) if follows else UNREAD
    for section, typed in in_order(content.sections):
        if follows and before and before.sections.get(section) == digest_of(typed):
            continue
        data = with_passages(observation, section, typed_in(typed))
        if not observation.allows(Do.WRITE, by):
            keep_apart(received, by=by, item=item, section=section, data=data)
        elif copy := save_one(observation, section, data, base, by):
            received.copies.append(copy)
        observation.refresh_from_db()


def with_passages(observation, section, data):
    """As the page would send it: a device ticks passages by the keys that it made for them.

    A key that no passage has was of one with nothing in it.
    """
    if not is_of_ratings(section):
        return data
    rows = {str(key): str(pk) for key, pk in observation.passages.values_list("key", "pk")}
    data = data.copy()
    for name in [name for name in data if name.startswith("passages_")]:
        data.setlist(name, [rows[key] for key in data.getlist(name) if key in rows])
    return data


def in_order(sections):
    return sorted(sections.items(), key=lambda each: FIRST.get(each[0].partition("/")[0], 2))


def digest_of(typed):
    return sha256(typed.encode()).hexdigest()


def save_one(observation, section, data, base, by):
    """The copy that is kept, where someone else saved another text there; else None."""
    sent = data.copy()
    for name in (*NOT_TYPED, REVISION, "then"):
        sent.pop(name, None)
    try:
        form = form_of(observation, section, data)
        if base.window is None and not form.has_changed():
            return None
        result, _ = actions.save_section(
            observation=observation,
            section=section,
            by=by,
            base=base,
            build=lambda: form_of(observation, section, data),
            typed=sent.urlencode(),
        )
    except (Http404, ValidationError):  # of no section there is, or of no key
        raise Refused("A part of it is not known here.") from None
    look_for_names(observation, section)
    return result.copy if isinstance(result, actions.Kept) else None


def form_of(observation, section, data):
    """As on the pages. A meeting is kept though the kind of work was changed to one without."""
    if section == "meeting":
        return meeting_form(observation, data)
    return build_form(observation, section, data)


def look_for_names(observation, section):
    kind, _, key = section.partition("/")
    if kind in LOOKED_IN and key:
        part, text = LOOKED_IN[kind]
        if holder := ENTRY_KINDS[kind].entries(observation).filter(key=key).first():
            finding.refresh_one({part: holder}, observation, getattr(holder, text))


def keep_apart(received, *, by, item, section, data):
    """Kept for the writer where it is closed; whoever has moved on keeps it on the device."""
    observation = received.observation
    if observation.is_draft:
        raise Refused(what_became_of(observation))
    received.is_closed = True
    said = {"data": data.urlencode(), "why": KeptWords.Why.REFUSED}
    said |= {"because": what_became_of(observation)}
    KeptWords.objects.update_or_create(
        writer=by,
        path=address_of(observation, section),
        window=item.window,
        defaults=said | {"kept_at": timezone.now(), "over_at": when_over()},
    )


def address_of(observation, section):
    kind, _, key = section.partition("/")
    if key:
        return reverse("observations:entry", args=[observation.key, kind, key])
    return section_url(observation, section)


def submit_if_whole(received, content, *, by):
    """It stays a draft, with all that came, where something is left to do in it.

    So does what names a practitioner, where the device did not ask whether to share it.
    """
    if received.observation.practitioner_id and "sharing" not in content.sections:
        return
    with suppress(actions.Incomplete, NotNow):
        received.observation = actions.submit(observation=received.observation, by=by)


def remember(observation, *, item, content, digest):
    """What came, and when it was written by our clock."""
    now = timezone.now()
    Arrival.objects.update_or_create(
        observation=observation,
        defaults={
            "turn": item.turn,
            "window": item.window,
            "digest": digest,
            "sections": {name: digest_of(typed) for name, typed in content.sections.items()},
            "began_at": moment_of(item.began_at, item.sent_at, now),
            "recorded_at": moment_of(item.changed_at, item.sent_at, now),
            "received_at": now,
        },
    )


def moment_of(then, sent_at, now):
    """A moment by our clock: a device knows how long ago it was, if it does not know the year."""
    ago = timedelta(milliseconds=max(sent_at - then, 0))
    return now - min(ago, LONGEST_AGO)


def end_holding(*, by, item):
    """The device need not hold it any longer: nobody is told later that it is lost."""
    if item.leaves:
        HeldOnDevice.objects.filter(writer=by, key=item.id).delete()


@transaction.atomic
def hold(*, by, device, holding):
    """Write down what a device holds; returns those it has lost since, until that is known.

    What arrived whole or was thrown away is not lost.
    """
    mine = HeldOnDevice.objects.filter(writer=by, device=device)
    mine.filter(key__in=holding.gone).delete()
    now = timezone.now()
    for each in holding.held:
        HeldOnDevice.objects.update_or_create(
            writer=by,
            device=device,
            key=each.id,
            defaults={"said_at": now, "missed_at": None},
            create_defaults={
                "began_at": moment_of(each.began_at, holding.sent_at, now),
                "said_at": now,
            },
        )
    missing = mine.exclude(key__in=[each.id for each in holding.held]).order_by("began_at", "pk")
    for each in missing.filter(missed_at=None):
        record(by=by, action=Entry.Action.MISSED, what=each, unit=by.organisation)
    mine.filter(pk__in=[each.pk for each in missing], missed_at=None).update(missed_at=now)
    return list(missing)


def left_in(observation):
    """What is left to do in a draft; nothing, once it is none."""
    return what_is_left(observation) if observation.is_draft else []
