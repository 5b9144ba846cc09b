"""What it adds up to, and what leaders are told."""

from reports.models.briefings import (
    Briefing,
    Decision,
    Evidence,
    Finding,
    Recommendation,
    Section,
)
from reports.models.cells import CriterionCell, ThemeCell
from reports.models.committee_dates import CommitteeDate
from reports.models.part_saves import PartSave
from reports.models.public_editions import PublicEdition
from reports.models.questions import Question, QuestionReply
from reports.models.releases import Release
from reports.models.reminders import Reminder
from reports.models.return_visits import ReturnVisit
from reports.models.saved_views import SavedView
from reports.models.scenes import Scene
from reports.models.schedules import BriefingSchedule
from reports.models.sentences import Sentence
from reports.models.told import ToldGroup
from reports.models.verdicts import Course, Verdict, VerdictDecision
from reports.models.word_templates import WordTemplate

__all__ = [
    "Briefing",
    "BriefingSchedule",
    "CommitteeDate",
    "Course",
    "CriterionCell",
    "Decision",
    "Evidence",
    "Finding",
    "PartSave",
    "PublicEdition",
    "Question",
    "QuestionReply",
    "Recommendation",
    "Release",
    "Reminder",
    "ReturnVisit",
    "SavedView",
    "Scene",
    "Section",
    "Sentence",
    "ThemeCell",
    "ToldGroup",
    "Verdict",
    "VerdictDecision",
    "WordTemplate",
]
