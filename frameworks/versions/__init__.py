"""Versions of a framework: drafted, checked, tried, published, compared."""
