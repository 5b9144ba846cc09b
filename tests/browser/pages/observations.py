"""The pages of notes, of what is suggested about them, and of what is learned from them."""

import uuid
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone

from frameworks.models import Theme
from frameworks.versions import trials
from observations.family import actions as family_cards
from observations.family import languages
from observations.family.links import answer_code, withdrawal_code
from observations.form_parts import teams_of
from observations.imports import actions as imports
from observations.imports import going_on
from observations.models import (
    CalendarAddress,
    EarlySign,
    EmergingTheme,
    FamilyCard,
    FamilyCardLanguage,
    Friction,
    Import,
    ImportRow,
    Mention,
    Observation,
    OtherCopy,
    Passage,
    PlannedVisit,
    Recoding,
    Redaction,
    SectionSave,
    System,
)
from observations.notes import actions
from tests.browser.pages.frameworks import a_codebook, drafted
from tests.browser.pages.page import Page, asked, at, person
from tests.observations import old_files

# The practice leader's draft of a meeting, half written


def draft():
    return Observation.objects.drafts_of(person("marian")).get(kind_of_work="core_group")


def of_draft(name, *args):
    def address():
        # What a mistake left in a box would be said at once, and take the focus.
        SectionSave.objects.filter(observation=draft()).update(unread={})
        return reverse(f"observations:{name}", args=[draft().key, *args])

    return address


def entry(kind, key):
    return lambda: reverse("observations:entry", args=[draft().key, kind, key()])


def first_passage():
    return draft().passages.order_by("position").first().key


def passage_with_a_name():
    passage, is_new = Passage.objects.get_or_create(
        **draft().place,
        kind="seen",
        text="With the aunt. Leanne said mornings are calmer since they shared the school run.",
        position=9,
    )
    if is_new:
        Redaction.objects.create(
            observation=draft(),
            passage=passage,
            kind="name",
            words="Leanne",
            suggestion="the mother",
            start=15,
            end=21,
        )
    return passage.key


def passage_with_a_name_replaced():
    passage, is_new = Passage.objects.get_or_create(
        **draft().place,
        kind="seen",
        text="With the aunt. The mother said that mornings are calmer now.",
        position=10,
    )
    if is_new:
        Redaction.objects.create(
            observation=draft(),
            passage=passage,
            kind="name",
            words="Leanne",
            suggestion="the mother",
            start=15,
            end=25,
            settled=Redaction.Settled.REPLACED,
            settled_at=timezone.now(),
            settled_by=person("marian"),
            replacement="the mother",
            replaced_places=[[15, 25]],
        )
    return passage.key


def some_friction():
    row, _ = Friction.objects.get_or_create(
        **draft().place, system="forms", effect="hindered", minutes=12, step="The contact form"
    )
    return row.key


def two_versions():
    copy, _ = OtherCopy.objects.get_or_create(
        observation=draft(),
        section="my-part",
        picked_at=None,
        defaults={"typed": "reflection_effect=They+sat+straighter.&reflection_asks="},
    )
    return reverse("observations:copy", args=[draft().key, copy.pk])


def removing():
    return reverse("observations:remove_entry", args=[draft().key, "passages", first_passage()])


# Cards for families


def open_card():
    return FamilyCard.objects.filter(used_at=None, observation__observer=person("marian"))[0]


def of_card(name, **which):
    def address():
        cards = FamilyCard.objects.filter(observation__observer=person("marian"), **which)
        card = cards.select_related("observation").order_by("pk")[0]
        of_one = [card.pk] if name.startswith("family_card") and name != "family_cards" else []
        return reverse(f"observations:{name}", args=[card.observation.key, *of_one])

    return address


def a_draft_with_words():
    """A draft whose family answered, and wrote one name."""
    if not draft().family_cards.exists():
        card = family_cards.make(observation=draft(), by=person("marian"), days=28)
        said = {"listened": "yes", "understood": "no", "helped": ""}
        words = "Mrs Okafor asked me first. Nobody rushed me."
        family_cards.answer(
            card=card, drawing=uuid.uuid4(), way="alone", agreed_to="Yes.", words=words, **said
        )
    return reverse("observations:family_cards", args=[draft().key])


