"""Kinds of work, settings and roles in the room: shipped lists, and those a unit made its own."""
