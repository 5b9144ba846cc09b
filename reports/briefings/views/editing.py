"""Writing a briefing: its parts, findings with their evidence, and what it asks."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frameworks.fetching import differences
from observations.models import Passage
from observations.on_record import passages_shown
from practicelens.people import two_windows
from practicelens.people.kept_words import Why, is_by_script, keep_for_signed_in
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, saves_itself, sent_or_kept, take_typed
from practicelens.people.two_windows import Meanwhile, ReadAt
from practicelens.refusals import NotNow
from reports.briefings import quotations_in, what_stops, worth_a_look, writing
from reports.briefings.content import in_page_order
from reports.briefings.early_signs import offered
from reports.briefings.forms import (
    FindingForm,
    LookedForm,
    NewFindingForm,
    RecommendationForm,
    form_for,
)
from reports.briefings.opposites import none_found
from reports.briefings.questions.carrying import carried
from reports.briefings.since import last_issued, rows_of
from reports.briefings.suggesting import only_suggested, opposite_of
from reports.briefings.views.finding import draft, refused_once_sent
from reports.briefings.views.sentences import made_by_rule
from reports.models import CommitteeDate, Evidence, Finding, Recommendation, Scene, Section

SUGGESTED = 3
NAMES = {
    "answers": "Three answers",
    **dict(Section.Key.choices),
    "scene": "A scene from practice",
    "since": "Since last time",
}


def overview(request, briefing):
    """How far a briefing is, what is left, and the next honest step."""
    context = editor(briefing)
    earlier = briefing.supersedes
    return render(
        request,
        "reports/overview.html",
        {
            **context,
            "title": "",
            "may_write": briefing.sent_at is None,
            "writes": briefing.can_be_written_by(request.user),
            "may_approve": briefing.can_be_approved_by(request.user),
            "may_issue": briefing.can_be_issued_by(request.user),
            "may_take_back": briefing.can_be_taken_back_by(request.user),
            "issuers": list(briefing.issuers()) if briefing.approved_at else [],
            "approvers": list(briefing.approvers()) if briefing.sent_at else [],
            "writers": list(briefing.writers.order_by("name", "pk")) if briefing.sent_at else [],
            "advice": worth_a_look(briefing),
            "facts": briefing.figures["facts"],
            "committee_date": CommitteeDate.objects.visible_to(request.user).next_papers(
                briefing.unit
            ),
            "withheld": briefing.figures.get("withheld", []),
            "released": [each for each in quotations_in(briefing) if each.release],
            "earlier": earlier or last_issued(briefing),
        },
    )


def editor(briefing, here=None):
    """What every page of the editor shows: the parts with their state, and what stops approval."""
    stops = what_stops(briefing)
    return {
        "briefing": briefing,
        "stops": stops,
        "parts": parts_of(briefing, stops, here or briefing.get_absolute_url()),
    }


def parts_of(briefing, stops, here):
    """The parts in page order, each a link with whether anything in it is to do."""
    to_do = {url.split("#")[0] for _, url in stops}

    def part(name, url, **more):
        return {"name": name, "url": url, "to_do": url in to_do, "is_here": url == here, **more}

    def section(code):
        return part(NAMES[code], reverse("reports:part", args=[briefing.key, code]))

    findings = [
        part(
            finding.claim,
            reverse("reports:finding", args=[briefing.key, finding.pk]),
            number=number,
        )
        for number, finding in enumerate(in_page_order(briefing), start=1)
    ]
    recommendations_url = reverse("reports:edit_recommendations", args=[briefing.key])
    recommendations = part("Recommendations", recommendations_url)
    recommendations["to_do"] = any("/recommendations/" in url for url in to_do)
    recommendations["is_here"] = here.startswith(recommendations_url)
    before = [section(code) for code in ("answers", *Finding.WITH_FINDINGS)]
    quotations = part("Quotations", reverse("reports:release", args=[briefing.key]))
    said = ("scene", "good_work", "practitioners", "early_signs", "since")
    asked = (recommendations, section("questions"), section("limits"), quotations)
    after = [*map(section, said), *asked]
    return {"before": before, "findings": findings, "after": after}


@shown_and_sent
@keeps_typed
@saves_itself
def part(request, key, section):
    """The three answers, one section's words, or what became of earlier recommendations."""
    briefing = draft(request, key)
    if section == "since":
        return since(request, briefing)
    if section not in NAMES:
        raise Http404
    form_class = form_for(section)

    def instance(held):
        if section == "answers":
            return held
        if section == "scene":
            return getattr(held, "scene", None) or Scene(briefing=held)
        found = held.sections.filter(key=section).first()
        return found or Section(briefing=held, key=section)

    def show(form, **more):
        context = {"section": section, "title": NAMES[section], "form": form, **more}
        context |= {
            "made": made_by_rule(briefing, section),
            "charts": charts_of(briefing, section),
            "sources": sources(request.user, briefing, section),
        }
        return render_editor(request, briefing, "reports/part.html", context)

    return write(request, briefing, form_class, instance, show)


