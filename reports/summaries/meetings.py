"""What meetings did with their power: who spoke, who was asked first, how it was decided."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Sum

from frameworks.lists.offered import lists_within
from frameworks.models.lists import FAMILY, MEETINGS, ListOf
from observations.meeting_facts import FACTS, NAMES
from observations.models import MeetingFacts, TalkShare
from reports.summaries.shape import FamilyShare, Meetings, TalkRow

# A share of talk needs so many timed meetings in every point.
MEETINGS_FOR_A_SHARE = 5


def meetings(scope, found):
    facts, talk = facts_of(scope), talk_of(scope)
    lists = lists_within([scope.unit.organisation_id])
    noted = {fact.name: answers_to(fact, facts, lists) for fact in FACTS}
    return Meetings(
        meetings=sum(place["count"] for place in found if place["is_about"] in MEETINGS),
        timed=sum(fact["count"] for fact in facts if fact["is_timed"]),
        talk=talk_rows(talk, lists),
        noted=noted,
        asked_family=sum(
            count for role, _, count in noted["asked_first"] if is_family(role, lists)
        ),
        by_month=family_shares(months_of(scope.window, facts, talk, lists)),
    )


def is_family(role, lists):
    return lists.about(ListOf.ROLE, role) in FAMILY


def answers_to(fact, facts, lists):
    """((code, label, count), ...) of every choice of one fact, in its order."""
    counted = Counter()
    for row in facts:
        counted[row[fact.name]] += row["count"]
    choices = MeetingFacts._meta.get_field(fact.name).choices
    if fact.is_role:
        choices = lists.every_choice(ListOf.ROLE)
        known = {code for code, _ in choices}
        others = [code for code in counted if code and code not in known]
        choices = choices + [(code, lists.label(ListOf.ROLE, code)) for code in others]
    return tuple((code, label, counted[code]) for code, label in choices)


def of_meetings(scope, model, path):
    """Rows that belong to a counted meeting of the scope, reached along `path`."""
    where = {f"{path}__{name}": value for name, value in scope.where.items()}
    where |= {f"{path}__is_counted": True, f"{path}__is_about__in": MEETINGS}
    if scope.kind_of_work:
        where[f"{path}__kind_of_work"] = scope.kind_of_work
    return model.objects.filter(**where)


def facts_of(scope):
    timed = Exists(TalkShare.objects.filter(meeting=OuterRef("pk"), minutes__gt=0))
    rows = of_meetings(scope, MeetingFacts, "observation").values(
        "observation__month", *NAMES, is_timed=timed
    )
    return list(rows.annotate(count=Count("pk")))


def talk_of(scope):
    rows = of_meetings(scope, TalkShare, "meeting__observation").filter(minutes__gt=0)
    return list(
        rows.values("meeting__observation__month", "role").annotate(
            sum=Sum("minutes"), meetings=Count("pk")
        )
    )


def talk_rows(talk, lists):
    """Whoever spoke most first."""
    minutes, meetings = Counter(), Counter()
    for row in talk:
        minutes[row["role"]] += row["sum"]
        meetings[row["role"]] += row["meetings"]
    return tuple(
        TalkRow(
            role,
            lists.label(ListOf.ROLE, role),
            total,
            meetings[role],
            is_family=is_family(role, lists),
            about=lists.about(ListOf.ROLE, role),
        )
        for role, total in minutes.most_common()
    )


def months_of(window, facts, talk, lists):
    """(month, timed meetings, minutes, the family's minutes) for each month of the window."""
    timed, minutes, family = Counter(), Counter(), Counter()
    for fact in facts:
        timed[fact["observation__month"]] += fact["count"] * fact["is_timed"]
    for row in talk:
        month = row["meeting__observation__month"]
        minutes[month] += row["sum"]
        family[month] += row["sum"] * is_family(row["role"], lists)
    return [(month, timed[month], minutes[month], family[month]) for month in window.months]


def family_shares(months):
    """A FamilyShare for each stretch of months with enough timed meetings; see FamilyShare."""
    stretches, open_ones = [], []
    for row in months:
        open_ones.append(row)
        if meetings_in(open_ones) >= MEETINGS_FOR_A_SHARE:
            stretches.append(open_ones)
            open_ones = []
    if open_ones and stretches:
        stretches[-1] = stretches[-1] + open_ones
    elif open_ones:
        stretches.append(open_ones)
    return tuple(share_of(stretch) for stretch in stretches)


def meetings_in(months):
    return sum(meetings for _, meetings, _, _ in months)


def share_of(stretch):
    months, meetings, minutes, family = zip(*stretch, strict=True)
    enough = sum(meetings) >= MEETINGS_FOR_A_SHARE
    share = round(100 * sum(family) / sum(minutes)) if enough else None
    return FamilyShare(months, sum(meetings), sum(minutes), sum(family), share)
