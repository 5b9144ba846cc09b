"""What notes add up to, two that stand beside each other, and what leaders are told."""

from practicelens.people.permissions import Act
from tests.access.people import EVERYBODY, may
from tests.access.table.rules import (
    ADMIN_FAR,
    ADMIN_HERE,
    FORM,
    PSWS_HERE,
    PSWS_THERE,
    SEND,
    SHOW,
    SOMEBODY,
    Rule,
)

PAIRS = [
    Rule(
        "two notes beside each other are read by both observers, and by who may read both",
        of="pair",
        may={"standing": "observer psw second_psw", "withdrawn": ""},
        pages={"reports:pair": SHOW},
    ),
    Rule(
        "and taken apart by either observer",
        of="pair",
        may={"standing": "observer psw", "withdrawn": ""},
        sees={"standing": "second_psw"},
        pages={"reports:unpair": SEND},
    ),
    Rule(
        "practice leaders read what many pairs say",
        may=may(Act.READ_OBSERVATIONS),
        pages={"reports:pairs": SHOW},
    ),
]

SUMMARIES = [
    Rule(
        "what was said on a card is taken back by whoever has the link for it",
        of="card that came in",
        may={"here": SOMEBODY},
        public=True,
        pages={"families:words": FORM},
    ),
    Rule(
        "practice leaders read what the notes of their part add up to",
        may=may(Act.READ_SUMMARIES),
        pages={
            "reports:summary": SHOW,
            "reports:coverage": SHOW,
            "reports:figures_csv": SHOW,
        },
    ),
    Rule(
        "and the passages of a theme that is open to them",
        of="theme",
        may=PSWS_THERE,
        pages={"reports:summary_theme": SHOW},
    ),
    Rule(
        "and of a criterion of a published version",
        of="criterion",
        may={"published": PSWS_HERE, "retired": PSWS_HERE, "drafted": "", "far": PSWS_THERE["far"]},
        pages={"reports:summary_criterion": SHOW},
    ),
    Rule(
        "how a figure is worked out and a suggestion is made is for everybody",
        may=EVERYBODY,
        pages={"reports:definitions": SHOW, "reports:how": SHOW},
    ),
    Rule(
        "practice leaders and system admins look after background work",
        may=may(Act.SEE_RUNS),
        refused=403,
        pages={"reports:runs": SHOW},
    ),
    Rule(
        "and do again what was done for a unit that they reach",
        of="run",
        may={"here": may(Act.SEE_RUNS, "service"), "far": may(Act.SEE_RUNS, "far")},
        pages={"reports:run_again": SEND},
    ),
]

WRITE, WRITE_SIBLING = (may(Act.WRITE_BRIEFINGS, unit) for unit in ["service", "sibling"])
READ, READ_FAR = (may(Act.READ_BRIEFINGS, unit) for unit in ["service", "far"])
WRITERS = {
    "drafted": WRITE,
    "sent": WRITE,
    "approved": WRITE,
    "issued": WRITE,
    "superseded": WRITE,
    "reissued": WRITE,
    "sibling": WRITE_SIBLING,
    "apart": WRITE_SIBLING,
    "far": may(Act.WRITE_BRIEFINGS, "far"),
}
LOOKED_OVER = WRITERS | {"apart": f"{WRITE_SIBLING} approver issuer"}
BRIEFING_READERS = LOOKED_OVER | {
    "issued": READ,
    "superseded": READ,
    "reissued": READ,
    "far": READ_FAR,
}
WHILE_DRAFTED = dict.fromkeys(WRITERS, "") | {"drafted": WRITE, "sibling": WRITE_SIBLING}
ASK_READERS = {
    "drafted": "",
    "issued": READ,
    "superseded": "",
    "reissued": READ,
    "sibling": "",
    "apart": "",
    "far": READ_FAR,
}

ASKERS = may(Act.DECIDE_RECOMMENDATIONS, "service")

