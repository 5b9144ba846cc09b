"""Notes, what is suggested about them, and how passages come to their themes."""

from practicelens.people.permissions import Act
from tests.access.people import EVERYBODY, HERE, may
from tests.access.table.rules import (
    CODING,
    CODING_HERE,
    FORM,
    KEEP_HERE,
    KEEPERS,
    PSWS,
    PSWS_THERE,
    SEND,
    SHOW,
    SOMEBODY,
    Rule,
)

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
        "a draft is opened by its observer alone, who is led on to the note once it is none",
        of="note",
        may=NOTE_WRITERS | {"withdrawn": "observer", "left": "mover", "left_draft": "mover"},
        sees=NOTE_READERS,
        pages={
            "observations:ratings": SHOW,
            "observations:section": SHOW,
            "observations:entries": SHOW,
            "observations:entry": SHOW,
            "observations:remove_entry": SHOW,
            "observations:cut": SHOW,
            "observations:copy": SHOW,
            "observations:fresh_themes": SHOW,
            "observations:check": SHOW,
        },
    ),
    Rule(
        "a draft is written by its observer alone, and only while it is a draft",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"draft": "observer"},
        sees=NOTE_READERS,
        pages={
            "observations:section": SEND,
            "observations:entry": SEND,
            "observations:remove_entry": SEND,
            "observations:cut": SEND,
            "observations:copy": SEND,
            "observations:fresh_themes": SEND,
        },
    ),
    Rule(
        "a draft is submitted or finished by its observer, who is led on to the note once it is",
        of="note",
        may=NOTE_WRITERS,
        sees=NOTE_READERS,
        pages={"observations:check": SEND},
    ),
    Rule(
        "what was agreed afterwards is the observer's to write, once the note counts",
        of="note",
        may=AFTER_SUBMITTING,
        sees=NOTE_READERS,
        pages={"observations:conversation": FORM},
    ),
    Rule(
        "and the practitioner's to agree to, once they have opened it; then they are led on",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"left": "practitioner", "answered": "practitioner"},
        sees=NOTE_READERS,
        pages={"observations:agree": FORM},
    ),
    Rule(
        "to which both can add from then on",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"answered": "observer practitioner"},
        sees=NOTE_READERS,
        pages={"observations:add_to_conversation": FORM},
    ),
    Rule(
        "an observer withdraws a note at any time, once, and is led on to it after",
        of="note",
        may=NOTE_WRITERS | {"withdrawn": "observer"},
        sees=NOTE_READERS,
        pages={"observations:withdraw": FORM},
    ),
    Rule(
        "an observer shares a note that counts, once, and is led on to it after",
        of="note",
        may=AFTER_SUBMITTING,
        sees=NOTE_READERS,
        pages={"observations:share": FORM},
    ),
    Rule(
        "and takes that back, until the practitioner has opened it",
        of="note",
        may=AFTER_SUBMITTING | {"answered": ""},
        sees=NOTE_READERS,
        pages={"observations:take_sharing_back": FORM},
    ),
    Rule(
        "the practitioner answers what was shared with them, once, and is led on to it after",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "")
        | dict.fromkeys(["shared", "answered", "left"], "practitioner"),
        sees=NOTE_READERS,
        pages={"observations:reply": FORM},
    ),
    Rule(
        "to which they add from then on",
        of="note",
        may=dict.fromkeys(NOTE_READERS, "") | {"answered": "practitioner"},
        sees=NOTE_READERS,
        pages={"observations:add_to_reply": FORM},
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
        "and about its early signs; the practitioner never learns of one",
        of="early_sign",
        may=CODERS,
        pages={"observations:early_sign": SHOW, "observations:settle_early_sign": FORM},
    ),
    Rule(
        "and open again what was decided",
        of="kept_early_sign",
        may=CODERS,
        pages={"observations:undo_early_sign": SEND},
    ),
    Rule(
        "words that may name someone are settled by the observer who wrote them",
        of="redaction",
        may=NOTE_WRITERS,
        pages={"observations:settle": SEND},
    ),
    Rule(
        "which role stands for whom in a note is its observer's",
        of="note",
        may=NOTE_WRITERS,
        pages={"observations:remember_role": SEND},
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
        "a draft theme started or taken back by practice leaders whose codebook it is in",
        of="draft_theme",
        may=PSWS_THERE,
        pages={"observations:start_using": SEND, "observations:take_back_theme": SEND},
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
        "an observer gives cards to a family, while the note counts or will",
        of="note",
        may=NOTE_WRITERS | {"tried": ""},
        sees=NOTE_READERS,
        pages={"observations:family_cards": FORM},
    ),
    Rule(
        "and hands over, prints and cancels each of them",
        of="family card",
        may=NOTE_WRITERS | {"tried": ""},
        sees=NOTE_READERS,
        pages={
            "observations:family_card": SHOW,
            "observations:family_card_paper": SHOW,
            "observations:cancel_family_card": SEND,
        },
    ),
    Rule(
        "a card is answered by whoever has its link, while it can be",
        of="card link",
        may={"open": SOMEBODY, "used": SOMEBODY},
        public=True,
        answers=(200, 302, 410, 422),
        pages={"family:card": FORM},
    ),
    Rule(
        "framework admins of a whole organisation keep the languages of its cards",
        may=f"{KEEP_HERE} {KEEPERS['far']}",
        pages={"observations:family_languages": FORM},
    ),
    Rule(
        "and the words in each",
        of="card language",
        may=KEEPERS,
        pages={
            "observations:family_language": FORM,
            "observations:remove_family_language": SEND,
        },
    ),
    Rule(
        "and the list of its systems",
        may=f"{KEEP_HERE} {KEEPERS['far']}",
        pages={"observations:systems": FORM},
    ),
    Rule(
        "which they rename, put together and end",
        of="system",
        may=KEEPERS,
        pages={
            "observations:system": FORM,
            "observations:put_systems_together": FORM,
            "observations:end_system": SEND,
        },
    ),
    Rule(
        "bring back, and take apart",
        of="ended system",
        may=KEEPERS,
        pages={"observations:bring_back_system": SEND},
    ),
    Rule(
        "name by name",
        of="system name",
        may=KEEPERS,
        pages={"observations:take_apart_system": SEND},
    ),
    Rule(
        "practice leaders have a list of notes",
        may=may(Act.READ_OBSERVATIONS),
        pages={"observations:list": SHOW},
    ),
    Rule(
        "and take those that count away in a file",
        may=may(Act.READ_OBSERVATIONS),
        pages={"observations:export_xlsx": SHOW, "observations:export_csv": SHOW},
    ),
    Rule(
        "and a queue of suggested themes",
        may=may(Act.DECIDE_THEMES),
        pages={"observations:review": FORM},
    ),
    Rule(
        "and the early signs that wait",
        may=may(Act.DECIDE_EARLY_SIGNS),
        pages={"observations:early_signs": SHOW},
    ),
    Rule(
        "practice leaders and framework admins see what a re-check would do",
        may=may(Act.LOOK_AFTER_CODING),
        pages={"observations:recodings": SHOW},
    ),
    Rule(
        "and decide whether it is to count, for the codebooks of their part",
        of="recoding",
        may={
            "here": CODING_HERE,
            "over": CODING_HERE,
            "far": CODING["far"],
        },
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
        "and its admins start using them",
        of="codebook",
        may=KEEPERS,
        sees=PSWS_THERE,
        pages={"observations:use_codebook": FORM},
    ),
    Rule(
        "practice leaders begin a note",
        may=PSWS,
        refused=403,
        pages={"observations:start": FORM, "observations:quick_note": FORM},
    ),
    Rule(
        "everybody reads what was shared with them, and what is held on them",
        may=EVERYBODY,
        pages={
            "observations:shared": SHOW,
            "observations:held": SHOW,
            "observations:held_json": SHOW,
            "observations:held_pdf": SHOW,
        },
    ),
    Rule(
        "a note that counts goes out on paper to whoever reads it",
        of="note",
        may=NOTE_READERS | dict.fromkeys(["draft", "withdrawn", "tried", "left_draft"], ""),
        sees=NOTE_READERS,
        pages={"observations:observation_pdf": SHOW},
    ),
    Rule(
        "what someone writes for their own record is theirs alone",
        of="cpd_note",
        may={"own": "practitioner"},
        pages={
            "observations:cpd_note": FORM,
            "observations:cpd_settle": SEND,
            "observations:cpd_text": SHOW,
            "observations:cpd_pdf": SHOW,
            "observations:cpd_erase": FORM,
        },
    ),
    Rule(
        "whoever writes observations sees their own pattern, and nobody else's",
        may=PSWS,
        refused=403,
        pages={"observations:my_pattern": SHOW},
    ),
]

