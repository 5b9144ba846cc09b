"""Scales, lenses and causes that frameworks share."""
