"""The page on which a person looks at each quotation and releases it."""

from unittest.mock import patch

import pytest
from django.urls import reverse

from observations import identifiers
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports import briefings
from reports.briefings import actions
from reports.briefings.forms import QuotationForm
from reports.models import Evidence, Release
from tests.conftest import signed_in
from tests.factories import (
    RoleFactory,
    ThemeFactory,
)
from tests.reports.factories import (
    EvidenceFactory,
    check_of,
)
from tests.reports.quoting import (
    GOOD,
    NAMED,
    QUOTED,
    evidence,
    passage_of,
    quoting,
    release,
    release_url,
    say,
    words_of,
)


@pytest.fixture
def briefing(team, psw):
    return quoting(team, psw)


def answers(briefing, what="release", ticks=None):
    """What the page sends of each quotation that waits: everything ticked, unless told."""
    data = {}
    for each in briefings.quotations_in(briefing):
        check = check_of(each)
        form_of = f"{each.key}-"
        data[f"{form_of}what"] = what
        data[f"{form_of}seen"] = stamp(check)
        data[f"{form_of}ticks"] = [tick.code for tick in check.ticks] if ticks is None else ticks
    return data


def stamp(check):
    return QuotationForm(None, check=check).stamp


def test_the_page_shows_each_thing_left_with_a_tick_and_the_sentences_round_it(
    briefing, psw_client
):
    say(f"It rained. {QUOTED} Then we left.")
    text = evidence().passage.text
    Evidence.objects.update(start=text.index("Brought"), end=text.index(" Then"))

    page = psw_client.get(release_url(briefing)).content.decode()

    for words in ("It rained.", "Then we left.", "“Thursday”", "Has a capital: may be a name."):
        assert words in page
    assert '<mark class="pl-found">Thursday</mark>' in page
    assert "This team is small: one person works there. Could someone" in page


@pytest.mark.parametrize(
    ("roles", "said"), [(0, "nobody is known to work"), (2, "two people work")]
)
def test_the_page_says_how_many_work_in_a_small_team(briefing, team, psw_client, roles, said):
    team.roles.all().delete()
    for _ in range(roles):
        RoleFactory(unit=team, kind=Role.Kind.PRACTITIONER)

    page = psw_client.get(release_url(briefing)).content.decode()

    assert f"This team is small: {said} there." in page


def test_a_large_team_has_no_question(briefing, large_team, psw_client):
    page = psw_client.get(release_url(briefing)).content.decode()

    assert "This team is small" not in page
    assert "What happens to it?" in page


def test_everything_ticked_it_is_released(briefing, psw, psw_client):
    response = psw_client.post(release_url(briefing), answers(briefing), follow=True)

    assert "One is released." in response.content.decode()
    assert Release.objects.get().released_by == psw
    assert words_of(briefing) == []


