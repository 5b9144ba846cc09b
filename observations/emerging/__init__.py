"""Passages that no theme covers and that resemble each other."""
