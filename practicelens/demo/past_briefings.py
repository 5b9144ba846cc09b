"""The story's briefings: one for each month that is over, what it asked, and what became of that."""

import tomllib
from datetime import timedelta
from functools import cache

from observations.redaction.finding import people_known, places_known
from practicelens.demo import story
from reports import briefings
from reports.briefings import actions, releasing, sentences
from reports.briefings.checking import LIMITS
from reports.briefings.committees import actions as committees
from reports.briefings.looking import ReleaseCheck
from reports.briefings.opposites import none_found
from reports.briefings.public_edition import actions as public_edition
from reports.briefings.questions import actions as questions
from reports.briefings.return_visits import actions as back
from reports.briefings.suggesting import LONGEST_TOLD, opposite_of
from reports.models import (
    Briefing,
    BriefingSchedule,
    Evidence,
    Question,
    QuestionReply,
    Recommendation,
    Scene,
)
from reports.periods import months_after, rolling

AUTHORS = {"harrowmere": "marian", "help-and-protection": "tom"}
APPROVERS = {"harrowmere": "mererid", "help-and-protection": "mererid"}
PLACES = 3  # in which the same words may stand
SENT_ON, APPROVED_ON, ISSUED_ON = 4, 6, 7  # working days of the month after the one reported


@cache
def told():
    """What the author writes, and what is asked and decided."""
    return tomllib.loads((story.HERE / "story_briefings.toml").read_text())


def brief_past_months(people, until):
    """Write and issue what was due by the last day; the newest of one service waits for approval."""
    last = story.last_moment(until)
    units = {schedule.unit.code: schedule.unit for schedule in schedules()}
    for month in range(1, story.LAST_MONTH):
        for code, first in story.BRIEFED_FROM.items():
            if month >= first:
                write_and_issue(units[code], month, people, until, last)
    add_public_edition(people)


def add_public_edition(people):
    """Of the newest issue but one of the whole service; that of the newest is left to whoever tries it."""
    issued = Briefing.objects.standing().filter(unit__code="harrowmere").order_by("-month")
    for briefing in issued[1:2]:
        at = briefing.issued_at + timedelta(days=1)
        public_edition.make(briefing=briefing, by=people["marian"], at=at)


def add_committee_dates(units, people, until):
    """The next two meetings of the committee that reads the briefings of the whole service."""
    unit = units["harrowmere"]
    for weeks in (3, 11):
        meets_on = unit.working_days_from(until + timedelta(weeks=weeks), 1)
        committees.add(
            unit=unit,
            by=people["marian"],
            committee="Children’s scrutiny committee",
            meets_on=meets_on,
            papers_on=unit.working_days_from(meets_on, -6),
        )


def schedules():
    return BriefingSchedule.objects.select_related("unit")


def write_and_issue(unit, month, people, until, last):
    author, approver = people[AUTHORS[unit.code]], people[APPROVERS[unit.code]]
    briefing = briefings.compose(unit=unit, month=story.first_of(month, until), by=author)
    ask_what_the_story_asks(briefing, month, people)
    if moment(briefing, ISSUED_ON) > last:
        return
    finish(briefing)
    tell_a_scene(briefing, month)
    sentences.take(briefing, None, author, at=moment(briefing, SENT_ON))
    release_quotations(briefing, author, moment(briefing, SENT_ON))
    actions.send_for_approval(briefing=briefing, by=author, at=moment(briefing, SENT_ON))
    if month == story.LAST_MONTH - 1 and unit.kind == unit.Kind.SERVICE:
        return
    actions.approve(briefing=briefing, by=approver, at=moment(briefing, APPROVED_ON))
    actions.issue(briefing=briefing, by=author, at=moment(briefing, ISSUED_ON))
    answer(briefing, month, last)
    ask_about(briefing, month, people, last)


def tell_a_scene(briefing, month):
    """The scene from practice that the story has for a briefing, if it has one."""
    for scene in told()["scene"]:
        if (scene["unit"], scene["month"]) == (briefing.unit.code, month):
            Scene.objects.create(
                briefing=briefing,
                text=scene["text"],
                altered=scene["altered"],
                asked=Scene.Asked.BOTH,
            )


def ask_about(briefing, month, people, last):
    """What a leader asked about the issue in the days after it, and what its author answered."""
    briefing.refresh_from_db()  # with what was issued
    for told_of in told().get("question", []):
        at = moment(briefing, ISSUED_ON) + timedelta(days=told_of["after"])
        if (told_of["unit"], told_of["month"]) != (briefing.unit.code, month) or at > last:
            continue
        place, by = told_of["place"], people[told_of["by"]]
        asked = questions.ask(briefing=briefing, by=by, place=place, words=told_of["words"])
        Question.objects.filter(pk=asked.pk).update(asked_at=at)
        at += timedelta(days=told_of.get("answered", 0))
        if "answer" in told_of and at <= last:
            said = questions.reply(question=asked, by=briefing.written_by, words=told_of["answer"])
            QuestionReply.objects.filter(pk=said.pk).update(replied_at=at)


def moment(briefing, day):
    """That working day of the month after the one that is reported, in the morning."""
    last_day = months_after(briefing.month, 1) - timedelta(days=1)
    return story.at(story.later(last_day, day), 10, 0)


