"""The forms of an observation. Drafts are saved as far as they are valid; nothing is required."""
