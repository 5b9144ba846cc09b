"""The pages of a briefing, by what they are for."""
