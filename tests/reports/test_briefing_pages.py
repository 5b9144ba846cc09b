import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports import briefings
from reports.briefings import actions
from reports.cells import rollup
from reports.models import Briefing, Evidence, Finding, Section
from tests.conftest import signed_in
from tests.factories import (
    CodebookFactory,
    ObservationFactory,
    PassageFactory,
    RoleFactory,
    ThemeFactory,
    UnitFactory,
)
from tests.reports.factories import (
    BriefingFactory,
    EvidenceFactory,
    FindingFactory,
    RecommendationFactory,
    confirmed_passages,
    issue,
    last_month,
    let_all_go,
)

SECRET = "Aroha said quietly that the second flat was the one by the canal bridge."
QUOTED = "The form timed out and his own words about the mornings were gone."


@pytest.fixture
def briefing(team, psw):
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


@pytest.fixture
def finding(briefing):
    return briefing.findings.get()


@pytest.fixture
def second_psw(service):
    return RoleFactory(unit=service, kind=Role.Kind.PSW).user


def url(name, briefing, *more):
    return reverse(f"reports:{name}", args=[briefing.key, *more])


def send(client, address, **data):
    return client.post(address, data)


# Who may


PAGES = [
    "briefing",
    "preview",
    "content",
    "edit_recommendations",
    "add_recommendation",
    "add_finding",
    "issue",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_briefing(briefing, stranger_client, page):
    assert stranger_client.get(url(page, briefing)).status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "pdf"])
def test_a_leader_finds_no_draft(briefing, leader_client, page):
    assert leader_client.get(url(page, briefing)).status_code == 404


@pytest.mark.parametrize("page", ["preview", "content", "edit_recommendations", "issue", "reissue"])
def test_a_leader_reads_what_was_issued_and_changes_nothing(briefing, leader_client, page):
    issue(briefing)

    assert leader_client.get(url("briefing", briefing)).status_code == 200
    assert leader_client.get(url(page, briefing)).status_code == 403


@pytest.mark.parametrize("page", ["send", "take_back", "approve", "gather_again"])
def test_a_leader_may_not_act_on_a_briefing(briefing, leader_client, page):
    issue(briefing)

    assert leader_client.post(url(page, briefing)).status_code == 403


def test_a_leader_of_a_team_does_not_read_that_of_another(briefing, sibling_team):
    issue(briefing)
    other = RoleFactory(unit=sibling_team, kind=Role.Kind.LEADER).user

    assert signed_in(other).get(briefing.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["practitioner", "governance", "system_admin", "nobody"])
def test_other_roles_find_no_briefings_at_all(briefing, who, request):
    issue(briefing)
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("reports:briefings")).status_code == 404
    assert client.get(briefing.get_absolute_url()).status_code == 404
    assert client.get(url("pdf", briefing)).status_code == 404


def test_somebody_not_signed_in_is_asked_to(briefing, client):
    assert client.get(briefing.get_absolute_url()).status_code == 302


def test_a_sent_briefing_can_not_be_edited(briefing, finding, psw, psw_client):
    actions.send_for_approval(briefing=briefing, by=psw)

    assert psw_client.get(url("part", briefing, "answers")).status_code == 403
    response = send(psw_client, url("finding", briefing, finding.pk), claim="Other")
    assert response.status_code == 403


# Writing


@pytest.mark.parametrize(
    "section", ["answers", "framework", "families", "conditions", "good_work", "since", "limits"]
)
def test_every_part_has_a_page(briefing, psw_client, section):
    assert psw_client.get(url("part", briefing, section)).status_code == 200


def test_no_other_part_has_a_page(briefing, psw_client):
    assert psw_client.get(url("part", briefing, "gossip")).status_code == 404


def answers(**changed):
    told = {"title": "A.", "know": "B.", "how": "C.", "doing": "D.", "confidence": "E."}
    return told | changed


def read_at(client, address, form="form"):
    return client.get(address).context[form].saves.revision


def test_words_save_themselves(briefing, psw_client):
    page = url("part", briefing, "answers")
    sent = answers(base_revision=read_at(psw_client, page))

    response = psw_client.post(page, sent, headers={"X-Autosave": "1"})

    assert set(response.json()) == {"saved_at", "revision"}
    assert response.json()["revision"] == read_at(psw_client, page)
    briefing.refresh_from_db()
    assert (briefing.title, briefing.doing) == ("A.", "D.")