BRIEFINGS = [
    Rule(
        "practice leaders and leaders have a list of briefings, and one of what was asked",
        may=may(Act.READ_BRIEFINGS),
        pages={"reports:briefings": SHOW, "reports:recommendations": SHOW},
    ),
    Rule(
        "what leaders were asked and decided is read by everybody who holds a role",
        may=may(Act.READ_DECISIONS),
        pages={"reports:decided": SHOW},
    ),
    Rule(
        "practice leaders draft a briefing for a unit that they reach",
        may=may(Act.WRITE_BRIEFINGS),
        pages={
            "reports:compose": FORM,
            "reports:content_schema": SHOW,
            "reports:schedules": SHOW,
        },
    ),
    Rule(
        "when drafts of a unit are made is for whoever writes its briefings",
        of="scheduled",
        may={unit: may(Act.WRITE_BRIEFINGS, unit) for unit in ("service", "sibling", "far")},
        pages={
            "reports:schedule": FORM,
            "reports:end_schedule": FORM,
            "reports:committee_dates": FORM,
        },
    ),
    Rule(
        "and so a date of a committee that reads them is removed",
        of="committee date",
        may={"ahead": WRITE},
        pages={"reports:remove_committee_date": SEND},
    ),
    Rule(
        "a briefing is read by practice leaders who reach its unit; once issued, by its leaders",
        of="briefing",
        may=BRIEFING_READERS,
        pages={
            "reports:briefing": SHOW,
            "reports:pdf": SHOW,
            "reports:word": SHOW,
            "reports:briefing_figures_csv": SHOW,
            "reports:briefing_figures_xlsx": SHOW,
        },
    ),
    Rule(
        "once it is issued, whoever reads it checks a paper's fingerprint against it",
        of="briefing",
        may=dict.fromkeys(BRIEFING_READERS, "")
        | {state: BRIEFING_READERS[state] for state in ("issued", "superseded", "reissued", "far")},
        pages={"reports:fingerprint": SHOW},
    ),
    Rule(
        "its public edition is made and taken by whoever writes it, once it is issued",
        of="briefing",
        may=dict.fromkeys(BRIEFING_READERS, "")
        | {state: WRITERS[state] for state in ("issued", "superseded", "reissued", "far")},
        sees=dict.fromkeys(BRIEFING_READERS, "")
        | {state: BRIEFING_READERS[state] for state in ("issued", "superseded", "reissued", "far")},
        pages={
            "reports:public_edition": FORM,
            "reports:public_pdf": SHOW,
            "reports:public_word": SHOW,
            "reports:public_csv": SHOW,
        },
    ),
    Rule(
        "and what leaders asked about it",
        of="briefing",
        may=dict.fromkeys(BRIEFING_READERS, "")
        | {state: BRIEFING_READERS[state] for state in ("issued", "superseded", "reissued", "far")},
        pages={"reports:questions": SHOW},
    ),
    Rule(
        "leaders of its unit ask about a passage of it",
        of="briefing",
        may=dict.fromkeys(BRIEFING_READERS, "")
        | dict.fromkeys(("issued", "superseded", "reissued"), ASKERS)
        | {"far": may(Act.DECIDE_RECOMMENDATIONS, "far")},
        sees=dict.fromkeys(BRIEFING_READERS, "")
        | {state: BRIEFING_READERS[state] for state in ("issued", "superseded", "reissued", "far")},
        pages={"reports:ask": FORM},
    ),
    Rule(
        "a question is read by who reads the briefing",
        of="question",
        may={"asked": READ},
        pages={"reports:question": SHOW},
    ),
    Rule(
        "and answered by who writes those of the unit; who asked it asks on",
        of="question",
        may={"asked": f"{WRITE} owner"},
        sees={"asked": READ},
        pages={"reports:question": SEND},
    ),
    Rule(
        "who opened an issue is for whoever wrote or approved it",
        of="briefing",
        may=dict.fromkeys(BRIEFING_READERS, "")
        | dict.fromkeys(("issued", "superseded", "reissued"), "psw second_psw")
        | {"far": "far_psw"},
        sees=dict.fromkeys(BRIEFING_READERS, "")
        | {state: BRIEFING_READERS[state] for state in ("issued", "superseded", "reissued", "far")},
        pages={"reports:readers": SHOW},
    ),
    Rule(
        "the look of an organisation's briefings in Word is kept by its system admins",
        of="unit",
        may=dict.fromkeys(["service", "team", "sibling", "far"], "")
        | {"here": ADMIN_HERE, "elsewhere": ADMIN_FAR},
        pages={"reports:word_template": FORM, "reports:remove_word_template": SEND},
    ),
    Rule(
        "its writers read it as it will be, its content, and take it through its life",
        of="briefing",
        may=WRITERS,
        sees=BRIEFING_READERS,
        pages={
            "reports:content": SHOW,
            "reports:send": SEND,
            "reports:take_back": SEND,
            "reports:reissue": FORM,
        },
    ),
    Rule(
        "whoever writes, approves or issues it reads it as it will be",
        of="briefing",
        may=LOOKED_OVER,
        sees=BRIEFING_READERS,
        pages={"reports:preview": SHOW},
    ),
    Rule(
        "it is issued by its writers where nobody else is named to",
        of="briefing",
        may=WRITERS | {"apart": "issuer", "sibling": ""},
        sees=BRIEFING_READERS,
        pages={"reports:issue": FORM},
    ),
    Rule(
        "it is approved by another than its author, who may be named for that",
        of="briefing",
        may=LOOKED_OVER | {"sent": "second_psw"},
        sees=BRIEFING_READERS,
        pages={"reports:approve": SEND},
    ),
    Rule(
        "its words, findings and recommendations change only while it is a draft",
        of="briefing",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        answers=(200, 302, 409, 422),
        pages={
            "reports:gather_again": SEND,
            "reports:part": FORM,
            "reports:take_words": SEND,
            "reports:add_finding": FORM,
            "reports:edit_recommendations": SHOW,
            "reports:add_recommendation": FORM,
            "reports:release": FORM,
        },
    ),
    Rule(
        "and so each of its findings",
        of="finding",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        answers=(200, 302, 409, 422),
        pages={
            "reports:finding": FORM,
            "reports:looked": FORM,
            "reports:drop_finding": SEND,
            "reports:not_the_opposite": SEND,
        },
    ),
    Rule(
        "and one is started from an early sign of its months that the writer may decide about",
        of="offered",
        may=WHILE_DRAFTED | {"drafted": ""},
        sees=BRIEFING_READERS | {"drafted": ""},
        pages={"reports:tell_early_sign": SEND},
    ),
    Rule(
        "and its evidence, of passages that the writer may read",
        of="finding",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        body={"how": "quote"},
        pages={"reports:evidence": SHOW, "reports:change_evidence": SEND},
    ),
    Rule(
        "a passage that is not named is not there, even to a writer",
        of="finding",
        may={},
        sees=BRIEFING_READERS | {"drafted": "", "sibling": "", "apart": ""},
        pages={"reports:evidence": SEND},
    ),
    Rule(
        "a quotation that was released is taken back while it is a draft",
        of="released",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        pages={"reports:withdraw_release": SEND},
    ),
    Rule(
        "a dropped finding is brought back while it is a draft",
        of="dropped",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        pages={"reports:dropped": SHOW, "reports:undo_drop": SEND},
    ),
    Rule(
        "what is asked changes while it is a draft",
        of="asked",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        pages={"reports:edit_recommendation": FORM, "reports:remove_recommendation": SEND},
    ),
    Rule(
        "a recommendation of an issue that stands is read by who reads the issue",
        of="recommendation",
        may=ASK_READERS,
        pages={"reports:recommendation": SHOW},
    ),
    Rule(
        "and answered by its owner, once",
        of="recommendation",
        may=dict.fromkeys(ASK_READERS, "") | {"reissued": "owner", "far": "far_leader"},
        sees=ASK_READERS,
        pages={"reports:recommendation": SEND},
    ),
    Rule(
        "where to go back after a decision is listed for who writes briefings",
        may=may(Act.WRITE_BRIEFINGS),
        pages={"reports:return_visits": SHOW},
    ),
    Rule(
        "and planned, told or closed by who writes those of the unit",
        of="return visit",
        may={"due": WRITE},
        pages={
            "reports:plan_return_visit": FORM,
            "reports:tell_return_visit": FORM,
            "reports:close_return_visit": FORM,
        },
    ),
    Rule(
        "that it was done is said by who writes the briefing",
        of="recommendation",
        may=dict.fromkeys(ASK_READERS, "")
        | {"issued": WRITE, "reissued": WRITE, "far": WRITERS["far"]},
        sees=ASK_READERS,
        pages={"reports:mark_done": FORM},
    ),
]

