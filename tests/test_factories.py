import inspect

import pytest
from factory.django import DjangoModelFactory

from frameworks.models import LevelDescription
from tests import factories

pytestmark = pytest.mark.django_db

FACTORIES = [
    each
    for _, each in inspect.getmembers(factories, inspect.isclass)
    if issubclass(each, DjangoModelFactory) and not each._meta.abstract
]


@pytest.mark.parametrize("made_by", FACTORIES)
def test_every_factory_makes_a_valid_row_with_no_arguments(made_by):
    made = made_by()

    assert type(made).objects.filter(pk=made.pk).exists()


STATES = ["quick_note", "draft", "submitted", "shared", "answered", "withdrawn", "trial", "tried"]


@pytest.mark.parametrize("state", STATES)
def test_an_observation_in_each_of_its_states(state):
    observation = factories.ObservationFactory(**{state: True})

    assert observation.is_counted is (state in ["submitted", "shared", "answered"])
    assert hasattr(observation, "reply") is (state == "answered")


def test_a_framework_version_comes_published_and_whole():
    version = factories.FrameworkVersionFactory()

    assert [each.code for each in version.criteria.order_by("position")] == ["1.1", "1.2", "2.1"]
    assert LevelDescription.objects.filter(criterion__version=version).count() == 12
    assert version.state == "In use"
