"""Which role is whose in an observation: one person keeps one, and no two share it.

A name is known again by fingerprints of its parts, made with the key of this installation and the
observation: what is kept names nobody.
"""

from django.db import transaction
from django.utils.crypto import salted_hmac

from observations import identifiers
from observations.models import NoteRole, Observation

SHORT = 16  # of a fingerprint's letters: enough for the people of one observation


class Known:
    """The roles kept with an observation, and those `lately` given on a page not saved yet.

    `lately` are (words, kind, role), the later over the earlier.
    """

    def __init__(self, observation=None, lately=()):
        self.pk = observation.pk if observation else 0
        rows = observation.note_roles.order_by("pk") if observation else ()
        self.people = [(row.role, names_of(row)) for row in rows]
        for words, kind, role in lately:
            self._learn(fingerprints(self.pk, words, kind), role)

    def _learn(self, name, role):
        for _, names in self.people:
            if name in names:
                names.remove(name)
        for known, names in self.people:
            if identifiers.bare(known) == identifiers.bare(role):
                names.append(name)
                return
        self.people.append((role, [name]))

    def given(self, words, kind):
        """The role that stands for whoever is called so; "" if none does."""
        name = fingerprints(self.pk, words, kind)
        return (name and identifiers.same(name, self.people)) or ""

    def taken(self, words, kind):
        """The roles that stand for others."""
        own = self.given(words, kind)
        return [role for role, _ in self.people if role != own]


def names_of(row):
    return [frozenset(name) for name in row.names]


def fingerprints(pk, words, kind):
    """A name as it is kept; empty for what stands for nobody, such as a date."""
    of = identifiers.class_of(kind)
    parts = identifiers.parts_of(words) if of else ()
    salt = f"observations.note_roles.{pk}"
    return frozenset(salted_hmac(salt, f"{of}:{part}").hexdigest()[:SHORT] for part in parts)


@transaction.atomic
def give(*, observation, words, kind, role):
    """From now on this role stands for whoever is called so in the observation."""
    name = fingerprints(observation.pk, words, kind)
    if not name or not identifiers.is_role(role):
        return
    rows = held(observation)
    for row in rows:
        if name in names_of(row) and not is_same(row, role):
            write(row, [each for each in names_of(row) if each != name])
    row = next((row for row in rows if is_same(row, role)), None)
    if row is None:
        row = NoteRole(observation=observation, role=role)
    if name not in names_of(row):
        write(row, [*names_of(row), name])


@transaction.atomic
def forget(*, observation, words, kind):
    """A role was given by mistake: whoever is called so has none, and it may be another's."""
    name = fingerprints(observation.pk, words, kind)
    for row in held(observation):
        if name in names_of(row):
            left = [each for each in names_of(row) if each != name]
            write(row, left) if left else row.delete()


def held(observation):
    """The roles of an observation, with the observation locked against another settling of it."""
    Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    return list(observation.note_roles.order_by("pk"))


def is_same(row, role):
    return identifiers.bare(row.role) == identifiers.bare(role)


def write(row, names):
    row.names = [sorted(name) for name in names]
    row.save()
