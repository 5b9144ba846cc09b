"""The pages of summaries: who may see them, and what stays in the address."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.harmless import harmless
from practicelens.people.models import Role
from reports.cells.rollup import recount_all
from tests.factories import (
    FrictionFactory,
    MeetingFactsFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RoleFactory,
    TalkShareFactory,
)

PAGES = ["summary", "coverage", "figures_csv"]


@pytest.fixture
def seen(observation, theme):
    """One home visit with a rating, a confirmed passage, friction and a meeting beside it."""
    passage = PassageFactory(observation=observation)
    MentionFactory(passage=passage, theme=theme, confirmed=True)
    RatingFactory(observation=observation).passages.add(passage)
    FrictionFactory(observation=observation)
    meeting = ObservationFactory(
        unit=observation.unit,
        observer=observation.observer,
        framework_version=observation.framework_version,
        kind_of_work="conference",
        submitted=True,
    )
    TalkShareFactory(meeting=MeetingFactsFactory(observation=meeting))
    recount_all()
    return observation


def addresses(theme, version):
    pages = [reverse(f"reports:{name}") for name in PAGES]
    pages.append(reverse("reports:summary_theme", args=[theme.pk]))
    pages.append(reverse("reports:summary_criterion", args=[version.criteria.first().pk]))
    return pages


# Who may see them


def test_a_practice_leader_reads_every_page(psw_client, seen, theme, framework_version):
    for address in addresses(theme, framework_version):
        assert psw_client.get(address).status_code == 200


@pytest.mark.parametrize(
    "who", ["practitioner", "leader", "framework_admin", "governance", "system_admin", "nobody"]
)
def test_nobody_else_finds_them(request, who, seen, theme, framework_version):
    client = request.getfixturevalue(f"{who}_client")

    for address in addresses(theme, framework_version):
        assert client.get(address).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, seen, theme, framework_version):
    for address in addresses(theme, framework_version):
        assert client.get(address).status_code == 302


def test_another_organisation_is_not_there(stranger_client, seen, theme, framework_version, team):
    for name in PAGES:
        address = reverse(f"reports:{name}")
        assert stranger_client.get(address, {"unit": team.code}).status_code == 404
        assert seen.passages.get().text not in stranger_client.get(address).content.decode()
    for address in addresses(theme, framework_version)[len(PAGES) :]:
        assert stranger_client.get(address).status_code == 404


def test_a_unit_reached_only_in_another_role_is_not_there(psw, psw_client, other_team):
    RoleFactory(user=psw, unit=other_team, kind=Role.Kind.LEADER)

    response = psw_client.get(reverse("reports:summary"), {"unit": other_team.code})

    assert response.status_code == 404


@pytest.mark.parametrize("who", ["psw", "leader", "practitioner"])
def test_everybody_signed_in_reads_how_figures_are_worked_out(request, who):
    response = request.getfixturevalue(f"{who}_client").get(reverse("reports:definitions"))

    assert response.status_code == 200
    assert "fewer than 5" in response.content.decode()


# What they show


def test_the_summary_shows_the_counts(psw_client, seen):
    page = psw_client.get(reverse("reports:summary")).content.decode()

    assert "evident or strong in 1 of the 1 observation where it was seen" in page
    assert "1 of 2</td>" in page
    assert "Rooms" not in page
    assert "Case recording system cost 20 minutes in 1 entry" in page


def test_a_window_with_nothing_says_so(psw_client, seen):
    page = psw_client.get(reverse("reports:summary"), {"kind_of_work": "court"}).content.decode()

    assert "Nothing was seen here in these months" in page


def test_no_note_at_all_and_no_framework_still_has_a_page(stranger_client):
    for name in PAGES:
        assert stranger_client.get(reverse(f"reports:{name}")).status_code == 200


def test_a_suggestion_is_shown_as_one(psw_client, seen, theme):
    MentionFactory(passage=PassageFactory(observation=seen), theme=theme)
    recount_all()

    page = psw_client.get(reverse("reports:summary_theme", args=[theme.pk])).content.decode()

    assert page.count("Suggested, not confirmed") == 3  # the best, all there are, and the count


def test_every_passage_leads_back_to_its_note(psw_client, seen, theme, framework_version):
    for address in addresses(theme, framework_version)[len(PAGES) :]:
        page = psw_client.get(address).content.decode()

        assert seen.passages.get().text in page
        assert f'href="{seen.get_absolute_url()}"' in page


def test_a_withdrawn_note_is_on_no_page(psw_client, seen, theme, framework_version):
    text = seen.passages.get().text
    Observation.objects.filter(pk=seen.pk).update(withdrawn_at=timezone.now())
    recount_all()

    for address in addresses(theme, framework_version):
        assert text not in psw_client.get(address).content.decode()


def test_all_passages_come_a_page_at_a_time(psw_client, seen, theme):
    for passage in PassageFactory.create_batch(21, observation=seen):
        MentionFactory(passage=passage, theme=theme, confirmed=True, stance="hinders")
    address = reverse("reports:summary_theme", args=[theme.pk])

    first = psw_client.get(address).context["sides"]
    second = psw_client.get(address, {"page": 2}).context["sides"]

    assert [len(side["passages"]) for side in first] == [1, 20]
    assert [len(side["passages"]) for side in second] == [0, 1]
    assert [side["count"] for side in second] == [1, 21]


# The filters


def test_filters_stay_in_the_address_and_in_every_link(psw_client, seen, team, theme):
    asked = {"unit": team.code, "months": "3", "kind_of_work": "home_visit"}

    response = psw_client.get(reverse("reports:summary"), asked)

    chosen = response.context["chosen"]
    assert (chosen.unit, chosen.window.length, chosen.kind_of_work) == (team, 3, "home_visit")
    page = response.content.decode()
    for address in (
        reverse("reports:summary_theme", args=[theme.pk]),
        reverse("reports:figures_csv"),
        reverse("reports:coverage"),
    ):
        assert f"{address}?unit={team.code}&amp;months=3&amp;until=" in page
    assert '<option value="home_visit" selected>' in page


def test_another_month_is_another_summary(psw_client, seen):
    before = timezone.localdate().replace(day=1).replace(year=timezone.localdate().year - 1)

    response = psw_client.get(reverse("reports:summary"), {"until": f"{before:%Y-%m}"})

    assert response.context["summary"].observations == 0


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"months": "99"}, id="months"),
        pytest.param({"until": "never"}, id="until"),
        pytest.param({"kind_of_work": "tea"}, id="kind"),
        pytest.param({"criterion": "x"}, id="criterion"),
        pytest.param({"page": "x"}, id="page"),
    ],
)
def test_what_makes_no_sense_is_left_out(psw_client, seen, asked):
    response = psw_client.get(reverse("reports:summary"), asked)

    assert response.status_code == 200
    assert response.context["summary"].observations == 2


def test_the_criterion_over_time_can_be_chosen(psw_client, seen, framework_version):
    chosen = framework_version.criteria.get(code="2.1")

    response = psw_client.get(reverse("reports:summary"), {"criterion": chosen.pk})

    assert response.context["over_time"].criterion == chosen
    assert f'<option value="{chosen.pk}" selected>' in response.content.decode()


# The figures to take away


def downloaded(client, **asked):
    response = client.get(reverse("reports:figures_csv"), asked)
    return list(csv.reader(io.StringIO(response.content.decode().removeprefix("\ufeff"))))


def test_figures_are_downloaded_as_numbers(psw_client, seen):
    head, _, *rows = downloaded(psw_client)

    assert head == ["Figure", "Of what", "Measure", "Count"]
    assert rows[0] == ["All", "Help and protection", "Observations", "2"]
    assert ["Criteria", "1.1 Criterion 1.1", "Evident", "1"] in rows
    assert all(row[3].isdigit() for row in rows)


def test_a_download_is_in_the_audit_log(psw, psw_client, seen, service):
    downloaded(psw_client)

    entry = Entry.objects.get(action=Entry.Action.DOWNLOADED)
    assert (entry.by, entry.unit) == (psw, service)


def test_no_text_runs_in_a_spreadsheet(psw_client, seen, theme):
    theme.name = '=HYPERLINK("x")'
    theme.save()

    names = {row[1] for row in downloaded(psw_client)}

    assert '\'=HYPERLINK("x")' in names


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_text_that_starts_like_a_formula_is_quoted(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(-1) == -1


# Queries


def test_the_summary_takes_the_same_queries_at_any_length(psw_client, seen, theme):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            psw_client.get(reverse("reports:summary"))
        return len(captured)

    for stance in (
        "helps",
        "hinders",
    ):  # where there is none, a query says in how many it was sought
        passage = PassageFactory(observation=seen)
        MentionFactory(passage=passage, theme=theme, confirmed=True, stance=stance)
    recount_all()
    queries()  # what is read once, on the first request
    few = queries()
    for _ in range(8):
        observation = ObservationFactory(
            unit=seen.unit,
            observer=seen.observer,
            framework_version=seen.framework_version,
            observed_on=date.today(),
            submitted=True,
        )
        passage = PassageFactory(observation=observation)
        MentionFactory(passage=passage, theme=theme, confirmed=True, stance="hinders")
        RatingFactory(observation=observation).passages.add(passage)
    recount_all()

    assert queries() == few + 1  # one insert says whose notes were read now
    assert queries() == few
