"""Looking at suggested themes: one at a time in a review session, and on the observation itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from frameworks.models import Theme
from observations.learning.precision import precision_of
from observations.life import Do
from observations.mentions import queue, quotes, review_sessions
from observations.mentions.forms import AddThemeForm, DecisionForm
from observations.mentions.perhaps import perhaps_in
from observations.models import Card, Mention, Passage, ReviewSession
from observations.models.choices import Stance
from observations.on_record import passages_shown
from practicelens.numbers import number_sent
from practicelens.people.methods import shown_and_sent
from practicelens.people.permissions import Act

# What can be done by a key: its code, its words, and the key that it begins with.
KEYS = [
    ("confirm", "Confirm", "c"),
    ("reject", "Not this theme", "x"),
    ("skip", "Skip for now", "s"),
    ("helps", "Helps", "1"),
    ("hinders", "Hinders", "2"),
    ("neither", "Neither", "3"),
    ("theme", "Change theme", "t"),
    ("add", "Add another theme", "a"),
    ("undo", "Undo", "u"),
    ("start-earlier", "Start earlier", "q"),
    ("start-later", "Start later", "w"),
    ("end-earlier", "End earlier", "o"),
    ("end-later", "End later", "p"),
]


@shown_and_sent
def review(request):
    """The next suggestion of the review session one is in; sending begins a session."""
    if not request.user.can(Act.DECIDE_THEMES):
        raise Http404
    theme = theme_asked_for(request)
    way = way_carried_on(request.user, theme)
    if request.method == "POST":
        if way is None or not way.current:
            review_sessions.begin(by=request.user, theme=theme)
        return redirect(queue_url(theme))
    if way is None:
        waiting = queue.waiting_for(request.user, theme).count()
        context = {"theme": theme, "way": None, "waiting": waiting, "most": queue.SIZE}
        return render(request, "observations/review.html", context)
    return show(request, way)


def theme_asked_for(request):
    """The theme of the address, so that only its suggestions are looked at; None for all."""
    asked = request.GET.get("theme")
    if not asked:
        return None
    return get_object_or_404(Theme.objects.visible_to(request.user), pk=number_sent(asked))


def way_carried_on(user, theme):
    """The way through the review session one is in; None where there is none to carry on.

    A review session of which nothing is left says so for an hour; after that it is time for
    another.
    """
    review_session = ReviewSession.objects.visible_to(user).carried_on(user, theme)
    if review_session:
        way = queue.way_through(review_session, user)
        if way.current or way.is_just_over:
            return way
    return None


def show(request, way, form=None):
    """The card that is next, or what was done once there is none; with what was wrong, 422."""
    more = card_context(request.user, way.current, form) if way.current else over(request.user, way)
    return render(
        request,
        "observations/review.html",
        {"way": way, "theme": way.review_session.theme, "keys": KEYS, **more},
        status=422 if form else 200,
    )


def card_context(user, card, form):
    mention = Mention.objects.visible_to(user).for_review().get(pk=card.mention_id)
    likeness = queue.likeness(mention, user)
    passages_shown(user, filter(None, [mention, likeness.found]))
    return {
        "mention": mention,
        "quote": quote_of(mention, form),
        "words": mention.found_words,
        "likeness": likeness,
        "precision": precision_of(mention.theme).sentence,
        "themes": mention.themes_to_choose,
        "stances": Stance.choices,
        "stance": (form and form.cleaned_data.get("stance")) or mention.stance,
        "form": form,
    }


def quote_of(mention, form):
    """The quote as it is, or as it was sent when something is to be put right."""
    if form:
        return form.shown(mention.words)
    return quotes.shown(mention.passage.text, mention.start, mention.end, mention.words)


def over(user, way):
    """What is said at the end: what is still thin, and whether anything waits."""
    themes = Theme.objects.visible_to(user).in_use()
    if way.review_session.theme_id:
        themes = themes.filter(pk=way.review_session.theme_id)
    return {
        "thin": queue.still_thin(themes),
        "learned_from": queue.LEARNED_FROM,
        "waiting": queue.waiting_for(user, way.review_session.theme).count(),
    }


def found_mention(request, pk):
    return get_object_or_404(Mention.objects.visible_to(request.user).for_review(), pk=pk)


@shown_and_sent
def decide_mention(request, pk):
    """One mention and what is said of it: confirm, reject, or code to another theme."""
    review_session = session_sent(request)
    try:
        mention = found_mention(request, pk)
    except Http404:
        if review_session is None:
            raise
        messages.info(
            request, "That suggestion is gone: its observation was withdrawn or re-checked."
        )
        return redirect(queue_url(review_session.theme))
    if request.method != "POST":
        return show_mention(request, mention)
    form = DecisionForm(
        request.POST, mention=mention, themes=Theme.objects.for_unit(mention.observation.unit)
    )
    if not form.is_valid():
        return show_again(request, review_session, mention, form)
    return decided(request, review_session, mention, form)


def decided(request, review_session, mention, form):
    card = card_of(request.user, review_session, mention)
    try:
        if form.cleaned_data["status"] == DecisionForm.SKIPPED:
            if card:
                review_sessions.skip(card=card)
        else:
            review_sessions.decide_card(
                mention=mention, by=request.user, card=card, **form.decision
            )
    except review_sessions.DecidedMeanwhile as meanwhile:
        return show_mention(
            request, meanwhile.mention, form, review_session=review_session, status=409
        )
    return redirect(back(request, review_session, mention.passage))


def show_again(request, review_session, mention, form):
    """With what is to be put right: in the review session if the card is still the next, else alone."""
    if review_session:
        way = queue.way_through(review_session, request.user)
        if way.current and way.current.mention_id == mention.pk:
            return show(request, way, form)
    return show_mention(request, mention, form, review_session=review_session, status=422)


def show_mention(request, mention, form=None, review_session=None, status=200):
    """A mention on a page of its own, to be changed; after 409, with who decided since."""
    mention = found_mention(request, mention.pk)
    passages_shown(request.user, [mention])
    stance = form.cleaned_data.get("stance") if form else ""
    return render(
        request,
        "observations/mention.html",
        {
            "mention": mention,
            "passage": mention.passage,
            "observation": mention.observation,
            "quote": quote_of(mention, form),
            "stance": stance or mention.stance,
            "stances": Stance.choices,
            "form": form,
            "meanwhile": status == 409 and who_decided(mention, request.user),
            "review_session": review_session,
            "back": back(request, review_session, mention.passage),
        },
        status=status,
    )


def who_decided(mention, user):
    """Who said what, and when."""
    who = "You" if mention.decided_by == user else mention.decided_by
    how = {
        Mention.Status.CONFIRMED: f"confirmed “{mention.theme}”, {mention.stance},",
        Mention.Status.REJECTED: f"said that “{mention.theme}” does not fit",
        Mention.Status.SUGGESTED: f"took back what was decided about “{mention.theme}”",
    }[mention.status]
    if mention.status == Mention.Status.SUGGESTED:
        return f"What was decided about “{mention.theme}” was taken back."
    return f"{who} {how} on {localtime(mention.decided_at):%-d %B at %H:%M}."


@require_POST
def undo(request, pk):
    """Take back a decision about a mention, or the last step of a review session."""
    review_session = session_sent(request)
    mention = found_mention(request, pk)
    target, theme = back(request, review_session, mention.passage), mention.theme
    card = review_session and review_session.cards.filter(mention=mention).exclude(done="").first()
    if card:
        is_back = review_sessions.take_back(card=card, by=request.user)
    else:
        is_back = review_sessions.undo(mention=mention, by=request.user)
    if is_back:
        messages.success(request, f"“{theme}” is undecided again.")
    else:
        messages.info(request, f"Someone decided about “{theme}” since, so it stays as it is.")
    return redirect(target)


@shown_and_sent
def add(request, pk):
    """Code a quote of a passage to a theme that nobody suggested."""
    passage = get_object_or_404(
        Passage.objects.visible_to(request.user).select_related("observation__unit"), pk=pk
    )
    observation = passage.observation
    if not observation.allows(Do.CODE, request.user):
        raise PermissionDenied
    review_session = session_sent(request)
    sent = request.POST if request.method == "POST" else None
    themes = Theme.objects.for_unit(observation.unit)
    perhaps = perhaps_in(passage, themes)
    asked = number_sent((sent or request.GET).get("perhaps"))
    chosen = next((each for each in perhaps if each.theme.pk == asked), None)
    form = AddThemeForm(sent, passage=passage, perhaps=chosen, themes=themes)
    if form.is_valid():
        return added(request, review_session, passage, form)
    passages_shown(request.user, [passage])
    return render(
        request,
        "observations/mention.html",
        {
            "passage": passage,
            "observation": observation,
            "quote": form.shown(),
            "stance": form["stance"].value(),
            "themes": themes,
            "perhaps": perhaps,
            "chosen": chosen,
            "stances": Stance.choices,
            "form": form,
            "review_session": review_session,
            "back": back(request, review_session, passage),
        },
        status=422 if form.errors else 200,
    )


def added(request, review_session, passage, form):
    said = {name: form.cleaned_data[name] for name in ("theme", "stance", "edges")}
    try:
        review_sessions.add(passage=passage, by=request.user, review_session=review_session, **said)
    except review_sessions.DecidedMeanwhile as meanwhile:
        return show_mention(
            request, meanwhile.mention, form, review_session=review_session, status=409
        )
    messages.success(request, f"Coded to “{said['theme']}”.")
    return redirect(back(request, review_session, passage))


# Where one came from


def session_sent(request):
    """The review session that was gone on from, if it is one's own."""
    pk = number_sent(request.POST.get("review_session") or request.GET.get("review_session"))
    found = ReviewSession.objects.visible_to(request.user).select_related("theme")
    return found.filter(pk=pk).first() if pk else None


def card_of(user, review_session, mention):
    """The card of a mention that waits in the review session."""
    if review_session is None:
        return None
    return (
        Card.objects.visible_to(user)
        .filter(review_session=review_session, mention=mention, done="")
        .first()
    )


def back(request, review_session, passage):
    """To the review session that one came from; else to the passage in its observation."""
    if review_session:
        return queue_url(review_session.theme)
    return f"{passage.observation.get_absolute_url()}#passage-{passage.pk}"


def queue_url(theme):
    """The queue, of one theme if there is one."""
    url = reverse("observations:review")
    return f"{url}?theme={theme.pk}" if theme else url
