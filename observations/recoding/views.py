"""Re-checking past observations: how far it is, what it would do, and whether it is to count."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from observations.mentions.quotes import pieces_of
from observations.models import Mention, Recoding, RecodingChange
from observations.on_record import passages_shown
from observations.recoding import actions
from observations.recoding.differences import sha256_of
from practicelens.numbers import number_sent
from practicelens.people.methods import shown_and_sent
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

PER_PAGE = 20


@require_safe
def recodings(request):
    """Every re-check, newest first."""
    if not request.user.can(Act.LOOK_AFTER_CODING):
        raise Http404
    found = Recoding.objects.visible_to(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "observations/recodings.html", {"page": page})


@require_safe
def recoding(request, pk):
    """What changed, what that does to each theme; and to practice leaders, in which passages."""
    found = found_recoding(request, pk)
    shows = request.user.can(Act.READ_OBSERVATIONS) and has_passages(found)
    context = passages(request, found) if shows else {"page": None}
    return render(request, "observations/recoding.html", {"recoding": found, **context})


def found_recoding(request, pk):
    rows = Recoding.objects.visible_to(request.user).select_related("codebook", "decided_by")
    return get_object_or_404(rows, pk=pk)


def has_passages(recoding):
    """Once all observations were looked at, and until the next re-check begins."""
    return recoding.state != recoding.State.LOOKING and recoding.changes.noticed().exists()


def passages(request, recoding):
    """The changes to look at, of all themes or of one, and of all kinds or of one."""
    theme, kind = number_sent(request.GET.get("theme")), request.GET.get("kind")
    changes = RecodingChange.objects.visible_to(request.user).filter(recoding=recoding).noticed()
    if theme:
        changes = changes.filter(theme=theme)
    if kind in RecodingChange.Kind.values:
        changes = changes.filter(kind=kind)
    page = Paginator(changes.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "shown": shown(page.object_list, request.user),
        "only": next((row for row in recoding.effect if row["theme"] == theme), None),
        "is_filtered": bool(theme or kind),
    }


def shown(changes, user):
    """Each change with its quote cut at its words, and the suggestion as it is today."""
    passages_shown(user, [change.passage for change in changes])
    passages = {change.passage_id for change in changes}
    mentions = Mention.objects.visible_to(user).filter(passage__in=passages)
    today = {(each.passage_id, each.theme_id): each for each in mentions}
    return [
        {
            "change": change,
            "pieces": pieces_of(change) if is_as_read(change) else [],
            "today": today.get((change.passage_id, change.theme_id)),
        }
        for change in changes
    ]


def is_as_read(change):
    return sha256_of(change.passage.text) == change.text_sha256


@shown_and_sent
def use_it(request, pk):
    """Ask, and then let what was found count."""
    found = found_recoding(request, pk)
    if request.method != "POST":
        return render(request, "observations/use_recoding.html", {"recoding": found})
    return decided(request, found, actions.use_it, "The suggestions are being changed.")


@shown_and_sent
def leave_it(request, pk):
    """Ask, and then leave the suggestions as they are."""
    found = found_recoding(request, pk)
    if request.method != "POST":
        return render(request, "observations/leave_recoding.html", {"recoding": found})
    return decided(request, found, actions.leave_it, "The suggestions stay as they are.")


def decided(request, found, decide, said):
    try:
        decide(recoding=found, by=request.user)
    except NotNow:
        messages.error(request, "That can’t be decided now. This page says how things are now.")
    else:
        messages.success(request, said)
    return redirect("observations:recoding", pk=found.pk)
