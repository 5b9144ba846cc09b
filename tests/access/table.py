"""Who may see and do what: the one table that every address is held against.

A rule names its pages with the methods they take, the kind of thing they are about, and for each
state of it who may, and who may see the thing but not do this (`sees`: 403). To everybody else who
is signed in, the thing is not there (`refused`: 404, unless it says otherwise). Nobody who is not
signed in gets further than the sign-in page, save where a rule is `public`. A method that no rule
gives a page is refused with 405.

The people are those of people.py; the states are those in which the objects of world.py stand.
"""

from dataclasses import dataclass, field

from practicelens.people.permissions import Act
from tests.access.people import ELSEWHERE, EVERYBODY, HERE, may, may_within

SHOW = "GET HEAD"
SEND = "POST"
FORM = "GET HEAD POST"
OWN = "GET HEAD POST PUT OPTIONS"  # a page of the sign-in package: a form, sent by POST or PUT

SOMEBODY = f"{EVERYBODY} nobody disabled"
PSWS = may(Act.WRITE_OBSERVATIONS)
PSWS_HERE = may_within(Act.DECIDE_THEMES, "here")
PSWS_THERE = {"here": PSWS_HERE, "far": may_within(Act.DECIDE_THEMES, "elsewhere")}
FRAMEWORK_ADMINS = may(Act.KEEP_FRAMEWORKS)
KEEP_HERE, KEEP_FAR = may(Act.KEEP_FRAMEWORKS, "here"), may(Act.KEEP_FRAMEWORKS, "elsewhere")
KEEPERS = {"here": KEEP_HERE, "far": KEEP_FAR}
EVERYBODY_THERE = {"here": HERE, "far": ELSEWHERE}
CODING_HERE = may_within(Act.LOOK_AFTER_CODING, "here")
CODING = {"here": CODING_HERE, "far": may_within(Act.LOOK_AFTER_CODING, "elsewhere")}
SYSTEM_ADMINS = may(Act.KEEP_PEOPLE)
ADMIN_HERE, ADMIN_FAR = may(Act.KEEP_PEOPLE, "here"), may(Act.KEEP_PEOPLE, "elsewhere")
GOVERNANCE = may(Act.READ_LOG)


@dataclass(frozen=True)
class Rule:
    about: str
    pages: dict
    may: dict | str
    of: str = ""
    sees: dict = field(default_factory=dict)
    refused: int = 404
    public: bool = False
    answers: tuple = (200, 302, 422)
    body: dict = field(default_factory=dict)

    def takes(self, name, method):
        return method in self.pages.get(name, "").split()

    def states(self):
        return list(self.may) if self.of else [""]

    def expected(self, person, state):
        """The statuses that may answer this person about a thing in this state."""
        may = self.may.get(state, "") if self.of else self.may
        if person in may.split():
            return self.answers
        if person in self.sees.get(state, "").split():
            return (403,)
        return (self.refused,)


# Notes

READ_TEAM = may(Act.READ_OBSERVATIONS, "team")
NOTE_READERS = {
    "draft": "observer",
    "submitted": READ_TEAM,
    "shared": f"{READ_TEAM} practitioner",
    "answered": f"{READ_TEAM} practitioner",
    "withdrawn": "observer",
    "tried": "observer",
    "beside": READ_TEAM,
    "sibling": may(Act.READ_OBSERVATIONS, "sibling"),
    "far": may(Act.READ_OBSERVATIONS, "far"),
    "left": f"{READ_TEAM} practitioner mover",
    "left_draft": "mover",
}
NOTE_WRITERS = {
    "draft": "observer",
    "submitted": "observer",
    "shared": "observer",
    "answered": "observer",
    "withdrawn": "",
    "tried": "observer",
    "beside": "psw",
    "sibling": "sibling_psw",
    "far": "far_psw",
    "left": "",
    "left_draft": "",
}
AFTER_SUBMITTING = NOTE_WRITERS | {"draft": "", "tried": ""}
CODE_TEAM = may(Act.DECIDE_THEMES, "team")
CODE_SERVICE = may(Act.DECIDE_THEMES, "service")
CODERS = {
    "draft": "",
    "submitted": CODE_TEAM,
    "shared": CODE_TEAM,
    "answered": CODE_TEAM,
    "withdrawn": "",
    "tried": "",
    "beside": CODE_TEAM,
    "sibling": may(Act.DECIDE_THEMES, "sibling"),
    "far": may(Act.DECIDE_THEMES, "far"),
    "left": CODE_TEAM,
    "left_draft": "",
}

