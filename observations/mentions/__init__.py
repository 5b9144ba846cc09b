"""Passages coded to themes: the review queue, decisions, and quotes."""
