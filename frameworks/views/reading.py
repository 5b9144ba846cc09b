"""Pages on what good practice is meant to look like: for everybody to read."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frameworks import mapping, reading
from frameworks.models import Codebook, Framework, FrameworkVersion, Theme
from practicelens.people.models import Role


@require_safe
def frameworks(request):
    shown = reading.with_versions(Framework.objects.visible_to(request.user), request.user)
    may_begin = request.user.holds(Role.Kind.FRAMEWORK_ADMIN)
    context = {"frameworks": shown, "may_begin": may_begin}
    return render(request, "frameworks/list.html", context)


@require_safe
def framework(request, code):
    shown = reading.with_versions(Framework.objects.visible_to(request.user), request.user)
    found = get_object_or_404(shown, code=code)
    is_kept = Framework.objects.kept_by(request.user).filter(pk=found.pk).exists()
    has_draft = any(each.published_at is None for each in found.shown_versions)
    context = {"framework": found, "is_kept": is_kept, "has_draft": has_draft}
    return render(request, "frameworks/framework.html", context)


@require_safe
def version(request, code, number):
    """One version as an observer meets it."""
    shown = FrameworkVersion.objects.visible_to(request.user).for_reading()
    found = get_object_or_404(shown, framework__code=code, number=number)
    context = {
        "version": found,
        "changes": reading.changes(found),
        "spoken_to": reading.clauses_spoken_to(found),
    }
    return render(request, "frameworks/version.html", context)


@require_safe
def themes(request):
    kept = set(Codebook.objects.kept_by(request.user).values_list("pk", flat=True))
    context = {"codebooks": reading.codebooks(request.user), "kept": kept}
    return render(request, "frameworks/themes.html", context)


@require_safe
def theme(request, pk):
    shown = Theme.objects.visible_to(request.user)
    found = get_object_or_404(shown.select_related("codebook", "lens"), pk=pk)
    looks_after = shown.looked_after_by(request.user).filter(pk=pk).exists()
    context = {
        "theme": found,
        "looks_after": looks_after,
        "became": mapping.became(found),
        "came": mapping.came_together(found),
    }
    return render(request, "frameworks/theme.html", context)


@require_safe
def standards(request):
    return render(request, "frameworks/standards.html", {"standards": reading.all_standards()})


@require_safe
def standard(request, code):
    shown = reading.with_criteria(reading.all_standards(), request.user)
    found = get_object_or_404(shown, code=code)
    return render(request, "frameworks/standard.html", {"standard": found})


@require_safe
def change_notes(request):
    shown = reading.published(FrameworkVersion.objects.visible_to(request.user))
    return render(request, "frameworks/change_notes.html", {"versions": shown})
