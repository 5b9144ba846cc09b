"""Two versions of a framework side by side, for everybody who can read both."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frameworks.models import Framework, FrameworkVersion
from frameworks.versions import comparing
from frameworks.versions.forms.comparing import CompareForm


@require_safe
def compare(request, code):
    """Side by side; a version that is not there, or not for this person, is not found."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), address=code)
    versions = FrameworkVersion.objects.visible_to(request.user).filter(framework=framework)
    found = versions.select_related("framework", "scale").order_by("-number")
    form = CompareForm(request.GET or None, versions=found)
    if form.is_bound and not form.is_valid():
        raise Http404
    pair = form.pair()
    context = {"framework": framework, "form": form, "pair": pair, "several": len(found) > 1}
    if pair:
        context["rows"] = comparing.compare(*pair)
        context["second"] = comparing.compare_second(*pair)
        context["made"] = [
            (each, comparing.observations_words(each, request.user)) for each in pair
        ]
    return render(request, "frameworks/compare.html", context)