def thanks():
    card = FamilyCard.objects.came_in().order_by("pk")[0]
    return reverse("families:words", args=[withdrawal_code(card)])


def in_polish():
    joel = person("joel")
    found = FamilyCardLanguage.objects.filter(tag="pl").first()
    return found or languages.add(unit=joel.organisation, by=joel, name="Polski", tag="pl")


def of_system(name):
    return lambda: reverse(f"observations:{name}", args=[System.objects.get(name="Waymark").pk])


# Notes that try a framework's draft


def tried():
    """A trial note of it, half written."""
    marian, version = person("marian"), drafted()
    unit = draft().unit
    trial = trials.save(version=version, observers=[marian], units=[unit], by=person("joel"))
    made = trial_notes_of(marian).filter(tried_at=None).first()
    given = {"key": uuid.uuid4(), "unit": unit, "kind_of_work": "home_visit"}
    made = made or actions.start(by=marian, trial=trial, **given)
    return made.get_absolute_url()


def finished_trial():
    """A trial note that is finished, and nothing more."""
    return trial_notes_of(person("marian")).exclude(tried_at=None)[0].get_absolute_url()


def trial_notes_of(observer):
    return drafted().observations.filter(is_trial=True, observer=observer).order_by("pk")


def choosing_a_version():
    tried()
    return reverse("observations:start")


def made_up_visit():
    return reverse("observations:made_up_visit", args=[drafted().framework.code])


# Notes that were submitted

MINE = {"observer__email__startswith": "marian@"}
NOT_SHARED = {**MINE, "shared_at": None, "practitioner__isnull": False}


def of_note(name, **which):
    return lambda: reverse(f"observations:{name}", args=[note(**which).key])


def note(**which):
    """The newest note that has all this."""
    return Observation.objects.counted().filter(**which).order_by("-pk")[0]


def cpd_note_of_priya(name):
    return lambda: reverse(
        f"observations:{name}", args=[person("priya").cpd_notes.latest("done_on").key]
    )


def worried_here():
    return f"{reverse('observations:offline')}#worried"


def waiting_for_priya():
    return Observation.objects.waiting_for_reply().filter(practitioner=person("priya"))[0]


def of_priya(name):
    return lambda: reverse(f"observations:{name}", args=[waiting_for_priya().key])


def replied_by_priya():
    shared = Observation.objects.shared_with(person("priya")).filter(quoted_at=None)
    replied = shared.filter(reply__isnull=False)
    return reverse("observations:add_to_reply", args=[replied[0].key])


def talked_with_priya(name, is_open):
    def address():
        talked = Observation.objects.shared_with(person("priya"))
        found = talked.filter(
            conversation__isnull=False, conversation__agreed_at__isnull=is_open
        ).first()
        actions.opened(observation=found, by=person("priya"))
        return reverse(f"observations:{name}", args=[found.key])

    return address


def withdrawn():
    return Observation.objects.get(withdrawn_at__isnull=False).get_absolute_url()


def of_mention(name, number):
    """The page of a suggestion that waits, by what the page is about."""
    return lambda: reverse(f"observations:{name}", args=[number(a_suggestion())])


def a_suggestion():
    return Mention.objects.suggested().filter(is_counted=True).order_by("pk")[0]


def a_group(name):
    found = EmergingTheme.objects.visible_to(person("marian")).candidates().order_by("place")
    return reverse(f"observations:{name}", args=[found[0].pk])


def of_early_sign(name, *args):
    return lambda: reverse(f"observations:{name}", args=[waiting_early_sign().pk, *args])


def waiting_early_sign():
    return EarlySign.objects.in_lane().open().order_by("pk")[0]


def learned_theme():
    return reverse("observations:theme", args=[Theme.objects.get(code="process").pk])


def of_changes(name):
    return lambda: reverse(f"observations:{name}", args=[a_codebook().pk])


# Re-check of past observations


