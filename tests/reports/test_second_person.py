"""Who approves a briefing wrote none of it, and what they approved is what is issued."""

import pytest
from django.core import serializers
from django.urls import reverse

from practicelens.people.models import Role
from reports.briefings import actions
from reports.models import Briefing, Evidence, Finding, Recommendation, Release, Section
from tests.conftest import signed_in
from tests.factories import RoleFactory
from tests.reports.factories import (
    BriefingFactory,
    FindingFactory,
    RecommendationFactory,
    issue,
    let_all_go,
)

pytestmark = pytest.mark.django_db


def url(name, briefing, *more):
    return reverse(f"reports:{name}", args=[briefing.key, *more])


@pytest.fixture
def briefing(team, psw):
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


@pytest.fixture
def second_psw(service):
    return RoleFactory(unit=service, kind=Role.Kind.PSW, user__name="Elspeth Grey").user


@pytest.fixture
def third_psw(service):
    return RoleFactory(unit=service, kind=Role.Kind.PSW, user__name="Tom Whitfield").user


# Whoever wrote some of it


WRITES = {
    "a section": lambda made: ("part", ["conditions"], {"heading": "Forms eat words."}),
    "the three answers": lambda made: ("part", ["answers"], {"title": "Families are heard."}),
    "a finding": lambda made: (
        "finding",
        [made.findings.get().pk],
        {"claim": "Mum was asked.", "sure": "some", "section": "families"},
    ),
    "where the opposite was looked for": lambda made: (
        "looked",
        [made.findings.get().pk],
        {"looked": "In all notes of May."},
    ),
    "what was dropped": lambda made: ("drop_finding", [made.findings.get().pk], {}),
    "a recommendation": lambda made: (
        "add_recommendation",
        [],
        {"question": "May the van be kept?"},
    ),
    "a recommendation less": lambda made: (
        "remove_recommendation",
        [made.recommendations.get().pk],
        {},
    ),
    "evidence taken out": lambda made: (
        "change_evidence",
        [made.findings.get().pk, made.findings.get().evidence.first().pk],
        {"how": "take_out"},
    ),
    "what is not the opposite": lambda made: (
        "not_the_opposite",
        [made.findings.get().pk],
        {"passage": 1},
    ),
}


def sent_by(client, briefing, what):
    name, more, data = WRITES[what](briefing)
    return client.post(url(name, briefing, *more), data | base_of(client, briefing, name, more))


def base_of(client, briefing, name, more):
    """What a form of words was drawn from, as its page says."""
    if name not in ("part", "finding", "looked"):
        return {}
    page = client.get(url("finding" if name == "looked" else name, briefing, *more))
    form = page.context["looked" if name == "looked" else "form"]
    return {"base_revision": form.saves.revision}


@pytest.mark.parametrize("what", WRITES)
def test_whoever_wrote_some_of_it_is_not_its_second_person(
    briefing, psw, second_psw, third_psw, what
):
    response = sent_by(signed_in(second_psw), briefing, what)

    assert response.status_code == 302
    assert set(briefing.writers.all()) == {psw, second_psw}
    assert list(briefing.approvers()) == [third_psw]


def test_a_writer_s_approval_is_refused_while_somebody_wrote_none(
    briefing, psw, second_psw, third_psw
):
    briefing.writers.add(second_psw)
    actions.send_for_approval(briefing=briefing, by=psw)

    assert signed_in(second_psw).post(url("approve", briefing)).status_code == 403
    assert signed_in(psw).post(url("approve", briefing)).status_code == 403
    assert signed_in(third_psw).post(url("approve", briefing)).status_code == 302
    briefing.refresh_from_db()
    assert briefing.approved_by == third_psw


def test_where_everybody_wrote_some_of_it_one_of_them_may_and_it_says_so(briefing, psw, second_psw):
    briefing.writers.add(second_psw)

    issue(briefing)

    assert briefing.content["approved"]["words"] == (
        "Approved by one of those who wrote it: every practice leader here wrote some of it."
    )


def test_whoever_only_read_or_sent_it_wrote_none_of_it(briefing, psw, second_psw):
    client = signed_in(second_psw)

    client.get(briefing.get_absolute_url())
    client.get(url("part", briefing, "conditions"))
    client.post(url("send", briefing))

    assert list(briefing.writers.all()) == [psw]


def test_a_new_version_has_the_writers_of_what_it_says(briefing, psw, second_psw, third_psw):
    issue(briefing)

    later = actions.reissue(briefing=briefing, by=second_psw)

    assert set(later.writers.all()) == {psw, second_psw}


def test_the_page_says_who_wrote_it(briefing, psw, second_psw, third_psw):
    briefing.writers.add(second_psw)
    actions.send_for_approval(briefing=briefing, by=psw)

    page = signed_in(third_psw).get(briefing.get_absolute_url()).content.decode()

    assert f"Written by {second_psw}, {psw}." in page


# A save that races an approval


