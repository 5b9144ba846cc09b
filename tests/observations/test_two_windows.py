"""Two windows on one section of a draft: both texts are kept, and one does not clash with itself."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Conversation, Observation, OtherCopy, Reply, SectionSave
from observations.notes.completeness import ratings_section
from practicelens.people.models import KeptWords
from tests.factories import ObservationFactory, PassageFactory, RoleFactory

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"observations:{name}", args=args)


class Window:
    """A page that stands open, as it was read; it saves itself."""

    def __init__(self, client, address):
        self.client, self.address, self.name = client, address, str(uuid.uuid4())
        self.base = client.get(address).context["save"].revision

    def save(self, words, is_answered=True):
        sent = {"base_revision": self.base, "window": self.name, "reflection_effect": words}
        answer = self.client.post(self.address, sent, headers={"X-Autosave": "1"})
        if is_answered and answer.status_code == 200:
            self.base = answer.json()["revision"]
        return answer


@pytest.fixture
def part(draft):
    return at("section", draft.key, "my-part")


def text_of(draft):
    draft.refresh_from_db()
    return draft.reflection_effect


def test_what_is_typed_on_after_a_lost_answer_takes_the_place_of_what_was_saved(
    psw_client, draft, part
):
    window = Window(psw_client, part)
    window.save("They sat.")
    window.save("They sat up.", is_answered=False)

    answers = [window.save(f"They sat up. {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert text_of(draft) == "They sat up. 2"
    assert not OtherCopy.objects.exists()


def test_the_very_first_answer_may_be_lost_too(psw_client, draft, part):
    window = Window(psw_client, part)

    for words in ("They", "They sat", "They sat up."):
        assert window.save(words, is_answered=False).status_code == 200

    assert text_of(draft) == "They sat up."


def test_words_that_another_window_saved_since_are_still_a_clash(psw_client, draft, part):
    window = Window(psw_client, part)
    window.save("They sat up.", is_answered=False)
    other = Window(psw_client, part)
    other.save("They fell quiet.")

    answer = window.save("They sat up, and spoke.")

    assert answer.status_code == 409
    assert text_of(draft) == "They fell quiet."
    assert "and+spoke" in OtherCopy.objects.get().typed


def test_what_counts_the_section_on_makes_it_nobodys(psw_client, draft, part):
    window = Window(psw_client, part)
    window.save("They sat up.", is_answered=False)
    SectionSave.objects.update(revision=7)

    assert window.save("They sat up, and spoke.").status_code == 409


def test_a_window_whose_copy_was_chosen_goes_on_writing(psw_client, draft, part):
    first, second = Window(psw_client, part), Window(psw_client, part)
    first.save("From the laptop.")
    second.save("From the phone.")
    copy = OtherCopy.objects.get()

    psw_client.post(at("copy", draft.key, copy.pk), {"pick": "other"})

    assert second.save("From the phone, more.").status_code == 200
    assert text_of(draft) == "From the phone, more."


def test_a_form_that_is_shown_again_stands_in_the_window_it_was_sent_from(psw_client, part):
    name = str(uuid.uuid4())

    page = psw_client.post(part, {"window": name, "reflection_effect": "a\x00b"})

    assert page.status_code == 422
    assert f'name="window" value="{name}"' in page.content.decode()


# A copy that nobody has chosen from


SECTIONS = [
    ("section", ["my-part"], "My reflection", {"reflection_effect": "Mine"}),
    ("section", ["where"], "Where and who", {"minutes": "50"}),
    ("entry", ["passages", uuid.uuid4()], "What was seen and heard", {"text": "She waited"}),
    ("entry", ["voices", uuid.uuid4()], "What people said", {"words": "Thank you"}),
]


@pytest.fixture
def ready(draft):
    """A draft of which nothing else is left."""
    PassageFactory(observation=draft)
    Observation.objects.filter(pk=draft.pk).update(reflection_effect="They sat straighter.")
    return draft


@pytest.mark.parametrize(("name", "args", "told", "words"), SECTIONS, ids=[s[2] for s in SECTIONS])
def test_a_copy_of_any_section_stops_a_submission_and_is_named(
    psw_client, ready, name, args, told, words
):
    address = at(name, ready.key, *args)
    for more in ("1", "2"):
        (field, text), *_ = words.items()
        sent = words | {field: text + more, "base_revision": 0, "window": str(uuid.uuid4())}
        psw_client.post(address, sent)
    copy = OtherCopy.objects.get()

    for page in (ready.get_absolute_url(), at("check", ready.key)):
        shown = psw_client.get(page).content.decode()
        assert f"Choose what to keep of “{told}”, written in two windows" in shown
        assert at("copy", ready.key, copy.pk) in shown
    refused = psw_client.post(at("check", ready.key))

    assert refused.status_code == 422
    ready.refresh_from_db()
    assert ready.is_draft


def test_once_chosen_it_stops_nothing(psw_client, ready, part):
    first, second = Window(psw_client, part), Window(psw_client, part)
    first.save("From the laptop.")
    second.save("From the phone.")
    psw_client.post(at("copy", ready.key, OtherCopy.objects.get().pk), {"pick": "saved"})

    answer = psw_client.post(at("check", ready.key), {"not_shared_because": "share"})
    assert answer.url == ready.get_absolute_url()


# After submission


OURS = {"HTTP_ORIGIN": "http://testserver"}
BY_SCRIPT = {"HTTP_X_AUTOSAVE": "1", **OURS}


def agreed(**changed):
    words = {"strengths": "", "questions": "", "next_step": ""}
    return {**words, "base_revision": 0, "window": str(uuid.uuid4()), **changed}


@pytest.fixture
def talk(observation):
    return at("conversation", observation.key)


def test_a_second_window_on_the_conversation_is_shown_both_texts(psw_client, observation, talk):
    psw_client.post(talk, agreed(strengths="From the laptop."))
    late = agreed(strengths="From the phone.")

    answer = psw_client.post(talk, late)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From the laptop." in shown
    assert "From the phone." in shown
    assert Conversation.objects.get().strengths == "From the laptop."
    psw_client.post(talk, late | {"base_revision": answer.context["read_at"]})
    assert Conversation.objects.get().strengths == "From the phone."


def test_a_window_on_the_conversation_does_not_clash_with_itself(psw_client, observation, talk):
    sent = agreed()

    for words in ("They", "They sat", "They sat up."):
        assert psw_client.post(talk, sent | {"strengths": words}).status_code == 302

    assert Conversation.objects.get().strengths == "They sat up."


def test_a_conversation_is_kept_as_it_is_typed_and_nobody_else_sees_it(
    psw_client, observation, talk
):
    sent = agreed(strengths="They sat up.")

    answer = psw_client.post(talk, sent, **BY_SCRIPT)

    assert "kept_at" in answer.json()
    assert not Conversation.objects.exists()
    shown = psw_client.get(talk).content.decode()
    assert "They sat up." in shown
    assert "It is not saved yet" in shown
    psw_client.post(talk, sent, **OURS)
    assert not KeptWords.objects.exists()


def replied(words, **changed):
    given = {"verdict": "agreed", "words": words, "fairness": "fair"}
    return given | {"window": str(uuid.uuid4()), **changed}


def test_a_reply_typed_in_a_second_window_is_kept_and_told(practitioner_client, shared_observation):
    page, first = at("reply", shared_observation.key), replied("As it was.")
    practitioner_client.post(page, first, **OURS)

    late = practitioner_client.post(page, replied("Not quite as it was."), **OURS)
    twice = practitioner_client.post(page, first, **OURS)

    assert late.status_code == 409
    assert "Not quite as it was." in late.content.decode()
    assert shared_observation.get_absolute_url() in late.content.decode()
    assert twice.status_code == 302
    assert Reply.objects.get().words == "As it was."
    assert "Not quite as it was." in KeptWords.objects.get().words


def test_other_words_from_the_window_that_replied_are_kept_however_often_they_are_pressed(
    practitioner_client, shared_observation
):
    page, window = at("reply", shared_observation.key), str(uuid.uuid4())
    practitioner_client.post(page, replied("As it was.", window=window), **OURS)

    other = replied("Not quite as it was.", window=window)
    answers = [practitioner_client.post(page, other, **OURS) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [409] * 3
    assert Reply.objects.get().words == "As it was."
    assert "Not quite as it was." in KeptWords.objects.get().words


def test_a_reply_that_can_not_be_sent_any_more_is_refused_to_the_script_with_why(
    practitioner_client, shared_observation
):
    page = at("reply", shared_observation.key)
    practitioner_client.post(page, replied("As it was."), **OURS)

    answer = practitioner_client.post(page, replied("Not quite."), **BY_SCRIPT)

    assert answer.status_code == 409
    assert answer.json()["is_kept"]
    assert answer.json()["error"]
    assert answer.json()["go_to"][0]["url"] == shared_observation.get_absolute_url()


STATES = [
    (
        {"submitted_at": timezone.now, "not_shared_because": lambda: "risk"},
        "was submitted on",
        "conversation",
    ),
    ({"withdrawn_at": timezone.now}, "was withdrawn on", "quick_note"),
]


@pytest.mark.parametrize("way", [OURS, BY_SCRIPT], ids=["pressed", "by script"])
@pytest.mark.parametrize(("became", "told", "leads_to"), STATES, ids=["submitted", "withdrawn"])
def test_words_for_a_note_that_is_closed_by_now_are_kept_with_what_became_of_it(
    psw_client, ready, part, became, told, leads_to, way
):
    window = Window(psw_client, part)
    whole = dict.fromkeys(["part_of_day", "setting", "proximity", "mode", "family_asked"], "x")
    moments = {name: moment() for name, moment in became.items()}
    Observation.objects.filter(pk=ready.pk).update(**whole, minutes=40, **moments)

    sent = {"base_revision": window.base, "window": window.name, "reflection_effect": "Too late."}
    answer = psw_client.post(part, sent, **way)

    shown = answer.content.decode()
    assert answer.status_code == 403
    assert told in shown
    assert leads_to.replace("_", "-") in shown
    assert KeptWords.objects.get().words == "Too late."
    if way is OURS:
        assert "Too late." in shown
    else:
        assert answer.json()["is_kept"]


def test_words_of_who_writes_there_no_longer_are_kept_with_why(psw_client, psw, system_admin, part):
    psw.roles.update(ended_at=timezone.now(), ended_by=system_admin)

    sent = {"window": str(uuid.uuid4()), "reflection_effect": "Too late."}
    answer = psw_client.post(part, sent, **BY_SCRIPT)

    assert answer.status_code == 403
    assert "You no longer write observations in" in answer.json()["error"]
    assert KeptWords.objects.get().writer == psw


@pytest.fixture
def passed_on(draft, service):
    """Gives the draft to another observer of the same teams."""

    def pass_on():
        Observation.objects.filter(pk=draft.pk).update(observer=RoleFactory(unit=service).user)

    return pass_on


def stamped(client, address, words):
    """What a page of the draft sends that was made for whoever is signed in."""
    page = client.get(address).content.decode()
    stamp = re.search(r'name="written_for" value="([^"]+)"', page)[1]
    name = "words" if address.endswith("/reply/") else "reflection_effect"
    return {"window": str(uuid.uuid4()), "written_for": stamp, name: words}


@pytest.mark.parametrize("way", [OURS, BY_SCRIPT], ids=["pressed", "by script"])
def test_who_wrote_a_draft_that_was_passed_on_is_told_so_and_keeps_the_words(
    psw_client, psw, draft, part, passed_on, way
):
    sent = stamped(psw_client, part, "Too late.")
    passed_on()

    answer = psw_client.post(part, sent, **way)

    shown = answer.content.decode()
    assert answer.status_code == 404
    assert "This draft was passed on to another observer" in shown
    for place in ["quick_note", "list"]:
        assert at(place) in shown
    assert (KeptWords.objects.get().writer, KeptWords.objects.get().words) == (psw, "Too late.")
    assert text_of(draft) == ""


def test_nobody_else_is_told_that_there_is_such_a_draft(
    psw_client, stranger_client, draft, part, passed_on
):
    """A stranger's own stamp says nothing of it, and one that is not theirs is not believed."""
    passed_on()
    refused = stranger_client.post(part, {"reflection_effect": "x"}, **OURS).content.decode()
    own = re.findall(r'name="written_for" value="([^"]+)"', refused)
    nowhere = at("section", uuid.uuid4(), "my-part")

    for stamp in [*own, "", "1:1abcde:forged"]:
        sent = {"reflection_effect": "x", "written_for": stamp}
        there = stranger_client.post(part, sent, **BY_SCRIPT)
        elsewhere = stranger_client.post(nowhere, sent, **BY_SCRIPT)
        assert (there.status_code, there.content) == (elsewhere.status_code, elsewhere.content)
        assert "passed on" not in there.content.decode()


