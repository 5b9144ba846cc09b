"""Words of briefings and of background work."""

from practicelens.people.permissions import Act
from tests.access.people import may, may_within
from tests.access.shown.shown import Shown
from tests.access.table.reports import (
    BRIEFING_READERS,
    LOOKED_OVER,
    READ,
    VERDICT_READERS,
    WRITE_SIBLING,
)
from tests.access.table.rules import PSWS_HERE

DECISIONS_HERE = may_within(Act.READ_DECISIONS, "service")

REPORTS = [
    Shown(
        "a briefing's words are read by who may read it, with what it asks and what was decided",
        "reports.Briefing reports.Section reports.Finding reports.Recommendation reports.Decision "
        "reports.Scene.text",
        BRIEFING_READERS,
        "reports: home",
    ),
    Shown(
        "what was altered in a scene is for those who write, approve and issue it",
        "reports.Scene.altered",
        LOOKED_OVER,
        "reports:briefing reports:part",
    ),
    Shown(
        "what a leader asked about it and what was answered is read by who reads it, and by whom",
        "reports.Question reports.QuestionReply people.User.name",
        {"issued": READ, "owner": READ, "psw": READ},
        "reports:question reports:part",
    ),
    Shown(
        "who reads its issues is named to whoever wrote or approved it",
        "people.User.name people.User.post",
        {"leader": "psw second_psw", "owner": "psw second_psw", "far_leader": "far_psw"}
        | {"between": "far_psw", "lent": "far_psw"},
        "reports:readers",
    ),
    Shown(
        "what was seen on going back, or why nobody went, is told to who writes and reads briefings",
        "reports.ReturnVisit",
        {"seen": READ, "closed": READ},
        "reports:",
    ),
    Shown(
        "who plans to go back chooses one of the practitioners there",
        "people.User.name",
        dict.fromkeys(["practitioner", "colleague", "between"], "psw second_psw"),
        "reports:plan_return_visit",
    ),
    Shown(
        "and what was seen is told to everybody there",
        "reports.ReturnVisit.saw",
        {"seen": DECISIONS_HERE},
        "reports:decided",
    ),
    Shown(
        "what it asked and what was decided is read by everybody there, and of whom",
        "reports.Recommendation reports.Decision people.User.name people.User.post",
        dict.fromkeys(["issued", "superseded", "reissued", "owner"], DECISIONS_HERE)
        | dict.fromkeys(["far", "far_leader"], may_within(Act.READ_DECISIONS, "far")),
        "reports:decided",
    ),
    Shown(
        "a verdict file's words are read by who may read it, with what was decided",
        "reports.Verdict reports.VerdictDecision",
        VERDICT_READERS,
        "reports:verdict reports:write_verdict",
    ),
    Shown(
        "what someone called what they saved is read by them alone",
        "reports.SavedView.name",
        {"leader": "leader", "far": "far_leader"},
        "reports:explore reports:side_by_side reports:rename_view reports:remove_view",
    ),
    Shown(
        "what was decided of it is read by everybody there, and who recorded it",
        "reports.VerdictDecision people.User.name",
        {"decided": DECISIONS_HERE, "owner": DECISIONS_HERE},
        "reports:decided reports:verdict",
    ),
    Shown(
        "which committee reads them is for who writes them",
        "reports.CommitteeDate",
        {"service": may(Act.WRITE_BRIEFINGS, "service")},
        "reports:briefing reports:committee_dates",
    ),
    Shown(
        "what background work said is for who looks after it",
        "reports.Run",
        {"here": may(Act.SEE_RUNS, "service"), "far": may(Act.SEE_RUNS, "far")},
        "reports:runs",
    ),
    Shown(
        "who could approve a unit's briefings is named to those who write them",
        "people.User.name people.User.post",
        {
            "psw": "sibling_psw",
            "second_psw": "sibling_psw",
            "sibling_psw": "psw second_psw",
        },
        "reports:schedule",
    ),
    Shown(
        "who released a quotation is named to those who write the briefing",
        "people.User.name",
        {"psw": "second_psw sibling_psw"},
        "reports:briefing reports:release",
    ),
    Shown(
        "who wrote and who approved a briefing is named in it",
        "people.User.name people.User.post",
        {
            "psw": "second_psw approver issuer",
            "second_psw": "psw leader owner",
            "far_psw": "far_leader between lent",
            # named where they are waited for, too
            "approver": f"{WRITE_SIBLING} issuer",
            "issuer": f"{WRITE_SIBLING} approver",
        },
        "reports:",
    ),
    Shown(
        "who put a verdict file before leaders is named in it",
        "people.User.name people.User.post",
        {"psw": "leader owner second_psw"},
        "reports:verdict",
    ),
    Shown(
        "who is asked is named with what is asked",
        "people.User.name people.User.post",
        {
            "leader": PSWS_HERE,
            "owner": f"{PSWS_HERE} leader approver issuer",
            "far_leader": "far_psw between lent",
        },
        "reports:",
    ),
]
