"""Taking what comes with PracticeLens."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from frameworks.starters import beginning, parts
from frameworks.starters.forms import LoadPartsForm, StarterForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.permissions import Act


@shown_and_sent
def load(request):
    """Load what comes with PracticeLens: the whole of it, or some parts."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    form = LoadPartsForm(request.POST or None, user=request.user, parts=parts.Part.choices)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "frameworks/load.html", {"form": form}, status=status)
    loaded = parts.load(by=request.user, **form.cleaned_data)
    words = ", ".join(part.label for part in loaded)
    if loaded:
        messages.success(request, f"Loaded: {words}.")
    else:
        messages.info(request, "All of it was here already. Nothing was added.")
    return redirect("frameworks:list")


@shown_and_sent
def new_from_starter(request):
    """Create a framework from one that comes with PracticeLens."""
    if not request.user.can(Act.KEEP_FRAMEWORKS):
        raise Http404
    form = StarterForm(request.POST or None, user=request.user, starters=beginning.starters())
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "frameworks/new_from_starter.html", {"form": form}, status=status)
    version = beginning.begin_from(
        code=form.cleaned_data["starter"], unit=form.cleaned_data["unit"], by=request.user
    )
    messages.success(request, f"{version.framework} is begun. Change what should be different.")
    return redirect("frameworks:draft", version.framework.address)
