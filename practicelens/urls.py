from django.urls import include, path

urlpatterns = [
    path("", include("reports.home_urls")),
    path("accounts/", include("practicelens.people.account_urls")),
    path("observations/", include("observations.urls")),
    path("card/", include("observations.family.urls")),
    path("card/", include("reports.families.urls")),
    path("framework/", include("frameworks.urls")),
    path("reports/", include("reports.urls")),
    path("people/", include("practicelens.people.urls")),
    path("health/", include("practicelens.jobs.urls")),
    path("audit/", include("practicelens.people.log_urls")),
]
