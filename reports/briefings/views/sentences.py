"""A rule's words in the editor: beside them why they were chosen, and a button that takes them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from practicelens.refusals import NotNow
from reports.briefings import sentences, writing
from reports.briefings.views.finding import draft
from reports.models import Section

SENT_MEANWHILE = "It was sent for approval since you opened it."


def made_by_rule(briefing, part):
    """The sentences that a rule made in a part: whose each is, why it was chosen, what came second."""
    found = sentences.standing(briefing, part)
    shown = [
        {"sentence": each, "words": now, "is_machines": each.is_machines(now)}
        for each, now in found
        if each.words or each.anew
    ]
    left = sentences.to_take(briefing, part)
    return {
        "part": part,
        "sentences": shown,
        "left": len(left),
        "stamp": sentences.stamp_of(left),
    }


@require_POST
def take_words(request, key, section):
    """A rule's words in a part are what the person says, who has read them."""
    briefing = draft(request, key)
    seen = request.POST.get("seen", "")
    try:
        writing.take_words(briefing=briefing, part=section, seen=seen, by=request.user)
        messages.success(request, "They are your words now.")
    except NotNow as refusal:
        messages.warning(request, str(refusal) or SENT_MEANWHILE)
    return redirect(page_of(briefing, section))


def page_of(briefing, part):
    """Where a part is written; the briefing itself for one that is not there."""
    finding = part.removeprefix("finding-")
    if part == "answers" or part in Section.Key:
        return reverse("reports:part", args=[briefing.key, part])
    if finding.isdecimal() and briefing.findings.standing().filter(pk=finding).exists():
        return reverse("reports:finding", args=[briefing.key, finding])
    return briefing.get_absolute_url()
