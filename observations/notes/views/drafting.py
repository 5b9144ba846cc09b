"""Writing an observation: start, task list, sections, entries, two copies, check and submit."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from observations.fetching import (
    Closed,
    asked_for,
    asks_to_read,
    closed_leads_on,
    own_draft,
    read_as_asked,
    visible_observation,
)
from observations.form_parts import except_words, teams_of, with_unread
from observations.life import Do
from observations.models import Observation, PlannedVisit, SectionSave
from observations.models.choices import NotShared
from observations.notes import actions
from observations.notes.completeness import (
    CRITERIA,
    entries_url,
    is_of_someone,
    next_after,
    ratings_section,
    section_url,
    tasks_if_part_of_it,
    tasks_needed,
    what_is_left,
)
from observations.notes.forms.sections import RatingsForm, WhereForm
from observations.notes.forms.sharing import SubmitForm
from observations.notes.forms.starting import QuickNoteForm, StartForm
from observations.notes.last_time import in_words, last_like, last_start, still_open
from observations.notes.reading import as_submitted, kept_back
from observations.notes.sections import (
    ENTRY_KINDS,
    build_form,
    domain_of,
    is_of_ratings,
    section_named,
    title_of,
)
from observations.refusing import clock, refusal_of
from practicelens.lengths import lengths_read
from practicelens.once import press
from practicelens.people.kept_words import NOT_TYPED, hold, is_by_script
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, saves_itself, take_typed
from practicelens.people.permissions import Act
from practicelens.people.two_windows import REVISION, UNREAD, WINDOW, ReadAt
from practicelens.refusals import NotNow

LONGEST_NOTE = 1_000_000  # characters in one form; more is refused with the text kept on the page


def psw_only(request):
    if not request.user.can(Act.WRITE_OBSERVATIONS):
        raise PermissionDenied


@shown_and_sent
@keeps_typed
@saves_itself
def start(request):
    """Log an observation: where, what kind of work, when; then the task list."""
    return open_draft(request, StartForm, "Log an observation", "Save and go to the list")


@shown_and_sent
@keeps_typed
@saves_itself
def quick_note(request):
    """A draft in under a minute, open from its first words."""
    return open_draft(request, QuickNoteForm, "Quick note", "Save this quick note")


def open_draft(request, form_class, title, button):
    psw_only(request)
    kept = take_typed(request) if request.method == "GET" else None
    last = last_start(request.user, teams_of(request.user)) if request.method == "GET" else None
    as_last = AS_LAST in request.GET
    form = form_class(request.POST or kept, user=request.user, last=last if as_last else None)
    if kept:
        form.errors.clear()  # nobody has pressed the button yet
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        base = UNREAD.in_window(request.POST.get(WINDOW))
        try:
            observation = actions.start(by=request.user, base=base, **given)
        except actions.NoFramework:
            form.add_error("unit", "No framework is in use for this team. Ask a framework admin")
        except actions.TrialOver:
            form.add_error("trial", "This trial has ended. Choose the version in use")
        except NotNow:
            refuse_of_key(request, given["key"])
        else:
            if is_by_script(request):
                return JsonResponse({"saved_at": clock(timezone.now())})
            if request.POST.get("then") == "on":
                return redirect(section_url(observation, "where"))
            messages.success(request, "Draft saved. Finish it whenever you like.")
            return redirect(observation)
    if request.method == "POST" and is_by_script(request):
        return hold(request, until=NO_DRAFT_YET)
    return render(
        request,
        "observations/start.html",
        {
            "title": title,
            "form": form,
            "button": button,
            "goes_on": form_class is StartForm,
            "last": None if as_last else last,
            "has_teams": teams_of(request.user).exists(),
        },
    )


# In the address of a form that is to be filled in as the last one was. Nothing is saved by it.
AS_LAST = "as-last-time"
NO_DRAFT_YET = "It becomes a draft once the team and the kind of work are chosen"


def refuse_of_key(request, key):
    """The draft that this page opened is closed by now, or is someone else's."""
    own = Observation.objects.visible_to(request.user).filter(key=key, observer=request.user)
    if observation := own.select_related("unit").first():
        request.refusal = refusal_of(observation, request.user)
        raise PermissionDenied
    raise Http404


