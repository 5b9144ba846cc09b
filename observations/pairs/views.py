"""Pair with another observation: putting another observer's observation beside one's own."""

from django.contrib import messages
from django.shortcuts import redirect, render

from observations.fetching import asked_for
from observations.life import Do
from observations.pairs import actions
from observations.pairs.forms import PairForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed
from practicelens.people.refusals import not_done
from practicelens.refusals import NotNow


@shown_and_sent
@keeps_typed
def pair(request, key):
    """Choose, once one's own is submitted, among observations that may be of the same occasion."""
    observation = asked_for(request, key, Do.PAIR)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = PairForm(typed, observation=observation, user=request.user)
    if request.method == "POST" and form.is_valid():
        return put_beside(request, observation, form.cleaned_data["other"])
    return render(request, "observations/pair.html", {"observation": observation, "form": form})


def put_beside(request, observation, other):
    try:
        made = actions.pair(observation=observation, other=other, by=request.user)
    except NotNow:
        not_done(request, "One of the two observations was withdrawn. Nothing was changed.")
        return redirect("observations:list")
    messages.success(request, "The two observations are now side by side.")
    return redirect(made)
