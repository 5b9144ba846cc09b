"""The pages of an observation, by what they are for."""