def test_a_draft_of_ones_own_says_nothing_of_another(psw_client, psw, team, part, passed_on):
    other = ObservationFactory(draft=True, observer=psw, unit=team)
    sent = stamped(psw_client, at("section", other.key, "my-part"), "Too late.")
    passed_on()

    answer = psw_client.post(part, sent, **BY_SCRIPT)

    assert answer.status_code == 404
    assert "passed on" not in answer.json()["error"]


def test_a_reply_to_what_was_withdrawn_meanwhile_is_kept_with_why(
    practitioner_client, practitioner, shared_observation
):
    page = at("reply", shared_observation.key)
    sent = stamped(practitioner_client, page, "Not quite.") | replied("Not quite.")
    Observation.objects.filter(pk=shared_observation.pk).update(withdrawn_at=timezone.now())

    answer = practitioner_client.post(page, sent, **BY_SCRIPT)

    assert answer.status_code == 404
    assert "no longer shared with you" in answer.json()["error"]
    assert "Not quite." in KeptWords.objects.get().words


def test_a_copy_stays_readable_once_the_draft_is_withdrawn(psw_client, draft, part):
    first, second = Window(psw_client, part), Window(psw_client, part)
    first.save("From the laptop.")
    second.save("From the phone.")
    psw_client.post(at("withdraw", draft.key), {"because": ""})
    page = at("copy", draft.key, OtherCopy.objects.get().pk)

    assert page in psw_client.get(draft.get_absolute_url()).content.decode()
    shown = psw_client.get(page)

    assert shown.status_code == 200
    assert "From the laptop." in shown.content.decode()
    assert "From the phone." in shown.content.decode()
    assert 'name="pick"' not in shown.content.decode()
    assert psw_client.post(page, {"pick": "other"}).status_code == 403
    assert OtherCopy.objects.open().exists()


