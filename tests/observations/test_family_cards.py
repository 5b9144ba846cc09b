"""A card for a family: made, answered once without signing in, read without names, taken back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import segno
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from observations.family import actions, limits
from observations.family.links import LENGTH, LETTERS, answer_code, fingerprint, withdrawal_code
from observations.family.wordings import ENGLISH
from observations.models import FamilyCard, Observation, Passage, Redaction
from practicelens.audit.models import Entry
from practicelens.mail.models import Letter
from tests.factories import (
    ObservationFactory,
    PassageFactory,
    SafeguardingStepFactory,
)
from tests.family_cards import FamilyCardFactory, FamilyCardLanguageFactory

pytestmark = pytest.mark.django_db
WORDS = "She asked me first. It was good that nobody rushed me."


@pytest.fixture
def card(observation):
    return FamilyCardFactory(observation=observation)


def address(card):
    return reverse("family:card", args=[answer_code(card)])


def thanks(card):
    return reverse("families:words", args=[withdrawal_code(card)])


def sent(**said):
    answers = {"listened": "yes", "understood": "", "helped": "partly", "words": WORDS}
    return {"drawing": uuid4(), "way": "alone", "agree": "on", **answers, **said}


def send(card, **said):
    return Client().post(address(card), sent(**said))


def read(client, observation):
    return client.get(observation.get_absolute_url()).content.decode()


# Made and handed over


def test_an_observer_makes_a_card_and_is_shown_its_link_and_its_code(psw_client, observation):
    made = psw_client.post(
        reverse("observations:family_cards", args=[observation.key]), {"days": 14}
    )

    card = FamilyCard.objects.get()
    page = psw_client.get(made.url).content.decode()
    link = f"http://testserver{address(card)}"
    assert link in page
    assert (
        segno.make_qr(link, error="m").svg_inline(
            border=4, light="white", omitsize=True, svgclass="pl-qr"
        )
        in page
    )
    assert card.last_day == observation.unit.today() + timedelta(days=14)
    assert Entry.objects.filter(action="made", what="family card", by=card.made_by).exists()


def test_a_link_has_128_bits_and_the_database_its_fingerprint_alone(card):
    code = answer_code(card)

    assert len(LETTERS) ** LENGTH >= 2**128
    assert set(code) <= set(LETTERS)
    assert len(code) == LENGTH
    assert card.link_hash == fingerprint(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT observations_familycard::text FROM observations_familycard")
        assert code not in cursor.fetchone()[0]


def test_a_card_belongs_to_a_draft_too(psw_client, psw, team, framework_version):
    draft = ObservationFactory(unit=team, observer=psw)
    page = psw_client.get(draft.get_absolute_url()).content.decode()
    cards = reverse("observations:family_cards", args=[draft.key])
    assert cards in page

    card = FamilyCardFactory(observation=draft)
    send(card)

    assert WORDS in psw_client.get(cards).content.decode()


def test_no_card_is_made_where_no_family_is_met_nor_for_a_trial(psw_client, psw, team):
    supervision = ObservationFactory(
        unit=team, observer=psw, submitted=True, kind_of_work="supervision"
    )
    trial = ObservationFactory(unit=team, observer=psw, trial=True)

    for observation in (supervision, trial):
        assert "Ask the family" not in read(psw_client, observation)
        cards = reverse("observations:family_cards", args=[observation.key])
        assert psw_client.post(cards, {"days": 14}).status_code == 403
    assert not FamilyCard.objects.exists()


def test_a_card_is_printed_with_a_part_to_keep(psw_client, observation, card):
    page = psw_client.get(
        reverse("observations:family_card_paper", args=[observation.key, card.pk])
    ).content.decode()

    assert address(card) in page
    assert thanks(card) in page
    assert all(ENGLISH[name] in page for name in ("listened", "helped", "words", "agree"))


def test_a_cancelled_card_is_closed(psw_client, observation, card):
    cancel = reverse("observations:cancel_family_card", args=[observation.key, card.pk])
    psw_client.post(cancel)
    psw_client.post(cancel)

    assert send(card).status_code == 410
    assert not FamilyCard.objects.get().used_at


# Answered


def test_a_family_answers_without_signing_in(psw_client, observation, card):
    page = Client().get(address(card)).content.decode()
    answered = send(card)

    assert f'<label class="govuk-label" for="words">{ENGLISH["words"]}</label>' in page
    assert all(ENGLISH[name] in page for name in ("listened", "words", "no_names", "agree"))
    assert f"{card.last_day:%-d %B %Y}" in page
    assert answered.url == thanks(card)
    assert thanks(card) in Client().get(answered.url).content.decode()
    card.refresh_from_db()
    assert (card.listened, card.understood, card.helped) == ("yes", "", "partly")
    assert card.agreed_to == ENGLISH["agree"]
    shown = read(psw_client, observation)
    assert "Families’ words" in shown
    assert WORDS in shown


def test_pressing_twice_is_once_and_shows_the_same_thanks(card):
    said = sent()

    first, second = (Client().post(address(card), said) for _ in range(2))

    assert first.url == second.url == thanks(card)
    assert Passage.objects.filter(kind="family").count() == 1


def test_a_card_is_used_once(card):
    send(card)

    assert send(card, words="Something else entirely.").status_code == 410
    assert Client().get(address(card)).status_code == 410
    assert Passage.objects.get(kind="family").text == WORDS


def test_the_database_refuses_another_answer(card):
    send(card)

    for change in ({"listened": "no"}, {"used_at": None}, {"agreed_to": "More"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FamilyCard.objects.update(**change)


def test_after_its_last_day_a_card_is_closed(card):
    FamilyCard.objects.update(last_day=card.unit.today() - timedelta(days=1))

    assert Client().get(address(card)).status_code == 410
    assert send(card).status_code == 410


def test_an_unknown_link_tells_nothing(card):
    page = Client().get(reverse("family:card", args=["a" * LENGTH]))

    assert page.status_code == 404
    assert ENGLISH["unknown"] in page.content.decode()


def test_a_card_without_yes_or_without_an_answer_is_not_sent(card):
    without_yes = Client().post(address(card), sent() | {"agree": ""})
    empty = send(card, listened="", helped="", words=" ")
    long = send(card, words="word " * 1000)

    assert [page.status_code for page in (without_yes, empty, long)] == [422, 422, 422]
    assert ENGLISH["must_agree"] in without_yes.content.decode()
    assert WORDS in without_yes.content.decode()
    assert ENGLISH["skip_all"] in empty.content.decode()
    assert ENGLISH["too_long"] in long.content.decode()


@pytest.mark.parametrize(
    ("way", "told"), [("phone", "Asked on the phone"), ("paper", "Typed in from paper")]
)
def test_whoever_types_it_in_says_how_it_was_asked(psw_client, observation, card, way, told):
    send(card, way=way)

    assert told in read(psw_client, observation)


def test_the_page_is_found_by_nobody_and_tells_nobody_its_address(card):
    page = Client().get(address(card))

    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    html = page.content.decode()
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="https?:', html)


def test_too_many_tries_from_one_place_wait(card, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 2)
    wrong = reverse("family:card", args=["b" * LENGTH])

    codes = [Client().get(wrong).status_code for _ in range(4)]

    assert codes == [404, 404, 429, 429]
    assert send(card).status_code == 429
    assert Client().get(address(card)).status_code == 200


def test_the_numbers_to_call_are_those_of_the_unit(card, team):
    SafeguardingStepFactory(unit=team, title="Call the duty desk", telephone="01632 960 001")

    page = Client().get(address(card)).content.decode()

    assert "tel:999" in page
    assert "tel:01632960001" in page


def test_the_observer_is_told_that_it_came_in(card, psw):
    send(card)

    assert Letter.objects.filter(to=psw, subject__contains="card came in").count() == 1


# No names, and whose it is to read


def test_names_are_replaced_before_anybody_reads_the_words(psw_client, psw, observation, card):
    send(card, words="Kayden was sad. Mrs Okafor talked to Kayden, and then to me.")

    passage = Passage.objects.get(kind="family")
    assert "Kayden" not in passage.text
    assert "Okafor" not in passage.text
    assert not Redaction.objects.open().exists()
    found = Redaction.objects.filter(passage=passage).first()
    psw_client.post(reverse("observations:put_back", args=[found.pk]))
    passage.refresh_from_db()
    assert found.words in passage.text


def test_what_could_not_be_looked_through_is_the_observers_alone(
    psw_client, practitioner_client, shared_observation
):
    words = "Вона слухала мене. Мені допомогли."
    card = FamilyCardFactory(observation=shared_observation)

    send(card, words=words)

    assert words in read(psw_client, shared_observation)
    assert words not in read(practitioner_client, shared_observation)
    assert not Passage.objects.quotable().filter(kind="family").exists()


def test_who_reads_the_observation_reads_the_words(
    practitioner_client, stranger_client, shared_observation
):
    FamilyCardFactory(observation=shared_observation, came_in=True)

    assert "nobody rushed me" in read(practitioner_client, shared_observation)
    assert stranger_client.get(shared_observation.get_absolute_url()).status_code == 404


def test_an_observer_changes_no_family_s_words(psw_client, psw, team, framework_version):
    draft = ObservationFactory(unit=team, observer=psw)
    PassageFactory(observation=draft)
    send(FamilyCardFactory(observation=draft))
    words = draft.passages.get(kind="family")
    of_it = [draft.key, "passages", words.key]

    entries = psw_client.get(reverse("observations:entries", args=of_it[:2])).content.decode()

    assert WORDS not in entries
    assert psw_client.get(reverse("observations:entry", args=of_it)).status_code == 404
    assert psw_client.get(reverse("observations:remove_entry", args=of_it)).status_code == 404
    assert (
        psw_client.get(reverse("observations:cut", args=[draft.key, words.key])).status_code == 404
    )
    assert (
        psw_client.post(reverse("observations:entry", args=of_it), {"text": "Mine"}).status_code
        == 404
    )


def test_a_family_s_words_alone_are_not_what_the_observer_saw(
    psw_client, psw, team, framework_version
):
    draft = ObservationFactory(unit=team, observer=psw)
    send(FamilyCardFactory(observation=draft))

    page = psw_client.get(draft.get_absolute_url()).content.decode()

    assert "Write down one thing seen or heard" in page


def test_words_that_come_later_are_looked_through_for_themes_and_early_signs(observation, card):
    Observation.objects.update(coded_at=observation.submitted_at)

    send(card)

    assert Observation.objects.get(pk=observation.pk).coded_at is None


# Taken back


def test_a_family_takes_back_what_it_said(psw_client, observation, card):
    send(card)

    for _ in range(2):
        pressed = Client().post(thanks(card))
        assert ENGLISH["gone"] in Client().get(pressed.url).content.decode()

    card.refresh_from_db()
    assert card.state == FamilyCard.State.TAKEN_BACK
    assert (card.listened, card.helped, card.passage) == ("", "", None)
    assert not Passage.objects.filter(text__contains="rushed").exists()
    shown = read(psw_client, observation)
    assert "rushed" not in shown
    assert "Families’ words" not in shown


def test_what_was_made_of_the_words_goes_with_them(psw_client, observation, card):
    send(card, words="Kayden was sad. She asked me first.")
    actions.take_back(card=FamilyCard.objects.get())

    assert not Redaction.objects.exists()
    assert "Kayden" not in read(psw_client, observation)


def test_the_observer_is_not_shown_the_link_that_takes_back(psw_client, observation, card):
    page = psw_client.get(
        reverse("observations:family_card", args=[observation.key, card.pk])
    ).content.decode()

    assert withdrawal_code(card) not in page


# Languages


def test_a_card_is_read_in_a_language_once_all_of_it_is_translated(card, organisation):
    half = FamilyCardLanguageFactory(unit=organisation, tag="mi", texts=[ENGLISH["send"]])
    whole = FamilyCardLanguageFactory(unit=organisation)

    page = Client().get(address(card)).content.decode()
    in_welsh = Client().get(f"{address(card)}?in=cy").content.decode()

    assert "?in=cy" in page
    assert f"?in={half.tag}" not in page
    assert f'lang="{whole.tag}"' in in_welsh
    assert f"cy: {ENGLISH['listened']}" in in_welsh


def test_what_was_agreed_to_is_kept_as_it_was_read(card, organisation):
    FamilyCardLanguageFactory(unit=organisation)

    answered = Client().post(f"{address(card)}?in=cy", sent())

    assert FamilyCard.objects.get().agreed_to == f"cy: {ENGLISH['agree']}"
    assert f"cy: {ENGLISH['thanks']}" in Client().get(answered.url).content.decode()


def test_a_framework_admin_keeps_the_languages(framework_admin_client, organisation):
    languages = reverse("observations:family_languages")
    added = framework_admin_client.post(languages, {"name": "te reo Māori", "tag": "mi"})
    page = framework_admin_client.get(added.url).content.decode()
    framework_admin_client.post(added.url, {name: f"mi: {text}" for name, text in ENGLISH.items()})

    assert ENGLISH["listened"] in page
    assert "cards offer it" in framework_admin_client.get(languages).content.decode()
    again = framework_admin_client.post(languages, {"name": "Te reo", "tag": "mi"})
    assert "The card has this language already" in again.content.decode()
    framework_admin_client.post(f"{added.url}remove/")
    assert "None yet" in framework_admin_client.get(languages).content.decode()
