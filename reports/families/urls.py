from django.urls import path

from reports.families import views

app_name = "families"

urlpatterns = [path("words/<str:code>/", views.words, name="words")]
