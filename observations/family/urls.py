from django.urls import path

from observations.family import public

app_name = "family"

urlpatterns = [path("<str:code>/", public.answer, name="card")]
