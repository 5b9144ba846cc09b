from django.urls import path

from frameworks import views

app_name = "frameworks"

urlpatterns = [
    path("", views.frameworks, name="list"),
    path("themes/", views.themes, name="themes"),
    path("themes/<int:pk>/", views.theme, name="theme"),
    path("standards/", views.standards, name="standards"),
    path("standards/<slug:code>/", views.standard, name="standard"),
    path("change-notes/", views.change_notes, name="change_notes"),
    path("<slug:code>/", views.framework, name="framework"),
    path("<slug:code>/<int:number>/", views.version, name="version"),
]
