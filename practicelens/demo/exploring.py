"""What a leader of the story saved of exploring what was told."""

from reports.explore import actions
from reports.explore.filters import told_to
from reports.models import SavedView

ABOUT = "own words"


def save_a_view(by):
    """One criterion over all the months that were told."""
    chosen = next(each for each in told_to(by).criteria.values() if ABOUT in each.label)
    query = f"months=all&criterion={chosen.key}"
    actions.save_view(
        by=by, name="Their own words, over the months", page=SavedView.Page.EXPLORE, query=query
    )
