"""Pressing twice is once: every form of every page, sent once more after it was sent."""

import pytest

from practicelens.people.presses import PRESS
from tests.access.asking import MISSING, pages
from tests.access.people import PEOPLE
from tests.access.pressing import filled_in, press_twice
from tests.access.table import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PAGES = pages()

# What a press needs besides what its page has filled in.
BODIES = {
    # What could not be read stands in its box, and is put right.
    "observations:section": {"minutes": "55 minutes"},
    "observations:fresh_themes": {"said": "none"},
    "observations:decide": {"status": "confirmed", "stance": "helps"},
    "observations:settle": {"how": "keep", "reason": "The name of a town."},
    "observations:decide_word": {"do": "dismiss"},
    "observations:plan_visit": {"visit_at": "10:30", "minutes": "1 hour", "follows": ""},
    "observations:change_visit": {"visit_at": "10:30", "minutes": "1 hour", "follows": ""},
    "observations:cancel_visit": {"why": "other"},
    "reports:recommendation": {"answer": "no", "reason": "There is no money for it."},
    "reports:decide_verdict": {"course": "keep", "reason": "It is used where it can be."},
    "frameworks:retire": {
        "retired_on_0": "1",
        "retired_on_1": "9",
        "retired_on_2": "2027",
        "confirmed": "1",
    },
    "observations:cpd_note": {"minutes": "50"},
    "people:add_safeguarding_step": {"title": "Call the duty desk", "what_to_do": "At once."},
    "observations:family_languages": {"name": "Polski", "tag": "pl"},
    "people:add": {"name": "Hana Webb", "email": "hana@example.org", "post": ""},
}
# Forms that show an answer, or ask again, and lead nowhere; and those that a world's rows can't fill.
LEAD_NOWHERE = {
    "frameworks:load",
    "frameworks:new_codebook",
    "observations:remember_role",
    "people:set_up",
    "frameworks:import_file",
    "frameworks:import_themes",
    "frameworks:move_part",
    "frameworks:publish",  # see tests/frameworks/test_publishing.py
    "frameworks:shared_ours",
    "frameworks:standard_edit",
    "frameworks:standard_load",
    "frameworks:standard_new",
    "observations:bench",
    "observations:imports",  # without files; see tests/observations/test_imports.py
    "observations:look",
    "observations:made_up_visit",
    "observations:offline_held",
    "observations:offline_raised",
    "observations:offline_send",
    # They send the form on to where the unit stands now.
    "people:unit_by_code",
    "people:unit_page_by_code",
    "people:confirm_address",
    "reports:evidence",
    "reports:looked",
    "reports:plan_return_visit",  # see tests/reports/test_return_visits.py
    "reports:word_template",  # without a file; see tests/reports/test_word.py
}
# Without the number of its drawing there is no telling a second press from a second wish.
MAKES_ANOTHER = {
    "observations:family_cards",
    "people:add_safeguarding_step",
    "frameworks:add_criterion",
    "frameworks:add_domain",
    "frameworks:duplicate",
    "frameworks:new",
    "frameworks:new_from_starter",
    "frameworks:restore",
    "frameworks:shared_new",
    "reports:add_finding",
    "reports:add_recommendation",
}


def forms():
    return [
        pytest.param(rule, name, id=name)
        for rule in TABLE
        for name, methods in rule.pages.items()
        if "POST" in methods and rule.states() and not name.startswith("account_")
    ]


def sent(world, asking, rule, name, state):
    """Who sends it, where to and what, as its page has it filled in."""
    person = next((each for each in PEOPLE if rule.expected(each, state) == rule.answers), None)
    address = PAGES[name].address(MISSING | (world.objects[rule.of][state] if rule.of else {}))
    body = dict(rule.body)
    if person:
        body |= filled_in(asking.ask(person, "GET", address), address)
    return person, address, body | BODIES.get(name, {})


@pytest.mark.parametrize(("rule", "name"), forms())
def test_the_second_press_leads_where_the_first_did(rule, name, world, asking):
    wrong, taken = [], False
    for state in rule.states():
        person, address, body = sent(world, asking, rule, name, state)
        if person is None:
            continue
        for each in (body, {field: body[field] for field in body if field != PRESS}):
            is_drawn = PRESS in each
            first, second, changed = press_twice(asking, person, address, each, is_drawn)
            if first.status_code != 302:
                continue
            taken = True
            if not is_drawn and second.status_code in (200, 422):
                continue  # its form is shown again, with what is in the way
            if second.status_code != 302:
                wrong.append(f"{state} {person}: {second.status_code}")
            elif second.url != first.url and (is_drawn or name not in MAKES_ANOTHER):
                wrong.append(f"{state} {person}: to {second.url}, not {first.url}")
            elif is_drawn and changed:
                wrong.append(f"{state} {person}: {changed}")

    assert wrong == []
    assert taken != (name in LEAD_NOWHERE)
