"""How passages come to their themes: what was learned, how often it is right, words proposed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frameworks.models import Codebook, Theme
from frameworks.themes import editing as waiting
from observations.engine import sentence_model
from observations.learning import proposals as learning_proposals
from observations.learning import versions as learning
from observations.learning.precision import Measured, by_chance, count_decisions, precisions
from observations.models import CodingModel, Mention, WordProposal
from observations.on_record import passages_shown
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow

VERSIONS_SHOWN = 10
EXAMPLES_SHOWN = 3


@require_safe
def themes(request):
    """Each theme with what people decided about it and how often suggestions for it are right."""
    if not request.user.can(Act.LOOK_AFTER_CODING):
        raise Http404
    found = Codebook.objects.visible_to(request.user).looked_after_by(request.user)
    return render(
        request,
        "observations/themes.html",
        {
            "codebooks": [of_codebook(codebook) for codebook in found.order_by("name", "pk")],
            "reads_meaning": bool(sentence_model()),
            "is_psw": request.user.can(Act.READ_OBSERVATIONS),
            "may_begin": request.user.can(Act.KEEP_FRAMEWORKS),
        },
    )


def of_codebook(codebook):
    """What the page says of one codebook."""
    versions = codebook.coding_models.without_content()
    in_use = in_use_of(codebook)
    rows = list(codebook.themes.in_use())
    tell_decisions(rows, codebook)
    shares = precisions(rows)
    for row in rows:
        measured = Measured.of(in_use, row.code)
        row.precision = shares[row.pk]
        row.is_learned = bool(measured and measured.is_learned)
    return {
        "codebook": codebook,
        "waits": waiting.seen(codebook),
        "themes": rows,
        "in_use": in_use,
        "asked": versions.filter(state=CodingModel.State.ASKED).first(),
        "nothing": versions.filter(state=CodingModel.State.NOTHING).first(),
        "versions": versions.trained()[:VERSIONS_SHOWN],
    }


def in_use_of(codebook):
    """The version that suggests today for a codebook that was found through visible_to."""
    return CodingModel.objects.in_use(codebook)


def tell_decisions(themes, codebook):
    """Tell each theme how many passages were confirmed and rejected for it, and how many wait."""
    counts = count_decisions(
        Mention.objects.filter(theme__in=themes, unit__in=codebook.coded_unit_pks())
    )
    for theme in themes:
        for status in Mention.Status:
            setattr(theme, status.value, counts[theme.pk][status])


@require_safe
def theme(request, pk):
    """One theme: its figures, its strongest words, passages right and wrong, words proposed."""
    shown = found_themes(request).select_related("codebook__unit", "lens")
    found = get_object_or_404(shown, pk=pk)
    tell_decisions([found], found.codebook)
    in_use = in_use_of(found.codebook)
    measured = Measured.of(in_use, found.code)
    proposals = WordProposal.objects.visible_to(request.user).filter(theme=found)
    is_psw = request.user.can(Act.READ_OBSERVATIONS)
    return render(
        request,
        "observations/theme.html",
        {
            "theme": found,
            "in_use": in_use,
            "measured": measured,
            "precision": precisions([found])[found.pk],
            "by_chance": by_chance([found.pk]).get(found.pk),
            "words": in_use.measures["words"].get(found.code) if in_use else None,
            "examples": examples(found, request.user) if is_psw else [],
            "is_psw": is_psw,
            "open": proposals.open().order_by("kind", "-confirmed", "word"),
            "past": proposals.decided().select_related("decided_by").order_by("-decided_at"),
            "versions": over_time(found),
        },
    )


def found_themes(request):
    """The themes that a person looks after; to anybody else there are none."""
    return Theme.objects.visible_to(request.user).looked_after_by(request.user)


def examples(theme, user):
    """Passages that the user can read: suggested and right, suggested and wrong, not suggested."""
    decided = (
        Mention.objects.visible_to(user)
        .filter(theme=theme, is_counted=True, decided_at__isnull=False)
        .for_review()
        .order_by("-decided_at", "-pk")
    )
    right = decided.exclude(engine="").confirmed()
    wrong = decided.exclude(engine="").filter(status=Mention.Status.REJECTED)
    missed = decided.filter(engine="").confirmed()
    shown = [
        ("Suggested, and right", list(right[:EXAMPLES_SHOWN])),
        ("Suggested, and wrong", list(wrong[:EXAMPLES_SHOWN])),
        ("Not suggested: a person found it", list(missed[:EXAMPLES_SHOWN])),
    ]
    passages_shown(user, [mention for _, mentions in shown for mention in mentions])
    return shown


def over_time(theme):
    """The newest versions that knew the theme, each with what it measured."""
    versions = theme.codebook.coding_models.without_content().trained()[:VERSIONS_SHOWN]
    measured = ((version, Measured.of(version, theme.code)) for version in versions)
    return [pair for pair in measured if pair[1]]


@require_POST
def learn(request, pk):
    """Ask for a new version of what was learned about a codebook's themes."""
    shown = Codebook.objects.visible_to(request.user).looked_after_by(request.user)
    codebook = get_object_or_404(shown, pk=pk)
    learning.ask(codebook, by=request.user)
    messages.success(request, "Asked for. It usually takes less than a minute.")
    return redirect(f"{reverse('observations:themes')}#codebook-{codebook.pk}")


DO = {
    "accept": learning_proposals.accept,
    "dismiss": learning_proposals.dismiss,
    "undo": learning_proposals.undo,
}
DONE = {
    "accept": "“{word}”: done. You can undo it below.",
    "dismiss": "“{word}”: left as it is. It won’t be proposed again.",
    "undo": "“{word}”: undone. The list is as it was.",
}


@require_POST
def decide_word(request, pk):
    """Do what was proposed about a word, leave it, or undo what was done."""
    shown = WordProposal.objects.visible_to(request.user).filter(theme__in=found_themes(request))
    proposal = get_object_or_404(shown, pk=pk)
    what = request.POST.get("do")
    try:
        DO.get(what, refuse)(proposal=proposal, by=request.user)
    except NotNow:
        messages.error(
            request, f"“{proposal.word}” was decided since you opened it. Look at the list below."
        )
    else:
        messages.success(request, DONE[what].format(word=proposal.word))
    return redirect(f"{reverse('observations:theme', args=[proposal.theme_id])}#words")


def refuse(**_):
    raise NotNow
