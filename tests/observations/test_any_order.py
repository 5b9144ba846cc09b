"""In whatever order saves, lost answers, repeats, clashes, choices and a submission come: nothing is lost.

A laptop, a phone and a device without a signal write in one part of one draft. Words may be gone
only once their own window sent others, once a window that had been shown them did, or once their
writer chose other words instead. After every step that is held against what the database has.
"""

import itertools
import uuid
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from observations.models import Observation, OtherCopy, Passage
from practicelens.audit.models import Entry
from practicelens.people.models import KeptWords
from tests.observations.on_a_device import Device, post
from tests.observations.test_offline import WHOLE, where

pytestmark = pytest.mark.django_db

WORDS = "reflection_effect"


def address(draft_key):
    return reverse("observations:section", args=[draft_key, "my-part"])


@dataclass
class Window:
    """A page that stands open at a save it has read, and what its writer was shown in it."""

    name: str
    base: int
    shown: set
    window: str = field(default_factory=lambda: str(uuid.uuid4()))
    last: dict | None = None


class Desk:
    """One observation, all that writes in it, and what may be gone by now."""

    def __init__(self, client, psw, team, version):
        self.client, self.numbers = client, itertools.count(1)
        self.device = Device(psw, version, **where(team, **WHOLE))
        self.device.see("She asked Gran first.")
        self.sent, self.gone, self.windows, self.submitted_with = [], set(), {}, None
        self.of_device, self.parcels = set(), []
        self.device_writes()
        self.device_sends()

    # What may happen

    def opens(self, name):
        """Read the page again: what stood in its boxes, and was sent, gives way to what is there."""
        answer = self.client.get(address(self.device.id))
        if answer.status_code == 200:
            self.windows[name] = Window(name, answer.context["save"].revision, {self.here().words})

    def saves(self, name, is_answered=True):
        window = self.windows.get(name) or self.opens(name) or self.windows.get(name)
        if window is None:  # it was submitted before the page was ever open
            return
        words = self.new_words(name)
        window.last = {"base_revision": window.base, "window": window.window, WORDS: words}
        self.is_sent(words, window.shown)
        self.answered(window, is_answered)

    def loses(self, name):
        self.saves(name, is_answered=False)

    def repeats(self, name):
        """The same is sent again, as a browser does that got no answer."""
        window = self.windows.get(name)
        if window and window.last:
            self.answered(window, is_answered=True)

    def answered(self, window, is_answered):
        by_script = {"X-Autosave": "1", "Origin": "http://testserver"}
        sent = self.client.post(address(self.device.id), window.last, headers=by_script)
        assert sent.status_code in (200, 403, 409)
        window.shown.add(window.last[WORDS])
        if sent.status_code == 200 and is_answered:
            window.base = sent.json()["revision"]

    def device_writes(self):
        words = self.new_words("device")
        self.device.write("my-part", **{WORDS: words})

    def device_sends(self, submit=False):
        parcel = self.device.parcel(submit=submit)
        words = parse_qs(self.device.sections["my-part"])[WORDS][0]
        if words not in self.sent:
            self.is_sent(words, self.of_device)
        self.of_device.add(words)
        self.parcels.append(parcel)
        assert post(self.client, "offline_send", parcel).status_code in (200, 201, 409)

    def device_finishes(self):
        self.device_sends(submit=True)

    def device_repeats_the_oldest(self):
        assert post(self.client, "offline_send", self.parcels[0]).status_code in (200, 409)

    def chooses(self, pick):
        """Of the two versions of the oldest clash, one; the other may go."""
        copy = OtherCopy.objects.open().order_by("pk").first()
        if copy is None:
            return
        own, other = self.here().words, parse_qs(copy.typed)[WORDS][0]
        answer = self.client.post(
            reverse("observations:copy", args=[self.device.id, copy.pk]), {"pick": pick}
        )
        if answer.status_code == 302 and self.here().is_draft:
            self.gone.add(own if pick == "other" else other)
            for window in self.windows.values():
                if str(copy.window) == window.window and pick == "other":
                    window.shown.add(own)  # its writer was asked, and wrote on in it

    def keeps_own(self):
        self.chooses("own")

    def uses_other(self):
        self.chooses("other")

    def submits(self):
        answer = self.client.post(
            reverse("observations:check", args=[self.device.id]), {"sure": "on"}
        )
        assert answer.status_code in (302, 403, 422)

    # What is held

    def new_words(self, name):
        return f"{name} wrote this, number {next(self.numbers)}."

    def is_sent(self, words, shown):
        self.gone |= shown
        self.sent.append(words)

    def here(self):
        found = Observation.objects.get()
        found.words = found.reflection_effect
        return found

    def holds(self):
        observation = self.here()
        held = [observation.words, *OtherCopy.objects.open().values_list("typed", flat=True)]
        held += KeptWords.objects.values_list("data", flat=True)
        held = {words for text in held for words in (text, *parse_qs(text).get(WORDS, []))}
        lost = [words for words in self.sent if words not in self.gone and words not in held]
        assert not lost
        assert Passage.objects.get().text == "She asked Gran first."
        if not observation.is_draft:
            self.submitted_with = self.submitted_with or observation.words
            assert observation.words == self.submitted_with
            assert Entry.objects.filter(action=Entry.Action.SUBMITTED).count() == 1