NOTES = [
    Rule(
        "a note is read by its observer, by practice leaders who reach its unit once it counts, "
        "and by the practitioner once it is shared; withdrawn, by its observer alone",
        of="note",
        may=NOTE_READERS,
        pages={"observations:observation": SHOW},
    ),
    Rule(
        "a draft is written by its observer alone, and only while it is a draft",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"draft": "observer"},
        sees=NOTE_READERS,
        pages={
            "observations:ratings": SHOW,
            "observations:section": FORM,
            "observations:entries": SHOW,
            "observations:entry": FORM,
            "observations:remove_entry": FORM,
            "observations:copy": FORM,
            "observations:check": FORM,
        },
    ),
    Rule(
        "what was agreed afterwards is the observer's to write, once the note counts",
        of="note",
        may=AFTER_SUBMITTING,
        sees=NOTE_READERS,
        pages={"observations:conversation": FORM},
    ),
    Rule(
        "an observer withdraws a note at any time, once",
        of="note",
        may=NOTE_WRITERS,
        sees=NOTE_READERS,
        pages={"observations:withdraw": FORM},
    ),
    Rule(
        "an observer shares a note that counts, once",
        of="note",
        may=AFTER_SUBMITTING | {"shared": "", "answered": ""},
        sees=NOTE_READERS,
        pages={"observations:share": SEND},
    ),
    Rule(
        "the practitioner answers what was shared with them, once",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"shared": "practitioner", "left": "practitioner"},
        sees=NOTE_READERS,
        pages={"observations:answer": FORM},
    ),
    Rule(
        "practice leaders who reach the unit decide about suggested themes; nobody else meets one",
        of="mention",
        may=CODERS,
        pages={"observations:decide": FORM},
    ),
    Rule(
        "and take back what was decided",
        of="confirmed",
        may=CODERS,
        pages={"observations:undo": SEND},
    ),
    Rule(
        "and code a passage to a theme that nobody suggested",
        of="passage",
        may=CODERS,
        sees=NOTE_READERS,
        pages={"observations:add_mention": FORM},
    ),
    Rule(
        "and about its weak signals; the practitioner never learns of one",
        of="signal",
        may=CODERS,
        pages={"observations:signal": SHOW, "observations:settle_signal": FORM},
    ),
    Rule(
        "and open again what was decided",
        of="kept_signal",
        may=CODERS,
        pages={"observations:undo_signal": SEND},
    ),
    Rule(
        "words that may name somebody are settled by the observer who wrote them",
        of="identifier",
        may=NOTE_WRITERS,
        pages={"observations:settle": SEND},
    ),
    Rule(
        "practice leaders have a page of what no theme covers",
        may=may(Act.DECIDE_THEMES),
        pages={"observations:emerging": SHOW},
    ),
    Rule(
        "and ask for a look over what a codebook of theirs leaves out",
        of="codebook",
        may=PSWS_THERE,
        pages={"observations:look_for_emerging": SEND},
    ),
    Rule(
        "a group is named or dismissed by who may read five passages of it by three observers",
        of="group",
        may={"candidate": CODE_SERVICE},
        pages={"observations:name_theme": FORM, "observations:not_a_theme": SEND},
    ),
    Rule(
        "and brought back by them",
        of="group",
        may={"candidate": CODE_SERVICE, "dismissed": CODE_SERVICE},
        pages={"observations:bring_back_group": SEND},
    ),
    Rule(
        "a draft theme is put to use or taken back by practice leaders whose codebook it is in",
        of="draft_theme",
        may=PSWS_THERE,
        pages={"observations:put_to_use": SEND, "observations:take_back_theme": SEND},
    ),
    Rule(
        "and put back by them, once they were replaced",
        of="replaced",
        may=NOTE_WRITERS,
        pages={"observations:put_back": SEND},
    ),
    Rule(
        "names are looked for as one types, for whoever writes notes or has one to answer",
        may=f"{PSWS} practitioner",
        refused=403,
        pages={"observations:look": SEND},
    ),
    Rule(
        "an observer puts another's note beside their own, once their own counts",
        of="note",
        may=AFTER_SUBMITTING,
        sees=NOTE_READERS,
        pages={"observations:pair": FORM},
    ),
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
    Rule(
        "practice leaders have a list of notes",
        may=may(Act.READ_OBSERVATIONS),
        pages={"observations:list": SHOW},
    ),
    Rule(
        "and a queue of suggested themes",
        may=may(Act.DECIDE_THEMES),
        pages={"observations:review": FORM},
    ),
    Rule(
        "and the weak signals that wait",
        may=may(Act.DECIDE_SIGNALS),
        pages={"observations:signals": SHOW},
    ),
    Rule(
        "practice leaders and framework admins see what reading the archive again would do",
        may=may(Act.LOOK_AFTER_CODING),
        pages={"observations:recodings": SHOW},
    ),
    Rule(
        "and decide whether it is to count, for the codebooks of their part",
        of="recoding",
        may=CODING | {"over": CODING_HERE},
        pages={
            "observations:recoding": SHOW,
            "observations:use_recoding": FORM,
            "observations:leave_recoding": FORM,
        },
    ),
    Rule(
        "they see what the changes of such a codebook would do, and try texts on it",
        of="codebook",
        may=CODING,
        pages={"observations:codebook_preview": SHOW, "observations:bench": FORM},
    ),
    Rule(
        "and its admins put them to use",
        of="codebook",
        may=KEEPERS,
        sees=PSWS_THERE,
        pages={"observations:use_codebook": SEND},
    ),
    Rule(
        "practice leaders begin a note",
        may=PSWS,
        refused=403,
        pages={"observations:start": FORM, "observations:jot": FORM},
    ),
    Rule(
        "everybody reads what was shared with them, and what is held on them",
        may=EVERYBODY,
        pages={"observations:shared": SHOW, "observations:held": SHOW},
    ),
]

