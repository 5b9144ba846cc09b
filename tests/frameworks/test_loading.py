import tomllib
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.db.models import Count

from frameworks.models import (
    Cause,
    Clause,
    Codebook,
    Criterion,
    Crosswalk,
    Example,
    Framework,
    FrameworkVersion,
    Lens,
    Level,
    LevelDescription,
    Lineage,
    Prompt,
    Scale,
    Standard,
    Theme,
)
from frameworks.starters import loading
from frameworks.starters.files import STARTERS, WORKING_ALONGSIDE, StarterFault
from frameworks.versions import actions
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

MODELS = [Cause, Clause, Codebook, Criterion, Crosswalk, Example, Framework, FrameworkVersion]
MODELS += [Lens, Level, LevelDescription, Lineage, Prompt, Scale, Standard, Theme]


def everything():
    return [serialize("json", model.objects.order_by("pk")) for model in MODELS]


def load_starters(unit, *arguments):
    out = StringIO()
    call_command("load_starters", "--unit", unit.code, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def version_1(organisation):
    """Version 1 of the shipped framework, published."""
    loading.load_shared()
    draft = loading.load_framework_version(WORKING_ALONGSIDE[1], unit=organisation, number=1)
    return actions.publish(
        version=draft,
        by=UserFactory(),
        change_note=draft.change_note,
        effective_on=date(2025, 6, 1),
    )


@pytest.fixture
def version_2(version_1, organisation):
    return loading.load_framework_version(WORKING_ALONGSIDE[2], unit=organisation, number=2)


def test_shared_rows_are_loaded_whole():
    loading.load_shared()

    levels = Level.objects.filter(scale__code="five-words").order_by("position")
    assert [level.code for level in levels] == ["not_yet", "emerging", "evident", "strong"]
    assert Cause.objects.count() == 8
    assert not Lens.objects.annotate(asks=Count("prompts")).filter(asks=0).exists()


def test_version_2_has_every_criterion_with_its_levels_prompts_and_missed(version_2):
    criteria = version_2.criteria.annotate(
        levels=Count("level_descriptions", distinct=True), asks=Count("prompts", distinct=True)
    ).order_by("position")

    assert [each.code for each in criteria][:4] == ["1.1", "1.2", "1.3", "1.4"]
    assert len(criteria) == 20
    assert all(each.levels == 4 and each.asks and each.missed for each in criteria)
    assert version_2.domains.count() == 6


def test_version_1_is_the_base_with_its_overlay(version_1):
    codes = set(version_1.criteria.values_list("code", flat=True))
    invited = version_1.criteria.get(code="2.2")

    assert "4.3" not in codes
    assert len(codes) == 19
    assert invited.name == "Wider family is invited"
    assert invited.level_descriptions.get(level__code="evident").text.startswith("Relatives were")
    assert version_1.criteria.get(code="2.3").name.startswith("Culture and identity")


def test_lineage_names_what_changed_and_the_rest_is_the_same(version_1, version_2):
    loading.load_lineage(version_2, version_1)

    kinds = dict(version_2.lineage.values_list("later__code", "kind"))
    assert kinds.pop("2.2") == "reworded"
    assert kinds.pop("4.3") == "new"
    assert set(kinds.values()) == {"same"}
    assert len(kinds) == 18


def test_the_codebook_has_fourteen_themes_in_order(organisation):
    loading.load_shared()

    codebook = loading.load_codebook(organisation)

    themes = list(codebook.themes.order_by("position"))
    assert [themes[0].code, themes[-1].code, len(themes)] == ["family-voice", "good-work", 14]
    assert all(theme.keywords and theme.examples and theme.use_when for theme in themes)


def test_the_starters_say_what_the_code_does_not(version_1, version_2, organisation):
    codebook = loading.load_codebook(organisation)

    assert version_1.shown_first.code == version_2.shown_first.code == "1.3"
    told = codebook.themes.exclude(tells_of="condition").order_by("position")
    assert dict(told.values_list("code", "tells_of")) == {
        "family-voice": "family",
        "process": "system",
        "computer": "system",
        "good-work": "good work",
    }


def test_the_crosswalk_ties_what_the_version_has(version_1):
    loading.tie_crosswalk(version_1)

    tied = Crosswalk.objects.filter(criterion__version=version_1)
    assert set(tied.values_list("clause__number", flat=True)) == set("123456")
    assert tied.filter(clause__number="6", criterion__code="6.2").exists()


def test_every_criterion_that_the_crosswalk_names_is_in_version_2(version_2):
    named = tomllib.loads(loading.STANDARD.read_text())["crosswalk"]

    codes = set(version_2.criteria.values_list("code", flat=True))
    assert {code for each in named for code in each["criteria"]} <= codes


def test_running_the_command_twice_changes_nothing(organisation):
    publish = ["--publish-as", UserFactory().email, "--effective-on", "2026-01-05"]
    load_starters(organisation, *publish)
    before = everything()

    load_starters(organisation, *publish)

    assert everything() == before


def test_the_command_publishes_as_somebody_from_a_day(organisation):
    admin = UserFactory()

    said = load_starters(organisation, "--publish-as", admin.email, "--effective-on", "2026-01-05")

    version = FrameworkVersion.objects.get()
    assert said == "Loaded Working alongside, version 2.\n"
    assert version.published_by == admin
    assert version.effective_on == date(2026, 1, 5)
    assert version.change_note == "The first version."


def test_the_command_carries_version_1_on_in_version_2(organisation):
    admin = UserFactory()
    publish = ["--publish-as", admin.email, "--effective-on"]
    load_starters(organisation, "--number", "1", *publish, "2025-01-05")

    load_starters(organisation, "--number", "2", *publish, "2026-01-05")

    first, second = FrameworkVersion.objects.order_by("number")
    assert first.retired_on == second.effective_on
    assert second.lineage.count() == 20
    assert second.change_note.startswith("2.2 was about")


def test_the_command_leaves_a_draft_without_a_publisher(organisation):
    load_starters(organisation)

    assert FrameworkVersion.objects.get().state == "Draft"


@pytest.mark.parametrize("arguments", [["--unit", "none"], ["--publish-as", "no@example.org"]])
def test_the_command_says_who_or_what_it_cannot_find(organisation, arguments):
    with pytest.raises(CommandError, match="^No (unit|user) with"):
        call_command("load_starters", "--unit", organisation.code, *arguments)


def test_another_unit_of_the_organisation_does_not_take_over_what_is_loaded(organisation):
    load_starters(organisation)

    with pytest.raises(CommandError, match="belongs to Harrow"):
        load_starters(UnitFactory(parent=organisation))


def copied(folder, name, *replaced):
    for path in STARTERS.glob("*.toml"):
        (folder / path.name).write_text(path.read_text())
    text = (folder / name).read_text()
    for was, is_now in replaced:
        assert was in text
        text = text.replace(was, is_now, 1)
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize(
    ("was", "is_now", "words"),
    [
        pytest.param("look_for = ", "looking = ", "criterion 1.1, look_for: is missing", id="key"),
        pytest.param("evident = ", "sighted = ", "'sighted' is not known here", id="level"),
        pytest.param('"no_time"', '"no_tea"', "causes: 'no_tea' is not known", id="cause"),
        pytest.param("hit = ", "bull = ", "criterion 1.1, kind: Value 'bull'", id="example"),
        pytest.param('name = "Being', 'name = "' + "x" * 120, "domain 1, name: ", id="length"),
        pytest.param("\n[[domain]]", "\n[domain", "Expected", id="not TOML"),
    ],
)
def test_a_fault_names_the_file_and_the_key(tmp_path, organisation, was, is_now, words):
    loading.load_shared()
    path = copied(tmp_path, "working-alongside.toml", (was, is_now))

    with pytest.raises(StarterFault, match="^working-alongside.toml") as fault:
        loading.load_framework_version(path, unit=organisation, number=1)

    assert words in str(fault.value)
    assert not Framework.objects.exists()


def test_an_overlay_may_not_name_what_the_base_lacks(tmp_path, organisation):
    loading.load_shared()
    path = copied(tmp_path, "working-alongside-1.toml", ('code = "2.2"', 'code = "9.9"'))

    with pytest.raises(StarterFault, match="9.9 not in working-alongside.toml"):
        loading.load_framework_version(path, unit=organisation, number=1)


@pytest.mark.parametrize(
    ("was", "is_now", "words"),
    [
        pytest.param('from = "2.2"', 'from = "2.9"', "'2.9' is not known here", id="unknown"),
        pytest.param('kind = "new"', 'kind = "same"', "'same' does not go with to", id="ends"),
        pytest.param(
            '[[lineage]]\nto = "4.3"\nkind = "new"', "", "from: '4.3' is not known", id="untold"
        ),
    ],
)
def test_a_faulty_lineage_is_told(tmp_path, version_1, version_2, was, is_now, words):
    path = copied(tmp_path, "working-alongside.toml", (was, is_now))

    with pytest.raises(StarterFault) as fault:
        loading.load_lineage(version_2, version_1, path)

    assert words in str(fault.value)
    assert not version_2.lineage.exists()