def task_list(request, observation):
    """A draft as its observer meets it: what is done, what is left."""
    return render(
        request,
        "observations/task_list.html",
        {
            "observation": observation,
            "plan": PlannedVisit.objects.visible_to(request.user)
            .filter(observation=observation)
            .first(),
            "needed": tasks_needed(observation),
            "if_part": tasks_if_part_of_it(observation),
            "left": what_is_left(observation),
            "to_check": observation.redactions.filter(settled_at=None).count(),
            "copies": observation.other_copies.open(),
        },
    )


@require_safe
@closed_leads_on
def ratings(request, key):
    """The framework's domains, with how many criteria of each were seen."""
    observation = own_draft(request, key)
    seen = observation.ratings.exclude(outcome="not_seen").values_list(
        "criterion__domain_id", flat=True
    )
    counts = list(seen)
    domains = observation.framework_version.domains.order_by("position").prefetch_related(
        "criteria"
    )
    rows = [
        {
            "domain": domain,
            "seen": counts.count(domain.pk),
            "of": len(domain.criteria.all()),
            "url": section_url(observation, ratings_section(domain)),
        }
        for domain in domains
    ]
    context = {"observation": observation, "version": observation.framework_version, "rows": rows}
    return render(request, "observations/ratings.html", context)


@shown_and_sent
@keeps_typed
@saves_itself
@closed_leads_on
def section(request, key, section):
    """One section with one form."""
    observation = own_draft(request, key)
    if section in ENTRY_KINDS:
        raise Http404
    return save_or_show(request, observation, section_named(observation, section), show_section)


def show_section(request, observation, section, form, saved=None, status=200):
    return render(
        request,
        "observations/section.html",
        {
            "observation": observation,
            "section": section,
            "title": title_of(observation, section),
            "wordings": observation.framework_version.wordings,
            "form": form,
            "save": saved or SectionSave.last_of(observation, section),
            "next_domain": next_domain(observation, section),
            "last_time": last_time(request, observation, section),
            "is_ratings": isinstance(form, RatingsForm),
            "parted": form.parted() if section == CRITERIA else None,
            "next_part": next_after(observation, section)[1],
        },
        status=status,
    )


def last_time(request, observation, section):
    """What last time's choices were, in words, where a tap can take them; else nothing."""
    if section != "where" or request.method != "GET" or AS_LAST in request.GET:
        return ""
    return in_words(observation, still_open(observation, last_like(observation)))


def next_domain(observation, section):
    if not is_of_ratings(section):
        return None
    here = domain_of(observation, section)
    later = observation.framework_version.domains.filter(position__gt=here.position)
    return later.order_by("position").first()


def save_or_show(request, observation, section, show):
    """Save what was sent and say how it went; or show the form, with what was typed before."""
    if request.method == "POST":
        return save(request, observation, section, show)
    typed = take_typed(request)
    if typed is None and section == "where" and AS_LAST in request.GET:
        taken = still_open(observation, last_like(observation))
        return show(request, observation, section, WhereForm(instance=observation, initial=taken))
    if typed is None:
        return show(request, observation, section, as_it_stands(observation, section))
    # With the number it was written on, so that what was saved since is not overwritten unseen.
    base = SectionSave(
        observation=observation, section=section, revision=read_at(typed), saved_at=None
    )
    return show(request, observation, section, build_form(observation, section, typed), base)


def as_it_stands(observation, section):
    """A section's form with what is saved, and what could not be read in its boxes as it was typed."""
    form, save = build_form(observation, section), SectionSave.last_of(observation, section)
    if not save.unread:
        return form
    return build_form(observation, section, with_unread(form, save.unread))


def save_typed(observation, section, data, by):
    """The result of saving (a SectionSave, or a copy that was kept) and the form."""
    sent = data.copy()
    for name in (*NOT_TYPED, REVISION, "then"):
        sent.pop(name, None)
    return actions.save_section(
        observation=observation,
        section=section,
        by=by,
        base=read_at(data),
        build=lambda: build_form(observation, section, data),
        typed=sent.urlencode(),
    )


def read_at(data):
    """The save that the page was read at; a page that says none was read before there was one."""
    return ReadAt.of(data, otherwise=0)


def save(request, observation, section, show):
    read_as_asked(request, observation)
    by_script = is_by_script(request)
    too_long = sum(map(len, request.POST.values())) > LONGEST_NOTE
    unstorable = any("\x00" in value for value in request.POST.values())
    if too_long or unstorable:
        return refuse(request, observation, section, show, by_script, too_long)
    try:
        result, form = save_typed(observation, section, request.POST, request.user)
    except NotNow:
        raise Closed(visible_observation(request, observation.key)) from None
    if isinstance(result, actions.Kept):
        return tell_of_copy(result, by_script)
    if by_script:
        return told_to_script(result, form)
    if isinstance(form, RatingsForm) and not asks_to_read(request):
        form.add_what_lacks()
    if form.errors:
        return show(request, observation, section, form, result, status=422)
    return redirect(where_next(request, observation, section))


