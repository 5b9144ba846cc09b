"""Kinds of work, settings and roles in the room, and what comes first, as framework admins keep them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks.fetching import kept_framework
from frameworks.lists import actions
from frameworks.lists.forms import EntryForm, FirstForm, OwnListsForm, RenameEntryForm
from frameworks.lists.shipped import shipped
from frameworks.models import FrameworkVersion
from frameworks.models.lists import ListEntry, ListOf, WorkAbout
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow


@require_safe
def lists(request):
    """Which units keep lists of their own, and what all others have."""
    kept = ListEntry.objects.visible_to(request.user).active().select_related("unit")
    units = {}
    for entry in kept.order_by("unit__name", "unit"):
        counts = units.setdefault(entry.unit, dict.fromkeys(ListOf, 0))
        counts[ListOf(entry.of)] += 1
    context = {
        "units": [(unit, list(counts.items())) for unit, counts in units.items()],
        "shipped": [(each, by_list(each)) for each in shipped().values()],
        "may_begin": request.user.can(Act.KEEP_FRAMEWORKS),
    }
    return render(request, "frameworks/lists.html", context)


def by_list(each):
    return [(of.label, [entry.label for entry in each.of(of)]) for of in ListOf]


@shown_and_sent
@keeps_typed
def begin(request):
    """Give a unit lists of its own."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    form = OwnListsForm(sent_or_kept(request), user=request.user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "frameworks/list_begin.html", {"form": form}, status=status)
    unit, chosen = form.cleaned_data["unit"], form.cleaned_data["shipped"]
    actions.begin(unit=unit, shipped=chosen, by=request.user)
    messages.success(request, f"{unit} has lists of its own now. Change what should be different.")
    return redirect("frameworks:list_of", unit.pk, ListOf.KIND_OF_WORK.value)


def kept_list(request, unit, of):
    """The unit whose list it is, and its entries; 404 where it keeps none that is open to one."""
    if of not in ListOf.values:
        raise Http404
    visible = ListEntry.objects.visible_to(request.user).filter(unit=unit, of=of)
    entries = list(visible.select_related("unit").order_by("position", "pk"))
    if not entries:
        raise Http404
    return entries[0].unit, entries


def is_kept(request, unit):
    return ListEntry.objects.kept_by(request.user).filter(unit=unit).exists()


@require_safe
def list_of(request, unit, of):
    """One list of a unit: what is offered in its order, and what was."""
    unit, entries = kept_list(request, unit, of)
    context = {
        "unit": unit,
        "of": ListOf(of),
        "others": [each for each in ListOf if each != of],
        "offered": [entry for entry in entries if not entry.is_retired],
        "retired": [entry for entry in entries if entry.is_retired],
        "is_kept": is_kept(request, unit),
    }
    return render(request, "frameworks/list_of.html", context)


@shown_and_sent
@keeps_typed
def add(request, unit, of):
    """One more entry of a list."""
    unit, _ = kept_list(request, unit, of)
    if not is_kept(request, unit):
        raise PermissionDenied
    form = EntryForm(sent_or_kept(request), of=of)
    if request.method == "POST" and form.is_valid():
        given = {"about": "", **form.cleaned_data}
        added = tried(form, actions.add, unit=unit, of=of, by=request.user, **given)
        if added:
            messages.success(request, f"{added} is added.")
            return redirect(added)
    return show_form(request, form, f"Add to: {ListOf(of).label.lower()}", unit, of)


def tried(form, action, /, **given):
    """What the action made of it; nothing where it refused, which is then said at the box."""
    try:
        return action(**given)
    except NotNow as refused:
        form.add_error("label", str(refused))


def show_form(request, form, title, unit, of):
    context = {
        "form": form,
        "title": title,
        "unit": unit,
        "back_url": reverse("frameworks:list_of", args=[unit.pk, of]),
        "back_name": ListOf(of).label,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/list_entry.html", context, status=status)


def kept_entry(request, pk):
    """An entry that the person can change; 403 to those who can only read it."""
    found = ListEntry.objects.visible_to(request.user).select_related("unit")
    entry = get_object_or_404(found, pk=pk)
    if not is_kept(request, entry.unit):
        raise PermissionDenied
    return entry


@shown_and_sent
@keeps_typed
def rename(request, pk):
    """What an entry is called from here on."""
    entry = kept_entry(request, pk)
    form = RenameEntryForm(sent_or_kept(request), instance=entry)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"]
        if tried(form, actions.rename, entry=entry, label=label, by=request.user):
            messages.success(request, "Saved.")
            return redirect(entry)
    kept = ListEntry.objects.visible_to(request.user).get(pk=pk)
    return show_form(request, form, f"Rename: {kept}", entry.unit, entry.of)


@require_POST
def move(request, pk):
    """Up or down by one place."""
    entry = kept_entry(request, pk)
    actions.move(entry=entry, down=request.POST.get("to") == "down", by=request.user)
    # No fragment: a page with one keeps the focus from the button that moved the row.
    return redirect(f"{entry.get_absolute_url()}?moved={entry.pk}")


@require_POST
def retire(request, pk):
    """No longer offered; what was recorded stays as it is."""
    entry = kept_entry(request, pk)
    said = f"{entry} is no longer offered."
    return press(request, entry, said, actions.retire, entry=entry, by=request.user)


@require_POST
def bring_back(request, pk):
    entry = kept_entry(request, pk)
    said = f"{entry} is offered again."
    return press(request, entry, said, actions.bring_back, entry=entry, by=request.user)


@shown_and_sent
def first(request, code, number, about):
    """Choose what an observer is shown first; all else is a tap away, and counts as before."""
    version = get_object_or_404(
        FrameworkVersion.objects.kept_by(request.user).select_related("framework__unit"),
        framework=kept_framework(request, code),
        number=number,
    )
    if about not in WorkAbout.values:
        raise Http404
    form = FirstForm(
        request.POST if request.method == "POST" else None, version=version, about=about
    )
    address = [version.framework.address, version.number]
    if form.is_valid():
        criteria = list(form.cleaned_data["criteria"])
        actions.put_first(version=version, about=about, criteria=criteria, by=request.user)
        messages.success(request, "Saved.")
        return redirect("frameworks:first", *address, about)
    context = {
        "version": version,
        "form": form,
        "about": WorkAbout(about),
        "others": [
            (each.label, reverse("frameworks:first", args=[*address, each.value]))
            for each in WorkAbout
            if each != about
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/first.html", context, status=status)