def test_what_is_not_ticked_is_named_and_nothing_else_is_lost(briefing, team, psw_client):
    EvidenceFactory(finding=briefing.findings.get(), passage=passage_of(team, GOOD))
    data = answers(briefing)
    first = briefings.quotations_in(briefing)[0]
    data[f"{first.key}-ticks"] = data[f"{first.key}-ticks"][:1]

    response = psw_client.post(release_url(briefing), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Tick “Thursday” once you have looked at it" in page
    assert page.count('checked="checked"') == 2 + 1 + len(reading_ticks(briefing)) - 2
    assert not Release.objects.exists()


def reading_ticks(briefing):
    return [tick for each in briefings.quotations_in(briefing) for tick in check_of(each).ticks]


def test_yes_leaves_it_out(briefing, psw_client):
    psw_client.post(release_url(briefing), answers(briefing, "leave_out", ticks=[]))

    assert not evidence().is_quoted
    assert words_of(briefing) == []


def test_not_decided_leaves_it_as_it_was(briefing, psw_client):
    response = psw_client.post(
        release_url(briefing), answers(briefing, "later", ticks=[]), follow=True
    )

    assert "Nothing was decided yet." in response.content.decode()
    assert words_of(briefing) == ["One quotation has not been released yet"]


def test_a_page_that_is_older_than_the_note_lets_nothing_go(briefing, psw_client):
    data = answers(briefing)
    passage = evidence().passage
    passage.text = QUOTED.replace("four", "nine")
    passage.save()

    response = psw_client.post(release_url(briefing), data)

    assert response.status_code == 422
    assert "The observation has changed since this page was opened" in response.content.decode()
    assert not Release.objects.exists()


def test_the_page_offers_other_words_where_somebody_may_be_named(
    briefing, practitioner, psw_client
):
    say(NAMED)

    page = psw_client.get(release_url(briefing)).content.decode()

    assert '<mark class="pl-found">Priya Nair</mark>' in page
    assert "the worker" in page
    assert "release it with the words changed" in page


def test_the_page_offers_nothing_but_leaving_out_where_the_finder_fails(briefing, psw_client):
    with patch.object(identifiers, "find", side_effect=identifiers.CouldNotLook):
        page = psw_client.get(release_url(briefing)).content.decode()

    assert "These words could not be read for names, so they can’t be released now." in page
    assert 'value="release"' not in page
    assert 'value="leave_out"' in page


def test_words_in_a_text_are_changed_there(briefing, psw_client):
    Evidence.objects.update(is_quoted=False)
    briefing.know = QUOTED
    briefing.save(update_fields=["know"])

    page = psw_client.get(release_url(briefing)).content.decode()

    assert 'value="leave_out"' not in page
    assert "parts/answers/#id_know" in page


def test_what_was_released_is_listed_and_withdrawn(briefing, psw, psw_client):
    released = release(briefing, psw)
    page = psw_client.get(release_url(briefing)).content.decode()
    assert f"Released by {psw}" in page

    psw_client.post(reverse("reports:withdraw_release", args=[briefing.key, released.pk]))

    assert words_of(briefing) == ["One quotation has not been released yet"]
    assert Entry.objects.filter(action=Entry.Action.WITHDREW).exists()


def test_whoever_approves_reads_what_was_released_and_after_what(briefing, psw, service):
    second = RoleFactory(unit=service, kind=Role.Kind.PSW).user
    release(briefing, psw)
    actions.send_for_approval(briefing=briefing, by=psw)

    page = signed_in(second).get(briefing.get_absolute_url()).content.decode()

    assert f"Released by {psw}" in page
    assert "having looked at “Brought”, “Thursday”" in page


def test_the_parts_say_whether_quotations_are_to_do(briefing, psw, psw_client):
    def line():
        page = psw_client.get(
            reverse("reports:edit_recommendations", args=[briefing.key])
        ).content.decode()
        return page.partition("<span>Quotations</span>")[2][:60]

    assert "To do" in line()
    release(briefing, psw)
    assert "To do" not in line()


def test_leaders_do_not_find_the_page(briefing, leader):
    assert signed_in(leader).get(release_url(briefing)).status_code == 404


def test_a_sent_briefing_lets_nothing_go(briefing, psw, psw_client):
    release(briefing, psw)
    actions.send_for_approval(briefing=briefing, by=psw)

    assert psw_client.get(release_url(briefing)).status_code == 403
    assert psw_client.post(release_url(briefing)).status_code == 403


# The opposite, where none is found


def test_a_finding_says_that_its_opposite_was_looked_for_and_not_in_how_many(briefing, psw_client):
    finding = briefing.findings.get()
    finding.looked = ""
    finding.save()
    theme = ThemeFactory()
    briefing.figures["subjects"] = {str(finding.pk): {"theme": theme.pk, "side": "hinders"}}
    briefing.save(update_fields=["figures"])
    page = reverse("reports:finding", args=[briefing.key, finding.pk])

    shown = psw_client.get(page)
    said = "Looked for the opposite in every passage that can be quoted: none found."
    assert said in shown.content.decode()
    psw_client.post(
        reverse("reports:looked", args=[briefing.key, finding.pk]),
        {"looked": said, "base_revision": shown.context["looked"].saves.revision},
    )

    otherwise = briefings.build_content(briefing)["sections"][2]["findings"][0]["otherwise"]
    assert otherwise["text"] == said