def rows_of_it():
    """All that a briefing says, as it is held."""
    models = [Section, Finding, Evidence, Recommendation, Release]
    held = [serializers.serialize("json", model.objects.order_by("pk")) for model in models]
    words = Briefing.objects.values("title", "know", "how", "doing", "confidence", "figures")
    return [*held, list(words)]


@pytest.fixture
def approved_meanwhile(briefing, psw, second_psw, monkeypatch):
    """Sent and approved after a page found a draft, and before what was sent to it is saved."""
    lock = actions.held_draft

    def late(found):
        monkeypatch.setattr(actions, "held_draft", lock)
        actions.send_for_approval(briefing=briefing, by=psw)
        actions.approve(briefing=briefing, by=second_psw)
        return lock(found)

    monkeypatch.setattr(actions, "held_draft", late)


@pytest.mark.parametrize("what", WRITES)
def test_a_save_that_races_an_approval_is_refused(briefing, psw, approved_meanwhile, what):
    before = rows_of_it()

    response = sent_by(signed_in(psw), briefing, what)

    assert response.status_code in (403, 409, 422)
    assert rows_of_it() == before
    assert Briefing.objects.get().approved_at


@pytest.mark.parametrize(
    ("name", "more"),
    [("gather_again", []), ("release", []), ("withdraw_release", [1]), ("tell_early_sign", [1])],
)
def test_and_so_are_figures_quotations_and_a_sighting(
    briefing, psw, approved_meanwhile, name, more
):
    before = rows_of_it()

    response = signed_in(psw).post(url(name, briefing, *more))

    assert response.status_code == 403
    assert rows_of_it() == before


def test_what_was_typed_meanwhile_stays_on_the_page_that_says_why(
    briefing, psw, approved_meanwhile
):
    sent = {"heading": "Forms eat words.", "text": "And nobody sees it."}

    page = signed_in(psw).post(url("part", briefing, "conditions"), sent)

    assert page.status_code == 409
    assert "Forms eat words." in page.content.decode()
    assert "It was sent for approval since you opened it" in page.content.decode()


def test_a_save_by_itself_is_told_why_too(briefing, psw, approved_meanwhile):
    saved = signed_in(psw).post(
        url("part", briefing, "conditions"), {"heading": "Late."}, headers={"X-Autosave": "1"}
    )

    assert saved.status_code == 409
    assert "sent for approval since you opened it" in saved.json()["error"]


def test_looking_at_a_part_writes_nothing(briefing, psw):
    briefing.sections.filter(key=Section.Key.LIMITS).delete()
    client = signed_in(psw)

    base = base_of(client, briefing, "part", ["limits"])
    assert not briefing.sections.filter(key=Section.Key.LIMITS).exists()

    client.post(url("part", briefing, "limits"), {"heading": "Seen by day."} | base)
    assert briefing.sections.get(key=Section.Key.LIMITS).heading == "Seen by day."


# Rights of their own


def test_where_somebody_is_named_practice_leaders_leave_approving_and_issuing_to_them(
    briefing, psw, second_psw, service
):
    approver, issuer = (
        RoleFactory(unit=service, kind=kind).user for kind in (Role.Kind.APPROVER, Role.Kind.ISSUER)
    )
    asked = [signed_in(each) for each in (psw, second_psw, issuer, approver)]
    assert asked[3].get(briefing.get_absolute_url()).status_code == 404
    actions.send_for_approval(briefing=briefing, by=psw)

    assert [each.post(url("approve", briefing)).status_code for each in asked] == [
        403,
        403,
        404,
        302,
    ]
    assert [each.get(url("issue", briefing)).status_code for each in asked] == [403, 403, 200, 403]
    assert asked[2].post(url("take_back", briefing)).status_code == 403
    with pytest.raises(actions.NeedsAnother):
        actions.issue(briefing=briefing, by=psw)
    assert asked[2].post(url("issue", briefing)).status_code == 302
    briefing.refresh_from_db()
    assert (briefing.approved_by, briefing.issued_by) == (approver, issuer)


def test_an_approver_reads_what_was_sent_and_sends_it_back(briefing, psw, service):
    approver = RoleFactory(unit=service, kind=Role.Kind.APPROVER).user
    actions.send_for_approval(briefing=briefing, by=psw)
    client = signed_in(approver)
    page = client.get(briefing.get_absolute_url()).content.decode()

    assert "Send it back to be changed" in page
    assert client.get(url("preview", briefing)).status_code == 200
    assert url("content", briefing) not in page
    assert client.post(url("take_back", briefing)).status_code == 302
    briefing.refresh_from_db()
    assert briefing.sent_at is None
    assert client.get(briefing.get_absolute_url()).status_code == 404


def test_who_is_named_to_approve_and_wrote_some_of_it_leaves_it_to_another(
    briefing, second_psw, service
):
    RoleFactory(user=second_psw, unit=service, kind=Role.Kind.APPROVER)
    other = RoleFactory(unit=service, kind=Role.Kind.APPROVER).user
    briefing.writers.add(second_psw)

    assert list(briefing.approvers()) == [other]
