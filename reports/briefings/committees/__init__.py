"""When committees read a unit’s briefings, and what is due when for that."""
