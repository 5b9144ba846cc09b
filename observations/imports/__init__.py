"""Old observations from spreadsheets and Word forms: read, matched, looked at, and then imported."""
