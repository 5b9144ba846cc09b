"""What a device sends: an observation that was sealed there, and what stands beside the seal."""

import json
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from django.http import QueryDict
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from observations.offline.sealing import Unreadable, open_sealed
from practicelens.people.middleware import with_one_line_end

LONGEST_ITEM = 4_000_000  # bytes as they are sent
LONGEST_SECTION = 1_000_000  # characters, as in a form that is sent with signal
MOST_SECTIONS = 300
LAST_MOMENT = 10_000_000_000_000  # milliseconds of a clock: a device may think that it is any year

Moment = Annotated[int, Field(ge=0, le=LAST_MOMENT)]
Short = Annotated[str, StringConstraints(max_length=60)]


class Refused(Exception):
    """It can't be taken as it is, and these words say why. The device keeps it."""


class Sealed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    point: Annotated[str, StringConstraints(max_length=200)]
    once: Annotated[str, StringConstraints(max_length=40)]
    words: Annotated[str, StringConstraints(max_length=LONGEST_ITEM)]


class Item(BaseModel):
    """One observation as it was at one turn of its writing. Times are of the device's own clock."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: Short
    turn: Annotated[int, Field(ge=1, le=1_000_000_000)]
    window: UUID
    submit: bool
    leaves: bool  # whether the device drops it once it is here
    began_at: Moment
    changed_at: Moment
    sent_at: Moment
    sealed: Sealed

    @property
    def about(self):
        """What the seal holds together with the words: none of it can be exchanged."""
        return f"{self.id} {self.person} {self.turn}"


class Content(BaseModel):
    """What was typed: the sections of a draft by their code, each as its form would be sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Annotated[int, Field(ge=1, le=2**62)]
    sections: Annotated[
        dict[Short, Annotated[str, StringConstraints(max_length=3 * LONGEST_SECTION)]],
        Field(max_length=MOST_SECTIONS),
    ]


class Held(BaseModel):
    """One observation that a device holds."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    began_at: Moment


class Holding(BaseModel):
    """All that a device holds of one person, and what they threw away there or know to be lost."""

    model_config = ConfigDict(extra="forbid")

    person: Short
    sent_at: Moment
    held: Annotated[list[Held], Field(max_length=1000)]
    gone: Annotated[list[UUID], Field(max_length=1000)]


class Raised(BaseModel):
    """That someone raised a concern, at a time of the device's own clock. It has no words."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    person: Short
    at: Moment
    sent_at: Moment


def read_as(model, body):
    """What was sent, in the form that it must have; raise Refused where it has another."""
    try:
        return model.model_validate_json(body)
    except ValidationError as faults:
        raise Refused("This was not sent by a page of PracticeLens.") from faults


def content_of(item):
    """What was sealed, and a digest of it; raise where it can't be read."""
    try:
        opened = open_sealed(item.sealed.model_dump(), item.about)
    except Unreadable as unreadable:
        raise Refused("The server can’t read it: it was sealed for another one.") from unreadable
    content = read_as(Content, opened)
    whole = json.dumps([content.model_dump(), item.submit], sort_keys=True)
    return content, sha256(whole.encode(errors="replace")).hexdigest()


def typed_in(section):
    """The form of a section as it was typed; raise where it can't be stored."""
    if not section.isascii():
        raise Refused("This was not sent by a page of PracticeLens.")
    data = with_one_line_end(QueryDict(section))
    texts = [value for _, values in data.lists() for value in values]
    if sum(map(len, texts)) > LONGEST_SECTION:
        raise Refused("A part of it is too long. Move some of it to another passage.")
    if any("\x00" in text for text in texts):
        raise Refused("There is a character that can’t be saved. It may come from pasted text.")
    return data