def recoding(**state):
    """Some passages of a note would be suggested for the first theme."""
    theme = Theme.objects.order_by("pk").first()
    row, _ = Recoding.objects.update_or_create(
        codebook=theme.codebook,
        fingerprint="f" * 64,
        defaults={"state": "ready", "ended_at": None, "total": 197, "looked": 197, **state},
        create_defaults={
            "state": "ready",
            "why": [f"“{theme}”: “kitchen table” put on its word list."],
            "added": 1,
            "names": 2,
            "left_alone": 1054,
            "effect": [{"theme": theme.pk, "name": theme.name, "add": 1, "drop": 0, "change": 0}],
        },
    )
    passage = note(**MINE).passages.order_by("position")[0]
    row.changes.get_or_create(
        kind="add",
        passage=passage,
        observation=passage.observation,
        theme=theme,
        defaults={
            "stance": "helps",
            "end": len(passage.text),
            "text_sha256": sha256(passage.text.encode()).hexdigest(),
        },
    )
    return row


def recoded(name):
    return lambda: reverse(f"observations:{name}", args=[recoding().pk])


def being_read():
    return reverse("observations:recoding", args=[recoding(state="looking", looked=60).pk])


def cutting():
    return reverse("observations:cut", args=[draft().key, first_passage()])


def imported(page, state):
    """The page of an import by Marian of two rows, one of them to be put right."""

    def address():
        marian = person("marian")
        team = teams_of(marian).first()
        rows = [old_files.row(team=team.name, worker="", rating="")]
        rows.append([*rows[0][:3], "31/02/2026", "The duty desk", "Tea", *rows[0][6:]])
        found = imports.send(by=marian, files=[("Visits.xlsx", old_files.book(*rows), False)])[0]
        if state == "refused":
            found.files.update(content=b"%PDF-1.7")
        going_on.read(found)
        found.refresh_from_db()
        if state in ("ready", "done"):
            parts = [*["leave"] * 3, "day", "unit", "kind_of_work", *["leave"], "seen", "heard"]
            columns = {str(at): part for at, part in enumerate([*parts, "leave"])}
            given = {"columns": columns, "same": {}, "is_month_first": False}
            imports.match(found=found, by=marian, **given)
        if state == "done":
            ImportRow.objects.filter(of=found, outcome="known").update(outcome="good")
            Import.objects.filter(pk=found.pk).update(
                state="done", started_at=timezone.now(), ended_at=timezone.now()
            )
        return reverse(f"observations:{page}", args=[found.pk])

    return address


def of_visit(name, **which):
    """The page of a visit that Marian planned, the next of those that fit."""

    def address():
        found = PlannedVisit.objects.filter(observer=person("marian"), **which)
        return reverse(f"observations:{name}", args=[found.order_by("visit_on")[0].key])

    return address


TO_COME = {"practitioner__email__startswith": "priya@"}
PAST = {"practitioner__email__startswith": "hannah@"}


def with_an_address():
    CalendarAddress.objects.get_or_create(user=person("priya"))
    return reverse("observations:calendar_address")


