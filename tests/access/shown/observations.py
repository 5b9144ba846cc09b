"""Words of notes, and whom the pages about them name."""

from practicelens.people.permissions import Act
from tests.access.people import may
from tests.access.shown.shown import Shown, quoted, without
from tests.access.table.observations import NOTE_READERS, NOTE_WRITERS, VISIT_READERS
from tests.access.table.reports import BRIEFING_READERS
from tests.access.table.rules import CODING, KEEPERS, PSWS_HERE, SOMEBODY

NOTE_WORDS = (
    "observations.Observation.reflection_effect observations.Passage observations.Rating "
    "observations.Friction observations.Voice observations.Conversation "
    "observations.ConversationAddition observations.Reply observations.ReplyPart"
)
PASSAGE_PAGES = (
    "observations:list observations:review observations:decide observations:add_mention "
    "observations:theme observations:recoding observations:emerging observations:name_theme "
    "observations:codebook_preview observations:bench "
    "reports:summary reports:summary_theme"
)
EARLY_SIGN_PAGES = "observations:early_sign observations:settle_early_sign"
OBSERVERS = NOTE_WRITERS | {"withdrawn": "observer", "left": "mover", "left_draft": "mover"}
READERS_OF_IMPORTED = NOTE_READERS["submitted"]
# Who reads a note because they lead practice there.
THOSE_THERE = without(NOTE_READERS, "practitioner", "mover")

