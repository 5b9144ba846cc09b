"""The controlled lists of an observation that are the same everywhere.

Kinds of work, settings and roles in the room are each organisation's own: frameworks/lists.
"""

from django.db.models import TextChoices


class PartOfDay(TextChoices):
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"


class Proximity(TextChoices):
    """How practice was observed, closest first. The order matters."""

    OWN_PRACTICE = "own_practice", "Own practice"
    ALONGSIDE = "alongside", "Worked alongside"
    SHADOWED = "shadowed", "Shadowed in person"
    REMOTE = "remote", "Joined remotely"
    TALKED_ABOUT = "talked_about", "Talked about"
    READ_ABOUT = "read_about", "Read about"


DIRECT = (Proximity.OWN_PRACTICE, Proximity.ALONGSIDE, Proximity.SHADOWED)


class Mode(TextChoices):
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class FamilyAsked(TextChoices):
    AGREED = "agreed", "Asked, and agreed"
    DECLINED = "declined", "Asked, and said no"
    NOT_POSSIBLE = "not_possible", "Could not be asked beforehand"
    NO_FAMILY = "no_family", "No family there"


class Decided(TextChoices):
    """How decisions were made: the four corners of restorative practice."""

    WITH = "with", "With the family"
    TO = "to", "To the family"
    FOR = "for", "For the family"
    NOT = "not", "Without the family"


class NotShared(TextChoices):
    """Why an observation is not shared with its practitioner."""

    TALK_FIRST = "talk_first", "The observer wants to talk about it first"
    ASKED = "asked", "The practitioner asked for it to wait"
    AWAY = "away", "The practitioner is away or has left"
    RISK = "risk", "Sharing it now could put someone at risk"
    OTHER = "other", "Another reason"
    # Never picked: it is shared when the last of them is settled.
    NAMES = "names", "Names in it are checked first"
    # Never picked: of what was imported, or submitted before reasons were asked for.
    NOT_RECORDED = "not_recorded", "Not recorded"

    @classmethod
    def to_pick(cls):
        return [each for each in cls if each not in (cls.NAMES, cls.NOT_RECORDED)]


class FrictionSystem(TextChoices):
    CASE_SYSTEM = "case_system", "Case recording system"
    FORMS = "forms", "Forms and templates"
    CHRONOLOGY = "chronology", "Chronologies"
    SIGN_IN = "sign_in", "Signing in and devices"
    APPROVAL = "approval", "Panels and approvals"
    REFERRAL = "referral", "Referrals to other services"
    ROOMS = "rooms", "Rooms, travel and equipment"


class RiskStatement(TextChoices):
    """How risk was spoken of in a passage. Each that is marked is one risk statement."""

    HARM = "harm", "A harm was named, with evidence"
    VAGUE = "vague", "A vague worry"
    PROCEDURE = "procedure", "A procedure was cited"
    STRENGTH = "strength", "A strength or safety was named"
    UNCHALLENGED = "unchallenged", "An expert view went unchallenged"


class Stance(TextChoices):
    HELPS = "helps", "Helps"
    HINDERS = "hinders", "Hinders"
    NEITHER = "neither", "Neither"
