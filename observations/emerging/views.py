"""Emerging themes: what a machine put together, and what people make of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frameworks.models import Theme
from observations.coding import emerging as engine
from observations.emerging import naming
from observations.emerging.forms import NameThemeForm
from observations.emerging.looks import ask, codebooks_for, passages_of, without_a_theme
from observations.models import EmergingLook, EmergingPassage, EmergingTheme, Passage
from observations.on_record import passages_shown
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.permissions import Act
from practicelens.people.refusals import not_done
from practicelens.refusals import NotNow

SHOWN_AT_ONCE = 5  # sentences of a group; the others open
DISMISSED_SHOWN = 10
EARLIER_SHOWN = 10
PER_PAGE = 10
MOST_UNCOVERED = 200  # the newest: enough to read, whatever the archive


@require_safe
def emerging(request):
    """The groups of the last look, draft themes, and what no theme covers where there are none."""
    codebooks = open_codebooks(request)
    chosen = next((each for each in codebooks if str(each.pk) == request.GET.get("book")), None)
    codebook = chosen or next(iter(codebooks), None)
    if codebook is None:
        return render(
            request,
            "observations/emerging.html",
            {"codebook": None, "may_begin": request.user.can(Act.KEEP_FRAMEWORKS)},
        )
    seen = EmergingTheme.objects.visible_to(request.user).filter(look__codebook=codebook)
    done = EmergingLook.objects.visible_to(request.user).last_done_of(codebook)
    groups = as_shown(request.user, seen.candidates().filter(look=done).for_list())
    earlier = seen.candidates().exclude(look=done).order_by("-look__done_at", "place", "pk")
    return render(
        request,
        "observations/emerging.html",
        {
            "codebook": codebook,
            "codebooks": codebooks,
            "may_begin": request.user.can(Act.KEEP_FRAMEWORKS),
            "look": EmergingLook.objects.visible_to(request.user).newest_of(codebook),
            "done": done,
            "groups": groups,
            "earlier": as_shown(request.user, earlier[:EARLIER_SHOWN]),
            "of_earlier": earlier.count(),
            "page": None if groups else uncovered_page(request, codebook),
            "most_uncovered": MOST_UNCOVERED,
            "dismissed": as_shown(request.user, seen.dismissed().latest_first()[:DISMISSED_SHOWN]),
            "drafts": drafts_of(request.user).filter(codebook=codebook),
            "needed": {
                "sentences": engine.LEAST_SENTENCES,
                "observers": engine.LEAST_OBSERVERS,
                "passages": engine.LEAST_MEMBERS,
            },
        },
    )


def open_codebooks(request):
    """The codebooks whose passages the person reads; nobody else has these pages."""
    if not request.user.can(Act.DECIDE_THEMES):
        raise Http404
    return codebooks_for(request.user)


def as_shown(user, groups):
    """Each group with the passages of it that the person can read, and the words found in those."""
    groups, rows = list(groups), {}
    readable = EmergingPassage.objects.visible_to(user).filter(group__in=groups)
    for row in readable.for_list():
        rows.setdefault(row.group_id, []).append(row)
    passages_shown(user, [row.passage for of_group in rows.values() for row in of_group])
    return [
        {
            "group": group,
            "terms": terms_in(group, rows.get(group.pk, [])),
            "first": rows.get(group.pk, [])[:SHOWN_AT_ONCE],
            "more": rows.get(group.pk, [])[SHOWN_AT_ONCE:],
        }
        for group in groups
    ]


def terms_in(group, rows):
    """The terms that are in these passages: what only others wrote is not shown."""
    told = " ".join(row.quote.lower() for row in rows)
    return [term for term in group.terms if all(word in told for word in term.split())]


def uncovered_page(request, codebook):
    """The newest passages without any theme that the person can read."""
    readable = passages_of(codebook).filter(pk__in=Passage.objects.visible_to(request.user))
    found = without_a_theme(readable).select_related("observation__unit").defer("search")
    page = Paginator(found[:MOST_UNCOVERED], PER_PAGE).get_page(request.GET.get("page"))
    passages_shown(request.user, page)
    return page


def drafts_of(user):
    """The draft themes of the person's codebooks, with how many suggestions of each status."""
    status = Q(mentions__is_counted=True)
    return (
        Theme.objects.visible_to(user)
        .filter(is_draft=True, codebook__in=codebooks_for(user))
        .annotate(
            waiting=Count("mentions", filter=status & Q(mentions__status="suggested")),
            confirmed=Count("mentions", filter=status & Q(mentions__status="confirmed")),
        )
        .order_by("position", "pk")
    )


@require_POST
def look(request, pk):
    """Ask for a look now: a background job, and the page says how far it is."""
    codebook = next((each for each in open_codebooks(request) if each.pk == pk), None)
    if codebook is None:
        raise Http404
    if ask(codebook=codebook, by=request.user):
        messages.success(request, "Asked for. It is done in the background, in a minute or two.")
    else:
        messages.success(request, "It is being looked for already.")
    return redirect("observations:emerging")


def seen_group(request, pk):
    open_codebooks(request)
    groups = EmergingTheme.objects.visible_to(request.user).select_related("look__codebook")
    return get_object_or_404(groups, pk=pk)


@shown_and_sent
@keeps_typed
def name(request, pk):
    """Give a group a name and a meaning: it becomes a draft theme."""
    group = seen_group(request, pk)
    (shown,) = as_shown(request.user, [group])
    form = NameThemeForm(
        request.POST if request.method == "POST" else take_typed(request),
        codebook=group.look.codebook,
        terms=shown["terms"],
    )
    if request.method == "POST" and form.is_valid():
        try:
            theme = naming.name(group=group, by=request.user, **form.cleaned_data)
        except NotNow:
            form.add_error(None, "Someone has decided about these passages since you opened them")
        else:
            messages.success(request, f"“{theme}” is a draft theme. Its passages wait for you.")
            return redirect("observations:emerging")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, **shown}
    return render(request, "observations/name_theme.html", context, status=status)


@require_POST
def dismiss(request, pk):
    return decided(request, naming.dismiss, "Not a theme. You can undo it below.", pk, by=True)


@require_POST
def bring_back(request, pk):
    return decided(request, naming.bring_back, "It is undecided again.", pk)


def decided(request, act, said, pk, by=False):
    group = seen_group(request, pk)
    try:
        act(group=group, **({"by": request.user} if by else {}))
    except NotNow:
        not_done(request, "Someone has decided about these passages since you opened them.")
    else:
        messages.success(request, said)
    return redirect("observations:emerging")


def seen_draft(request, pk):
    open_codebooks(request)
    return get_object_or_404(drafts_of(request.user), pk=pk)


@require_POST
def start_using(request, pk):
    """Let a draft theme be suggested and counted."""
    theme = seen_draft(request, pk)
    try:
        naming.start_using(theme=theme, by=request.user)
    except NotNow:
        messages.error(request, f"“{theme}” is no draft any more.")
    else:
        messages.success(request, f"“{theme}” is in use: it is suggested and counted from now on.")
    return redirect("observations:emerging")


@require_POST
def take_back(request, pk):
    """Undo the naming, while nothing is confirmed."""
    theme = seen_draft(request, pk)
    try:
        naming.take_back(theme=theme, by=request.user)
    except NotNow:
        messages.error(request, f"“{theme}” can’t be taken back: something of it is confirmed.")
    else:
        messages.success(request, f"“{theme}” is taken back. Its passages wait as a group again.")
    return redirect("observations:emerging")
