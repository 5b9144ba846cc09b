"""A version's words in a second language."""
