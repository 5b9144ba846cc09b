"""What was seen: a note in each state with all its parts, and what is made of notes."""

from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from observations.cpd.names import names_in
from observations.family.links import answer_code, withdrawal_code
from observations.family.wordings import ENGLISH
from observations.models import (
    EmergingLook,
    EmergingTheme,
    FamilyCardText,
    Import,
    ImportFile,
    ImportRow,
    NoteRole,
    Observation,
    OtherCopy,
    SectionSave,
    System,
    SystemName,
)
from tests import factories as make
from tests import family_cards

NOTES = [
    "draft",
    "submitted",
    "shared",
    "answered",
    "withdrawn",
    "tried",
    "beside",
    "sibling",
    "far",
    "left",
    "left_draft",
]
# What is made of a note whose state says no such thing itself.
LIFE = {
    "beside": "submitted",
    "sibling": "submitted",
    "far": "submitted",
    "left": "shared",
    "left_draft": "draft",
}


def add_note(world, state):
    """A note with all its parts. A part of it is quoted later, and bears a mark of its own."""
    place, by, version = {
        "beside": ("team", "psw", "published"),  # of the occasions that the observer saw
        "sibling": ("sibling", "sibling_psw", "published"),
        "far": ("far", "far_psw", "far"),
        "tried": ("team", "observer", "drafted"),
        "left": ("team", "mover", "published"),  # by somebody who has left the team since
        "left_draft": ("team", "mover", "published"),
    }.get(state, ("team", "observer", "published"))
    of = {"sibling": "colleague", "far": "far_practitioner"}.get(state, "practitioner")
    life = {LIFE.get(state, state): True}
    note = world.made(
        make.ObservationFactory,
        state,
        unit=world.units[place],
        observer=world.people[by],
        practitioner=world.people[of],
        framework_version=world.versions[version],
        observed_on=world.last_month + timedelta(days=9),
        kind_of_work="family_meeting",
        **{name: on for name, on in life.items() if name != "answered"},
        **({"shared": True} if state == "answered" else {}),
        **({"opened_at": timezone.now()} if state == "left" else {}),
    )
    note.refresh_from_db()
    add_parts(world, note, state)
    return note


def add_parts(world, note, state):
    passage = add_passage(world, note, state)
    world.made(make.RatingFactory, state, observation=note).passages.add(passage)
    friction = world.made(make.FrictionFactory, state, observation=note)
    voice = world.made(make.VoiceFactory, state, observation=note)
    make.TalkShareFactory(meeting=make.MeetingFactsFactory(observation=note))
    conversation = world.made(
        make.ConversationFactory,
        state,
        observation=note,
        agreed_at=timezone.now() if state == "answered" else None,
    )
    world.made(
        make.ConversationAdditionFactory, state, conversation=conversation, by=note.practitioner
    )
    if state == "answered":
        reply = world.made(make.ReplyFactory, state, observation=note, disagreed=True)
        world.made(make.ReplyPartFactory, state, reply=reply, passage=passage, disagreed=True)
    theme = world.themes["far" if state == "far" else "here"]
    mention = make.MentionFactory(passage=passage, theme=theme)
    other = add_passage(world, note, state)
    confirmed = make.MentionFactory(passage=other, theme=theme, confirmed=True, engine="")
    redaction = world.made(make.RedactionFactory, state, passage=passage, reason="")
    world.made(make.RedactionFactory, state, passage=passage, kept=True)
    replaced = world.made(make.RedactionFactory, state, passage=other, replaced=True)
    NoteRole.objects.create(
        observation=note, role=world.marks.of("observations.NoteRole.role", state)
    )
    add_unread(world, note, state)
    copy = add_copy(world, note, passage, state)
    world.have(
        "note",
        state,
        key=note.key,
        section="where",
        kind="passages",
        entry=passage.key,
        pk=copy.pk,
    )
    world.parts = getattr(world, "parts", {}) | {
        state: {"friction": friction.key, "voices": voice.key, "passages": passage.key}
    }
    add_cards(world, note, state)
    world.have("passage", state, pk=passage.pk)
    world.have("mention", state, pk=mention.pk)
    world.have("confirmed", state, pk=confirmed.pk)
    world.have("redaction", state, pk=redaction.pk)
    world.have("replaced", state, pk=replaced.pk)
    add_early_signs(world, note, passage, state)


