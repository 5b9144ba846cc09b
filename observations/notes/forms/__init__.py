"""The forms of an observation, by what they are for."""
