"""The story's briefings: one for each month that is over, what it asked, and what became of that."""

import tomllib
from datetime import timedelta

from practicelens.demo import story
from reports import actions, briefings
from reports.models import Ask, BriefingSchedule
from reports.periods import months_after

AUTHORS = {"harrowmere": "marian", "help-and-protection": "tom"}
APPROVERS = {"harrowmere": "elspeth", "help-and-protection": "marian"}
SENT_ON, ISSUED_ON = 6, 9  # days of the month after the one that is reported


def brief_past_months(people, until):
    """Write and issue what was due by the last day; the newest of one service waits for approval."""
    last = story.last_moment(until)
    for month in range(story.BRIEFED_FROM, story.LAST_MONTH):
        for schedule in BriefingSchedule.objects.select_related("unit").order_by("pk"):
            briefing = write(schedule.unit, month, people, until)
            waits = month == story.LAST_MONTH - 1 and schedule.unit.kind == "service"
            if moment(briefing, ISSUED_ON) > last:
                continue
            send(briefing, people)
            if not waits:
                issue(briefing, people)
                answer(briefing, people, last)


def write(unit, month, people, until):
    """The draft of a month, with what the story asks in it."""
    author = people[AUTHORS[unit.code]]
    briefing = briefings.compose(unit=unit, month=story.first_of(month, until), by=author)
    due_from = moment(briefing, ISSUED_ON).date()
    for number, told in enumerate(asks_of(unit, month), start=1):
        Ask.objects.create(
            briefing=briefing,
            number=number,
            **{field: told[field] for field in ("question", "what", "cost")},
            owner=people[told["owner"]],
            due_on=due_from + timedelta(days=told["due"]),
        )
    return briefing


def asks_of(unit, month):
    told = tomllib.loads((story.HERE / "asks.toml").read_text())["ask"]
    return [ask for ask in told if (ask["unit"], ask["month"]) == (unit.code, month)]


def send(briefing, people):
    author = people[AUTHORS[briefing.unit.code]]
    actions.send_for_approval(briefing=briefing, by=author, at=moment(briefing, SENT_ON))


def issue(briefing, people):
    """Approved by a second person on the day before it is issued."""
    approver = people[APPROVERS[briefing.unit.code]]
    actions.approve(briefing=briefing, by=approver, at=moment(briefing, ISSUED_ON - 1))
    author = people[AUTHORS[briefing.unit.code]]
    actions.issue(briefing=briefing, by=author, at=moment(briefing, ISSUED_ON))


def moment(briefing, day):
    following = months_after(briefing.month, 1)
    return story.at(following.replace(day=day), 10, 0)


def answer(briefing, people, last):
    """What leaders decided by the last moment, and what had become of it."""
    issued_at = moment(briefing, ISSUED_ON)
    told = {ask["question"]: ask for ask in tomllib.loads(ASKS.read_text())["ask"]}
    for ask in briefing.asks.select_related("owner"):
        decision = told[ask.question].get("decision")
        if decision and issued_at + timedelta(days=decision["after"]) <= last:
            decide(ask, decision, issued_at, people, last)
