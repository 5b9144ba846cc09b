"""Reading briefings: the list, the leaders' page, and the shape of a content."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed
from practicelens.people.permissions import Act
from reports import briefings as composing
from reports.briefings.decision_forms import DecisionForm
from reports.briefings.forms import BriefingFilter, ComposeForm
from reports.briefings.questions.views import may_ask
from reports.briefings.render.html import for_page
from reports.briefings.schema import json_schema
from reports.briefings.views.editing import overview
from reports.briefings.views.finding import holding, looked_over, seen_briefing
from reports.models import Briefing, Question, Verdict

PER_PAGE = 12


@require_safe
def briefings(request):
    """Practice leaders: what is being written and what was issued; leaders: what was issued."""
    if not request.user.can(Act.READ_BRIEFINGS):
        raise Http404
    writes = request.user.can(Act.WRITE_BRIEFINGS)
    form = BriefingFilter(request.GET, user=request.user)
    found = form.filter(Briefing.objects.visible_to(request.user)).for_list()
    if not writes:
        found = found.exclude(superseded_by__issued_at__isnull=False)
    page = Paginator(found.defer("figures", "content"), PER_PAGE).get_page(request.GET.get("page"))
    waiting = Verdict.objects.visible_to(request.user).waiting_for(request.user).count()
    context = {
        "form": form,
        "page": page,
        "writes": writes,
        "reads_verdicts": request.user.can(Act.READ_VERDICTS),
        "verdicts_waiting": waiting,
    }
    return render(request, "reports/briefings.html", context)


@shown_and_sent
def compose(request):
    """Draft a briefing now, without waiting for the day of its schedule."""
    if not request.user.can(Act.WRITE_BRIEFINGS):
        raise Http404
    form = ComposeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(composing.compose(**form.chosen, by=request.user))
    return render(request, "reports/compose.html", {"form": form})


@require_safe
@keeps_typed
def briefing(request, key):
    """What was issued, as leaders read it; what is not issued yet, to those who write it."""
    found = seen_briefing(request, key)
    if not found.is_issued:
        return overview(request, found)
    record(by=request.user, action=Entry.Action.READ, what=found, unit=found.unit)
    return render(
        request,
        "reports/briefing.html",
        {
            **for_page(found.content, found.sha256),
            "briefing": found,
            "recommendations": recommendations_beside(request.user, found),
            "later": later_of(found),
            "writes": found.can_be_written_by(request.user),
            "may_ask": may_ask(request.user, found),
            "questions": Question.objects.visible_to(request.user).of_issue(found).count(),
            "tells_readers": found.tells_its_readers_to(request.user),
            "is_preview": False,
        },
    )


def later_of(briefing):
    """The issue that superseded this one, or None."""
    later = getattr(briefing, "superseded_by", None)
    return later if later and later.is_issued else None


def recommendations_beside(user, briefing):
    """Each recommendation of the frozen content with what is beside it: a form, or what was decided."""
    rows = {
        recommendation.number: recommendation
        for recommendation in briefing.recommendations.for_list()
    }
    told = next(each for each in briefing.content["sections"] if each["key"] == "asks")["asks"]
    is_open = later_of(briefing) is None
    return [beside(user, each, rows[each["number"]], is_open) for each in told]


def beside(user, told, recommendation, is_open):
    may_decide = is_open and recommendation.can_be_decided_by(user)
    named = {"prefix": f"recommendation-{recommendation.pk}", "unit": recommendation.briefing.unit}
    return {
        "told": told,
        "recommendation": recommendation,
        "decision": getattr(recommendation, "decision", None),
        "form": DecisionForm(**named) if may_decide else None,
    }


@require_safe
def preview(request, key):
    """A draft as leaders will read it, for those who write, approve or issue it."""
    found = looked_over(request, key)
    if found.is_issued:
        return redirect(found)
    content = composing.build_content(found)
    told = next(each for each in content["sections"] if each["key"] == "asks")["asks"]
    return render(
        request,
        "reports/briefing.html",
        {
            **for_page(content, ""),
            "briefing": found,
            "recommendations": [
                {"told": each, "recommendation": None, "decision": None, "form": None}
                for each in told
            ],
            "later": None,
            "writes": found.can_be_written_by(request.user),
            "may_ask": False,
            "questions": 0,
            "tells_readers": False,
            "is_preview": True,
        },
    )


@require_safe
def content_schema(request):
    """The shape of every content, for those who write briefings and for their programs."""
    if not request.user.can(Act.WRITE_BRIEFINGS):
        raise Http404
    shape = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    return HttpResponse(shape, content_type="application/schema+json")


@require_POST
def gather_again(request, key):
    """Count again; the words stay."""
    with holding(request, key) as held:
        composing.gather_again(held)
    messages.success(request, "The figures are counted again. Read your words against them.")
    return redirect(held)
