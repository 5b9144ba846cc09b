"""Whether a paper is what was issued: its fingerprint is typed, and compared with what was frozen."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.briefings.forms import FingerprintForm
from reports.briefings.views.finding import seen_briefing
from reports.models import Briefing


@require_safe
def fingerprint(request, key):
    """The fingerprint of an issue, how to compare it with a paper's, and whose a typed one is."""
    found = seen_briefing(request, key)
    if not found.is_issued:
        raise Http404
    form = FingerprintForm(request.GET if "typed" in request.GET else None)
    typed = form.cleaned_data["typed"] if form.is_valid() else ""
    context = {
        "briefing": found,
        "in_eights": [found.sha256[at : at + 8] for at in range(0, len(found.sha256), 8)],
        "form": form,
        "typed": typed,
        "is_this": bool(typed) and found.sha256.startswith(typed),
        "others": others_with(request.user, found, typed) if typed else [],
    }
    return render(request, "reports/fingerprint.html", context)


def others_with(user, briefing, typed):
    """The other issues with this fingerprint that the person can read."""
    issued = Briefing.objects.visible_to(user).issued().filter(sha256__startswith=typed)
    return issued.exclude(pk=briefing.pk).for_list().defer("figures", "content")
