from django.urls import path

from reports.explore import views

urlpatterns = [
    path("briefings/explore/", views.explore, name="explore"),
    path("briefings/side-by-side/", views.side_by_side, name="side_by_side"),
    path("briefings/explore/save/", views.save_view, name="save_view"),
    path("briefings/explore/saved/<int:pk>/", views.rename_view, name="rename_view"),
    path("briefings/explore/saved/<int:pk>/remove/", views.remove_view, name="remove_view"),
]
