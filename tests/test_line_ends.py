"""A text has one kind of line end, whichever way it came in and whenever it was written."""

import hashlib
import re
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import reverse

from frameworks.models import Domain, SecondWording
from observations.models import Card, Mention, OtherCopy, Passage
from practicelens.line_ends import one_line_end
from practicelens.people.middleware import end_lines_one_way
from reports.models import Briefing, Release
from tests.factories import (
    CardFactory,
    EarlySignFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RecodingChangeFactory,
    RedactionFactory,
    SecondWordingFactory,
    VoiceFactory,
)
from tests.reports.factories import BriefingFactory, EvidenceFactory, FindingFactory, issue

pytestmark = pytest.mark.django_db

SENT = "Mum spoke first.\r\nDad did not.\r\n\r\nThen he did."
KEPT = "Mum spoke first.\nDad did not.\n\nThen he did."
# What a device sends is sealed: its lines end one way once it is opened (tests/observations/test_offline.py).
SEALED_THERE = ["observations/offline/views.py"]
MIGRATIONS = {
    "frameworks": "frameworks.migrations.0020_one_line_end",
    "observations": "observations.migrations.0019_one_line_end",
    "reports": "reports.migrations.0014_one_line_end",
}


def migrate():
    """Each migration once more, over rows as they were stored before it."""
    state = SimpleNamespace(apps=apps, clear_delayed_apps_cache=lambda: None)
    with connection.schema_editor(atomic=False) as editor:
        for app, name in MIGRATIONS.items():
            for operation in import_module(name).Migration.operations:
                operation.database_forwards(app, editor, state, state)


def span(text, words):
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def at(row):
    return row.start, row.end


def where(words):
    return tuple(span(KEPT, words).values())


def pair(words):
    return list(span(SENT, words).values())


@pytest.fixture
def passage():
    return PassageFactory(text=SENT)


# What comes in


def test_json_has_one_line_end_in_all_its_texts():
    assert one_line_end({"a\r\nb": ["c\r\nd", 1, {"e": "f\rg"}], "h": None}) == {
        "a\nb": ["c\nd", 1, {"e": "f\ng"}],
        "h": None,
    }


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}], ids=["the button", "autosave"])
@pytest.mark.parametrize("sent", [SENT, KEPT, SENT.replace("\r\n", "\r")])
def test_a_passage_is_the_same_whatever_sent_it(psw, psw_client, team, headers, sent):
    observation = ObservationFactory(observer=psw, unit=team, draft=True)
    address = reverse("observations:entry", args=[observation.key, "passages", uuid4()])

    psw_client.post(address, {"text": sent, "kind": "seen"}, headers=headers)

    assert observation.passages.get().text == KEPT


def test_a_quick_note_is_kept_with_one_line_end(psw_client, framework_version, team):
    keys = {"key": uuid4(), "passage_key": uuid4()}
    told = {"unit": team.pk, "kind_of_work": "home_visit", "text": SENT}

    psw_client.post(reverse("observations:quick_note"), keys | told)

    assert Passage.objects.get().text == KEPT


def test_a_line_break_is_one_of_the_characters_that_are_allowed(psw, psw_client, team):
    observation = ObservationFactory(observer=psw, unit=team, submitted=True)
    redaction = RedactionFactory(passage__observation=observation)
    reason = "a" * 100 + "\r\n" + "b" * 99

    psw_client.post(
        reverse("observations:settle", args=[redaction.pk]),
        {"how": "keep", "reason": reason},
    )

    redaction.refresh_from_db()
    assert redaction.reason == "a" * 100 + "\n" + "b" * 99


def test_a_form_that_carries_a_file_has_one_line_end_too(rf):
    request = rf.post("/", {"note": SENT, "both": [SENT, "one line"]})
    end_lines_one_way(lambda request: None)(request)

    assert request.POST["note"] == KEPT
    assert request.POST.getlist("both") == [KEPT, "one line"]


# What was there


def test_places_in_a_passage_move_with_its_text(passage):
    words = [pair("Dad"), pair("Then")]
    mention = MentionFactory(passage=passage, words=words, **span(SENT, "Dad did not."))
    early_sign = EarlySignFactory(
        passage=passage,
        reasons=[{"kind": "fear", "words": [pair("Then")], "among": 9}, {"kind": "marked"}],
        **span(SENT, "Then he did."),
    )
    change = RecodingChangeFactory(passage=passage, words=words, **span(SENT, "did not"))
    redaction = RedactionFactory(
        passage=passage,
        replaced=True,
        replaced_places=[pair("Dad"), pair("he")],
        **span(SENT, "Dad"),
    )

    migrate()

    for row in (passage, mention, early_sign, change, redaction):
        row.refresh_from_db()
    assert passage.text == KEPT
    assert (mention.quote, at(mention)) == ("Dad did not.", where("Dad did not."))
    assert mention.words == [list(where("Dad")), list(where("Then"))]
    assert early_sign.quote == "Then he did."
    assert early_sign.reasons == [
        {"kind": "fear", "words": [list(where("Then"))], "among": 9},
        {"kind": "marked"},
    ]
    assert (change.quote, change.words) == ("did not", mention.words)
    assert change.text_sha256 == hashlib.sha256(KEPT.encode()).hexdigest()
    assert at(redaction) == where("Dad")
    assert redaction.replaced_places == [list(where("Dad")), list(where("he"))]


