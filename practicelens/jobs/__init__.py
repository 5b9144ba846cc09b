"""Background work: the ledger of runs, and the messages that wake it."""
