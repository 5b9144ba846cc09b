"""What is looked for, and what may stand in its place."""

from typing import NamedTuple

EMAIL = "email"
PHONE = "phone"
POSTCODE = "postcode"
NHS_NUMBER = "nhs_number"
NHI_NUMBER = "nhi_number"
IRD_NUMBER = "ird_number"
NATIONAL_INSURANCE = "national_insurance"
DATE_OF_BIRTH = "date_of_birth"
LONG_NUMBER = "long_number"
DATE = "date"
ADDRESS = "address"
SCHOOL = "school"
PLACE = "place"
PERSON = "person"
TITLED_NAME = "titled_name"
CHILD_NAME = "child_name"
GIVEN_NAME = "given_name"
INITIALS = "initials"
# A word in letters that no list has: it may be a name.
OTHER_SCRIPT = "other_script"
# A text, or the rest of one, that was not read: open until someone looks.
UNREAD = "unread"

# Kinds that name a person.
OF_PEOPLE = frozenset({PERSON, TITLED_NAME, CHILD_NAME, GIVEN_NAME, INITIALS})

# Where two overlap, the earlier kind names what was found.
KINDS = (
    EMAIL,
    NHS_NUMBER,
    NHI_NUMBER,
    NATIONAL_INSURANCE,
    PHONE,
    IRD_NUMBER,
    DATE_OF_BIRTH,
    DATE,
    ADDRESS,
    POSTCODE,
    SCHOOL,
    PERSON,
    CHILD_NAME,
    TITLED_NAME,
    PLACE,
    GIVEN_NAME,
    INITIALS,
    OTHER_SCRIPT,
    LONG_NUMBER,
    UNREAD,
)
SUGGESTIONS = {
    EMAIL: "[email address]",
    PHONE: "[phone number]",
    POSTCODE: "[postcode]",
    NHS_NUMBER: "[NHS number]",
    NHI_NUMBER: "[NHI number]",
    IRD_NUMBER: "[IRD number]",
    NATIONAL_INSURANCE: "[National Insurance number]",
    DATE_OF_BIRTH: "[date]",
    DATE: "[date]",
    LONG_NUMBER: "[number]",
    ADDRESS: "[address]",
    SCHOOL: "a school",
    PLACE: "[place]",
    PERSON: "the worker",
    TITLED_NAME: "a family member",
    CHILD_NAME: "the child",
    GIVEN_NAME: "someone",
    INITIALS: "someone",
    OTHER_SCRIPT: "[name]",
    UNREAD: "[not read]",
}
PROFESSIONAL = "a professional"


class Identifier(NamedTuple):
    """Something by which a person could be known.

    `text[start:end]` is `words`; `suggestion` reads as English in their place.
    """

    start: int
    end: int
    kind: str
    words: str
    suggestion: str


def identifier(text, start, end, kind, suggestion=None):
    return Identifier(start, end, kind, text[start:end], suggestion or SUGGESTIONS[kind])
