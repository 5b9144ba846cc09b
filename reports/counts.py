"""Counts within a group that leaders are told of: each as it is.

Which groups those are is decided in `reports.telling`.
"""

from django.conf import settings

from observations.intervals import wilson


def shown(count):
    """12, or none."""
    return str(count) if count else "none"


def part_of(count, whole):
    """31 of 44, none of 44, or all 44."""
    return f"all {whole}" if count == whole and count else f"{shown(count)} of {shown(whole)}"


def teams_of(seen, teams):
    """6 of 11, or all 11."""
    return f"all {teams}" if seen == teams and teams > 1 else f"{seen} of {teams}"


def with_interval(count, whole, what=""):
    """31 of 44 (70%; 95% interval 56% to 82%); no percentage of a few."""
    words = f"{part_of(count, whole)} {what}".strip()
    return words if whole < settings.SMALL_COUNT_THRESHOLD else f"{words} ({share(count, whole)})"


def share(count, whole):
    """70%; 95% interval 56% to 82%."""
    low, high = wilson(count, whole)
    return f"{count / whole:.0%}; 95% interval {low:.0%} to {high:.0%}"
