"""Exploring what leaders were told: figures by place, months, kind of work, criterion, theme and clause."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.permissions import Act
from reports.charts import draw
from reports.explore import actions
from reports.explore.filters import ExploreFilter, told_to
from reports.explore.forms import NameForm
from reports.explore.links import Notes, definition_of
from reports.explore.over_time import over_time
from reports.models import SavedView

PER_PAGE = 60
HALF_A_PAGE = 520


def reader(request):
    """Whoever reads briefings somewhere; to all others there is nothing here."""
    if not request.user.can(Act.READ_BRIEFINGS):
        raise Http404
    return request.user


def asked_of(data, told):
    """The filter of an address; a place that the person was told nothing of is not there."""
    form = ExploreFilter(data, told=told)
    form.is_valid()
    if "where" in form.errors:
        raise Http404
    return form


@require_safe
def explore(request):
    """The figures that were told to the reader, narrowed by what stands in the address."""
    user = reader(request)
    told = told_to(user)
    form = asked_of(request.GET, told)
    rows = form.rows()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    notes = Notes(user, told)
    context = {
        "form": form,
        "page": page,
        "groups": groups_of(page, notes),
        "reads_notes": any(row.paper.unit_pk in notes.reach for row in page),
        "charts": charts_of(form),
        "left_out": [form.fields[name].label for name in form.errors],
        "is_narrowed": bool(form.asked),
        "saved": SavedView.objects.visible_to(user).for_list(),
        "here": {"page": SavedView.Page.EXPLORE, "query": form.query, "words": form.words},
        "told_anything": bool(told.rows),
    }
    return render(request, "reports/explore/explore.html", context)


def groups_of(page, notes):
    """The rows of a page under the group that they are of, each with where it leads."""
    found = []
    for number, (_, rows) in enumerate(groupby(page, key=lambda row: row.group), start=1):
        rows = list(rows)
        shown = [
            {"row": row, "definition": definition_of(row.line.measure), "notes": notes.of(row)}
            for row in rows
        ]
        found.append({"first": rows[0], "rows": shown, "id": f"group-{number}"})
    return found


def charts_of(form):
    """The chosen criterion over the months that were told: a chart for each whole unit, or for the place."""
    chosen = form.told.criteria.get(form.asked.get("criterion"))
    if chosen is None:
        return []
    where, rows = form.asked.get("where"), form.told.rows
    places = {where: None} if where else dict.fromkeys(r.where for r in rows if not r.line.part)
    found = []
    for place in sorted(places):
        there = [row for row in rows if row.where == place and not row.line.work]
        chart = over_time(there, chosen)
        if chart:
            found.append({"where": there[0].where_words, "id": f"over-{place}", **drawn(chart)})
    return found


def drawn(chart):
    return {
        "chart": chart,
        "wide": mark_safe(draw(chart, "wide", width=HALF_A_PAGE)),
        "narrow": mark_safe(draw(chart, "narrow")),
    }


@require_POST
def save_view(request):
    """Give what stands in the address a name, so as to come back to it."""
    user = reader(request)
    page = request.POST.get("page", "")
    if page not in SavedView.Page.values:
        raise Http404
    query = asked_of(QueryDict(request.POST.get("query", "")), told_to(user)).query
    address = SavedView(page=page, query=query).get_absolute_url()
    form = NameForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "page": page, "query": query, "up": address}
        return render(request, "reports/explore/save_view.html", context, status=422)
    given = {"by": user, "page": page, "query": query, **form.cleaned_data}
    return press(request, address, "The view is saved.", actions.save_view, **given)


def own_view(request, pk):
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)


@shown_and_sent
@keeps_typed
def rename_view(request, pk):
    found = own_view(request, pk)
    form = NameForm(sent_or_kept(request), initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        given = {"saved": found, "by": request.user, **form.cleaned_data}
        return press(request, found, "The view is renamed.", actions.rename_view, **given)
    context = {"form": form, "saved": found}
    status = status_of(request, form)
    return render(request, "reports/explore/rename_view.html", context, status=status)


@shown_and_sent
def remove_view(request, pk):
    """Asks first; the figures that it led to stay where they are."""
    found = own_view(request, pk)
    if request.method == "POST":
        given = {"saved": found, "by": request.user}
        to = reverse(f"reports:{found.page}")
        return press(request, to, "The saved view is removed.", actions.remove_view, **given)
    return render(request, "reports/explore/remove_view.html", {"saved": found})
