"""Observations out on paper and as data, as one person reads them: without suggestions."""