OBSERVATIONS = [
    Page("planned visits", "marian", at("observations:planned_visits")),
    Page("visits planned with me", "priya", at("observations:planned_visits")),
    Page("visits, none planned", "lee", at("observations:planned_visits")),
    Page("plan a visit", "marian", at("observations:plan_visit")),
    Page("a planned visit", "marian", of_visit("planned_visit", **TO_COME)),
    Page("a planned visit, to the practitioner", "priya", of_visit("planned_visit", **TO_COME)),
    Page("a planned visit whose day is over", "marian", of_visit("planned_visit", **PAST)),
    Page("a cancelled visit", "marian", of_visit("planned_visit", cancelled_at__isnull=False)),
    Page("to change a visit", "marian", of_visit("change_visit", **TO_COME)),
    Page("to cancel a visit", "marian", of_visit("cancel_visit", **TO_COME)),
    Page("what to look at on a visit", "priya", of_visit("visit_focus", **TO_COME)),
    Page("not today", "priya", of_visit("decline_visit", **TO_COME)),
    Page("a calendar with no address", "marian", at("observations:calendar_address")),
    Page("a calendar's address", "priya", with_an_address),
    Page("import old observations", "marian", at("observations:imports")),
    Page("an import whose file was refused", "marian", imported("import", "refused")),
    Page("an import to be matched", "marian", imported("import", "matching")),
    Page("the columns of an import", "marian", imported("import_columns", "matching")),
    Page("the words of an import", "marian", imported("import_values", "ready")),
    Page("the rows of an import", "marian", imported("import", "ready")),
    Page("an import that is done", "marian", imported("import", "done")),
    Page("to undo an import", "marian", imported("undo_import", "done")),
    Page("observations", "marian", at("observations:list")),
    Page("observations found by words", "marian", asked("observations:list", "words=mother")),
    Page("observations, none found", "marian", asked("observations:list", "words=zzzz")),
    Page("log an observation", "marian", at("observations:start")),
    Page("observations on this device", "marian", at("observations:offline")),
    Page("worried about someone, without a signal", "", worried_here),
    Page("observations on this device, signed out", "", at("observations:offline")),
    Page("quick note", "marian", at("observations:quick_note")),
    Page("task list", "marian", of_draft("observation")),
    Page("where and who", "marian", of_draft("section", "where")),
    Page("themes, while it is fresh", "marian", of_draft("fresh_themes")),
    Page("passages", "marian", of_draft("entries", "passages")),
    Page("a passage", "marian", entry("passages", first_passage)),
    Page("a passage with a name", "marian", entry("passages", passage_with_a_name)),
    Page(
        "a passage with a name replaced", "marian", entry("passages", passage_with_a_name_replaced)
    ),
    Page("a new passage", "marian", entry("passages", uuid.uuid4)),
    Page("remove a passage", "marian", removing),
    Page("cutting a passage", "marian", cutting),
    Page("criteria", "marian", of_draft("section", "criteria")),
    Page(
        "where and who, as last time",
        "marian",
        lambda: f"{of_draft('section', 'where')()}?as-last-time",
    ),
    Page("a quick note, as last time", "marian", asked("observations:quick_note", "as-last-time")),
    Page("domains", "marian", of_draft("ratings")),
    Page("ratings", "marian", of_draft("section", "ratings-1")),
    Page("my part", "marian", of_draft("section", "my-part")),
    Page("the meeting", "marian", of_draft("section", "meeting")),
    Page("new friction", "marian", entry("friction", uuid.uuid4)),
    Page("friction", "marian", entry("friction", some_friction)),
    Page("new voice", "marian", entry("voices", uuid.uuid4)),
    Page("two versions", "marian", two_versions),
    Page("check and submit", "marian", of_draft("check")),
    Page("withdraw a draft", "marian", of_draft("withdraw")),
    Page("a note", "marian", of_note("observation", **MINE, reply__isnull=False)),
    Page("a note of a meeting", "marian", of_note("observation", meeting__isnull=False)),
    Page(
        "an observation with name checks",
        "marian",
        of_note("observation", **MINE, redactions__settled="", redactions__isnull=False),
    ),
    Page(
        "take the sharing back",
        "marian",
        of_note("take_sharing_back", **MINE, shared_at__isnull=False, opened_at=None, reply=None),
    ),
    Page("the conversation", "marian", of_note("conversation", **MINE)),
    Page("agree to the conversation", "priya", talked_with_priya("agree", True)),
    Page(
        "add to the conversation",
        "priya",
        talked_with_priya("add_to_conversation", False),
    ),
    Page("share a note", "marian", of_note("share", **NOT_SHARED)),
    Page("withdraw a note", "marian", of_note("withdraw", **MINE)),
    Page("a withdrawn note", "dilys", withdrawn),
    Page("ask the family", "marian", of_card("family_cards", used_at__isnull=False)),
    Page("ask the family, of a draft", "marian", a_draft_with_words),
    Page("a card to hand over", "marian", of_card("family_card", used_at=None)),
    Page("a card on paper", "marian", of_card("family_card_paper", used_at=None)),
    Page(
        "a card for a family", "", lambda: reverse("family:card", args=[answer_code(open_card())])
    ),
    Page("thanks for what a family said", "", thanks),
    Page("languages of the family card", "joel", at("observations:family_languages")),
    Page("the family card in a language", "joel", lambda: in_polish().get_absolute_url()),
    Page("systems by name", "joel", at("observations:systems")),
    Page("a system", "joel", of_system("system")),
    Page("two systems put together", "joel", of_system("put_systems_together")),
    Page("a note with families' words", "marian", of_card("observation", used_at__isnull=False)),
    Page("someone else was there", "marian", of_note("pair", **MINE)),
    Page("suggested themes", "marian", at("observations:review")),
    Page("a suggested theme", "marian", of_mention("decide", lambda mention: mention.pk)),
    Page("add a theme", "marian", of_mention("add_mention", lambda mention: mention.passage_id)),
    Page("emerging themes", "marian", at("observations:emerging")),
    Page("emerging themes, a small part", "dilys", at("observations:emerging")),
    Page("name a theme", "marian", lambda: a_group("name_theme")),
    Page("early signs", "marian", at("observations:early_signs")),
    Page("early signs, all", "marian", asked("observations:early_signs", "state=all")),
    Page("early signs, none fits", "marian", asked("observations:early_signs", "state=added")),
    Page("an early sign", "marian", of_early_sign("early_sign")),
    Page("keep an early sign open", "marian", of_early_sign("settle_early_sign", "keep-open")),
    Page(
        "add an early sign to a theme", "marian", of_early_sign("settle_early_sign", "add-to-theme")
    ),
    Page("close an early sign", "marian", of_early_sign("settle_early_sign", "close")),
    Page("how themes are learned", "marian", at("observations:themes")),
    Page("a theme as it is learned", "marian", lambda: learned_theme()),
    Page("a theme as an admin sees it learned", "joel", lambda: learned_theme()),
    Page("re-check of past observations", "marian", at("observations:recodings")),
    Page(
        "re-check of past observations, to a framework admin", "joel", at("observations:recodings")
    ),
    Page("what reading it again would do", "marian", recoded("recoding")),
    Page("the same to a framework admin", "joel", recoded("recoding")),
    Page("to use a reading", "marian", recoded("use_recoding")),
    Page("to leave a reading", "marian", recoded("leave_recoding")),
    Page("an archive being read", "marian", being_read),
    Page("shared with me", "priya", at("observations:shared")),
    Page("a note shared with me", "priya", of_priya("observation")),
    Page("my answer", "priya", of_priya("reply")),
    Page("add to my answer", "priya", replied_by_priya),
    Page("what is held on me", "priya", at("observations:held")),
    Page("what is held on me, little", "lee", at("observations:held")),
    Page("my pattern", "marian", at("observations:my_pattern")),
    Page("a CPD note", "priya", cpd_note_of_priya("cpd_note")),
    Page("erase a CPD note", "priya", cpd_note_of_priya("cpd_erase")),
    Page("a draft tried with a made-up visit", "joel", made_up_visit),
    Page("choosing a version for a note", "marian", choosing_a_version),
    Page("a trial note, half written", "marian", tried),
    Page("a trial note, finished", "marian", finished_trial),
    Page("what a codebook's changes would do", "marian", of_changes("codebook_preview")),
    Page("the same to its admin", "joel", of_changes("codebook_preview")),
    Page("a text tried on a codebook", "marian", of_changes("bench")),
]

# Opened by a button, asked by a script or downloaded: never a page that is read.
NO_PAGE = {
    "begin_visit",
    "cancel_family_card",
    "remove_family_language",
    "cpd_pdf",
    "cpd_settle",
    "cpd_text",
    "held_json",
    "held_pdf",
    "observation_pdf",
    "bring_back_group",
    "calendar_feed",
    "decide_word",
    "discard_import",
    "export_csv",
    "export_xlsx",
    "learn",
    "look",
    "look_for_emerging",
    "offline_held",
    "offline_kit",
    "offline_manifest",
    "offline_raised",
    "offline_send",
    "offline_state",
    "offline_worker",
    "not_a_theme",
    "put_back",
    "remember_role",
    "choose_import_rows",
    "bring_back_system",
    "end_system",
    "take_apart_system",
    "start_import",
    "start_using",
    "settle",
    "take_back_theme",
    "undo",
    "undo_early_sign",
    "use_codebook",
    "visit_file",
}
