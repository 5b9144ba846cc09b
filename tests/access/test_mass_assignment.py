"""What is sent besides the form, or instead of it: names of every column, ids of others, garbage."""

import re
from functools import cache, partial

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, ForeignKey, Value
from django.urls import resolve

from practicelens.people.kept_words import STAMP
from tests.access.asking import MISSING, pages
from tests.access.marks import APPS
from tests.access.people import PEOPLE
from tests.access.pressing import written, written_since
from tests.access.table import TABLE
from tests.access.world import FAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PAGES = pages()
MODELS = [each for each in apps.get_models() if each._meta.app_label in APPS and each._meta.managed]

# Columns that say who may see what, what counts, and who answers for it. No form sets them by name:
# a page that changes one does it because that is what the page is for.
GUARDED = {
    "people.User": ["is_active", "password", "email"],
    "people.Role": ["user_id", "kind", "unit_id", "ended_at", "given_by_id"],
    "people.Unit": ["parent_id", "closed_on", "code", "kind"],
    "people.RoleRequest": ["user_id", "unit_id", "kind", "asked_by_id"],
    "people.KeptWords": ["writer_id", "path", "data"],
    "frameworks.Framework": ["is_open"],
    "frameworks.FrameworkVersion": ["published_at", "published_by_id", "retired_on"],
    "observations.Observation": [
        "key",
        "observer_id",
        "framework_version_id",
        "submitted_at",
        "shared_at",
        "opened_at",
        "reminded_at",
        "withdrawn_at",
        "coded_at",
        "is_counted",
    ],
    "observations.Observation, by its lists": ["is_about", "labels"],
    "observations.Mention": ["decided_by_id", "engine", "passage_id"],
    "observations.EarlySign": ["state", "decided_by_id", "passage_id", "like_id"],
    "observations.EarlySignStep": ["by_id", "what"],
    "observations.Reply": ["by_id", "read_at"],
    "observations.Redaction": ["settled_at", "settled_by_id"],
    "reports.Briefing": [
        "unit_id",
        "month",
        "issue",
        "version",
        "sent_at",
        "approved_at",
        "approved_by_id",
        "issued_at",
        "issued_by_id",
        "content",
        "sha256",
        "supersedes_id",
    ],
    "reports.BriefingSchedule": ["unit_id", "approver_id", "starts_on", "ended_on"],
    "reports.Finding": ["dropped_at", "briefing_id"],
    "reports.Recommendation": ["briefing_id", "number"],
    "reports.Decision": ["by_id", "recommendation_id", "done_on"],
}
# What a page is there to change, of the above.
ITS_PURPOSE = {
    # A file begins a framework.
    "frameworks:import_check": ["frameworks.Framework", "frameworks.FrameworkVersion"],
    # A planned visit begins an observation.
    "observations:begin_visit": [
        "observations.Observation",
        "observations.Observation, by its lists",
    ],
    "observations:check": ["observations.Observation", "observations.Redaction"],
    # What hangs on a passage goes with it.
    "observations:remove_entry": [
        "observations.Redaction",
        "observations.Mention",
        "observations.EarlySign",
        "observations.EarlySignStep",
    ],
    # A kind of work that is chosen brings what it is about, and its label.
    "observations:section": ["observations.Observation, by its lists"],
    "observations:share": ["observations.Observation"],
    "observations:take_sharing_back": ["observations.Observation"],
    "observations:withdraw": ["observations.Observation"],
    "observations:reply": ["observations.Reply"],
    "observations:decide": ["observations.Mention"],
    "observations:undo": ["observations.Mention"],
    "observations:add_mention": ["observations.Mention"],
    "observations:fresh_themes": ["observations.Mention"],
    "observations:settle": ["observations.Redaction"],
    "observations:settle_early_sign": ["observations.EarlySign", "observations.EarlySignStep"],
    "observations:undo_early_sign": ["observations.EarlySign", "observations.EarlySignStep"],
    "observations:put_back": ["observations.Redaction"],
    "observations:entry": ["observations.Redaction"],  # looked for again in what was saved
    "frameworks:open_outside": ["frameworks.Framework"],
    "people:add": ["people.User"],
    # A file adds the people who stand in it.
    "people:set_up_check": ["people.User"],
    "people:throw_away": ["people.KeptWords"],
    "people:disable": ["people.User"],
    "people:enable": ["people.User"],
    "people:give_role": ["people.Role", "people.RoleRequest"],
    "people:end_role": ["people.Role"],
    "people:move_role": ["people.Role"],
    "people:agree": ["people.Role"],
    "people:add_unit": ["people.Unit"],
    "people:move_unit": ["people.Unit"],
    "people:close_unit": ["people.Unit"],
    "people:reopen_unit": ["people.Unit"],
    # A briefing that had the words is a draft again.
    "families:words": ["reports.Briefing"],
    "reports:compose": ["reports.Briefing", "reports.Finding"],
    "reports:schedule": ["reports.BriefingSchedule"],
    "reports:end_schedule": ["reports.BriefingSchedule"],
    "reports:send": ["reports.Briefing"],
    "reports:take_back": ["reports.Briefing"],
    "reports:approve": ["reports.Briefing"],
    "reports:issue": ["reports.Briefing"],
    "reports:reissue": ["reports.Briefing", "reports.Finding", "reports.Recommendation"],
    "reports:public_edition": ["reports.PublicEdition"],
    "reports:add_finding": ["reports.Finding"],
    "reports:tell_early_sign": [
        "reports.Finding",
        "observations.EarlySign",
        "observations.EarlySignStep",
    ],
    "reports:drop_finding": ["reports.Finding"],
    "reports:undo_drop": ["reports.Finding"],
    "reports:add_recommendation": ["reports.Recommendation"],
    "reports:remove_recommendation": ["reports.Recommendation"],
    "reports:recommendation": ["reports.Decision"],
    "reports:mark_done": ["reports.Decision"],
}
GARBAGE = {
    "nothing": "",
    "long": "a" * 5000,
    "emoji and right to left": "😀 \u202e Māori \u0301",
    "nul": "a\x00b",
    "negative": "-1",
    "huge": "9" * 40,
    "not a number": "NaN",
    "a digit that counts nothing": "²",
    "several": ["1", "2", "x"],
    "markup": "<script>alert(1)</script>{{ 7 }}",
}
# Names that views read from what was sent, besides those of models and forms.
READ_BY_VIEWS = [
    *[
        "as_seen",
        "then",
        "pick",
        "how",
        "word",
        "base_revision",
        "window",
        "review_session",
        "status",
    ],
    *["passage"],
    *["start", "end", "about", "is_good", "passage_key", "login", "next", "oldpassword"],
    *["observed_on_0", "observed_on_1", "observed_on_2", "act_by_0", "act_by_1", "act_by_2"],
    *["due_on_0", "due_on_1", "due_on_2", "done_on_0", "done_on_1", "done_on_2"],
]


