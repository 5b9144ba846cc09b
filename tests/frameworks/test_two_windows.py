"""Two windows on what admins keep: both texts are shown, and one window does not clash with itself."""

import re
import uuid

import pytest
from django.urls import reverse

from practicelens.people.models import KeptWords
from tests.factories import FrameworkVersionFactory
from tests.frameworks.test_drafting import at, typed

pytestmark = pytest.mark.django_db

OURS = {"HTTP_ORIGIN": "http://testserver"}
BY_SCRIPT = {"HTTP_X_AUTOSAVE": "1", **OURS}


def window():
    return str(uuid.uuid4())


@pytest.fixture
def draft(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__code="ours", draft=True)


@pytest.fixture
def criterion(draft):
    return draft.criteria.order_by("position").first()


@pytest.fixture
def page(criterion):
    return at("draft_part", "criteria", criterion.pk)


def test_a_window_does_not_clash_with_itself(framework_admin_client, criterion, page):
    sent = typed(criterion, window=window())

    for name in ("Once", "Twice", "Three times"):
        answer = framework_admin_client.post(page, sent | {"name": name})
        assert answer.status_code == 302

    criterion.refresh_from_db()
    assert criterion.name == "Three times"


def test_a_second_window_is_shown_both_texts(framework_admin_client, criterion, page):
    early, late = (typed(criterion, name=name, window=window()) for name in ("Early", "Late"))
    framework_admin_client.post(page, early)

    answer = framework_admin_client.post(page, late)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Early" in shown
    assert "Late" in shown
    assert f'name="window" value="{late["window"]}"' in shown
    criterion.refresh_from_db()
    assert criterion.name == "Early"


def test_words_are_kept_as_they_are_typed_and_come_back_on_the_save_they_were_typed_on(
    framework_admin_client, criterion, page
):
    sent = typed(criterion, name="Typed, not pressed", window=window())
    answer = framework_admin_client.post(page, sent, **BY_SCRIPT)
    assert "kept_at" in answer.json()
    framework_admin_client.post(page, typed(criterion, name="Pressed", window=window()))

    shown = framework_admin_client.get(page).content.decode()

    assert "Typed, not pressed" in shown
    assert "It is not saved yet" in shown
    assert f'name="base" value="{sent["base"]}"' in shown
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    late = framework_admin_client.post(page, sent | hidden)
    assert late.status_code == 409
    assert "Pressed" in late.content.decode()


def test_what_a_draft_is_built_with_is_shown_from_both_windows(framework_admin_client, draft):
    page = at("draft_about")
    base = framework_admin_client.get(page).context["base"]
    blank = dict.fromkeys(["description", "source", "licence"], "")
    sent = blank | {"base": base, "name": "Ours", "scale": draft.scale_id}
    sent["causes"] = [draft.causes.first().pk]
    framework_admin_client.post(
        page, sent | {"description": "From the laptop.", "window": window()}
    )

    late = sent | {"description": "From the phone.", "window": window()}
    answer = framework_admin_client.post(page, late)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From the laptop." in shown
    assert "From the phone." in shown


def test_words_for_a_page_that_is_gone_are_shown_and_kept(framework_admin_client, criterion, page):
    framework_admin_client.post(at("delete_part", "criteria", criterion.pk))

    sent = typed(criterion, look_for="They sat beside him.", window=window())
    answer = framework_admin_client.post(page, sent, **OURS)

    assert answer.status_code == 404
    assert "They sat beside him." in answer.content.decode()
    assert "They sat beside him." in KeptWords.objects.get().words
    assert reverse("people:kept") in answer.content.decode()