OWN_IMPORTS = dict.fromkeys(["refused", "matching", "ready", "done"], "observer") | {
    "far": "far_psw"
}
NOTES += [
    Rule(
        "whoever writes observations imports old ones",
        may=PSWS,
        pages={"observations:imports": FORM},
    ),
    Rule(
        "an import is whose files it is of; nobody else meets it",
        of="import",
        may=OWN_IMPORTS,
        pages={
            "observations:import": SHOW,
            "observations:import_columns": FORM,
            "observations:import_values": FORM,
            "observations:choose_import_rows": SEND,
            "observations:start_import": SEND,
            "observations:undo_import": FORM,
            "observations:discard_import": SEND,
        },
    ),
    Rule(
        "the page that opens without a signal is the same for everybody, and has nobody's data",
        may=SOMEBODY,
        public=True,
        pages={
            "observations:offline": SHOW,
            "observations:offline_worker": SHOW,
            "observations:offline_manifest": SHOW,
            "observations:offline_state": SHOW,
        },
    ),
    Rule(
        "what a device is given and sends is for whoever writes observations",
        may=PSWS,
        refused=403,
        public=True,
        signed_out=(401,),
        pages={
            "observations:offline_kit": SHOW,
            "observations:offline_send": SEND,
            "observations:offline_held": SEND,
        },
    ),
    Rule(
        "that a concern was raised is sent by anybody who is signed in",
        may=EVERYBODY,
        public=True,
        signed_out=(401,),
        pages={"observations:offline_raised": SEND},
    ),
]

