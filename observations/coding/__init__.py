"""Which themes a passage speaks to, and whether it says that practice helps or hinders."""

from .codebook import Codebook, Theme
from .stance import passage_stance
from .suggesting import ENGINE, Coded, Suggestion, code, suggest
from .version import VERSION

__all__ = [
    "ENGINE",
    "VERSION",
    "Codebook",
    "Coded",
    "Suggestion",
    "Theme",
    "code",
    "passage_stance",
    "suggest",
]
