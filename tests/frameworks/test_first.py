"""What work is about decides which criteria an observer is shown first."""

import pytest
from django.urls import reverse

from frameworks.lists.actions import put_first
from frameworks.lists.offered import first_of
from frameworks.models import Criterion, FrameworkVersion
from frameworks.starters import loading
from frameworks.versions import drafting
from observations.models import Observation, Rating
from observations.notes.forms.entries import prompts_of
from practicelens.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(framework_version, framework_admin):
    """The second criterion, which alone comes first in supervision."""
    criterion = framework_version.criteria.order_by("position")[1]
    put_first(
        version=framework_version, about="supervision", criteria=[criterion], by=framework_admin
    )
    return criterion


def rows(client, draft):
    form = client.get(reverse("observations:section", args=[draft.key, "criteria"])).context["form"]
    return [[row["criterion"].code for row in part] for part in form.parted()]


def about(draft, about):
    Observation.objects.filter(pk=draft.pk).update(is_about=about)


def test_what_comes_first_is_by_what_the_work_is_about(psw_client, draft, second):
    assert rows(psw_client, draft) == [["1.1", "1.2", "2.1"], []]

    about(draft, "supervision")
    assert rows(psw_client, draft) == [["1.2"], ["1.1", "2.1"]]


def test_what_was_answered_is_never_folded(psw_client, draft, second):
    about(draft, "supervision")
    criterion = draft.framework_version.criteria.get(code="2.1")
    Rating.objects.create(**draft.place, criterion=criterion, outcome="missed")

    assert rows(psw_client, draft) == [["1.2", "2.1"], ["1.1"]]


def test_all_criteria_are_saved_from_one_page_and_only_what_changed(psw_client, draft):
    address = reverse("observations:section", args=[draft.key, "criteria"])
    first = draft.framework_version.criteria.earliest("position")
    level = draft.framework_version.scale.levels.get(code="evident")
    sent = {f"answer_{first.pk}": f"level-{level.pk}", f"evidence_{first.pk}": "She said so."}
    sent |= {f"answer_{each.pk}": "not_seen" for each in draft.framework_version.criteria.all()[1:]}

    answer = psw_client.post(address, {**sent, "then": "on", "base_revision": "0"})

    assert answer.url == reverse("observations:section", args=[draft.key, "my-part"])
    assert [rating.criterion for rating in draft.ratings.all()] == [first]
    assert draft.ratings.get().level == level


def test_prompts_of_what_comes_first_come_first(framework_version, second):
    groups = prompts_of(framework_version, "supervision", about="supervision")
    others = prompts_of(framework_version, "home_visit", about="family")

    assert groups[0][1][0].criterion == second
    assert others[0][1][0].criterion.code == "1.1"


def test_an_admin_chooses_for_a_published_version(framework_admin_client, framework_version):
    address = reverse(
        "frameworks:first",
        args=[framework_version.framework.address, framework_version.number, "meeting"],
    )
    criterion = framework_version.criteria.first()

    framework_admin_client.post(address, {"criteria": [criterion.pk]})

    assert list(first_of(framework_version, "meeting")) == [criterion.pk]
    assert Entry.objects.latest("pk").changes == {"first for meeting": [None, criterion.code]}
    form = framework_admin_client.get(address).context["form"]
    assert form["criteria"].value() == [criterion.pk]
    assert framework_admin_client.get(address.replace("meeting", "tea")).status_code == 404


def test_the_next_version_begins_with_what_came_first(framework_version, second, framework_admin):
    later = drafting.start(framework=framework_version.framework, by=framework_admin)

    codes = Criterion.objects.filter(pk__in=first_of(later, "supervision")).values_list("code")
    assert list(codes) == [(second.code,)]


def test_what_is_shipped_asks_supervision_nothing_of_families_at_the_table(organisation):
    loading.load_shared()
    version = loading.load_framework_version(
        loading.WORKING_ALONGSIDE[2], unit=organisation, number=2
    )
    first = FrameworkVersion.objects.get(pk=version.pk).criteria.filter(
        pk__in=first_of(version, "supervision")
    )

    codes = set(first.values_list("code", flat=True))
    assert {"6.1", "6.2"} <= codes
    assert codes.isdisjoint({"1.1", "1.2", "5.2"})
