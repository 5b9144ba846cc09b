"""What a finding rests on: evidence looked through, added, quoted, taken out."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from observations.models import Passage
from observations.on_record import passages_shown
from practicelens.numbers import number_sent
from practicelens.people.methods import shown_and_sent
from reports.briefings import writing
from reports.briefings.suggesting import about, opposite_of
from reports.briefings.views.editing import render_editor, standing_finding, subject_of
from reports.briefings.views.finding import draft, refused_once_sent
from reports.models import Evidence
from reports.summaries import passages_for

PER_LOOK = 20


@shown_and_sent
def evidence(request, key, pk, side):
    """Look through all that may be on one side of a finding, and add what does."""
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)
    if side not in Evidence.Side.values:
        raise Http404
    if request.method == "POST":
        return add_evidence(request, briefing, found, side)
    subject = subject_of(briefing, found)
    passages = passages_of(briefing, subject, side) if subject else None
    there = set(found.evidence.values_list("passage_id", flat=True))
    chosen = [each for each in passages.chosen if each.passage_id not in there] if passages else []
    passages_shown(request.user, chosen)
    context = {
        "finding": found,
        "side": side,
        "title": "Add evidence" if side == Evidence.Side.FOR else "Counter-examples",
        "chosen": chosen,
        "words": passages.words if passages else "",
    }
    return render_editor(request, briefing, "reports/evidence.html", context)


def passages_of(briefing, subject, side):
    window = briefing.window
    if side == Evidence.Side.AGAINST:
        return opposite_of(subject, briefing.unit, window, PER_LOOK)
    return passages_for(
        briefing.unit, window, side=subject["side"], limit=PER_LOOK, **about(subject)
    )


def add_evidence(request, briefing, finding, side):
    """Add a passage to a finding; the words that are quoted are where the page found them."""
    visible = Passage.objects.visible_to(request.user).quotable()
    # What one can read includes one's own of elsewhere, which is not this unit's to be told.
    here = visible.within(briefing.unit)
    passage = get_object_or_404(here, pk=number_sent(request.POST.get("passage")))
    start, end = number_sent(request.POST.get("start")), number_sent(request.POST.get("end"))
    if not 0 <= start < end <= len(passage.text):
        start, end = 0, len(passage.text)
    with refused_once_sent():
        writing.add_evidence(
            briefing=briefing,
            finding=finding,
            passage=passage,
            side=side,
            quote=(start, end),
            by=request.user,
        )
    return redirect_to_side(briefing, finding, side)


def redirect_to_side(briefing, finding, side):
    anchor = "evidence" if side == Evidence.Side.FOR else "opposite"
    return redirect(reverse("reports:finding", args=[briefing.key, finding.pk]) + f"#{anchor}")


@require_POST
def change_evidence(request, key, pk, evidence):
    """Take a passage out, or quote it to leaders, or no longer."""
    how = request.POST.get("how")
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)
    row = get_object_or_404(found.evidence, pk=evidence)
    what = {"briefing": briefing, "finding": found.pk, "evidence": row.pk, "by": request.user}
    with refused_once_sent():
        if how == "take_out":
            writing.take_out(**what)
        elif how in ("quote", "unquote"):
            writing.quote(is_quoted=how == "quote", **what)
        else:
            raise Http404
    return redirect_to_side(briefing, found, row.side)


@require_POST
def not_the_opposite(request, key, pk):
    """A suggestion that a person has looked at and put aside."""
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)
    passage = number_sent(request.POST.get("passage"))
    with refused_once_sent():
        writing.put_aside(briefing=briefing, finding=found.pk, passage=passage, by=request.user)
    return redirect_to_side(briefing, found, Evidence.Side.AGAINST)
