"""What leaders are told: a briefing in each state."""

from django.utils import timezone

from frameworks.models import FrameworkVersion
from practicelens.jobs.models import Run
from reports import briefings
from reports.briefings import actions
from reports.briefings.public_edition import actions as public
from reports.briefings.return_visits import actions as return_visits
from reports.models import (
    BriefingSchedule,
    CommitteeDate,
    Decision,
    Evidence,
    Finding,
    Question,
    QuestionReply,
    Recommendation,
    Release,
    ReturnVisit,
    SavedView,
    Scene,
    Verdict,
    VerdictDecision,
)
from reports.periods import months_after
from reports.verdicts import actions as verdicts
from reports.verdicts.content import build_content
from tests.reports import factories as make
from tests.reports.factories import let_all_go


def add_briefings(world):
    BriefingSchedule.objects.create(unit=world.units["service"], starts_on=world.last_month)
    add_committee_date(world)
    for state in ("service", "sibling", "far"):
        world.have("scheduled", state, pk=world.units[state].pk)
    steps = {"drafted": 0, "sent": 1, "approved": 2, "issued": 3, "superseded": 3}
    # A year apart: all quote the same words.
    world.briefings = {
        state: add_briefing(world, "service", state, months_after(world.last_month, -12 * at), upto)
        for at, (state, upto) in enumerate(reversed(steps.items()))
    }
    add_briefing(world, "sibling", "sibling", world.last_month, 0)
    add_briefing(world, "sibling", "apart", months_after(world.last_month, -1), 2)
    add_briefing(world, "far", "far", world.last_month, 3)
    decide(world, world.briefings["issued"])
    add_question(world, world.briefings["issued"])
    add_gone_back(world)
    later = actions.reissue(briefing=world.briefings["superseded"], by=world.people["psw"])
    world.briefings["reissued"] = take(world, later, "reissued", 3)


def add_briefing(world, unit, state, month, upto):
    by = world.people[{"far": "far_psw"}.get(state, "psw")]
    briefing = briefings.compose(unit=world.units[unit], month=month, by=by)
    words = world.marks.words_for(type(briefing), state, {})
    for name, mark in words.items():
        setattr(briefing, name, mark)
    briefing.save()
    for section in briefing.sections.all():
        for name, mark in world.marks.words_for(type(section), state, {}).items():
            setattr(section, name, mark)
        section.save()
    add_finding(world, briefing, state)
    world.row(Scene, state, briefing=briefing, asked=Scene.Asked.BOTH)
    world.row(
        Recommendation,
        state,
        briefing=briefing,
        number=1,
        owner=world.people["far_leader" if state == "far" else "owner"],
        due_on=timezone.localdate(),
    )
    return take(world, briefing, state, upto)


def add_finding(world, briefing, state):
    note = {"far": "far", "sibling": "sibling", "apart": "sibling"}.get(state, "submitted")
    # The second passage of the note: the first has words that may name somebody.
    passage = world.notes[note].passages.order_by("position").last()
    quoted = world.marks.text("observations.Passage.text", f"quoted of {note}")
    briefing.findings.all().delete()  # what was suggested bears no marks
    finding = world.row(Finding, state, briefing=briefing, section="framework")
    world.row(Finding, state, briefing=briefing, section="families", dropped_at=timezone.now())
    Evidence.objects.create(
        finding=finding,
        passage=passage,
        side=Evidence.Side.FOR,
        start=passage.text.index(quoted),
        end=len(passage.text),
        is_quoted=True,
    )


def take(world, briefing, state, upto):
    """Sent, approved and issued, as far as it goes; and kept."""
    far = state == "far"
    by = world.people["far_psw" if far else "psw"]
    other = by if far else world.people["approver" if state == "apart" else "second_psw"]
    let_all_go(briefing, by)
    if upto > 0:
        actions.send_for_approval(briefing=briefing, by=by)
    if upto > 1:
        actions.approve(briefing=briefing, by=other)
    if upto > 2:
        briefing = actions.issue(briefing=briefing, by=by)
        public.make(briefing=briefing, by=by)
    briefing.refresh_from_db()
    finding, recommendation = briefing.findings.standing().get(), briefing.recommendations.get()
    evidence = finding.evidence.get()
    here = {"key": briefing.key}
    world.have("briefing", state, **here, section="answers")
    note = {"far": "far", "sibling": "sibling", "apart": "sibling"}.get(state, "shared")
    world.have("offered", state, **here, pk=world.objects["kept_early_sign"][note]["pk"])
    world.have("finding", state, **here, pk=finding.pk, side="for", evidence=evidence.pk)
    released = Release.objects.get(passage=evidence.passage)
    world.have("released", state, **here, pk=released.pk)
    dropped = briefing.findings.filter(dropped_at__isnull=False).first()
    world.have("dropped", state, **here, pk=dropped.pk if dropped else finding.pk)
    world.have("asked", state, **here, pk=recommendation.pk)
    world.have("recommendation", state, pk=recommendation.pk)
    return briefing


