from django.urls import path

from practicelens.jobs.views import live, ready

urlpatterns = [
    path("", ready, name="health"),
    path("live/", live, name="health_live"),
]
