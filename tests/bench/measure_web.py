"""Saving one section of a draft, against a bare view that saves the same two fields.

Both in this process, without a server in between: what is left is what the product adds.
"""

import uuid

from django import forms
from django.http import HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import path, reverse

from frameworks.models import FrameworkVersion
from observations.models import Observation, SectionSave
from practicelens.people.models import Role, Unit, User
from practicelens.urls import urlpatterns as product_urls
from tests.bench.timing import side_by_side

TIMES = 12  # as many as of other things: a save is short


def measure(databases, run):
    changed = override_settings(ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
    with databases.of(run.base), changed:
        draft = made_draft()
        yield side_by_side(
            "saving a section, to a bare ModelForm view",
            f"{run.base:,}",
            product(draft),
            reference(draft),
            at_most=3,
            times=TIMES * run.times,
        )


def made_draft():
    observer = User.objects.get()
    Role.objects.create(user=observer, unit=Unit.objects.get(parent=None), kind=Role.Kind.PSW)
    return Observation.objects.create(
        unit=Unit.objects.teams().first(),
        observer=observer,
        framework_version=FrameworkVersion.objects.get(),
        kind_of_work="home_visit",
    )


def typed():
    return {"reflection_effect": f"They sat up: {uuid.uuid4()}", "reflection_asks": "To listen."}


def product(draft):
    client = Client()
    client.force_login(draft.observer)
    address = reverse("observations:section", args=[draft.key, "my-part"])

    def save():
        saved = SectionSave.objects.filter(observation=draft).values_list("revision", flat=True)
        sent = {"base_revision": saved.first() or 0, "window": uuid.uuid4(), **typed()}
        assert client.post(address, sent).status_code == 302

    return save


def reference(draft):
    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.handler.load_middleware()  # none, and none later: a handler loads them once

    def save():
        assert client.post(f"/bare/{draft.pk}/", typed()).status_code == 302

    return save


class BareForm(forms.ModelForm):
    class Meta:
        model = Observation
        fields = ["reflection_effect", "reflection_asks"]


def bare(request, pk):
    form = BareForm(request.POST, instance=Observation.objects.get(pk=pk))
    form.save()
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/<int:pk>/", bare), *product_urls]
