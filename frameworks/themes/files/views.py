"""A codebook goes out as a file, and a file comes in: looked at first, then imported."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from frameworks.files import importing
from frameworks.files.views import MOST_SHOWN, download
from frameworks.models import Codebook, FileToImport
from frameworks.themes.files import coming_in, going_out, taking_in
from frameworks.themes.files.forms import CodebookFileForm
from frameworks.themes.views import kept_codebook
from practicelens.people.methods import shown_and_sent
from practicelens.refusals import NotNow

AS_FILE = {"csv": going_out.as_csv, "qdc": going_out.as_qdc}


@require_safe
def export(request, code, kind):
    """The themes in use as a file, for whoever can read the codebook."""
    codebook = get_object_or_404(Codebook.objects.visible_to(request.user), address=code)
    return download(AS_FILE[kind](codebook), f"{code}.{kind}")


@shown_and_sent
def import_themes(request, code):
    """Choose a file; all that is wrong with it is said at once."""
    codebook = kept_codebook(request, code)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CodebookFileForm(*sent)
    faults = look_at(form, codebook) if form.is_valid() else []
    if form.is_valid() and not faults:
        held = importing.hold(owner=request.user, codebook=codebook, **form.held)
        return redirect("frameworks:import_themes_check", code, held.pk)
    shown = {"faults": faults[:MOST_SHOWN], "more": len(faults[MOST_SHOWN:])}
    context = {"codebook": codebook, "form": form, **shown}
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/import_themes.html", context, status=status)


def look_at(form, codebook):
    """[(where, words)] of a file's faults; of one that can't be read the form itself has the error.

    What is to be held of the file is then in `held`.
    """
    sent = form.cleaned_data["file"]
    form.held = {"name": sent.name[:100], "content": sent.read()}
    try:
        return taking_in.plan(codebook, coming_in.read(form.held["content"])).faults
    except coming_in.Unreadable as error:
        form.add_error("file", f"The file {error}")
        return []


@shown_and_sent
def import_themes_check(request, code, pk):
    """What a file would add and change; then all of it waits in the codebook."""
    codebook = kept_codebook(request, code)
    files = FileToImport.objects.visible_to(request.user).filter(codebook=codebook)
    if request.method == "POST" and not files.filter(pk=pk).exists():
        messages.info(request, "That file is imported already, or was let go after a day.")
        return redirect("frameworks:codebook", code)
    held = get_object_or_404(files.select_related("codebook__unit"), pk=pk)
    if request.method != "POST":
        return show_plan(request, held)
    try:
        done = taking_in.take_in(held=held, base=request.POST.get("base", ""), by=request.user)
    except NotNow as error:
        return show_plan(request, held, 409, str(error))
    messages.success(request, said_of(done))
    return redirect("frameworks:codebook", code)


def said_of(done):
    if not done.is_any:
        return "The file says what is there already."
    counts = f"{len(done.added)} added, {len(done.changed)} changed"
    return f"Imported: {counts}. Nothing of it is in use yet."


def show_plan(request, held, status=200, stop=None):
    context = {
        "file": held,
        "codebook": held.codebook,
        "plan": taking_in.plan(held.codebook, coming_in.read(bytes(held.content))),
        "base": taking_in.as_seen(held.codebook),
        "stop": stop,
    }
    return render(request, "frameworks/import_themes_check.html", context, status=status)
