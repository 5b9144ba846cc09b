"""The editor of a draft: one page, with the part that is being changed open in its place."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks import history as frameworks_history
from frameworks.fetching import base_of, base_shown, differences, kept_draft, kept_framework
from frameworks.models import Change, Criterion, Domain, Framework, FrameworkVersion
from frameworks.versions import checking, drafting, lineage, preview, trials
from frameworks.versions.forms.drafting import (
    AboutForm,
    CriterionForm,
    DomainForm,
    NameForm,
    NewFrameworkForm,
)
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act
from practicelens.people.two_windows import WINDOW, ReadAt

KINDS = {"domains": Domain, "criteria": Criterion}


def part_of(version, kind, pk):
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(
        KINDS[kind].objects.filter(version=version).select_related("version__framework"), pk=pk
    )


@shown_and_sent
@keeps_typed
def new(request):
    """Create a framework."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    form = NewFrameworkForm(sent_or_kept(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        version = drafting.make(by=request.user, **form.cleaned_data)
        messages.success(request, f"{version.framework} is begun. Add its first domain.")
        return redirect("frameworks:draft", version.framework.address)
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/new.html", {"form": form}, status=status)


@require_POST
def start(request, code):
    """Begin the next version as a copy of the last."""
    framework = kept_framework(request, code)
    try:
        version = drafting.start(framework=framework, by=request.user)
    except drafting.HasDraft:
        messages.info(request, "There is a draft already: this is it.")
    else:
        words = f"Version {version.number} is begun, as a copy. Change what should be different."
        messages.success(request, words)
    return redirect("frameworks:draft", code)


@require_safe
def draft(request, code):
    return show(request, kept_draft(request, code))


def show(request, version, status=200, **more):
    """The editor's page. `form` is open in the place of `opened`, or at the end of its list."""
    rows = [row for domain in version.domains.all() for row in domain.criteria.all()]
    opened, adding = more.get("opened"), more.get("adding")
    moved = request.GET.get("moved", "")
    lineage.say_beside(rows, version)
    last_change = frameworks_history.history_of(version).first()
    context = {
        "version": version,
        "trial": trials.trial_of(version),
        "visits": trials.visits(version),
        "in_use": FrameworkVersion.objects.live().filter(framework=version.framework).first(),
        "stops": checking.what_stops(version),
        "advice": checking.worth_a_look(version),
        "phone": on_a_phone(version, rows, opened, more.get("form")),
        "of": len(rows),
        "moved": moved,
        "last_change": last_change,
        "deleted": last_change if is_part_deleted(last_change) else None,
        "opened": None,
        "base": opened.revision if opened else "",
        "adding": adding,
        "form": None,
        "theirs": None,
        "place_error": "",
        "is_new_deletion": "deleted" in request.GET,
    }
    return render(request, "frameworks/draft.html", context | more, status=status)


def on_a_phone(version, rows, opened, form):
    """The criterion shown as an observer meets it: the one being written, or else the first."""
    if isinstance(form, CriterionForm):
        place = rows.index(opened) + 1 if opened else len(rows) + 1
        return preview.of_form(form, place, max(place, len(rows)))
    return preview.of_criterion(rows[0], version.scale, len(rows)) if rows else None


def is_part_deleted(change):
    """Whether a domain or a criterion was deleted, and can be put back."""
    parts = [model._meta.verbose_name for model in KINDS.values()]
    is_gone = change and change.verb == Change.Verb.DELETED and not change.undone_at
    return bool(is_gone) and change.what in parts


def form_for(kind, version, data=None, instance=None):
    if kind == "domains":
        return DomainForm(data, instance=instance)
    return CriterionForm(data, instance=instance, version=version)


@shown_and_sent
@keeps_typed
def draft_part(request, code, kind, pk):
    """A domain or a criterion, open for changing in its place."""
    version = kept_draft(request, code)
    row = part_of(version, kind, pk)
    typed = sent_or_kept(request)
    form = form_for(kind, version, typed, row)
    if request.method != "POST" or not form.is_bound:
        return show(request, version, opened=row, form=form, base=base_shown(typed, row))
    if not form.is_valid():
        return show(request, version, 422, opened=row, form=form, base=request.POST.get("base"))
    try:
        frameworks_history.save(form=form, base=base_of(request), part_of=version, by=request.user)
    except frameworks_history.Meanwhile as meanwhile:
        held = form_for(kind, version, instance=meanwhile.row)
        theirs = {"change": meanwhile.change, "rows": differences(form, held)}
        more = {"form": form, "theirs": theirs, "base": meanwhile.row.revision}
        return show(request, version, 409, opened=row, **more)
    if "domain" in form.changed_data or "name" in form.changed_data:
        drafting.renumber(version)
    messages.success(request, "Saved.")
    return redirect(f"{reverse('frameworks:draft', args=[code])}#{row.anchor}")


@shown_and_sent
@keeps_typed
def add_domain(request, code):
    version = kept_draft(request, code)
    form = DomainForm(sent_or_kept(request))
    if request.method == "POST" and form.is_valid():
        domain = drafting.add_domain(version=version, by=request.user, **form.cleaned_data)
        messages.success(request, f"{domain} is added.")
        return redirect(f"{reverse('frameworks:draft', args=[code])}#{domain.anchor}")
    status = 422 if request.method == "POST" and form.is_bound else 200
    return show(request, version, status, form=form, adding="domain")


