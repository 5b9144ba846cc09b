"""Who may do what: the kinds of role, and the acts that each of them carries.

A role is held on a unit and carries its acts there and in everything below. Queries, views,
navigation, the pages that tell people what they can do and the tests' table of access all ask for
an act and never for a kind of role. So one more role is a kind and its acts here, a migration for
the choice, and someone who holds it in the tests.

What hangs on one row and not on a role, such as an observer's own draft, is a method of that row:
`can_be_edited_by` and the like.
"""

from django.db import models


class Kind(models.TextChoices):
    """The kinds of role, in the order in which they are offered."""

    PSW = "psw", "Practice leader"
    PRACTITIONER = "practitioner", "Practitioner"
    LEADER = "leader", "Senior leader"
    APPROVER = "approver", "Briefing approver"
    ISSUER = "issuer", "Briefing issuer"
    FRAMEWORK_ADMIN = "framework_admin", "Framework admin"
    GOVERNANCE = "governance", "Information governance lead"
    SYSTEM_ADMIN = "system_admin", "System admin"


class Act(models.TextChoices):
    """What may be done, in the words that Help uses after "can"."""

    WRITE_OBSERVATIONS = "write_observations", "write observations of practice"
    READ_OBSERVATIONS = "read_observations", "read the observations that were submitted"
    BE_OBSERVED = "be_observed", "read and reply to what was shared of their own practice"
    DECIDE_THEMES = "decide_themes", "confirm or reject the themes suggested for a passage"
    DECIDE_EARLY_SIGNS = "decide_early_signs", "decide about early signs"
    LOOK_AFTER_CODING = "look_after_coding", "see how themes are learned, and choose their words"
    READ_SUMMARIES = "read_summaries", "read what the observations add up to"
    WRITE_BRIEFINGS = (
        "write_briefings",
        "write briefings, and approve and issue them where nobody else is named to",
    )
    APPROVE_BRIEFINGS = "approve_briefings", "approve briefings that others wrote"
    ISSUE_BRIEFINGS = "issue_briefings", "issue briefings that were approved"
    READ_BRIEFINGS = "read_briefings", "read the briefings that were issued"
    DECIDE_RECOMMENDATIONS = "decide_recommendations", "decide what a briefing recommends to them"
    WRITE_VERDICTS = "write_verdicts", "write verdict files, and put them before leaders"
    READ_VERDICTS = "read_verdicts", "read the verdict files that were put before leaders"
    DECIDE_VERDICTS = (
        "decide_verdicts",
        "decide to keep, adapt or drop what a verdict file is about",
    )
    READ_DECISIONS = "read_decisions", "read what leaders were asked, and what they decided"
    READ_FRAMEWORKS = "read_frameworks", "read frameworks, codebooks and standards"
    KEEP_FRAMEWORKS = "keep_frameworks", "change frameworks, codebooks and standards"
    SEE_SMALL_COUNTS = "see_small_counts", "see how many observations a version has, even if few"
    READ_LOG = "read_log", "read the audit log"
    KEEP_PEOPLE = (
        "keep_people",
        "look after people, roles, units, their safeguarding steps and Word template",
    )
    SEE_RUNS = "see_runs", "see the background work, and ask for it again"


CARRIES = {
    Kind.PSW: [
        Act.WRITE_OBSERVATIONS,
        Act.READ_OBSERVATIONS,
        Act.DECIDE_THEMES,
        Act.DECIDE_EARLY_SIGNS,
        Act.LOOK_AFTER_CODING,
        Act.READ_SUMMARIES,
        Act.WRITE_BRIEFINGS,
        Act.READ_BRIEFINGS,
        Act.WRITE_VERDICTS,
        Act.READ_VERDICTS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
        Act.SEE_SMALL_COUNTS,
        Act.SEE_RUNS,
    ],
    Kind.PRACTITIONER: [
        Act.BE_OBSERVED,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
    Kind.LEADER: [
        Act.READ_BRIEFINGS,
        Act.DECIDE_RECOMMENDATIONS,
        Act.READ_VERDICTS,
        Act.DECIDE_VERDICTS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
    Kind.APPROVER: [
        Act.APPROVE_BRIEFINGS,
        Act.READ_BRIEFINGS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
    Kind.ISSUER: [
        Act.ISSUE_BRIEFINGS,
        Act.READ_BRIEFINGS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
    Kind.FRAMEWORK_ADMIN: [
        Act.KEEP_FRAMEWORKS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
        Act.LOOK_AFTER_CODING,
        Act.SEE_SMALL_COUNTS,
    ],
    Kind.GOVERNANCE: [
        Act.READ_LOG,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
    Kind.SYSTEM_ADMIN: [
        Act.KEEP_PEOPLE,
        Act.SEE_RUNS,
        Act.READ_DECISIONS,
        Act.READ_FRAMEWORKS,
    ],
}

# What the person holds who sets an organisation up, and gives everybody else their roles.
FIRST = Kind.SYSTEM_ADMIN


def kinds_that(act):
    """The kinds of role that carry an act."""
    return [kind for kind, acts in CARRIES.items() if act in acts]


def in_words():
    """[(the name of a role, what whoever holds it can do)], in the order in which they are offered."""
    return [(kind.label, [act.label for act in CARRIES[kind]]) for kind in Kind]