def test_words_changed_by_somebody_else_meanwhile_are_both_shown(briefing, psw_client):
    page = url("part", briefing, "answers")
    base = read_at(psw_client, page)
    theirs = answers(base_revision=base, know="Theirs, meanwhile.")
    psw_client.post(page, theirs, headers={"X-Autosave": "1"})

    response = psw_client.post(page, answers(base_revision=base, know="Mine, typed long."))

    assert response.status_code == 409
    assert b"Mine, typed long." in response.content
    assert b"Theirs, meanwhile." in response.content
    briefing.refresh_from_db()
    assert briefing.know == "Theirs, meanwhile."

    again = read_at_of(response)
    psw_client.post(page, answers(base_revision=again, know="Mine, typed long."))
    briefing.refresh_from_db()
    assert briefing.know == "Mine, typed long."


def read_at_of(response):
    return response.context["form"].saves.revision


def test_words_of_a_second_window_that_save_themselves_are_kept_and_both_are_shown(
    briefing, psw_client
):
    page = url("part", briefing, "answers")
    base = read_at(psw_client, page)
    theirs = answers(base_revision=base, know="Theirs, meanwhile.")
    psw_client.post(page, theirs, headers={"X-Autosave": "1"})

    sent = answers(base_revision=base, know="Mine.")
    response = psw_client.post(page, sent, headers={"X-Autosave": "1"})

    assert response.status_code == 409
    assert "saved_at" not in response.json()
    assert response.json()["conflict_url"] == page
    both = psw_client.get(page)
    assert b"Mine." in both.content
    assert b"Theirs, meanwhile." in both.content
    psw_client.post(page, answers(base_revision=read_at_of(both), know="Mine.", window=""))
    briefing.refresh_from_db()
    assert briefing.know == "Mine."


def test_a_long_answer_is_kept_and_stops_approval(briefing, psw_client):
    page = url("part", briefing, "answers")

    sent = answers(base_revision=read_at(psw_client, page), know="long " * 100)
    response = psw_client.post(page, sent)

    assert response.status_code == 302
    assert b"What we know is 199 characters too long" in psw_client.get(page).content


def test_a_title_that_can_not_be_stored_is_told_with_what_was_typed(briefing, psw_client):
    page = url("part", briefing, "answers")

    sent = answers(base_revision=read_at(psw_client, page), title="T" * 96)
    response = psw_client.post(page, sent)

    assert response.status_code == 422
    assert b"T" * 96 in response.content


def test_words_typed_before_the_session_ended_are_offered_again(
    briefing, psw, client, ended_session
):
    page = url("part", briefing, "answers")
    ended_session(psw)
    client.post(page, answers(know="Typed before the session ended."))
    client.force_login(psw)

    assert b"Typed before the session ended." in client.get(page).content


def test_whoever_writes_first_is_the_author(team, psw, psw_client):
    made = BriefingFactory(unit=team)

    psw_client.post(url("part", made, "answers"), answers(base_revision=""))

    made.refresh_from_db()
    assert made.written_by in (psw, None)
    page = url("part", made, "answers")
    psw_client.post(page, answers(base_revision=read_at(psw_client, page)))
    made.refresh_from_db()
    assert made.written_by == psw


def test_what_stops_approval_links_to_its_field(briefing, finding, psw_client):
    finding.looked = ""
    finding.save()

    page = psw_client.get(briefing.get_absolute_url()).content.decode()

    assert "One thing stops" in page
    assert f"{url('finding', briefing, finding.pk)}#opposite" in page


# Findings and evidence


def test_a_finding_is_edited(briefing, finding, psw_client):
    page = url("finding", briefing, finding.pk)
    sent = {"claim": "Forms close too early", "sure": "fairly", "section": "families"}

    psw_client.post(page, sent | {"base_revision": read_at(psw_client, page)})

    finding.refresh_from_db()
    assert (finding.claim, finding.section) == ("Forms close too early", "families")


def test_where_the_opposite_was_looked_for_is_saved_by_itself(briefing, finding, psw_client):
    base = read_at(psw_client, url("finding", briefing, finding.pk), "looked")

    sent = {"looked": "In all of October’s home visits.", "base_revision": base}
    psw_client.post(url("looked", briefing, finding.pk), sent)

    finding.refresh_from_db()
    assert finding.looked == "In all of October’s home visits."


