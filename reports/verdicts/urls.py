from django.urls import path

from reports.verdicts import views

urlpatterns = [
    path("briefings/verdicts/", views.verdicts, name="verdicts"),
    path("briefings/verdicts/open/", views.open_verdict, name="open_verdict"),
    path("briefings/verdicts/<uuid:key>/", views.verdict, name="verdict"),
    path("briefings/verdicts/<uuid:key>/write/", views.write_verdict, name="write_verdict"),
    path(
        "briefings/verdicts/<uuid:key>/count-again/",
        views.count_verdict_again,
        name="count_verdict_again",
    ),
    path(
        "briefings/verdicts/<uuid:key>/put-before-leaders/",
        views.issue_verdict,
        name="issue_verdict",
    ),
    path("briefings/verdicts/<uuid:key>/decide/", views.decide_verdict, name="decide_verdict"),
    path("briefings/verdicts/<uuid:key>/pdf/", views.verdict_pdf, name="verdict_pdf"),
    path("briefings/verdicts/<uuid:key>/word/", views.verdict_word, name="verdict_word"),
]