# What good looks like

KEEP_VERSIONS = dict.fromkeys(["published", "retired", "drafted"], KEEP_HERE) | {"far": KEEP_FAR}
SEE_VERSIONS = dict.fromkeys(["published", "retired", "drafted"], HERE) | {"far": ELSEWHERE}
SEE_STANDARDS = {"common": EVERYBODY, "here": HERE, "far": ELSEWHERE}
KEEP_STANDARDS = {"common": "", "here": KEEP_HERE, "far": KEEP_FAR}

FRAMEWORKS = [
    Rule(
        "everybody has a list of what is open to them, and chooses the language they read it in",
        may=EVERYBODY,
        pages={
            "frameworks:list": SHOW,
            "frameworks:themes": SHOW,
            "frameworks:standards": SHOW,
            "frameworks:lenses": SHOW,
            "frameworks:causes": SHOW,
            "frameworks:scales": SHOW,
            "frameworks:change_notes": SHOW,
            "frameworks:read_in": FORM,
        },
    ),
    Rule(
        "outside standards are open to everybody, and an organisation's own in its tree",
        of="standard",
        may=SEE_STANDARDS,
        pages={"frameworks:standard": SHOW},
    ),
    Rule(
        "a standard is changed by the admins whose own it is",
        of="standard",
        may=KEEP_STANDARDS,
        sees=SEE_STANDARDS,
        pages={"frameworks:standard_edit": FORM, "frameworks:standard_delete": SEND},
    ),
    Rule(
        "and one that was deleted is put back by those who keep it",
        of="standard_deletion",
        may={"here": KEEP_HERE},
        pages={"frameworks:standard_restore": SEND},
    ),
    Rule(
        "and copied by any that may read it",
        of="standard",
        may=KEEP_STANDARDS | {"common": FRAMEWORK_ADMINS},
        sees=SEE_STANDARDS,
        pages={"frameworks:standard_ours": SEND},
    ),
    Rule(
        "framework admins add standards",
        may=FRAMEWORK_ADMINS,
        pages={"frameworks:standard_new": FORM, "frameworks:standard_load": FORM},
    ),
    Rule(
        "and tie criteria to clauses in the frameworks that they keep",
        of="version",
        may=KEEP_VERSIONS,
        sees=SEE_VERSIONS,
        pages={"frameworks:crosswalk": FORM},
    ),
    Rule(
        "they look at its second language",
        of="version",
        may=KEEP_VERSIONS,
        sees=SEE_VERSIONS,
        pages={
            "frameworks:second_language": SHOW,
            "frameworks:second_words": SHOW,
            "frameworks:delete_second_language": SHOW,
        },
    ),
    Rule(
        "and change it, until the version is retired",
        of="version",
        may=KEEP_VERSIONS | {"retired": ""},
        sees=SEE_VERSIONS,
        pages={
            "frameworks:second_language": SEND,
            "frameworks:second_words": SEND,
            "frameworks:delete_second_language": SEND,
        },
    ),
    Rule(
        "words left over in it are deleted and put back",
        of="left_over",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:forget_words": SEND},
    ),
    Rule(
        "and what was deleted of it is put back",
        of="forgotten",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:restore_words": SEND},
    ),
    Rule(
        "a framework is read by everybody in the part of the tree that it is for",
        of="framework",
        may=EVERYBODY_THERE,
        pages={"frameworks:framework": SHOW, "frameworks:compare": SHOW},
    ),
    Rule(
        "and so are its published versions; a draft by framework admins",
        of="version",
        may={"published": HERE, "retired": HERE, "drafted": KEEP_HERE, "far": ELSEWHERE},
        pages={
            "frameworks:version": SHOW,
            "frameworks:export_json": SHOW,
            "frameworks:export_xlsx": SHOW,
        },
    ),
    Rule(
        "whoever may read a published version may say that they saw it come into force",
        of="version",
        may={"published": HERE, "retired": HERE, "drafted": "", "far": ELSEWHERE},
        pages={"frameworks:told": SEND},
    ),
    Rule(
        "its admins retire it",
        of="version",
        may=KEEP_VERSIONS | {"drafted": ""},
        sees={"published": HERE, "retired": HERE, "far": ELSEWHERE},
        pages={"frameworks:retire": FORM},
    ),
    Rule(
        "in short a framework is read by anybody at all, if its admins opened it",
        of="framework",
        may={"here": HERE, "far": SOMEBODY},
        public=True,
        pages={"frameworks:outside": SHOW, "frameworks:outside_pdf": SHOW},
    ),
    Rule(
        "and so is each version that came into use; a draft by nobody",
        of="version",
        may={
            "published": HERE,
            "retired": HERE,
            "drafted": "",
            "far": SOMEBODY,
        },
        public=True,
        pages={"frameworks:outside_version": SHOW, "frameworks:outside_version_pdf": SHOW},
    ),
    Rule(
        "a theme is read by everybody in the part of the tree that its codebook is for",
        of="theme",
        may=EVERYBODY_THERE,
        pages={"frameworks:theme": SHOW},
    ),
    Rule(
        "a codebook is changed by its admins; those who read it may not",
        of="kept_codebook",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:codebook": SHOW,
            "frameworks:codebook_history": SHOW,
            "frameworks:add_theme": FORM,
        },
    ),
    Rule(
        "so are its themes",
        of="kept_theme",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:edit_theme": FORM,
            "frameworks:move_theme": SEND,
            "frameworks:leave_theme": SEND,
            "frameworks:keep_theme": SEND,
            "frameworks:bring_back": SEND,
            "frameworks:end_theme": FORM,
        },
    ),
    Rule(
        "and one that was deleted is put back by them",
        of="theme_deletion",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={"frameworks:restore_theme": SEND},
    ),
    Rule(
        "a framework admin begins a framework",
        may=FRAMEWORK_ADMINS,
        pages={
            "frameworks:new": FORM,
            "frameworks:new_from_starter": FORM,
            "frameworks:import_file": FORM,
            "frameworks:import_template": SHOW,
            "frameworks:import_schema": SHOW,
        },
    ),
    Rule(
        "what a file would change is shown to whoever sent it",
        of="file",
        may=KEEPERS,
        pages={"frameworks:import_check": FORM},
    ),
    Rule(
        "a framework is changed by its admins; those who read it may not",
        of="framework",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:start_draft": SEND,
            "frameworks:history": SHOW,
            "frameworks:open_outside": FORM,
        },
    ),
    Rule(
        "so is its draft",
        of="draft",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={
            "frameworks:draft": SHOW,
            "frameworks:draft_about": FORM,
            "frameworks:lineage": FORM,
            "frameworks:add_domain": FORM,
            "frameworks:trial": FORM,
            "frameworks:correct": SEND,
            "frameworks:end_trial": SEND,
            "frameworks:erase_trial": FORM,
            "frameworks:publish": FORM,
            "observations:made_up_visit": FORM,
        },
    ),
    Rule(
        "and a domain of the draft",
        of="draft_domain",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:add_criterion": FORM},
    ),
    Rule(
        "and a criterion of it",
        of="draft_criterion",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={
            "frameworks:draft_part": FORM,
            "frameworks:move_part": SEND,
            "frameworks:duplicate": SEND,
            "frameworks:delete_part": SEND,
        },
    ),
    Rule(
        "what was deleted from it is put back by its admins",
        of="deletion",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:restore": SEND},
    ),
    Rule(
        "what was there before a file took its place is downloaded by its admins",
        of="imported",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:export_before": SHOW},
    ),
]

