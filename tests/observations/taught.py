"""Notes about which people decided: meals and journeys, told apart by their words."""

import hashlib
import uuid
from datetime import UTC, datetime
from itertools import count

from observations.models import CodingModel
from tests.factories import MentionFactory, ObservationFactory, PassageFactory, ThemeFactory

NUMBERS = count()
DECIDED_AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
DISHES = ["soup", "stew", "curry", "pie", "rice", "pasta", "salad", "bread", "cake", "fish"]
DISHES += ["chips", "beans", "toast", "porridge"]
WAYS = ["tram", "train", "ferry", "bike", "coach", "lift", "van", "road", "bridge", "tunnel"]
WAYS += ["map", "stop", "lorry", "canoe"]


def meal(dish):
    return f"The {dish} was tasty and hot on the plate."


def journey(way):
    return f"The {way} ran late and we had a long journey."


def add_themes(codebook):
    """Two themes, in whose lists there is little of what people say of them."""
    meals = ThemeFactory(
        codebook=codebook,
        code="meals",
        name="Meals",
        definition="What people eat.",
        keywords=["food", "dinner"],
        examples=[],
    )
    travel = ThemeFactory(
        codebook=codebook,
        code="travel",
        name="Travel",
        definition="How people get here.",
        keywords=["bus", "taxi"],
        examples=[],
    )
    return meals, travel


def key(*, held_back):
    """A key that holds its note back, or one that does not."""
    while True:
        found = uuid.uuid5(uuid.NAMESPACE_OID, str(next(NUMBERS)))
        digest = hashlib.sha256(str(found).encode()).hexdigest()
        if (int(digest, 16) % 5 == 0) == held_back:
            return found


def add_note(unit, observer, *passages, held_back=False, **fields):
    """A note of passages, each (text, {theme: status}); people decided about each of them."""
    note = ObservationFactory(
        unit=unit, observer=observer, submitted=True, key=key(held_back=held_back), **fields
    )
    note.refresh_from_db()
    for text, said in passages:
        passage = PassageFactory(observation=note, text=text)
        for theme, status in said.items():
            decide(passage, theme, status)
    return note


def decide(passage, theme, status, **fields):
    decided = {} if status == "suggested" else {status: True, "decided_at": DECIDED_AT}
    return MentionFactory(passage=passage, theme=theme, **decided, **fields)


def teach(meals, travel, unit, observers, *, held_back=0, flipped=False, last=None):
    """A note for each dish and way: what it says is confirmed, the other theme rejected.

    So many more of them are held back; `flipped` there turns what people say round.
    """
    pairs = list(zip(DISHES, WAYS, strict=True))[:last]
    for place, (dish, way) in enumerate(pairs):
        observer = observers[place % len(observers)]
        add_note(unit, observer, *both(dish, way, meals, travel))
    for place in range(held_back):
        dish, way = pairs[place % len(pairs)]
        one, other = (travel, meals) if flipped else (meals, travel)
        add_note(unit, observers[0], *both(dish, way, one, other), held_back=True)


def both(dish, way, meals, travel):
    return (
        (meal(dish), {meals: "confirmed", travel: "rejected"}),
        (journey(way), {travel: "confirmed", meals: "rejected"}),
    )


def asked(codebook):
    return CodingModel.objects.create(codebook=codebook)
