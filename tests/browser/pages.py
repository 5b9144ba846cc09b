"""Every page that is looked at for access, and who opens it. A new page is a line in PAGES.

The rows are those of the demonstration (the fixture `seeded`); people go by the start of their
email address. An address is made when the page is opened.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone

from frameworks.files.importing import hold
from frameworks.files.writing import as_json, content_of
from frameworks.models import (
    Criterion,
    Framework,
    FrameworkVersion,
    Scale,
    SecondLanguage,
    Standard,
    Theme,
    ThemeDraft,
)
from frameworks.shared import actions as shared
from frameworks.standards import actions as standards
from frameworks.themes import editing
from frameworks.versions import drafting, trials
from frameworks.versions.forms.drafting import CriterionForm
from observations.models import (
    EarlySign,
    EmergingTheme,
    Friction,
    Mention,
    Observation,
    OtherCopy,
    Pair,
    Passage,
    Recoding,
    Redaction,
)
from observations.notes import actions
from practicelens.people.models import Unit, User
from reports.briefings import compose
from reports.models import Briefing, Recommendation
from reports.periods import month_of


@dataclass(frozen=True)
class Page:
    name: str
    who: str  # nobody is signed in if it is empty
    address: Callable[[], str]

    def __str__(self):
        return self.name

    @property
    def user(self):
        return person(self.who) if self.who else None


def person(code):
    return User.objects.get(email__startswith=f"{code}@")


def at(name, *args):
    return lambda: reverse(name, args=args)


def asked(name, query):
    return lambda: f"{reverse(name)}?{query}"


# The practice leader's draft of a meeting, half written


def draft():
    return Observation.objects.drafts_of(person("marian")).get(kind_of_work="core_group")


def of_draft(name, *args):
    return lambda: reverse(f"observations:{name}", args=[draft().key, *args])


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


# A framework's draft


def drafted():
    """The next version of the shipped framework, begun."""
    framework = Framework.objects.get(code="working-alongside")
    found = framework.versions.drafts().first()
    return found or drafting.start(framework=framework, by=person("joel"))


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


def of_framework(name, *parts):
    """An address of the draft: each part is plain, or finds what it names in the version."""

    def address():
        version = drafted()
        found = [part(version) if callable(part) else part for part in parts]
        return reverse(f"frameworks:{name}", args=[version.framework.code, *found])

    return address


def first_domain(version):
    return version.domains.order_by("position").first().pk


def first_criterion(version):
    return version.criteria.order_by("position").first().pk


def made_up_visit():
    return reverse("observations:made_up_visit", args=[drafted().framework.code])


def without_faults(name):
    """An address of a draft that could be published: one of a few words, in no other page's way."""

    def address():
        unit = Framework.objects.get(code="working-alongside").unit
        made = Framework.objects.filter(unit=unit, name="Small steps").first()
        version = made.versions.get() if made else small_framework(unit)
        return reverse(f"frameworks:{name}", args=[version.framework.code])

    return address


def no_second_language():
    """The page of a draft that has none yet."""
    version = drafted()
    SecondLanguage.objects.filter(version=version).delete()
    return reverse("frameworks:second_language", args=[version.framework.code, version.number])


def second_language(name, *parts):
    """An address of the version in use, half said in another language; one text was changed since."""

    def address():
        version = Framework.objects.get(code="working-alongside").versions.get(number=2)
        named = {"tag": "mi", "name": "te reo Māori"}
        language, is_new = SecondLanguage.objects.get_or_create(version=version, defaults=named)
        if is_new:
            domain, criterion = version.domains.first(), version.criteria.first()
            firsts = [domain.name, f"{criterion.name}, as it was"]
            for first in firsts:
                language.wordings.create(first=first, second="Kōrero mai")
        found = [part(version) if callable(part) else part for part in parts]
        args = [version.framework.code, version.number, *found]
        return reverse(f"frameworks:{name}", args=args)

    return address


def small_framework(unit):
    scale = Scale.objects.get(code="strengths-only")
    about = {"name": "Small steps", "description": "What could begin this week."}
    version = drafting.make(**about, unit=unit, scale=scale, by=person("joel"))
    for name in ("Beginning", "Going on"):
        domain = drafting.add_domain(version=version, name=name, about="", by=person("joel"))
        instance = Criterion(domain=domain, version=version, position=0, code="")
        sent = {"name": f"{name} is small", "look_for": "What was small?", "domain": domain.pk}
        form = CriterionForm(sent, instance=instance, version=version)
        assert form.is_valid(), form.errors
        drafting.add_criterion(form=form, by=person("joel"))
    return version


