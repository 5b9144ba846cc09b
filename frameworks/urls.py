from django.urls import path, register_converter

from frameworks import views as frameworks_views
from frameworks.files import views
from frameworks.languages import choosing
from frameworks.languages import views as languages
from frameworks.lists import views as lists
from frameworks.outside import views as outside
from frameworks.shared import views as shared
from frameworks.standards import views as standards
from frameworks.starters import views as starters
from frameworks.themes import views as themes
from frameworks.themes.files import views as codebook_files
from frameworks.versions.views import comparing, drafting, lineage, publishing


class SharedKind:
    """One of the kinds of row that frameworks share."""

    regex = "lenses|causes|scales"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SharedKind, "shared")

app_name = "frameworks"

CODEBOOK = "codebooks/<slug:code>/"
VERSION = "<slug:code>/<int:number>/"
SECOND = f"{VERSION}second-language/"

urlpatterns = [
    path("", frameworks_views.frameworks, name="list"),
    path("themes/", frameworks_views.themes, name="themes"),
    path("themes/<int:pk>/", frameworks_views.theme, name="theme"),
    path("standards/", frameworks_views.standards, name="standards"),
    path("standards/new/", standards.new, name="standard_new"),
    path("standards/load/", standards.load, name="standard_load"),
    path("standards/<slug:code>/change/", standards.edit, name="standard_edit"),
    path("standards/<slug:code>/ours/", standards.ours, name="standard_ours"),
    path("standards/<slug:code>/delete/", standards.delete, name="standard_delete"),
    path("standards/changes/<int:pk>/restore/", standards.restore, name="standard_restore"),
    path("standards/<slug:code>/", frameworks_views.standard, name="standard"),
    path("change-notes/", frameworks_views.change_notes, name="change_notes"),
    path("lenses/", shared.rows, {"group": "lenses"}, name="lenses"),
    path("causes/", shared.rows, {"group": "causes"}, name="causes"),
    path("scales/", shared.rows, {"group": "scales"}, name="scales"),
    path("<shared:group>/new/", shared.new, name="shared_new"),
    path("<shared:group>/changes/<int:pk>/restore/", shared.restore, name="shared_restore"),
    path("<shared:group>/of/<slug:code>/", shared.row, name="shared_row"),
    path("<shared:group>/of/<slug:code>/change/", shared.edit, name="shared_edit"),
    path("<shared:group>/of/<slug:code>/ours/", shared.ours, name="shared_ours"),
    path("<shared:group>/of/<slug:code>/delete/", shared.delete, name="shared_delete"),
    path("lists/", lists.lists, name="lists"),
    path("lists/begin/", lists.begin, name="list_begin"),
    path("lists/entries/<int:pk>/", lists.rename, name="list_entry"),
    path("lists/entries/<int:pk>/move/", lists.move, name="list_move"),
    path("lists/entries/<int:pk>/retire/", lists.retire, name="list_retire"),
    path("lists/entries/<int:pk>/bring-back/", lists.bring_back, name="list_bring_back"),
    path("lists/<int:unit>/<slug:of>/", lists.list_of, name="list_of"),
    path("lists/<int:unit>/<slug:of>/add/", lists.add, name="list_add"),
    path("read-in/", choosing.read_in, name="read_in"),
    path("new/", drafting.new, name="new"),
    path("load/", starters.load, name="load"),
    path("codebooks/new/", themes.new_codebook, name="new_codebook"),
    path(CODEBOOK, themes.codebook, name="codebook"),
    path(f"{CODEBOOK}history/", themes.history, name="codebook_history"),
    path(
        f"{CODEBOOK}export.csv", codebook_files.export, {"kind": "csv"}, name="export_codebook_csv"
    ),
    path(
        f"{CODEBOOK}export.qdc", codebook_files.export, {"kind": "qdc"}, name="export_codebook_qdc"
    ),
    path(f"{CODEBOOK}import/", codebook_files.import_themes, name="import_themes"),
    path(
        f"{CODEBOOK}import/<int:pk>/",
        codebook_files.import_themes_check,
        name="import_themes_check",
    ),
    path(f"{CODEBOOK}new/", themes.add, name="add_theme"),
    path(f"{CODEBOOK}changes/<int:pk>/restore/", themes.restore, name="restore_theme"),
    path(f"{CODEBOOK}<int:pk>/", themes.edit, name="edit_theme"),
    path(f"{CODEBOOK}<int:pk>/move/", themes.move, name="move_theme"),
    path(f"{CODEBOOK}<int:pk>/leave/", themes.leave, name="leave_theme"),
    path(f"{CODEBOOK}<int:pk>/bring-back/", themes.bring_back, name="bring_back"),
    path(f"{CODEBOOK}<int:pk>/keep/", themes.keep, name="keep_theme"),
    path(f"{CODEBOOK}<int:pk>/<slug:way>/", themes.end, name="end_theme"),
    path("<slug:code>/outside/", outside.page, name="outside"),
    path("<slug:code>/outside/pdf/", outside.pdf, name="outside_pdf"),
    path("<slug:code>/outside/open/", outside.opening, name="open_outside"),
    path("<slug:code>/outside/<int:number>/", outside.page, name="outside_version"),
    path("<slug:code>/outside/<int:number>/pdf/", outside.pdf, name="outside_version_pdf"),
    path("import/", views.import_file, name="import_file"),
    path("import/template.xlsx", views.template, name="import_template"),
    path("import/schema.json", views.schema, name="import_schema"),
    path("import/<int:pk>/", views.import_check, name="import_check"),
    path("new/from-a-starter/", starters.new_from_starter, name="new_from_starter"),
    path("<slug:code>/history/", drafting.history, name="history"),
    path("<slug:code>/history/<int:pk>/before.json", views.export_before, name="export_before"),
    path("<slug:code>/draft/", drafting.draft, name="draft"),
    path("<slug:code>/draft/start/", drafting.start, name="start_draft"),
    path("<slug:code>/draft/about/", drafting.about, name="draft_about"),
    path("<slug:code>/draft/trial/", publishing.trial, name="trial"),
    path("<slug:code>/draft/trial/end/", publishing.end_trial, name="end_trial"),
    path("<slug:code>/draft/trial/erase/", publishing.erase_trial, name="erase_trial"),
    path("<slug:code>/draft/publish/", publishing.publish, name="publish"),
    path("<slug:code>/draft/correct/", publishing.correct, name="correct"),
    path("<slug:code>/draft/lineage/", lineage.lineage, name="lineage"),
    path("<slug:code>/draft/domains/new/", drafting.add_domain, name="add_domain"),
    path("<slug:code>/draft/domains/<int:pk>/new/", drafting.add_criterion, name="add_criterion"),
    path("<slug:code>/draft/criteria/<int:pk>/again/", drafting.duplicate, name="duplicate"),
    path("<slug:code>/draft/changes/<int:pk>/restore/", drafting.restore, name="restore"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/", drafting.draft_part, name="draft_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/move/", drafting.move, name="move_part"),
    path("<slug:code>/draft/<slug:kind>/<int:pk>/delete/", drafting.delete, name="delete_part"),
    path("<slug:code>/compare/", comparing.compare, name="compare"),
    path("<slug:code>/", frameworks_views.framework, name="framework"),
    path("<slug:code>/<int:number>/retire/", publishing.retire, name="retire"),
    path("<slug:code>/<int:number>/seen/", publishing.told, name="told"),
    path(VERSION, frameworks_views.version, name="version"),
    path(f"{VERSION}export.json", views.export, {"kind": "json"}, name="export_json"),
    path(f"{VERSION}export.xlsx", views.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("<slug:code>/<int:number>/crosswalk/", standards.crosswalk, name="crosswalk"),
    path(f"{VERSION}first/<slug:about>/", lists.first, name="first"),
    path(SECOND, languages.second_language, name="second_language"),
    path(f"{SECOND}delete/", languages.delete_second_language, name="delete_second_language"),
    path(f"{SECOND}left/<int:pk>/delete/", languages.forget_words, name="forget_words"),
    path(f"{SECOND}changes/<int:pk>/restore/", languages.restore_words, name="restore_words"),
    path(f"{SECOND}<slug:part>/", languages.second_words, name="second_words"),
]
