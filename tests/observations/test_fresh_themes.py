"""Themes decided on the way to submitting: decisions like any other, which count once it is submitted."""

from datetime import date

import pytest
from django.urls import reverse

from observations.learning import versions
from observations.mentions.queue import is_kept_for_chance, waiting_for
from observations.models import CodingModel, Mention, Passage
from observations.notes import actions, coding
from observations.notes.cutting import cut
from observations.notes.fresh_themes import MOST, fingerprint, rows_of
from observations.redaction import actions as redactions
from reports.cells import rollup
from reports.models import ThemeCell
from tests.factories import (
    CodebookFactory,
    ObservationFactory,
    PassageFactory,
    RedactionFactory,
    RoleFactory,
    ThemeFactory,
    UnitFactory,
)
from tests.observations.on_a_device import Device

pytestmark = pytest.mark.django_db

QUOTE = "Mum was talked over by three professionals."


@pytest.fixture
def passage(draft, theme):
    return PassageFactory(observation=draft, text=QUOTE, kind="seen")


def address(draft):
    return reverse("observations:fresh_themes", args=[draft.key])


def tap(client, passage, said, at=None):
    body = {"passage": passage.pk, "read": fingerprint(passage), "said": said}
    return client.post(address(at or passage.observation), body)


def decided(draft):
    rows = draft.mentions.order_by("theme__position")
    return list(rows.values_list("theme__name", "status", "stance"))


def save_text(client, passage, text):
    page = reverse("observations:entry", args=[passage.observation.key, "passages", passage.key])
    return client.post(page, {"text": text, "kind": "seen", "base_revision": "0"})


def in_book(theme, **fields):
    return ThemeFactory(codebook=theme.codebook, **fields)


def test_a_passage_shows_at_most_three_themes_suggested_and_saves_none(psw_client, passage, theme):
    for word in ("kettle", "window", "minutes", "stairs"):
        in_book(theme, keywords=[word])
    text = f"{QUOTE} The kettle boiled. The window stuck. Nobody wrote minutes. The stairs creaked."
    Passage.objects.filter(pk=passage.pk).update(text=text)

    page = psw_client.get(address(passage.observation)).text

    assert page.count('value="confirm-') == 5
    [row] = rows_of(passage.observation)
    assert len(row.offered) == MOST
    assert len(row.others) == 2
    assert "Suggested, not confirmed" in page
    assert "“talked”, “over”" in page
    assert not Mention.objects.exists()


def test_a_tap_confirms_a_theme_as_the_queue_does(psw_client, psw, passage, theme):
    answer = tap(psw_client, passage, f"confirm-{theme.pk}")

    assert answer.url == f"{address(passage.observation)}#passage-{passage.pk}"
    [mention] = Mention.objects.all()
    assert (mention.status, mention.theme, mention.decided_by) == ("confirmed", theme, psw)
    assert mention.engine
    assert mention.score
    assert mention.quote == QUOTE
    assert mention.by_chance == is_kept_for_chance(mention)
    assert not mention.is_counted


def test_it_counts_from_submission_on_and_the_rest_waits_in_the_queue(
    psw_client, psw, passage, theme, draft
):
    other = in_book(theme, keywords=["professionals"])
    tap(psw_client, passage, f"confirm-{theme.pk}")
    rollup.roll_up_dirty()
    assert not ThemeCell.objects.exists()
    assert not waiting_for(psw).exists()

    actions.count_in(draft, by=psw, as_="submitted")
    coding.code(observation=draft)
    rollup.roll_up_dirty()

    cells = ThemeCell.objects.order_by("theme").values_list("theme", "observations")
    assert list(cells) == [(theme.pk, 1), (other.pk, 0)]
    assert [mention.theme for mention in waiting_for(psw)] == [other]


def test_none_rejects_what_was_offered_and_leaves_what_was_decided(psw_client, passage, theme):
    other = in_book(theme, keywords=["professionals"])
    tap(psw_client, passage, f"confirm-{theme.pk}")

    tap(psw_client, passage, "none")

    said = dict(Mention.objects.values_list("theme", "status"))
    assert said == {theme.pk: "confirmed", other.pk: "rejected"}
    assert f"Not “{other}”" in psw_client.get(address(passage.observation)).text