def after_a_deletion():
    address = without_faults("draft")()
    version = FrameworkVersion.objects.get(framework__name="Small steps")
    if version.domains.count() > 1:
        drafting.delete(row=version.domains.get(code="2"), by=person("joel"))
    return address


def said_domain(version):
    return f"domain-{first_domain(version)}"


def held_file():
    """A file that would change the draft, not imported yet."""
    version = drafted()
    content = content_of(version)
    content["domains"][0]["criteria"][0]["look_for"] = "Who said why?"
    content["domains"][-1]["criteria"].pop()
    codes = {each["code"] for domain in content["domains"] for each in domain["criteria"]}
    content["lineage"] = [each for each in content["lineage"] if each["to"] in codes]
    held = hold(
        owner=person("joel"),
        name="working-alongside.xlsx",
        content=as_json(content),
        framework=version.framework,
    )
    return reverse("frameworks:import_check", args=[held.pk])


def our_own(kind, code):
    """The page that changes the organisation's own copy of what is shipped."""

    def address():
        model, by = shared.KINDS[kind], person("joel")
        unit = Framework.objects.get(code="working-alongside").unit
        copied = model.objects.filter(unit=unit).first() or shared.make_ours(
            row=model.objects.get(code=code), unit=unit, by=by
        )
        return reverse("frameworks:shared_edit", args=[kind, copied.code])

    return address


def our_standard():
    unit = Framework.objects.get(code="working-alongside").unit
    ours = Standard.objects.filter(unit=unit).first() or standards.make_ours(
        standard=Standard.objects.get(code="pcf"), unit=unit, by=person("joel")
    )
    return reverse("frameworks:standard_edit", args=[ours.code])


# Notes that were submitted


def of_note(name, **which):
    return lambda: reverse(f"observations:{name}", args=[note(**which).key])


def note(**which):
    """The newest note that has all this."""
    return Observation.objects.counted().filter(**which).order_by("-pk")[0]


def waiting_for_priya():
    return Observation.objects.waiting_for_reply().filter(practitioner=person("priya"))[0]


def of_priya(name):
    return lambda: reverse(f"observations:{name}", args=[waiting_for_priya().key])


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


# The archive, read again


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


MINE = {"observer__email__startswith": "marian@"}

OBSERVATIONS = [
    Page("observations", "marian", at("observations:list")),
    Page("observations found by words", "marian", asked("observations:list", "words=mother")),
    Page("observations, none found", "marian", asked("observations:list", "words=zzzz")),
    Page("log an observation", "marian", at("observations:start")),
    Page("quick note", "marian", at("observations:quick_note")),
    Page("task list", "marian", of_draft("observation")),
    Page("where and who", "marian", of_draft("section", "where")),
    Page("passages", "marian", of_draft("entries", "passages")),
    Page("a passage", "marian", entry("passages", first_passage)),
    Page("a passage with a name", "marian", entry("passages", passage_with_a_name)),
    Page(
        "a passage with a name replaced", "marian", entry("passages", passage_with_a_name_replaced)
    ),
    Page("a new passage", "marian", entry("passages", uuid.uuid4)),
    Page("remove a passage", "marian", removing),
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
        "a note with possible names",
        "marian",
        of_note("observation", **MINE, redactions__settled="", redactions__isnull=False),
    ),
    Page("the conversation", "marian", of_note("conversation", **MINE)),
    Page("withdraw a note", "marian", of_note("withdraw", **MINE)),
    Page("a withdrawn note", "dilys", withdrawn),
    Page("somebody else was there", "marian", of_note("pair", **MINE)),
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
    Page("the archive, read again", "marian", at("observations:recodings")),
    Page("the archive, read again, to a framework admin", "joel", at("observations:recodings")),
    Page("what reading it again would do", "marian", recoded("recoding")),
    Page("the same to a framework admin", "joel", recoded("recoding")),
    Page("to use a reading", "marian", recoded("use_recoding")),
    Page("to leave a reading", "marian", recoded("leave_recoding")),
    Page("an archive being read", "marian", being_read),
    Page("shared with me", "priya", at("observations:shared")),
    Page("a note shared with me", "priya", of_priya("observation")),
    Page("my answer", "priya", of_priya("answer")),
    Page("what is held on me", "priya", at("observations:held")),
    Page("what is held on me, little", "lee", at("observations:held")),
]

