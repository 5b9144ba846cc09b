"""Criteria are linked to clauses by keys alone, with the headings of the table in sight."""

import pytest
from playwright.sync_api import expect

from frameworks.models import Crosswalk
from tests.browser.conftest import LAPTOP
from tests.browser.test_observing import is_told
from tests.factories import (
    ClauseFactory,
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    StandardFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

CRITERIA, CLAUSES = 16, 9

# What stands at the middle of the focused box, of its row's heading and of its column's.
IN_SIGHT = """el => {
  const cell = el.closest("td"), table = el.closest("table");
  const headings = [cell.parentElement.cells[0], table.tHead.rows[0].cells[cell.cellIndex]];
  return [el, ...headings].map(each => {
    const box = each.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    return each.contains(at) ? each.getAttribute("aria-label") ?? each.textContent.trim() : "";
  });
}"""


@pytest.fixture
def matrix(visit, framework_admin, organisation):
    """The table of a draft of many criteria by a standard of many clauses."""
    draft = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="frame", draft=True, bare=True
    )
    CriterionFactory.create_batch(CRITERIA, domain=DomainFactory(version=draft))
    ClauseFactory.create_batch(CLAUSES, standard=StandardFactory(name="Promise"))
    return visit(framework_admin, "/framework/frame/1/crosswalk/", size=LAPTOP)


def test_a_cell_is_walked_to_ticked_and_saved_by_keys_alone(matrix):
    box = matrix.locator(":focus")
    matrix.get_by_label("Standard").focus()
    walk_to(matrix, "1.1 is linked to 3 Clause 3")
    matrix.get_by_label("1.11 is linked to 7 Clause 7").focus()  # a hundred keys further
    walk_to(matrix, "1.12 is linked to 8 Clause 8")
    assert matrix.evaluate("document.querySelector('.pl-matrix__room').scrollTop") > 0
    matrix.keyboard.press("Space")
    expect(box).to_be_checked()
    while box.inner_text() != "Save":
        matrix.keyboard.press("Tab")
    matrix.keyboard.press("Enter")

    is_told(matrix, "Saved: 1 link is changed.")
    tie = Crosswalk.objects.select_related("criterion", "clause").get()
    assert (tie.criterion.code, tie.clause.number) == ("1.12", "8")
    expect(left(matrix, "Clauses that no criterion is linked to")).to_have_count(CLAUSES - 1)
    expect(left(matrix, "Criteria linked to no clause")).to_have_count(CRITERIA - 1)


def walk_to(page, name):
    """With Tab; each box on the way is in sight, with the headings of its row and column."""
    box = page.locator(":focus")
    while box.get_attribute("aria-label") != name:
        page.keyboard.press("Tab")
        if box.get_attribute("name") == "tie":
            said = box.get_attribute("aria-label")
            criterion, _, clause = said.partition(" is linked to ")
            assert box.evaluate(IN_SIGHT) == [said, f"{criterion} Criterion {criterion}", clause]


def left(page, heading):
    return page.locator("section").filter(has_text=heading).get_by_role("listitem")
