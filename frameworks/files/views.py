"""A framework version goes out as a file, and a file comes in: looked at first, then imported."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from frameworks.fetching import kept_framework
from frameworks.files import checking, importing, parsing, shape, spreadsheet_out, writing
from frameworks.files.forms import FileForm
from frameworks.models import (
    Cause,
    Change,
    FileToImport,
    Framework,
    FrameworkVersion,
    Lens,
    Scale,
    Standard,
)
from practicelens.people.methods import shown_and_sent
from practicelens.people.permissions import Act

MOST_SHOWN = 100  # of what is to be put right; mending these mends most of the rest
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "qdc": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(data, name):
    response = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def export(request, code, number, kind):
    """A version as a file, for whoever can read it."""
    shown = FrameworkVersion.objects.visible_to(request.user).select_related("framework", "scale")
    found = get_object_or_404(shown, framework__address=code, number=number)
    content = writing.content_of(found)
    try:
        data = as_file(content, kind, request.user)
    except spreadsheet_out.TooLong as error:
        words = f"A text is too long for a spreadsheet: “{error}…” Download it as JSON."
        messages.error(request, words)
        return redirect(found)
    return download(data, f"{code}-version-{number}.{kind}")


def as_file(content, kind, user):
    if kind == "json":
        return writing.as_json(content)
    return spreadsheet_out.of_content(content, codes_known(user))


@require_safe
def export_before(request, code, pk):
    """The draft as it was before a file took its place."""
    framework = kept_framework(request, code)
    changes = Change.objects.visible_to(request.user).filter(verb=Change.Verb.IMPORTED)
    versions = FrameworkVersion.objects.kept_by(request.user).filter(framework=framework)
    of_these = {"part_of": "frameworkversion", "part_of_pk__in": versions.values("pk")}
    change = get_object_or_404(changes.filter(**of_these), pk=pk, before__has_key="content")
    return download(change.before["content"], f"{code}-before-{pk}.json")


def only_framework_admins(request):
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404


@require_safe
def template(request):
    """An empty spreadsheet to fill in, with the codes that it may name."""
    only_framework_admins(request)
    data = spreadsheet_out.template(codes_known(request.user))
    return download(data, "framework-template.xlsx")


def codes_known(user):
    """[(what, code, words)] of all that a file may name."""
    return [
        *[("Scale", each.code, scale_words(each)) for each in in_order(Scale, user)],
        *[("Cause", each.code, each.name) for each in in_order(Cause, user)],
        *[("Lens", each.code, each.name) for each in in_order(Lens, user)],
        *[("Standard", each.code, standard_words(each)) for each in in_order(Standard, user)],
    ]


@require_safe
def schema(request):
    """The shape of the JSON form, for programs that write it."""
    only_framework_admins(request)
    return download(json.dumps(shape.json_schema(), ensure_ascii=False, indent=2), "schema.json")


def in_order(model, user):
    parts = {Scale: ["levels"], Standard: ["clauses"]}.get(model, [])
    return model.objects.visible_to(user).prefetch_related(*parts).order_by("code")


def scale_words(scale):
    levels = sorted(scale.levels.all(), key=lambda level: level.position)
    return f"{scale.name}. Its levels: {', '.join(level.code for level in levels)}"


def standard_words(standard):
    clauses = sorted(standard.clauses.all(), key=lambda clause: (clause.position, clause.number))
    return f"{standard.name}. Its clauses: {', '.join(clause.number for clause in clauses)}"


@shown_and_sent
def import_file(request):
    """Choose a file; all that is wrong with it is said at once."""
    only_framework_admins(request)
    framework = request.GET.get("framework", "")
    kept = Framework.objects.kept_by(request.user).filter(address=framework).first()
    initial = {"place": f"draft-{kept.pk}"} if kept else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*sent, user=request.user, initial=initial)
    faults = look_at(form) if form.is_valid() else []
    if form.is_valid() and not faults:
        held = importing.hold(owner=request.user, **form.held, **form.goes_to)
        return redirect("frameworks:import_check", held.pk)
    context = {"form": form, "faults": faults[:MOST_SHOWN], "more": len(faults[MOST_SHOWN:])}
    return render(request, "frameworks/import.html", context, status=422 if form.is_bound else 200)


def look_at(form):
    """[(where, words)] of a file's faults; of one that can't be read the form itself has the error.

    What is to be held of the file is then in `held`.
    """
    sent = form.cleaned_data["file"]
    form.held = {"name": sent.name[:100], "content": sent.read()}
    return faults_of(form.held["content"], form)


def faults_of(data, form):
    try:
        found = parsing.read(data)
    except parsing.Unreadable as error:
        form.add_error("file", f"The file {error}")
        return []
    to = form.goes_to
    framework = to.get("framework")
    if found.is_partial:
        return found.in_words()
    unit = framework.unit if framework else to["unit"]
    return found.in_words(checking.faults_in(found.content, unit, framework))


@shown_and_sent
def import_check(request, pk):
    """What a file would change; then it is imported, the whole of it."""
    found = get_object_or_404(
        FileToImport.objects.visible_to(request.user).select_related("framework__unit", "unit"),
        pk=pk,
        codebook=None,
    )
    still_theirs(request, found)
    content = parsing.read(bytes(found.content)).content
    if request.method == "POST":
        return take_in(request, found, content)
    return show_changes(request, found, content)


def still_theirs(request, found):
    """A role may have ended since the file was sent."""
    only_framework_admins(request)
    unit = found.framework.unit if found.framework else found.unit
    if unit not in FileForm(user=request.user).units:
        raise Http404("Another framework admin's by now")


def show_changes(request, found, content, status=200, stop=None):
    framework = found.framework
    context = {
        "file": found,
        "content": content,
        "draft": importing.draft_of(framework) if framework else None,
        "difference": importing.compare(content, framework),
        "base": importing.seen(framework) if framework else "",
        "stop": stop,
    }
    return render(request, "frameworks/import_check.html", context, status=status)


def take_in(request, found, content):
    how = {"content": content, "by": request.user, "named": found.name}
    try:
        if found.framework:
            base = request.POST.get("base", "")
            version = importing.replace(framework=found.framework, base=base, **how)
        else:
            version = importing.begin(unit=found.unit, **how)
    except importing.Moved:
        words = "The draft was changed since you looked. This is what the file would change now."
        return show_changes(request, found, content, 409, words)
    except importing.InUse:
        words = "Observations of a trial rate a criterion that the file takes away. End the trial first."
        return show_changes(request, found, content, 409, words)
    except importing.Refused:
        words = "What the file names has changed since you sent it. Choose the file again."
        return show_changes(request, found, content, 409, words)
    found.delete()
    messages.success(request, f"{found.name} is imported.")
    return redirect("frameworks:draft", version.framework.address)
