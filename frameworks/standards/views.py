"""Standards that an organisation keeps, and the matrix of criteria by clauses."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frameworks import history
from frameworks.fetching import base_of, base_shown, differences, kept_framework
from frameworks.models import FrameworkVersion, Standard
from frameworks.owners import OwnerForm
from frameworks.standards import actions
from frameworks.standards.forms import LoadForm, StandardForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act


def may_add(request):
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404


def kept_standard(request, code):
    found = get_object_or_404(Standard.objects.visible_to(request.user), address=code)
    if not Standard.objects.kept_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@shown_and_sent
@keeps_typed
def new(request):
    """A standard that is typed."""
    may_add(request)
    kinds, sent = (OwnerForm, StandardForm), sent_or_kept(request)
    forms = [kind(sent, user=request.user) for kind in kinds]
    are_valid = [form.is_valid() for form in forms]
    if request.method != "POST" or not all(are_valid):
        status = 422 if request.method == "POST" else 200
        return render(request, "frameworks/standard_new.html", {"forms": forms}, status=status)
    unit = forms[0].cleaned_data["unit"]
    standard = actions.make(form=forms[1], unit=unit, by=request.user)
    messages.success(request, f"{standard} is added.")
    return redirect(standard)


@shown_and_sent
def load(request):
    """A standard from a file."""
    may_add(request)
    form = LoadForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        top, unit = form.cleaned_data["standard"], form.cleaned_data["unit"]
        standard = actions.load(top=top, unit=unit, by=request.user)
        messages.success(request, f"{standard} is loaded.")
        return redirect(standard)
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/standard_load.html", {"form": form}, status=status)


@shown_and_sent
@keeps_typed
def edit(request, code):
    found = kept_standard(request, code)
    typed = sent_or_kept(request)
    form = StandardForm(typed, instance=found, user=request.user)
    if request.method != "POST" or not form.is_bound:
        return show_form(request, form, base=base_shown(typed, found))
    if not form.is_valid():
        return show_form(request, form, 422, base=request.POST.get("base", ""))
    try:
        history.save(form=form, base=base_of(request), part_of=found, by=request.user)
    except history.Meanwhile as meanwhile:
        held = StandardForm(instance=meanwhile.row, user=request.user)
        theirs = {"change": meanwhile.change, "rows": differences(form, held)}
        return show_form(request, form, 409, base=meanwhile.row.revision, theirs=theirs)
    messages.success(request, "Saved.")
    return redirect(found)


def show_form(request, form, status=200, *, base, theirs=None):
    standard = Standard.objects.get(pk=form.instance.pk)
    context = {"standard": standard, "form": form, "base": base, "theirs": theirs}
    context["changes"] = history.history_of(standard)[:50]
    return render(request, "frameworks/standard_edit.html", context, status=status)


@require_POST
def ours(request, code):
    """Make a copy that the organisation may change."""
    found = get_object_or_404(Standard.objects.visible_to(request.user), address=code)
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise PermissionDenied
    owner = OwnerForm(request.POST, user=request.user)
    if not owner.is_valid():
        messages.error(request, "Choose whose the copy is to be.")
        return redirect(found)
    copied = actions.make_ours(standard=found, unit=owner.cleaned_data["unit"], by=request.user)
    messages.success(request, f"{copied} is yours now. The one it was copied from stays as it is.")
    return redirect("frameworks:standard_edit", copied.address)


@require_POST
def delete(request, code):
    found = kept_standard(request, code)
    try:
        actions.delete(standard=found, by=request.user)
    except actions.InUse as use:
        messages.error(request, f"{found} stays. {use}")
        return redirect(found)
    return redirect("frameworks:standards")


@require_POST
def restore(request, pk):
    """Put back what was deleted."""
    change = get_object_or_404(actions.deletions_by(request.user), pk=pk)
    back = actions.restore(change=change, by=request.user)
    messages.success(request, f"{change.named} is back." if back else "It is back already.")
    return redirect("frameworks:standards")


@shown_and_sent
def crosswalk(request, code, number):
    """Link criteria to standards of one standard: which speaks to which, and what is left on each side."""
    framework = kept_framework(request, code)
    version = get_object_or_404(
        FrameworkVersion.objects.kept_by(request.user).select_related("framework__unit"),
        framework=framework,
        number=number,
    )
    offered = Standard.objects.for_unit(framework.unit).for_list()
    standard = picked(offered, request.POST.get("standard") or request.GET.get("standard"))
    if request.method == "POST" and standard:
        return save_ties(request, version, standard)
    clauses, rows = actions.matrix(version, standard) if standard else ([], [])
    context = {"version": version, "offered": offered, "standard": standard, "clauses": clauses}
    context["rows"] = rows
    context["unspoken"], context["untied"] = actions.gaps(clauses, rows)
    return render(request, "frameworks/crosswalk.html", context)


def picked(offered, code):
    """The standard of this code among those offered; the first if none is asked for."""
    found = [standard for standard in offered if not code or standard.address == code]
    if code and not found:
        raise Http404
    return next(iter(found), None)


def save_ties(request, version, standard):
    try:
        changed = actions.tie(
            version=version,
            standard=standard,
            read_as=pairs_of(request.POST.getlist("read_as")),
            ticked=pairs_of(request.POST.getlist("tie")),
            by=request.user,
        )
    except Standard.DoesNotExist:  # deleted since it was picked
        raise Http404 from None
    words = "1 link is" if changed == 1 else f"{changed} links are"
    messages.success(request, f"Saved: {words} changed." if changed else "Nothing was changed.")
    args = [version.framework.address, version.number]
    return redirect(f"{reverse('frameworks:crosswalk', args=args)}?standard={standard.address}")


def pairs_of(sent):
    """{(criterion, clause)} of boxes named by both numbers; anything else is no box."""
    parted = [value.partition("-") for value in sent]
    return {
        (int(criterion), int(clause))
        for criterion, _, clause in parted
        if criterion.isdecimal() and clause.isdecimal()
    }
