"""What was seen."""

from observations.models.cpd import CpdNote
from observations.models.dirty_cells import DirtyCell
from observations.models.early_signs import EarlySign, EarlySignStep
from observations.models.emerging import EmergingLook, EmergingPassage, EmergingTheme
from observations.models.family import FamilyCard, FamilyCardLanguage, FamilyCardText
from observations.models.imports import Import, ImportFile, ImportMapping, ImportRow
from observations.models.learning import CodingModel, WordProposal
from observations.models.meetings import MeetingFacts, TalkShare
from observations.models.mentions import Mention
from observations.models.observation import Observation
from observations.models.offline import Arrival, HeldOnDevice
from observations.models.pairs import Pair
from observations.models.parts import Friction, Passage, Rating, Voice
from observations.models.planning import CalendarAddress, PlannedVisit
from observations.models.recoding import Recoding, RecodingChange
from observations.models.redaction import NoteRole, Redaction
from observations.models.replies import Conversation, ConversationAddition, Reply, ReplyPart
from observations.models.review_sessions import Card, ReviewSession
from observations.models.saves import OtherCopy, SectionSave
from observations.models.systems import System, SystemName

__all__ = [
    "Arrival",
    "CalendarAddress",
    "Card",
    "CodingModel",
    "Conversation",
    "ConversationAddition",
    "CpdNote",
    "DirtyCell",
    "EarlySign",
    "EarlySignStep",
    "EmergingLook",
    "EmergingPassage",
    "EmergingTheme",
    "FamilyCard",
    "FamilyCardLanguage",
    "FamilyCardText",
    "Friction",
    "HeldOnDevice",
    "Import",
    "ImportFile",
    "ImportMapping",
    "ImportRow",
    "MeetingFacts",
    "Mention",
    "NoteRole",
    "Observation",
    "OtherCopy",
    "Pair",
    "Passage",
    "PlannedVisit",
    "Rating",
    "Recoding",
    "RecodingChange",
    "Redaction",
    "Reply",
    "ReplyPart",
    "ReviewSession",
    "SectionSave",
    "System",
    "SystemName",
    "TalkShare",
    "Voice",
    "WordProposal",
]
