from django.urls import path

from observations.views import drafting, emerging, living, reading, reviewing, settling

app_name = "observations"

urlpatterns = [
    path("", reading.observations, name="list"),
    path("start/", drafting.start, name="start"),
    path("jot/", drafting.jot, name="jot"),
    path("shared-with-me/", reading.shared, name="shared"),
    path("held-on-me/", reading.held, name="held"),
    path("review/", reviewing.review, name="review"),
    path("mentions/<int:pk>/decide/", reviewing.decide, name="decide"),
    path("mentions/<int:pk>/undo/", reviewing.undo, name="undo"),
    path("passages/<int:pk>/add-theme/", reviewing.add, name="add_mention"),
    path("emerging/", emerging.emerging, name="emerging"),
    path("emerging/look/<int:pk>/", emerging.look, name="look_for_emerging"),
    path("emerging/groups/<int:pk>/name/", emerging.name, name="name_theme"),
    path("emerging/groups/<int:pk>/dismiss/", emerging.dismiss, name="not_a_theme"),
    path("emerging/groups/<int:pk>/bring-back/", emerging.bring_back, name="bring_back_group"),
    path("emerging/drafts/<int:pk>/put-to-use/", emerging.put_to_use, name="put_to_use"),
    path("emerging/drafts/<int:pk>/take-back/", emerging.take_back, name="take_back_theme"),
    path("identifiers/<int:pk>/settle/", settling.settle, name="settle"),
    path("<uuid:key>/", reading.observation, name="observation"),
    path("<uuid:key>/ratings/", drafting.ratings, name="ratings"),
    path("<uuid:key>/sections/<slug:section>/", drafting.section, name="section"),
    path("<uuid:key>/entries/<slug:kind>/", drafting.entries, name="entries"),
    path("<uuid:key>/entries/<slug:kind>/<uuid:entry>/", drafting.entry, name="entry"),
    path(
        "<uuid:key>/entries/<slug:kind>/<uuid:entry>/remove/",
        drafting.remove_entry,
        name="remove_entry",
    ),
    path("<uuid:key>/copies/<int:pk>/", drafting.copy, name="copy"),
    path("<uuid:key>/check/", drafting.check, name="check"),
    path("<uuid:key>/share/", living.share, name="share"),
    path("<uuid:key>/answer/", living.answer, name="answer"),
    path("<uuid:key>/conversation/", living.conversation, name="conversation"),
    path("<uuid:key>/withdraw/", living.withdraw, name="withdraw"),
]
