"""What the observations add up to, for practice leaders: counts, and the passages behind them."""

import csv

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frameworks.models import Criterion, FrameworkVersion, Theme
from frameworks.themes import mergers
from observations.learning.precision import precision_of
from observations.on_record import passages_shown
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from reports import pieces
from reports.figures.level_bars import level_key
from reports.filters import chosen_by, standard_choice
from reports.periods import rolling
from reports.summaries import (
    by_clause,
    how_far_to_trust,
    in_short,
    in_short_by_clause,
    last_seen_words,
    not_seen_lately,
    summarise,
    table,
    when_it_held,
    why_called_off,
)


@require_safe
def summary(request):
    chosen = chosen_by(request)
    read_by = standard_choice(chosen)
    if read_by.standard:
        return by_its_clauses(request, chosen, read_by)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    row = pieces.criterion_over_time(found, request.GET.get("criterion", ""))
    context = {
        "chosen": chosen,
        "read_by": read_by,
        "summary": found,
        "in_short": in_short(found, row),
        "criteria": pieces.levels_table(found),
        "key": level_key(found.levels),
        "apart": [each for each in found.criteria if each.apart],
        "over_time": row,
        "trust": how_far_to_trust(found),
    }
    if found.observations:
        context["charts"] = pieces.charts(chosen, found, row)
        context["change"] = pieces.change(chosen, row)
        context["grid"] = pieces.grid(found)
        context["in_practice"] = pieces.in_practice(chosen, found)
        context["families"] = pieces.families(chosen, found)
        context["lenses"] = pieces.lenses(found)
        context["systems"] = pieces.systems(found)
        quoted = [*pieces.quoted_in(context["in_practice"]), *context["families"]["words"]]
        passages_shown(request.user, quoted)
    return render(request, "reports/summary.html", context)


def by_its_clauses(request, chosen, read_by):
    """The summary's page, read by the clauses of a standard."""
    found = by_clause(chosen.unit, chosen.window, read_by.standard, chosen.kind_of_work)
    context = {
        "chosen": chosen,
        "read_by": read_by,
        "found": found,
        "held": list(when_it_held(found.standard, found.window)),
        "follower": read_by.follower,
        "follower_query": read_by.follower and chosen.query_by(read_by.follower),
        "in_short": in_short_by_clause(found),
        "clauses": pieces.clauses(found),
        "key": level_key(found.levels),
    }
    return render(request, "reports/summary_clauses.html", context)


@require_safe
def theme(request, pk):
    chosen = chosen_by(request)
    found = get_object_or_404(Theme.objects.visible_to(request.user), pk=pk, is_draft=False)
    context = {
        "chosen": chosen,
        "theme": found,
        "precision": precision_of(found).sentence,
        "became": mergers.became(found),
        "came": mergers.came_together(found),
        **pieces.theme_over_time(chosen, found),
        **pieces.both_sides(request, chosen, ("helps", "hinders"), theme=found),
    }
    passages_shown(request.user, pieces.quoted_on(context["sides"]))
    return render(request, "reports/summary_theme.html", context)


@require_safe
def criterion(request, pk):
    chosen = chosen_by(request)
    readable = FrameworkVersion.objects.visible_to(request.user).published()
    criteria = Criterion.objects.filter(version__in=readable).select_related("version__framework")
    found = get_object_or_404(criteria, pk=pk)
    context = {
        "chosen": chosen,
        "criterion": found,
        **pieces.a_criterion_over_time(chosen, found),
        **pieces.both_sides(request, chosen, ("for", "against"), criterion=found),
    }
    passages_shown(request.user, pieces.quoted_on(context["sides"]))
    return render(request, "reports/summary_criterion.html", context)


@require_safe
def coverage(request):
    chosen = chosen_by(request)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    today = chosen.window.today
    unseen = [
        {"row": row, "when": last_seen_words(row, today)} for row in not_seen_lately(chosen.unit)
    ]
    return render(
        request,
        "reports/coverage.html",
        {
            "chosen": chosen,
            "summary": found,
            "grid": pieces.grid(found),
            "unseen": unseen,
            "why_called_off": why_called_off(chosen.unit, chosen.window, chosen.kind_of_work),
        },
    )


@require_safe
def figures_csv(request):
    """All counts of the summary; a line in the log says who took them away."""
    chosen = chosen_by(request)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=chosen.unit, unit=chosen.unit)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"figures-{chosen.unit.code}-{chosen.window.last_month:%Y-%m}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # without it a spreadsheet does not read macrons
    writer = csv.writer(response)
    writer.writerow(table.HEAD)
    where = f"{chosen.window.words}. {chosen.work_words}"
    writer.writerow(["What this is", table.harmless(chosen.unit.name), where, ""])
    writer.writerows(table.rows(found))
    if standard := standard_choice(chosen).standard:
        clauses = by_clause(chosen.unit, chosen.window, standard, chosen.kind_of_work)
        writer.writerows(table.clause_rows(clauses))
    return response


@require_safe
def definitions(request):
    """How each figure is worked out: for everybody, leaders too."""
    return render(
        request,
        "reports/definitions.html",
        {"threshold": settings.SMALL_COUNT_THRESHOLD, "months": rolling().length_words},
    )
