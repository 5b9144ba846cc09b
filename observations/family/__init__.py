"""A card for a family: made for an observation, answered once without signing in."""