def add_early_signs(world, note, passage, state):
    """One that waits, in words that may name somebody; and one kept, that may be quoted."""
    other = add_passage(world, note, state, position=0)
    waiting = world.made(make.EarlySignFactory, state, passage=passage, because="")
    kept = world.made(make.EarlySignFactory, state, passage=other, kept=True)
    for early_sign in (waiting, kept):
        world.made(make.EarlySignStepFactory, state, early_sign=early_sign)
    world.have("early_sign", state, pk=waiting.pk, act="keep-open")
    world.have("kept_early_sign", state, pk=kept.pk)


def add_passage(world, note, state, **where):
    text = world.marks.text("observations.Passage.text", state)
    quoted = world.marks.text("observations.Passage.text", f"quoted of {state}")
    heading = world.marks.text("observations.Passage.heading", state)
    words = {"text": f"everything {text} {quoted}", "heading": heading}
    key = world.key_of("observations.Passage", state)
    return make.PassageFactory(observation=note, **words, **where, **key)


def add_unread(world, note, state):
    """A length that could not be read, kept as it was typed."""
    typed = world.marks.text("observations.SectionSave.unread", state)
    SectionSave.objects.create(
        observation=note, section="where", unread={"How long?": {"minutes": [typed]}}
    )


def add_cards(world, note, state):
    """A card that can be used, and one that came in with words."""
    card = world.made(family_cards.FamilyCardFactory, state, observation=note, agreed_to="")
    world.have("family card", state, key=note.key, pk=card.pk)
    words = add_passage(world, note, state, kind="family")
    used = world.made(
        family_cards.FamilyCardFactory, state, observation=note, came_in=True, passage=words
    )
    if state == "submitted":
        world.have("card link", "open", code=answer_code(card))
        world.have("card link", "used", code=answer_code(used))
        world.have("card that came in", "here", code=withdrawal_code(used))


def add_card_languages(world):
    for state, place in [("here", "here"), ("far", "elsewhere")]:
        language = world.made(
            family_cards.FamilyCardLanguageFactory, state, unit=world.units[place], texts=[]
        )
        world.row(FamilyCardText, state, language=language, first=ENGLISH["send"])
        world.have("card language", state, pk=language.pk)


def add_systems(world):
    """A system with another name, one to put it together with, and one that is over; in each place."""
    for state, place in [("here", "here"), ("far", "elsewhere")]:
        given = {"organisation": world.units[place]}
        first = world.row(System, state, **given, ended_at=None)
        name = world.row(SystemName, state, system=first, **given)
        label = world.marks.text("observations.System.name", state)
        other = world.row(System, state, **given, name=f"{label} 2", ended_at=None)
        gone = world.row(System, state, **given, name=f"{label} 3", ended_at=timezone.now())
        for each in (first, other, gone):
            SystemName.objects.create(system=each, name=each.name, **given)
        world.have("system", state, pk=first.pk)
        world.have("ended system", state, pk=gone.pk)
        world.have("system name", state, pk=name.pk)


def add_copy(world, note, passage, state):
    section = f"passages/{passage.key}"
    SectionSave.objects.create(observation=note, section=section, revision=1)
    mark = world.marks.text("observations.OtherCopy.typed", state)
    return OtherCopy.objects.create(
        observation=note, section=section, typed=urlencode({"text": mark, "kind": "seen"})
    )


def add_groups(world):
    """Passages by three observers, one of them in the sibling team: enough to who reaches both."""
    look = EmergingLook.objects.create(
        codebook=world.themes["here"].codebook,
        state=EmergingLook.State.DONE,
        said=EmergingLook.Said.FOUND,
        done_at=timezone.now(),
    )
    by_another = make.ObservationFactory(
        unit=world.units["team"],
        observer=world.people["psw"],
        practitioner=world.people["practitioner"],
        framework_version=world.versions["published"],
        submitted=True,
    )
    by_another.refresh_from_db()
    passages = [add_passage(world, by_another, "submitted")]
    for state in ("submitted", "shared", "answered", "sibling", "withdrawn"):
        passages += world.notes[state].passages.all()
    for state in ("candidate", "dismissed"):
        by = world.people["psw"] if state == "dismissed" else None
        group = EmergingTheme.objects.create(
            look=look,
            terms=["everything"],
            closeness=0.8,
            place=1,
            state=state,
            decided_by=by,
            decided_at=timezone.now() if by else None,
        )
        for passage in passages:
            group.passages.create(passage=passage, start=0, end=len(passage.text), nearness=0.8)
        world.have("group", state, pk=group.pk)