VISIT_READERS = dict.fromkeys(
    ["planned", "declined", "cancelled", "begun"], "observer practitioner"
) | {"far": "far_psw far_practitioner", "left": "mover practitioner"}
NOTES += [
    Rule(
        "a planned visit is read by the two who plan it, and by nobody else",
        of="visit",
        may=VISIT_READERS,
        pages={"observations:planned_visit": SHOW, "observations:visit_file": SHOW},
    ),
    Rule(
        "it is changed, cancelled and begun by whoever planned it, while they observe there",
        of="visit",
        may=dict.fromkeys(VISIT_READERS, "observer") | {"far": "far_psw", "left": ""},
        sees=VISIT_READERS,
        pages={
            "observations:change_visit": FORM,
            "observations:cancel_visit": FORM,
            "observations:begin_visit": SEND,
        },
    ),
    Rule(
        "the practitioner says what to look at, or not today",
        of="visit",
        may=dict.fromkeys(VISIT_READERS, "practitioner") | {"far": "far_practitioner"},
        sees=VISIT_READERS,
        pages={"observations:visit_focus": FORM, "observations:decline_visit": FORM},
    ),
    Rule(
        "practice leaders plan visits",
        may=PSWS,
        refused=403,
        pages={"observations:plan_visit": FORM},
    ),
    Rule(
        "everybody has a list of what is planned by them or with them, and a calendar of it",
        may=EVERYBODY,
        pages={"observations:planned_visits": SHOW, "observations:calendar_address": FORM},
    ),
    Rule(
        "which is read by whoever has its address",
        of="calendar",
        may={"here": SOMEBODY, "far": SOMEBODY},
        public=True,
        pages={"observations:calendar_feed": SHOW},
    ),
]

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
    Rule(
        "a draft of a framework is tried with a made-up visit by its admins",
        of="draft",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"observations:made_up_visit": FORM},
    ),
]
