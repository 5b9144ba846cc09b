"""One page that is looked at, who opens it, and the plainest kinds of address."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from practicelens.people.models import User


@dataclass(frozen=True)
class Page:
    name: str
    who: str  # nobody is signed in if it is empty
    address: Callable[[], str]

    def __str__(self):
        return self.name

    @property
    def user(self):
        return person(self.who) if self.who else None


def person(code):
    return User.objects.get(email__startswith=f"{code}@")


def at(name, *args):
    return lambda: reverse(name, args=args)


def asked(name, query):
    return lambda: f"{reverse(name)}?{query}"