def test_a_finding_is_added_with_what_it_is_about(briefing, organisation, psw_client):
    theme = ThemeFactory(codebook=CodebookFactory(unit=organisation))
    sent = {"claim": "Cars help", "section": "conditions", "about": f"theme-{theme.pk}"}

    response = psw_client.post(url("add_finding", briefing), sent | {"is_good": "yes"})

    made = briefing.findings.get(claim="Cars help")
    assert response["Location"] == url("finding", briefing, made.pk)
    briefing.refresh_from_db()
    assert briefing.figures["subjects"][str(made.pk)] == {"theme": theme.pk, "side": "helps"}


def test_a_dropped_finding_comes_back(briefing, finding, psw_client):
    psw_client.post(url("drop_finding", briefing, finding.pk))
    assert not briefing.findings.standing().exists()
    assert psw_client.get(url("dropped", briefing, finding.pk)).status_code == 200

    psw_client.post(url("undo_drop", briefing, finding.pk))
    assert briefing.findings.standing().get() == finding


@pytest.fixture
def with_opposite(briefing, finding, organisation, team):
    """The finding is about a theme that helped in two passages of its month."""
    theme = ThemeFactory(codebook=CodebookFactory(unit=organisation))
    confirmed_passages(
        theme, "helps", 2, unit=team, month=last_month(), text="She kept the form open"
    )
    briefing.figures["subjects"] = {str(finding.pk): {"theme": theme.pk, "side": "hinders"}}
    briefing.save(update_fields=["figures"])
    return briefing


def maybe(client, briefing, finding):
    return client.get(url("finding", briefing, finding.pk)).context["maybe"]["chosen"]


def test_what_may_be_the_opposite_is_offered_and_added(with_opposite, finding, psw_client):
    first, second = maybe(psw_client, with_opposite, finding)
    sent = {"passage": first.passage_id, "start": first.start, "end": first.end}

    psw_client.post(url("evidence", with_opposite, finding.pk, "against"), sent)
    psw_client.post(
        url("not_the_opposite", with_opposite, finding.pk), {"passage": second.passage_id}
    )

    added = finding.evidence.get(side=Evidence.Side.AGAINST)
    assert (added.passage_id, added.quote) == (first.passage_id, first.text)
    assert maybe(psw_client, with_opposite, finding) == []


def test_all_that_may_be_evidence_can_be_looked_through(with_opposite, finding, psw_client):
    for side, count in (("for", 0), ("against", 2)):
        page = psw_client.get(url("evidence", with_opposite, finding.pk, side))
        assert len(page.context["chosen"]) == count


def test_a_passage_that_may_not_be_quoted_is_no_evidence(briefing, finding, psw, psw_client):
    mine = PassageFactory(
        observation=ObservationFactory(unit=briefing.unit, observer=psw, submitted=True),
        kind="reading",
    )

    response = psw_client.post(
        url("evidence", briefing, finding.pk, "for"), {"passage": mine.pk, "start": 0, "end": 5}
    )

    assert response.status_code == 404


def test_what_the_writer_wrote_elsewhere_is_no_evidence_here(briefing, finding, psw, psw_client):
    elsewhere = ObservationFactory(unit=UnitFactory(), observer=psw, submitted=True)
    own = PassageFactory(observation=elsewhere, kind="seen")

    sent = {"passage": own.pk, "start": 0, "end": 5}
    response = psw_client.post(url("evidence", briefing, finding.pk, "for"), sent)

    assert response.status_code == 404
    assert not finding.evidence.filter(passage=own).exists()


def test_evidence_is_quoted_and_taken_out(briefing, finding, psw_client):
    row = finding.evidence.get()
    change = url("change_evidence", briefing, finding.pk, row.pk)

    psw_client.post(change, {"how": "unquote"})
    row.refresh_from_db()
    assert not row.is_quoted

    psw_client.post(change, {"how": "take_out"})
    assert not finding.evidence.exists()


# Asks of a draft


