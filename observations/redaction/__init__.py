"""Possible names in what is written: found, replaced, kept or put back."""