def add_gone_back(world):
    """What was seen on going back, and why nobody went, of two issues of before."""
    said = {"seen": ("saw", "saw_at", "saw_by"), "closed": ("because", "closed_at", "closed_by")}
    psw, owner = world.people["psw"], world.people["owner"]
    for months, (state, (words, at, by)) in enumerate(said.items(), start=7):
        month = months_after(world.last_month, -months)
        made = make.BriefingFactory(unit=world.units["service"], month=month, written_by=psw)
        asked = make.RecommendationFactory(briefing=made, owner=owner)
        make.issue(made)
        decision = make.DecisionFactory(recommendation=asked, by=owner)
        back = return_visits.make(decision=decision, by=owner)
        given = {words: world.marks.words_for(ReturnVisit, state, {})[words]}
        given |= {at: timezone.now(), by: psw}
        if state == "seen":
            given["observation"] = world.notes["submitted"]
        ReturnVisit.objects.filter(pk=back.pk).update(**given)


def add_committee_date(world):
    day = timezone.localdate()
    here = {"unit": world.units["service"], "meets_on": day, "papers_on": day}
    world.have("committee date", "ahead", pk=world.row(CommitteeDate, "service", **here).pk)


def add_question(world, briefing):
    """A leader asks about one of its passages, and is answered."""
    asked = world.row(
        Question, "issued", briefing=briefing, place="limits", by=world.people["owner"]
    )
    world.row(QuestionReply, "issued", question=asked, by=world.people["psw"])
    world.have("question", "asked", pk=asked.pk)


def decide(world, briefing):
    """What was asked of one month is decided; the others wait."""
    decision = world.row(
        Decision,
        "issued",
        recommendation=briefing.recommendations.get(),
        answer=Decision.Answer.YES,
        act_by=timezone.localdate(),
        by=world.people["owner"],
    )
    back = return_visits.make(decision=decision, by=world.people["owner"])
    world.have("return visit", "due", pk=back.pk)


def add_verdicts(world):
    """A draft, one that waits for a decision, and one that is decided; and one elsewhere."""
    for state in ("drafted", "issued", "decided", "far"):
        unit = world.units["far" if state == "far" else "service"]
        by = world.people["far_psw" if state == "far" else "psw"]
        version = FrameworkVersion.objects.live_for(unit)
        about = {"issued": "domain", "decided": "criterion"}.get(state)
        given = {} if about is None else {about: first_of(version, about)}
        made = verdicts.open_file(unit=unit, version=version, by=by, **given)
        for name, mark in world.marks.words_for(Verdict, state, {}).items():
            setattr(made, name, mark)
        made.advice = "adapt"
        made.save()
        if state != "drafted":
            put_before_leaders(made, by)
        if state == "decided":
            given = {"verdict": made, "course": "adapt", "by": world.people["owner"]}
            world.row(VerdictDecision, state, **given, decided_on=timezone.localdate())
        world.have("verdict", state, key=made.key)


def add_saved_views(world):
    for state, code in (("leader", "leader"), ("far", "far_leader")):
        saved = world.row(SavedView, state, by=world.people[code], page="explore", query="")
        world.have("saved view", state, pk=saved.pk)


def first_of(version, about):
    rows = {"domain": version.domains, "criterion": version.criteria}[about]
    return rows.order_by("position").first()


def put_before_leaders(verdict, by):
    """As it would be, had enough people been observed here."""
    content = build_content(verdict, issued_on=timezone.localdate(), by=by)
    Verdict.objects.filter(pk=verdict.pk).update(
        issued_at=timezone.now(),
        issued_by=by,
        content=content,
        sha256=briefings.fingerprint(content),
    )


def add_runs(world):
    for state, unit in [("here", "service"), ("far", "far")]:
        run = world.row(Run, state, kind=Run.Kind.ROLL_UP, unit=world.units[unit])
        world.have("run", state, pk=run.pk)
