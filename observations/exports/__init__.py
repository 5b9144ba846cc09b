"""Observations out as a spreadsheet, for whoever can read them."""
