"""Counts for one unit, month and theme or criterion."""