def test_an_ask_is_written_changed_and_removed(briefing, leader, psw_client):
    sent = {"question": "May the van be kept?", "owner": leader.pk, "due_on_0": "18"}
    sent |= {"due_on_1": "12", "due_on_2": "2030", "cost": "None", "what": ""}

    psw_client.post(url("add_recommendation", briefing), sent)
    recommendation = briefing.recommendations.get(number=2)
    assert (recommendation.owner, recommendation.due_on.isoformat()) == (leader, "2030-12-18")

    psw_client.post(
        url("edit_recommendation", briefing, recommendation.pk),
        sent | {"question": "May it be sold?"},
    )
    recommendation.refresh_from_db()
    assert recommendation.question == "May it be sold?"

    psw_client.post(
        url("remove_recommendation", briefing, briefing.recommendations.get(number=1).pk)
    )
    assert briefing.recommendations.get().number == 1


def test_only_a_leader_over_the_unit_can_be_asked(briefing, stranger, psw_client):
    response = psw_client.post(
        url("add_recommendation", briefing), {"question": "May it be?", "owner": stranger.pk}
    )

    assert response.status_code == 422


# Its way to leaders


def test_from_draft_to_issue_in_the_browser(briefing, second_psw, psw, psw_client):
    psw_client.post(url("send", briefing))
    assert psw_client.post(url("approve", briefing)).status_code == 403
    signed_in(second_psw).post(url("approve", briefing))
    confirm = psw_client.get(url("issue", briefing))
    assert b"What will be frozen" in confirm.content
    psw_client.post(url("issue", briefing))

    briefing.refresh_from_db()
    assert briefing.is_issued
    assert briefing.approved_by == second_psw


def test_a_briefing_with_something_left_is_not_sent(briefing, psw_client):
    Briefing.objects.update(title="")

    page = psw_client.post(url("send", briefing), follow=True)

    assert b"One thing stops approval: There is no title yet." in page.content
    briefing.refresh_from_db()
    assert briefing.sent_at is None


def test_a_superseded_issue_names_what_took_its_place(briefing, psw, leader_client, psw_client):
    issue(briefing)
    psw_client.post(url("reissue", briefing))
    later = briefing.superseded_by
    Briefing.objects.filter(pk=later.pk).update(know="It was fewer than we said.")
    assert b"This issue was replaced" not in leader_client.get(briefing.get_absolute_url()).content
    later.refresh_from_db()
    issue(later)

    old = leader_client.get(briefing.get_absolute_url()).content.decode()
    new = leader_client.get(later.get_absolute_url()).content.decode()

    assert "This issue was replaced" in old
    assert f"{later.get_absolute_url()}#changes" in old
    assert "The family was heard in most places." in new
    assert "It was fewer than we said." in new


def test_a_month_is_drafted_by_hand_once(team, psw_client):
    sent = {"unit": team.pk, "month": f"{last_month():%Y-%m}"}

    first = psw_client.post(reverse("reports:compose"), sent)
    second = psw_client.post(reverse("reports:compose"), sent)

    assert first["Location"] == second["Location"]
    assert psw_client.get(first["Location"]).status_code == 200


# What leaders can not find in it


@pytest.fixture
def told(organisation, team, psw, practitioner):
    """An issued briefing of six notes about six people, of which one sentence is quoted."""
    theme = ThemeFactory(codebook=CodebookFactory(unit=organisation), short="Computer system")
    confirmed_passages(
        theme, "hinders", 6, unit=team, month=last_month(), text="The screen froze", observer=psw
    )
    Observation.objects.update(shared_at=timezone.now())
    secret = Observation.objects.order_by("pk").first()
    Observation.objects.filter(pk=secret.pk).update(practitioner=practitioner)
    PassageFactory(observation=secret, text=SECRET)
    quoted = PassageFactory(observation=secret, text=f"{QUOTED} {SECRET}")
    rollup.recount_all()
    briefing = briefings.compose(unit=team, month=last_month(), by=psw)
    Briefing.objects.update(
        title="It is told.", know="So it is.", doing="What we can.", how="By direct observation."
    )
    briefing.refresh_from_db()
    Finding.objects.update(looked="Every visit was read for it.")
    Evidence.objects.update(is_quoted=False)
    finding = briefing.findings.first()
    EvidenceFactory(finding=finding, passage=quoted, end=len(QUOTED))
    Section.objects.filter(key="good_work").update(text="")
    return issue(briefing)


