from django.urls import path

from reports.briefings.committees import views as committees
from reports.briefings.public_edition import views as public
from reports.briefings.questions import views as questions
from reports.briefings.return_visits import views as return_visits
from reports.briefings.schedules import views as schedule_views
from reports.briefings.views import (
    decided,
    editing,
    evidence,
    files,
    fingerprints,
    issuing,
    pages,
    readers,
    recommendations,
    releasing,
    sentences,
    telling,
)
from reports.briefings.word_templates import views as word_templates
from reports.explore import urls as explore_urls
from reports.jobs import runs_views
from reports.verdicts import urls as verdict_urls
from reports.views import how, pairs, summaries

app_name = "reports"

urlpatterns = [
    path("summary/", summaries.summary, name="summary"),
    path("summary/themes/<int:pk>/", summaries.theme, name="summary_theme"),
    path("summary/criteria/<int:pk>/", summaries.criterion, name="summary_criterion"),
    path("summary/coverage/", summaries.coverage, name="coverage"),
    path("summary/figures.csv", summaries.figures_csv, name="figures_csv"),
    path("summary/definitions/", summaries.definitions, name="definitions"),
    path("how-suggestions-are-made/", how.how, name="how"),
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/undo/", pairs.unpair, name="unpair"),
    path("runs/", runs_views.runs, name="runs"),
    path("runs/<int:pk>/again/", runs_views.run_again, name="run_again"),
    path("briefings/", pages.briefings, name="briefings"),
    path("briefings/compose/", pages.compose, name="compose"),
    path("briefings/schema.json", pages.content_schema, name="content_schema"),
    path("briefings/schedules/", schedule_views.schedules, name="schedules"),
    path("briefings/schedules/<int:pk>/", schedule_views.schedule, name="schedule"),
    path("briefings/schedules/<int:pk>/end/", schedule_views.end, name="end_schedule"),
    path("briefings/committees/<int:pk>/", committees.committee_dates, name="committee_dates"),
    path(
        "briefings/committee-dates/<int:pk>/remove/",
        committees.remove_committee_date,
        name="remove_committee_date",
    ),
    path("briefings/word-template/<int:pk>/", word_templates.word_template, name="word_template"),
    path(
        "briefings/word-template/<int:pk>/remove/",
        word_templates.remove_word_template,
        name="remove_word_template",
    ),
    *verdict_urls.urlpatterns,
    *explore_urls.urlpatterns,
    path("briefings/<uuid:key>/", pages.briefing, name="briefing"),
    path("briefings/<uuid:key>/preview/", pages.preview, name="preview"),
    path("briefings/<uuid:key>/pdf/", files.pdf, name="pdf"),
    path("briefings/<uuid:key>/word/", files.word, name="word"),
    path("briefings/<uuid:key>/figures.csv", files.figures_csv, name="briefing_figures_csv"),
    path("briefings/<uuid:key>/figures.xlsx", files.figures_xlsx, name="briefing_figures_xlsx"),
    path("briefings/<uuid:key>/content.json", files.content, name="content"),
    path("briefings/<uuid:key>/fingerprint/", fingerprints.fingerprint, name="fingerprint"),
    path("briefings/<uuid:key>/public/", public.public_edition, name="public_edition"),
    path("briefings/<uuid:key>/public/pdf/", public.public_pdf, name="public_pdf"),
    path("briefings/<uuid:key>/public/word/", public.public_word, name="public_word"),
    path("briefings/<uuid:key>/public/figures.csv", public.public_csv, name="public_csv"),
    path("briefings/<uuid:key>/gather-again/", pages.gather_again, name="gather_again"),
    path("briefings/<uuid:key>/parts/<slug:section>/", editing.part, name="part"),
    path(
        "briefings/<uuid:key>/parts/<slug:section>/take/", sentences.take_words, name="take_words"
    ),
    path("briefings/<uuid:key>/findings/add/", editing.add_finding, name="add_finding"),
    path(
        "briefings/<uuid:key>/findings/from-early-sign/<int:pk>/",
        telling.tell_early_sign,
        name="tell_early_sign",
    ),
    path("briefings/<uuid:key>/findings/<int:pk>/", editing.finding, name="finding"),
    path("briefings/<uuid:key>/findings/<int:pk>/looked/", editing.looked, name="looked"),
    path("briefings/<uuid:key>/findings/<int:pk>/drop/", editing.drop_finding, name="drop_finding"),
    path("briefings/<uuid:key>/findings/<int:pk>/dropped/", editing.dropped, name="dropped"),
    path("briefings/<uuid:key>/findings/<int:pk>/undo/", editing.undo_drop, name="undo_drop"),
    path(
        "briefings/<uuid:key>/findings/<int:pk>/not-the-opposite/",
        evidence.not_the_opposite,
        name="not_the_opposite",
    ),
    path(
        "briefings/<uuid:key>/findings/<int:pk>/evidence/<slug:side>/",
        evidence.evidence,
        name="evidence",
    ),
    path(
        "briefings/<uuid:key>/findings/<int:pk>/evidence/<int:evidence>/change/",
        evidence.change_evidence,
        name="change_evidence",
    ),
    path(
        "briefings/<uuid:key>/recommendations/",
        editing.edit_recommendations,
        name="edit_recommendations",
    ),
    path(
        "briefings/<uuid:key>/recommendations/add/",
        editing.add_recommendation,
        name="add_recommendation",
    ),
    path(
        "briefings/<uuid:key>/recommendations/<int:pk>/",
        editing.edit_recommendation,
        name="edit_recommendation",
    ),
    path(
        "briefings/<uuid:key>/recommendations/<int:pk>/remove/",
        editing.remove_recommendation,
        name="remove_recommendation",
    ),
    path("briefings/<uuid:key>/release/", releasing.release, name="release"),
    path(
        "briefings/<uuid:key>/release/<int:pk>/withdraw/",
        releasing.withdraw_release,
        name="withdraw_release",
    ),
    path("briefings/<uuid:key>/send/", issuing.send, name="send"),
    path("briefings/<uuid:key>/take-back/", issuing.take_back, name="take_back"),
    path("briefings/<uuid:key>/approve/", issuing.approve, name="approve"),
    path("briefings/<uuid:key>/issue/", issuing.issue, name="issue"),
    path("briefings/<uuid:key>/reissue/", issuing.reissue, name="reissue"),
    path("briefings/<uuid:key>/questions/", questions.questions, name="questions"),
    path("briefings/<uuid:key>/questions/ask/", questions.ask, name="ask"),
    path("briefings/<uuid:key>/readers/", readers.readers, name="readers"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("decided/", decided.decided, name="decided"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/done/", recommendations.mark_done, name="mark_done"),
    path("return-visits/", return_visits.return_visits, name="return_visits"),
    path("return-visits/<int:pk>/plan/", return_visits.plan_return_visit, name="plan_return_visit"),
    path("return-visits/<int:pk>/seen/", return_visits.tell_return_visit, name="tell_return_visit"),
    path(
        "return-visits/<int:pk>/close/",
        return_visits.close_return_visit,
        name="close_return_visit",
    ),
]
