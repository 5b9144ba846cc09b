"""CPD notes: written, looked through for names, taken out, erased. All of it by their writer alone."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from observations.cpd import actions
from observations.cpd.forms import CpdNoteForm
from observations.cpd.names import names_in
from observations.form_parts import except_words, unread_in
from observations.models import CpdNote, Observation
from observations.models.cpd import Scheme
from observations.papers import paper
from observations.papers.sending import sent
from observations.refusing import clock
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.lengths import length_words
from practicelens.once import press
from practicelens.people.kept_words import Why, is_by_script, keep_for_signed_in, waiting_for
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, saves_itself, take_typed
from practicelens.people.two_windows import Meanwhile, ReadAt
from practicelens.refusals import AlreadySo

LONGEST_WORD = 60
NEW = "new"  # in the address of a CPD note that is not saved yet
SETTLE_FIRST = "Settle the words below that may name someone, then take it out."


def note_of(request, key):
    """The person's CPD note of this key, or a new one where it is sent or asked for; else 404."""
    found = CpdNote.objects.filter(key=key).select_related("about").first()
    if found and found.writer_id != request.user.pk:
        raise Http404
    if not found and not is_begun(request):
        raise Http404
    if found:
        found.writer = request.user
        return found
    return CpdNote(key=key, writer=request.user, scheme=Scheme.of(where_works(request.user)))


def is_begun(request):
    """Whether a CPD note that is not saved is asked for: anew, or with words that were kept of it."""
    if request.method == "POST" or NEW in request.GET:
        return True
    return waiting_for(request).filter(path=request.path).exists()


def where_works(user):
    """Where the person's last role is, whose jurisdiction they are registered in; else their organisation."""
    role = (
        user.roles.filter(ended_at=None).select_related("unit").order_by("-given_at", "-pk").first()
    )
    return role.unit if role else user.organisation


def own_note(request, key):
    return get_object_or_404(CpdNote.objects.visible_to(request.user), key=key)


def url_of(note):
    return reverse("observations:cpd_note", args=[note.key])


@shown_and_sent
@keeps_typed
@saves_itself
def note(request, key):
    """Write a CPD note, which saves itself as it is typed; below it what may name someone."""
    found = note_of(request, key)
    if request.method == "POST":
        return save(request, found)
    typed = take_typed(request)
    form = CpdNoteForm(typed, instance=found, initial=begun_with(request, found))
    form.errors.clear()
    return show(request, found, form, base=ReadAt.of(typed, otherwise=0) if typed else None)


def begun_with(request, note):
    """A new CPD note may say which observation it begins with."""
    about = request.GET.get("about", "")
    if note.pk or not about:
        return {}
    return {"about": next((row for row in shared_with(request) if str(row.key) == about), None)}


def shared_with(request):
    return Observation.objects.shared_with(request.user)


def show(request, note, form, *, base=None, theirs=(), status=200):
    names = names_in(note) if note.pk else []
    revision = note.revision if base is None else base
    context = {"note": note, "form": form, "names": names, "theirs": theirs, "read_at": revision}
    return render(request, "observations/cpd_note.html", context, status=status)


def save(request, note):
    form = CpdNoteForm(request.POST, instance=note)
    if not (form.is_valid() or is_by_script(request)):
        as_saved = note_of(request, note.key)  # the form has written what is valid into the other
        return show(request, as_saved, form, status=422)
    given = {**form.cleaned_data, "scheme": note.scheme}
    try:
        saved = actions.save(
            key=note.key, by=request.user, base=ReadAt.of(request.POST, otherwise=0), **given
        )
    except Meanwhile as meanwhile:
        return changed_elsewhere(request, meanwhile.row, form)
    if is_by_script(request):
        said = {"saved_at": clock(saved.changed_at), "revision": saved.revision}
        return JsonResponse(said | {"except": except_words(unread_in(form))})
    messages.success(request, "Saved. Only you read it.")
    return redirect(url_of(saved))


