"""Cards for families, and the languages they are in."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from observations.family.links import answer_code, fingerprint, withdrawal_code
from observations.family.wordings import ENGLISH
from observations.models import FamilyCard, FamilyCardLanguage, Passage
from tests.factories import ObservationFactory, PassageFactory, an_organisation


class FamilyCardFactory(DjangoModelFactory):
    """A card that can be used for four weeks; `came_in` with answers and words, `taken_back`."""

    class Meta:
        model = FamilyCard

    class Params:
        came_in = factory.Trait(
            used_at=factory.LazyFunction(timezone.now),
            drawing=factory.LazyFunction(uuid4),
            way="alone",
            agreed_to="Yes, you can use it.",
            listened="yes",
            helped="partly",
            passage=factory.LazyAttribute(
                lambda made: PassageFactory(
                    observation=made.observation,
                    kind=Passage.Kind.FAMILY,
                    text="She asked me first, and nobody rushed me.",
                )
            ),
        )
        taken_back = factory.Trait(
            came_in=True,
            listened="",
            helped="",
            passage=None,
            withdrawn_at=factory.LazyFunction(timezone.now),
        )

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    key = factory.LazyFunction(uuid4)
    link_hash = factory.LazyAttribute(lambda made: fingerprint(answer_code(made)))
    withdrawal_hash = factory.LazyAttribute(lambda made: fingerprint(withdrawal_code(made)))
    made_by = factory.LazyAttribute(lambda made: made.observation.observer)
    last_day = factory.LazyAttribute(
        lambda made: made.observation.unit.today() + timedelta(days=28)
    )


class FamilyCardLanguageFactory(DjangoModelFactory):
    """Welsh, with a mark before each English text in its place; `half` with one text alone."""

    class Meta:
        model = FamilyCardLanguage
        skip_postgeneration_save = True

    unit = factory.LazyFunction(an_organisation)
    name = "Cymraeg"
    tag = "cy"

    @factory.post_generation
    def texts(self, create, said):
        for first in ENGLISH.values() if said is None else said:
            self.texts.create(first=first, second=f"cy: {first}")
