"""Words that may name someone, in what is written: found, replaced, kept or put back."""