def test_the_whole_of_a_passage_stays_its_whole_and_a_place_between_is_before(passage):
    whole = MentionFactory(passage=passage)
    between = SENT.index("\n")
    first = MentionFactory(passage=passage, start=0, end=between)
    letters = PassageFactory(text="\u0101\U0001f600\r\n\u0101b")
    after = MentionFactory(passage=letters, start=4, end=6)

    migrate()

    quotes = {each.pk: each.quote for each in Mention.objects.select_related("passage")}
    assert quotes == {whole.pk: KEPT, first.pk: "Mum spoke first.", after.pk: "\u0101b"}


def test_a_passage_without_them_is_left_alone():
    passage = PassageFactory(text=KEPT)
    mention = MentionFactory(passage=passage, **span(KEPT, "Then he did."))

    migrate()

    mention.refresh_from_db()
    assert at(mention) == where("Then he did.")


def test_a_possible_name_in_a_voice_moves_with_it():
    voice = VoiceFactory(words=SENT)
    redaction = RedactionFactory(
        passage=None, voice=voice, observation=voice.observation, **span(SENT, "Dad")
    )

    migrate()

    redaction.refresh_from_db()
    voice.refresh_from_db()
    assert voice.words[redaction.start : redaction.end] == "Dad"


def test_what_undoing_brings_back_moves_too(passage):
    mention = MentionFactory(passage=passage, confirmed=True)
    was = {"status": "suggested", **span(SENT, "Then he did.")}
    card = CardFactory(
        mention=mention,
        done=Card.Done.CONFIRMED,
        done_at=mention.decided_at,
        was={"mention": was, "other": None},
    )

    migrate()

    card.refresh_from_db()
    start, end = where("Then he did.")
    assert card.was == {"mention": was | {"start": start, "end": end}, "other": None}


def test_a_released_quotation_still_holds_and_evidence_says_the_same(passage):
    words = "not.\r\n\r\nThen"
    finding = FindingFactory(evidence=False)
    evidence = EvidenceFactory(finding=finding, passage=passage, **span(SENT, words))
    release = Release.objects.create(
        passage=passage,
        original=words,
        words=words,
        released_by=passage.observation.observer,
        **span(SENT, words),
    )

    migrate()

    evidence.refresh_from_db()
    assert evidence.quote == "not.\n\nThen"
    held = Release.objects.holding().get()
    assert (held, held.original, held.words) == (release, "not.\n\nThen", "not.\n\nThen")


def test_what_another_window_sent_is_the_same_text():
    observation = ObservationFactory(draft=True, reflection_effect=SENT)
    OtherCopy.objects.create(
        observation=observation, section="my-part", typed=urlencode({"reflection_effect": SENT})
    )

    migrate()

    observation.refresh_from_db()
    assert observation.reflection_effect == KEPT
    assert OtherCopy.objects.get().typed == urlencode({"reflection_effect": KEPT})


def test_a_published_version_compares_with_what_is_drafted_from_it(framework_version):
    domain = framework_version.domains.first()
    guard = "ALTER TABLE frameworks_domain {} TRIGGER USER"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(guard.format("DISABLE"))
        Domain.objects.filter(pk=domain.pk).update(about=SENT)
        cursor.execute(guard.format("ENABLE"))
    first = SecondWordingFactory(first=SENT)
    SecondWordingFactory(first=KEPT, language=first.language)

    migrate()

    domain.refresh_from_db()
    assert domain.about == KEPT
    assert SecondWording.objects.get(language=first.language).first == KEPT


def test_what_was_issued_stays_to_the_letter():
    draft, issued = BriefingFactory(know=SENT), BriefingFactory(know=SENT)
    issue(issued)

    migrate()

    known = dict(Briefing.objects.values_list("pk", "know"))
    assert known == {draft.pk: KEPT, issued.pk: SENT}


def test_nothing_reads_what_was_sent_before_its_lines_end_one_way():
    past = re.compile(r"request\.(body|read\(|readline|_stream)")
    ours = ("practicelens", "frameworks", "observations", "reports")
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for app in ours
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if past.search(path.read_text())
    ]

    assert found == SEALED_THERE
