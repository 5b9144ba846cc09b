from django.urls import path

from observations.views import drafting, living, reading, recodings, reviewing, settling, theming

app_name = "observations"

urlpatterns = [
    path("", reading.observations, name="list"),
    path("start/", drafting.start, name="start"),
    path("jot/", drafting.jot, name="jot"),
    path("shared-with-me/", reading.shared, name="shared"),
    path("held-on-me/", reading.held, name="held"),
    path("review/", reviewing.review, name="review"),
    path("themes/", theming.themes, name="themes"),
    path("themes/<int:pk>/", theming.theme, name="theme"),
    path("themes/learn/<int:pk>/", theming.learn, name="learn"),
    path("themes/words/<int:pk>/", theming.decide_word, name="decide_word"),
    path("mentions/<int:pk>/decide/", reviewing.decide, name="decide"),
    path("mentions/<int:pk>/undo/", reviewing.undo, name="undo"),
    path("passages/<int:pk>/add-theme/", reviewing.add, name="add_mention"),
    path("identifiers/<int:pk>/settle/", settling.settle, name="settle"),
    path("reading-again/", recodings.recodings, name="recodings"),
    path("reading-again/<int:pk>/", recodings.recoding, name="recoding"),
    path("reading-again/<int:pk>/use/", recodings.use_it, name="use_recoding"),
    path("reading-again/<int:pk>/leave/", recodings.leave_it, name="leave_recoding"),
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
