"""Names looked for while a text is typed: what is told, to whom, and that nothing of it stays."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from observations import identifiers
from observations.identifiers import rare
from observations.models import Conversation, Observation
from observations.notes.forms.entries import FrictionForm, PassageForm, VoiceForm
from observations.notes.forms.life import ConversationForm, ReplyForm
from observations.notes.forms.sections import MyPartForm
from observations.notes.forms.starting import QuickNoteForm
from observations.redaction import finding, views
from tests.factories import ObservationFactory, ReplyFactory

pytestmark = pytest.mark.django_db

URL = "/observations/look/"
TEXT = "With the aunt. Leanne said the twins slept."


@pytest.fixture(autouse=True)
def known_anew():
    """Who is known is read once a minute; each test has people of its own."""
    finding.known_in_minute.cache_clear()
    yield
    finding.known_in_minute.cache_clear()


def look(client, text=TEXT):
    """Ask as the script of the page does (static/js/looking.js)."""
    return client.post(URL, {"text": text}, headers={"Accept": "application/json"})


def found_in(client, text):
    return [text[each["start"] : each["end"]] for each in look(client, text).json()["findings"]]


def test_a_name_is_placed_asked_about_and_given_another_word(psw_client):
    [found] = look(psw_client).json()["findings"]

    roles = [*found["likely"], *(role for _, roles in found["more"] for role in roles)]
    assert (found["start"], found["end"], found["code"]) == (15, 21, "given_name")
    assert found["kind"] == "Is this a name?"
    assert found["likely"][0] == "the boy"
    assert found["written"] == {role: role[0].upper() + role[1:] for role in roles}


def test_what_is_rare_is_pointed_at_with_its_reason(psw_client):
    [rare] = look(psw_client).json()["rare"]

    assert TEXT[rare["start"] : rare["end"]] == "twins"
    assert rare["reason"].startswith("Twins, or more born together, are few")


def test_the_text_itself_is_not_sent_back(psw_client):
    answer = look(psw_client, "Leanne rang from the quayside.").content.decode()

    assert "Leanne" not in answer
    assert "quayside" not in answer


def test_colleagues_are_known_and_teams_are_no_names(psw_client, practitioner, team):
    assert found_in(psw_client, "Then priya nair spoke for River.") == ["priya nair"]


def test_places_are_counted_in_characters(psw_client):
    assert found_in(psw_client, "😀 Then Leanne rang. It was fine, said Leanne.") == ["Leanne"] * 2


@pytest.mark.parametrize("text", ["", "   ", "\x00", "The mother spoke first.", "\ud800"])
def test_a_text_with_nothing_in_it_has_no_findings(psw_client, text):
    response = psw_client.post(URL, {"text": text.encode("utf-8", "replace").decode()})

    assert response.json() == {"findings": [], "rare": []}


def test_a_long_text_is_refused_with_a_sentence(psw_client):
    response = look(psw_client, "a" * (views.LONGEST + 1))

    assert response.status_code == 413
    assert response.json()["error"].startswith("This is too long to look through as you type.")


def test_it_says_so_when_it_cannot_look(psw_client, monkeypatch):
    def broken(*args, **given):
        raise identifiers.CouldNotLook

    monkeypatch.setattr(identifiers, "find", broken)

    response = look(psw_client)

    assert response.json() == {"could_not_look": "Names could not be looked for just now."}


def test_rare_features_that_cannot_be_looked_for_fail_no_more_openly(psw_client, monkeypatch):
    monkeypatch.setattr(rare, "COMPILED", [(None, "Not a pattern.")])

    assert "could_not_look" in look(psw_client).json()


def test_it_is_for_those_who_write_notes(
    leader_client, framework_admin_client, governance_client, system_admin_client, nobody_client
):
    clients = [leader_client, framework_admin_client, governance_client, system_admin_client]

    assert {look(client).status_code for client in [*clients, nobody_client]} == {403}


def test_a_practitioner_may_ask_while_there_is_something_to_reply_or_to_add(
    practitioner_client, observation, framework_version, team, psw, practitioner
):
    assert look(practitioner_client).status_code == 403

    shared = ObservationFactory(unit=team, observer=psw, practitioner=practitioner, shared=True)
    assert look(practitioner_client).status_code == 200

    ReplyFactory(observation=shared, by=practitioner)
    assert look(practitioner_client).status_code == 200

    Observation.objects.filter(pk=shared.pk).update(quoted_at=now())
    assert look(practitioner_client).status_code == 403


def test_an_observer_whose_role_has_ended_writes_no_more(psw_client, psw, draft):
    psw.roles.all().delete()

    assert look(psw_client).status_code == 403


def test_nobody_who_is_not_signed_in_is_answered_and_nothing_they_sent_is_kept(client):
    response = look(client)

    assert response.status_code == 302
    assert "Leanne" not in response.url
    assert "typed" not in client.session


def test_another_site_can_not_ask(psw):
    client = Client(enforce_csrf_checks=True)
    client.force_login(psw)

    assert look(client).status_code == 403


def test_it_is_asked_by_post_alone(psw_client):
    assert psw_client.get(URL, {"text": TEXT}).status_code == 405


def test_nothing_is_stored_and_who_is_known_is_read_once_a_minute(
    psw_client, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(finding, "monotonic", lambda: 600.0)  # one minute does not become another
    look(psw_client)

    with django_assert_max_num_queries(3) as asked:  # the session, the person, their role
        look(psw_client)
    assert all(is_read(each["sql"]) for each in asked.captured_queries)
    assert connection.queries_log.maxlen  # a guard: queries were captured


def is_read(sql):
    return sql.lstrip().startswith(("SELECT", "WITH RECURSIVE held"))


@pytest.mark.parametrize("length", [len(TEXT), views.LONGEST + 1])
def test_nothing_of_the_text_is_logged(psw_client, caplog, length):
    with caplog.at_level(logging.DEBUG):
        look(psw_client, TEXT.ljust(length, "a"))

    assert "Leanne" not in caplog.text


def test_nothing_of_the_text_is_logged_when_the_page_fails(psw, caplog, monkeypatch):
    def broken(user):
        raise RuntimeError

    monkeypatch.setattr(views, "writes", broken)
    client = Client(raise_request_exception=False)
    client.force_login(psw)

    with caplog.at_level(logging.DEBUG):
        assert look(client).status_code == 500

    assert "RuntimeError" in caplog.text
    assert "Leanne" not in caplog.text


def boxes(form):
    return {name for name, field in form.fields.items() if "data-look" in field.widget.attrs}


def conversation_form(note):
    return ConversationForm(instance=Conversation(observation=note))


def test_every_box_for_free_text_is_looked_at(psw, draft):
    assert boxes(PassageForm(observation=draft)) == {"text"}
    assert boxes(VoiceForm(observation=draft)) == {"words"}
    assert boxes(FrictionForm(observation=draft)) == {"called", "step", "family", "workaround"}
    assert boxes(MyPartForm(instance=draft)) == {"reflection_effect", "reflection_asks"}
    assert boxes(QuickNoteForm(user=psw)) == {"text"}
    assert boxes(conversation_form(draft)) == {"strengths", "questions", "next_step"}
    assert boxes(ReplyForm()) == {"words"}


def test_so_is_the_line_that_shows_a_criterion(psw_client, draft):
    address = reverse("observations:section", args=[draft.key, "ratings-1"])

    page = psw_client.get(address).content.decode()

    assert page.count(f'data-look="{URL}"') == page.count("<textarea") == 2


def test_only_where_names_are_looked_for_again_does_the_page_say_so(psw, draft):
    again = [PassageForm(observation=draft), VoiceForm(observation=draft), QuickNoteForm(user=psw)]
    others = [MyPartForm(instance=draft), conversation_form(draft), ReplyForm()]

    assert all("data-look-again" in str(form) for form in again)
    assert not any("data-look-again" in str(form) for form in others)
