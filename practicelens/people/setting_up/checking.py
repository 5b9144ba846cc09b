"""What the rows of a table would add, and everything that is wrong with them."""

from collections import namedtuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug

from practicelens.people.models import Role, Unit, User

Fault = namedtuple("Fault", "row column words")
LONGEST_NAME = User._meta.get_field("name").max_length
LONGEST_CODE = Unit._meta.get_field("code").max_length


def taken_in(table, units):
    """What rows give of their own that someone has already: addresses of people, codes of units."""
    if table.kind == "people":
        emails = {row["email"].lower() for _, row in table.rows}
        return set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    organisations = {unit.organisation_id for unit in units}
    codes = {row["short code"] for _, row in table.rows}
    theirs = Unit.objects.filter(organisation__in=organisations, code__in=codes)
    return set(theirs.values_list("code", flat=True))


class Plan:
    """What would be added, in order, and `faults`, of which one is enough for nothing to be."""

    def __init__(self, table, units):
        self.kind, self.faults = table.kind, []
        self.known = {unit.code: unit for unit in units}
        self.people, self.units = [], []
        self.taken = taken_in(table, units)
        for number, row in table.rows:
            self.row = number
            (self.add_person if self.kind == "people" else self.add_unit)(row)
        if self.kind == "units":
            self.set_under(table)

    def fault(self, column, words):
        self.faults.append(Fault(self.row, column, words))

    def name_of(self, row):
        name = row["name"]
        if not name:
            self.fault("name", "is empty: give the name")
        elif len(name) > LONGEST_NAME:
            self.fault("name", f"is longer than {LONGEST_NAME} characters: shorten it")
        return name

    # People

    def add_person(self, row):
        name, email = self.name_of(row), self.email_of(row)
        if len(row["post"]) > LONGEST_NAME:
            self.fault("post", f"is longer than {LONGEST_NAME} characters: shorten it")
        person = next((each for each in self.people if email and each["email"] == email), None)
        if person is None:
            self.refuse_known(email)
            person = {"name": name, "email": email, "post": row["post"], "roles": []}
            self.people.append(person)
        elif (name, row["post"]) != (person["name"], person["post"]):
            self.fault(
                "email", f"{email} is in an earlier row with another name or post: correct one"
            )
        self.add_role(person, row)

    def email_of(self, row):
        email = row["email"].lower()
        try:
            validate_email(email)
        except ValidationError:
            self.fault("email", "is no email address: correct it, such as nia@example.gov.uk")
            return ""
        return email

    def refuse_known(self, email):
        if email in self.taken:
            words = (
                f"{email} has an account already: take the row out, and give roles on their page"
            )
            self.fault("email", words)

    def add_role(self, person, row):
        if not row["role"] and not row["unit"]:
            return
        kind, unit = chosen(Role.Kind, row["role"]), self.known.get(row["unit"])
        if not row["role"]:
            self.fault("role", "is empty: give the role, or empty the unit too")
        elif kind is None:
            self.fault("role", f"“{row['role']}” is no role. Use one of: {labels(Role.Kind)}")
        if not row["unit"]:
            self.fault("unit", "is empty: give a short code, or empty the role too")
        elif unit is None or unit.closed_on:
            words = f"“{row['unit']}” is no open unit of yours. Use the short code of one of them"
            self.fault("unit", words)
        if kind and unit and (kind, unit) in person["roles"]:
            self.fault("role", "is in an earlier row for the same person and unit: take one out")
        elif kind and unit:
            person["roles"].append((kind, unit))

    # Units

    def add_unit(self, row):
        name, code = self.name_of(row), self.code_of(row)
        kind, jurisdiction = self.kind_of(row), chosen(Unit.Jurisdiction, row["jurisdiction"])
        if row["jurisdiction"] and jurisdiction is None:
            words = f"“{row['jurisdiction']}” is none. Use one of: {labels(Unit.Jurisdiction)}"
            self.fault("jurisdiction", words)
        unit = Unit(name=name, code=code, kind=kind or "", jurisdiction=jurisdiction or "")
        self.units.append(unit)

    def code_of(self, row):
        code = row["short code"]
        try:
            validate_slug(code)
        except ValidationError:
            self.fault("short code", "has to be small letters, digits and hyphens: correct it")
            return code
        if code != code.lower() or len(code) > LONGEST_CODE:
            self.fault("short code", f"has to be at most {LONGEST_CODE} small letters: correct it")
        elif code in self.known or code in self.taken:
            self.fault("short code", f"“{code}” is another unit’s already: choose another")
        elif code in {unit.code for unit in self.units}:
            self.fault("short code", f"“{code}” is in an earlier row too: choose another")
        return code

    def kind_of(self, row):
        kinds = {"service": Unit.Kind.SERVICE, "site": Unit.Kind.SERVICE}
        kind = kinds.get(row["kind"].lower()) or chosen(Unit.Kind, row["kind"])
        if kind in (None, Unit.Kind.ORGANISATION):
            self.fault("kind", "has to be Service or site, or Team: correct it")
            return None
        return kind

    def set_under(self, table):
        """Give each its parent, and put those of the file that are above before those below."""
        told = {unit.code: unit for unit in self.units}
        for (_, row), unit in zip(table.rows, self.units, strict=True):
            above = row["stands under"]
            unit.parent = self.known.get(above) or told.get(above)
        for (number, row), unit in zip(table.rows, self.units, strict=True):
            self.row, above = number, row["stands under"]
            if unit.parent is None:
                words = f"“{above}” is no unit of yours, nor in the file: use a short code"
                self.fault("stands under", words if above else "is empty: give a short code")
            elif unit.parent.kind == Unit.Kind.TEAM:
                self.fault("stands under", f"“{above}” is a team: choose a service or the top")
            elif unit.parent.closed_on:
                self.fault("stands under", f"“{above}” is closed: choose another, or open it first")
            elif is_ring(unit):
                self.fault("stands under", "leads round to the unit itself: correct one of them")
        if not self.faults:
            self.units.sort(key=depth)


def chosen(choices, words):
    """The choice with this label or code, however it is written."""
    wanted = words.casefold()
    return next((each for each in choices if wanted in (each.label.casefold(), each.value)), None)


def labels(choices):
    return ", ".join(each.label for each in choices)


def above(unit):
    """The units of the file that it is under, nearest first; of a ring, once round."""
    found, parent = [], unit.parent
    while parent is not None and parent.pk is None and parent not in found:
        found.append(parent)
        parent = parent.parent
    return found


def is_ring(unit):
    return any(each is unit for each in above(unit))


def depth(unit):
    return len(above(unit))
