"""The kinds of work that practice is seen in. Lenses are switched on by them."""

from django.db.models import TextChoices


class KindOfWork(TextChoices):
    HOME_VISIT = "home_visit", "Home visit"
    DIRECT_WORK = "direct_work", "Direct work with a child"
    FAMILY_MEETING = "family_meeting", "Family meeting or hui"
    CONFERENCE = "conference", "Child protection conference"
    CORE_GROUP = "core_group", "Core group"
    CARE_REVIEW = "care_review", "Child in care review"
    STRATEGY = "strategy", "Strategy discussion"
    SUPERVISION = "supervision", "Supervision"
    GROUP_SUPERVISION = "group_supervision", "Group supervision"
    DUTY = "duty", "Duty and first contact"
    COURT = "court", "Court and pre-proceedings"
    PARTNER_MEETING = "partner_meeting", "Meeting with partner agencies"
    FILE_READING = "file_reading", "Reading a file"
