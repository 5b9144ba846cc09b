from django.urls import path

from reports.verdicts import views

urlpatterns = [
    path("", views.verdicts, name="verdicts"),
    path("open/", views.open_verdict, name="open_verdict"),
    path("<uuid:key>/", views.verdict, name="verdict"),
    path("<uuid:key>/write/", views.write_verdict, name="write_verdict"),
    path("<uuid:key>/count-again/", views.count_verdict_again, name="count_verdict_again"),
    path("<uuid:key>/put-before-leaders/", views.issue_verdict, name="issue_verdict"),
    path("<uuid:key>/decide/", views.decide_verdict, name="decide_verdict"),
    path("<uuid:key>/pdf/", views.verdict_pdf, name="verdict_pdf"),
    path("<uuid:key>/word/", views.verdict_word, name="verdict_word"),
]
