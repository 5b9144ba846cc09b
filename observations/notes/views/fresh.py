"""Themes of a draft's passages, while it is fresh: on the way to its submission."""

from django.contrib import messages
from django.shortcuts import redirect, render

from observations.fetching import asked_for, closed_leads_on
from observations.life import Do
from observations.models.choices import Stance
from observations.notes.fresh_themes import FreshForm, decide_fresh, rows_of
from practicelens.people.methods import shown_and_sent
from practicelens.refusals import NotNow


@shown_and_sent
@closed_leads_on
def fresh_themes(request, key):
    """Each passage with what it may speak to, to be confirmed or not by one tap; all can be left."""
    observation = asked_for(request, key, Do.CODE_FRESH)
    sent = request.POST if request.method == "POST" else None
    form = FreshForm(sent, observation=observation)
    if form.is_valid():
        return decided(request, observation, **form.cleaned_data)
    rows = rows_of(observation)
    context = {
        "observation": observation,
        "rows": rows,
        "confirmed": sum(bool(row.confirmed) for row in rows),
        "stances": Stance.choices,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "observations/fresh_themes.html", context, status=status)


def decided(request, observation, *, passage, read, said):
    what, theme = said
    try:
        decide_fresh(
            observation=observation,
            passage=passage,
            by=request.user,
            read=read,
            said=what,
            theme=theme,
        )
    except NotNow as not_now:
        messages.info(request, str(not_now))
    return redirect(f"{request.path}#passage-{passage.pk}")