SIGNING_IN = [
    Page("sign in", "", at("account_login")),
    Page("forgotten password", "", at("account_reset_password")),
    Page("change my password", "marian", at("account_change_password")),
]


def a_codebook():
    """That of the demonstration: a wording and a merger wait, one theme is new, one retired."""
    theme = Theme.objects.get(code="process")
    words = {name: getattr(theme, name) for name in editing.WORDS}
    words["keywords"] = [*theme.keywords, "kitchen table"]
    ThemeDraft.objects.get_or_create(theme=theme, defaults={**words, "revision": 1})
    going = theme.codebook.themes.in_use().last()
    if not editing.end_of(going):
        into = {"kind": "merged", "into": [theme], "takes_words": True}
        editing.end(theme=going, why="One idea.", by=person("joel"), **into)
    spare = {"name": "Transport", "short": "Transport", "definition": "Getting there."}
    for code, more in [("transport", {"is_draft": True}), ("travel", {"retired_on": "2026-10-01"})]:
        theme.codebook.themes.get_or_create(code=code, defaults={**spare, "position": 90, **more})
    return theme.codebook


def of_codebook(name, *args):
    return lambda: reverse(f"frameworks:{name}", args=[a_codebook().code, *args])


def of_theme(name, *args):
    def address():
        codebook = a_codebook()
        theme = codebook.themes.get(code="process")
        return reverse(f"frameworks:{name}", args=[codebook.code, theme.pk, *args])

    return address


def of_changes(name):
    return lambda: reverse(f"observations:{name}", args=[a_codebook().pk])


def in_its_second_language():
    User.objects.filter(pk=person("priya").pk).update(reads_in="mi")
    return live_version().get_absolute_url()


