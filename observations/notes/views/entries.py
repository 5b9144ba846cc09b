"""Entries of one kind: all of them, one open, one removed."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from observations.fetching import closed_leads_on, own_draft
from observations.models import SectionSave
from observations.notes import cutting
from observations.notes.completeness import (
    entries_url,
    next_after,
)
from observations.notes.cutting import CutForm
from observations.notes.forms.entries import lens_questions
from observations.notes.sections import entry_kind
from observations.notes.views.drafting import save_or_show
from observations.redaction import finding
from observations.redaction.offering import with_offers
from practicelens.numbers import number_sent, plural
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, saves_itself


@require_safe
@closed_leads_on
def entries(request, key, kind):
    """All entries of one kind; none open. With none yet, straight to the first."""
    observation = own_draft(request, key)
    made = entry_kind(kind)
    if not made.entries(observation).exists():
        return redirect("observations:entry", key, kind, uuid.uuid4())
    return show_entries(request, observation, made)


def show_entries(request, observation, kind, opened=None, form=None, saved=None, status=200):
    rows = list(enumerate(kind.entries(observation), start=1))
    others = [(number, row) for number, row in rows if str(row.key) != opened]
    here = next((number for number, row in rows if str(row.key) == opened), None)
    return render(
        request,
        "observations/entries.html",
        {
            "observation": observation,
            "kind": kind,
            "others": others,
            "others_words": others_words(kind, others, here),
            "opened": opened,
            "is_new": here is None,
            "number": here or len(rows) + 1,
            "form": form,
            "next_part": next_after(observation, kind.code)[1],
            "save": saved,
            "redactions": with_offers(
                observation, of_entry(observation.redactions.open(), kind, opened)
            ),
            "replaced": of_entry(observation.redactions.replaced(), kind, opened),
            "new_key": uuid.uuid4(),
            "questions": [] if form or kind.code != "passages" else lens_questions(observation),
        },
        status=status,
    )


def others_words(kind, others, here):
    """What is folded while one entry is written: 3 earlier passages, 1 other entry."""
    noun = kind.one if len(others) == 1 else kind.many
    return f"{len(others)} {'other' if here else 'earlier'} {noun}"


def of_entry(redactions, kind, opened):
    """Those that are in the open entry."""
    if opened is None or kind.code not in ("passages", "voices"):
        return []
    holder = "passage" if kind.code == "passages" else "voice"
    return redactions.filter(**{f"{holder}__key": opened})


@shown_and_sent
@keeps_typed
@saves_itself
@closed_leads_on
def entry(request, key, kind, entry):
    """One entry, open; the page saves it, and its client-made key makes sending it twice one."""
    observation = own_draft(request, key)
    made = entry_kind(kind)

    def show(request, observation, section, form, saved=None, status=200):
        saved = saved or SectionSave.last_of(observation, section)
        if kind == "passages" and not (form.is_bound or form.instance.pk):
            form.initial["prompt"] = number_sent(request.GET.get("question"))
        return show_entries(request, observation, made, str(entry), form, saved, status)

    response = save_or_show(request, observation, f"{kind}/{entry}", show)
    if request.method == "POST" and kind in ("passages", "voices"):
        look_for_identifiers(observation, made, entry)
    return response


@shown_and_sent
@closed_leads_on
def cut(request, key, entry):
    """A long text, sentence by sentence: a tap begins the next passage and says how it is known."""
    observation = own_draft(request, key)
    passage = get_object_or_404(observation.passages.by_observer().exclude(text=""), key=entry)
    form = CutForm(request.POST if request.method == "POST" else None, passage=passage)
    if form.is_valid():
        pieces = form.pieces()
        cutting.cut(passage=passage, pieces=pieces, was=passage.text, by=request.user)
        messages.success(request, f"It is {plural(len(pieces), 'passage')} now.")
        return redirect(next_after(observation, "passages")[0])
    context = {"observation": observation, "passage": passage, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "observations/cut.html", context, status=status)


def look_for_identifiers(observation, kind, key):
    holder = kind.entries(observation).filter(key=key).first()
    if holder is not None:
        name = "passage" if kind.code == "passages" else "voice"
        text = holder.text if name == "passage" else holder.words
        finding.refresh_one({name: holder}, observation, text)


@shown_and_sent
@closed_leads_on
def remove_entry(request, key, kind, entry):
    """Take an entry out, after a question."""
    observation = own_draft(request, key)
    made = entry_kind(kind)
    found = get_object_or_404(made.entries(observation), key=entry)
    if request.method == "POST":
        found.delete()
        observation.section_saves.filter(section=f"{kind}/{entry}").update(unread={})
        messages.success(request, f"The {made.one} is removed.")
        return redirect(entries_url(observation, kind))
    return render(
        request,
        "observations/remove_entry.html",
        {"observation": observation, "kind": made, "entry": found},
    )