def senders():
    """Each page that is sent to, with a state and a person of whom it takes it."""
    for rule in TABLE:
        for name, methods in rule.pages.items():
            found = [
                (state, person)
                for state in rule.states()
                for person in PEOPLE
                if "POST" in methods
                and rule.expected(person, state) == rule.answers
                and not person.startswith("far_")
            ]
            if found and not name.startswith("account_"):
                yield pytest.param(rule, name, *found[0], id=name)


def address_of(world, rule, name, state):
    return PAGES[name].address(MISSING | (world.objects[rule.of][state] if rule.of else {}))


@cache
def columns():
    return sorted({field.name for model in MODELS for field in model._meta.concrete_fields})


def names_on(page):
    """What its forms send; but not for whom they were drawn: then nothing else would be read."""
    return sorted(set(re.findall(r'\bname="([^"]+)"', page.content.decode())) - {STAMP})


@pytest.fixture(scope="module")
def strangers_rows(world):
    """The rows of the other organisation, by model."""
    people = [user.pk for code, user in world.people.items() if code.startswith("far_")]
    units = [world.units["elsewhere"].pk, world.units["far"].pk]
    note = world.notes["far"]
    return {
        "people.User": people,
        "people.Unit": units,
        "frameworks.Theme": [world.themes["far"].pk],
        "frameworks.FrameworkVersion": [world.versions["far"].pk],
        "frameworks.Criterion": list(world.versions["far"].criteria.values_list("pk", flat=True)),
        "observations.Observation": [note.pk],
        "observations.Passage": list(note.passages.values_list("pk", flat=True)),
    }