def text_of_pdf(client, briefing):
    response = client.get(url("pdf", briefing))
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("form", ["page", "paper", "content"])
def test_leaders_never_meet_what_is_not_quoted_nor_a_practitioners_name(
    told, form, leader_client, psw_client
):
    words = {
        "page": lambda: leader_client.get(told.get_absolute_url()).content.decode(),
        "paper": lambda: text_of_pdf(leader_client, told),
        "content": lambda: psw_client.get(url("content", told)).content.decode(),
    }[form]()

    assert QUOTED in words
    assert SECRET not in words
    assert "The screen froze" not in words
    assert "Priya" not in words


def test_what_it_tells_of_are_groups_of_five_people_at_least(told):
    assert told.content["annex"]["charts"]
    groups = [each for each in told.told_groups.all() if each.notes]
    assert groups
    assert all(len(set(each.people) - {0}) >= 5 for each in groups)
    assert {each.name for each in told.told_groups.all()} >= {"Everything"}


def test_the_content_file_has_the_bytes_that_were_hashed(told, psw_client):
    response = psw_client.get(url("content", told))

    assert response.content == briefings.canonical(told.content)
    assert response["X-Content-SHA256"] == told.sha256
    assert json.loads(response.content) == told.content


def test_the_page_shows_the_fingerprint_and_reading_is_logged(told, leader, leader_client):
    page = leader_client.get(told.get_absolute_url()).content.decode()

    assert told.sha256 in page
    assert Entry.objects.filter(by=leader, action=Entry.Action.READ).count() == 1


def test_a_draft_on_paper_says_that_it_is_one(briefing, psw_client):
    assert "Draft, not issued" in text_of_pdf(psw_client, briefing)
    name = psw_client.get(url("pdf", briefing))["Content-Disposition"]
    assert name.endswith('-v1-draft.pdf"')


# Lists


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_queries_at_any_length(
    rows, team, psw, psw_client, django_assert_num_queries
):
    for number in range(rows):
        BriefingFactory(unit=team, written_by=psw, month=last_month().replace(year=2000 + number))

    with django_assert_num_queries(7):
        response = psw_client.get(reverse("reports:briefings"))

    assert response.context["page"].paginator.count == rows


@pytest.mark.parametrize("findings", [1, 6])
def test_an_issued_page_takes_the_same_queries_at_any_length(
    findings, team, psw, leader_client, django_assert_num_queries
):
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory.create_batch(findings, briefing=made)
    for _ in range(findings):
        RecommendationFactory(briefing=made)
    issue(made)

    with django_assert_num_queries(8):
        leader_client.get(made.get_absolute_url())


def test_the_list_is_filtered_by_its_address(team, sibling_team, psw_client):
    issue(BriefingFactory(unit=team))
    BriefingFactory(unit=sibling_team)

    def found(**filters):
        page = psw_client.get(reverse("reports:briefings"), filters).context["page"]
        return [each.unit for each in page]

    assert found(state="issued") == [team]
    assert found(state="draft") == [sibling_team]
    assert found(unit=team.pk) == [team]
    assert found(unit="x", state="y") == [sibling_team, team]


def test_a_leaders_list_has_what_was_issued_only(team, sibling_team, leader_client):
    issue(BriefingFactory(unit=team))
    BriefingFactory(unit=sibling_team)

    page = leader_client.get(reverse("reports:briefings"))

    assert [each.unit for each in page.context["page"]] == [team]
    assert b"Draft a briefing" not in page.content


def forms_without_token(client, address):
    page = client.get(address).content.decode()
    forms = page.split('method="post"')[1:]
    return [form[:120] for form in forms if "csrfmiddlewaretoken" not in form.split("</form>")[0]]


def test_every_form_carries_its_token(with_opposite, finding, leader, psw_client, leader_client):
    pages = [
        url("finding", with_opposite, finding.pk),
        url("evidence", with_opposite, finding.pk, "against"),
        url("edit_recommendations", with_opposite),
        url("part", with_opposite, "answers"),
        with_opposite.get_absolute_url(),
    ]
    assert [forms_without_token(psw_client, page) for page in pages] == [[]] * len(pages)

    with_opposite.recommendations.update(owner=leader)
    issue(with_opposite)
    assert forms_without_token(leader_client, with_opposite.get_absolute_url()) == []
