"""A framework admin tries a draft with a made-up visit: the observer's form, and nothing kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.models import Cause
from observations.models import Observation, Passage, Rating
from tests.factories import CriterionFactory, DomainFactory, FrameworkVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, draft=True)


@pytest.fixture
def address(draft):
    return reverse("observations:made_up_visit", args=[draft.framework.code])


def level_of(draft):
    return f"level-{draft.scale.levels.order_by('position').last().pk}"


def test_every_criterion_is_asked_as_an_observer_would_be(framework_admin_client, draft, address):
    page = framework_admin_client.get(address).content.decode()

    assert all(criterion.look_for in page for criterion in draft.criteria.all())
    assert "Nothing you fill in here is kept" in page
    assert "data-look=" not in page  # the admin writes no notes: no name is looked for


def test_the_checks_speak_as_they_do_for_a_note(framework_admin_client, draft, address):
    first, second, third = draft.criteria.order_by("position")[:3]
    sent = {
        f"answer_{first.pk}": level_of(draft),
        f"answer_{second.pk}": "missed",
        f"answer_{third.pk}": level_of(draft),
        f"passages_{third.pk}": "3",  # my reading: it shows nothing
    }

    answer = framework_admin_client.post(address, sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{first.code}: say what shows it, or choose Not seen" in page
    assert f"{second.code}: say what got in the way" in page
    assert f"{third.code}: say what shows it, or choose Not seen" in page
    assert "Everything you typed is kept" not in page


def test_what_could_be_submitted_is_counted_in_words_and_nothing_is_kept(
    framework_admin_client, draft, address
):
    first, second = draft.criteria.order_by("position")[:2]
    draft.causes.set(Cause.objects.all())
    sent = {
        f"answer_{first.pk}": level_of(draft),
        f"passages_{first.pk}": "1",
        f"answer_{second.pk}": "missed",
        f"cause_{second.pk}": draft.causes.first().pk,
    }

    with CaptureQueriesContext(connection) as taken:
        page = framework_admin_client.post(address, sent).content.decode()

    assert "An observer could submit this." in page
    assert f"{draft.scale.levels.order_by('position').last().name}: 1" in page
    assert "Opportunity missed: 1" in page
    assert not [each for each in taken if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not any(model.objects.exists() for model in (Observation, Rating, Passage))


def test_it_takes_the_same_queries_however_large(
    framework_admin_client, organisation, django_assert_num_queries
):
    def address_of(size):
        version = FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True)
        for _ in range(size):
            CriterionFactory.create_batch(size, domain=DomainFactory(version=version))
        return reverse("observations:made_up_visit", args=[version.framework.code])

    small, large = address_of(1), address_of(3)
    framework_admin_client.get(small)
    with CaptureQueriesContext(connection) as taken:
        framework_admin_client.get(small)
    with django_assert_num_queries(len(taken)):
        framework_admin_client.get(large)
