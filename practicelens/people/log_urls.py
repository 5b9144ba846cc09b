from django.urls import path

from practicelens.people import log_views

app_name = "audit"

urlpatterns = [path("", log_views.log, name="log")]