def changed_elsewhere(request, row, form):
    """Words of a second window are kept for their writer, and the page shows both."""
    if not is_by_script(request):
        theirs = form.theirs(row)
        return show(request, row, form, base=row.revision, theirs=theirs, status=409)
    because = "It was changed in another window."
    if not_kept := keep_for_signed_in(request, Why.CHANGED, ""):
        return JsonResponse({"error": f"{because} {not_kept}"}, status=422)
    said = {"conflict_url": url_of(row), "changed_at": clock(row.changed_at), "error": because}
    said |= {"is_kept": True, "kept_url": reverse("people:kept")}
    return JsonResponse(said, status=409)


@require_POST
def settle(request, key):
    """Say what to do with words that may name someone: write another word, or let them stay."""
    found = own_note(request, key)
    words, word = request.POST.get("words", ""), request.POST.get("word", "").strip()
    given = {"note": found, "by": request.user, "words": words}
    back = f"{url_of(found)}#names"
    if not words or "\x00" in words + word or len(word) > LONGEST_WORD:
        messages.error(request, f"Write at most {LONGEST_WORD} letters in place of a name.")
        return redirect(back)
    if request.POST.get("how") == "stay":
        return press(request, back, f"“{words}” stays.", actions.let_stay, **given)
    if not word:
        messages.error(request, f"Write the word to put in place of “{words}”.")
        return redirect(back)
    return press(request, back, f"Replaced with “{word}”.", actions.replace, **given, word=word)


@require_safe
def as_text(request, key):
    """The CPD note as plain text."""
    return taken_out(
        request,
        key,
        lambda note: sent(text_of(note), "text/plain; charset=utf-8", f"{name_of(note)}.txt"),
    )


@require_safe
def as_pdf(request, key):
    """The CPD note on paper."""
    return taken_out(
        request, key, lambda note: sent(pdf_of(note), "application/pdf", f"{name_of(note)}.pdf")
    )


def taken_out(request, key, made):
    """The file, which goes on record; or back to the CPD note while words may name someone."""
    found = own_note(request, key)
    if names_in(found):
        messages.error(request, SETTLE_FIRST)
        return redirect(f"{url_of(found)}#names")
    record(
        by=request.user, action=Entry.Action.DOWNLOADED, what=found, unit=request.user.organisation
    )
    return made(found)


def name_of(note):
    return f"cpd-note-{note.done_on.isoformat()}"


def facts_of(note):
    length = length_words(note.minutes) if note.minutes else ""
    about = f"Observation of my practice, {note.about.observed_on:%-d %B %Y}" if note.about else ""
    return [("When", f"{note.done_on:%-d %B %Y}"), ("How long", length), ("About", about)]


def text_of(note):
    head = "\n".join(f"{what}: {words}" for what, words in facts_of(note) if words)
    parts = [f"{heading}\n\n{words}" for heading, words in note.written]
    return "\n\n".join([f"{note}\n{note.get_scheme_display()}", head, *parts]) + "\n"


def pdf_of(note):
    parts = [
        paper.part("What it was", paper.facts(facts_of(note))),
        *[paper.part(heading, paper.text(words)) for heading, words in note.written],
    ]
    return paper.pdf(
        lang="en-NZ" if note.scheme == Scheme.AOTEAROA else "en-GB",
        title=str(note),
        kicker=f"Under the headings of {Scheme(note.scheme).in_a_sentence}",
        lede=f"By {note.writer.name}, in their own words.",
        parts=[each for each in parts if each],
    )


@shown_and_sent
def erase(request, key):
    """Erase a CPD note for good, after a question."""
    held = f"{reverse('observations:held')}#cpd"
    if request.method == "POST" and not CpdNote.objects.filter(key=key).exists():
        raise AlreadySo("The CPD note is erased.", leads_to=held)
    found = own_note(request, key)
    if request.method != "POST":
        return render(request, "observations/cpd_erase.html", {"note": found})
    said = "The CPD note is erased."
    return press(request, held, said, actions.erase, note=found, by=request.user)