OBSERVATIONS = [
    Shown(
        "a note is read whole on its own page, by who may read it",
        NOTE_WORDS,
        NOTE_READERS | quoted(NOTE_READERS),
        "observations:observation",
    ),
    Shown(
        "a reflection is its writer's alone",
        "observations.Observation.reflection_asks",
        OBSERVERS,
        "observations:observation",
    ),
    Shown(
        "its observer sees it as the practitioner will, before it is shared",
        NOTE_WORDS,
        dict.fromkeys(["submitted", "quoted of submitted"], "observer")
        | dict.fromkeys(["beside", "quoted of beside"], "psw")
        | dict.fromkeys(["sibling", "quoted of sibling"], "sibling_psw")
        | dict.fromkeys(["far", "quoted of far"], "far_psw"),
        "observations:share",
    ),
    Shown(
        "who has left reads with it where it was and what it was held against",
        "people.Unit.name frameworks.",
        dict.fromkeys(["team", "here", "published", "common"], "mover"),
        "observations:observation observations:held observations:copy",
    ),
    Shown(
        "its observer meets it where it is written",
        f"{NOTE_WORDS} observations.Observation.reflection_asks observations.SectionSave.unread",
        {"draft": "observer", "quoted of draft": "observer"},
        "observations:",
    ),
    Shown(
        "the words of cards in another language, by whom they are kept",
        "observations.FamilyCardLanguage observations.FamilyCardText",
        KEEPERS,
        "observations:family_language",
    ),
    Shown(
        "what systems are called, by whoever keeps the list",
        "observations.System.name observations.SystemName.name",
        KEEPERS,
        "observations:system observations:systems observations:put_systems_together",
    ),
    Shown(
        "and are offered to whoever writes observations there",
        "observations.System.name",
        {"here": "observer psw second_psw sibling_psw", "far": "far_psw"},
        "observations:entry observations:offline_kit",
    ),
    Shown(
        "why it is not shared is its observer's to write, and told to whom it is kept from",
        "observations.Observation.not_shared_words",
        {
            "draft": "observer",
            "submitted": "practitioner",
            "beside": "practitioner",
            "sibling": "colleague",
            "far": "far_practitioner",
        },
        "observations:check observations:section observations:held",
    ),
    Shown(
        "what was agreed afterwards, where it is written",
        "observations.Conversation",
        NOTE_WRITERS,
        "observations:conversation",
    ),
    Shown(
        "and where the practitioner agrees to it, with what was added",
        "observations.Conversation observations.ConversationAddition",
        {"left": "practitioner"},
        "observations:agree",
    ),
    Shown(
        "and where either adds to it",
        "observations.Conversation observations.ConversationAddition",
        {"answered": "observer practitioner"},
        "observations:add_to_conversation",
    ),
    Shown(
        "practice leaders meet its passages in search, in the queue and behind figures",
        "observations.Passage",
        THOSE_THERE | quoted(THOSE_THERE),
        f"{PASSAGE_PAGES} {EARLY_SIGN_PAGES} reports:finding reports:evidence reports:add_finding "
        "reports:release",
    ),
    Shown(
        "and what systems are called there, beside the figures of each",
        "observations.Friction.called",
        THOSE_THERE,
        "reports:summary reports:figures_csv",
    ),
    Shown(
        "and what was decided about an early sign of it",
        "observations.EarlySign observations.EarlySignStep",
        THOSE_THERE,
        EARLY_SIGN_PAGES,
    ),
    Shown(
        "leaders read what was put forward of it, and no more",
        "observations.Passage",
        {
            "quoted of submitted": BRIEFING_READERS["issued"],
            "quoted of sibling": BRIEFING_READERS["apart"],
            "quoted of far": BRIEFING_READERS["far"],
        },
        "reports:briefing reports:pdf reports:word reports:content reports:preview reports:public",
    ),
    Shown(
        "what each said of a criterion stands beside what the other said",
        "observations.Rating",
        THOSE_THERE,
        "reports:pair",
    ),
    Shown(
        "one's own answer is held on one",
        "observations.Reply observations.ReplyPart",
        {"answered": "practitioner"},
        "observations:held",
    ),
    Shown(
        "what was shared of one's practice is whole in the copy of one's data",
        NOTE_WORDS,
        dict.fromkeys(["shared", "answered", "left"], "practitioner")
        | dict.fromkeys(
            ["quoted of shared", "quoted of answered", "quoted of left"], "practitioner"
        ),
        "observations:held_json observations:held_pdf",
    ),
    Shown(
        "a CPD note is its writer's alone",
        "observations.CpdNote",
        {"own": "practitioner"},
        "observations:cpd_ observations:held",
    ),
    Shown(
        "who was observed replies beside each passage, and adds to what they replied",
        "observations.Passage observations.Reply observations.ReplyPart",
        dict.fromkeys(["shared", "left", "answered", "quoted of shared"], "practitioner")
        | dict.fromkeys(["quoted of left", "quoted of answered"], "practitioner"),
        "observations:reply observations:add_to_reply",
    ),
    Shown(
        "its observer reads both texts of a copy, also once the note takes nothing any more",
        "observations.OtherCopy observations.Passage",
        OBSERVERS | quoted(OBSERVERS),
        "observations:copy",
    ),
    Shown(
        "names to settle, the other copy and why it was withdrawn are the observer's alone",
        "observations.Redaction observations.NoteRole observations.OtherCopy "
        "observations.Observation.withdrawn_because",
        NOTE_WRITERS | {"withdrawn": "observer"},
        "observations:observation observations:entry observations:copy",
    ),
    Shown(
        "words proposed for a theme are read by who decides about them",
        "observations.WordProposal",
        CODING,
        "observations:theme",
    ),
    Shown(
        "what is in files on their way in is their sender's alone",
        "observations.Import observations.ImportFile observations.ImportRow",
        dict.fromkeys(["refused", "matching", "ready", "done"], "observer") | {"far": "far_psw"},
        "observations:import observations:undo_import",
    ),
    Shown(
        "practice leaders take away the notes that they read, and the name of the file of an old one",
        "observations.Passage observations.Rating observations.Reply observations.ReplyPart "
        "observations.ImportFile.name people.User.name frameworks.",
        {
            **THOSE_THERE,
            **quoted(THOSE_THERE),
            "done": THOSE_THERE["submitted"],
            **dict.fromkeys(["observer", "mover", "practitioner"], THOSE_THERE["submitted"]),
        },
        "observations:export",
    ),
    Shown(
        "and the name of the file stays with what came of it",
        "observations.ImportFile.name",
        {"done": READERS_OF_IMPORTED},
        "observations:observation observations:share",
    ),
    Shown(
        "what was written of a planned visit is read by the two who plan it",
        "observations.PlannedVisit",
        {f"visit {state}": readers for state, readers in VISIT_READERS.items()},
        "observations:",
    ),
    Shown(
        "and each of the two is named to the other, with the team",
        "people.User.name people.Unit.name",
        {
            **dict.fromkeys(["observer", "mover"], "practitioner"),
            "practitioner": "observer mover",
            "far_psw": "far_practitioner",
            "far_practitioner": "far_psw",
            "team": "mover",
        },
        "observations:planned_visit observations:visit_ observations:decline_visit "
        "observations:held observations:shared",
    ),
    Shown(
        "a calendar says which team, to whoever has its address, and names nobody",
        "people.Unit.name",
        {"team": SOMEBODY, "far": SOMEBODY},
        "observations:calendar_feed",
    ),
    Shown(
        "a practitioner is named to who reads the note, and where one is chosen",
        "people.User.name",
        {
            "practitioner": "observer psw second_psw mover",
            "colleague": "observer psw second_psw sibling_psw",
            "far_practitioner": "far_psw",
        },
        "observations: home",
    ),
    Shown(
        "who writes notes of a team chooses one of its practitioners, for a note and to search by",
        "people.User.name",
        {"between": may(Act.WRITE_OBSERVATIONS, "sibling")},
        "observations:list observations:section observations:offline_kit observations:plan_visit "
        "observations:change_visit",
    ),
    Shown(
        "an observer is named to who reads the note",
        "people.User.name",
        {
            "observer": "psw second_psw practitioner",
            "mover": "observer psw second_psw practitioner",
            "psw": "observer second_psw",
            "sibling_psw": "psw second_psw",
        },
        "observations:observation observations:list observations:review observations:decide "
        "observations:agree observations:add_to_conversation observations:export "
        f"observations:held observations:shared observations:pair reports:pair {EARLY_SIGN_PAGES}",
    ),
    Shown(
        "and to whom it is kept from, with the reason",
        "people.User.name",
        {"psw": "practitioner", "sibling_psw": "colleague", "far_psw": "far_practitioner"},
        "observations:held",
    ),
    Shown(
        "who said that a group is no theme is named beside it",
        "people.User.name",
        {"psw": "second_psw"},
        "observations:emerging",
    ),
    Shown(
        "who asked for a change that waits is named where it is looked at before it is used",
        "people.User.name",
        {"framework_admin": PSWS_HERE, "far_framework_admin": "far_psw"},
        "observations:codebook_preview",
    ),
]
