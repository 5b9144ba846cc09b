"""Past observations re-checked after a change: looked at, shown, and only then made to count."""

from time import monotonic

import pytest
from django.utils import timezone

from observations import identifiers
from observations.identifiers import Identifier as Found
from observations.mentions import actions
from observations.models import (
    CodingModel,
    DirtyCell,
    Mention,
    Observation,
    Passage,
    Recoding,
    Redaction,
)
from observations.notes import actions as notes
from observations.notes import coding
from observations.recoding import actions as recoding
from observations.recoding import differences, fingerprints
from observations.redaction import finding
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from tests.factories import (
    CodebookFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    ThemeFactory,
    UnitFactory,
    VoiceFactory,
)

pytestmark = pytest.mark.django_db

ASKED = "Mum was asked first, in her own words."
FORM = "The portal timed out again and the page was lost."


@pytest.fixture
def theme(codebook):
    return ThemeFactory(codebook=codebook, name="Voice", keywords=["own words"], examples=[])


@pytest.fixture
def note(framework_version, team, psw, theme):
    """Coded as passages are read today: one passage speaks to the theme, the other to none."""
    return coded_note(team, psw, ASKED, FORM)


def coded_note(unit, observer, *texts):
    note = ObservationFactory(unit=unit, observer=observer, submitted=True)
    note.refresh_from_db()
    for text in texts:
        PassageFactory(observation=note, text=text)
    coding.code(observation=note)
    DirtyCell.objects.all().delete()
    return Observation.objects.get(pk=note.pk)


@pytest.fixture
def read_once(note):
    """Past observations were coded as they are today."""
    read_all()
    assert Recoding.objects.get().state == "unchanged"


def read_all():
    """What sweeps do, till there is no more to do; returns the newest re-check."""
    recoding.start_due()
    for each in recoding.running():
        recoding.go_on(recoding=each, until=monotonic() + 60)
    return newest()


def newest():
    return Recoding.objects.order_by("-pk").first()


def put_word(theme, word):
    theme.keywords = [*theme.keywords, word]
    theme.save()


def take_words(theme):
    theme.keywords = []
    theme.save()


def use(found, psw):
    recoding.use_it(recoding=found, by=psw)
    return read_all()


def suggested(theme=None):
    found = Mention.objects.suggested()
    return sorted(mention.quote for mention in (found.filter(theme=theme) if theme else found))


# What is read again, and why


def test_an_archive_with_nothing_in_it_is_done_at_once(codebook, theme):
    found = read_all()

    assert (found.state, found.total, found.why) == ("done", 0, [fingerprints.FIRST])
    assert recoding.due() == []


def test_the_first_reading_finds_what_is_coded_already(read_once):
    found = newest()

    assert (found.total, found.looked, found.to_make) == (1, 1, 0)
    assert recoding.due() == []


def test_what_is_read_as_before_is_not_re_checked(read_once):
    assert recoding.start_due() == 0
    assert Recoding.objects.count() == 1


def test_the_order_of_words_makes_no_difference(codebook, theme):
    put_word(theme, "talked over")
    read_all()
    theme.keywords = theme.keywords[::-1]
    theme.save()

    assert recoding.due() == []


def test_each_codebook_is_read_for_the_units_that_are_coded_with_it(
    read_once, team, sibling_team, psw
):
    nearer = CodebookFactory(unit=sibling_team)
    ThemeFactory(codebook=nearer, keywords=["portal"])
    there = coded_note(sibling_team, psw, FORM)

    read_all()

    assert Recoding.objects.get(codebook=nearer).looked == 1
    assert there.mentions.get().theme.codebook == nearer


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(
            {"keywords": ["own words", "portal"]}, "“Voice”: “portal” put on its word list."
        ),
        pytest.param({"keywords": []}, "“Voice”: “own words” taken off its word list."),
        pytest.param({"name": "Heard"}, "“Voice” is now called “Heard”."),
        pytest.param({"definition": "X"}, "“Voice”: its definition was written differently."),
        pytest.param({"examples": ["X"]}, "“Voice”: its examples changed."),
        pytest.param({"is_draft": True}, "“Voice” is no longer in use."),
    ],
)
def test_what_changed_in_a_theme_is_said_in_words(read_once, theme, change, line):
    for name, value in change.items():
        setattr(theme, name, value)
    theme.save()

    assert read_all().why == [line]


