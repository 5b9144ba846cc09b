"""Two presses at the same moment, in two threads, as two windows or an impatient finger send them."""

import pytest
from django.urls import reverse

from observations.models import EarlySign, EarlySignStep, Mention, Observation, Redaction, Reply
from practicelens.audit.models import Entry
from practicelens.mail.models import Letter
from tests.at_once import answers_at_once, at_once
from tests.factories import (
    EarlySignFactory,
    MentionFactory,
    PassageFactory,
    RatingFactory,
    RedactionFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


SHARE = {"not_shared_because": "share"}


def at(name, *parts):
    return reverse(f"observations:{name}", args=parts)


def logged(action):
    return Entry.objects.filter(action=action).count()


def test_submitted_at_once_it_is_submitted_once(psw, draft):
    Observation.objects.filter(pk=draft.pk).update(reflection_effect="They sat straighter.")
    PassageFactory(observation=draft)
    RatingFactory(observation=draft, evidence="She drew it with him.")

    assert at_once(psw, at("check", draft.key), SHARE) == draft.get_absolute_url()
    assert logged("submitted") == logged("shared") == Letter.objects.count() == 1


def test_shared_at_once_it_is_shared_once(psw, observation):
    assert at_once(psw, at("share", observation.key), {}) == observation.get_absolute_url()
    assert logged("shared") == Letter.objects.count() == 1


def test_replied_at_once_it_is_replied_once(practitioner, shared_observation):
    sent = {"verdict": "agreed", "fairness": "fair", "words": "That is how it was."}

    url = at_once(practitioner, at("reply", shared_observation.key), sent)

    assert url == shared_observation.get_absolute_url()
    assert Reply.objects.count() == logged("answered") == 1


def test_withdrawn_at_once_it_is_withdrawn_once(psw, observation):
    assert at_once(psw, at("withdraw", observation.key), {}) == observation.get_absolute_url()
    assert logged("withdrew") == 1


def test_a_name_settled_at_once_is_settled_once(psw, observation):
    redaction = RedactionFactory(passage__observation=observation)

    at_once(psw, at("settle", redaction.pk), {"how": "keep", "reason": "A town."})

    assert Redaction.objects.get().settled == "kept"
    assert logged("kept") == 1


def test_an_early_sign_kept_open_at_once_is_kept_once(psw, observation):
    early_sign = EarlySignFactory(passage__observation=observation)

    at_once(psw, at("settle_early_sign", early_sign.pk, "keep-open"), {"because": ""})

    assert EarlySign.objects.get().state == EarlySign.State.KEPT
    assert EarlySignStep.objects.filter(what="kept").count() == 1


@pytest.fixture
def mention(observation, theme):
    return MentionFactory(passage=PassageFactory(observation=observation), theme=theme)


@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_a_theme_decided_at_once_is_decided_once(psw, mention, status):
    at_once(psw, at("decide", mention.pk), {"status": status, "stance": "helps"})

    decided = Mention.objects.get()
    assert (decided.status, decided.decided_by) == (status, psw)


def test_a_theme_decided_at_once_by_two_people_has_the_word_of_one(psw, service, mention):
    other = RoleFactory(unit=service).user
    pressed = [
        (psw, {"status": "confirmed", "stance": "helps"}),
        (other, {"status": "rejected", "stance": "helps"}),
    ]

    answers = answers_at_once(pressed, at("decide", mention.pk))

    decided = Mention.objects.get()
    whose = {"confirmed": psw, "rejected": other}
    assert all(answer.status_code < 500 for answer in answers)
    assert decided.decided_by == whose[decided.status]
