from django.urls import path

from observations.codebooks import views
from observations.cpd import views as cpd
from observations.early_signs import views as early_signs
from observations.emerging import views as emerging
from observations.exports import views as exports
from observations.family import views as family
from observations.imports import views as imports
from observations.learning import views as learning
from observations.mentions import views as mentions
from observations.notes.views import copies, drafting, entries, fresh, life, made_up, pages
from observations.offline import views as offline
from observations.pairs import views as pairs
from observations.papers import views as papers
from observations.patterns import views as patterns
from observations.planning import views as planning
from observations.recoding import views as recoding
from observations.redaction import views as redaction
from observations.systems import views as systems

app_name = "observations"

urlpatterns = [
    path("", pages.observations, name="list"),
    path("start/", drafting.start, name="start"),
    path("quick-note/", drafting.quick_note, name="quick_note"),
    path("offline/", offline.page, name="offline"),
    path("offline/worker.js", offline.worker, name="offline_worker"),
    path("offline/app.webmanifest", offline.manifest, name="offline_manifest"),
    path("offline/state/", offline.state, name="offline_state"),
    path("offline/kit/", offline.kit, name="offline_kit"),
    path("offline/send/", offline.send, name="offline_send"),
    path("offline/raised/", offline.raised, name="offline_raised"),
    path("offline/held/", offline.held, name="offline_held"),
    path("shared-with-me/", pages.shared, name="shared"),
    path("held-on-me/", pages.held, name="held"),
    path("held-on-me/copy.json", papers.held_json, name="held_json"),
    path("held-on-me/copy.pdf", papers.held_pdf, name="held_pdf"),
    path("export/observations.xlsx", exports.as_book, name="export_xlsx"),
    path("export/sheet.csv", exports.as_csv, name="export_csv"),
    path("my-pattern/", patterns.my_pattern, name="my_pattern"),
    path("held-on-me/cpd/<uuid:key>/", cpd.note, name="cpd_note"),
    path("held-on-me/cpd/<uuid:key>/names/", cpd.settle, name="cpd_settle"),
    path("held-on-me/cpd/<uuid:key>/note.txt", cpd.as_text, name="cpd_text"),
    path("held-on-me/cpd/<uuid:key>/note.pdf", cpd.as_pdf, name="cpd_pdf"),
    path("held-on-me/cpd/<uuid:key>/erase/", cpd.erase, name="cpd_erase"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.one, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/values/", imports.values, name="import_values"),
    path("imports/<int:pk>/rows/", imports.choose_rows, name="choose_import_rows"),
    path("imports/<int:pk>/start/", imports.start, name="start_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_import"),
    path("imports/<int:pk>/discard/", imports.discard, name="discard_import"),
    path("planned-visits/", planning.planned_visits, name="planned_visits"),
    path("planned-visits/plan/", planning.plan_visit, name="plan_visit"),
    path("planned-visits/calendar/", planning.calendar_address, name="calendar_address"),
    path("planned-visits/calendar/<str:token>.ics", planning.calendar_feed, name="calendar_feed"),
    path("planned-visits/<uuid:key>/", planning.planned_visit, name="planned_visit"),
    path("planned-visits/<uuid:key>/change/", planning.change_visit, name="change_visit"),
    path("planned-visits/<uuid:key>/what-to-look-at/", planning.visit_focus, name="visit_focus"),
    path("planned-visits/<uuid:key>/cancel/", planning.cancel_visit, name="cancel_visit"),
    path("planned-visits/<uuid:key>/not-today/", planning.decline_visit, name="decline_visit"),
    path("planned-visits/<uuid:key>/begin/", planning.begin_visit, name="begin_visit"),
    path("planned-visits/<uuid:key>/visit.ics", planning.visit_file, name="visit_file"),
    path("systems/", systems.systems, name="systems"),
    path("systems/<int:pk>/", systems.system, name="system"),
    path("systems/<int:pk>/put-together/", systems.put_together, name="put_systems_together"),
    path("systems/<int:pk>/end/", systems.end, name="end_system"),
    path("systems/<int:pk>/bring-back/", systems.bring_back, name="bring_back_system"),
    path("systems/names/<int:pk>/apart/", systems.take_apart, name="take_apart_system"),
    path("review/", mentions.review, name="review"),
    path("themes/", learning.themes, name="themes"),
    path("themes/<int:pk>/", learning.theme, name="theme"),
    path("themes/learn/<int:pk>/", learning.learn, name="learn"),
    path("themes/words/<int:pk>/", learning.decide_word, name="decide_word"),
    path("mentions/<int:pk>/decide/", mentions.decide_mention, name="decide"),
    path("mentions/<int:pk>/undo/", mentions.undo, name="undo"),
    path("passages/<int:pk>/add-theme/", mentions.add, name="add_mention"),
    path("codebooks/<int:pk>/preview/", views.preview, name="codebook_preview"),
    path("codebooks/<int:pk>/use/", views.use, name="use_codebook"),
    path("codebooks/<int:pk>/bench/", views.bench, name="bench"),
    path("emerging/", emerging.emerging, name="emerging"),
    path("emerging/look/<int:pk>/", emerging.look, name="look_for_emerging"),
    path("emerging/groups/<int:pk>/name/", emerging.name, name="name_theme"),
    path("emerging/groups/<int:pk>/dismiss/", emerging.dismiss, name="not_a_theme"),
    path("emerging/groups/<int:pk>/bring-back/", emerging.bring_back, name="bring_back_group"),
    path("emerging/drafts/<int:pk>/start-using/", emerging.start_using, name="start_using"),
    path("emerging/drafts/<int:pk>/take-back/", emerging.take_back, name="take_back_theme"),
    path("early-signs/", early_signs.lane, name="early_signs"),
    path("early-signs/<int:pk>/", early_signs.early_sign, name="early_sign"),
    path("early-signs/<int:pk>/undo/", early_signs.undo, name="undo_early_sign"),
    path("early-signs/<int:pk>/<slug:act>/", early_signs.settle, name="settle_early_sign"),
    path("family-cards/languages/", family.card_languages, name="family_languages"),
    path("family-cards/languages/<int:pk>/", family.card_language, name="family_language"),
    path(
        "family-cards/languages/<int:pk>/remove/",
        family.remove_language,
        name="remove_family_language",
    ),
    path("look/", redaction.look, name="look"),
    path("made-up-visits/<slug:code>/", made_up.visit, name="made_up_visit"),
    path("identifiers/<int:pk>/settle/", redaction.settle, name="settle"),
    path("re-check/", recoding.recodings, name="recodings"),
    path("re-check/<int:pk>/", recoding.recoding, name="recoding"),
    path("re-check/<int:pk>/use/", recoding.use_it, name="use_recoding"),
    path("re-check/<int:pk>/leave/", recoding.leave_it, name="leave_recoding"),
    path("identifiers/<int:pk>/put-back/", redaction.put_back, name="put_back"),
    path("<uuid:key>/", pages.observation, name="observation"),
    path("<uuid:key>/paper.pdf", papers.observation_pdf, name="observation_pdf"),
    path("<uuid:key>/roles/", redaction.remember_role, name="remember_role"),
    path("<uuid:key>/ratings/", drafting.ratings, name="ratings"),
    path("<uuid:key>/sections/<slug:section>/", drafting.section, name="section"),
    path("<uuid:key>/entries/<slug:kind>/", entries.entries, name="entries"),
    path("<uuid:key>/entries/<slug:kind>/<uuid:entry>/", entries.entry, name="entry"),
    path(
        "<uuid:key>/entries/<slug:kind>/<uuid:entry>/remove/",
        entries.remove_entry,
        name="remove_entry",
    ),
    path("<uuid:key>/entries/passages/<uuid:entry>/cut/", entries.cut, name="cut"),
    path("<uuid:key>/copies/<int:pk>/", copies.copy, name="copy"),
    path("<uuid:key>/themes/", fresh.fresh_themes, name="fresh_themes"),
    path("<uuid:key>/check/", drafting.check, name="check"),
    path("<uuid:key>/share/", life.share, name="share"),
    path("<uuid:key>/share/take-back/", life.take_sharing_back, name="take_sharing_back"),
    path("<uuid:key>/reply/", life.reply, name="reply"),
    path("<uuid:key>/reply/add/", life.add_to_reply, name="add_to_reply"),
    path("<uuid:key>/conversation/", life.conversation, name="conversation"),
    path("<uuid:key>/conversation/agree/", life.agree, name="agree"),
    path("<uuid:key>/conversation/add/", life.add_to_conversation, name="add_to_conversation"),
    path("<uuid:key>/someone-else/", pairs.pair, name="pair"),
    path("<uuid:key>/family-cards/", family.cards, name="family_cards"),
    path("<uuid:key>/family-cards/<int:pk>/", family.card, name="family_card"),
    path("<uuid:key>/family-cards/<int:pk>/paper/", family.paper, name="family_card_paper"),
    path("<uuid:key>/family-cards/<int:pk>/cancel/", family.cancel, name="cancel_family_card"),
    path("<uuid:key>/withdraw/", life.withdraw, name="withdraw"),
]
