"""What a leader of the story saved: one criterion over the months, and two jurisdictions side by side."""

from reports.explore import actions
from reports.explore.filters import told_to
from reports.models import SavedView

ABOUT = "own words"
BESIDE = ("Help and protection", "Te Marino office")


def save_views(by):
    told = told_to(by)
    chosen = next(each for each in told.criteria.values() if ABOUT in each.label)
    save(by, "Their own words, over the months", "EXPLORE", f"months=all&criterion={chosen.key}")
    parts = {row.line.part: row.where for row in told.rows}
    if parts.keys() >= set(BESIDE):
        one, other = (parts[each] for each in BESIDE)
        save(by, "England and Aotearoa", "SIDE_BY_SIDE", f"one={one}&other={other}")


def save(by, name, page, query):
    actions.save_view(by=by, name=name, page=SavedView.Page[page], query=query)
