"""The pages of a version, by what they are for."""
