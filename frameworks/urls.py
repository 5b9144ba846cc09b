from django.urls import path, register_converter

from frameworks.views import drafting, reading, sharing, standards


class SharedKind:
    """One of the kinds of row that frameworks share."""

    regex = "lenses|causes|scales"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(SharedKind, "shared")

app_name = "frameworks"

urlpatterns = [
    path("", reading.frameworks, name="list"),
    path("themes/", reading.themes, name="themes"),
    path("themes/<int:pk>/", reading.theme, name="theme"),
    path("standards/", reading.standards, name="standards"),
    path("standards/new/", standards.new, name="standard_new"),
    path("standards/load/", standards.load, name="standard_load"),
    path("standards/<slug:code>/change/", standards.edit, name="standard_edit"),
    path("standards/<slug:code>/ours/", standards.ours, name="standard_ours"),
    path("standards/<slug:code>/", reading.standard, name="standard"),
    path("change-notes/", reading.change_notes, name="change_notes"),
    path("lenses/", sharing.rows, {"group": "lenses"}, name="lenses"),
    path("causes/", sharing.rows, {"group": "causes"}, name="causes"),
    path("scales/", sharing.rows, {"group": "scales"}, name="scales"),
    path("<shared:group>/new/", sharing.new, name="shared_new"),
    path("<shared:group>/changes/<int:pk>/restore/", sharing.restore, name="shared_restore"),
    path("<shared:group>/of/<slug:code>/", sharing.row, name="shared_row"),
    path("<shared:group>/of/<slug:code>/change/", sharing.edit, name="shared_edit"),
    path("<shared:group>/of/<slug:code>/ours/", sharing.ours, name="shared_ours"),
    path("<shared:group>/of/<slug:code>/delete/", sharing.delete, name="shared_delete"),
    path("new/", drafting.new, name="new"),
    path("new/from-a-starter/", sharing.new_from_starter, name="new_from_starter"),
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
    path("<slug:code>/<int:number>/crosswalk/", standards.crosswalk, name="crosswalk"),
]
