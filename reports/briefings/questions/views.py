"""Questions on an issued briefing: all of them, asking one, and its thread."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.permissions import Act
from reports.briefings.questions import actions
from reports.briefings.questions.forms import AskForm, ReplyForm
from reports.briefings.questions.places import places_of
from reports.briefings.views.finding import seen_briefing
from reports.models import Question


def issued_briefing(request, key):
    """An issue that the person reads, or 404."""
    found = seen_briefing(request, key)
    if not found.is_issued or found.unit_id not in request.user.reach(Act.READ_BRIEFINGS):
        raise Http404
    return found


@require_safe
def questions(request, key):
    """What was asked about an issue, in any of its versions, with what was answered."""
    found = issued_briefing(request, key)
    asked = Question.objects.visible_to(request.user).of_issue(found).for_list()
    context = {"briefing": found, "questions": list(asked), "may_ask": may_ask(request.user, found)}
    return render(request, "reports/questions.html", context)


def may_ask(user, briefing):
    return briefing.unit_id in user.reach(Act.DECIDE_RECOMMENDATIONS)


@shown_and_sent
@keeps_typed
def ask(request, key):
    """A leader asks about one passage."""
    found = issued_briefing(request, key)
    if not may_ask(request.user, found):
        raise PermissionDenied
    places = places_of(found.content)
    place = request.GET.get("place", "")
    form = AskForm(sent_or_kept(request), places=places, initial={"place": place})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("place", "words")}
        given |= {"briefing": found, "by": request.user}
        said = (
            "Your question is sent to whoever wrote the briefing. You get a mail with the answer."
        )
        return press(request, lambda made: made or found, said, actions.ask, **given)
    status = status_of(request, form)
    return render(request, "reports/ask.html", {"briefing": found, "form": form}, status=status)


@shown_and_sent
@keeps_typed
def question(request, pk):
    """One question with its thread; its author answers there."""
    asked = Question.objects.visible_to(request.user).for_list()
    found = get_object_or_404(asked, pk=pk)
    may_answer = found.can_be_answered_by(request.user)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    asks_on = found.by_id == request.user.pk
    form = ReplyForm(sent_or_kept(request), asks_on=asks_on) if may_answer else None
    if request.method == "POST" and form.is_valid():
        given = {"question": found, "words": form.cleaned_data["words"], "by": request.user}
        return press(request, found, "Saved in the thread.", actions.reply, **given)
    status = status_of(request, form) if form else 200
    context = {"question": found, "form": form, "asks_on": asks_on}
    return render(request, "reports/question.html", context, status=status)
