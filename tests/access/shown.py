"""Which words may be read by whom, and on which pages: the table behind test_canaries.py.

`to` says for each origin of a mark who may meet it; `on` names pages or begins their names, and is
empty for any page.
"""

from dataclasses import dataclass

from practicelens.people.permissions import Act
from tests.access.people import ELSEWHERE, EVERYBODY, HERE, PEOPLE, may
from tests.access.table import (
    BRIEFING_READERS,
    CODING,
    GOVERNANCE,
    KEEP_HERE,
    NOTE_READERS,
    NOTE_WRITERS,
    PSWS_HERE,
    SYSTEM_ADMINS,
)

OWN = "themselves"


@dataclass(frozen=True)
class Shown:
    about: str
    fields: str
    to: dict
    on: str

    def allows(self, field, origin, person, page):
        readers = self.to.get(origin, "").split()
        return (
            any(field.startswith(each) for each in self.fields.split())
            and (person in readers or (OWN in readers and person == origin))
            and any(page.startswith(each) for each in self.on.split() or [""])
        )


NOTE_WORDS = (
    "observations.Observation.reflection observations.Passage observations.Rating "
    "observations.Friction observations.Voice observations.Conversation observations.Answer"
)
PASSAGE_PAGES = (
    "observations:list observations:review observations:decide observations:add_mention "
    "observations:theme observations:recoding observations:emerging observations:name_theme "
    "observations:codebook_preview observations:bench "
    "reports:summary reports:summary_theme"
)
SIGNAL_PAGES = "observations:signal observations:settle_signal"


def without(readers, *left_out):
    return {
        origin: " ".join(each for each in people.split() if each not in left_out)
        for origin, people in readers.items()
    }


def quoted(readers):
    return {f"quoted of {origin}": people for origin, people in readers.items()}


NOTES = [
    Shown(
        "a note is read whole on its own page, by who may read it",
        NOTE_WORDS,
        NOTE_READERS | quoted(NOTE_READERS),
        "observations:observation",
    ),
    Shown(
        "its observer meets it where it is written",
        NOTE_WORDS,
        {"draft": "observer", "quoted of draft": "observer"},
        "observations:",
    ),
    Shown(
        "what was agreed afterwards, where it is written",
        "observations.Conversation",
        NOTE_WRITERS,
        "observations:conversation",
    ),
    Shown(
        "practice leaders meet its passages in search, in the queue and behind figures",
        "observations.Passage",
        without(NOTE_READERS, "practitioner") | quoted(without(NOTE_READERS, "practitioner")),
        f"{PASSAGE_PAGES} {SIGNAL_PAGES} reports:finding reports:evidence reports:add_finding "
        "reports:release",
    ),
    Shown(
        "and what was decided about a weak signal of it",
        "observations.WeakSignal observations.SignalStep",
        without(NOTE_READERS, "practitioner"),
        SIGNAL_PAGES,
    ),
    Shown(
        "leaders read what was put forward of it, and no more",
        "observations.Passage",
        {
            "quoted of submitted": BRIEFING_READERS["issued"],
            "quoted of sibling": BRIEFING_READERS["sibling"],
            "quoted of far": BRIEFING_READERS["far"],
        },
        "reports:briefing reports:pdf reports:content reports:preview",
    ),
    Shown(
        "what each said of a criterion stands beside what the other said",
        "observations.Rating",
        without(NOTE_READERS, "practitioner"),
        "reports:pair",
    ),
    Shown(
        "one's own answer is held on one",
        "observations.Answer",
        {"answered": "practitioner"},
        "observations:held",
    ),
    Shown(
        "names to settle, the other copy and why it was withdrawn are the observer's alone",
        "observations.Identifier observations.OtherCopy observations.Observation.withdrawn_because",
        NOTE_WRITERS | {"withdrawn": "observer"},
        "observations:observation observations:entry observations:copy",
    ),
]

PLACES = {
    "here": f"{HERE} {SYSTEM_ADMINS}",
    "common": EVERYBODY,
    "published": HERE,
    "retired": HERE,
    "drafted": KEEP_HERE,
    "far": ELSEWHERE,
}
UNITS = dict.fromkeys(["here", "service", "team", "sibling"], HERE)
UNITS |= {"elsewhere": ELSEWHERE, "far": ELSEWHERE}

