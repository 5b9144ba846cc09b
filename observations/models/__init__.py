"""What was seen."""

from observations.models.emerging import EmergingLook, EmergingPassage, EmergingTheme
from observations.models.learning import CodingModel, WordProposal
from observations.models.marks import Mark
from observations.models.meetings import MeetingFacts, TalkShare
from observations.models.mentions import Mention
from observations.models.observation import Observation
from observations.models.pairs import Pair
from observations.models.parts import Friction, Passage, Rating, Voice
from observations.models.recoding import Recoding, RecodingChange
from observations.models.redaction import Identifier
from observations.models.replies import Answer, Conversation
from observations.models.saves import OtherCopy, SectionSave
from observations.models.signals import SignalStep, WeakSignal
from observations.models.sittings import Card, Sitting

__all__ = [
    "Answer",
    "Card",
    "CodingModel",
    "Conversation",
    "EmergingLook",
    "EmergingPassage",
    "EmergingTheme",
    "Friction",
    "Identifier",
    "Mark",
    "MeetingFacts",
    "Mention",
    "Observation",
    "OtherCopy",
    "Pair",
    "Passage",
    "Rating",
    "Recoding",
    "RecodingChange",
    "SectionSave",
    "SignalStep",
    "Sitting",
    "TalkShare",
    "Voice",
    "WeakSignal",
    "WordProposal",
]