@shown_and_sent
@keeps_typed
def add_criterion(request, code, pk):
    """A new criterion, at the end of a domain."""
    version = kept_draft(request, code)
    domain = part_of(version, "domains", pk)
    instance = Criterion(domain=domain, version=version, position=0, code="")
    form = CriterionForm(sent_or_kept(request), instance=instance, version=version)
    if request.method == "POST" and form.is_valid():
        criterion = drafting.add_criterion(form=form, by=request.user)
        messages.success(request, f"{criterion} is added.")
        return redirect(f"{reverse('frameworks:draft', args=[code])}#{criterion.anchor}")
    status = 422 if request.method == "POST" and form.is_bound else 200
    return show(request, version, status, form=form, adding=domain.pk)


@require_POST
def move(request, code, kind, pk):
    """Move a domain, or a criterion in its domain: up, down, or to a place."""
    version = kept_draft(request, code)
    row = part_of(version, kind, pk)
    to = place_asked(request, row)
    if to is None:
        form, words = form_for(kind, version, instance=row), "Give the place as a number, such as 2"
        return show(request, version, 422, opened=row, form=form, place_error=words)
    drafting.move(row=row, to=to, by=request.user)
    address = reverse("frameworks:draft", args=[code])
    # No fragment: a page with one keeps the focus from the button that moved the row.
    return redirect(f"{address}?moved={kind}-{pk}")


def place_asked(request, row):
    sent = request.POST.get("to", "")
    rows = row.version.domains if isinstance(row, Domain) else row.domain.criteria
    here = rows.filter(position__lt=row.position).count() + 1
    if sent in ("up", "down"):
        return here + (1 if sent == "down" else -1)
    return int(sent) if sent.isdecimal() and len(sent) < 5 else None


@require_POST
def duplicate(request, code, pk):
    criterion = part_of(kept_draft(request, code), "criteria", pk)
    doubled = drafting.duplicate(criterion=criterion, by=request.user)
    messages.success(request, f"{doubled.code} is a copy. Change what should be different.")
    return redirect(checking.part_url(doubled))


@require_POST
def delete(request, code, kind, pk):
    """Delete a domain or a criterion; the page then offers to put it back."""
    row = part_of(kept_draft(request, code), kind, pk)
    try:
        drafting.delete(row=row, by=request.user)
    except drafting.Tried:
        messages.error(
            request,
            f"{row} is rated in trial observations. Erase them on the page of the trial first.",
        )
        return redirect("frameworks:draft", code)
    return redirect(f"{reverse('frameworks:draft', args=[code])}?deleted=yes")


@require_POST
def restore(request, code, pk):
    """Put back what was deleted."""
    version = kept_draft(request, code)
    changes = Change.objects.visible_to(request.user)
    of_parts = changes.filter(
        part_of="frameworkversion",
        part_of_pk=version.pk,
        verb=Change.Verb.DELETED,
        what__in=[model._meta.verbose_name for model in KINDS.values()],
    )
    change = get_object_or_404(of_parts, pk=pk)
    address = reverse("frameworks:draft", args=[code])
    try:
        row = drafting.restore(change=change, version=version, by=request.user)
    except frameworks_history.HolderGone:
        messages.error(request, f"Put the domain back first in which {change.named} was.")
        return redirect("frameworks:history", code)
    messages.success(request, f"{change.named} is back." if row else "It is back already.")
    return redirect(f"{address}#{row.anchor}" if row else address)


@shown_and_sent
@keeps_typed
def about(request, code):
    """What the draft is built with, and what the framework is called."""
    version = kept_draft(request, code)
    framework = version.framework
    typed = sent_or_kept(request)
    forms = [NameForm(typed, instance=framework), AboutForm(typed, instance=version)]
    if request.method != "POST":
        return show_about(request, version, forms, 200, base=(typed or {}).get("base"))
    are_valid = [form.is_valid() for form in forms]
    if not all(are_valid):
        return show_about(request, version, forms, 422)
    bases = request.POST.get("base", "").partition("-")[::2]
    try:
        with transaction.atomic():
            for form, sent, part in zip(forms, bases, (framework, version), strict=True):
                base = ReadAt.of({"base": sent, WINDOW: request.POST.get(WINDOW)}, "base")
                frameworks_history.save(form=form, base=base, part_of=part, by=request.user)
    except frameworks_history.Meanwhile as meanwhile:
        return show_about(request, version, forms, 409, meanwhile.change)
    messages.success(request, "Saved.")
    return redirect("frameworks:draft", code)


def show_about(request, version, forms, status, change=None, base=None):
    held = Framework.objects.get(pk=version.framework_id)
    drafted = FrameworkVersion.objects.get(pk=version.pk)
    theirs = (NameForm(instance=held), AboutForm(instance=drafted)) if change else ()
    rows = [
        row for form, saved in zip(forms, theirs, strict=False) for row in differences(form, saved)
    ]
    context = {
        "version": version,
        "forms": forms,
        "base": base or f"{held.revision}-{drafted.revision}",
        "theirs": {"change": change, "rows": rows} if change else None,
    }
    return render(request, "frameworks/draft_about.html", context, status=status)


@require_safe
def history(request, code):
    """Who changed what in the framework's versions, newest first."""
    framework = kept_framework(request, code)
    versions = FrameworkVersion.objects.kept_by(request.user).filter(framework=framework)
    return render(
        request,
        "frameworks/history.html",
        {
            "framework": framework,
            "page": frameworks_history.pages_of(framework, versions, request.GET),
            "draft_pk": versions.drafts().values_list("pk", flat=True).first(),
        },
    )
