"""Two versions of one section, side by side: a person picks."""

from django.contrib import messages
from django.forms import BooleanField
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from observations.fetching import Closed, closed_leads_on, own_draft
from observations.form_parts import as_typed
from observations.life import Do
from observations.models import SectionSave
from observations.notes import actions
from observations.notes.sections import build_form, title_of
from observations.refusing import what_became_of
from practicelens.people.methods import shown_and_sent


def differences(saved, other):
    """The fields that differ, each with both versions as a person reads them."""
    return [
        {
            "label": saved.fields[name].label,
            "saved": as_words(saved, name),
            "other": as_words(other, name),
        }
        for name in other.changed_data
    ]


def as_words(form, name):
    field, value = form.fields[name], form[name].value()
    if isinstance(field, BooleanField):
        return "Yes" if field.to_python(value) else "No"
    if isinstance(value, list):
        labels = dict(flat(field.choices)) if hasattr(field, "choices") else {}
        return ", ".join(str(labels.get(item, item)) for item in value if item)
    if hasattr(field, "choices"):
        return str(dict(flat(field.choices)).get(str(value or ""), value or ""))
    return str(value or "")


def flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from ((str(v), words) for v, words in label)
        else:
            yield str(value), label


def draft_or_closed(request, key):
    """The person's own observation; a copy beside it can be read after it was closed, too."""
    try:
        return own_draft(request, key)
    except Closed as closed:
        if request.method == "POST":
            raise
        return closed.observation


@shown_and_sent
@closed_leads_on
def copy(request, key, pk):
    """Two versions of one section side by side: a person picks, as long as it is a draft."""
    observation = draft_or_closed(request, key)
    kept = get_object_or_404(observation.other_copies.open(), pk=pk)
    saved = build_form(observation, kept.section)
    other = build_form(observation, kept.section, QueryDict(kept.typed))
    if request.method == "POST":
        actions.pick_copy(
            copy=kept,
            by=request.user,
            use_it=request.POST.get("pick") == "other",
            form=other,
            replaced=as_typed(saved),
        )
        messages.success(request, "Settled. The version you chose is in the observation.")
        return redirect(observation)
    other.is_valid()
    return render(
        request,
        "observations/copy.html",
        {
            "observation": observation,
            "copy": kept,
            "title": title_of(observation, kept.section),
            "save": SectionSave.last_of(observation, kept.section),
            "rows": differences(saved, other),
            "may_choose": observation.allows(Do.WRITE, request.user),
            "because": what_became_of(observation),
        },
    )