KINDS_SHARED = ("lenses", "causes", "scales")
SEE_SHARED = (
    {"shipped": EVERYBODY}
    | {f"{kind} here": HERE for kind in KINDS_SHARED}
    | {f"{kind} far": ELSEWHERE for kind in KINDS_SHARED}
)
KEEP_SHARED = (
    {"shipped": ""}
    | {f"{kind} here": KEEP_HERE for kind in KINDS_SHARED}
    | {f"{kind} far": KEEP_FAR for kind in KINDS_SHARED}
)

SHARED = [
    Rule(
        "lenses, causes and scales are read where they are shipped or made",
        of="shared",
        may=SEE_SHARED,
        pages={"frameworks:shared_row": SHOW},
    ),
    Rule(
        "they are changed by the admins whose own they are; nobody changes those shipped",
        of="shared",
        may=KEEP_SHARED,
        sees=SEE_SHARED,
        pages={"frameworks:shared_edit": FORM, "frameworks:shared_delete": SEND},
    ),
    Rule(
        "a framework admin copies any that they may read",
        of="shared",
        may=KEEP_SHARED | {"shipped": FRAMEWORK_ADMINS},
        sees=SEE_SHARED,
        pages={"frameworks:shared_ours": SEND},
    ),
    Rule(
        "and makes others",
        of="shared_kind",
        may=dict.fromkeys(KINDS_SHARED, FRAMEWORK_ADMINS),
        pages={"frameworks:shared_new": FORM},
    ),
    Rule(
        "what was deleted of them is put back by those who keep it",
        of="shared_deletion",
        may={"here": KEEP_HERE},
        pages={"frameworks:shared_restore": SEND},
    ),
]