def charts_of(briefing, section):
    """The figures of a section, as tables: the drawings are in the preview."""
    return briefing.figures[section]["charts"] if section in Finding.WITH_FINDINGS else []


def sources(user, briefing, section):
    """The passages that good work was taken from, with a link to each observation."""
    if section != Section.Key.GOOD_WORK:
        return []
    passages = Passage.objects.select_related("observation__unit").in_bulk(
        [each["passage"] for each in briefing.figures["good_work"]]
    )
    passages_shown(user, passages.values())
    return [passages[each["passage"]] for each in briefing.figures["good_work"]]


def since(request, briefing):
    today = briefing.unit.today()
    context = {"title": NAMES["since"], "rows": rows_of(briefing, today)}
    context["questions"] = carried(briefing, today)
    return render_editor(request, briefing, "reports/since.html", context)


def render_editor(request, briefing, template, context, status=200):
    status = context.pop("status", status)
    plain = {"form": None, "theirs": []}
    context = {**plain, **editor(briefing, request.path), **context}
    return render(request, template, context, status=status)


def write(request, briefing, form_class, instance, show):
    """Show a form of words, or save what was sent unless someone else changed it since."""
    if request.method != "POST":
        typed = take_typed(request)
        form = form_class(typed, instance=instance(briefing))
        return show(form, theirs=changed_meanwhile(typed, form) if typed else [])
    try:
        held, form, theirs = writing.save_words(
            briefing=briefing,
            make_form=lambda held: form_class(request.POST, instance=instance(held)),
            base=ReadAt.of(request.POST),
            by=request.user,
        )
    except NotNow:
        return sent_meanwhile(request, form_class(request.POST, instance=instance(briefing)), show)
    return answer(request, held, form, form.is_valid(), theirs, show)


def changed_meanwhile(typed, form):
    """What the row has by now, if it is neither what this page began with nor what it sends."""
    if not two_windows.clashes(form.saves, ReadAt.of(typed)):
        return []
    form.is_valid()
    return form.theirs()


SENT_MEANWHILE = "It was sent for approval since you opened it, so nothing more can be saved in it"


def sent_meanwhile(request, form, show):
    """What was typed stays on the page; the briefing is no draft any more."""
    if is_by_script(request):
        return kept_instead(request, Why.REFUSED, f"{SENT_MEANWHILE}.")
    form.add_error(None, SENT_MEANWHILE)
    return show(form, status=409)


def kept_instead(request, why, because, **said):
    """What a script hears of words that can't be saved here: why, and that they are kept."""
    not_kept = keep_for_signed_in(request, why, because if why == Why.REFUSED else "")
    if not_kept:
        return JsonResponse({"error": f"{because} {not_kept}"}, status=422)
    said |= {"error": because, "is_kept": True, "kept_url": reverse("people:kept")}
    return JsonResponse(said, status=409)


def answer(request, briefing, form, is_valid, theirs, show):
    saved = is_valid and not theirs
    if is_by_script(request):
        return told_to_script(briefing, form) if saved else refused(request, briefing, form, theirs)
    if not saved:
        return show(form, theirs=theirs, status=409 if theirs else 422)
    messages.success(request, "Saved.")
    return redirect(request.path)


def told_to_script(briefing, form):
    return JsonResponse({"saved_at": clock(briefing), "revision": form.saves.revision})


def clock(briefing):
    return f"{timezone.localtime(briefing.changed_at):%H:%M}"