WRITE_HERE = may(Act.WRITE_VERDICTS, "service")
VERDICT_READERS = {
    "drafted": WRITE_HERE,
    "issued": may(Act.READ_VERDICTS, "service"),
    "decided": may(Act.READ_VERDICTS, "service"),
    "far": may(Act.READ_VERDICTS, "far"),
}
VERDICT_WRITERS = {
    **dict.fromkeys(["drafted", "issued", "decided"], WRITE_HERE),
    "far": may(Act.WRITE_VERDICTS, "far"),
}
DECIDERS = may(Act.DECIDE_VERDICTS, "service")
WHILE_OPEN = dict.fromkeys(VERDICT_READERS, "") | {"drafted": WRITE_HERE}

EXPLORE = [
    Rule(
        "whoever reads briefings explores what they told, and saves what they asked",
        may=may(Act.READ_BRIEFINGS),
        body={"page": "explore", "name": "What I asked"},
        pages={"reports:explore": SHOW, "reports:side_by_side": SHOW, "reports:save_view": SEND},
    ),
    Rule(
        "what someone saved is renamed and removed by them alone",
        of="saved view",
        may={"leader": "leader", "far": "far_leader"},
        pages={"reports:rename_view": FORM, "reports:remove_view": FORM},
    ),
]

VERDICTS = [
    Rule(
        "practice leaders and leaders have a list of verdict files",
        may=may(Act.READ_VERDICTS),
        pages={"reports:verdicts": SHOW},
    ),
    Rule(
        "practice leaders open one",
        may=may(Act.WRITE_VERDICTS),
        pages={"reports:open_verdict": FORM},
    ),
    Rule(
        "one is read by practice leaders who reach its unit; once put before leaders, by them",
        of="verdict",
        may=VERDICT_READERS,
        pages={
            "reports:verdict": SHOW,
            "reports:verdict_pdf": SHOW,
            "reports:verdict_word": SHOW,
        },
    ),
    Rule(
        "it is written while it is a draft",
        of="verdict",
        may=WHILE_OPEN,
        sees=VERDICT_READERS,
        pages={"reports:write_verdict": FORM, "reports:count_verdict_again": SEND},
    ),
    Rule(
        "what putting it before leaders does is shown to those who write there",
        of="verdict",
        may=VERDICT_WRITERS,
        sees=VERDICT_READERS,
        pages={"reports:issue_verdict": SHOW},
    ),
    Rule(
        "and who wrote none of it does so",
        of="verdict",
        may=VERDICT_WRITERS | {"drafted": "second_psw"},
        sees=VERDICT_READERS,
        pages={"reports:issue_verdict": SEND},
    ),
    Rule(
        "a leader of its unit decides",
        of="verdict",
        may={"drafted": "", "issued": DECIDERS, "decided": DECIDERS}
        | {"far": may(Act.DECIDE_VERDICTS, "far")},
        sees=VERDICT_READERS,
        pages={"reports:decide_verdict": FORM},
    ),
]
