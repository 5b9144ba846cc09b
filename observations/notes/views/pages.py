"""Reading observations: the list, one observation, what is shared with one, what is held on one."""

from datetime import timedelta
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from frameworks.models import Theme
from observations.fetching import visible_observation, with_all_that_is_read
from observations.learning.precision import precisions
from observations.life import Do, offered
from observations.models import (
    CalendarAddress,
    CpdNote,
    Mention,
    Observation,
    Pair,
    PlannedVisit,
    Reply,
)
from observations.notes import actions
from observations.notes.forms.filtering import FilterForm
from observations.notes.happened import lede_of, steps_of
from observations.notes.reading import reading_context
from observations.notes.readings import readings_of
from observations.notes.search import find_words
from observations.notes.views.drafting import task_list
from observations.on_record import notes_shown
from observations.redaction.offering import with_offers
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised, know_zones
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

PER_PAGE = 25


@require_safe
def observations(request):
    """All that a practice leader may read, with filters that stay in the address."""
    if not request.user.can(Act.READ_OBSERVATIONS):
        raise Http404
    form = FilterForm(request.GET, user=request.user)
    found = form.filter(Observation.objects.visible_to(request.user)).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    words = form.cleaned_data.get("words")
    if words:
        page.object_list = list(page.object_list)
        find_words(page.object_list, words)
        notes_shown(request.user, [each for each in page if each.found])
    know_zones(each.unit for each in page)
    return render(
        request, "observations/list.html", {"form": form, "page": page, "words": words or ""}
    )


@require_safe
def observation(request, key):
    """A draft as a list of tasks to its observer; anything else as an observation to be read."""
    found = visible_observation(request, key)
    if found.allows(Do.WRITE, request.user):
        return task_list(request, found)
    return read(request, with_all_that_is_read(request, found))


def read(request, observation):
    user = request.user
    open_shared(observation, user)
    if observation.is_counted:
        record(by=user, action=Entry.Action.READ, what=observation, unit=observation.unit)
    if user.pk == observation.observer_id and hasattr(observation, "reply"):
        Reply.objects.filter(observation=observation, read_at=None).update(read_at=now())
    may_code = observation.allows(Do.CODE, user)
    context = reading_context(observation, user)
    return render(
        request,
        "observations/read.html",
        {
            "lede": lede_of(observation),
            "steps": steps_of(context["observation"]),
            "moves": offered(observation, user),
            "reply_wanted": observation.allows(Do.REPLY, user),
            "pairs": beside(observation, user),
            "may_code": may_code,
            "back": way_back(user, observation),
            "left_by": left_by(user, observation),
            "copies": observation.other_copies.open() if observation.observer_id == user.pk else [],
            "redactions": open_redactions(observation, user),
            "reads_own_reply": user.pk == observation.practitioner_id,
            "new_key": uuid4(),
            "replaced": replaced_by(observation, user),
            "mentions_of": mentions_of(observation) if may_code else {},
            "precisions": precisions_for(observation) if may_code else {},
            **context,
        },
    )


def way_back(user, observation):
    """The list in which the person meets the observation, and its name."""
    if user.pk == observation.practitioner_id:
        return reverse("observations:shared"), "My observations"
    if user.can(Act.READ_OBSERVATIONS):
        return reverse("observations:list"), "Observations"
    return reverse("observations:held"), "My data"


def left_by(user, observation):
    """As whom the person reads it who has moved on since: "observer", "practitioner" or nothing."""
    if user.pk == observation.observer_id:
        return "" if observation.is_in_hands_of(user) else "observer"
    if user.pk == observation.practitioner_id:
        return "" if observation.unit_id in user.reach(Act.BE_OBSERVED) else "practitioner"
    return ""


def open_shared(observation, user):
    """The practitioner reads what was shared with them: it can't be taken back from here on."""
    if user.pk == observation.practitioner_id and observation.shared_at:
        try:
            actions.opened(observation=observation, by=user)
        except NotNow:  # taken back just before
            raise Http404 from None