def test_what_changed_is_said_against_what_is_in_use_not_against_what_was_left(
    read_once, theme, psw
):
    put_word(theme, "portal")
    recoding.leave_it(recoding=read_all(), by=psw)
    put_word(theme, "timed out")

    assert read_all().why == ["“Voice”: “portal” and “timed out” put on its word list."]


def test_a_change_that_was_taken_back_changes_nothing(read_once, theme):
    put_word(theme, "portal")
    read_all()
    theme.keywords = ["own words"]
    theme.save()

    found = read_all()

    assert (found.state, found.why) == ("unchanged", [fingerprints.BACK])
    assert Recoding.objects.ready().count() == 0


# What would differ


def test_a_word_more_suggests_more_once_a_person_says_so(read_once, note, theme, psw):
    put_word(theme, "portal")

    found = read_all()

    assert (found.state, found.added, found.dropped, found.changed) == ("ready", 1, 0, 0)
    assert found.effect == [{"theme": theme.pk, "name": "Voice", "add": 1, "drop": 0, "change": 0}]
    assert suggested() == [ASKED]

    done = use(found, psw)

    assert (done.state, done.made, done.passed_over) == ("done", 1, 0)
    assert suggested() == sorted([ASKED, FORM])
    added = note.mentions.get(passage__text=FORM)
    assert added.engine
    assert [added.passage.text[a:b] for a, b in added.words] == ["portal"]
    assert DirtyCell.objects.get().theme == theme


def test_a_word_less_suggests_less(read_once, theme, psw):
    take_words(theme)

    found = read_all()
    assert (found.added, found.dropped) == (0, 1)

    use(found, psw)

    assert suggested() == []
    assert DirtyCell.objects.get().theme == theme


def test_a_draft_theme_that_is_used_is_a_change(read_once, codebook, psw):
    draft = ThemeFactory(codebook=codebook, keywords=["portal"], is_draft=True)
    assert recoding.due() == []
    draft.is_draft = False
    draft.save()

    use(read_all(), psw)

    assert suggested(draft) == [FORM]


def test_a_theme_that_is_retired_is_suggested_no_more(read_once, theme, psw):
    theme.retired_on = timezone.localdate()
    theme.save()

    use(read_all(), psw)

    assert suggested() == []


def test_another_sentence_or_stance_is_a_change(read_once, note, theme, psw):
    Mention.objects.update(stance="hinders", end=4, words=[])

    take_back_to_first_reading()
    found = read_all()
    assert (found.added, found.dropped, found.changed) == (0, 0, 1)

    use(found, psw)

    mention = note.mentions.get()
    assert mention.stance != "hinders"
    assert mention.quote == ASKED


def take_back_to_first_reading():
    Recoding.objects.all().delete()


def test_other_words_for_the_same_suggestion_wait_for_nobody(read_once, note):
    """Nothing that counts differs: the same theme, sentence and stance."""
    Mention.objects.update(words=[[0, 3]])
    take_back_to_first_reading()

    found = read_all()

    assert (found.state, found.to_decide, found.reworded, found.made) == ("done", 0, 1, 1)
    mention = note.mentions.get()
    assert [mention.passage.text[a:b] for a, b in mention.words] == ["own", "words"]
    assert not DirtyCell.objects.exists()


def test_a_model_that_is_used_is_a_change(read_once, note, theme, psw, monkeypatch):
    version = model_for(theme.codebook, theme.code, "portal")

    found = read_all()

    assert found.why == ["Version 1 of what was learned came into use."]
    assert (found.added, found.dropped) == (1, 1)

    use(found, psw)

    assert suggested() == [FORM]
    assert note.mentions.get().model == version


def model_for(codebook, theme, stem):
    learned = {"threshold": 0.5, "bias": -4.0, "weights": {stem: 80.0}}
    content = {
        "trained_on": "a" * 64,
        "idf": {stem: 1.0},
        "marks": [],
        "themes": {theme: learned},
        "hidden": [],
        "engine": "learned 1",
    }
    return CodingModel.objects.create(
        codebook=codebook,
        version=1,
        state=CodingModel.State.IN_USE,
        trained_on="a" * 64,
        content=content,
    )