@pytest.fixture(scope="module")
def ties(strangers_rows):
    """Asks, in one query, how many rows of each kind lead to a row of the other organisation."""
    counts = [
        model.objects.order_by()
        .filter(**{f"{field.name}__in": strangers_rows[field.related_model._meta.label]})
        .values(tie=Value(f"{model._meta.label}.{field.name}"))
        .annotate(rows=Count("*"))
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model._meta.label in strangers_rows
    ]
    sql, values = counts[0].union(*counts[1:], all=True).query.sql_with_params()

    def ask():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return dict(cursor.fetchall())

    return ask


@pytest.fixture(scope="module")
def tied_before(ties):
    """How it stands before each of these tests: whatever one of them does is taken back."""
    return ties()


def model_of(label):
    return apps.get_model(label.partition(",")[0])


def held(labels):
    """The guarded columns of every row of these."""
    return {
        label: list(model_of(label).objects.order_by("pk").values_list("pk", *GUARDED[label]))
        for label in labels
    }


def written_to(before):
    """Those with guarded columns whose tables were written to since, and how they now stand."""
    tables = written_since(before)
    return held(each for each in GUARDED if model_of(each)._meta.db_table in tables)


@cache
def led_to():
    """{name of a column: the models that columns of this name lead to}."""
    found = {}
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                found.setdefault(field.name, set()).add(field.related_model._meta.label)
    return found


def foreign_value(name, strangers_rows):
    """For a column that leads somewhere: a row of the other organisation. Else something that fits."""
    if any(strangers_rows.get(label) for label in led_to().get(name, ())):
        return FAR
    return "2020-01-01" if name.endswith(("_at", "_on")) else "1"


@pytest.mark.parametrize(("rule", "name", "state", "person"), list(senders()))
def test_the_name_of_every_column_changes_only_what_the_page_is_for(
    rule, name, state, person, world, asking, strangers_rows
):
    address = address_of(world, rule, name, state)
    body = {each: foreign_value(each, strangers_rows) for each in columns()} | rule.body

    response = asking.ask(person, "POST", address, body, look=partial(written_to, written()))

    before = held(response.looked)  # all was taken back
    changed = {label for label, rows in response.looked.items() if rows != before[label]}
    assert response.status_code < 500
    assert changed - set(ITS_PURPOSE.get(name, [])) == set()


@pytest.mark.parametrize(("rule", "name", "state", "person"), list(senders()))
def test_a_row_of_another_organisation_is_never_taken(
    rule, name, state, person, world, asking, strangers_rows, ties, tied_before
):
    address = address_of(world, rule, name, state)
    asked = [*columns(), *names_on(asking.ask(person, "GET", address)), *READ_BY_VIEWS]
    assert all(FAR in rows for rows in strangers_rows.values())

    response = asking.ask(person, "POST", address, dict.fromkeys(asked, FAR), look=ties)

    assert response.status_code < 500
    assert response.looked == tied_before


@pytest.mark.parametrize(("rule", "name", "state", "person"), list(senders()))
def test_garbage_is_refused_and_never_a_fault(rule, name, state, person, world, asking):
    address = address_of(world, rule, name, state)
    names = {*columns(), *READ_BY_VIEWS, *names_on(asking.ask(person, "GET", address))}
    # Pages that save themselves are also sent to by a script: every other kind, in turn by page.
    is_saved_by_script = hasattr(resolve(address).func, "keeps_typed")
    kinds = list(GARBAGE)[list(PAGES).index(name) % 2 :: 2] if is_saved_by_script else []

    def answers(kinds, **way):
        """{kind: the status} of a form in which every name has such words."""
        bodies = {kind: dict.fromkeys(names, words) for kind in kinds if (words := GARBAGE[kind])}
        return {
            kind: asking.ask(person, "POST", address, bodies.get(kind, {}), **way).status_code
            for kind in kinds
        }

    for answered in [answers(GARBAGE), answers(kinds, HTTP_X_AUTOSAVE="1")]:
        assert {kind: status for kind, status in answered.items() if status >= 500} == {}
        # A guard of this file: what is kept from its view is no test of it.
        assert not answered or set(answered.values()) - {401, 403}
