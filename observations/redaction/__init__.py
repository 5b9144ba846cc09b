"""Words that may name somebody, in what is written: found, replaced, kept or put back."""
