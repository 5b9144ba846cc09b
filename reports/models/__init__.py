"""What it adds up to, and what leaders are told."""

from practicelens.jobs.models import Run
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
    "Run",
    "Section",
    "ThemeCell",
]
