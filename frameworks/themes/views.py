"""The editor of a codebook: its themes with what waits beside what is in use."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks import history as frameworks_history
from frameworks.fetching import base_of, base_shown, differences
from frameworks.models import Change, Codebook, Theme, ThemeMapping
from frameworks.themes import editing
from frameworks.themes.forms import (
    EndForm,
    FirstThemeForm,
    MergeForm,
    NewCodebookForm,
    NewThemeForm,
    SplitForm,
    WaitingForm,
)
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

PER_PAGE = 50


def kept_codebook(request, code):
    """A codebook that the person can change; 403 to those who can only read it."""
    shown = Codebook.objects.visible_to(request.user).select_related("unit")
    found = get_object_or_404(shown, address=code)
    if not Codebook.objects.kept_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


@shown_and_sent
@keeps_typed
def new_codebook(request):
    """Begin a codebook."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    form = NewCodebookForm(sent_or_kept(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        codebook = editing.begin_codebook(by=request.user, **form.cleaned_data)
        messages.success(request, f"{codebook} is begun. Add its first theme.")
        return redirect("frameworks:codebook", codebook.address)
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/new_codebook.html", {"form": form}, status=status)


def theme_of(codebook, pk):
    themes = codebook.themes.select_related("codebook__unit", "lens")
    return get_object_or_404(themes, pk=pk)


@require_safe
def codebook(request, code):
    return show(request, kept_codebook(request, code))


def show(request, codebook, status=200, **more):
    """The editor's page. `form` is open in the place of `opened`, or at the end of the list."""
    rows = rows_of(codebook)
    context = {
        "codebook": codebook,
        "rows": rows,
        "of": len(rows),
        "waits": editing.seen(codebook),
        "retired": codebook.themes.exclude(retired_on=None).order_by("-retired_on", "name"),
        "moved": request.GET.get("moved", ""),
        "last_change": frameworks_history.history_of(codebook).first(),
        "opened": None,
        "base": "",
        "is_new": False,
        "form": None,
        "theirs": None,
    }
    return render(request, "frameworks/codebook.html", context | more, status=status)


def rows_of(codebook):
    """Each theme with what waits of it, and whether it is new or named from passages."""
    drafts = {draft.theme_id: draft for draft in editing.drafts_in(codebook)}
    ends = {end.theme_id: end for end in editing.ends_in(codebook)}
    begun = set(codebook.themes.begun().values_list("pk", flat=True))
    return [
        {
            "theme": theme,
            "changes": editing.differences(theme, drafts[theme.pk]) if theme.pk in drafts else [],
            "end": ends.get(theme.pk),
            "is_new": theme.pk in begun,
            "is_named": theme.is_draft and theme.pk not in begun,
        }
        for theme in editing.listed(codebook)
    ]


def form_for(row, codebook, data=None):
    kind = NewThemeForm if isinstance(row, Theme) else WaitingForm
    return kind(data, instance=row, codebook=codebook)


@shown_and_sent
@keeps_typed
def add(request, code):
    """A new theme; it waits like any other change."""
    codebook = kept_codebook(request, code)
    form = FirstThemeForm(sent_or_kept(request), codebook=codebook)
    if request.method == "POST" and form.is_valid():
        theme = editing.add(form=form, codebook=codebook, by=request.user)
        messages.success(request, f"{theme} is added. It waits until you start using it.")
        return redirect(f"{reverse('frameworks:codebook', args=[code])}#theme-{theme.pk}")
    status = 422 if request.method == "POST" and form.is_bound else 200
    return show(request, codebook, status, form=form, is_new=True)


@shown_and_sent
@keeps_typed
def edit(request, code, pk):
    """A theme open for changing in its place."""
    codebook = kept_codebook(request, code)
    theme = editable(codebook, pk)
    row = editing.as_it_waits(theme)
    typed = sent_or_kept(request)
    form = form_for(row, codebook, typed)
    if request.method != "POST" or not form.is_bound:
        return show(request, codebook, opened=theme, form=form, base=base_shown(typed, row))
    if not form.is_valid():
        base = request.POST.get("base", "")
        return show(request, codebook, 422, opened=theme, form=form, base=base)
    try:
        editing.save(form=form, base=base_of(request), codebook=codebook, by=request.user)
    except frameworks_history.Meanwhile as meanwhile:
        return show_meanwhile(request, codebook, theme, form, meanwhile)
    messages.success(request, "Saved." if theme.is_draft else "Saved. It is not in use yet.")
    return redirect(f"{reverse('frameworks:codebook', args=[code])}#theme-{pk}")


def editable(codebook, pk):
    theme = theme_of(codebook, pk)
    if theme.retired_on:
        raise Http404
    return theme


def show_meanwhile(request, codebook, theme, form, meanwhile):
    """What someone else saved, beside what was typed."""
    row = editing.as_it_waits(theme_of(codebook, theme.pk))
    held = form_for(row, codebook)
    theirs = {"change": meanwhile.change, "rows": differences(form, held)}
    more = {"form": form, "theirs": theirs, "base": row.revision, "opened": theme}
    return show(request, codebook, 409, **more)