FRAMEWORKS = [
    Page("frameworks", "joel", at("frameworks:list")),
    Page("a framework", "joel", at("frameworks:framework", "working-alongside")),
    Page("a version", "joel", at("frameworks:version", "working-alongside", 2)),
    Page("an earlier version", "joel", at("frameworks:version", "working-alongside", 1)),
    Page("themes", "joel", at("frameworks:themes")),
    Page("a theme", "joel", lambda: reverse("frameworks:theme", args=[Theme.objects.first().pk])),
    Page("standards", "joel", at("frameworks:standards")),
    Page(
        "a standard",
        "joel",
        lambda: reverse("frameworks:standard", args=[Standard.objects.first().code]),
    ),
    Page("adding a standard", "joel", at("frameworks:standard_new")),
    Page("loading a standard", "joel", at("frameworks:standard_load")),
    Page("changing a standard", "joel", our_standard),
    Page("criteria by clauses", "joel", at("frameworks:crosswalk", "working-alongside", 2)),
    Page("choosing a second language", "joel", no_second_language),
    Page("a second language", "joel", second_language("second_language")),
    Page("what is said in it", "joel", second_language("second_words", said_domain)),
    Page("deleting a second language", "joel", second_language("delete_second_language")),
    Page("change notes", "joel", at("frameworks:change_notes")),
    Page("lenses", "joel", at("frameworks:lenses")),
    Page("a lens", "joel", at("frameworks:shared_row", "lenses", "meeting")),
    Page("adding a lens", "joel", at("frameworks:shared_new", "lenses")),
    Page("changing a lens", "joel", our_own("lenses", "poverty")),
    Page("causes", "joel", at("frameworks:causes")),
    Page("a cause", "joel", at("frameworks:shared_row", "causes", "no_time")),
    Page("adding a cause", "joel", at("frameworks:shared_new", "causes")),
    Page("scales", "joel", at("frameworks:scales")),
    Page("a scale", "joel", at("frameworks:shared_row", "scales", "safety-0-10")),
    Page("adding a scale", "joel", at("frameworks:shared_new", "scales")),
    Page("changing a scale", "joel", our_own("scales", "ofsted-four")),
    Page("beginning a framework", "joel", at("frameworks:new")),
    Page("importing a framework", "joel", at("frameworks:import_file")),
    Page("what a file would change", "joel", held_file),
    Page("beginning from a starter", "joel", at("frameworks:new_from_starter")),
    Page("a draft", "joel", of_framework("draft")),
    Page("what a draft is built with", "joel", of_framework("draft_about")),
    Page("where a draft's criteria come from", "joel", of_framework("lineage")),
    Page("two versions compared", "joel", at("frameworks:compare", "working-alongside")),
    Page("a domain in a draft", "joel", of_framework("draft_part", "domains", first_domain)),
    Page("a criterion in a draft", "joel", of_framework("draft_part", "criteria", first_criterion)),
    Page("trying a draft", "joel", of_framework("trial")),
    Page("erasing trial notes", "joel", of_framework("erase_trial")),
    Page("publishing a draft with faults", "joel", of_framework("publish")),
    Page("publishing a draft", "joel", without_faults("publish")),
    Page("a draft without faults, after a deletion", "joel", after_a_deletion),
    Page("a draft tried with a made-up visit", "joel", made_up_visit),
    Page("retiring a version", "joel", at("frameworks:retire", "working-alongside", 2)),
    Page("choosing a version for a note", "marian", choosing_a_version),
    Page("a trial note, half written", "marian", tried),
    Page("a trial note, finished", "marian", finished_trial),
    Page("a new domain", "joel", of_framework("add_domain")),
    Page("a new criterion", "joel", of_framework("add_criterion", first_domain)),
    Page("who changed a framework", "joel", of_framework("history")),
    Page("a codebook's themes", "joel", of_codebook("codebook")),
    Page("a new theme", "joel", of_codebook("add_theme")),
    Page("a theme being changed", "joel", of_theme("edit_theme")),
    Page("a theme being merged", "joel", of_theme("end_theme", "merge")),
    Page("a theme being split", "joel", of_theme("end_theme", "split")),
    Page("a theme being retired", "joel", of_theme("end_theme", "retire")),
    Page("who changed a codebook", "joel", of_codebook("codebook_history")),
    Page("what a codebook's changes would do", "marian", of_changes("codebook_preview")),
    Page("the same to its admin", "joel", of_changes("codebook_preview")),
    Page("a text tried on a codebook", "marian", of_changes("bench")),
    Page("a framework as people outside read it", "", lambda: outside("outside")),
    Page("an earlier version as they read it", "", lambda: outside("outside_version", 1)),
    Page("the same in its second language", "", lambda: f"{outside('outside')}?in=mi"),
    Page("a version in its second language", "priya", in_its_second_language),
    Page("the language that frameworks are read in", "marian", at("frameworks:read_in")),
    Page("a preview of it", "joel", at("frameworks:outside", "working-alongside")),
    Page("opening a framework", "joel", at("frameworks:open_outside", "working-alongside")),
    Page("a version read by an observer", "marian", lambda: live_version().get_absolute_url()),
]


def outside(name, *args):
    """An address of the shipped framework, opened to anybody."""
    framework = Framework.objects.get(code="working-alongside")
    framework.is_open = True
    framework.save()
    return reverse(f"frameworks:{name}", args=[framework.code, *args])


def live_version():
    return FrameworkVersion.objects.get(number=2)


def of_person(name):
    return lambda: reverse(f"people:{name}", args=[person("callum").pk])


def a_role():
    return reverse("people:end_role", args=[person("callum").roles.first().pk])


def of_unit(name, code="riverside"):
    return at(f"people:{name}", code)


PEOPLE = [
    Page("people", "lee", at("people:list")),
    Page("add a person", "lee", at("people:add")),
    Page("a person", "lee", of_person("person")),
    Page("change a person", "lee", of_person("edit")),
    Page("give a role", "lee", of_person("give_role")),
    Page("end a role", "lee", a_role),
    Page("disable a person", "lee", of_person("disable")),
    Page("units", "lee", at("people:units")),
    Page("add a unit", "lee", at("people:add_unit")),
    Page("a unit", "lee", of_unit("unit")),
    Page("move a unit", "lee", of_unit("move_unit")),
    Page("close a unit", "lee", of_unit("close_unit")),
    Page("me", "marian", at("people:me")),
    Page("help", "", at("people:help")),
    Page("privacy", "", at("people:privacy")),
    Page("accessibility", "", at("people:accessibility")),
    Page("audit log", "fiona", at("audit:log")),
]

