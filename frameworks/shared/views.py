"""Lenses, causes and scales: those shipped, and those that an organisation makes its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frameworks import history
from frameworks.fetching import base_of, base_shown, differences
from frameworks.lists.offered import lists_within
from frameworks.models import Cause, FrameworkVersion
from frameworks.models.lists import ListOf
from frameworks.owners import OwnerForm
from frameworks.shared import actions
from frameworks.shared.forms import CauseForm, LensForm, ScaleForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act

FORMS = {"lenses": LensForm, "causes": CauseForm, "scales": ScaleForm}
WORDS = {
    "lenses": ("Lenses", "lens", "A few prompts for looking at one thing harder, beside any framework."),
    "causes": ("Causes", "cause", "Why something did not embed: questions for the system."),
    "scales": ("Scales", "scale", "The words for how far something was seen. Counted, never averaged."),
}  # fmt: skip


def words_of(group):
    return dict(zip(("title", "one", "about"), WORDS[group], strict=True)) | {"group": group}


@require_safe
def rows(request, group):
    """What is shipped, and what was made here."""
    found = actions.KINDS[group].objects.visible_to(request.user).select_related("unit")
    order = ["position", "name"] if actions.KINDS[group] is Cause else ["name", "pk"]
    context = words_of(group) | {
        "rows": found.order_by(*order),
        "may_begin": request.user.can(Act.KEEP_FRAMEWORKS),
        "deleted": actions.deletions_by(request.user, group).first(),
    }
    return render(request, "frameworks/shared_rows.html", context)


def found_row(request, group, code):
    return get_object_or_404(
        actions.KINDS[group].objects.visible_to(request.user).select_related("unit"), address=code
    )


def kept_row(request, group, code):
    """A row that the person can change; 403 to those who can only read it."""
    row = found_row(request, group, code)
    if not is_kept(request, row):
        raise PermissionDenied
    return row


def is_kept(request, row):
    return type(row).objects.kept_by(request.user).filter(pk=row.pk).exists()


@require_safe
def row(request, group, code):
    """A lens with its prompts, a scale with its levels, a cause; and where it is used."""
    return show(request, group, found_row(request, group, code))


def show(request, group, found, status=200, owner=None):
    kept = is_kept(request, found)
    may_copy = request.user.can(Act.KEEP_FRAMEWORKS)
    versions = FrameworkVersion.objects.visible_to(request.user).select_related("framework")
    context = words_of(group) | {
        "row": found,
        "is_kept": kept,
        "is_settled": actions.is_settled(found),
        "is_used": kept and actions.is_used(found),
        "versions": found.framework_versions.filter(pk__in=versions.values("pk"))
        .select_related("framework")
        .order_by("framework__name", "-number"),
        "kinds": kinds_of(found) if group == "lenses" else [],
        "prompts": found.prompts.asked().order_by("position") if group == "lenses" else [],
        "levels": found.levels.order_by("position") if group == "scales" else [],
        "owner": (owner or OwnerForm(user=request.user)) if may_copy else None,
        "changes": history.history_of(found)[:50] if kept else [],
    }
    return render(request, "frameworks/shared_row.html", context, status=status)


def kinds_of(lens):
    """The kinds of work that a lens is offered in, in the words of those whose own it is."""
    if not lens.kinds:
        return []
    lists = lists_within([lens.unit.organisation_id] if lens.unit else [])
    return [lists.label(ListOf.KIND_OF_WORK, code) for code in lens.kinds]


@shown_and_sent
@keeps_typed
def new(request, group):
    """A row of the organisation's own."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    typed = sent_or_kept(request)
    forms = [OwnerForm(typed, user=request.user), FORMS[group](typed, user=request.user)]
    are_valid = [form.is_valid() for form in forms]
    if request.method != "POST" or not all(are_valid):
        status = 422 if request.method == "POST" else 200
        context = words_of(group) | {"forms": forms}
        return render(request, "frameworks/shared_new.html", context, status=status)
    owner, form = forms
    made = actions.make(form=form, unit=owner.cleaned_data["unit"], by=request.user)
    messages.success(request, f"{made} is added.")
    return redirect(made)


@shown_and_sent
@keeps_typed
def edit(request, group, code):
    """Change a row, unless it is a scale that observations or published versions use."""
    found = kept_row(request, group, code)
    typed = sent_or_kept(request)
    form = FORMS[group](typed, instance=found, user=request.user)
    is_sent = request.method == "POST" and form.is_bound
    if actions.is_settled(found):
        return show(request, group, found, 409 if is_sent else 200)
    if not is_sent:
        return show_form(request, group, form, base=base_shown(typed, found))
    if not form.is_valid():
        return show_form(request, group, form, 422, base=request.POST.get("base", ""))
    try:
        actions.save(form=form, base=base_of(request), by=request.user)
    except actions.InUse:
        return show(request, group, found_row(request, group, code), 409)
    except history.Meanwhile as meanwhile:
        held = FORMS[group](instance=meanwhile.row, user=request.user)
        theirs = {"change": meanwhile.change, "rows": differences(form, held)}
        return show_form(request, group, form, 409, base=meanwhile.row.revision, theirs=theirs)
    messages.success(request, "Saved.")
    return redirect(found)


def show_form(request, group, form, status=200, *, base, theirs=None):
    row = type(form.instance).objects.get(pk=form.instance.pk)
    context = words_of(group) | {"row": row, "form": form, "base": base, "theirs": theirs}
    return render(request, "frameworks/shared_edit.html", context, status=status)


@require_POST
def ours(request, group, code):
    """Make a copy that the organisation may change."""
    found = found_row(request, group, code)
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise PermissionDenied
    owner = OwnerForm(request.POST, user=request.user)
    if not owner.is_valid():
        return show(request, group, found, 422, owner)
    copied = actions.make_ours(row=found, unit=owner.cleaned_data["unit"], by=request.user)
    messages.success(request, f"{copied} is yours now. The one it was copied from stays as it is.")
    return redirect("frameworks:shared_edit", group, copied.address)


@require_POST
def delete(request, group, code):
    found = kept_row(request, group, code)
    try:
        actions.delete(row=found, by=request.user)
    except actions.InUse:
        messages.error(request, f"{found} is in use, so it stays.")
        return redirect(found)
    return redirect(f"frameworks:{group}")


@require_POST
def restore(request, group, pk):
    """Put back what was deleted."""
    change = get_object_or_404(actions.deletions_by(request.user, group), pk=pk)
    back = actions.restore(change=change, by=request.user)
    messages.success(request, f"{change.named} is back." if back else "It is back already.")
    return redirect(f"frameworks:{group}")