def test_another_theme_is_a_persons_own(psw_client, psw, passage, theme):
    other = in_book(theme, keywords=["kettle"])

    tap(psw_client, passage, f"confirm-{other.pk}")

    [mention] = Mention.objects.all()
    assert (mention.theme, mention.engine, mention.decided_by) == (other, "", psw)
    assert mention.quote == QUOTE


def test_what_it_did_is_changed_and_all_is_taken_back_by_a_tap(psw_client, passage, theme):
    tap(psw_client, passage, f"confirm-{theme.pk}")

    tap(psw_client, passage, f"helps-{theme.pk}")
    assert Mention.objects.get().stance == "helps"
    page = psw_client.get(address(passage.observation)).text
    assert f'value="helps-{theme.pk}"' in page

    tap(psw_client, passage, f"undo-{theme.pk}")
    assert not Mention.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("confirm-0", "That theme is not in use"),
        ("confirm-9" * 9, "at most 40 characters"),
        ("eat-1", "That theme is not in use"),
        ("", "Choose a theme, or none"),
    ],
)
def test_what_cannot_be_read_says_what_to_choose(psw_client, passage, said, words):
    answer = tap(psw_client, passage, said)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Mention.objects.exists()


def test_a_passage_of_another_draft_is_none_of_this_one(psw_client, passage, theme, team, psw):
    elsewhere = PassageFactory(observation=ObservationFactory(unit=team, observer=psw), text=QUOTE)

    answer = tap(psw_client, elsewhere, f"confirm-{theme.pk}", at=passage.observation)

    assert answer.status_code == 422
    assert "That passage is gone" in answer.text


def test_words_changed_since_are_not_decided_about(psw_client, passage, theme):
    read = fingerprint(passage)
    Passage.objects.filter(pk=passage.pk).update(text=f"{QUOTE} She said so.")

    answer = psw_client.post(
        address(passage.observation),
        {"passage": passage.pk, "read": read, "said": f"confirm-{theme.pk}"},
        follow=True,
    )

    assert "The passage was changed since" in answer.text
    assert not Mention.objects.exists()


def test_a_decision_stays_with_its_words_as_the_passage_is_written_on(psw_client, passage, theme):
    tap(psw_client, passage, f"confirm-{theme.pk}")

    save_text(psw_client, passage, f"At ten. {QUOTE} Nobody noticed.")

    mention = Mention.objects.get()
    assert mention.quote == QUOTE
    assert mention.found_words == ["talked", "over"]


def test_a_decision_goes_with_its_words(psw_client, passage, theme):
    tap(psw_client, passage, f"confirm-{theme.pk}")

    save_text(psw_client, passage, "Mum was asked first.")

    assert not Mention.objects.exists()


def test_a_decision_goes_into_the_passage_that_its_words_are_cut_into(
    psw_client, psw, passage, theme
):
    Passage.objects.filter(pk=passage.pk).update(text=f"We sat down. {QUOTE}")
    passage.refresh_from_db()
    tap(psw_client, passage, f"confirm-{theme.pk}")

    pieces = [("seen", "We sat down."), ("heard", QUOTE)]
    cut(passage=passage, pieces=pieces, was=passage.text, by=psw)

    mention = Mention.objects.get()
    assert (mention.passage.text, mention.quote) == (QUOTE, QUOTE)


def test_a_decision_moves_where_a_name_is_replaced(psw_client, psw, draft, theme):
    passage = PassageFactory(observation=draft, text=f"Leanne came. {QUOTE}", kind="seen")
    name = RedactionFactory(
        observation=draft, passage=passage, words="Leanne", suggestion="the mother", start=0, end=6
    )
    assert "1 name to check" in psw_client.get(address(draft)).text
    tap(psw_client, passage, f"confirm-{theme.pk}")

    redactions.replace(redaction=name, by=psw, replacement="the mother")

    assert Mention.objects.get().quote == QUOTE