def add_pairs(world):
    for state, note in [("standing", "submitted"), ("withdrawn", "withdrawn")]:
        pair = make.PairFactory(first=world.notes[note], second=world.notes["beside"])
        world.have("pair", state, pk=pair.pk)


def add_imports(world):
    """Files on their way in, by the observer of the team and elsewhere; of one there is a note."""
    Observation.objects.filter(pk=world.notes["submitted"].pk).update(is_imported=True)
    for state, by, place in [
        ("refused", "observer", "here"),
        ("matching", "observer", "here"),
        ("ready", "observer", "here"),
        ("done", "observer", "here"),
        ("far", "far_psw", "elsewhere"),
    ]:
        given = {"by": world.people[by], "organisation": world.units[place], "state": state}
        if state == "far":
            given["state"] = "ready"
        if state != "refused":
            given["refused_because"] = ""
        if state == "done":
            given |= {"started_at": timezone.now(), "ended_at": timezone.now()}
        found = world.row(Import, state, columns={"0": "seen"}, **given)
        file = world.row(ImportFile, state, of=found, digest=state)
        words = world.marks.text("observations.ImportRow.problems", state)
        row = {"problems": [{"column": words, "found": words, "words": words}], "number": 2}
        row |= {"of": found, "file": file, "organisation": found.organisation, "digest": state}
        if state == "done":
            row |= {"outcome": "imported", "observation": world.notes["submitted"]}
        world.row(ImportRow, state, **row)
        world.have("import", state, pk=found.pk)


def add_recodings(world):
    """What would be suggested again, ready to be decided or over, in each organisation."""
    for state, place, note in [
        ("here", "here", "submitted"),
        ("over", "here", "submitted"),
        ("far", "far", "far"),
    ]:
        recoding = make.RecodingFactory(codebook=world.themes[place].codebook, done=state == "over")
        make.RecodingChangeFactory(
            recoding=recoding,
            passage=world.notes[note].passages.order_by("position").first(),
            theme=world.themes[place],
            engine="words",
        )
        world.have("recoding", state, pk=recoding.pk)


def add_visits(world):
    """Planned visits in each state, and a calendar address in each organisation."""
    over = {"declined_at": timezone.now()}, {"cancelled_at": timezone.now(), "why": "family"}
    for state, by, of, unit, how in [
        ("planned", "observer", "practitioner", "team", {"because": ""}),
        ("declined", "observer", "practitioner", "team", over[0]),
        ("cancelled", "observer", "practitioner", "team", over[1]),
        ("begun", "observer", "practitioner", "team", {"because": "", "begun_at": timezone.now()}),
        ("far", "far_psw", "far_practitioner", "far", {"because": ""}),
        ("left", "mover", "practitioner", "team", {"because": ""}),
    ]:
        people = {"observer": world.people[by], "practitioner": world.people[of]}
        visit = world.made(
            make.PlannedVisitFactory,
            f"visit {state}",
            unit=world.units[unit],
            observation=world.notes["draft"] if state == "begun" else None,
            kind_of_work="home_visit",
            is_about="family",
            labels={},
            **people,
            **how,
        )
        world.have("visit", state, key=visit.key)
    for state, whose in [("here", "observer"), ("far", "far_psw")]:
        address = make.CalendarAddressFactory(user=world.people[whose])
        world.have("calendar", state, token=address.path.split("/")[-1].removesuffix(".ics"))


def add_cpd_note(world):
    """The practitioner's own, in which no word is left to be settled: so it can be taken out."""
    note = world.made(make.CpdNoteFactory, "own", writer=world.people["practitioner"])
    note.stays += [each.words for each in names_in(note)]
    note.save()
    world.have("cpd_note", "own", key=note.key)