# How passages come to their themes

LEARNING = [
    Rule(
        "practice leaders and framework admins read how themes are learned",
        may=may(Act.LOOK_AFTER_CODING),
        pages={"observations:themes": SHOW},
    ),
    Rule(
        "and each theme of a codebook over what they reach",
        of="theme",
        may=CODING,
        pages={"observations:theme": SHOW},
    ),
    Rule(
        "and ask for it to be learned anew",
        of="codebook",
        may=CODING,
        pages={"observations:learn": SEND},
    ),
    Rule(
        "and decide about the words that are proposed for it",
        of="word",
        may=CODING,
        pages={"observations:decide_word": SEND},
    ),
]

# What it adds up to

SUMMARIES = [
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

# What leaders are told

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
    "far": may(Act.WRITE_BRIEFINGS, "far"),
}
BRIEFING_READERS = WRITERS | {
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
    "far": READ_FAR,
}

BRIEFINGS = [
    Rule(
        "practice leaders and leaders have a list of briefings, and one of what was asked",
        may=may(Act.READ_BRIEFINGS),
        pages={"reports:briefings": SHOW, "reports:asks": SHOW},
    ),
    Rule(
        "practice leaders draft a briefing for a unit that they reach",
        may=may(Act.WRITE_BRIEFINGS),
        pages={"reports:compose": FORM, "reports:content_schema": SHOW},
    ),
    Rule(
        "a briefing is read by practice leaders who reach its unit; once issued, by its leaders",
        of="briefing",
        may=BRIEFING_READERS,
        pages={"reports:briefing": SHOW, "reports:pdf": SHOW},
    ),
    Rule(
        "its writers read it as it will be, its content, and take it through its life",
        of="briefing",
        may=WRITERS,
        sees=BRIEFING_READERS,
        pages={
            "reports:preview": SHOW,
            "reports:content": SHOW,
            "reports:send": SEND,
            "reports:take_back": SEND,
            "reports:issue": FORM,
            "reports:reissue": FORM,
        },
    ),
    Rule(
        "it is approved by another than its author",
        of="briefing",
        may=WRITERS | {"sent": "second_psw"},
        sees=BRIEFING_READERS,
        pages={"reports:approve": SEND},
    ),
    Rule(
        "its words, findings and asks change only while it is a draft",
        of="briefing",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        answers=(200, 302, 409, 422),
        pages={
            "reports:gather_again": SEND,
            "reports:part": FORM,
            "reports:add_finding": FORM,
            "reports:edit_asks": SHOW,
            "reports:add_ask": FORM,
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
        "and one is started from a weak signal of its months that the writer may decide about",
        of="offered",
        may=WHILE_DRAFTED | {"drafted": ""},
        sees=BRIEFING_READERS | {"drafted": ""},
        pages={"reports:tell_signal": SEND},
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
        sees=BRIEFING_READERS | {"drafted": "", "sibling": ""},
        pages={"reports:evidence": SEND},
    ),
    Rule(
        "a quotation that was let go is taken back while it is a draft",
        of="released",
        may=WHILE_DRAFTED,
        sees=BRIEFING_READERS,
        pages={"reports:take_back_release": SEND},
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
        pages={"reports:edit_ask": FORM, "reports:remove_ask": SEND},
    ),
    Rule(
        "an ask of an issue that stands is read by who reads the issue",
        of="ask",
        may=ASK_READERS,
        pages={"reports:ask": SHOW},
    ),
    Rule(
        "and answered by its owner, once",
        of="ask",
        may=dict.fromkeys(ASK_READERS, "") | {"reissued": "owner", "far": "far_leader"},
        sees=ASK_READERS,
        pages={"reports:ask": SEND},
    ),
    Rule(
        "that it was done is said by who writes the briefing",
        of="ask",
        may=dict.fromkeys(ASK_READERS, "")
        | {"issued": WRITE, "reissued": WRITE, "far": WRITERS["far"]},
        sees=ASK_READERS,
        pages={"reports:mark_done": FORM},
    ),
]

# People and the log

ONLY_THEIRS = {
    "practitioner": ADMIN_HERE,
    "far_psw": ADMIN_FAR,
    "no_role": SYSTEM_ADMINS,
    "between": "",
}

PEOPLE = [
    Rule(
        "system admins have the people and the units of their part",
        may=SYSTEM_ADMINS,
        pages={
            "people:list": SHOW,
            "people:add": FORM,
            "people:units": SHOW,
            "people:add_unit": FORM,
        },
    ),
    Rule(
        "a person is seen by the system admins of where they hold a role, or of anywhere if nowhere",
        of="person",
        may=ONLY_THEIRS | {"between": SYSTEM_ADMINS},
        pages={"people:person": SHOW},
    ),
    Rule(
        "and changed by them if they hold no role elsewhere",
        of="person",
        may=ONLY_THEIRS,
        sees={"between": SYSTEM_ADMINS},
        pages={
            "people:edit": FORM,
            "people:link": SHOW,
            "people:new_link": SEND,
            "people:disable": FORM,
            "people:enable": FORM,
            "people:give_role": FORM,
        },
    ),
    Rule(
        "a role is ended by the system admins of where it is held",
        of="role",
        may={"practitioner": ADMIN_HERE, "far_psw": ADMIN_FAR},
        pages={"people:end_role": FORM},
    ),
    Rule(
        "a unit is looked after by the system admins who reach it",
        of="unit",
        may=dict.fromkeys(["here", "service", "team", "sibling"], ADMIN_HERE)
        | dict.fromkeys(["elsewhere", "far"], ADMIN_FAR),
        pages={
            "people:unit": FORM,
            "people:move_unit": FORM,
            "people:close_unit": FORM,
            "people:reopen_unit": FORM,
        },
    ),
    Rule(
        "information governance leads read the log of their part",
        may=GOVERNANCE,
        pages={"audit:log": SHOW},
    ),
    Rule(
        "everybody has a first page and a page of their own",
        may=EVERYBODY,
        pages={"home": SHOW, "people:me": SHOW},
    ),
    Rule(
        "help and what is said of privacy and accessibility are open to anybody",
        may=SOMEBODY,
        public=True,
        pages={"people:help": SHOW, "people:privacy": SHOW, "people:accessibility": SHOW},
    ),
    Rule(
        "whether background work goes on is open to anybody, and says nothing else",
        may=SOMEBODY,
        public=True,
        answers=(200, 503),
        pages={"health": SHOW},
    ),
    Rule(
        "signing in is open to anybody",
        may=SOMEBODY,
        public=True,
        pages={
            "account_logout": "GET HEAD POST OPTIONS",
            "account_inactive": "GET HEAD OPTIONS",
            "account_reset_password": OWN,
            "account_reset_password_done": "GET HEAD OPTIONS",
            "account_reset_password_from_key_done": "GET HEAD OPTIONS",
        },
    ),
    Rule(
        "who is signed in already, or has no good link, is sent on whatever they ask",
        may=SOMEBODY,
        public=True,
        answers=(200, 302, 405),
        pages={
            "account_login": f"{OWN} PATCH DELETE",
            "account_signup": f"{OWN} PATCH DELETE",
            "account_reset_password_from_key": f"{OWN} PATCH DELETE",
        },
    ),
    Rule(
        "who has a password is sent on to change it",
        may=EVERYBODY,
        pages={"account_set_password": f"{OWN} PATCH DELETE"},
    ),
    Rule(
        "one's own password is changed by whoever is signed in",
        may=EVERYBODY,
        pages={
            "account_reauthenticate": OWN,
            "account_change_password": OWN,
        },
    ),
]

TABLE = [*NOTES, *FRAMEWORKS, *SHARED, *LEARNING, *SUMMARIES, *BRIEFINGS, *PEOPLE]
