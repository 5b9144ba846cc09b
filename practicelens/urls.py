from importlib.util import find_spec

from django.http import HttpResponse
from django.urls import include, path

from reports.views.health import health


def stub(request, **kwargs):
    return HttpResponse("stub")


def maybe(module, app, names):
    if find_spec(module):
        return include(module)
    return include(([path(f"{n}/", stub, name=n) for n in names], app))


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("observations/", include("observations.urls")),
    path(
        "framework/",
        maybe("frameworks.urls", "frameworks", ["list", "themes", "standards", "change_notes"]),
    ),
    path(
        "people/",
        maybe(
            "practicelens.people.urls",
            "people",
            ["list", "units", "me", "help", "privacy", "accessibility", "people"],
        ),
    ),
    path("audit/", maybe("practicelens.audit.urls", "audit", ["log"])),
    path(
        "reports/",
        maybe(
            "reports.urls",
            "reports",
            [
                "summary",
                "briefings",
                "asks",
                "runs",
                "home",
                "run_again",
                "coverage",
                "definitions",
            ],
        ),
    ),
    path("health/", health, name="health"),
    path("", stub, name="home"),
]
