"""The name of every task, so that whoever wakes one need not know whose work it is."""

from enum import StrEnum


class Task(StrEnum):
    """Defined in the app that it begins with: `observations.code` in `observations/tasks.py`."""

    FORGET = "people.forget"
    END_ROLES = "people.end_roles"
    CODE = "observations.code"
    RECODE = "observations.recode"
    LEARN = "observations.learn"
    ASK_TO_LEARN = "observations.ask_to_learn"
    LOOK_FOR_EMERGING = "observations.look_for_emerging"
    LOOK_EVERY_WEEK = "observations.look_every_week"
    REMIND = "observations.remind"
    IMPORT = "observations.import"
    ROLL_UP = "reports.roll_up"
    SWEEP = "reports.sweep"
    DO_ASKED = "reports.do_asked"
    SEND_MAIL = "mail.send"
    ANSWER = "jobs.answer"
    COMPOSE_DUE = "reports.compose_due_briefings"
