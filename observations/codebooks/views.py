"""A codebook's waiting changes: what they would do, tried on a text, and started."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from frameworks.models import Codebook
from frameworks.themes import editing
from observations.codebooks import endings
from observations.codebooks import preview as codebooks
from observations.codebooks import use as codebooks_use
from observations.codebooks.forms import BenchForm, PickForm, UseForm
from observations.on_record import passages_shown
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow


def found_codebook(request, pk):
    """For those who look after how its passages are read: practice leaders and its admins."""
    rows = Codebook.objects.visible_to(request.user).looked_after_by(request.user)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def keeps(user, codebook):
    return Codebook.objects.kept_by(user).filter(pk=codebook.pk).exists()


@require_safe
@keeps_typed
def preview(request, pk):
    """What using the changes would do to the last six months."""
    return show_preview(request, found_codebook(request, pk), UseForm())


def show_preview(request, codebook, form, status=200):
    """Counts for both; passages for practice leaders, of observations that they can read."""
    found = codebooks.previewed(codebook)
    ends = endings.endings(codebook, found)
    is_psw = request.user.can(Act.READ_OBSERVATIONS)
    context = {
        "codebook": codebook,
        "preview": found,
        "ends": with_passages(ends, codebook, request.user if is_psw else None),
        "changes": changes_in(codebook),
        "new": codebook.themes.begun().order_by("position", "pk"),
        "as_seen": editing.seen(codebook),
        "reads": is_psw,
        "passages": codebooks.to_look_at(found, codebook, request.user) if is_psw else [],
        "may_use": keeps(request.user, codebook),
        "form": form,
    }
    return render(request, "observations/codebook_preview.html", context, status=status)


def with_passages(ends, codebook, reader):
    """[(ending, its passages)]; none where nobody reads them."""
    shown = endings.to_look_at(ends, codebook, reader) if reader else {}
    return [(each, shown.get(each.end.pk, [])) for each in ends]


def changes_in(codebook):
    """[(theme, [(label, in use, waiting)])] of what waits."""
    drafts = editing.waiting_in(codebook)
    return [(draft.theme, editing.differences(draft.theme, draft)) for draft in drafts]


@shown_and_sent
@keeps_typed
def use(request, pk):
    """Start using all that waits, as it was seen on the preview, with a change note."""
    codebook = found_codebook(request, pk)
    if not keeps(request.user, codebook):
        raise PermissionDenied
    if request.method != "POST":
        return show_preview(request, codebook, UseForm(take_typed(request)))
    form = UseForm(request.POST)
    if not form.is_valid():
        return show_preview(request, codebook, form, 422)
    why, as_seen = form.cleaned_data["why"], request.POST.get("as_seen", "")
    try:
        codebooks_use.start_using(codebook=codebook, why=why, as_seen=as_seen, by=request.user)
    except NotNow as error:
        messages.error(request, str(error))
        return show_preview(request, codebook, form, 409)
    messages.success(request, "The changes are in use. Past observations are re-checked by them.")
    return redirect("frameworks:codebook", codebook.address)


@never_cache
@sensitive_post_parameters()
@shown_and_sent
def bench(request, pk):
    """Which themes a text would be suggested for, by which words. What is typed is kept nowhere."""
    codebook = found_codebook(request, pk)
    is_psw = request.user.can(Act.READ_OBSERVATIONS)
    form = (PickForm if is_psw else BenchForm)(request.POST or None)
    tried = try_out(form.cleaned_data, codebook, request.user) if form.is_valid() else None
    context = {
        "codebook": codebook,
        "form": form,
        "tried": tried,
        "waits": editing.seen(codebook),
        "keeps": keeps(request.user, codebook),
        "reads": is_psw,
    }
    status = 422 if form.is_bound and tried is None else 200
    return render(request, "observations/bench.html", context, status=status)


def try_out(typed, codebook, user):
    """What each text would be suggested for: the pasted one, then passages with the word."""
    both = codebooks.readings(codebook)
    rows = [(None, typed["text"])] if typed["text"] else []
    if word := typed.get("word"):
        passages = codebooks.with_word(word, codebook, user)
        passages_shown(user, passages)
        rows += [(passage, passage.text) for passage in passages]
    return [{"passage": passage, "found": codebooks.tried(text, *both)} for passage, text in rows]