def test_a_second_version_says_which_it_replaced(read_once, theme, psw):
    first = model_for(theme.codebook, theme.code, "portal")
    use(read_all(), psw)
    CodingModel.objects.filter(pk=first.pk).update(version=2, trained_on="b" * 64)
    assert read_all().why == ["Version 2 of what was learned replaced version 1."]

    CodingModel.objects.update(state=CodingModel.State.REPLACED)
    assert read_all().why == [
        "Nothing learned is in use any more: word lists alone suggest themes."
    ]


# Names


@pytest.fixture
def better_detector(monkeypatch):
    """From now on "portal" and "asked" are found to name somebody."""
    found_in = finding.found_in

    def find(text, people, places):
        mine = [
            Found(text.index(word), text.index(word) + len(word), "given_name", word, "the mother")
            for word in ("asked", "portal")
            if word in text
        ]
        return mine or found_in(text, people, places)

    monkeypatch.setattr(finding, "found_in", find)
    monkeypatch.setattr(identifiers, "VERSION", "a later one")


def test_names_newly_found_stand_open_at_once(read_once, note, better_detector):
    found = read_all()

    assert fingerprints.NAMES in found.why
    assert found.names == 2
    assert set(Redaction.objects.values_list("words", "settled", "settled_at")) == {
        ("asked", "", None),
        ("portal", "", None),
    }
    assert newest().changes.filter(kind="name", outcome="made").count() == 2
    assert not Passage.objects.quotable().exists()


def test_names_are_looked_for_in_voices_too(read_once, note, better_detector):
    voice = VoiceFactory(observation=note, words="She asked me.")

    read_all()

    assert Redaction.objects.get(voice=voice).words == "asked"


def test_a_name_that_stands_open_or_was_kept_is_not_found_again(read_once, note, better_detector):
    first, second = note.passages.order_by("position")
    place = {"observation": note, "kind": "given_name", "suggestion": "", "start": 0, "end": 1}
    Redaction.objects.create(**place, passage=second, words="portal")
    Redaction.objects.create(
        **place, passage=first, words="asked", settled="kept", settled_at=timezone.now(), reason="-"
    )

    assert read_all().names == 0
    assert Redaction.objects.count() == 2


def test_a_finding_that_is_not_found_any_more_stays_open(read_once, note, theme):
    """Only a person settles it."""
    passage = note.passages.first()
    Redaction.objects.create(
        observation=note, passage=passage, kind="x", words="Mum", suggestion="", start=0, end=3
    )
    put_word(theme, "portal")

    read_all()

    assert Redaction.objects.get().settled_at is None


def test_a_text_that_can_not_be_looked_through_is_itself_a_finding(
    read_once, note, theme, monkeypatch
):
    def fail(*args, **kwargs):
        raise finding.identifiers.CouldNotLook

    monkeypatch.setattr(finding.identifiers, "find", fail)
    put_word(theme, "portal")

    found = read_all()

    assert set(Redaction.objects.values_list("kind", flat=True)) == {"unread"}
    assert (found.added, found.dropped) == (0, 1)


def test_a_name_in_a_text_that_was_written_differently_meanwhile_is_not_kept(note):
    passage = note.passages.first()
    row = Redaction(observation=note, passage=passage, kind="x", words="Mum", start=0, end=3)

    assert recoding.write_names([(passage, "Mum was elsewhere.", row)]) == []
    assert not Redaction.objects.exists()


# What people decided


def test_what_a_person_decided_is_never_changed_nor_suggested_again(read_once, note, theme, psw):
    confirmed = note.mentions.get()
    actions.decide_mention(mention=confirmed, by=psw, status="confirmed", stance="hinders")
    rejected = MentionFactory(
        passage=note.passages.get(text=FORM), theme=theme, rejected=True, stance="neither"
    )
    before = list(Mention.objects.order_by("pk").values())
    theme.keywords = ["portal"]
    theme.save()

    found = read_all()

    assert (found.state, found.left_alone) == ("unchanged", 2)
    assert list(Mention.objects.order_by("pk").values()) == before
    assert rejected.pk in [row["id"] for row in before]