def refused(request, briefing, form, theirs):
    """Words of a second window are kept, and the page shows both; what is not valid stays where it is."""
    if theirs:
        said = {"conflict_url": request.path, "changed_at": clock(briefing)}
        return kept_instead(request, Why.CHANGED, "It was changed in another window.", **said)
    return JsonResponse({"error": f"{next(iter(form.errors.values()))[0]}."}, status=422)


# Findings


def standing_finding(briefing, pk):
    found = briefing.findings.standing().select_related("briefing__unit")
    return get_object_or_404(found, pk=pk)


@shown_and_sent
@keeps_typed
@saves_itself
def finding(request, key, pk):
    """One finding: its claim and words at the left, what it rests on at the right."""
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)

    def instance(held):
        return standing_finding(held, found.pk)

    def show(form, **more):
        context = {"form": form, "looked": LookedForm(instance=found), **more}
        return render_editor(
            request,
            briefing,
            "reports/finding.html",
            {**evidence_of(request.user, briefing, found), **context},
        )

    return write(request, briefing, FindingForm, instance, show)


@shown_and_sent
@keeps_typed
@saves_itself
def looked(request, key, pk):
    """Where the opposite was looked for: a form of its own on the finding's page."""
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)

    def instance(held):
        return standing_finding(held, found.pk)

    def show(form, **more):
        if not form.is_bound:
            return redirect("reports:finding", briefing.key, found.pk)
        context = {"form": FindingForm(instance=found), "looked": form, **more}
        return render_editor(
            request,
            briefing,
            "reports/finding.html",
            {**evidence_of(request.user, briefing, found), **context},
        )

    response = write(request, briefing, LookedForm, instance, show)
    if response.status_code == 302:
        return redirect("reports:finding", briefing.key, found.pk)
    return response


def evidence_of(user, briefing, finding):
    """Both sides of a finding, and what may be its opposite."""
    in_order = in_page_order(briefing)
    numbered = {each.pk: number for number, each in enumerate(in_order, start=1)}
    rows = next(each for each in in_order if each.pk == finding.pk).evidence.all()
    tied = [row.passage_id for row in rows]
    quotable = set(Passage.objects.quotable().filter(pk__in=tied).values_list("pk", flat=True))
    unconfirmed = only_suggested(subject_of(briefing, finding), tied)
    sides = {
        side.value: [
            {
                "row": row,
                "passage": row.passage,
                "may_quote": row.passage_id in quotable,
                "is_suggested": row.passage_id in unconfirmed,
            }
            for row in rows
            if row.side == side
        ]
        for side in Evidence.Side
    }
    maybe = maybe_opposite(briefing, finding, rows)
    passages_shown(user, [*(row.passage for row in rows), *maybe["chosen"]])
    return {
        "finding": finding,
        "made": made_by_rule(briefing, f"finding-{finding.pk}"),
        "title": f"Finding {numbered[finding.pk]}",
        "number": numbered[finding.pk],
        "of": len(numbered),
        "sides": sides,
        "maybe": maybe,
        "earlier": last_issued(briefing),
    }


def maybe_opposite(briefing, finding, rows):
    """Passages that may be the opposite and that nobody has judged yet, with how many there are."""
    subject = subject_of(briefing, finding)
    if subject is None:
        return {"chosen": [], "count": 0, "none": "", "words": ""}
    known = {row.passage_id for row in rows} | set(subject.get("not", []))
    window = briefing.window
    found = opposite_of(subject, briefing.unit, window, SUGGESTED + len(known))
    chosen = [each for each in found.chosen if each.passage_id not in known]
    is_direct = any(row.side == Evidence.Side.AGAINST for row in rows)
    none = "" if chosen or is_direct else none_found(found, subject)
    return {"chosen": chosen[:SUGGESTED], "count": len(chosen), "none": none, "words": found.words}


def subject_of(briefing, finding):
    return briefing.figures["subjects"].get(str(finding.pk))


