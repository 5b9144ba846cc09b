"""Which criteria come first in the form, by what the work is about."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from frameworks.fetching import kept_framework
from frameworks.lists.offered import first_of
from frameworks.models import FirstFor, FrameworkVersion
from frameworks.models.lists import WorkAbout
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.methods import shown_and_sent


class FirstForm(forms.Form):
    """The criteria of a version, ticked where they come first."""

    criteria = forms.ModelMultipleChoiceField(
        label="What comes first",
        help_text="With none ticked, all of them do.",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, version, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = version.criteria.order_by("position")
        self.fields["criteria"].initial = list(first_of(version, about))


@transaction.atomic
def put_first(*, version, about, criteria, by):
    """These criteria come first from here on, for work that is about this, and no others."""
    FirstFor.objects.filter(criterion__version=version, about=about).delete()
    FirstFor.objects.bulk_create(FirstFor(criterion=each, about=about) for each in criteria)
    codes = ", ".join(each.code for each in criteria)
    changes = {f"first for {about}": [None, codes]}
    record(
        by=by,
        action=Entry.Action.CHANGED,
        what=version,
        unit=version.framework.unit,
        changes=changes,
    )


@shown_and_sent
def first(request, code, number, about):
    """Choose what an observer is shown first; all else is a tap away, and counts as before."""
    version = get_object_or_404(
        FrameworkVersion.objects.kept_by(request.user).select_related("framework__unit"),
        framework=kept_framework(request, code),
        number=number,
    )
    if about not in WorkAbout.values:
        raise Http404
    form = FirstForm(
        request.POST if request.method == "POST" else None, version=version, about=about
    )
    address = [version.framework.address, version.number]
    if form.is_valid():
        criteria = list(form.cleaned_data["criteria"])
        put_first(version=version, about=about, criteria=criteria, by=request.user)
        messages.success(request, "Saved.")
        return redirect("frameworks:first", *address, about)
    context = {
        "version": version,
        "form": form,
        "about": WorkAbout(about),
        "others": [
            (each.label, reverse("frameworks:first", args=[*address, each.value]))
            for each in WorkAbout
            if each != about
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/first.html", context, status=status)
