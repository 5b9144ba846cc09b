from django.urls import path

from frameworks.views import reading

app_name = "frameworks"

urlpatterns = [
    path("", reading.frameworks, name="list"),
    path("themes/", reading.themes, name="themes"),
    path("themes/<int:pk>/", reading.theme, name="theme"),
    path("standards/", reading.standards, name="standards"),
    path("standards/<slug:code>/", reading.standard, name="standard"),
    path("change-notes/", reading.change_notes, name="change_notes"),
    path("<slug:code>/", reading.framework, name="framework"),
    path("<slug:code>/<int:number>/", reading.version, name="version"),
]