@shown_and_sent
@keeps_typed
def add_finding(request, key):
    briefing = draft(request, key)
    data = request.POST if request.method == "POST" else take_typed(request)
    form = NewFindingForm(data, briefing=briefing)
    if request.method == "POST" and form.is_valid() and added(request, briefing, form):
        messages.success(request, "The finding is added. Now tie it to its evidence.")
        return redirect("reports:finding", briefing.key, form.made.pk)
    return render_editor(
        request,
        briefing,
        "reports/add_finding.html",
        {"form": form, "title": "Add a finding", "early_signs": offered(briefing, request.user)},
        status=422 if request.method == "POST" else 200,
    )


def added(request, briefing, form):
    """Whether the finding was made; if the draft was sent since, the form says so."""
    words = {name: form.cleaned_data[name] for name in ("claim", "section")}
    try:
        form.made = writing.add_finding(
            briefing=briefing, subject=form.subject, by=request.user, **words
        )
    except NotNow:
        form.add_error(None, SENT_MEANWHILE)
        return False
    return True


@require_POST
def drop_finding(request, key, pk):
    """Out of the briefing, and back again with one press."""
    briefing = draft(request, key)
    found = standing_finding(briefing, pk)
    with refused_once_sent():
        writing.drop_finding(briefing=briefing, pk=found.pk, by=request.user)
    return redirect("reports:dropped", key, pk)


@require_safe
def dropped(request, key, pk):
    """Says what was dropped, with Undo."""
    briefing = draft(request, key)
    found = get_object_or_404(briefing.findings.filter(dropped_at__isnull=False), pk=pk)
    context = {"finding": found, "title": "Finding dropped"}
    return render_editor(request, briefing, "reports/dropped.html", context)


@require_POST
def undo_drop(request, key, pk):
    briefing = draft(request, key)
    found = get_object_or_404(briefing.findings.filter(dropped_at__isnull=False), pk=pk)
    with refused_once_sent():
        writing.undo_drop(briefing=briefing, pk=found.pk, by=request.user)
    messages.success(request, "The finding is back.")
    return redirect("reports:finding", key, pk)


# Recommendations


@require_safe
def edit_recommendations(request, key):
    """All that the briefing asks."""
    briefing = draft(request, key)
    recommendations = briefing.recommendations.select_related("owner").order_by("number")
    context = {"title": "Recommendations", "recommendations": recommendations}
    return render_editor(request, briefing, "reports/edit_recommendations.html", context)


@shown_and_sent
@keeps_typed
def add_recommendation(request, key):
    briefing = draft(request, key)
    new = Recommendation(briefing=briefing)
    return save_recommendation(request, briefing, new, "Add a recommendation")


@shown_and_sent
@keeps_typed
def edit_recommendation(request, key, pk):
    briefing = draft(request, key)
    recommendation = get_object_or_404(briefing.recommendations.all(), pk=pk)
    return save_recommendation(
        request, briefing, recommendation, f"Recommendation {recommendation.number}"
    )


def save_recommendation(request, briefing, recommendation, title):
    typed = sent_or_kept(request)
    form = RecommendationForm(typed, instance=recommendation)
    form.base = ReadAt.of(typed, otherwise=0) if typed else ReadAt(recommendation.revision)
    theirs, status = [], 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            if is_saved(request, briefing, form):
                messages.success(request, "The recommendation is saved.")
                return redirect("reports:edit_recommendations", briefing.key)
        except Meanwhile as meanwhile:
            theirs = differences(form, RecommendationForm(instance=meanwhile.row))
            form.base, status = meanwhile.row.revision, 409
    context = {"form": form, "title": title, "recommendation": recommendation, "theirs": theirs}
    return render_editor(
        request, briefing, "reports/edit_recommendation.html", context, status=status
    )


def is_saved(request, briefing, form):
    """Whether it was saved; if the draft was sent since, the form says so and keeps what was typed."""
    try:
        writing.save_recommendation(briefing=briefing, form=form, by=request.user)
    except NotNow:
        form.add_error(None, SENT_MEANWHILE)
        return False
    return True


@require_POST
def remove_recommendation(request, key, pk):
    """Take a recommendation out, and number the others anew."""
    briefing = draft(request, key)
    found = get_object_or_404(briefing.recommendations.all(), pk=pk)
    with refused_once_sent():
        writing.remove_recommendation(briefing=briefing, pk=found.pk, by=request.user)
    messages.success(request, "The recommendation is removed.")
    return redirect("reports:edit_recommendations", key)