def test_what_a_person_added_is_left_alone(read_once, note, theme, psw):
    added = actions.add_mention(
        passage=note.passages.get(text=FORM), theme=theme, stance="helps", by=psw
    )
    take_words(theme)

    use(read_all(), psw)

    assert list(Mention.objects.all()) == [added]


@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_what_is_decided_between_looking_and_using_is_passed_over(
    read_once, note, theme, psw, status
):
    take_words(theme)
    found = read_all()
    actions.decide_mention(mention=note.mentions.get(), by=psw, status=status)

    done = use(found, psw)

    assert (done.state, done.made, done.passed_over) == ("done", 0, 1)
    assert note.mentions.get().status == status


def test_what_a_person_added_between_looking_and_using_stays_theirs(read_once, note, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    passage = note.passages.get(text=FORM)
    actions.add_mention(passage=passage, theme=theme, stance="hinders", by=psw)

    done = use(found, psw)

    assert done.passed_over == 1
    assert passage.mentions.get().decided_by == psw


# What happens meanwhile


def test_a_passage_that_is_written_differently_meanwhile_is_passed_over(
    read_once, note, theme, psw
):
    put_word(theme, "portal")
    found = read_all()
    note.passages.filter(text=FORM).update(text=f"Again: {FORM}")

    done = use(found, psw)

    assert done.passed_over == 1
    assert suggested() == [ASKED]


def test_a_note_that_is_withdrawn_meanwhile_is_passed_over(read_once, note, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    notes.withdraw(observation=note, by=psw)

    assert use(found, psw).passed_over == 1
    assert note.mentions.count() == 1


def test_a_theme_that_is_retired_meanwhile_gains_nothing(read_once, note, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    recoding.use_it(recoding=found, by=psw)
    theme.retired_on = timezone.localdate()
    theme.save()

    recoding.go_on(recoding=found, until=monotonic() + 60)

    assert suggested() == [ASKED]


def test_a_note_that_waits_to_be_coded_is_left_to_be_coded(read_once, note, theme):
    Observation.objects.update(coded_at=None)
    put_word(theme, "portal")

    assert read_all().state == "unchanged"


def test_a_new_note_is_read_the_new_way_before_anybody_decides(read_once, theme, team, psw):
    put_word(theme, "portal")
    read_all()

    new = coded_note(team, psw, FORM)

    assert new.mentions.get().quote == FORM


def test_a_newer_change_overtakes_what_was_not_used(read_once, theme, psw):
    put_word(theme, "portal")
    older = read_all()
    put_word(theme, "timed out")

    newer = read_all()

    older.refresh_from_db()
    assert (older.state, older.is_superseded, older.decided_by) == ("dropped", True, None)
    assert not older.changes.exists()
    assert newer.state == "ready"
    with pytest.raises(NotNow):
        recoding.use_it(recoding=older, by=psw)


def test_what_is_coming_into_use_is_finished_first(read_once, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    recoding.use_it(recoding=found, by=psw)
    put_word(theme, "timed out")

    assert recoding.due() == []
    read_all()
    found.refresh_from_db()

    assert found.state == "done"
    assert len(recoding.due()) == 1


def test_a_change_not_yet_looked_at_keeps_the_older_from_being_used(read_once, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    put_word(theme, "timed out")

    with pytest.raises(NotNow):
        recoding.use_it(recoding=found, by=psw)

    assert newest().state == "ready"


def test_a_reading_does_not_go_on_once_the_codebook_changed_under_it(read_once, theme):
    put_word(theme, "portal")
    recoding.start_due()
    put_word(theme, "timed out")

    assert recoding.go_on(recoding=newest(), until=monotonic() + 60) == (0, 0)


# Stopped and gone on with


@pytest.fixture
def five_notes(read_once, team, psw, monkeypatch):
    monkeypatch.setattr(recoding, "OBSERVATIONS_A_BATCH", 2)
    monkeypatch.setattr(recoding, "CHANGES_A_BATCH", 2)
    for _ in range(4):
        coded_note(team, psw, FORM)


class Killed(BaseException):
    pass


def test_a_worker_killed_while_it_looks_is_gone_on_from_there(five_notes, theme, monkeypatch):
    put_word(theme, "portal")
    recoding.start_due()
    recoding.look(recoding=newest())
    kill_once(monkeypatch, recoding, "write_names")
    with pytest.raises(Killed):
        recoding.look(recoding=newest())

    assert (newest().looked, newest().added) == (2, 2)
    assert newest().changes.count() == 2

    found = read_all()

    assert (found.state, found.looked, found.added) == ("ready", 5, 5)
    assert found.changes.count() == 5


def kill_once(monkeypatch, module, name):
    real = getattr(module, name)

    def kill(*args):
        monkeypatch.setattr(module, name, real)
        real(*args)
        raise Killed

    monkeypatch.setattr(module, name, kill)


def test_a_worker_killed_while_it_puts_to_use_is_gone_on_from_there(
    five_notes, theme, psw, monkeypatch
):
    put_word(theme, "portal")
    found = read_all()
    recoding.use_it(recoding=found, by=psw)
    recoding.start_using(recoding=found)
    kill_once(monkeypatch, recoding, "make_changes")
    with pytest.raises(Killed):
        recoding.start_using(recoding=found)

    assert (newest().made, Mention.objects.filter(passage__text=FORM).count()) == (2, 2)

    done = read_all()

    assert (done.state, done.made) == ("done", 5)
    assert Mention.objects.filter(passage__text=FORM).count() == 5


def test_twice_is_once(five_notes, theme, psw):
    put_word(theme, "portal")
    found = read_all()
    assert recoding.look(recoding=found) is None
    use(found, psw)

    assert recoding.start_using(recoding=found) is None
    assert Mention.objects.filter(passage__text=FORM).count() == 5
    with pytest.raises(NotNow):
        recoding.use_it(recoding=found, by=psw)


def test_one_batch_at_least_is_done_and_then_the_clock_is_kept(five_notes, theme):
    put_word(theme, "portal")
    recoding.start_due()

    assert recoding.go_on(recoding=newest(), until=monotonic()) == (2, 0)
    assert (newest().state, newest().looked) == ("looking", 2)


def test_a_note_that_can_not_be_read_does_not_stop_the_others(five_notes, theme, monkeypatch):
    bad = Observation.objects.order_by("pk").first()
    compared = differences.compared

    def fail_for_one(note, suggester):
        if note == bad:
            raise ValueError("Leanne")
        return compared(note, suggester)

    monkeypatch.setattr(recoding, "compared", fail_for_one)
    put_word(theme, "portal")

    found = read_all()

    assert (found.looked, found.unread, found.added) == (5, 1, 4)


def test_the_queries_of_a_batch_do_not_grow_with_its_notes(
    read_once, theme, team, psw, django_assert_max_num_queries
):
    for _ in range(6):
        coded_note(team, psw, FORM)
    put_word(theme, "portal")
    recoding.start_due()

    with django_assert_max_num_queries(22):
        recoding.look(recoding=newest())
    recoding.use_it(recoding=newest(), by=psw)
    with django_assert_max_num_queries(14):
        recoding.start_using(recoding=newest())


# Who decided


def test_who_decided_and_when_is_kept_and_in_the_audit_log(read_once, theme, psw, organisation):
    put_word(theme, "portal")

    done = use(read_all(), psw)

    assert done.decided_by == psw
    assert done.decided_at
    entry = Entry.objects.get(what="recoding")
    assert (entry.by, entry.action, entry.unit) == (psw, "decided", organisation)


def test_what_is_left_changes_nothing_and_is_not_asked_again(read_once, theme, psw):
    put_word(theme, "portal")
    found = read_all()

    recoding.leave_it(recoding=found, by=psw)

    found.refresh_from_db()
    assert (found.state, found.decided_by, found.is_superseded) == ("dropped", psw, False)
    assert not found.changes.exists()
    assert suggested() == [ASKED]
    assert recoding.due() == []


def test_a_codebook_elsewhere_is_read_apart(read_once, theme):
    far = CodebookFactory(unit=UnitFactory(organisation=True))
    read_all()
    put_word(theme, "portal")

    read_all()

    assert Recoding.objects.filter(codebook=far).count() == 1
