"""What was seen."""

from observations.models.learning import CodingModel, WordProposal
from observations.models.marks import Mark
from observations.models.mentions import Mention
from observations.models.observation import Observation
from observations.models.parts import (
    Answer,
    Conversation,
    Friction,
    Identifier,
    MeetingFacts,
    OtherCopy,
    Passage,
    Rating,
    SectionSave,
    TalkShare,
    Voice,
)
from observations.models.recoding import Recoding, RecodingChange

__all__ = [
    "Answer",
    "CodingModel",
    "Conversation",
    "Friction",
    "Identifier",
    "Mark",
    "MeetingFacts",
    "Mention",
    "Observation",
    "OtherCopy",
    "Passage",
    "Rating",
    "Recoding",
    "RecodingChange",
    "SectionSave",
    "TalkShare",
    "Voice",
    "WordProposal",
]
