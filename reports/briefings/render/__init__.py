"""A briefing's frozen content as a page and as a paper."""
