"""A line of the table, and what lines are made with."""

from dataclasses import dataclass

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


def without(readers, *left_out):
    return {
        origin: " ".join(each for each in people.split() if each not in left_out)
        for origin, people in readers.items()
    }


def quoted(readers):
    return {f"quoted of {origin}": people for origin, people in readers.items()}