def ask_what_the_story_asks(briefing, month, people):
    due_from = moment(briefing, ISSUED_ON).date()
    for number, recommendation in enumerate(recommendations_of(briefing.unit, month), start=1):
        Recommendation.objects.create(
            briefing=briefing,
            number=number,
            **{field: recommendation[field] for field in ("question", "what", "cost", "equality")},
            owner=people[recommendation["owner"]],
            due_on=due_from + timedelta(days=recommendation["due"]),
        )


def recommendations_of(unit, month):
    return [
        recommendation
        for recommendation in told()["ask"]
        if (recommendation["unit"], recommendation["month"]) == (unit.code, month)
    ]


def finish(briefing):
    """Do what a draft leaves to its author: say what is being done, look for the opposite, cut."""
    sentences = told()["doing"][briefing.unit.code]
    briefing.doing = briefing.doing or sentences[briefing.issue % len(sentences)]
    briefing.know = briefing.know or told()["know"]
    briefing.how = briefing.how or told()["how"]
    briefing.title = briefing.title or told()["title"]
    briefing.save(update_fields=["doing", "know", "how", "title"])
    for finding in briefing.findings.standing():
        look_for_the_opposite(finding)
    good_work = briefing.sections.get(key="good_work")
    lines = good_work.text.splitlines()
    good_work.text = "\n".join(line for line in lines if len(line) <= LIMITS["line"])
    good_work.save(update_fields=["text"])


def release_quotations(briefing, by, at=None):
    """Look at each quotation as its author does: a rare feature, or a name, and it is left out."""
    # What is left out of one place may stand in another.
    for _ in range(PLACES):
        for quotation in briefings.quotations_in(briefing):
            if quotation.release is None:
                look_at(quotation, briefing, by, at)


def look_at(quotation, briefing, by, at):
    check = ReleaseCheck(quotation, people_known(), places_known())
    is_rare = any(tick.code.startswith("rare-") for tick in check.ticks)
    is_rare |= any(words in quotation.original for words in told()["left_out"])
    if check.cannot_go or is_rare:
        releasing.leave_out(quotation=quotation, briefing=briefing)
        return
    releasing.release(
        quotation=quotation,
        by=by,
        ticked=[tick.code for tick in check.ticks],
        nobody_could_tell=True,
        at=at,
    )


def look_for_the_opposite(finding):
    """Tie the two passages that say otherwise best, or tell that none was found."""
    if finding.looked or finding.evidence.filter(side=Evidence.Side.AGAINST).exists():
        return
    briefing = finding.briefing
    subject = briefing.figures["subjects"].get(str(finding.pk))
    window = rolling(briefing.month)
    found = opposite_of(subject, briefing.unit, window, limit=6) if subject else None
    tied = set(finding.evidence.values_list("passage", flat=True))
    chosen = found.chosen if found else ()
    fitting = [each for each in chosen if not each.is_suggested and each.passage_id not in tied]
    otherwise = sorted(fitting, key=lambda each: each.end - each.start)[:2]
    if not otherwise:
        finding.looked = none_found(found, subject) if found else told()["looked"]
        finding.save(update_fields=["looked"])
    Evidence.objects.bulk_create(
        Evidence(
            finding=finding,
            passage_id=each.passage_id,
            side=Evidence.Side.AGAINST,
            start=each.start,
            end=each.end,
            is_quoted=each is otherwise[0] and each.end - each.start <= LONGEST_TOLD,
        )
        for each in otherwise
    )


def answer(briefing, month, last):
    """What leaders decided by the last moment, and what had become of it."""
    issued_at = moment(briefing, ISSUED_ON)
    recommendations = briefing.recommendations.select_related("owner").order_by("number")
    for recommendation, asked in zip(
        recommendations, recommendations_of(briefing.unit, month), strict=True
    ):
        decided = asked.get("decision")
        if decided and issued_at + timedelta(days=decided["after"]) <= last:
            decide_recommendation(recommendation, decided, issued_at, last)


def decide_recommendation(recommendation, decided, issued_at, last):
    days = {
        what: (issued_at + timedelta(days=decided[what])).date()
        for what in ("act_by", "done")
        if what in decided
    }
    decision = actions.decide_recommendation(
        recommendation=recommendation,
        by=recommendation.owner,
        answer=decided["answer"],
        reason=decided["reason"],
        act_by=days.get("act_by"),
        at=issued_at + timedelta(days=decided["after"]),
    )
    if "done" in days and days["done"] <= last.date():
        actions.mark_done(
            decision=decision,
            by=recommendation.owner,
            done_on=days["done"],
            became=decided["became"],
        )
    if decision.promises:
        go_back(decision.return_visit, decided, last)


def go_back(return_visit, decided, last):
    """What was seen on going back, in an observation of those weeks; or why nobody went."""
    author = return_visit.unit.briefings.filter(written_by__isnull=False).first().written_by
    if "not_back" in decided:
        at = story.at(return_visit.due_from, 11, 20)
        if at <= last:
            back.close(return_visit=return_visit, by=author, because=decided["not_back"], at=at)
    weeks = (return_visit.due_from, return_visit.due_to)
    observed = back.observed_since(return_visit).filter(observed_on__range=weeks)
    fitting = observed.filter(kind_of_work=decided.get("seen_at", "")).order_by("observed_on", "pk")
    seen = fitting.first() or observed.order_by("observed_on", "pk").first()
    if "saw" not in decided or seen is None:
        return
    at = seen.submitted_at + timedelta(hours=1)
    if at <= last:
        back.tell(return_visit=return_visit, by=author, observation=seen, saw=decided["saw"], at=at)
