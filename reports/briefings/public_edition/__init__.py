"""The public edition of an issue: the same, with less in it, for whoever asks."""