def told_to_script(save, form):
    """What was saved and when, which fields were not, and how lengths were read."""
    return JsonResponse(
        {
            "saved_at": clock(save.saved_at),
            "revision": save.revision,
            "except": except_words(save.unread),
            "read_as": lengths_read(form),
        }
    )


def refuse(request, observation, section, show, by_script, too_long):
    words = (
        "This is too long to save in one piece. Move some of it to another passage"
        if too_long
        else "There is a character here that can't be saved. It may come from pasted text"
    )
    if by_script:
        return JsonResponse({"error": words}, status=422)
    form = build_form(observation, section, request.POST)
    form.is_valid()
    form.add_error(None, words)
    return show(request, observation, section, form, status=422)


def tell_of_copy(kept, by_script):
    url = copy_url(kept.copy)
    if by_script:
        return JsonResponse({"conflict_url": url, "changed_at": clock(kept.saved_at)}, status=409)
    return redirect(url)


def copy_url(copy):
    return reverse("observations:copy", args=[copy.observation.key, copy.pk])


def where_next(request, observation, section):
    """The page that the pressed button names."""
    then = request.POST.get("then", "")
    if asks_to_read(request):
        return request.path
    kind, _, _ = section.partition("/")
    if then == "another" and kind in ENTRY_KINDS:
        fresh = reverse("observations:entry", args=[observation.key, kind, uuid.uuid4()])
        return f"{fresh}#entry-open"
    following = next_domain(observation, section)
    if then == "next" and following:
        return section_url(observation, ratings_section(following))
    if then == "cut" and kind == "passages":
        return reverse("observations:cut", args=[observation.key, section.partition("/")[2]])
    if then == "entries":
        return entries_url(observation, kind)
    if then == "on":
        return next_after(observation, section)[0]
    if is_of_ratings(section):
        return reverse("observations:ratings", args=[observation.key])
    return observation.get_absolute_url()


@shown_and_sent
@keeps_typed
@closed_leads_on
def check(request, key):
    """Read it through, see what is left, and submit; or finish, if it is a trial observation.

    Of someone's practice it shows what they will see, and asks whether it is to be shared.
    """
    observation = asked_for(request, key, Do.SUBMIT, Do.FINISH)
    sharing = sharing_asked(request, observation)
    if request.method == "POST" and (sharing is None or sharing.is_valid()):
        with suppress(actions.Incomplete):  # the page below lists what is left
            return close(request, observation, sharing)
    elif sharing and request.method != "POST":
        sharing.errors.clear()  # of kept words nobody has pressed the button yet
    return render(
        request,
        "observations/check.html",
        {
            "heading": "Check and finish" if observation.is_trial else "Check and submit",
            "left": what_is_left(observation),
            "tried": request.method == "POST",
            "redactions": observation.redactions.filter(settled_at=None).count(),
            "form": sharing,
            "kept_back": kept_back(observation) if sharing else None,
            **as_submitted(observation, observation.practitioner if sharing else request.user),
        },
        status=422 if request.method == "POST" else 200,
    )


def sharing_asked(request, observation):
    """What asks whether to share it, where it is of someone's practice; else None."""
    if not is_of_someone(observation):
        return None
    sent = request.POST if request.method == "POST" else take_typed(request)
    return SubmitForm(sent, instance=observation)


def close(request, observation, sharing):
    """Submit it, or finish a trial, and say what became of it."""
    given = {"observation": observation, "by": request.user}
    if observation.is_trial:
        said = "Finished. It counts nowhere, and only you can read it."
        return press(request, observation, said, actions.finish_trial, **given)
    if sharing:
        given["not_shared"] = sharing.not_shared
    return press(request, observation, submitted_in_words, actions.submit, **given)


def submitted_in_words(observation):
    said = "Submitted. It counts from now on."
    if observation.shared_at:
        return f"{said} It is shared with {observation.practitioner}, who has ten working days to reply."
    if observation.not_shared_because == NotShared.NAMES:
        return f"{said} It is shared with {observation.practitioner} once its names are settled."
    return said
