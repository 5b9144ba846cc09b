"""Exploring what leaders were told: the groups and figures of issued papers, and no others.

Nothing is counted here. A figure is on these pages because an issued briefing or a verdict file told it,
so that no group arises that the rule on what may be told has not looked at.
"""
