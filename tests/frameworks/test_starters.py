"""The starters: each loads, says where it is from and whose it is, and holds nothing uncertain."""

from datetime import date

import pytest
from django.urls import reverse

from frameworks.models import Framework, Scale, Standard
from frameworks.starters import beginning, loading
from frameworks.versions import actions, checking
from reports.briefings.render import pdf
from tests.reports.sample_content import content
from tests.reports.test_pdf import SHA256, text_of

pytestmark = pytest.mark.django_db

STARTERS = [*beginning.starters()]


@pytest.fixture
def standards():
    return {each.code: each for each in loading.load_standards()}


def clauses(standard):
    return list(standard.clauses.order_by("position").values_list("number", "name"))


# Standards


def test_every_standard_says_where_it_is_from_since_when_and_whose_it_is(standards):
    assert len(standards) == 9
    for standard in standards.values():
        assert standard.unit is None
        assert standard.source
        assert standard.in_force_from >= date(2017, 1, 1)
        assert "named as" in standard.note.lower()


def test_the_change_of_april_2027_is_scheduled(standards):
    now, then = standards["child-and-family-practitioners"], standards["early-career"]

    assert now.followed_by == then
    assert now.in_force_until == then.in_force_from == date(2027, 4, 1)


def test_loading_them_twice_is_once(standards):
    loading.load_standards()

    assert Standard.objects.count() == len(standards)


@pytest.mark.parametrize(
    ("code", "count", "last"),
    [
        ("social-work-england", 6, "Promote ethical practice and report concerns"),
        ("pcf", 9, "Professional leadership"),
        ("child-and-family-practitioners", 10, "Organisational context"),
        ("practice-supervisors", 8, "Performance management and improvement"),
        ("national-framework", 10, "Children in care and care leavers have stable, loving homes"),
        ("ofsted-ilacs", 4, "The experiences and progress of care leavers"),
        ("ifsw-principles", 14, "Professional integrity"),
        ("oranga-tamariki-2017", 8, "Whakamana te tamaiti"),
    ],
)
def test_each_has_its_clauses_in_order(standards, code, count, last):
    found = clauses(standards[code])

    assert len(found) == count
    assert found[-1][1] == last


def test_the_english_practitioner_standard_changes_on_1_april_2027(standards):
    before, after = standards["child-and-family-practitioners"], standards["early-career"]

    assert before.in_force_until == after.in_force_from == date(2027, 4, 1)
    assert clauses(after) == []
    assert "has not confirmed the final names" in after.note


def test_nothing_uncertain_is_in_any_starter(standards):
    for path in [*loading.STANDARDS, *beginning.PATHS]:
        words = path.read_text().lower()
        for left_out in ("[m]", "[v]", "point of entry", "whai ", "ngākau", "creating a context"):
            assert left_out not in words, path.name


# Frameworks


@pytest.mark.parametrize("code", STARTERS)
def test_a_starter_begins_a_draft_that_lacks_nothing(framework_admin_client, organisation, code):
    page = framework_admin_client.post(
        reverse("frameworks:new_from_starter"), {"starter": code, "unit": organisation.pk}
    )

    framework = Framework.objects.get()
    version = framework.versions.get()
    assert page.url == reverse("frameworks:draft", args=[framework.code])
    assert (framework.unit, version.state) == (organisation, "Draft")
    assert "our own wording" in framework.source
    assert framework.licence
    assert checking.what_stops(version) == []
    assert framework_admin_client.get(page.url).status_code == 200


@pytest.mark.parametrize("code", STARTERS)
def test_a_starter_can_be_published_as_it_is(framework_admin, organisation, code):
    version = beginning.begin_from(code=code, unit=organisation, by=framework_admin)

    published = actions.publish(
        version=version,
        by=framework_admin,
        change_note="The first version.",
        effective_on=date(2026, 1, 1),
    )

    assert published.published_at


def test_the_same_starter_twice_is_two_frameworks(framework_admin, organisation):
    for _ in range(2):
        beginning.begin_from(code="restorative-practice", unit=organisation, by=framework_admin)

    codes = Framework.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["restorative-practice", "restorative-practice-2"]


def test_no_starter_is_begun_without_a_choice(framework_admin_client, organisation):
    page = framework_admin_client.post(
        reverse("frameworks:new_from_starter"), {"unit": organisation.pk}
    )

    assert page.status_code == 422
    assert "Choose what to begin from" in page.content.decode()
    assert not Framework.objects.exists()


def test_what_is_not_ours_is_unscored_and_only_ours_has_levels():
    loading.load_shared()
    scales = {code: top["scale"] for code, top in beginning.starters().items()}

    assert scales.pop("working-alongside") == "five-words"
    assert set(scales.values()) == {"strengths-only"}
    assert Scale.objects.get(code="strengths-only").levels.count() == 1


def test_the_te_ao_maori_content_asks_for_advice_and_keeps_its_macrons(standards):
    top = beginning.starters()["oranga-tamariki-reflection"]
    standard = standards["oranga-tamariki-2017"]

    for words in (top["description"], standard.note):
        assert "Take the advice of Māori" in words
    assert "See and engage whānau" in clauses(standard)[2][1]
    names = [each["name"] for domain in top["domain"] for each in domain["criterion"]]
    assert sorted(names) == sorted(name for _, name in clauses(standard))


def test_macrons_come_back_from_a_pdf(standards):
    names = [name for _, name in clauses(standards["oranga-tamariki-2017"])]
    month = content()
    month["sections"][0]["text"] = names

    text = text_of(pdf.render(month, SHA256))

    assert all(name in text for name in names)


def test_people_who_keep_no_framework_begin_none(psw_client):
    assert psw_client.get(reverse("frameworks:new_from_starter")).status_code == 404
