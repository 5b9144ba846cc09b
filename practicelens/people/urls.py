from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from practicelens.people import permissions, unit_views, views, waiting_views
from practicelens.people.safeguarding import views as safeguarding
from practicelens.people.setting_up import views as setting_up

app_name = "people"


def plain(template, **words):
    """A page of words that anybody can read."""
    name = f"people/{template}.html"
    page = require_safe(TemplateView.as_view(template_name=name, extra_context=words))
    return login_not_required(page)


urlpatterns = [
    path("list/", views.people, name="list"),
    path("me/", views.me, name="me"),
    path("me/kept/", views.kept, name="kept"),
    path("me/kept/<int:pk>/throw-away/", views.throw_away, name="throw_away"),
    path("help/", plain("help", roles=permissions.in_words()), name="help"),
    path("privacy/", plain("privacy"), name="privacy"),
    path("accessibility/", plain("accessibility"), name="accessibility"),
    path("safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("safeguarding/raised/", safeguarding.concerns_raised, name="concerns_raised"),
    path("safeguarding/<int:pk>/", safeguarding.change, name="safeguarding_step"),
    path("safeguarding/<int:pk>/move/", safeguarding.move, name="move_safeguarding_step"),
    path("safeguarding/<int:pk>/remove/", safeguarding.remove, name="remove_safeguarding_step"),
    path("waiting/", waiting_views.waiting, name="waiting"),
    path("waiting/<int:pk>/agree/", waiting_views.agree, name="agree"),
    path("waiting/<int:pk>/turn-down/", waiting_views.turn_down, name="turn_down"),
    path("address/<str:key>/", views.confirm_address, name="confirm_address"),
    path("list/add/", views.add, name="add"),
    path("from-a-spreadsheet/", setting_up.set_up, name="set_up"),
    path("from-a-spreadsheet/<slug:kind>.csv", setting_up.empty_table, name="set_up_template"),
    path("from-a-spreadsheet/<int:pk>/", setting_up.set_up_check, name="set_up_check"),
    path("list/<int:pk>/", views.person, name="person"),
    path("list/<int:pk>/leaving/", views.leaving, name="leaving"),
    path("list/<int:pk>/edit/", views.edit, name="edit"),
    path("list/<int:pk>/keep-address/", views.take_address_back, name="take_address_back"),
    path("list/<int:pk>/link/", views.link, name="link"),
    path("list/<int:pk>/new-link/", views.new_link, name="new_link"),
    path("list/<int:pk>/disable/", views.disable, name="disable"),
    path("list/<int:pk>/enable/", views.enable, name="enable"),
    path("list/<int:pk>/give-role/", views.give_role, name="give_role"),
    path("list/roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("list/roles/<int:pk>/move/", views.move_role, name="move_role"),
    path("units/", unit_views.units, name="units"),
    path("units/add/", unit_views.add, name="add_unit"),
    path("units/<int:pk>/", unit_views.edit, name="unit"),
    path("units/<int:pk>/move/", unit_views.move, name="move_unit"),
    path("units/<int:pk>/safeguarding/", safeguarding.steps, name="safeguarding_steps"),
    path("units/<int:pk>/safeguarding/add/", safeguarding.add, name="add_safeguarding_step"),
    path("units/<int:pk>/close/", unit_views.close, name="close_unit"),
    path("units/<int:pk>/open/", unit_views.reopen, name="reopen_unit"),
    # Bookmarks of before, when a unit's address was made of its code.
    path("units/<slug:code>/", unit_views.by_code, name="unit_by_code"),
    path("units/<slug:code>/<slug:page>/", unit_views.by_code, name="unit_page_by_code"),
]
