"""A framework for people outside: read without signing in, once its admins have opened it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from frameworks import history
from frameworks.fetching import base_of, kept_framework
from frameworks.languages.wordings import wordings_in
from frameworks.models import FrameworkVersion
from frameworks.outside import page as outside
from frameworks.outside.forms import OpeningForm
from frameworks.versions import actions
from practicelens.people.methods import shown_and_sent

# For those who were given the address, not for search engines; and closed at once when closed.
HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}


def version_at(request, code, number):
    """The version that an outside address leads to: of a number, or the one in use today.

    The address alone says in which language, so that it shows the same to everybody.
    """
    shown = FrameworkVersion.objects.read_outside_by(request.user).for_reading()
    which = {} if number is None else {"number": number}
    found = get_object_or_404(shown if which else shown.live(), framework__address=code, **which)
    found.wordings = wordings_in(found, request.GET.get("in", ""))
    return found


def stable_address(request, version):
    """Leads to the version in use today for as long as the framework is open; else nowhere."""
    framework = version.framework
    if not framework.is_open:
        return ""
    address = reverse("frameworks:outside", args=[framework.address])
    return request.build_absolute_uri(address + query(version))


def query(version):
    """What an address ends in for it to be in the language in which the version is read."""
    return f"?in={version.wordings.tag}" if version.wordings else ""


@login_not_required
@require_safe
def page(request, code, number=None):
    version = version_at(request, code, number)
    framework = version.framework
    in_use = FrameworkVersion.objects.live().filter(framework=framework).first()
    context = {
        "version": version,
        "framework": framework,
        "standing": outside.standing(version),
        "address": stable_address(request, version),
        "query": query(version),
        "is_in_use": version == in_use,
        "in_use": in_use,
        "asked_in": request.GET.get("in", ""),
        # Nothing of whoever reads it is shown round the page.
        "navigation": [],
        "lang": framework.unit.language,
    }
    text = render_to_string("frameworks/outside.html", context, request)
    return HttpResponse(text, headers=HEADERS)


@login_not_required
@require_safe
def pdf(request, code, number=None):
    """The same on two pages of paper."""
    version = version_at(request, code, number)
    paper = outside.pdf(version, stable_address(request, version))
    language = f"-{version.wordings.tag}" if version.wordings else ""
    name = f'attachment; filename="{code}-version-{version.number}{language}.pdf"'
    headers = {**HEADERS, "Content-Disposition": name}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@shown_and_sent
def opening(request, code):
    """Let anyone with the address read the framework, or close it again."""
    framework = kept_framework(request, code)
    form = OpeningForm(request.POST or None, instance=framework)
    if not form.is_bound or not form.is_valid():
        return show_opening(request, framework)
    try:
        actions.open_outside(form=form, base=base_of(request), by=request.user)
    except history.Meanwhile as meanwhile:
        return show_opening(request, meanwhile.row, 409, meanwhile.change)
    words = "Anyone with the address can read it now." if framework.is_open else "It is closed."
    messages.success(request, words)
    return redirect(framework)


def show_opening(request, framework, status=200, change=None):
    address = request.build_absolute_uri(reverse("frameworks:outside", args=[framework.address]))
    context = {"framework": framework, "address": address, "change": change}
    return render(request, "frameworks/opening.html", context, status=status)
