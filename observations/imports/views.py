"""Importing old observations: send files, match their columns, look at the rows, import, undo."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from observations.imports import actions
from observations.imports.forms import ColumnsForm, RowsForm, SendForm, ValuesForm
from observations.imports.offering import Offered
from observations.imports.showing import shown
from observations.models import Import, ImportRow
from practicelens.numbers import plural
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

PER_PAGE = 50
State = Import.State


def only_observers(request):
    if not request.user.can(Act.WRITE_OBSERVATIONS):
        raise Http404


def own_import(request, pk):
    """One that the person began, while they write observations."""
    only_observers(request)
    rows = Import.objects.visible_to(request.user).select_related("by", "organisation")
    return get_object_or_404(rows, pk=pk)


def while_it_is(found, *states):
    """Whoever comes to a page of an import that is elsewhere by now is led to how it stands."""
    if found.state not in states:
        words = f"That can’t be done now. The import is: {found.state_words}."
        raise NotNow(words, leads_to=found)
    return found


@shown_and_sent
def imports(request):
    """Choose files, and what was imported before."""
    only_observers(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendForm(*sent)
    if form.is_valid():
        made = actions.send(by=request.user, files=form.cleaned_data["files"])
        return redirect(made[0] if len(made) == 1 else "observations:imports")
    page = Paginator(Import.objects.visible_to(request.user).for_list(), PER_PAGE)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    status = 422 if form.is_bound else 200
    return render(request, "observations/imports.html", context, status=status)


@require_safe
def one(request, pk):
    """How an import stands: its rows, what is to be put right in them, what became of them."""
    found = own_import(request, pk)
    counts = found.rows.values_list("outcome").annotate(Count("pk")).order_by()
    rows = found.rows.for_list().select_related("observation")
    if request.GET.get("only") in ImportRow.Outcome.values:
        rows = rows.filter(outcome=request.GET["only"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    rows = shown(page.object_list, found)
    context = {
        "import": found,
        "counts": dict.fromkeys(ImportRow.Outcome.values, 0) | dict(counts),
        "total": found.rows.count(),
        "page": page,
        "rows": rows,
        "asks": any(each["is_asked"] for each in rows),
        "stay": found.rows.for_list().exclude(stays_because="").select_related("observation"),
        "before": actions.sent_before(found)[:3],
        "only": request.GET.get("only", ""),
    }
    return render(request, "observations/import.html", context)


@shown_and_sent
def columns(request, pk):
    """Say what each column is."""
    found = while_it_is(own_import(request, pk), State.MATCHING, State.READY)
    kept = None if found.columns else actions.kept_mapping(found)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, found=found, offered=Offered(request.user), kept=kept)
    if not form.is_valid():
        context = {"form": form, "import": found, "kept": kept}
        status = 422 if form.is_bound else 200
        return render(request, "observations/import_columns.html", context, status=status)
    given = {"columns": form.columns, "same": form.same}
    given["is_month_first"] = form.cleaned_data["is_month_first"]
    if kept:
        given["values"] = kept.values
    actions.match(found=found, by=request.user, **given)
    found.refresh_from_db()
    asks = ValuesForm(found=found, offered=Offered(request.user)).asked
    return redirect("observations:import_values", found.pk) if asks else redirect(found)


@shown_and_sent
def values(request, pk):
    """Say once what words of the file mean that are not on the lists here."""
    found = while_it_is(own_import(request, pk), State.READY)
    data = request.POST if request.method == "POST" else None
    form = ValuesForm(data, found=found, offered=Offered(request.user))
    if form.is_valid():
        given = {"found": found, "by": request.user, "values": form.values}
        return press(request, found, "Your choices are kept.", actions.choose_values, **given)
    context = {"form": form, "import": found}
    status = 422 if form.is_bound else 200
    return render(request, "observations/import_values.html", context, status=status)


@require_POST
def choose_rows(request, pk):
    """Leave rows out, or take them in again, by their ticks."""
    found = own_import(request, pk)
    chosen = RowsForm(request.POST, found=found).chosen
    page = request.POST.get("page", "")
    back = f"{found.get_absolute_url()}?page={page}" if page.isdecimal() else found
    return press(request, back, "Your ticks are kept.", actions.choose_rows, found=found, **chosen)


@require_POST
def start(request, pk):
    """Import every row that can go in and has its tick."""
    found = own_import(request, pk)
    chosen = RowsForm(request.POST, found=found).chosen
    said = "The rows are being imported."
    return press(request, found, said, actions.start, found=found, by=request.user, **chosen)


@shown_and_sent
def undo(request, pk):
    """Ask, and then take the whole import out again."""
    found = own_import(request, pk)
    if request.method == "POST":
        said = "The import is being undone."
        return press(request, found, said, actions.undo, found=found, by=request.user)
    while_it_is(found, State.DONE)
    count = found.rows.filter(outcome=ImportRow.Outcome.IMPORTED).count()
    context = {"import": found, "observations": plural(count, "observation")}
    return render(request, "observations/undo_import.html", context)


@require_POST
def discard(request, pk):
    """Throw files away that were not imported."""
    found = own_import(request, pk)
    said = "The files are thrown away. Nothing of them was imported."
    given = {"found": found, "by": request.user}
    return press(request, "observations:imports", said, actions.discard, **given)
