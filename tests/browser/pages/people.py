"""The pages of people, of signing in and of the log."""

from django.urls import reverse

from tests.browser.pages.page import Page, at, person


def of_person(name):
    return lambda: reverse(f"people:{name}", args=[person("callum").pk])


def a_role():
    return reverse("people:end_role", args=[person("callum").roles.first().pk])


def of_unit(name, code="riverside"):
    return at(f"people:{name}", code)


SIGNING_IN = [
    Page("sign in", "", at("account_login")),
    Page("forgotten password", "", at("account_reset_password")),
    Page("change my password", "marian", at("account_change_password")),
]

PEOPLE = [
    Page("people", "lee", at("people:list")),
    Page("add a person", "lee", at("people:add")),
    Page("a person", "lee", of_person("person")),
    Page("change a person", "lee", of_person("edit")),
    Page("give a role", "lee", of_person("give_role")),
    Page("end a role", "lee", a_role),
    Page("disable a person", "lee", of_person("disable")),
    Page("units", "lee", at("people:units")),
    Page("add a unit", "lee", at("people:add_unit")),
    Page("a unit", "lee", of_unit("unit")),
    Page("move a unit", "lee", of_unit("move_unit")),
    Page("close a unit", "lee", of_unit("close_unit")),
    Page("me", "marian", at("people:me")),
    Page("help", "", at("people:help")),
    Page("privacy", "", at("people:privacy")),
    Page("accessibility", "", at("people:accessibility")),
    Page("audit log", "fiona", at("audit:log")),
]
