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
from reports.explore.beside import (
    joined_by_clauses,
    jurisdictions_of,
    pairs_of,
    rows_of,
    share_observations,
)
from reports.explore.filters import BesideFilter, ExploreFilter, told_to
from reports.explore.forms import NameForm
from reports.explore.links import Behind, definition_of
from reports.explore.over_time import over_time
from reports.models import SavedView

PER_PAGE = 60
PLACES = {"where", "one", "other"}
FILTERS = {SavedView.Page.EXPLORE: ExploreFilter, SavedView.Page.SIDE_BY_SIDE: BesideFilter}
HALF_A_PAGE = 520


def reader(request):
    """Whoever reads briefings somewhere; to all others there is nothing here."""
    if not request.user.can(Act.READ_BRIEFINGS):
        raise Http404
    return request.user


def asked_of(data, told, filter_class=ExploreFilter):
    """The filter of an address; a place that the person was told nothing of is not there."""
    form = filter_class(data, told=told)
    if PLACES & form.errors.keys():
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
    behind = Behind(user, told)
    context = {
        "form": form,
        "page": page,
        "groups": groups_of(page, behind),
        "reads_observations": any(row.paper.unit_pk in behind.reach for row in page),
        "charts": charts_of(form),
        "left_out": [form.fields[name].label for name in form.errors],
        "saved": SavedView.objects.visible_to(user).for_list(),
        "here": here(SavedView.Page.EXPLORE, form),
        "told_anything": bool(told.rows),
    }
    return render(request, "reports/explore/explore.html", context)


def here(page, form):
    """What is saved of a page, and what it is called unless one says another name."""
    return {"page": page, "query": form.query, "words": form.words or page.label}


@require_safe
def side_by_side(request):
    """The same figures of two places in the same months, and what can be said of the difference."""
    user = reader(request)
    told = told_to(user)
    form = asked_of(request.GET, told, BesideFilter)
    context = {
        "form": form,
        "can_choose": len(form.all_sides) > 1,
        "is_same": bool(form.data["one"]) and form.data["one"] == form.data["other"],
        "saved": SavedView.objects.visible_to(user).for_list(),
        "here": here(SavedView.Page.SIDE_BY_SIDE, form),
        **compared(form, told),
    }
    return render(request, "reports/explore/side_by_side.html", context)


def compared(form, told):
    """The pairs of figures, or why there are none; nothing until two places are chosen."""
    both = form.both
    if both is None:
        return {"sides": None}
    found = {"sides": both, "shares_observations": share_observations(*both)}
    if found["shares_observations"] or form.in_months is None:
        return found
    ours, theirs = (rows_of(told.rows, side, form.in_months) for side in both)
    return found | {
        "months": dict(form.common)[form.in_months],
        "jurisdictions": jurisdictions_of(both),
        "pairs": with_definitions(pairs_of(ours, theirs, told)),
        "joined": with_definitions(joined_by_clauses(ours, theirs, told)),
    }


def with_definitions(pairs):
    return [{"pair": each, "definition": definition_of(each.one.line.measure)} for each in pairs]


def groups_of(page, behind):
    """The rows of a page under the group that they are of, each with where it leads."""
    found = []
    for number, (_, rows) in enumerate(groupby(page, key=lambda row: row.group), start=1):
        rows = list(rows)
        shown = [
            {"row": row, "definition": definition_of(row.line.measure), "behind": behind.of(row)}
            for row in rows
        ]
        has_change = any(row.line.before or row.line.change for row in rows)
        group = {"first": rows[0], "rows": shown, "has_change": has_change}
        found.append({**group, "id": f"group-{number}"})
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
    sent = QueryDict(request.POST.get("query", ""))
    query = asked_of(sent, told_to(user), FILTERS[page]).query
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
