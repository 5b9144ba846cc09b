"""What meetings did with their power."""

from dataclasses import replace

from frameworks.models.lists import RoleAbout
from observations.meeting_facts import DRAWN
from practicelens.numbers import plural
from reports.figures.chart import chart, one
from reports.summaries.shape import TalkRow


def talk(summary, *, for_leaders=False):
    """Who spoke for how much of the time, in the meetings that were timed."""
    meetings = summary.meetings
    rows = roles(meetings, for_leaders) if meetings.timed else []
    title = spoke(meetings, rows)
    shown = [share_of(row, meetings.minutes) for row in rows]
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


def roles(meetings, for_leaders):
    """The roles that spoke; for leaders in groups."""
    if not for_leaders:
        return sorted(meetings.talk, key=lambda row: row.is_family)
    return grouped_talk(meetings.talk, lambda row: GROUPS.get(row.about, "Other professionals"))


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


def share_of(row, total):
    share = round(100 * row.minutes / total)
    return {
        "label": row.label,
        "minutes": row.minutes,
        "minutes_shown": str(row.minutes),
        "share": share,
        "shown": f"{share}%",
        "family": row.is_family,
    }


def spoke(meetings, rows):
    if not rows:
        return "No meeting was timed"
    timed = plural(meetings.timed, "meeting")
    return f"Families spoke for {meetings.family_share}% of the time in {timed}"


def noted(summary, fact):
    """The answers to one of the facts that are noted of meetings."""
    rows = summary.meetings.noted.get(fact.name, ())
    titled = with_the_family if fact.name == "decided" else most_often
    title, bars = titled(summary.meetings, fact), ways(rows)
    return chart(
        "bars",
        title=title,
        counted=f"Meetings {fact.counted}",
        alt=f"{title}. A bar for each answer.",
        data={"rows": bars, "bracket": None},
        head=[fact.told, "Meetings"],
        rows=[[bar["label"], bar["shown"]] for bar in bars],
    )


def decided(summary):
    """How decisions were made: with, to, for or without the family."""
    return noted(summary, next(fact for fact in DRAWN if fact.name == "decided"))


def most_often(meetings, fact):
    """The title of a fact without one of its own: the answer that was noted most."""
    total = meetings.noted_of(fact.name)
    if not total:
        return f"{fact.told}: not noted in any meeting"
    _, label, count = max(meetings.noted[fact.name], key=lambda row: row[2])
    return f"{fact.told}: {label}, in {count} of {plural(total, 'meeting')}"


def ways(rows):
    """A bar for each answer; nothing where none was given."""
    if not any(count for _, _, count in rows):
        return []
    return [{"label": label, **one(count), "main": code == "with"} for code, label, count in rows]


def with_the_family(meetings, _):
    total = meetings.decided_of
    if not total:
        return "No meeting has it noted how decisions were made"
    together = {code: count for code, _, count in meetings.decided}["with"]
    return (
        f"Decisions were made with the family in {together or 'none'} of {plural(total, 'meeting')}"
    )
