"""The pages of people, of signing in and of the log."""

from uuid import UUID

from django.urls import reverse

from practicelens.people.models import KeptWords, SafeguardingStep, Unit
from practicelens.people.setting_up import actions
from tests.browser.pages.page import Page, at, person


def of_person(name):
    return lambda: reverse(f"people:{name}", args=[person("callum").pk])


def a_role_pk():
    return person("callum").roles.first().pk


def a_role():
    return reverse("people:end_role", args=[a_role_pk()])


def a_file():
    lee = person("lee")
    rows = b"name,email,post,role,unit\nNia Holt,nia@example.org,,practitioner,riverside\n"
    held = actions.hold(owner=lee, organisation=lee.organisation, name="people.csv", content=rows)
    return reverse("people:set_up_check", args=[held.pk])


def kept_words():
    """Of a page that takes them, and of one that is gone."""
    gone = "This draft was passed on to another observer, so you can’t write in it any more."
    for path, because in [(reverse("observations:quick_note"), ""), ("/observations/gone/", gone)]:
        given = {"writer": person("marian"), "path": path, "window": UUID(int=len(path))}
        text = {"data": "text=Mum+spoke+first.", "because": because}
        KeptWords.objects.update_or_create(**given, defaults=text)
    return reverse("people:kept")


def of_unit(name, code="riverside"):
    return lambda: reverse(f"people:{name}", args=[Unit.objects.get(code=code).pk])


def a_step():
    return reverse("people:safeguarding_step", args=[SafeguardingStep.objects.first().pk])


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
    Page("move a person", "lee", lambda: reverse("people:move_role", args=[a_role_pk()])),
    Page("the last day of a person", "lee", of_person("leaving")),
    Page("add from a spreadsheet", "lee", at("people:set_up")),
    Page("what a spreadsheet would add", "lee", a_file),
    Page("units", "lee", at("people:units")),
    Page("add a unit", "lee", at("people:add_unit")),
    Page("a unit", "lee", of_unit("unit")),
    Page("move a unit", "lee", of_unit("move_unit")),
    Page("close a unit", "lee", of_unit("close_unit")),
    Page("worried about someone", "marian", at("people:safeguarding")),
    Page("safeguarding steps", "lee", of_unit("safeguarding_steps", "te-marino")),
    Page("no safeguarding steps of its own", "lee", of_unit("safeguarding_steps")),
    Page("add a safeguarding step", "lee", of_unit("add_safeguarding_step")),
    Page("a safeguarding step", "lee", a_step),
    Page("concerns raised", "fiona", at("people:concerns_raised")),
    Page("me", "marian", at("people:me")),
    Page("words not saved yet", "marian", kept_words),
    Page("help", "", at("people:help")),
    Page("privacy", "", at("people:privacy")),
    Page("accessibility", "", at("people:accessibility")),
    Page("audit log", "fiona", at("audit:log")),
]
