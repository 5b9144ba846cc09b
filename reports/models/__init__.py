"""What it adds up to, and what leaders are told."""

from reports.models.briefings import (
    Ask,
    Briefing,
    BriefingSchedule,
    Decision,
    Evidence,
    Finding,
    Section,
)
from reports.models.cells import CriterionCell, ThemeCell
from reports.models.releases import Release

__all__ = [
    "Ask",
    "Briefing",
    "BriefingSchedule",
    "CriterionCell",
    "Decision",
    "Evidence",
    "Finding",
    "Release",
    "Section",
    "ThemeCell",
]