def beside(observation, user):
    """The pairs that the observation is in, each with the name of the other observer."""
    pairs = Pair.objects.visible_to(user).of(observation).for_reading().order_by("pk")
    return [
        (pair, next(note.observer for note in pair.observations if note.pk != observation.pk))
        for pair in pairs
    ]


def open_redactions(observation, user):
    """Words still to be settled, for the observer or the practitioner who wrote them."""
    if observation.is_trial:
        return []
    return with_offers(observation, redactions_of(observation, user).open())


def replaced_by(observation, user):
    """Words that a writer replaced and can put back: for them alone, until it is withdrawn."""
    return redactions_of(observation, user).replaced()


def redactions_of(observation, user):
    """Findings in what the person wrote and can settle still."""
    if observation.allows(Do.SETTLE_NAMES, user):
        return observation.redactions.in_reply(False)
    if observation.allows(Do.SETTLE_REPLY, user):
        return observation.redactions.in_reply()
    return observation.redactions.none()


def mentions_of(observation):
    """The mentions of each passage, by the passage's pk; rejected ones last."""
    found = {}
    mentions = observation.mentions.for_review().order_by("theme__position")
    for mention in sorted(mentions, key=lambda each: each.status == Mention.Status.REJECTED):
        found.setdefault(mention.passage_id, []).append(mention)
    return found


def precisions_for(observation):
    """How often suggestions are right, for each theme that waits for a decision here."""
    waiting = observation.mentions.suggested().values("theme")
    return precisions(list(Theme.objects.filter(pk__in=waiting)))


@require_safe
def shared(request):
    """What was shared with a practitioner: to answer, and answered."""
    theirs = Observation.objects.shared_with(request.user)
    found = theirs.for_list().select_related("conversation")
    visits = ahead_of(request.user)
    know_zones([each.unit for each in [*found, *visits]])
    return render(
        request,
        "observations/shared.html",
        {
            "visits": [each for each in visits if not each.is_past],
            "to_agree": [each for each in found if each.allows(Do.AGREE, request.user)],
            "next_steps": theirs.to_look_again(request.user.today()),
            "waiting": [each for each in found if not hasattr(each, "reply")],
            "replied": [each for each in found if hasattr(each, "reply")],
        },
    )


def ahead_of(user):
    """The visits that are planned with someone and whose day is not long over."""
    theirs = PlannedVisit.objects.visible_to(user).planned().for_list()
    yesterday = user.today() - timedelta(days=1)  # it may still be that day where the visit is
    return list(theirs.filter(practitioner=user, visit_on__gte=yesterday))


def made_by(user, number):
    """A page of the observations that the person wrote, those of where they have left included."""
    return Paginator(Observation.objects.filter(observer=user).for_list(), PER_PAGE).get_page(
        number
    )


@require_safe
def held(request):
    """Everything about the person that PracticeLens holds, in one place, for anybody signed in."""
    user = request.user
    visits = list(PlannedVisit.objects.visible_to(user).for_list().reverse())
    know_zones(each.unit for each in visits)
    return render(
        request,
        "observations/held.html",
        {
            "of_me": Observation.objects.shared_with(user).for_list(),
            "not_shared": Observation.objects.not_shared()
            .filter(practitioner=user)
            .select_related("observer")
            .order_by("-observed_on", "-pk"),
            "by_me": made_by(user, request.GET.get("page")),
            "replies": Reply.objects.filter(by=user)
            .select_related("observation__unit")
            .prefetch_related("parts")
            .order_by("-replied_at"),
            "roles": user.roles.select_related("unit").order_by("-given_at"),
            "visits": visits,
            "calendar_address": CalendarAddress.objects.visible_to(user).first(),
            "concerns_raised": ConcernRaised.objects.visible_to(user).order_by("-at", "-pk"),
            "cpd_notes": CpdNote.objects.visible_to(user).for_list(),
            "new_key": uuid4(),
            "writes": user.can(Act.WRITE_OBSERVATIONS),
            "entries": Entry.objects.filter(by=user).order_by("-at")[:PER_PAGE],
            "readings": readings_of(user, request.GET.get("readings")),
        },
    )
