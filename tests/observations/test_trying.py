"""A codebook's changes are tried before they count: on past observations, and on any text."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Theme, ThemeDraft
from frameworks.themes import editing
from observations.codebooks import endings, preview
from observations.learning import proposals
from observations.models import Mention, Passage
from observations.recoding import actions, fingerprints
from practicelens.audit.models import Entry
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RoleFactory,
    ThemeDraftFactory,
    ThemeFactory,
    UnitFactory,
    WordProposalFactory,
)

pytestmark = pytest.mark.django_db

BUS = "The bus fare was paid by the office before the visit."
RENT = "The rent arrears were talked about with the landlord."


@pytest.fixture
def money(codebook):
    """A theme with one word for which another waits."""
    theme = ThemeFactory(
        codebook=codebook,
        name="Money",
        definition="What things cost.",
        keywords=["bus fare"],
        examples=[],
    )
    ThemeDraftFactory(theme=theme, definition="What things cost.", keywords=["rent arrears"])
    return theme


@pytest.fixture
def note(framework_version, team, psw, practitioner):
    return ObservationFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        framework_version=framework_version,
        observed_on=timezone.localdate() - timedelta(days=20),
        submitted=True,
    )


@pytest.fixture
def passages(note):
    return [PassageFactory(observation=note, text=text) for text in (BUS, RENT)]


def at(name, codebook):
    return reverse(f"observations:{name}", args=[codebook.pk])


def test_the_preview_counts_what_would_come_and_go(codebook, money, passages):
    found = preview.previewed(codebook)
    assert (found.added, found.dropped, found.changed) == (1, 1, 0)
    assert (found.looked, found.total) == (2, 2)
    assert found.by_theme == [("Money", 1, 1, 0)]
    assert not Mention.objects.exists()


def test_what_a_person_decided_is_not_counted(codebook, money, passages):
    MentionFactory(passage=passages[0], theme=money, confirmed=True)
    MentionFactory(passage=passages[1], theme=money, rejected=True)
    found = preview.previewed(codebook)
    assert (found.added, found.dropped) == (0, 0)


def test_it_reads_the_last_six_months_and_stops_in_time(codebook, money, passages, note):
    old = ObservationFactory(
        unit=note.unit,
        observer=note.observer,
        practitioner=note.practitioner,
        framework_version=note.framework_version,
        observed_on=timezone.localdate() - timedelta(days=250),
        submitted=True,
    )
    PassageFactory(observation=old, text=RENT)
    found = preview.previewed(codebook, seconds=0)
    assert (found.looked, found.total) == (1, 2)


def test_passages_are_for_practice_leaders_and_counts_for_admins_too(
    psw_client, framework_admin_client, codebook, money, passages
):
    page = psw_client.get(at("codebook_preview", codebook)).content.decode()
    assert "This would add 1, drop 1." in page
    assert '<mark class="pl-found">rent</mark>' in page
    assert "Start using these changes</button>" not in page

    page = framework_admin_client.get(at("codebook_preview", codebook)).content.decode()
    assert "This would add 1, drop 1." in page
    assert "landlord" not in page
    assert "Start using these changes</button>" in page


def test_a_practice_leader_sees_no_passage_beyond_their_reach(
    codebook, money, psw_client, organisation, framework_version
):
    far = ObservationFactory(
        unit=UnitFactory(parent=organisation),
        framework_version=framework_version,
        observed_on=timezone.localdate(),
        submitted=True,
    )
    PassageFactory(observation=far, text=RENT)
    page = psw_client.get(at("codebook_preview", codebook)).content.decode()
    assert "landlord" not in page
    assert "None in the observations that you can read." in page
    page = psw_client.post(at("bench", codebook), {"word": "landlord"}).content.decode()
    assert "with the landlord" not in page


@pytest.fixture
def fares(codebook, money, passages, framework_admin):
    """A theme that waits to be merged into Money, and whose words are to go there."""
    theme = ThemeFactory(codebook=codebook, name="Fares", keywords=["landlord"], examples=[])
    MentionFactory(passage=passages[0], theme=theme, confirmed=True, start=4, end=12)
    MentionFactory(passage=passages[0], theme=money, confirmed=True)
    MentionFactory(passage=passages[1], theme=theme)
    asked = {"why": "One idea.", "by": framework_admin}
    editing.end(theme=theme, kind="merged", into=[money], takes_words=True, **asked)
    return theme


def test_the_preview_says_what_a_merger_would_do(codebook, fares, money):
    (each,) = endings.endings(codebook, preview.previewed(codebook))
    assert (each.confirmed, each.suggested, each.both, each.stops) == (1, 1, 1, 1)
    assert each.into == money


@pytest.mark.parametrize("kind", ["split", "retired"])
def test_what_a_split_or_retired_theme_counted_stays_its_own(
    codebook, fares, money, framework_admin, psw_client, kind
):
    editing.keep(theme=fares, by=framework_admin)
    into = [money, ThemeFactory(codebook=codebook)] if kind == "split" else []
    editing.end(theme=fares, kind=kind, into=into, why="So.", by=framework_admin)
    page = psw_client.get(at("codebook_preview", codebook)).content.decode()
    assert "1 confirmed and 1 suggested</strong> would stay its own" in page
    assert "1 suggestion would no longer be made." in page


def test_mentions_of_a_theme_that_is_to_go_are_shown_to_those_who_read_them(
    psw_client, framework_admin_client, codebook, fares
):
    page = psw_client.get(at("codebook_preview", codebook)).content.decode()
    assert "would be counted with “Money” from then on" in page
    assert "Fares. Confirmed: helps." in page
    assert "counts alone" not in page

    page = framework_admin_client.get(at("codebook_preview", codebook)).content.decode()
    assert "1 confirmed and 1 suggested</strong> would be counted with “Money”" in page
    assert "You see counts alone." in page
    assert "pl-evidence" not in page
    assert "bus fare" not in page.partition("What waits")[0]


def test_a_practice_leader_elsewhere_sees_no_mention_of_it(client, codebook, fares, organisation):
    away = UnitFactory(parent=organisation)
    client.force_login(RoleFactory(kind="psw", unit=away).user)
    page = client.get(at("codebook_preview", codebook)).content.decode()
    assert "pl-evidence" not in page
    assert "None of these passages is in an observation that you can read." in page


def test_the_bench_tries_what_is_to_go_and_what_takes_its_words(psw_client, codebook, fares):
    page = psw_client.post(at("bench", codebook), {"text": RENT}).content.decode()
    in_use, _, waiting = page.partition("With what waits")
    assert "<strong>Fares</strong>" in in_use
    assert "<strong>Fares</strong>" not in waiting
    assert "<strong>Money</strong>" in waiting


def test_an_admin_puts_the_changes_to_use_as_they_were_seen(
    framework_admin_client, framework_admin, codebook, money, passages
):
    before = fingerprints.fingerprint(fingerprints.parts_of(codebook))
    sent = {"as_seen": editing.seen(codebook), "why": "Rent is money too."}
    framework_admin_client.post(at("use_codebook", codebook), sent)

    money.refresh_from_db()
    assert money.keywords == ["rent arrears"]
    assert Entry.objects.filter(by=framework_admin, action=Entry.Action.PUBLISHED).exists()
    assert fingerprints.fingerprint(fingerprints.parts_of(codebook)) != before
    assert codebook.pk in [each.pk for each, _ in actions.due()]


def test_waiting_changes_alone_start_no_reading(codebook, money):
    in_use = fingerprints.parts_of(codebook)
    ThemeDraft.objects.all().delete()
    assert fingerprints.parts_of(codebook) == in_use


@pytest.mark.parametrize(
    ("as_seen", "why", "status"), [("older", "So.", 409), (None, "", 422), ("", "So.", 409)]
)
def test_nothing_is_used_unseen_or_without_a_note(
    framework_admin_client, codebook, money, as_seen, why, status
):
    seen = editing.seen(codebook) if as_seen is None else as_seen
    answer = framework_admin_client.post(
        at("use_codebook", codebook), {"as_seen": seen, "why": why}
    )
    assert answer.status_code == status
    assert ThemeDraft.objects.exists()


def test_only_those_who_keep_it_put_it_to_use(psw_client, stranger_client, codebook, money):
    sent = {"as_seen": editing.seen(codebook), "why": "So."}
    assert psw_client.post(at("use_codebook", codebook), sent).status_code == 403
    assert stranger_client.post(at("use_codebook", codebook), sent).status_code == 404


def test_the_bench_shows_both_wordings_with_their_words(framework_admin_client, codebook, money):
    page = framework_admin_client.post(at("bench", codebook), {"text": RENT}).content.decode()
    in_use, _, waiting = page.partition("With what waits")
    assert "No theme would be suggested." in in_use
    assert '<mark class="pl-found">rent</mark>' in waiting
    assert "Money</strong>: " in waiting
    assert "no passage can be picked here" in page


def test_the_bench_covers_new_themes_and_says_where_in_the_text(psw_client, codebook, money):
    ThemeFactory(codebook=codebook, name="Buses", keywords=["bus fare"], is_draft=True)
    text = f"We talked for an hour. {BUS}"
    page = psw_client.post(at("bench", codebook), {"text": text}).content.decode()
    in_use, _, waiting = page.partition("With what waits")
    assert "Money</strong>: " in in_use
    assert "Buses</strong>: " in waiting
    assert "Sentence 2 of 2" in waiting
    assert "no passage can be picked here" not in page


def test_the_bench_masks_keeps_and_logs_nothing(framework_admin_client, codebook, money, caplog):
    text = "Leanne Okafor rang 07700 900123 about the rent arrears."
    with caplog.at_level(logging.DEBUG):
        answer = framework_admin_client.post(at("bench", codebook), {"text": text})
    read = answer.content.decode().partition("As it is read:")[2]
    assert "rent" in read
    assert "Leanne" not in read
    assert "900123" not in read
    assert "no-store" in answer["Cache-Control"]
    assert "Leanne" not in caplog.text
    assert not Passage.objects.exists()
    assert not Entry.objects.filter(by__email__contains="Leanne").exists()


def test_practice_leaders_try_passages_and_admins_do_not(
    psw_client, framework_admin_client, codebook, money, passages
):
    page = psw_client.post(at("bench", codebook), {"word": "landlord"}).content.decode()
    assert "talked about with the landlord" in page
    answer = framework_admin_client.post(at("bench", codebook), {"word": "landlord"})
    assert answer.status_code == 422
    assert "talked about with" not in answer.content.decode()


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "x" * 10_001}, {"text": " "}])
def test_the_bench_asks_for_a_text_of_fair_length(psw_client, codebook, sent):
    assert psw_client.post(at("bench", codebook), sent).status_code == 422


def test_an_accepted_word_stands_in_what_waits_too(codebook, money, psw):
    proposal = WordProposalFactory(theme=money, word="fuel", kind="add")
    proposals.accept(proposal=proposal, by=psw)
    assert Theme.objects.get(pk=money.pk).keywords == ["bus fare", "fuel"]
    assert ThemeDraft.objects.get().keywords == ["rent arrears", "fuel"]
    proposals.undo(proposal=proposal, by=psw)
    assert ThemeDraft.objects.get().keywords == ["rent arrears"]
