from django.urls import path

from frameworks.views import comparing, drafting, lineage, outside, publishing, reading

app_name = "frameworks"

urlpatterns = [
    path("", reading.frameworks, name="list"),
    path("themes/", reading.themes, name="themes"),
    path("themes/<int:pk>/", reading.theme, name="theme"),
    path("standards/", reading.standards, name="standards"),
    path("standards/<slug:code>/", reading.standard, name="standard"),
    path("change-notes/", reading.change_notes, name="change_notes"),
    path("new/", drafting.new, name="new"),
    path("<slug:code>/outside/", outside.page, name="outside"),
    path("<slug:code>/outside/pdf/", outside.pdf, name="outside_pdf"),
    path("<slug:code>/outside/open/", outside.opening, name="open_outside"),
    path("<slug:code>/outside/<int:number>/", outside.page, name="outside_version"),
    path("<slug:code>/outside/<int:number>/pdf/", outside.pdf, name="outside_version_pdf"),
    path("<slug:code>/history/", drafting.history, name="history"),
    path("<slug:code>/draft/", drafting.draft, name="draft"),
    path("<slug:code>/draft/start/", drafting.start, name="start_draft"),
    path("<slug:code>/draft/about/", drafting.about, name="draft_about"),
    path("<slug:code>/draft/trial/", publishing.trial, name="trial"),
    path("<slug:code>/draft/trial/end/", publishing.end_trial, name="end_trial"),
    path("<slug:code>/draft/trial/erase/", publishing.erase_trial, name="erase_trial"),
    path("<slug:code>/draft/publish/", publishing.publish, name="publish"),
    path("<slug:code>/draft/lineage/", lineage.lineage, name="lineage"),
    path("<slug:code>/draft/domains/new/", drafting.add_domain, name="add_domain"),
    path("<slug:code>/draft/domains/<int:pk>/new/", drafting.add_criterion, name="add_criterion"),
    path("<slug:code>/draft/criteria/<int:pk>/again/", drafting.duplicate, name="duplicate"),
    path("<slug:code>/draft/changes/<int:pk>/restore/", drafting.restore, name="restore"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/", drafting.draft_part, name="draft_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/move/", drafting.move, name="move_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/delete/", drafting.delete, name="delete_part"),
    path("<slug:code>/compare/", comparing.compare, name="compare"),
    path("<slug:code>/", reading.framework, name="framework"),
    path("<slug:code>/<int:number>/", reading.version, name="version"),
    path("<slug:code>/<int:number>/retire/", publishing.retire, name="retire"),
    path("<slug:code>/<int:number>/seen/", publishing.told, name="told"),
]
