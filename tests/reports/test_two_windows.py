"""Two windows on a recommendation, a decision and a briefing's words: neither text is lost."""

import uuid

import pytest
from django.urls import reverse

from practicelens.people.models import KeptWords
from reports.models import Decision, Recommendation
from tests.reports.factories import BriefingFactory, FindingFactory, RecommendationFactory, issue

pytestmark = pytest.mark.django_db

OURS = {"HTTP_ORIGIN": "http://testserver"}
BY_SCRIPT = {"HTTP_X_AUTOSAVE": "1", **OURS}


def window():
    return str(uuid.uuid4())


def wanted(**changed):
    return {"question": "Shall we?", "what": "A car.", "cost": "", **changed}


@pytest.fixture
def briefing(team, psw):
    return BriefingFactory(unit=team, written_by=psw)


@pytest.fixture
def finding(briefing):
    return FindingFactory(briefing=briefing)


@pytest.fixture
def asked(briefing):
    return RecommendationFactory(briefing=briefing, question="As it was?")


@pytest.fixture
def page(briefing, asked):
    return reverse("reports:edit_recommendation", args=[briefing.key, asked.pk])


def test_a_second_window_on_a_recommendation_is_shown_both_texts(psw_client, page, asked):
    psw_client.post(page, wanted(question="From the laptop?", base_revision=0, window=window()))

    late = wanted(question="From the phone?", base_revision=0, window=window())
    answer = psw_client.post(page, late)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From the laptop?" in shown
    assert "From the phone?" in shown
    asked.refresh_from_db()
    assert asked.question == "From the laptop?"
    psw_client.post(page, late | {"base_revision": answer.context["form"].base})
    asked.refresh_from_db()
    assert asked.question == "From the phone?"


def test_a_window_on_a_recommendation_does_not_clash_with_itself(psw_client, page, asked):
    sent = wanted(base_revision=0, window=window())

    answers = [psw_client.post(page, sent | {"question": f"{number}?"}) for number in range(3)]

    assert [answer.status_code for answer in answers] == [302] * 3
    asked.refresh_from_db()
    assert asked.question == "2?"


def test_words_of_one_that_was_removed_meanwhile_are_shown_and_kept(psw_client, page, asked):
    asked.delete()

    answer = psw_client.post(page, wanted(window=window()), **OURS)

    assert answer.status_code == 404
    assert "A car." in answer.content.decode()
    assert not Recommendation.objects.exists()
    assert "A car." in KeptWords.objects.get().words


def decision(**changed):
    return {"answer": "no", "reason": "There is no money.", "window": window(), **changed}


@pytest.fixture
def recommendation(briefing, leader):
    """Issued, and not decided yet."""
    made = RecommendationFactory(briefing=briefing, owner=leader)
    issue(briefing)
    return made


def test_a_decision_typed_in_a_second_window_is_kept_and_told(recommendation, leader_client):
    address = recommendation.get_absolute_url()
    leader_client.post(address, decision(), **OURS)

    late = leader_client.post(address, decision(reason="We have found the money."), **OURS)

    shown = late.content.decode()
    assert late.status_code == 403
    assert "This was decided already" in shown
    assert "We have found the money." in shown
    assert Decision.objects.get().reason == "There is no money."
    assert "found the money" in KeptWords.objects.get().words
    assert "found the money" in leader_client.get(reverse("people:kept")).content.decode()


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_decision_is_kept_as_it_is_typed_and_comes_back(recommendation, leader_client, is_apart):
    address, sent = recommendation.get_absolute_url(), decision()
    prefix = f"recommendation-{recommendation.pk}-" if is_apart else ""
    typed = {prefix + name: sent[name] for name in ("answer", "reason")}
    typed["window"] = sent["window"]

    answer = leader_client.post(address, typed, **BY_SCRIPT)

    assert "kept_at" in answer.json()
    assert not Decision.objects.exists()
    shown = leader_client.get(address).content.decode()
    assert "There is no money." in shown
    assert "It is not saved yet" in shown
    leader_client.post(address, decision(window=sent["window"]), **OURS)
    assert not KeptWords.objects.exists()


def test_words_of_a_briefing_sent_for_approval_meanwhile_are_kept(briefing, psw_client):
    address = reverse("reports:part", args=[briefing.key, "answers"])
    briefing.sent_at = briefing.changed_at
    briefing.save(update_fields=["sent_at"])

    answer = psw_client.post(address, {"know": "Typed too late.", "window": window()}, **BY_SCRIPT)

    assert answer.status_code == 403
    assert answer.json()["is_kept"]
    assert "sent for approval" in answer.json()["error"]
    assert answer.json()["kept_url"] == reverse("people:kept")
    assert "Typed too late." in KeptWords.objects.get().words


def test_a_window_on_a_briefings_words_does_not_clash_with_itself(briefing, psw_client):
    address = reverse("reports:part", args=[briefing.key, "answers"])
    sent = {"base_revision": 0, "window": window()}

    for words in ("They", "They said", "They said so."):
        answer = psw_client.post(address, sent | {"know": words}, **BY_SCRIPT)
        assert answer.status_code == 200

    briefing.refresh_from_db()
    assert briefing.know == "They said so."
    assert not KeptWords.objects.exists()


def test_the_two_forms_of_a_finding_do_not_clash_with_each_other(briefing, finding, psw_client):
    both = psw_client.get(reverse("reports:finding", args=[briefing.key, finding.pk])).context
    claim = {"claim": "Cars help", "sure": "fairly", "section": "families"}
    looked = {"looked": "In all visits."}

    for name, form, words in (("finding", "form", claim), ("looked", "looked", looked)):
        sent = words | {"base_revision": both[form].saves.revision, "window": window()}
        answer = psw_client.post(reverse(f"reports:{name}", args=[briefing.key, finding.pk]), sent)
        assert answer.status_code == 302

    finding.refresh_from_db()
    assert (finding.claim, finding.looked) == ("Cars help", "In all visits.")
