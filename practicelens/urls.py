from django.urls import include, path

from reports.home import home
from reports.jobs.health import health

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("practicelens.people.account_urls")),
    path("observations/", include("observations.urls")),
    path("framework/", include("frameworks.urls")),
    path("reports/", include("reports.urls")),
    path("people/", include("practicelens.people.urls")),
    path("audit/", include("practicelens.audit.urls")),
    path("health/", health, name="health"),
]