FRAMEWORKS = [
    Shown("what good looks like is open where it is for", "frameworks.", PLACES, "frameworks:"),
    Shown(
        "and is named wherever it is used",
        "frameworks.",
        without(PLACES) | {"drafted": ""},
        "observations: reports:",
    ),
    Shown(
        "a draft is read by whoever tries it, in their own note",
        "frameworks.",
        {"drafted": "observer"},
        "observations:",
    ),
    Shown(
        "its admins try a draft in a made-up visit",
        "frameworks.",
        {"drafted": "framework_admin"},
        "observations:made_up_visit",
    ),
    Shown(
        "what its admins opened is read by anybody, with whose it is",
        "frameworks. people.Unit.name",
        dict.fromkeys(["far", "elsewhere", "common"], f"{EVERYBODY} disabled"),
        "frameworks:outside",
    ),
    Shown("units are named to all who stand under the same roof", "people.Unit", UNITS, ""),
    Shown(
        "a person's roles elsewhere are named to their system admins",
        "people.Unit",
        {"far": "system_admin", "sibling": "far_system_admin"},
        "people:list people:person",
    ),
]

LEARNING = [
    Shown(
        "words proposed for a theme are read by who decides about them",
        "observations.WordProposal",
        CODING,
        "observations:theme",
    ),
]

BRIEFINGS = [
    Shown(
        "a briefing's words are read by who may read it, with what it asks and what was decided",
        "reports.Briefing reports.Section reports.Finding reports.Ask reports.Decision",
        BRIEFING_READERS,
        "reports: home",
    ),
    Shown(
        "what background work said is for who looks after it",
        "reports.Run",
        {"here": may(Act.SEE_RUNS, "service"), "far": may(Act.SEE_RUNS, "far")},
        "reports:runs",
    ),
]


NAMES = [
    Shown("everybody reads of themselves", "people.User", dict.fromkeys(PEOPLE, OWN), ""),
    Shown(
        "system admins read of those they look after",
        "people.User",
        dict.fromkeys(PEOPLE, SYSTEM_ADMINS),
        "people:",
    ),
    Shown(
        "the log says who read and did what",
        "people.User.name",
        dict.fromkeys(["observer", "psw", "second_psw", "far_psw"], GOVERNANCE),
        "audit:log",
    ),
    Shown(
        "kept words go back to their writer alone",
        "people.KeptWords.data",
        {"here": "observer", "far": "far_psw"},
        "people:kept",
    ),
    Shown(
        "the log says what an admin changed, before and after",
        "audit.Entry.changes",
        {"here": "governance", "far": "far_governance"},
        "audit:log",
    ),
    Shown(
        "a practitioner is named to who reads the note, and where one is chosen",
        "people.User.name",
        {
            "practitioner": "observer psw second_psw",
            "colleague": "observer psw second_psw sibling_psw",
            "far_practitioner": "far_psw",
        },
        "observations: home",
    ),
    Shown(
        "an observer is named to who reads the note",
        "people.User.name",
        {
            "observer": "psw second_psw practitioner",
            "psw": "observer second_psw",
            "sibling_psw": "psw second_psw",
        },
        "observations:observation observations:list observations:review observations:decide "
        f"observations:held observations:shared observations:pair reports:pair {SIGNAL_PAGES}",
    ),
    Shown(
        "practice leaders are named where an admin chooses who tries a draft",
        "people.User.name",
        dict.fromkeys(["observer", "psw", "second_psw", "sibling_psw"], KEEP_HERE),
        "frameworks:trial",
    ),
    Shown(
        "who said that a group is no theme is named beside it",
        "people.User.name",
        {"psw": "second_psw"},
        "observations:emerging",
    ),
    Shown(
        "who let a quotation go is named to those who write the briefing",
        "people.User.name",
        {"psw": "second_psw sibling_psw"},
        "reports:briefing reports:release",
    ),
    Shown(
        "who wrote and who approved a briefing is named in it",
        "people.User.name people.User.post",
        {
            "psw": "second_psw",
            "second_psw": "psw leader owner",
            "far_psw": "far_leader between",
        },
        "reports:",
    ),
    Shown(
        "who is asked is named with what is asked",
        "people.User.name people.User.post",
        {
            "leader": PSWS_HERE,
            "owner": f"{PSWS_HERE} leader",
            "far_leader": "far_psw between",
        },
        "reports:",
    ),
    Shown(
        "who asked for a change that waits is named where it is looked at before it is used",
        "people.User.name",
        {"framework_admin": PSWS_HERE, "far_framework_admin": "far_psw"},
        "observations:codebook_preview",
    ),
    Shown(
        "who published a framework is named in its change notes",
        "people.User.name",
        {"framework_admin": HERE, "far_framework_admin": ELSEWHERE},
        "frameworks:",
    ),
]

SHOWN = [*NOTES, *FRAMEWORKS, *LEARNING, *BRIEFINGS, *NAMES]
