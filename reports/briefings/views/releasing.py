"""The release step: a person looks at every quotation before it goes to leaders."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from observations.on_record import passages_shown
from observations.redaction.finding import people_known, places_known
from practicelens.numbers import count_words
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from reports.briefings import quotations_in, releasing
from reports.briefings.forms import QuotationForm
from reports.briefings.looking import ReleaseCheck
from reports.briefings.views.editing import render_editor
from reports.briefings.views.finding import changing, draft
from reports.models import Release


@shown_and_sent
@keeps_typed
def release(request, key):
    """Every quotation that is not released yet, each with what is left in it; then those that are."""
    briefing = draft(request, key)
    quotations = quotations_in(briefing)
    waiting = [each for each in quotations if each.release is None]
    data = request.POST if request.method == "POST" else take_typed(request)
    passages_shown(request.user, [each.passage for each in quotations])
    forms = forms_of(waiting, data)
    wrong = [form for form in forms if form.errors]
    if request.method == "POST" and not wrong:
        return decided(request, briefing, forms)
    context = {
        "title": "Quotations",
        "forms": forms,
        "has_errors": bool(wrong),
        "released": [each for each in quotations if each.release],
    }
    status = 422 if request.method == "POST" else 200
    return render_editor(request, briefing, "reports/release.html", context, status=status)


def forms_of(quotations, data):
    people, places = people_known(), places_known()
    return [QuotationForm(data, check=ReleaseCheck(each, people, places)) for each in quotations]


def decided(request, briefing, forms):
    """Do all that was said, or nothing: words that changed since are to be looked at again."""
    by_what = {what: [form for form in forms if form.cleaned_data["what"] == what] for what in WHAT}
    try:
        with changing(request, briefing.key) as held:
            for form in by_what[QuotationForm.RELEASE]:
                releasing.release(
                    quotation=form.check.quotation,
                    by=request.user,
                    ticked=form.cleaned_data["ticks"],
                    nobody_could_tell=True,
                )
            for form in by_what[QuotationForm.LEAVE_OUT]:
                releasing.leave_out(quotation=form.check.quotation, briefing=held)
    except releasing.NotReleased as refusal:
        messages.error(request, f"Nothing was released. {refusal}.")
        return redirect("reports:release", briefing.key)
    messages.success(request, told({what: len(done) for what, done in by_what.items()}))
    return redirect("reports:release", briefing.key)


WHAT = (QuotationForm.RELEASE, QuotationForm.LEAVE_OUT)


def told(counts):
    """Two are released, one is left out."""
    said = [
        f"{count_words(count)} {'is' if count == 1 else 'are'} {words}"
        for count, words in zip(counts.values(), ("released", "left out"), strict=True)
        if count
    ]
    return f"{', '.join(said).capitalize()}." if said else "Nothing was decided yet."


@require_POST
def withdraw_release(request, key, pk):
    """What was released stops the briefing again, until someone looks at it."""
    with changing(request, key):
        released = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
        releasing.withdraw_release(release=released, by=request.user)
    messages.success(request, "The release is withdrawn.")
    return redirect("reports:release", key)
