"""The language that a person reads frameworks in, where they can be read in it."""

from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from frameworks.languages import wordings
from practicelens.people.methods import shown_and_sent


@shown_and_sent
def read_in(request):
    """Choose it: here, or on a page with a framework's words, which is then shown again."""
    if request.method == "POST":
        wordings.choose(user=request.user, tag=request.POST.get("tag", ""))
        return redirect(page_before(request) or "frameworks:read_in")
    offered = wordings.languages_for(request.user)
    return render(request, "frameworks/read_in.html", {"languages": offered})


def page_before(request):
    """The page of ours that the choice was made on, if it was."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts=None, require_https=request.is_secure()
    )
    return page if is_ours and page.startswith("/") else ""
