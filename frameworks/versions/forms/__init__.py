"""The forms of a version, by what they are for."""
