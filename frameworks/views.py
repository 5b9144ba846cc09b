"""Pages on what good practice is meant to look like: for everybody to read."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frameworks import listing
from frameworks.languages.wordings import read_by
from frameworks.models import Codebook, Framework, FrameworkVersion, Standard, Theme
from frameworks.owners import OwnerForm
from frameworks.standards.actions import deletions_by, held_by
from frameworks.themes import mergers
from practicelens.people.permissions import Act


@require_safe
def frameworks(request):
    shown = listing.with_versions(Framework.objects.visible_to(request.user), request.user)
    may_begin = request.user.can(Act.KEEP_FRAMEWORKS)
    context = {
        "frameworks": listing.each_with_its_day(shown),
        "may_begin": may_begin,
        "keeps_cards": request.user.organisation_id in request.user.reach(Act.KEEP_FRAMEWORKS),
    }
    return render(request, "frameworks/list.html", context)


@require_safe
def framework(request, code):
    shown = listing.with_versions(Framework.objects.visible_to(request.user), request.user)
    found = get_object_or_404(shown, address=code)
    is_kept = Framework.objects.kept_by(request.user).filter(pk=found.pk).exists()
    has_draft = any(each.published_at is None for each in found.shown_versions)
    newest = next((each for each in found.shown_versions if each.published_at), None)
    context = {
        "framework": found,
        "newest": newest,
        "wordings": read_by(newest, request.user).wordings if newest else None,
        "is_kept": is_kept,
        "has_draft": has_draft,
        "has_outside": found.is_open or is_kept,
        "outside_url": request.build_absolute_uri(reverse("frameworks:outside", args=[code])),
    }
    return render(request, "frameworks/framework.html", context)


@require_safe
def version(request, code, number):
    """One version as an observer meets it."""
    shown = FrameworkVersion.objects.visible_to(request.user).for_reading()
    found = get_object_or_404(shown, framework__address=code, number=number)
    context = {
        "version": read_by(found, request.user),
        "may_retire": found.may_be_retired and is_kept(request, found),
        "changes": listing.changes(found),
        "spoken_to": listing.clauses_spoken_to(found),
        "is_kept": FrameworkVersion.objects.kept_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "frameworks/version.html", context)


def is_kept(request, version):
    return FrameworkVersion.objects.kept_by(request.user).filter(pk=version.pk).exists()


@require_safe
def themes(request):
    kept = set(Codebook.objects.kept_by(request.user).values_list("pk", flat=True))
    may_begin = request.user.can(Act.KEEP_FRAMEWORKS)
    context = {
        "codebooks": listing.codebooks(request.user),
        "kept": kept,
        "may_begin": may_begin,
    }
    return render(request, "frameworks/themes.html", context)


@require_safe
def theme(request, pk):
    shown = Theme.objects.visible_to(request.user)
    found = get_object_or_404(shown.select_related("codebook", "lens"), pk=pk)
    looks_after = shown.looked_after_by(request.user).filter(pk=pk).exists()
    context = {
        "theme": found,
        "looks_after": looks_after,
        "became": mergers.became(found),
        "came": mergers.came_together(found),
    }
    return render(request, "frameworks/theme.html", context)


@require_safe
def standards(request):
    may_add = request.user.can(Act.KEEP_FRAMEWORKS)
    context = {
        "standards": listing.standards(request.user).for_list(),
        "may_add": may_add,
        "deleted": deletions_by(request.user).first() if may_add else None,
    }
    return render(request, "frameworks/standards.html", context)


@require_safe
def standard(request, code):
    shown = listing.with_criteria(listing.standards(request.user), request.user)
    found = get_object_or_404(shown, address=code)
    may_copy = request.user.can(Act.KEEP_FRAMEWORKS)
    is_kept = Standard.objects.kept_by(request.user).filter(pk=found.pk).exists()
    context = {
        "standard": found,
        "follows": listing.standards(request.user).filter(followed_by=found),
        "is_kept": is_kept,
        "held_by": held_by(found) if is_kept else "",
        "owner": OwnerForm(user=request.user) if may_copy else None,
    }
    return render(request, "frameworks/standard.html", context)


@require_safe
def change_notes(request):
    shown = listing.published(FrameworkVersion.objects.visible_to(request.user))
    return render(request, "frameworks/change_notes.html", {"versions": shown})