# The same criteria on two pages: all of them on one, those of a domain on another


class Criteria(Window):
    """The page of all criteria, or of a domain's."""

    def save(self, criterion, words):
        sent = {
            "base_revision": self.base,
            "window": self.name,
            **{f"answer_{each.pk}": "not_seen" for each in criterion.version.criteria.all()},
            f"evidence_{criterion.pk}": words,
        }
        return self.client.post(self.address, sent, headers={"X-Autosave": "1"})


@pytest.fixture
def all_criteria(psw_client, draft):
    return Criteria(psw_client, at("section", draft.key, "criteria"))


@pytest.fixture
def of_domain(psw_client, draft):
    """The page of the domain of a criterion."""
    return lambda criterion: Criteria(
        psw_client, at("section", draft.key, ratings_section(criterion.domain))
    )


@pytest.fixture
def criterion(framework_version):
    return framework_version.criteria.get(code="1.1")


def test_what_a_domain_s_page_saved_is_not_overwritten_by_the_page_of_all(
    draft, criterion, all_criteria, of_domain
):
    assert of_domain(criterion).save(criterion, "Asked Gran first.").status_code == 200

    answer = all_criteria.save(criterion, "Nobody was asked.")

    assert answer.status_code == 409
    assert draft.ratings.get(criterion=criterion).evidence == "Asked Gran first."
    assert "Nobody+was+asked" in OtherCopy.objects.get().typed


def test_what_the_page_of_all_saved_is_not_overwritten_by_a_domain_s(
    draft, criterion, all_criteria, of_domain
):
    page = of_domain(criterion)
    assert all_criteria.save(criterion, "Asked Gran first.").status_code == 200

    assert page.save(criterion, "Nobody was asked.").status_code == 409

    assert draft.ratings.get(criterion=criterion).evidence == "Asked Gran first."


def test_another_domain_s_page_does_not_clash(
    draft, criterion, framework_version, all_criteria, of_domain
):
    other = framework_version.criteria.get(code="2.1")
    page = of_domain(other)
    all_criteria.save(criterion, "Asked Gran first.")

    assert page.save(other, "Nobody was asked.").status_code == 200

    assert draft.ratings.get(criterion=other).evidence == "Nobody was asked."


def test_whoever_opens_the_other_page_afterwards_was_shown_it(
    draft, criterion, all_criteria, of_domain
):
    all_criteria.save(criterion, "Asked Gran first.")

    assert of_domain(criterion).save(criterion, "Asked Gran, then Mum.").status_code == 200
    assert not OtherCopy.objects.exists()
