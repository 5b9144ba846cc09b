"""Looking at suggested themes: one at a time, and on the note itself."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from observations import actions
from observations.forms.after import AddMentionForm
from observations.models import Mention, Passage
from observations.models.choices import Stance
from observations.trying import cut_at_words
from observations.views.reading import may_code_in, themes_for, themes_to_choose
from practicelens.people.models import Role


@require_safe
def review(request):
    """One suggested mention at a time, newest notes first."""
    if not request.user.holds(Role.Kind.PSW):
        raise Http404
    waiting = (
        Mention.objects.visible_to(request.user)
        .suggested()
        .filter(is_counted=True)
        .for_review()
        .order_by("-month", "-observation", "passage__position", "theme__position")
    )
    skipped = skipped_of(request)
    mention = waiting.exclude(pk__in=skipped).first()
    last = request.session.get("last_mention")
    return render(
        request,
        "observations/review.html",
        {
            "mention": mention,
            "pieces": pieces(mention) if mention else [],
            "around": around(mention) if mention else ("", ""),
            "left": waiting.count(),
            "skipped": skipped,
            "skip_url": queue_url([*skipped, mention.pk]) if mention else "",
            "words": [mention.passage.text[a:b] for a, b in mention.words] if mention else [],
            "themes": themes_to_choose(mention) if mention else [],
            "last": Mention.objects.visible_to(request.user)
            .select_related("theme")
            .filter(pk=last)
            .exclude(status=Mention.Status.SUGGESTED)
            .first(),
            "stances": Stance.choices,
        },
    )


def skipped_of(request):
    return [int(pk) for pk in request.GET.getlist("skipped") if pk.isdecimal() and len(pk) < 19]


def pieces(mention):
    """The quote cut at the words that led to it: (text, whether it is one of them)."""
    return cut_at_words(mention.passage.text, mention)


def around(mention):
    """What stands just before and after the quote."""
    text = mention.passage.text
    before, after = text[: mention.start].strip(), text[mention.end :].strip()
    return before[-160:], after[:160]


def found_mention(request, pk):
    mention = get_object_or_404(
        Mention.objects.visible_to(request.user).select_related("observation", "theme"), pk=pk
    )
    if not mention.is_counted or not may_code_in(request.user, mention.observation):
        raise PermissionDenied
    return mention


@require_POST
def decide(request, pk):
    """Confirm, reject, or code to another theme."""
    mention = found_mention(request, pk)
    stance = request.POST.get("stance")
    if stance not in Stance.values:
        stance = mention.stance
    theme = themes_for(mention.observation).filter(pk=number(request.POST.get("theme"))).first()
    if theme and theme != mention.theme:
        actions.decide(mention=mention, by=request.user, status=Mention.Status.REJECTED)
        mention = actions.add_mention(
            passage=mention.passage, theme=theme, stance=stance, by=request.user
        )
    else:
        rejected = request.POST.get("status") == Mention.Status.REJECTED
        actions.decide(
            mention=mention,
            by=request.user,
            status=Mention.Status.REJECTED if rejected else Mention.Status.CONFIRMED,
            stance=stance,
        )
    request.session["last_mention"] = mention.pk
    return redirect(back(request, mention))


def number(text):
    """A row's number as it was sent; 0, which no row has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


@require_POST
def undo(request, pk):
    """Take back a decision about a mention."""
    mention = found_mention(request, pk)
    target = back(request, mention)
    actions.undecide(mention=mention)
    messages.success(request, f"“{mention.theme}” is undecided again.")
    return redirect(target)


@require_POST
def add(request, pk):
    """Code a passage to a theme that nobody suggested."""
    passage = get_object_or_404(
        Passage.objects.visible_to(request.user).select_related("observation__unit"), pk=pk
    )
    observation = passage.observation
    if not passage.is_counted or not may_code_in(request.user, observation):
        raise PermissionDenied
    form = AddMentionForm(request.POST, themes=themes_for(observation))
    if form.is_valid():
        actions.add_mention(passage=passage, by=request.user, **form.cleaned_data)
        messages.success(request, f"Coded to “{form.cleaned_data['theme']}”.")
    else:
        messages.error(request, " ".join(error for row in form.errors.values() for error in row))
    return redirect(f"{observation.get_absolute_url()}#passage-{passage.pk}")


def back(request, mention):
    """To the note if that is where it was pressed, else to the queue with what was skipped."""
    if request.POST.get("then") == "note":
        url = mention.observation.get_absolute_url()
        return f"{url}#passage-{mention.passage_id}"
    return queue_url(number for number in request.POST.getlist("skipped") if number.isdecimal())


def queue_url(skipped):
    """The queue without the mentions that were skipped for now."""
    query = urlencode([("skipped", pk) for pk in skipped])
    return f"{reverse('observations:review')}{'?' if query else ''}{query}"
