"""The background work of reports, and the pages that show it."""
