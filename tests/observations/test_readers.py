"""Each box says who will read it, and the pages show it to them and to nobody else."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from observations import readers
from observations.models import Observation, Reply
from observations.notes import actions
from observations.notes.forms.entries import FrictionForm, PassageForm, VoiceForm
from observations.notes.forms.life import (
    AdditionForm,
    AgreementForm,
    ConversationForm,
    ReplyForm,
    WithdrawForm,
)
from observations.notes.forms.sections import MeetingForm, MyPartForm, WhereForm
from observations.notes.forms.sharing import SharingForm
from observations.notes.forms.starting import QuickNoteForm
from observations.readers import TABLE, Readers, readers_of, words_for
from practicelens.refusals import NotNow
from tests.factories import (
    ConversationAdditionFactory,
    ConversationFactory,
    FrictionFactory,
    MeetingFactsFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    ReplyFactory,
    ReplyPartFactory,
    RoleFactory,
    TalkShareFactory,
    VoiceFactory,
)

pytestmark = pytest.mark.django_db

R = Readers
EVERYBODY = {"observer", "leader", "practitioner"}
# Who reads it, of those who may open the note, once it is shared and replied to.
TOLD = {
    R.NOTE: EVERYBODY,
    R.QUOTED: EVERYBODY,
    R.AGREED: EVERYBODY,
    R.REPLY: EVERYBODY,
    R.LEADERS: {"observer", "leader"},
    R.CHOSEN: {"observer"},
    R.WRITER: {"observer"},
    R.FELT: {"practitioner"},
}
# Of each field, words that its page shows; the words that are written are made up for the test.
SHOWN = {
    "Observation.unit": "River",
    "Observation.practitioner": "Priya Nair",
    "Observation.kind_of_work": "Family meeting",
    "Observation.observed_on": "9 June 2027",
    "Observation.part_of_day": "evening",
    "Observation.minutes": "47 minutes",
    "Observation.setting": "School",
    "Observation.mode": "remote",
    "Observation.proximity": "Worked alongside",
    "Observation.present": "Police",
    "Observation.family_asked": "said no",
    "Observation.reflection_effect": "zqeffect",
    "Observation.reflection_asks": "zqasks",
    "Passage.prompt": None,
    "Passage.text": "zqpassage",
    "Passage.kind": "Heard",
    "Passage.risk": "A vague worry",
    "Passage.is_marked": "May matter on its own",
    "Rating.outcome": None,
    "Rating.level": None,
    "Rating.cause": None,
    "Rating.evidence": "zqevidence",
    "MeetingFacts.asked_first": "Asked first",
    "MeetingFacts.account": "Whose account of risk prevailed",
    "MeetingFacts.decided": "Decisions were made",
    "MeetingFacts.jargon": "Jargon left unexplained",
    "MeetingFacts.family_words": "The family’s words went into the plan",
    "MeetingFacts.expert_view": "An expert’s view went unchallenged",
    "MeetingFacts.counted": "Counted live",
    "TalkShare.minutes": "33 minutes",
    "Friction.system": None,
    "Friction.called": "zqcalled",
    "Friction.step": "zqstep",
    "Friction.effect": None,
    "Friction.minutes": "19 minutes",
    "Friction.family": "zqfamily",
    "Friction.workaround": "zqworkaround",
    "Voice.who": None,
    "Voice.words": "zqvoice",
    "Conversation.strengths": "zqstrengths",
    "Conversation.questions": "zqquestions",
    "Conversation.next_step": "zqnext",
    "Conversation.look_again_on": "4 October 2027",
    "ConversationAddition.words": "zqadded",
    "ReplyPart.verdict": "I see it differently",
    "ReplyPart.words": "zqbeside",
    "Reply.verdict": "Disagreed",
    "Reply.words": "zqreply",
    "Reply.fairness": "Being observed felt not fair",
}


@pytest.fixture
def people(psw, practitioner, organisation):
    leader = RoleFactory(kind="psw", unit=organisation).user
    return {"observer": psw, "leader": leader, "practitioner": practitioner}


@pytest.fixture
def note(framework_version, team, psw, practitioner):
    made = ObservationFactory(
        unit=team,
        observer=psw,
        practitioner=practitioner,
        submitted=True,
        kind_of_work="family_meeting",
        observed_on="2027-06-09",
        part_of_day="evening",
        minutes=47,
        setting="school",
        mode="remote",
        proximity="alongside",
        present=["police"],
        family_asked="declined",
        reflection_effect="zqeffect",
        reflection_asks="zqasks",
    )
    made.refresh_from_db()
    PassageFactory(observation=made, text="zqpassage", kind="heard", is_marked=True, risk=["vague"])
    RatingFactory(observation=made, evidence="zqevidence")
    TalkShareFactory(
        meeting=MeetingFactsFactory(
            observation=made,
            asked_first="mother",
            account="mother",
            decided="with",
            jargon=4,
            family_words=1,
            expert_view=2,
            counted="minutes_mother=33",
        ),
        minutes=33,
    )
    FrictionFactory(
        observation=made,
        called="zqcalled",
        step="zqstep",
        minutes=19,
        family="zqfamily",
        workaround="zqworkaround",
    )
    VoiceFactory(observation=made, words="zqvoice")
    conversation = ConversationFactory(
        observation=made,
        strengths="zqstrengths",
        questions="zqquestions",
        next_step="zqnext",
        look_again_on="2027-10-04",
    )
    ConversationAdditionFactory(conversation=conversation, words="zqadded")
    return made


@pytest.fixture
def replied(note, practitioner):
    Observation.objects.filter(pk=note.pk).update(shared_at=timezone.now())
    reply = ReplyFactory(
        observation=note, by=practitioner, verdict="disagreed", words="zqreply", fairness="unfair"
    )
    passage = note.passages.get()
    ReplyPartFactory(reply=reply, passage=passage, disagreed=True, words="zqbeside")
    return note


def page_of(client, person, address):
    client.force_login(person)
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", page.split("<main")[1].split("</main>")[0])


def test_the_page_shows_each_field_to_whom_its_box_says(client, people, replied):
    wrong = [
        f"{name} to {who}: {shown}"
        for who, person in people.items()
        for page in [page_of(client, person, replied.get_absolute_url())]
        for name, words in SHOWN.items()
        if words
        for shown in [words.lower() in page.lower()]
        if shown != (who in TOLD[readers_of(name)])
    ]

    assert wrong == []


def test_why_it_was_withdrawn_is_its_writers_alone(client, people, replied):
    Observation.objects.update(withdrawn_at=timezone.now(), withdrawn_because="zqbecause")

    assert "zqbecause" in page_of(client, people["observer"], replied.get_absolute_url())
    for who in ("leader", "practitioner"):
        client.force_login(people[who])
        assert client.get(replied.get_absolute_url()).status_code == 404


def test_every_field_is_tried():
    tabled = {f"{model}.{field}" for model, fields in TABLE.items() for field in fields}

    alone = {"withdrawn_because", "not_shared_because", "not_shared_words"}
    assert tabled == {*SHOWN, *(f"Observation.{field}" for field in alone)}


def test_every_field_of_every_form_of_a_note_is_in_the_table():
    forms = [WhereForm, MyPartForm, SharingForm, PassageForm, FrictionForm, VoiceForm, MeetingForm]
    forms += [ConversationForm, AdditionForm, AgreementForm, ReplyForm]

    missing = [
        f"{form.Meta.model.__name__}.{field}"
        for form in forms
        for field in form.Meta.fields
        if field not in TABLE[form.Meta.model.__name__] and field != "shows_reflection"
    ]

    assert missing == []


def test_each_box_says_who_will_read_it(psw, draft):
    for form, model in [
        (MyPartForm(instance=draft), "Observation"),
        (PassageForm(observation=draft), "Passage"),
        (VoiceForm(observation=draft), "Voice"),
        (FrictionForm(observation=draft), "Friction"),
        (QuickNoteForm(user=psw), "Passage"),
        (ReplyForm(), "Reply"),
    ]:
        boxes = {
            name: field for name, field in form.fields.items() if "data-look" in field.widget.attrs
        }
        assert boxes
        for name, field in boxes.items():
            assert words_for(f"{model}.{name}") in field.help_text
    assert words_for("Observation.withdrawn_because") in WithdrawForm().fields["because"].help_text
    assert (
        words_for("Passage.is_marked")
        in PassageForm(observation=draft).fields["is_marked"].help_text
    )


def test_so_does_the_line_that_shows_a_criterion(psw_client, draft):
    address = reverse("observations:section", args=[draft.key, "ratings-1"])

    page = psw_client.get(address).content.decode()

    assert page.count(words_for("Rating.evidence")) == page.count("<textarea")


def test_of_a_trial_note_each_box_says_that_it_is_theirs_alone(team, psw):
    trial = ObservationFactory(unit=team, observer=psw, trial=True)

    assert readers.TRIAL in PassageForm(observation=trial).fields["text"].help_text
    assert readers.TRIAL in MyPartForm(instance=trial).fields["reflection_effect"].help_text


def test_a_reflection_is_shown_once_its_writer_chose_so(client, people, replied):
    Observation.objects.update(shows_reflection=True)

    for person in people.values():
        assert "zqasks" in page_of(client, person, replied.get_absolute_url())


# Sharing


def sections(page):
    """The parts of a page by the name of their heading."""
    found = re.findall(
        r'<section class="pl-sheet"[^>]*aria-labelledby="([\w-]+)"(.*?)</section>', page
    )
    return dict(found)


@pytest.mark.parametrize("shows", [False, True])
def test_before_sharing_the_page_shows_exactly_what_the_practitioner_will_see(
    client, people, note, shows
):
    Observation.objects.update(shows_reflection=shows)
    address = reverse("observations:share", args=[note.key])
    before = sections(page_of(client, people["observer"], address))
    client.post(address)

    after = sections(page_of(client, people["practitioner"], note.get_absolute_url()))

    assert before == {name: after[name] for name in before}
    assert set(after) - set(before) == {"life-title"}
    assert ("zqasks" in str(before)) is shows


def test_looking_at_it_before_shares_nothing(psw_client, practitioner_client, note):
    psw_client.get(reverse("observations:share", args=[note.key]))

    assert practitioner_client.get(note.get_absolute_url()).status_code == 404


def test_sharing_is_taken_back_until_it_is_opened(psw_client, practitioner_client, psw, note):
    actions.share(observation=note, by=psw)
    take_back = reverse("observations:take_sharing_back", args=[note.key])

    psw_client.post(take_back, {"not_shared_because": "asked"})
    assert practitioner_client.get(note.get_absolute_url()).status_code == 404

    actions.share(observation=note, by=psw)
    assert practitioner_client.get(note.get_absolute_url()).status_code == 200
    psw_client.post(take_back, {"not_shared_because": "asked"})
    assert practitioner_client.get(note.get_absolute_url()).status_code == 200


def test_what_the_observer_opens_is_not_opened_by_the_practitioner(psw_client, psw, note):
    actions.share(observation=note, by=psw)

    psw_client.get(note.get_absolute_url())

    assert Observation.objects.get(pk=note.pk).opened_at is None


def test_what_was_taken_back_takes_no_reply(psw, practitioner, note):
    actions.share(observation=note, by=psw)
    actions.take_sharing_back(observation=note, by=psw, not_shared=("asked", ""))

    with pytest.raises(NotNow):
        actions.reply(
            observation=note, by=practitioner, verdict="agreed", words="", fairness="fair"
        )
    assert not Reply.objects.exists()