def test_a_decision_stays_when_a_device_sends_the_draft(psw_client, psw, draft, theme):
    device = Device(psw, draft.framework_version, unit=draft.unit_id, kind_of_work="core_group")
    device.see(QUOTE)
    device.send(psw_client)
    sent = Passage.objects.get(observation__key=device.id)
    tap(psw_client, sent, f"confirm-{theme.pk}")

    device.see(f"{QUOTE} It was noted.")
    device.send(psw_client)

    sent.refresh_from_db()
    assert sent.text == f"{QUOTE} It was noted."
    assert decided(sent.observation) == [(theme.name, "confirmed", "hinders")]


def test_it_is_not_shared_with_the_practitioner_and_the_last_page_says_so(
    psw_client, psw, practitioner_client, passage, theme
):
    tap(psw_client, passage, f"confirm-{theme.pk}")

    check = psw_client.get(reverse("observations:check", args=[passage.observation.key])).text
    kept_back = check.partition('id="kept-back-title"')[2]
    assert "The theme that you confirmed." in kept_back
    assert theme.name not in check

    actions.count_in(passage.observation, by=psw, as_="submitted")
    assert passage.observation.shared_at
    read = practitioner_client.get(passage.observation.get_absolute_url()).text
    assert QUOTE in read
    assert theme.name not in read


def test_a_familys_words_wait_for_the_queue(psw_client, passage, theme):
    theirs = PassageFactory(observation=passage.observation, text=QUOTE, kind="family")

    assert [row.passage for row in rows_of(passage.observation)] == [passage]
    assert tap(psw_client, theirs, "none").status_code == 422


def test_a_theme_gone_out_of_use_or_of_another_team_does_not_count(psw_client, psw, passage, theme):
    theirs = ThemeFactory(codebook=CodebookFactory(unit=UnitFactory()))
    tap(psw_client, passage, f"confirm-{theme.pk}")
    assert tap(psw_client, passage, f"confirm-{theirs.pk}").status_code == 422
    theme.retired_on = date(2026, 1, 1)
    theme.save()

    actions.count_in(passage.observation, by=psw, as_="submitted")

    assert not Mention.objects.exists()


def test_what_is_read_by_others_before_it_is_submitted_has_none_of_it(
    psw_client, client, team, passage, theme
):
    tap(psw_client, passage, f"confirm-{theme.pk}")
    mention = Mention.objects.get()

    client.force_login(RoleFactory(kind="psw", unit=team).user)
    answers = [
        client.get(reverse("observations:decide", args=[mention.pk])),
        client.get(address(mention.observation)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_it_is_on_the_way_to_submitting_and_can_be_left(psw_client, draft, passage):
    part = reverse("observations:section", args=[draft.key, "my-part"])
    assert "Save and go on: Themes, while it is fresh" in psw_client.get(part).text

    answer = psw_client.post(
        part, {"reflection_effect": "Quiet.", "base_revision": "0", "then": "on"}
    )

    assert answer.url == address(draft)
    page = psw_client.get(answer.url).text
    assert reverse("observations:check", args=[draft.key]) in page
    assert "0 of 1 passage decided" in psw_client.get(draft.get_absolute_url()).text


def test_without_a_codebook_nothing_is_asked(psw_client, draft):
    part = reverse("observations:section", args=[draft.key, "my-part"])

    assert "Save and go on: Check" in psw_client.get(part).text
    assert address(draft) not in psw_client.get(draft.get_absolute_url()).text


def test_with_no_passage_the_page_leads_to_writing_one(psw_client, draft, theme):
    page = psw_client.get(address(draft)).text

    assert "No passage yet" in page
    assert reverse("observations:entries", args=[draft.key, "passages"]) in page


def test_what_was_decided_in_a_draft_is_learned_from_once_it_is_submitted(
    psw_client, psw, passage, theme
):
    tap(psw_client, passage, f"confirm-{theme.pk}")
    model = CodingModel.objects.create(codebook=theme.codebook)
    versions.learn(model)
    assert not versions.has_news(theme.codebook)

    actions.count_in(passage.observation, by=psw, as_="submitted")

    assert versions.has_news(theme.codebook)
