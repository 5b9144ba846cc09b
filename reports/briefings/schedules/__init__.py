"""For which units a briefing is drafted each month: made, changed and ended in the browser."""
