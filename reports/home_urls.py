"""What is not under an app's own address: home, and whether the site is well."""

from django.urls import path

from reports.home import home
from reports.jobs.health import health

urlpatterns = [
    path("", home, name="home"),
    path("health/", health, name="health"),
]
