"""What good practice is meant to look like."""

from frameworks.models.codebooks import Codebook, Theme
from frameworks.models.files import FileToImport
from frameworks.models.keeping import Change
from frameworks.models.languages import SecondLanguage, SecondWording
from frameworks.models.lineage import Lineage
from frameworks.models.lists import FirstFor, ListEntry
from frameworks.models.shared import Cause, Lens, Level, Scale
from frameworks.models.standards import Clause, Crosswalk, Standard
from frameworks.models.theming import ThemeDraft, ThemeEnd, ThemeEndInto, ThemeMapping
from frameworks.models.trials import Trial
from frameworks.models.versions import (
    Criterion,
    Domain,
    Example,
    Framework,
    FrameworkVersion,
    LevelDescription,
    Prompt,
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
    "FileToImport",
    "FirstFor",
    "Framework",
    "FrameworkVersion",
    "Lens",
    "Level",
    "LevelDescription",
    "Lineage",
    "ListEntry",
    "Prompt",
    "Scale",
    "SecondLanguage",
    "SecondWording",
    "Standard",
    "Theme",
    "ThemeDraft",
    "ThemeEnd",
    "ThemeEndInto",
    "ThemeMapping",
    "Trial",
]
