"""Who wrote an observation and has left where it was made: they read it, and change nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.mentions.queue import waiting_for
from observations.models import Conversation, EarlySign, Mention, Observation, Pair
from tests.factories import (
    EarlySignFactory,
    MentionFactory,
    ObservationFactory,
    PairFactory,
    PassageFactory,
    RedactionFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"observations:{name}", args=arguments)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def shared(shared_observation):
    return shared_observation


@pytest.fixture
def leave(psw, system_admin):
    """Ends the observer's role where their notes were made."""

    def leave():
        psw.roles.update(ended_at=timezone.now(), ended_by=system_admin)

    return leave


@pytest.fixture
def elsewhere(leave, psw, other_team):
    """The observer leads practice in another organisation now."""

    def move():
        leave()
        RoleFactory(user=psw, unit=other_team)

    return move


@pytest.mark.parametrize("state", ["draft", "submitted", "shared", "withdrawn"])
def test_their_own_is_theirs_to_read(psw, psw_client, team, leave, framework_version, state):
    note = ObservationFactory(unit=team, observer=psw, **{state: True})
    PassageFactory(observation=note, text="Mum was asked first.")
    leave()

    page = text_of(psw_client.get(note.get_absolute_url()))

    assert "Mum was asked first." in page
    assert f"You no longer write observations in {team}." in page


@pytest.mark.parametrize("state", ["draft", "submitted", "shared"])
def test_their_page_offers_nothing_to_do(psw, psw_client, team, leave, framework_version, state):
    note = ObservationFactory(unit=team, observer=psw, **{state: True})
    RedactionFactory(passage__observation=note)
    leave()

    page = text_of(psw_client.get(note.get_absolute_url()))

    on_paper = reverse("observations:observation_pdf", args=[note.key])  # which is to read it
    assert str(note.key) not in page.replace(on_paper, "")
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


DOES = {
    "withdraw": ("shared", [], {"because": "A mistake."}),
    "share": ("submitted", [], {}),
    "conversation": ("shared", [], {"strengths": "Calm."}),
    "pair": ("submitted", [], {}),
    "section": ("draft", ["where"], {"minutes": "40"}),
    "check": ("draft", [], {}),
}


@pytest.mark.parametrize("name", DOES)
def test_they_change_nothing(psw, psw_client, team, leave, framework_version, name):
    state, more, sent = DOES[name]
    note = ObservationFactory(unit=team, observer=psw, **{state: True})
    leave()
    before = Observation.objects.filter(pk=note.pk).values().get()

    response = psw_client.post(at(name, note.key, *more), sent)

    assert response.status_code == 403
    assert Observation.objects.filter(pk=note.pk).values().get() == before
    assert not Conversation.objects.exists()


def test_going_back_to_a_draft_leads_to_where_it_is_read(psw_client, draft, leave):
    leave()

    response = psw_client.get(at("entries", draft.key, "passages"))

    assert response.url == draft.get_absolute_url()


def test_they_settle_no_possible_name_and_put_none_back(psw_client, shared, leave):
    waits = RedactionFactory(passage__observation=shared)
    replaced = RedactionFactory(passage__observation=shared, replaced=True)
    leave()

    kept = psw_client.post(at("settle", waits.pk), {"how": "keep", "reason": "A town."})
    assert kept.status_code == 404
    assert psw_client.post(at("put_back", replaced.pk)).status_code == 404


def test_with_a_role_elsewhere_they_decide_about_no_passage_of_it(
    psw, psw_client, shared, theme, elsewhere
):
    mention = MentionFactory(passage__observation=shared, theme=theme)
    early_sign = EarlySignFactory(passage=mention.passage)
    elsewhere()

    assert psw_client.get(at("decide", mention.pk)).status_code == 404
    assert psw_client.get(at("early_sign", early_sign.pk)).status_code == 404
    assert psw_client.get(at("add_mention", mention.passage.pk)).status_code == 403
    assert not waiting_for(psw).exists()
    assert not Mention.objects.visible_to(psw).exists()
    assert not EarlySign.objects.visible_to(psw).exists()


def test_what_another_observer_wrote_beside_theirs_is_not_theirs_to_keep(
    psw, psw_client, shared, team, leave
):
    pair = PairFactory(
        first=shared,
        second=ObservationFactory(
            unit=team, submitted=True, framework_version=shared.framework_version
        ),
    )
    leave()

    assert psw_client.get(pair.get_absolute_url()).status_code == 404
    assert psw_client.post(reverse("reports:unpair", args=[pair.pk])).status_code == 404
    assert Pair.objects.exists()


def test_a_draft_of_where_they_left_is_not_among_those_to_go_on_with(
    psw, psw_client, draft, elsewhere
):
    assert draft in psw_client.get(reverse("home")).context["drafts"]

    elsewhere()

    assert not psw_client.get(reverse("home")).context["drafts"]


def test_without_any_role_they_find_all_that_they_wrote_on_their_own_page(
    psw, psw_client, team, framework_version, leave
):
    notes = ObservationFactory.create_batch(27, unit=team, observer=psw, submitted=True)
    leave()

    assert at("held") in text_of(psw_client.get(reverse("people:me")))
    pages = [text_of(psw_client.get(at("held"), {"page": number})) for number in (1, 2)]
    assert all(any(str(note.key) in page for page in pages) for note in notes)


def test_who_leads_practice_there_goes_on(psw, psw_client, observation, team, leave):
    leave()
    RoleFactory(user=psw, unit=team)

    assert psw_client.post(at("share", observation.key)).status_code == 302
    observation.refresh_from_db()
    assert observation.shared_at


def test_a_practitioner_who_left_still_has_the_right_of_reply(
    practitioner, practitioner_client, shared
):
    practitioner.roles.all().delete()

    assert practitioner_client.get(shared.get_absolute_url()).status_code == 200
    assert practitioner_client.get(at("reply", shared.key)).status_code == 200
