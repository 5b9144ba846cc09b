"""What happens to a verdict file: opened, counted again, written, put before leaders, decided."""

import json

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from practicelens import typesetting
from practicelens.audit.actions import record, record_writing
from practicelens.audit.models import Entry
from practicelens.people import two_windows
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings import fingerprint
from reports.briefings.actions import hold_telling
from reports.models import ToldGroup, Verdict, VerdictDecision
from reports.telling.planning import no_longer_told
from reports.verdicts.content import build_content
from reports.verdicts.evidence import evidence_of
from reports.verdicts.gathering import gather
from reports.verdicts.schema import check_content
from reports.verdicts.wording import CASES, first_words


class NeedsAnother(NotNow):
    """Who wrote some of it can't put it before leaders: someone there did not."""


@transaction.atomic
def open_file(*, unit, version, by, domain=None, criterion=None):
    """The draft about this: made if there is none, else as it is."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    there = Verdict.objects.about(unit, version=version, domain=domain, criterion=criterion)
    if draft := there.filter(issued_at=None).first():
        return draft
    made = Verdict(
        unit=unit,
        version=version,
        domain=domain,
        criterion=criterion,
        number=(unit.verdicts.aggregate(last=Max("number"))["last"] or 0) + 1,
        written_by=by,
    )
    count(made)
    made.writers.add(by)
    record(by=by, action=Entry.Action.MADE, what=made, unit=unit)
    return made


def count(verdict):
    """Count what may be told. First words that nobody changed are those of the new counts."""
    evidence = evidence_of(verdict)
    before = verdict.figures.get("first_words", dict.fromkeys(CASES, ""))
    first = first_words(evidence)
    for name in CASES:
        if getattr(verdict, name) == before[name]:
            setattr(verdict, name, first[name])
    verdict.figures = {**gather(evidence), "first_words": first}
    verdict.gathered_at = timezone.now()
    verdict.save()
    ToldGroup.objects.keep(verdict, evidence.plan.groups)


@transaction.atomic
def count_again(*, verdict, by):
    """Count again; what someone wrote stays."""
    held = held_draft(verdict)
    held.revision += 1
    count(held)
    record_writing(by=by, what=held, unit=held.unit)
    return held


def held_draft(verdict):
    """The row of a draft, locked; refused once it is put before leaders."""
    rows = Verdict.objects.select_for_update(of=("self",))
    held = rows.select_related("unit", "version__framework", "domain", "criterion").get(
        pk=verdict.pk
    )
    if held.is_issued:
        raise NotNow("It is with leaders, so nothing in it changes any more.")
    return held


@transaction.atomic
def save_words(*, verdict, form, by):
    """The words of a form that was read at `form.base`; what was saved since raises Meanwhile."""
    held = held_draft(verdict)
    row = form.instance
    two_windows.count_on(row, form.base)
    row.changed_at = timezone.now()
    row.save(update_fields=[*form.WRITTEN, "changed_at", "revision"])
    row.quotations.set(form.cleaned_data["quotations"])
    held.writers.add(by)
    record_writing(by=by, what=held, unit=held.unit)
    return row


def what_stops(verdict):
    """[(words, url)]: what is left before it can be put before leaders."""
    url = reverse("reports:write_verdict", args=[verdict.key])
    stops = []
    if not verdict.figures["window"]["months"]:
        stops.append(
            (
                "No figure can be told yet, so nothing is argued from evidence",
                verdict.get_absolute_url(),
            )
        )
    for name in (*CASES, "advice_text"):
        field = verdict._meta.get_field(name)
        label = "why you advise it" if name == "advice_text" else field.verbose_name
        if not getattr(verdict, name).strip():
            stops.append((f"Write {label}", f"{url}#id_{name}"))
    if not verdict.advice:
        stops.append(("Choose what you advise", f"{url}#id_advice"))
    return stops + unprintable(verdict, url)


def unprintable(verdict, url):
    everything = json.dumps(build_content(verdict), ensure_ascii=False)
    return [
        (f"It has a character that can’t be printed: “{letter}”", url)
        for letter in typesetting.without_glyph(everything)
    ]


@transaction.atomic
def issue(*, verdict, by, at=None):
    """Put it before leaders: frozen, with its fingerprint, by someone who wrote none of it if there is one."""
    held = held_once(verdict)
    # Two papers of an organisation at once could each be safe alone, and not beside the other.
    hold_telling(held.unit)
    if not held.can_be_issued_by(by):
        raise NeedsAnother("Someone who wrote none of it puts it before leaders.")
    if stops := what_stops(held):
        raise NotNow(
            f"It can’t be put before leaders yet: {'; '.join(words for words, _ in stops)}."
        )
    if no_longer_told(held):
        raise NotNow(
            "Count again first: another paper was issued, and some can’t be told beside it."
        )
    at = at or timezone.now()
    content = build_content(held, issued_on=held.unit.day_of(at), by=by)
    check_content(content)
    held.issued_at, held.issued_by = at, by
    held.content, held.sha256 = content, fingerprint(content)
    held.save(update_fields=["issued_at", "issued_by", "content", "sha256"])
    record(by=by, action=Entry.Action.ISSUED, what=held, unit=held.unit)
    return held


def held_once(verdict):
    """A draft's row, locked; of two presses at once the second is told that it is so already."""
    try:
        return held_draft(verdict)
    except NotNow:
        raise AlreadySo("It is with leaders already.") from None


@transaction.atomic
def decide_verdict(*, verdict, by, course, reason, decided_on):
    """A leader's decision on it, once."""
    held = Verdict.objects.select_for_update(of=("self",)).select_related("unit").get(pk=verdict.pk)
    if VerdictDecision.objects.filter(verdict=held).exists():
        raise AlreadySo("It was decided before.")
    if not held.is_issued:
        raise NotNow("It is not with leaders yet.")
    made = VerdictDecision.objects.create(
        verdict=held, course=course, reason=reason, decided_on=decided_on, by=by
    )
    record(by=by, action=Entry.Action.DECIDED, what=made, unit=held.unit)
    return made
