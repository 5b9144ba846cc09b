"""A press is remembered for a while: by whom, and of what."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from practicelens.people.models import Press
from practicelens.people.models.presses import REMEMBERED_FOR

pytestmark = pytest.mark.django_db


def test_a_press_is_found_by_who_made_it_and_what_was_sent_for_a_while(psw, leader):
    drawing = uuid4()
    Press.objects.remember(psw, "a form", drawing, "/where/")

    found = Press.objects.of(psw, "a form")

    assert (found.drawing, found.leads_to, found.person) == (drawing, "/where/", psw)
    assert timezone.now() - found.at < REMEMBERED_FOR
    assert Press.objects.of(psw, "another form") is None
    assert Press.objects.of(leader, "a form") is None
    Press.objects.update(at=timezone.now() - REMEMBERED_FOR - timedelta(seconds=1))
    assert Press.objects.of(psw, "a form") is None
