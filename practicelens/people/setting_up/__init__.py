"""Many people, or many units, at once: from a spreadsheet saved as CSV."""
