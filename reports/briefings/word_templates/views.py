"""The page on which a system admin gives the organisation's briefings its own look in Word."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from practicelens.once import press
from practicelens.people.administering import for_system_admins, units_of
from practicelens.people.methods import shown_and_sent
from reports.briefings.render import word_template as rendering
from reports.briefings.word_templates import actions
from reports.briefings.word_templates.forms import TemplateForm
from reports.models import WordTemplate


def looked_after(request, pk):
    """An organisation that the person looks after; a service or team has no template of its own."""
    return get_object_or_404(units_of(request.user).filter(parent=None), pk=pk)


@shown_and_sent
@for_system_admins
def word_template(request, pk):
    """Whether there is one and since when, and a form that puts another in its place."""
    unit = looked_after(request, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TemplateForm(*sent)
    if form.is_valid():
        actions.use(unit=unit, data=form.cleaned_data["file"], by=request.user)
        messages.success(request, "Briefings are in this template from now on.")
        return redirect("reports:word_template", unit.pk)
    templates = WordTemplate.objects.visible_to(request.user).filter(unit=unit).defer("file")
    context = {
        "unit": unit,
        "form": form,
        "template": templates.first(),
        "styles": list(rendering.STYLES),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/word_template.html", context, status=status)


@require_POST
@for_system_admins
def remove_word_template(request, pk):
    unit = looked_after(request, pk)
    said = "The Word template is removed. Briefings have the plain look again."
    to = reverse("reports:word_template", args=[unit.pk])
    return press(request, to, said, actions.remove, unit=unit, by=request.user)
