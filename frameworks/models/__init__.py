"""What good practice is meant to look like."""

from frameworks.models.codebooks import Codebook, Theme
from frameworks.models.keeping import Change
from frameworks.models.versions import (
    Cause,
    Clause,
    Criterion,
    Crosswalk,
    Domain,
    Example,
    Framework,
    FrameworkVersion,
    Lens,
    Level,
    LevelDescription,
    Lineage,
    Prompt,
    Scale,
    Standard,
)

__all__ = [
    "Cause",
    "Change",
    "Clause",
    "Codebook",
    "Criterion",
    "Crosswalk",
    "Domain",
    "Example",
    "Framework",
    "FrameworkVersion",
    "Lens",
    "Level",
    "LevelDescription",
    "Lineage",
    "Prompt",
    "Scale",
    "Standard",
    "Theme",
]