LAPTOP = [("saves", "laptop"), ("loses", "laptop"), ("repeats", "laptop"), ("opens", "laptop")]
PHONE = [("saves", "phone"), ("loses", "phone"), ("repeats", "phone"), ("opens", "phone")]
DEVICE = [
    ("device_writes",),
    ("device_sends",),
    ("device_finishes",),
    ("device_repeats_the_oldest",),
]
ALL = [*LAPTOP, *PHONE, *DEVICE, ("keeps_own",), ("uses_other",), ("submits",)]


@pytest.fixture
def run(psw_client, psw, team, framework_version):
    """Does these steps at a desk of their own, and looks after each what is held."""

    def run(steps):
        with transaction.atomic():
            desk = Desk(psw_client, psw, team, framework_version)
            for act, *of in steps:
                getattr(desk, act)(*of)
                desk.holds()
            transaction.set_rollback(True)
            return desk

    return run


@settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.sampled_from(ALL), min_size=6, max_size=14))
@example(
    steps=[
        ("opens", "laptop"),
        ("opens", "phone"),
        ("loses", "laptop"),
        ("saves", "phone"),
        ("device_writes",),
        ("device_sends",),
        ("uses_other",),
        ("repeats", "laptop"),
        ("keeps_own",),
        ("submits",),
        ("saves", "laptop"),
        ("device_finishes",),
    ]
)
def test_nothing_that_was_typed_is_lost(run, steps):
    desk = run(steps)

    assert desk.sent


WRITES = [("saves", "laptop"), ("loses", "laptop"), ("repeats", "laptop")]
SUBMITS = [("saves", "phone"), ("submits",)]
SENDS = [("device_writes",), ("device_finishes",)]


def interleaved(*programs):
    """Every order of the steps of all of these, each in its own order."""
    if not any(programs):
        yield []
    for at, program in enumerate(programs):
        if program:
            rest = [*programs[:at], program[1:], *programs[at + 1 :]]
            yield from ([program[0], *steps] for steps in interleaved(*rest))


@pytest.mark.parametrize("other", [SUBMITS, SENDS], ids=["a phone submits", "a device finishes"])
def test_in_every_order_of_two_nothing_is_lost(run, other):
    orders = list(interleaved(WRITES, other))
    both = [("opens", "laptop"), ("opens", "phone")]
    desks = [run([*both, *steps, ("saves", "laptop")]) for steps in orders]

    assert len(desks) == 10
    assert {bool(desk.submitted_with) for desk in desks} == {True, False}
