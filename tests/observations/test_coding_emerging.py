"""Grouping sentences that no theme covers, without a database."""

from random import Random

from observations.coding import emerging

WAITING = [
    "The waiting room had one broken toy for three families.",
    "They sat in the waiting room under a poster about fraud.",
    "Nobody in the waiting room was told how long it would be.",
    "He kept his coat on in the cold waiting room.",
    "A toddler drew on the window of the waiting room.",
    "The waiting room chairs face the door of the office.",
    "We found the mother alone in the waiting room again.",
    "She asked for water in the waiting room and none came.",
]
NOUNS = [
    "garden",
    "river",
    "kettle",
    "bicycle",
    "lantern",
    "orchard",
    "harbour",
    "blanket",
    "violin",
    "parcel",
]
VERBS = [
    "painted",
    "carried",
    "mended",
    "weighed",
    "borrowed",
    "folded",
    "polished",
    "planted",
    "counted",
    "hidden",
]
PLACES = [
    "attic",
    "cellar",
    "meadow",
    "chapel",
    "market",
    "station",
    "bakery",
    "library",
    "bridge",
    "tower",
]


def others(count, random):
    """Sentences that have little to do with each other."""
    made = (
        f"Some {noun} was {verb} near that {place} yesterday evening"
        for noun in NOUNS
        for verb in VERBS
        for place in PLACES
    )
    return random.sample(list(made), count)


def grouped(texts, observers=None, notes=None, **more):
    count = range(len(texts))
    return emerging.groups(texts, observers or [i % 4 for i in count], notes or list(count), **more)


def test_sentences_about_one_thing_are_found_among_others():
    texts = WAITING + others(90, Random(1))

    found = [group for group in grouped(texts) if 0 in group.members]

    assert len(found) == 1
    assert set(found[0].members) == set(range(len(WAITING)))
    assert {"waiting", "room"} <= set(" ".join(found[0].terms).split())


def test_the_same_sentences_give_the_same_groups_in_any_order():
    texts = WAITING + others(90, Random(2))
    order = list(range(len(texts)))
    Random(3).shuffle(order)

    first = grouped(texts)
    again = grouped(texts)
    shuffled = grouped([texts[place] for place in order], [place % 4 for place in order])

    assert first == again
    assert {frozenset(texts[m] for m in group.members) for group in first} == {
        frozenset(texts[order[m]] for m in group.members) for group in shuffled
    }


def test_two_observers_are_too_few():
    texts = WAITING + others(90, Random(1))

    assert grouped(texts, observers=[place % 2 for place in range(len(texts))]) == []


def test_four_notes_are_too_few():
    texts = WAITING + others(90, Random(1))
    notes = [place % 4 for place in range(len(WAITING))] + list(range(10, 100))

    assert not any(0 in group.members for group in grouped(texts, notes=notes))


def test_sentences_that_share_no_word_make_no_group():
    assert grouped([f"{noun} {place}" for noun, place in zip(NOUNS, PLACES, strict=True)]) == []
    assert grouped([]) == []


def test_the_nearest_to_the_middle_come_first():
    for group in emerging.all_groups(WAITING + others(90, Random(1))):
        assert list(group.nearness) == sorted(group.nearness, reverse=True)


def test_what_grew_lately_comes_before_what_did_not():
    old = [f"{text} long ago" for text in WAITING]
    parking = [text.replace("waiting room", "car park") for text in WAITING]
    texts = old + parking + others(90, Random(4))
    recent = [False] * len(old) + [True] * len(parking) + [False, True] * 45

    best = grouped(texts, recent=recent)[0]

    assert set(best.members) <= set(range(len(old), len(old) + len(parking)))


def test_words_that_stand_for_a_date_or_a_number_say_nothing():
    texts = [f"On [date] the {noun} was {verb} by [number]." for noun in NOUNS for verb in VERBS]

    terms = {term for group in emerging.all_groups(texts) for term in group.terms}

    assert terms
    assert not any("date" in term or "number" in term for term in terms)


def test_terms_are_words_as_they_were_written():
    words = set(" ".join(WAITING + others(90, Random(1))).lower().replace(".", "").split())

    for group in emerging.all_groups(WAITING + others(90, Random(1))):
        assert all(word in words for term in group.terms for word in term.split())


def test_a_sentence_has_five_to_sixty_words():
    assert not emerging.fits("He took his coat.")
    assert emerging.fits("He took his coat off.")
    assert emerging.fits("word " * 60)
    assert not emerging.fits("word " * 61)
