"""Planned visits: one's own list, one visit, planning and calling off, and calendars."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks.fetching import differences
from observations.form_parts import teams_of
from observations.models import CalendarAddress, PlannedVisit
from observations.notes.views.drafting import psw_only
from observations.planning import actions, calendar
from observations.planning.actions import ALREADY
from observations.planning.forms import CallOffForm, DeclineForm, FocusForm, VisitForm, begun_from
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.models import know_zones
from practicelens.people.permissions import Act
from practicelens.people.two_windows import UNREAD, WINDOW, Meanwhile, ReadAt
from practicelens.refusals import AlreadySo

# A calendar is given to nobody on the way, and asked for by no search engine.
HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
SHOWN = 50  # of what is over


@require_safe
def planned_visits(request):
    """What one planned, and what is planned with one: to come, past its day, and over."""
    mine = PlannedVisit.objects.visible_to(request.user).for_list()
    planned = list(mine.planned())
    over = list(mine.exclude(pk__in=PlannedVisit.objects.planned()).reverse()[:SHOWN])
    know_zones(each.unit for each in [*planned, *over])
    return render(
        request,
        "observations/planning/list.html",
        {
            "ahead": [each for each in planned if not each.is_past],
            "past": [each for each in planned if each.is_past],
            "over": over,
            "may_plan": request.user.can(Act.WRITE_OBSERVATIONS),
        },
    )


def visible_visit(request, key):
    found = PlannedVisit.objects.visible_to(request.user)
    found = found.select_related("unit", "observer", "practitioner", "observation", "follows")
    return get_object_or_404(found, key=key)


@require_safe
def planned_visit(request, key):
    visit = visible_visit(request, key)
    user = request.user
    context = {
        "visit": visit,
        "is_observer": visit.observer_id == user.pk,
        "may_change": visit.can_be_changed_by(user),
        "may_answer": visit.can_be_answered_by(user),
    }
    return render(request, "observations/planning/visit.html", context)


def asked_for(request, key, may, may_ever):
    """The visit, if the person can do this with it now; who could have is told how it ended."""
    visit = visible_visit(request, key)
    if may(visit, request.user):
        return visit
    if may_ever(visit, request.user) and not visit.is_planned:
        raise AlreadySo(ALREADY[visit.state], leads_to=visit)
    raise PermissionDenied


def observers(request, key):
    """The visit, for whoever planned it."""
    return asked_for(request, key, PlannedVisit.can_be_changed_by, PlannedVisit.is_in_hands_of)


def practitioners(request, key):
    """The visit, for the practitioner it is planned with."""
    return asked_for(
        request,
        key,
        PlannedVisit.can_be_answered_by,
        lambda visit, user: visit.practitioner_id == user.pk,
    )


def form_of(fetch):
    """The page of one form about a visit, for whoever `fetch` lets have it."""

    def decorate(view):
        @shown_and_sent
        @keeps_typed
        @wraps(view)
        def page(request, key):
            return view(request, fetch(request, key))

        return page

    return decorate


def show(request, form, *, title, button, visit=None, status=None, **words):
    """The page of one form."""
    usual = status_of(request, form)
    plain = {"theirs": [], "read_at": visit.revision if visit else 0, "intro": ""}
    context = {"form": form, "visit": visit, "title": title, "button": button, **plain, **words}
    return render(request, "observations/planning/form.html", context, status=status or usual)


@shown_and_sent
@keeps_typed
def plan_visit(request):
    """Who, where, when and what for; a link to it may have some of that filled in."""
    psw_only(request)
    form = VisitForm(
        sent_or_kept(request),
        user=request.user,
        instance=PlannedVisit(),
        initial=begun_from(request.user, request.GET),
    )
    if request.method == "POST" and form.is_valid():
        given = form.told() | {"key": form.cleaned_data["key"] or form.initial["key"]}
        given |= {"by": request.user, "base": UNREAD.in_window(request.POST.get(WINDOW))}
        return press(request, lambda made: made, told_to_whom, actions.plan, **given)
    return show(
        request,
        form,
        title="Plan a visit",
        button="Plan this visit",
        has_teams=teams_of(request.user).exists(),
        intro="Only you and the practitioner see it. Nothing is observed yet, and nothing counts.",
    )


def told_to_whom(visit):
    if visit.practitioner is None:
        return "The visit is planned."
    return f"The visit is planned. {visit.practitioner} gets a mail that says so, and no more."


def with_both_shown(request, form, held, save):
    """Save a form of words that another window can change; returns (answer, how to show it again)."""
    try:
        return save(ReadAt.of(request.POST)), {}
    except Meanwhile as meanwhile:
        theirs = differences(form, held(meanwhile.row))
        return None, {"theirs": theirs, "read_at": meanwhile.row.revision, "status": 409}


@form_of(observers)
def change_visit(request, visit):
    """Change when, where, with whom or what for."""

    def form_for(row, data=None):
        return VisitForm(data, user=request.user, instance=row)

    form, again = form_for(visit, sent_or_kept(request)), {}
    if request.method == "POST" and form.is_valid():
        given = form.told() | {"visit": visit, "by": request.user}
        answer, again = with_both_shown(
            request,
            form,
            form_for,
            lambda base: press(
                request, visit, "The visit is changed.", actions.change, base=base, **given
            ),
        )
        if answer:
            return answer
    return show(request, form, title="Change this visit", button="Save", visit=visit, **again)


@form_of(practitioners)
def visit_focus(request, visit):
    """The practitioner says what they would like to be looked at."""
    form, again = FocusForm(sent_or_kept(request), instance=visit), {}
    if request.method == "POST" and form.is_valid():
        given = {"visit": visit, "by": request.user}
        given["words"] = form.cleaned_data["practitioners_focus"]
        said = f"Saved. {visit.observer} can read it."
        answer, again = with_both_shown(
            request,
            form,
            lambda row: FocusForm(instance=row),
            lambda base: press(request, visit, said, actions.focus, base=base, **given),
        )
        if answer:
            return answer
    return show(request, form, title="What to look at", button="Save", visit=visit, **again)


@form_of(observers)
def cancel_visit(request, visit):
    """Cancel it, with a reason."""
    form = CallOffForm(sent_or_kept(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"visit": visit, "by": request.user}
        said = "The visit is cancelled. It is kept, with its reason."
        return press(request, visit, said, actions.cancel, **given)
    return show(
        request,
        form,
        title="Cancel this visit",
        button="Cancel this visit",
        visit=visit,
        intro="It is kept with its reason, so that a month of few observations can be understood. "
        "Counts alone are told to anybody else, never who or when.",
    )


@form_of(practitioners)
def decline_visit(request, visit):
    """The practitioner says not today."""
    form = DeclineForm(sent_or_kept(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"visit": visit, "by": request.user}
        said = f"{visit.observer} is told that it does not suit. It is no mark against you."
        return press(request, visit, said, actions.decline, **given)
    return show(
        request,
        form,
        title="Not today",
        button="Say not today",
        visit=visit,
        intro="You can say so for any reason or none. It is no mark against you: only "
        f"{visit.observer} sees it, and nobody counts it by person.",
    )


@require_POST
def begin_visit(request, key):
    """An observation with what was planned filled in."""
    visit = visible_visit(request, key)
    if visit.is_in_hands_of(request.user) and visit.observation:
        raise AlreadySo(ALREADY[PlannedVisit.State.BEGUN], leads_to=visit.observation)
    visit = observers(request, key)
    said = "A draft with what was planned. Finish it whenever you like."
    given = {"visit": visit, "by": request.user}
    return press(request, lambda made: made or visit, said, actions.begin, **given)


# Calendars


def whole_address(request):
    return lambda row: request.build_absolute_uri(row.get_absolute_url())


@require_safe
def visit_file(request, key):
    """One visit as a file that a calendar takes in."""
    visit = visible_visit(request, key)
    text = calendar.as_calendar([visit], whole_address(request))
    name = {"Content-Disposition": f'attachment; filename="visit-{visit.visit_on}.ics"'}
    return HttpResponse(text, content_type=calendar.TYPE, headers={**HEADERS, **name})


@shown_and_sent
def calendar_address(request):
    """The address of one's own at which a calendar reads one's visits; made, made anew, or ended."""
    here = reverse("observations:calendar_address")
    if request.method == "POST":
        if request.POST.get("do") == "end":
            said = "The address leads nowhere any more. Take it out of your calendar."
            return press(request, here, said, actions.end_address, by=request.user)
        said = "Here is your address. An earlier one leads nowhere any more."
        return press(request, here, said, actions.make_address, by=request.user)
    address = CalendarAddress.objects.visible_to(request.user).first()
    shown = address and request.build_absolute_uri(address.path)
    context = {"address": address, "shown": shown}
    return render(request, "observations/planning/calendar.html", context)


@login_not_required
@require_safe
def calendar_feed(request, token):
    """The visits of whoever's address it is, without a name; asked for by calendars, not signed in."""
    address = CalendarAddress.objects.led_to_by(token)
    if address is None:
        raise Http404
    visits = list(calendar.in_feed(address.user))
    know_zones(each.unit for each in visits)
    text = calendar.as_calendar(visits, whole_address(request), name="Practice visits")
    return HttpResponse(text, content_type=calendar.TYPE, headers=HEADERS)
