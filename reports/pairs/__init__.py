"""Two observers of one occasion: what they saw alike, and what they saw differently."""

from reports.pairs.across import agreement
from reports.pairs.comparing import read
from reports.pairs.words import in_words, over_all, questions

__all__ = ["agreement", "in_words", "over_all", "questions", "read"]
