"""What is not under an app's own address: home."""

from django.urls import path

from reports.home import home

urlpatterns = [
    path("", home, name="home"),
]
