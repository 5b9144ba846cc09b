"""Roles to pick in a name's place: one a person through a note, and never one for two people."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from observations import identifiers
from observations.identifiers import Standing, find, offer
from observations.identifiers.catalogue import bare, free
from observations.models import NoteRole, Passage, Redaction
from observations.redaction import actions, finding, remembering
from observations.redaction.offering import with_offers
from observations.redaction.remembering import Known
from practicelens.people.models import User
from tests.factories import PassageFactory, RoleFactory, VoiceFactory

VOICE = "me and mum and Tama and sometimes Aunty Mere and Kayden, and Miss Patel said who is Rozafa"
NONSENSE = {"someone", "[name]"}


def offered(text, words, people=(), given="", taken=()):
    """What is offered for the first place of `words` in a text."""
    each = next(each for each in find(text, people) if each.words == words)
    place = Standing(each.words, each.kind, each.suggestion, text, each.start, each.end)
    return offer(place, given=given, taken=taken)


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("Then Aunty Mere left.", "Aunty Mere", "the aunt"),
        ("Then auntie Rozafa left.", "auntie Rozafa", "the aunt"),
        ("Then auntie Mere left.", "Mere", "the aunt"),
        ("Then Uncle Tama left.", "Uncle Tama", "the uncle"),
        ("Then Nan Xanto left.", "Nan Xanto", "the grandmother"),
        ("Then Koro Hemi left.", "Koro Hemi", "the grandfather"),
        ("Then Miss Patel left.", "Miss Patel", "the teacher"),
        ("Then Whaea Mere left.", "Whaea Mere", "the teacher"),
        ("Then Mr Patel left.", "Mr Patel", "the father"),
        ("Then Mrs Patel left.", "Mrs Patel", "the mother"),
        ("Then Dr Okonjo left.", "Dr Okonjo", "the doctor"),
        ("Then PC Rahman left.", "PC Rahman", "the police officer"),
        ("Mum (Rozafa) left.", "Rozafa", "the mother"),
        ("My brother Tama left.", "Tama", "the brother"),
        ("Then Tama (her brother) left.", "Tama", "the brother"),
        ("Mum's partner Dean left.", "Dean", "the mother’s partner"),
        ("Dad's partner Rozafa left.", "Rozafa", "the father’s partner"),
        ("She goes to St Anne's Primary.", "St Anne's Primary", "a school"),
        ("Write to x@y.nz.", "x@y.nz", "[email address]"),
    ],
)
def test_what_the_text_says_of_somebody_is_offered_first(text, words, first):
    assert offered(text, words).likely[0] == first


@pytest.mark.parametrize("name", ["Tama", "Rozafa", "A.B.", "Mrs Patel", "Priya", "Uncle Priya"])
def test_nothing_that_is_said_of_anybody_is_offered(name):
    text = f"It was me and mum and {name} there."

    roles = offered(text, next(each.words for each in find(text, ["Priya Nair"])), ["Priya Nair"])

    assert not NONSENSE & set(roles.all)
    assert {"the boy", "the girl", "the mother’s partner", "the neighbour"} <= set(roles.all)
    assert len(roles.all) == len({bare(role) for role in roles.all})


@pytest.mark.parametrize(
    "text",
    ["Aunty Priya", "aunt Priya", "my uncle Priya", "Miss Priya", "Nana Priya", "Koro Priya"],
)
def test_no_relative_or_teacher_is_a_worker_though_a_colleague_is_called_so(text):
    whole = f"And then {text} came."
    [each] = find(whole, ["Priya Nair"])
    place = Standing(each.words, each.kind, each.suggestion, whole, each.start, each.end)

    assert "worker" not in identifiers.mask(whole, [each]).text
    assert not [role for role in offer(place).all if bare(role) in ("worker", "another worker")]


def test_a_colleague_is_a_worker():
    assert offered("Then Priya left.", "Priya", ["Priya Nair"]).likely[0] == "the worker"


@pytest.mark.parametrize(
    ("role", "next_ones"),
    [
        ("the boy", ["another boy", "the older boy", "the younger boy"]),
        ("the mother", ["another mother"]),
        ("a worker", ["another worker"]),
        ("a school", ["another school"]),
        ("the mother’s partner", ["the mother’s other partner"]),
    ],
)
def test_a_second_of_a_kind_is_told_from_the_first(role, next_ones):
    assert free(role, {bare(role)}) == next_ones


@pytest.mark.parametrize("role", ["the boy", "the aunt", "the mother’s partner", "a school"])
def test_however_many_there_are_each_has_words_of_their_own(role):
    taken = []
    for _ in range(20):
        taken.append(free(role, {bare(each) for each in taken})[0])

    assert len({bare(each) for each in taken}) == 20


@pytest.mark.parametrize(
    ("text", "role", "written"),
    [
        ("Tama sat. The Tama I know sat.", "another boy", "Another boy sat. The other boy I know sat."),
        ("Mum (Rozafa) sat. Then Rozafa left.", "the mother",
         "Mum ([name]) sat. Then the mother left."),
        ("Our Tama, and her “Tama”.", "the boy", "Our boy, and her “boy”."),
    ],
)  # fmt: skip
def test_a_role_reads_as_its_sentence_needs_it(text, role, written):
    found = [each._replace(suggestion=role) for each in find(text)]

    assert identifiers.mask(text, found).text == written


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("Kayden", "Kayden Smith", True),
        ("Aunty Mere", "auntie mere", True),
        ("Mere", "Aunty Mere", True),
        ("A.B.", "A B", True),
        ("Kayden Smith", "Ana Smith", False),
        ("Mr Patel", "Mrs Patel", False),
        ("Tama", "Kayden", False),
    ],
)
def test_who_is_called_alike_is_one_person(one, other, are_same):
    known = [("the boy", [identifiers.parts_of(one)])]

    assert identifiers.same(identifiers.parts_of(other), known) == ("the boy" if are_same else None)


def test_a_name_that_two_share_is_neither_s():
    known = [(role, [identifiers.parts_of(name)]) for role, name in
             (("the boy", "Kayden Smith"), ("the girl", "Ana Smith"))]  # fmt: skip

    assert identifiers.same(identifiers.parts_of("Smith"), known) is None


# In a note


@pytest.fixture
def voice(draft):
    User.objects.filter(pk=draft.observer_id).update(name="Mere Parata")
    voice = VoiceFactory(observation=draft, words=VOICE)
    finding.refresh(draft)
    return voice


def open_of(note):
    return {each.words: each for each in with_offers(note, note.redactions.open())}


def roles_of(note, words):
    return open_of(note)[words].offer


def settle(client, redaction, role, how="role"):
    url = reverse("observations:settle", args=[redaction.pk])
    return client.post(url, {"how": how, "word": role})


@pytest.mark.django_db
def test_the_first_of_the_offers_all_through_a_voice_make_sense(psw_client, draft, voice):
    asked = len(open_of(draft))
    for _ in range(asked):
        redaction = next(iter(open_of(draft).values()))
        settle(psw_client, redaction, redaction.offer.likely[0])

    voice.refresh_from_db()
    assert voice.words == (
        "me and mum and the boy and sometimes the aunt and another boy, and the teacher said who "
        "is a third boy"
    )
    assert asked == 5


@pytest.mark.django_db
def test_the_same_name_has_the_same_role_first_in_any_passage(psw_client, draft, voice):
    settle(psw_client, open_of(draft)["Tama"], "the girl")
    PassageFactory(observation=draft, text="Then Tama Smith sat with Kayden.")
    finding.refresh(draft)

    assert roles_of(draft, "Tama Smith").likely[0] == "the girl"
    assert "the girl" not in roles_of(draft, "Kayden").all


@pytest.mark.django_db
def test_what_a_title_says_in_one_passage_holds_in_the_next(draft, voice):
    PassageFactory(observation=draft, text="Then Mere sat down.")
    finding.refresh(draft)

    offer_there = roles_of(draft, "Mere")

    assert offer_there.likely[0] == "the aunt"
    assert not [role for role in offer_there.all if bare(role) == "worker"]


@pytest.mark.django_db
def test_a_role_that_is_somebody_s_by_now_is_refused_and_said_so(psw_client, draft, voice):
    asked = open_of(draft)
    settle(psw_client, asked["Tama"], "the boy")

    page = settle(psw_client, asked["Kayden"], "the boy")

    assert page.url.endswith(f"#name-{asked['Kayden'].pk}")
    assert (
        "“the boy” stands for someone else in this observation."
        in psw_client.get(page.url).content.decode()
    )
    assert "Kayden" in open_of(draft)


@pytest.mark.django_db
def test_own_words_may_be_the_same_and_then_it_is_the_same_person(psw_client, draft, voice):
    asked = open_of(draft)
    settle(psw_client, asked["Tama"], "my big cousin", how="word")
    settle(psw_client, asked["Kayden"], "My big cousin", how="word")

    [role] = NoteRole.objects.all()
    known = Known(draft)
    assert role.role == "my big cousin"
    assert known.given("Kayden", "given_name") == known.given("Tama", "given_name") == role.role


@pytest.mark.django_db
def test_a_role_put_back_is_free_for_another(psw_client, draft, voice):
    asked = open_of(draft)
    settle(psw_client, asked["Tama"], "the boy")

    psw_client.post(reverse("observations:put_back", args=[asked["Tama"].pk]))

    assert "the boy" in roles_of(draft, "Kayden").all


@pytest.mark.django_db
def test_a_role_that_stands_elsewhere_is_kept_when_one_place_is_put_back(psw, draft, voice):
    PassageFactory(observation=draft, text="Then Tama sat.")
    finding.refresh(draft)
    for redaction in draft.redactions.open().filter(words="Tama"):
        actions.replace(redaction=redaction, by=psw, replacement="the boy")

    actions.put_back(redaction=redaction, by=psw)

    assert roles_of(draft, "Tama").likely[0] == "the boy"
    assert "the boy" not in roles_of(draft, "Kayden").all


@pytest.mark.django_db
def test_whoever_is_given_another_role_leaves_the_first_to_nobody_else(draft):
    for role in ("the boy", "the cousin"):
        remembering.give(observation=draft, words="Tama", kind="given_name", role=role)

    known = Known(draft)

    assert known.given("Tama", "given_name") == "the cousin"
    assert set(known.taken("Kayden", "given_name")) == {"the boy", "the cousin"}


@pytest.mark.django_db
def test_two_schools_are_told_apart_and_no_person_is_called_like_one(psw_client, draft):
    text = "From St Anne's Primary to Kauri College. Then Anne left."
    PassageFactory(observation=draft, text=text)
    finding.refresh(draft)
    settle(psw_client, open_of(draft)["St Anne's Primary"], "a school")

    assert roles_of(draft, "Kauri College").likely[0] == "another school"
    assert "a school" not in roles_of(draft, "Anne").all


@pytest.mark.django_db
def test_a_note_knows_nothing_of_another(psw, draft, observation):
    remembering.give(observation=draft, words="Tama", kind="given_name", role="the boy")

    assert Known(observation).given("Tama", "given_name") == ""


@pytest.mark.django_db
def test_no_name_is_kept_with_a_role(psw_client, draft, voice):
    settle(psw_client, open_of(draft)["Tama"], "the boy")

    assert "tama" not in str(list(NoteRole.objects.values())).lower()


@pytest.mark.django_db
def test_the_database_gives_one_role_to_one_person(draft):
    draft.note_roles.create(role="the boy")

    with pytest.raises(IntegrityError, match="a_role_stands_for_one"), transaction.atomic():
        draft.note_roles.create(role="The boy")


# Where the page goes on


@pytest.mark.django_db
def test_the_page_goes_on_at_the_next_name_and_tells_there_what_was_done(psw_client, draft, voice):
    asked = list(draft.redactions.open().order_by("start"))
    for place in (1, 0, 4, 3):
        response = settle(psw_client, asked[place], f"role {place}")
        left = [each for each in asked if each in set(draft.redactions.open())]
        after = [each for each in left if each.start > 0 and asked.index(each) > place]
        goes_on = (after or left[::-1])[0]
        assert response.url.endswith(f"#name-{goes_on.pk}")

    page = psw_client.get(response.url).content.decode()
    section = page.partition(f'id="name-{goes_on.pk}"')[2]
    assert re.search(r'role="alert">Replaced with “role 3”\.', section)
    assert "govuk-notification-banner" not in page


@pytest.mark.django_db
def test_after_the_last_it_is_told_where_the_names_were(psw_client, observation, psw):
    observation.passages.all().delete()
    PassageFactory(observation=observation, text="Then Tama sat.")
    finding.refresh(observation)
    [redaction] = observation.redactions.open()

    response = settle(psw_client, redaction, "the boy")

    assert response.url == f"{observation.get_absolute_url()}#names"
    page = psw_client.get(response.url).content.decode()
    assert "Replaced with “the boy”." in page.partition('id="names"')[2]


@pytest.mark.django_db
def test_a_page_without_a_script_offers_each_role_as_a_button(psw_client, draft, voice):
    url = reverse("observations:entry", args=[draft.key, "voices", voice.key])

    page = psw_client.get(url).content.decode()

    tama = Redaction.objects.get(words="Tama")
    for role in ("the boy", "the mother’s partner", "the neighbour", "a school"):
        assert re.search(rf'form="role-{tama.pk}"\s+name="word"\s+value="{role}"', page)


# As it is typed


def look(client, text, **more):
    response = client.post(reverse("observations:look"), {"text": text, **more})
    return {text[each["start"] : each["end"]]: each for each in response.json()["findings"]}


def give(client, note, **sent):
    return client.post(reverse("observations:remember_role", args=[note.key]), sent)


@pytest.mark.django_db
def test_a_role_given_as_one_types_is_remembered_in_the_next_passage(psw_client, draft):
    kept = give(psw_client, draft, words="Tama", kind="given_name", role="the boy")
    found = look(psw_client, "So Tama and Kayden sat.", note=draft.key)

    assert kept.status_code == 200
    assert found["Tama"]["likely"][0] == "the boy"
    assert found["Kayden"]["likely"][0] == "another boy"

    give(psw_client, draft, words="Tama", kind="given_name", role="")
    found = look(psw_client, "So Tama and Kayden sat.", note=draft.key)
    assert found["Kayden"]["likely"][0] == "the boy"


@pytest.mark.django_db
def test_a_page_that_is_no_note_yet_says_itself_what_it_gave(psw_client):
    given = '[["Tama", "given_name", "the boy"]]'

    found = look(psw_client, "So Tama and Kayden sat.", given=given)

    assert found["Tama"]["likely"][0] == "the boy"
    assert found["Kayden"]["likely"][0] == "another boy"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given", ["{", "[1]", '{"a": 1}', '[["a", "b"]]', '[["a", 1, "b"]]', "[[[]]]"]
)
def test_what_is_no_list_of_roles_is_none(psw_client, given):
    found = look(psw_client, "So Tama sat.", given=given, note="x")

    assert found["Tama"]["likely"][0] == "the boy"


@pytest.mark.django_db
def test_only_whoever_writes_the_note_gives_roles_in_it(
    draft, client, organisation, leader_client, practitioner_client
):
    client.force_login(RoleFactory(kind="psw", unit=organisation).user)

    sent = {"words": "Tama", "kind": "given_name", "role": "the boy"}
    refused = {
        give(each, draft, **sent).status_code
        for each in (client, leader_client, practitioner_client)
    }

    assert refused == {404}
    assert not NoteRole.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"words": "", "role": "x"}, {"words": "a", "role": "x" * 61}])
def test_what_can_be_no_role_is_refused(psw_client, draft, sent):
    assert give(psw_client, draft, **sent).status_code == 422


@pytest.mark.django_db
def test_a_replacement_in_brackets_is_nobody_s(psw, draft):
    passage = PassageFactory(observation=draft, text="Write to x@y.nz or z@y.nz.")
    finding.refresh(draft)

    for redaction in draft.redactions.open():
        actions.replace(redaction=redaction, by=psw, replacement=redaction.suggestion)

    assert Passage.objects.get(pk=passage.pk).text.count("[email address]") == 2
    assert not NoteRole.objects.exists()
