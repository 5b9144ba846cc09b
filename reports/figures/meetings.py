"""What meetings did with their power."""

from dataclasses import replace

from frameworks.models.lists import RoleAbout
from observations.meeting_facts import DRAWN
from practicelens.numbers import lowered, plural
from reports.figures.chart import chart, fewer, is_small, join_small, threshold
from reports.summaries.shape import TalkRow


def talk(summary, *, protected=False):
    """Who spoke for how much of the time, in the meetings that were timed."""
    meetings = summary.meetings
    rows = roles(meetings, protected)
    if not meetings.timed or is_small(meetings.timed, protected):
        rows = []
    title = spoke(meetings, rows, protected)
    shown = [share_of(row, meetings.minutes, protected) for row in rows]
    return chart(
        "shares",
        title=title,
        counted="Share of all minutes spoken, in the meetings that were timed",
        alt=f"{title}. A bar for each role, with the family's roles apart from the others.",
        data={"rows": shown},
        head=["Who", "Minutes", "Share"],
        rows=[[row["label"], row["minutes_shown"], row["shown"]] for row in shown],
    )


# For leaders roles are told in these groups; any other professional is in the last of the first.
GROUPS = {
    RoleAbout.WORKER: "Social worker",
    RoleAbout.CHAIR: "Chair",
    RoleAbout.PARENT: "Parents and carers",
    RoleAbout.PERSON: "Child or young person",
    RoleAbout.WIDER_FAMILY: "Wider family",
}


def roles(meetings, protected):
    """The roles that spoke; for leaders in groups, and rare groups with others of their side."""
    if not protected:
        return sorted(meetings.talk, key=lambda row: row.is_family)
    grouped = grouped_talk(meetings.talk, lambda row: GROUPS.get(row.about, "Other professionals"))
    return grouped_talk(
        grouped,
        lambda row: (
            ("Others of the family" if row.is_family else "Other professionals")
            if is_rare(row, meetings.minutes)
            else row.label
        ),
    )


def grouped_talk(rows, label_of):
    """Rows joined under their labels, professionals first, who spoke most before others."""
    found = {}
    for row in rows:
        label = label_of(row)
        so_far = found.get(label, TalkRow("", label, 0, 0, row.is_family))
        found[label] = replace(
            so_far,
            role=row.role if label == row.label else so_far.role,
            minutes=so_far.minutes + row.minutes,
            meetings=max(so_far.meetings, row.meetings),
        )
    return sorted(found.values(), key=lambda row: (row.is_family, -row.minutes))


def is_rare(row, total):
    share = round(100 * row.minutes / total) if total else 0
    return any(is_small(count, True) for count in (row.meetings, row.minutes, share))


def share_of(row, total, protected):
    share = round(100 * row.minutes / total)
    small = is_small(share, protected) or (protected and not share)
    few_minutes = small or is_small(row.minutes, protected)
    under = f"under {threshold(protected)}%"
    return {
        "label": row.label,
        "minutes": None if few_minutes else row.minutes,
        "minutes_shown": "not shown" if few_minutes else str(row.minutes),
        "share": None if small else share,
        "shown": under if small else f"{share}%",
        "family": row.is_family,
    }


def spoke(meetings, rows, protected):
    if is_small(meetings.timed, protected):
        return f"There were {fewer()} timed meetings: no shares are given"
    if not rows:
        return "No meeting was timed"
    share = meetings.family_share
    words = f"under {threshold(True)}%" if is_small(share, protected) else f"{share}%"
    return f"Families spoke for {words} of the time in {plural(meetings.timed, 'meeting')}"


def noted(summary, fact, *, protected=False):
    """The answers to one of the facts that are noted of meetings."""
    joined = join_small(
        list(summary.meetings.noted.get(fact.name, ())), lambda row: row[2], protected
    )
    if joined is None:
        bars, title = [], f"There were {fewer()} meetings {fact.counted}"
    elif fact.name == "decided":
        bars, title = ways(joined), with_the_family(summary.meetings, joined)
    else:
        bars, title = ways(joined), most_often(summary.meetings, fact, joined)
    return chart(
        "bars",
        title=title,
        counted=f"Meetings {fact.counted}",
        alt=f"{title}. A bar for each answer.",
        data={"rows": bars, "bracket": None},
        head=[fact.told, "Meetings"],
        rows=[[bar["label"], bar["shown"]] for bar in bars],
    )


def decided(summary, *, protected=False):
    """How decisions were made: with, to, for or without the family."""
    fact = next(fact for fact in DRAWN if fact.name == "decided")
    return noted(summary, fact, protected=protected)


def most_often(meetings, fact, joined):
    """The title of a fact without one of its own: the answer that was noted most."""
    total = meetings.noted_of(fact.name)
    _, label, count = max(joined.kept, key=lambda row: row[2], default=("", "", 0))
    if not count:
        return f"{fact.told}: {'not noted in any meeting' if not total else 'no answer stands out'}"
    return f"{fact.told}: {label}, in {count} of {plural(total, 'meeting')}"


def ways(joined):
    """The ways told apart; nothing where none of them may be."""
    if not any(count for _, _, count in joined.kept):
        return []
    rows = list(joined.kept)
    if joined.together:
        first, *further = (label for _, label, _ in joined.together)
        label = " or ".join([first, *(lowered(name) for name in further)])
        rows.append(("", label, sum(count for _, _, count in joined.together)))
    return [
        {"label": label, "count": count, "shown": str(count or "none"), "main": code == "with"}
        for code, label, count in rows
    ]


def with_the_family(meetings, joined):
    total = meetings.decided_of
    if not total:
        return "No meeting has it noted how decisions were made"
    counted = {code: count for code, _, count in meetings.decided}["with"]
    told = {code: count for code, _, count in joined.kept}
    words = "most" if 2 * counted > total else "few"
    if "with" in told:
        words = told["with"] or "none"
    return f"Decisions were made with the family in {words} of {plural(total, 'meeting')}"
