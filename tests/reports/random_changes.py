"""A process that changes notes at random through the actions: `SEED COUNT` are its arguments."""

import random
import sys

import django


def main(seed, count):
    dice = random.Random(seed)
    for _ in range(count):
        change = dice.choices([add, withdraw, decide, undecide, add_theme, roll_up], WEIGHTS)[0]
        change(dice)


WEIGHTS = [30, 8, 30, 8, 14, 10]


def add(dice):
    observer = dice.choice(list(User.objects.filter(roles__kind=Role.Kind.PSW).order_by("pk")))
    below = Unit.objects.teams().filter(pk__in=observer.reach(Act.WRITE_OBSERVATIONS))
    observation = ObservationFactory(
        unit=dice.choice(list(below.order_by("pk"))),
        observer=observer,
        practitioner=None,
        observed_on=date(2026, dice.choice([9, 10]), dice.randint(1, 28)),
        reflection_effect="They sat up straighter than they would have.",
    )
    observation.refresh_from_db()
    for text in dice.choices(TEXTS, k=2):
        PassageFactory(observation=observation, text=text)
    for _ in range(dice.randint(0, 3)):
        rate(observation, dice)
    notes.submit(observation=observation, by=observer)
    if dice.random() < 0.9:  # the rest is left to a sweep
        coding.code(observation=observation)


def rate(observation, dice):
    level = dice.choice(list(observation.framework_version.scale.levels.order_by("position")))
    RatingFactory(observation=observation, **dice.choice([{"level": level}, {"missed": True}]))


def withdraw(dice):
    observation = one_of(Observation.objects.counted(), dice)
    if observation:
        with suppress(NotNow):
            notes.withdraw(observation=observation, by=observation.observer)


def decide(dice):
    mention = one_of(Mention.objects.all(), dice)
    if mention:
        with suppress(NotNow):
            actions.decide_mention(
                mention=mention,
                by=mention.observation.observer,
                status=dice.choice([Mention.Status.CONFIRMED, Mention.Status.REJECTED]),
                stance=dice.choice(["helps", "hinders", "neither"]),
            )


def undecide(dice):
    mention = one_of(Mention.objects.exclude(status="suggested"), dice)
    if mention:
        with suppress(NotNow):
            actions.undecide(mention=mention)


def add_theme(dice):
    passage = one_of(Passage.objects.filter(is_counted=True), dice)
    if passage:
        with suppress(NotNow):
            actions.add_mention(
                passage=passage,
                theme=dice.choice(list(Theme.objects.order_by("pk"))),
                stance=dice.choice(["helps", "hinders", "neither"]),
                by=passage.observation.observer,
            )


def roll_up(dice):
    roll_up_dirty(limit=dice.choice([1, 20, 500]))


def one_of(rows, dice):
    count = rows.count()
    return rows.order_by("pk")[dice.randrange(count) :].first() if count else None


TEXTS = [
    "Mum was asked first, and her words were written up before anyone else spoke.",
    "The form timed out twice and he gave up on the chronology.",
    "Nobody asked about the electric, though the meter was on its last pound.",
    "She said she was not sure, and said why.",
]

if __name__ == "__main__":
    django.setup()

    from contextlib import suppress
    from datetime import date

    from frameworks.models import Theme
    from observations.mentions import actions
    from observations.models import Mention, Observation, Passage
    from observations.notes import actions as notes
    from observations.notes import coding
    from practicelens.people.models import Role, Unit, User
    from practicelens.people.permissions import Act
    from practicelens.refusals import NotNow
    from reports.cells.rollup import roll_up_dirty
    from tests.factories import ObservationFactory, PassageFactory, RatingFactory

    main(*map(int, sys.argv[1:]))
