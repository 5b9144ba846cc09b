"""A rule of the table, and the sets of people that rules name."""

from dataclasses import dataclass, field

from practicelens.people.permissions import Act
from tests.access.people import ELSEWHERE, EVERYBODY, HERE, may, may_within

SHOW = "GET HEAD"
SEND = "POST"
FORM = "GET HEAD POST"
OWN = "GET HEAD POST PUT OPTIONS"  # a page of the sign-in package: a form, sent by POST or PUT

OUT = ["nobody", "disabled"]
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
    signed_out: tuple = ()  # what a script is told that asks for nobody who is signed in
    answers: tuple = (200, 302, 422)
    body: dict = field(default_factory=dict)

    def takes(self, name, method):
        return method in self.pages.get(name, "").split()

    def states(self):
        return list(self.may) if self.of else [""]

    def expected(self, person, state):
        """The statuses that may answer this person about a thing in this state."""
        if self.signed_out and person in OUT:
            return self.signed_out
        may = self.may.get(state, "") if self.of else self.may
        if person in may.split():
            return self.answers
        if person in self.sees.get(state, "").split():
            return (403,)
        return (self.refused,)