@require_POST
def move(request, code, pk):
    """Move a theme up, down, or to a place."""
    theme = editable(kept_codebook(request, code), pk)
    to = place_asked(request, theme)
    if to is None:
        messages.error(request, "Give the place as a number, such as 2.")
    else:
        editing.move(theme=theme, to=to, by=request.user)
    # No fragment: a page with one keeps the focus from the button that moved the row.
    return redirect(f"{reverse('frameworks:codebook', args=[code])}?moved={pk}")


def place_asked(request, theme):
    sent = request.POST.get("to", "")
    if sent in ("up", "down"):
        here = editing.listed(theme.codebook).index(theme) + 1
        return here + (1 if sent == "down" else -1)
    return int(sent) if sent.isdecimal() and len(sent) < 5 else None


@require_POST
def leave(request, code, pk):
    """Drop what waits of a theme; one that was never in use goes with it."""
    codebook = kept_codebook(request, code)
    theme = editable(codebook, pk)
    said = f"{theme} is deleted." if theme.is_draft else f"{theme} stays as it is in use."
    attempt(request, said, editing.leave, theme=theme, codebook=codebook, by=request.user)
    return redirect("frameworks:codebook", code)


def attempt(request, said, act, **what):
    """Do it and say so, or say what is in the way; returns whether it was done."""
    try:
        act(**what)
    except NotNow as error:
        messages.error(request, str(error))
        return False
    messages.success(request, said)
    return True


@require_POST
def restore(request, code, pk):
    """Put back a theme that was deleted."""
    codebook = kept_codebook(request, code)
    deleted = Change.objects.visible_to(request.user).filter(
        part_of="codebook", part_of_pk=codebook.pk, verb=Change.Verb.DELETED, what="theme"
    )
    change = get_object_or_404(deleted, pk=pk)
    said = f"{change.named} is back."
    attempt(request, said, editing.put_back, change=change, codebook=codebook, by=request.user)
    return redirect("frameworks:codebook", code)


# Merging, splitting, retiring

ENDS = {"merge": MergeForm, "split": SplitForm, "retire": EndForm}


@shown_and_sent
@keeps_typed
def end(request, code, pk, way):
    """Ask where its mentions go and why; then it waits that a theme is merged, split or retired."""
    if way not in ENDS:
        raise Http404
    codebook = kept_codebook(request, code)
    theme = editable(codebook, pk)
    if theme.is_draft:
        raise Http404
    there = editing.end_of(theme)
    form = ENDS[way](sent_or_kept(request), theme=theme, initial=as_asked(there, ENDS[way].kind))
    shown = {"codebook": codebook, "theme": theme, "form": form, "way": way, "there": there}
    if request.method != "POST" or not form.is_valid():
        is_wrong = request.method == "POST" and form.is_bound
        return show_end(request, 422 if is_wrong else 200, shown)
    was_seen = there and request.POST.get("base") == str(there.pk)
    try:
        asked = {**form.wanted, "instead_of": there if was_seen else None, "by": request.user}
        end = editing.end(theme=theme, **asked)
    except frameworks_history.Meanwhile as meanwhile:
        theirs = {"change": meanwhile.change, "rows": [("What waits", meanwhile.row.in_words)]}
        return show_end(request, 409, shown | {"there": meanwhile.row, "theirs": theirs})
    except NotNow as error:
        form.add_error(None, str(error))
        return show_end(request, 409, shown)
    messages.success(request, f"{end}. Nothing changes before it is in use.")
    return redirect("frameworks:codebook", code)


def as_asked(end, kind):
    """What a form starts with, where one of its kind waits already."""
    if end is None or end.kind != kind:
        return {}
    into = list(end.into.all())
    return {
        "why": end.why,
        "takes_words": end.takes_words,
        "into": into[0] if kind == ThemeMapping.Kind.MERGED else into,
    }


def show_end(request, status, shown):
    theme, confirmed = shown["theme"], {"is_counted": True, "status": "confirmed"}
    context = {
        "theirs": None,
        "mentions": theme.mentions.filter(**confirmed).count(),
        "waits": editing.waiting_of(theme),
    }
    return render(request, "frameworks/end_theme.html", context | shown, status=status)


@require_POST
def keep(request, code, pk):
    """Leave a theme in use after all: what waited to end it is dropped."""
    theme = editable(kept_codebook(request, code), pk)
    editing.keep(theme=theme, by=request.user)
    messages.success(request, f"{theme} stays in use.")
    return redirect("frameworks:codebook", code)


@require_POST
def bring_back(request, code, pk):
    """Take back that a theme was merged, split or retired."""
    theme = theme_of(kept_codebook(request, code), pk)
    attempt(request, f"{theme} is in use again.", editing.bring_back, theme=theme, by=request.user)
    return redirect("frameworks:codebook", code)


@require_safe
def history(request, code):
    """Who changed what in a codebook, newest first."""
    codebook = kept_codebook(request, code)
    changes = frameworks_history.history_of(codebook).visible_to(request.user)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    context = {"codebook": codebook, "page": page}
    return render(request, "frameworks/codebook_history.html", context)
