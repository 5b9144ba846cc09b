"""Submitting shares with the practitioner what the last page showed; or a reason is kept why not."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from observations.models.choices import NotShared
from observations.notes import actions
from practicelens.audit.models import Entry
from practicelens.mail.models import Letter
from practicelens.refusals import AlreadySo
from reports.briefings.wording import not_shared
from reports.summaries.shape import Replies
from tests.factories import ObservationFactory, PassageFactory, RedactionFactory
from tests.observations.test_readers import page_of, sections

pytestmark = pytest.mark.django_db


def at(name, observation):
    return reverse(f"observations:{name}", args=[observation.key])


@pytest.fixture
def whole(draft):
    """A draft in which nothing is left to do."""
    PassageFactory(observation=draft, text="She asked Gran first.")
    draft.reflection_effect, draft.reflection_asks = "They sat up.", "Was I too quick?"
    draft.save()
    return draft


def as_it_is(observation):
    return Observation.objects.get(pk=observation.pk)


def test_submitting_shares_it_and_tells_the_practitioner(psw_client, practitioner_client, whole):
    response = psw_client.post(at("check", whole), {"not_shared_because": "share"}, follow=True)

    assert "It is shared with" in response.content.decode()
    assert as_it_is(whole).shared_at == as_it_is(whole).submitted_at
    assert practitioner_client.get(whole.get_absolute_url()).status_code == 200
    assert Letter.objects.count() == 1
    assert Entry.objects.filter(action__in=["submitted", "shared"]).count() == 2


def test_a_page_of_before_that_did_not_ask_shares_nothing(psw_client, whole):
    response = psw_client.post(at("check", whole), {"csrf": ""})

    assert response.status_code == 422
    assert "Choose whether to share it" in response.content.decode()
    assert as_it_is(whole).is_draft


def test_the_last_page_shows_exactly_what_the_practitioner_reads(
    psw_client, psw, practitioner_client, practitioner, whole
):
    before = sections(page_of(psw_client, psw, at("check", whole)))
    actions.submit(observation=whole, by=psw)
    after = sections(page_of(practitioner_client, practitioner, whole.get_absolute_url()))

    read = {name: words for name, words in before.items() if name in after}
    assert read == {name: after[name] for name in read}
    assert set(after) - set(read) == {"life-title"}
    assert "Was I too quick?" in before["kept-back-title"]
    assert "Was I too quick?" not in str(after)


def test_a_reflection_that_is_shown_is_in_what_they_see(psw_client, psw, whole):
    Observation.objects.filter(pk=whole.pk).update(shows_reflection=True)

    found = sections(page_of(psw_client, psw, at("check", whole)))

    assert "kept-back-title" not in found
    assert "Was I too quick?" in str(found)


def test_of_nobody_s_practice_nothing_is_asked(psw_client, whole):
    Observation.objects.filter(pk=whole.pk).update(practitioner=None)

    assert "not_shared_because" not in psw_client.get(at("check", whole)).content.decode()
    psw_client.post(at("check", whole))

    assert as_it_is(whole).state == "submitted"


def test_not_sharing_keeps_its_reason_and_can_be_shared_later(psw_client, psw, whole):
    sent = {"not_shared_because": "other", "not_shared_words": "They are moving house."}
    psw_client.post(at("check", whole), sent)

    found = as_it_is(whole)
    assert (found.state, found.not_shared_because) == ("submitted", "other")
    assert "They are moving house." in psw_client.get(found.get_absolute_url()).content.decode()

    psw_client.post(at("share", whole))
    page = psw_client.get(found.get_absolute_url()).content.decode()
    assert as_it_is(whole).state == "shared"
    assert "Not at first: another reason. They are moving house." in " ".join(page.split())


def test_another_reason_wants_words(psw_client, whole):
    response = psw_client.post(at("check", whole), {"not_shared_because": "other"})

    assert response.status_code == 422
    assert "Say in your own words why it is not shared" in response.content.decode()
    assert as_it_is(whole).is_draft


@pytest.mark.parametrize("reason", ["names", "not_recorded", "because"])
def test_a_reason_that_is_not_offered_is_refused(psw_client, whole, reason):
    response = psw_client.post(at("check", whole), {"not_shared_because": reason})

    assert response.status_code == 422
    assert as_it_is(whole).is_draft


def test_with_a_name_open_it_waits_and_is_shared_with_the_last_that_is_settled(
    psw_client, practitioner_client, psw, whole
):
    Observation.objects.get(pk=whole.pk).passages.update(text="I sat with Leanne Harris at Gran’s.")
    psw_client.post(at("check", whole), {"not_shared_because": "share"})
    assert as_it_is(whole).not_shared_because == NotShared.NAMES
    assert practitioner_client.get(whole.get_absolute_url()).status_code == 404

    for redaction in list(whole.redactions.open()):
        assert as_it_is(whole).shared_at is None
        sent = {"how": "keep", "reason": "Made up."}
        said = psw_client.post(
            reverse("observations:settle", args=[redaction.pk]), sent, follow=True
        )

    assert "it is shared with" in said.content.decode()
    assert as_it_is(whole).shared_at
    assert Letter.objects.count() == 1


def test_what_waits_for_another_reason_is_not_shared_by_settling_a_name(psw_client, observation):
    redaction = RedactionFactory(observation=observation)

    sent = {"how": "keep", "reason": "Made up."}
    psw_client.post(reverse("observations:settle", args=[redaction.pk]), sent)

    assert as_it_is(observation).shared_at is None


def test_submitted_twice_it_is_shared_once_and_as_the_first_press_said(psw, whole):
    actions.submit(observation=whole, by=psw)

    with pytest.raises(AlreadySo):
        actions.submit(observation=whole, by=psw, not_shared=("asked", ""))
    assert as_it_is(whole).not_shared_because == ""
    assert Letter.objects.count() == 1


def test_taking_it_back_wants_a_reason(psw_client, shared_observation):
    url = at("take_sharing_back", shared_observation)

    refused = psw_client.post(url, {"not_shared_words": ""})
    psw_client.post(url, {"not_shared_because": "risk"})

    assert refused.status_code == 200
    assert "Choose why it is not to be shared yet" in refused.content.decode()
    assert as_it_is(shared_observation).not_shared_because == "risk"


def test_the_practitioner_reads_why_under_my_data(practitioner_client, practitioner, psw, team):
    told = {"not_shared_because": "other", "not_shared_words": "They are moving house."}
    made = {"unit": team, "observer": psw, "practitioner": practitioner, "submitted": True}
    ObservationFactory(**made, **told)
    ObservationFactory(**made)

    page = practitioner_client.get(reverse("observations:held")).content.decode()

    words = " ".join(page.split())
    assert "Why: another reason. <bdi>They are moving house.</bdi>" in words
    assert "Why: not recorded." in words


def test_the_database_refuses_what_is_kept_from_the_practitioner_without_a_reason(whole):
    rows = Observation.objects.filter(pk=whole.pk)
    for left_out, name in [
        ({}, "not_shared_with_a_reason"),
        ({"not_shared_because": "other"}, "other_reason_has_words"),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(submitted_at=timezone.now(), **left_out)


@pytest.mark.parametrize(
    ("withheld", "told"),
    [
        (
            6,
            "6 of 14 observations. Reasons given: another reason; the practitioner is away.",
        ),
        (2, "2 of 14 observations."),
    ],
    ids=["some", "few, of whom a reason would be someone's"],
)
def test_briefings_tell_how_many_and_for_which_reasons(withheld, told):
    why = ("Another reason", "The practitioner is away")
    replies = Replies(of_someone=14, withheld=withheld, why=why)

    said = not_shared(type("Summary", (), {"replies": replies}))

    assert said == f"Not shared with the practitioner: {told}"
