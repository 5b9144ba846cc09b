"""Find identifiers in passages read from standard input."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from observations import identifiers
from observations.identifiers import kinds

TYPES = {
    kinds.EMAIL: "EMAIL",
    kinds.PHONE: "PHONE",
    kinds.POSTCODE: "POSTCODE",
    kinds.NHS_NUMBER: "NHS",
    kinds.NHI_NUMBER: "NHS",
    kinds.IRD_NUMBER: "NINO",
    kinds.NATIONAL_INSURANCE: "NINO",
    kinds.DATE_OF_BIRTH: "DATE",
    kinds.DATE: "DATE",
    kinds.LONG_NUMBER: "CASE",
    kinds.ADDRESS: "ADDRESS",
    kinds.SCHOOL: "SCHOOL",
    kinds.PLACE: "TOWN",
    kinds.INITIALS: "INITIALS",
    kinds.UNREAD: "UNREAD",
}


class Command(BaseCommand):
    help = (
        "Find what could point to a person. Standard input has one JSON object a line, with id and "
        "text; standard output has one a line in the same order, with id and spans: [start, end, "
        "type]. A text that could not be read, or the rest of one too long, is a span of type UNREAD. No database is needed."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--people", type=Path, help="a file of full names, one a line")

    def handle(self, *args, people, **options):
        names = names_in(people) if people else ()
        for line in sys.stdin:
            if line.strip():
                passage = json.loads(line)
                spans = spans_of(passage["text"], names)
                self.stdout.write(json.dumps({"id": passage["id"], "spans": spans}))


def names_in(path):
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def spans_of(text, people):
    try:
        found = identifiers.find(text, people=people)
    except identifiers.CouldNotLook:
        return [[0, len(text), "UNREAD"]]
    return [[each.start, each.end, type_of(each)] for each in found]


def type_of(each):
    if each.kind in TYPES:
        return TYPES[each.kind]
    return "PERSON_LC" if each.words.islower() else "PERSON"
