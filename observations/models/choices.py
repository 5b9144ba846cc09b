"""The controlled lists of an observation."""

from django.db.models import TextChoices

from frameworks.models.kinds import KindOfWork

# Where families and professionals sit down together: the kinds of work that have meeting facts.
MEETINGS = (
    KindOfWork.FAMILY_MEETING,
    KindOfWork.CONFERENCE,
    KindOfWork.CORE_GROUP,
    KindOfWork.CARE_REVIEW,
    KindOfWork.PARTNER_MEETING,
)


class Setting(TextChoices):
    HOME = "home", "Family home"
    OFFICE = "office", "Office"
    SCHOOL = "school", "School or nursery"
    HEALTH = "health", "Health setting"
    COURT = "court", "Court"
    COMMUNITY = "community", "Somewhere in the community"
    PHONE = "phone", "Phone or video"
    OTHER = "other", "Somewhere else"


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


class PersonRole(TextChoices):
    """Who was there and who spoke: by role, never by name."""

    CHILD = "child", "Child or young person"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    CARER = "carer", "Carer"
    WIDER_FAMILY = "wider_family", "Wider family"
    ADVOCATE = "advocate", "Advocate"
    INTERPRETER = "interpreter", "Interpreter"
    SOCIAL_WORKER = "social_worker", "Social worker"
    MANAGER = "manager", "Manager"
    CHAIR = "chair", "Chair"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    OTHER_PROFESSIONAL = "other_professional", "Other professional"


FAMILY = (
    PersonRole.CHILD,
    PersonRole.MOTHER,
    PersonRole.FATHER,
    PersonRole.CARER,
    PersonRole.WIDER_FAMILY,
)


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


class FrictionSystem(TextChoices):
    CASE_SYSTEM = "case_system", "Case recording system"
    FORMS = "forms", "Forms and templates"
    CHRONOLOGY = "chronology", "Chronologies"
    SIGN_IN = "sign_in", "Signing in and devices"
    APPROVAL = "approval", "Panels and approvals"
    REFERRAL = "referral", "Referrals to other services"
    ROOMS = "rooms", "Rooms, travel and equipment"


class Stance(TextChoices):
    HELPS = "helps", "Helps"
    HINDERS = "hinders", "Hinders"
    NEITHER = "neither", "Neither"
