"""What makes a sentence an early sign by itself: words of it, and being unlike all the rest."""

import pytest

from observations.coding.likeness import ENOUGH, Archive, terms, terms_of
from observations.coding.signals import signs


def kinds(text):
    return {sign.kind for sign in signs(text)}


GRAVE = [
    ("harm", "Two staff restrained him on the carpet."),
    ("harm", "The carer slapped his hand away from the fridge."),
    ("harm", "They locked the boy in his bedroom from six until breakfast."),
    ("harm", "He had been refused food since the morning."),
    ("harm", "She cried alone in the toilets for the rest of the meeting."),
    ("harm", "The worker threatened to take the baby if she did not sign."),
    ("harm", "The girl slept two nights on a sofa in our office."),
    ("fear", "He was frightened of the social worker and would not come out."),
    ("fear", "The staff are afraid to speak in front of the head of service."),
    ("fear", "Nobody in that team dares disagree with her."),
    ("fear", "I was told not to write this down."),
    ("fear", "The children hid behind the sofa when we knocked."),
    ("shame", "The mother said she had never been so humiliated."),
    ("shame", "She felt ashamed to walk past the neighbours."),
    ("shame", "The chair rolled her eyes each time the grandmother spoke."),
    ("shame", "He said he felt like dirt in there."),
    ("discrimination", "The chair made a racist remark about the cousins."),
    ("discrimination", "They were not offered the flat because they are Travellers."),
    ("discrimination", "An interpreter was refused, since she had managed last time."),
    ("discrimination", "Two of them mocked his accent after he left the room."),
    ("discrimination", "The nurse said Māori families don’t bond with their babies."),
    ("discrimination", "The ten-year-old had to interpret for her mother."),
    ("discrimination", "He was not let in because of his turban."),
    ("harm", "The mother was pressured to agree before she had read it."),
    ("harm", "The carer padlocked the fridge each night."),
    ("harm", "She was told that she would lose her contact."),
    ("harm", "An officer pushed him against the wall."),
    ("fear", "He sleeps with a chair against the door."),
    ("fear", "The trainee is sick before every supervision."),
    ("shame", "The receptionist called the twins filthy within their hearing."),
    ("shame", "The father was treated like a criminal at his own table."),
    ("concealment", "The worker backdated the supervision notes."),
    ("concealment", "A page is missing from the file."),
    ("concealment", "The one who challenged the closure was let go the next day."),
    ("concealment", "Nobody believed her, so she stopped telling."),
    ("concealment", "The disclosure sat in an inbox for three weeks."),
    ("concealment", "He was asked whether he had made it up."),
]


@pytest.mark.parametrize(("kind", "text"), GRAVE)
def test_what_was_done_to_people_or_felt_by_them_is_a_sign(kind, text):
    assert kind in kinds(text)


ORDINARY = [
    "The worries were named as harm, with the evidence beside each.",
    "The risk of harm was discussed calmly and the mother added to it.",
    "Domestic abuse was spoken of plainly and the bruises were named.",
    "Her partner had slapped her twice last winter and the police came.",
    "The mother was frightened of the father, and the plan said so.",
    "The worker asked the boy what scared him, and waited.",
    "The team talked about racism in supervision and what to do about it.",
    "An interpreter sat beside the mother, booked for two hours.",
    "The door was locked, so we rang.",
    "The system locked us out at four.",
    "The children hid under the table for a game.",
    "She refused to sign the plan until the date was put right.",
    "The boy refused his tea and asked for toast.",
    "Travellers on the site were asked what they wanted from us.",
    "The record was amended the same day and the change was noted.",
    "The assessment was up to date and the chronology was complete.",
    "The form was filled in with the mother before the visit ended.",
    "She took the phone from her bag and showed the photographs.",
    "The plan was changed to leave time for school.",
    "He took his shoes off at the door.",
    "The record of the visit was copied to the family.",
    "Nobody came late and everybody had read the papers.",
    "They kept quiet so that the child could finish.",
    "The interpreters in the hub know the families.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_of_social_work_are_none(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She was not afraid of the worker, and said so.",
        "He wasn’t ashamed of the flat.",
        "Nobody was humiliated, and nobody was shouted at.",
        "There was no racist remark.",
        "The meeting ended without anyone being humiliated.",
        "There was no sign of anybody being restrained.",
    ],
)
def test_what_is_denied_is_none(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She had never been so ashamed.",
        "He was not listened to, but humiliated.",
        "No, she is afraid of the worker.",
        "It was not only humiliating, it was long.",
    ],
)
def test_a_negation_of_something_else_denies_nothing(text):
    assert signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "He asked whether she had ever been frightened of us.",
        "The policy on racist remarks was read aloud.",
        "She would be ashamed, she thinks.",
    ],
)
def test_what_is_only_asked_or_imagined_is_none(text):
    assert signs(text) == []


def test_a_sign_says_which_words_and_where():
    text = "It began well. Then they laughed at him, the father."

    [sign] = signs(text)

    assert (sign.kind, sign.words) == ("shame", "laughed at him")
    assert text[sign.start : sign.end] == sign.words


def test_a_text_without_words_has_no_sign():
    assert signs("") == signs(" … 14 !") == []


# Likeness


def archive(count):
    """Notes of one sentence each, on the same few things."""
    things = ["bus", "kettle", "form", "chair", "window", "plan", "garden", "letter"]
    told = "The mother and the worker looked at the {} together before the meeting began"
    return Archive(tuple(terms_of(told.format(things[at % 8])) for at in range(count)))


ODD = "Petrol poured through the letterbox had soaked the carpet beside the pram."


def test_under_two_hundred_sentences_nothing_is_odd():
    assert archive(ENOUGH - 1).oddest(ODD) is None
    assert archive(ENOUGH).oddest(ODD) == (0, len(ODD))


def test_the_oddest_sentence_is_pointed_at_alone():
    text = f"The mother and the worker looked at the form together. {ODD} A dog barked."

    start, end = archive(ENOUGH).oddest(text)

    assert text[start:end] == ODD


def test_what_is_like_the_rest_is_not_odd():
    same = "The mother and the worker looked at the window together before it began."

    assert archive(ENOUGH).oddest(same) is None


def test_a_short_sentence_is_never_odd():
    assert archive(ENOUGH).oddest("Petrol soaked the pram.") is None


def test_names_make_nothing_odd():
    assert terms("Then Zebedee met Quixote in Xanadu.") == terms("Then met in.")


def test_two_tellings_of_one_thing_are_alike_and_others_are_not():
    notes = archive(ENOUGH)
    one = terms("The girl slept two nights on a sofa in our office.")

    assert notes.likeness(one, terms("A boy slept on the office sofa again.")) > 0.55
    assert notes.likeness(one, terms("The mother and the worker looked at the form.")) < 0.2
    assert notes.likeness(one, frozenset()) == 0
