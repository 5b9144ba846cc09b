"""Which themes a passage speaks to, and whether it says that practice helps or hinders."""

from .codebook import Codebook, Theme
from .stance import passage_stance
from .suggesting import ENGINE, Suggestion, suggest

__all__ = ["ENGINE", "Codebook", "Suggestion", "Theme", "passage_stance", "suggest"]
