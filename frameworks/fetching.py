"""Frameworks and drafts fetched for a page, through what the person keeps."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from frameworks.models import Framework, FrameworkVersion
from practicelens.people.two_windows import ReadAt


def kept_framework(request, code):
    """A framework that the person can change; 403 to those who can only read it."""
    found = get_object_or_404(Framework.objects.visible_to(request.user), address=code)
    if not Framework.objects.kept_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def kept_draft(request, code):
    """The draft of a framework that the person can change."""
    framework = kept_framework(request, code)
    drafts = FrameworkVersion.objects.kept_by(request.user).drafts().for_reading()
    return get_object_or_404(drafts, framework=framework)


def base_of(request):
    """The save that the page was read at; of a page that says none, one that no row has."""
    return ReadAt.of(request.POST, "base")


def base_shown(typed, row):
    """The save that a page with a row says it was read at: of kept words, the one they were typed on."""
    return typed["base"] if typed and "base" in typed else row.revision


def differences(form, held):
    """[(label, words)] of what is saved now, where it is not what was typed."""
    return [
        (field.label, in_words(field, held[name].value()))
        for name, field in form.fields.items()
        if as_sent(held[name].value()) != as_sent(form[name].value())
    ]


def as_sent(value):
    """A value as a form sends it; of several, in no order."""
    if isinstance(value, (list, tuple)):
        return sorted(str(getattr(each, "pk", each)) for each in value)
    return str(value or "")


def in_words(field, value):
    """A value as a reader knows it: of rows that were chosen, their names."""
    if not hasattr(field, "queryset") or not value:
        return value
    sent = as_sent(value)
    rows = field.queryset.filter(pk__in=sent if isinstance(sent, list) else [sent])
    return ", ".join(map(str, rows)) or value