# Briefings


def written():
    """A briefing that nobody has sent for approval: this month's, composed if it is not there."""
    unit = Unit.objects.get(code="harrowmere")
    return compose(unit=unit, month=month_of(timezone.localdate()), by=person("marian"))


def issued():
    return Briefing.objects.standing().filter(unit__code="harrowmere").order_by("-month")[0]


def of_issued(name):
    return lambda: reverse(f"reports:{name}", args=[issued().key])


def of_written(name, *args):
    return lambda: reverse(f"reports:{name}", args=[written().key, *args])


def of_finding(name, *args):
    return lambda: reverse(f"reports:{name}", args=[written().key, a_finding(), *args])


def a_finding():
    return written().findings.standing()[0].pk


def coded(name, model):
    return lambda: reverse(f"reports:{name}", args=[model.objects.order_by("pk").last().pk])


def a_criterion_in_use():
    return reverse("reports:summary_criterion", args=[first_criterion(live_version())])


def a_recommendation():
    return Recommendation.objects.filter(owner=person("ruth"), briefing=issued())[
        0
    ].get_absolute_url()


def a_dropped_finding():
    """One of those of a part's briefing, so that no other page misses it."""
    unit = Unit.objects.get(code="help-and-protection")
    briefing = compose(unit=unit, month=month_of(timezone.localdate()), by=person("marian"))
    finding = briefing.findings.order_by("pk")[0]
    type(finding).objects.filter(pk=finding.pk).update(dropped_at=timezone.now())
    return reverse("reports:dropped", args=[briefing.key, finding.pk])


def a_promise():
    """What was promised, and is not marked as done."""
    promised = Recommendation.objects.filter(decision__answer="yes", decision__done_on=None)
    return reverse("reports:mark_done", args=[promised[0].pk])


REPORTS = [
    *[Page(f"home of {who}", who, at("home")) for who in ["marian", "priya", "ruth", "lee"]],
    Page("summary", "marian", at("reports:summary")),
    Page("summary by clause", "marian", asked("reports:summary", "read_by=social-work-england")),
    Page("summary of a theme", "marian", coded("summary_theme", Theme)),
    Page("summary of a criterion", "marian", a_criterion_in_use),
    Page("coverage", "marian", at("reports:coverage")),
    Page("definitions", "marian", at("reports:definitions")),
    Page("how suggestions are made", "ruth", at("reports:how")),
    Page("two observers", "marian", at("reports:pairs")),
    Page("a pair", "marian", coded("pair", Pair)),
    Page("a pair read by another", "elspeth", coded("pair", Pair)),
    Page("briefings", "marian", at("reports:briefings")),
    Page("briefings for a leader", "ruth", at("reports:briefings")),
    Page("compose a briefing", "marian", at("reports:compose")),
    Page("an issued briefing", "ruth", lambda: issued().get_absolute_url()),
    Page("a briefing being written", "marian", of_written("briefing")),
    Page("its preview", "marian", of_written("preview")),
    Page("its answers", "marian", of_written("part", "answers")),
    Page("its first section", "marian", of_written("part", "framework")),
    Page("its good work", "marian", of_written("part", "good_work")),
    Page("its quotations", "marian", of_written("release")),
    Page("what became of its asks", "marian", of_written("part", "since")),
    Page("a finding", "marian", of_finding("finding")),
    Page("its evidence", "marian", of_finding("evidence", "for")),
    Page("add a finding", "marian", of_written("add_finding")),
    Page("its asks", "marian", of_written("edit_recommendations")),
    Page("add an ask", "marian", of_written("add_recommendation")),
    Page("asks", "ruth", at("reports:recommendations")),
    Page("an ask", "ruth", a_recommendation),
    Page("a promise marked as done", "marian", a_promise),
    Page("a finding dropped", "marian", a_dropped_finding),
    Page("an issue drafted again", "marian", of_issued("reissue")),
    Page("runs", "lee", at("reports:runs")),
]

PAGES = [*OBSERVATIONS, *SIGNING_IN, *FRAMEWORKS, *PEOPLE, *REPORTS]
