"""Observations written on a device that has no signal: what it is given, and what it sends."""
