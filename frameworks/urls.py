from django.urls import path

from frameworks.views import drafting, reading, theming

app_name = "frameworks"

urlpatterns = [
    path("", reading.frameworks, name="list"),
    path("themes/", reading.themes, name="themes"),
    path("themes/<int:pk>/", reading.theme, name="theme"),
    path("standards/", reading.standards, name="standards"),
    path("standards/<slug:code>/", reading.standard, name="standard"),
    path("change-notes/", reading.change_notes, name="change_notes"),
    path("new/", drafting.new, name="new"),
    path("codebooks/<slug:code>/", theming.codebook, name="codebook"),
    path("codebooks/<slug:code>/history/", theming.history, name="codebook_history"),
    path("codebooks/<slug:code>/new/", theming.add, name="add_theme"),
    path("codebooks/<slug:code>/changes/<int:pk>/restore/", theming.restore, name="restore_theme"),
    path("codebooks/<slug:code>/<int:pk>/", theming.edit, name="edit_theme"),
    path("codebooks/<slug:code>/<int:pk>/move/", theming.move, name="move_theme"),
    path("codebooks/<slug:code>/<int:pk>/leave/", theming.leave, name="leave_theme"),
    path("codebooks/<slug:code>/<int:pk>/bring-back/", theming.bring_back, name="bring_back"),
    path("codebooks/<slug:code>/<int:pk>/<slug:way>/", theming.end, name="end_theme"),
    path("<slug:code>/history/", drafting.history, name="history"),
    path("<slug:code>/draft/", drafting.draft, name="draft"),
    path("<slug:code>/draft/start/", drafting.start, name="start_draft"),
    path("<slug:code>/draft/about/", drafting.about, name="draft_about"),
    path("<slug:code>/draft/domains/new/", drafting.add_domain, name="add_domain"),
    path("<slug:code>/draft/domains/<int:pk>/new/", drafting.add_criterion, name="add_criterion"),
    path("<slug:code>/draft/criteria/<int:pk>/again/", drafting.duplicate, name="duplicate"),
    path("<slug:code>/draft/changes/<int:pk>/restore/", drafting.restore, name="restore"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/", drafting.draft_part, name="draft_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/move/", drafting.move, name="move_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/delete/", drafting.delete, name="delete_part"),
    path("<slug:code>/", reading.framework, name="framework"),
    path("<slug:code>/<int:number>/", reading.version, name="version"),
]
