from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from frameworks.models import FrameworkVersion, Level, LevelDescription, Prompt
from tests.factories import (
    ClauseFactory,
    CriterionFactory,
    CrosswalkFactory,
    DomainFactory,
    ExampleFactory,
    FrameworkFactory,
    FrameworkVersionFactory,
    LensFactory,
    LineageFactory,
    PromptFactory,
    ScaleFactory,
    StandardFactory,
    ThemeDraftFactory,
    ThemeFactory,
    UserFactory,
)
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return FrameworkVersionFactory(draft=True)


def add_level(**fields):
    scale = ScaleFactory(code="another", levels=None)
    Level.objects.create(scale=scale, name="Again", **{"position": 5, "code": "again"} | fields)


def test_a_level_has_a_place_of_its_own():
    with refused_by("frameworks_level_position_once"):
        add_level(position=4)


def test_a_level_has_a_code_of_its_own():
    with refused_by("frameworks_level_code_once"):
        add_level(code="evident")


def test_levels_count_from_one():
    with refused_by("frameworks_level_counts_from_one"):
        add_level(position=0)


def test_a_version_number_is_used_once(framework_version):
    with refused_by("frameworks_version_number_once"):
        FrameworkVersionFactory(framework=framework_version.framework, number=1, draft=True)


def test_a_framework_has_one_draft(draft):
    with refused_by("frameworks_version_one_draft"):
        FrameworkVersionFactory(framework=draft.framework, draft=True)


@pytest.mark.parametrize(
    "missing", [{"published_by": None}, {"effective_on": None}, {"change_note": ""}]
)
def test_a_version_is_published_whole(draft, missing):
    whole = {"published_at": timezone.now(), "published_by": UserFactory()}

    with refused_by("frameworks_version_published_whole"):
        FrameworkVersion.objects.filter(pk=draft.pk).update(**whole | missing)


def test_a_version_does_not_retire_before_its_start(framework_version):
    day_before = framework_version.effective_on - timedelta(days=1)
    with refused_by("frameworks_version_not_retired_before_start"):
        FrameworkVersion.objects.update(retired_on=day_before)


def test_a_domain_has_a_code_of_its_own(draft):
    with refused_by("frameworks_domain_code_once"):
        DomainFactory(version=draft, code="1")


def test_a_domain_has_a_place_of_its_own(draft):
    with refused_by("frameworks_domain_position_once"):
        DomainFactory(version=draft, code="9", position=1)


def test_a_criterion_has_a_code_of_its_own(draft):
    with refused_by("frameworks_criterion_code_once"):
        CriterionFactory(domain=draft.domains.first(), code="2.1")


def test_a_criterion_has_a_place_of_its_own(draft):
    with refused_by("frameworks_criterion_position_once"):
        CriterionFactory(domain=draft.domains.first(), position=1)


def test_a_criterion_stands_in_a_domain_of_its_own_version(draft):
    with refused_by("frameworks_criterion_domain_of_its_version"):
        CriterionFactory(domain=DomainFactory(), version=draft, code="9.9")


def test_a_version_shows_first_a_criterion_of_its_own(draft):
    draft.shown_first = FrameworkVersionFactory().criteria.first()
    draft.save()

    with pytest.raises(IntegrityError, match="frameworks_version_shown_first_of_its_own"):
        connection.check_constraints()


@pytest.mark.parametrize("factory", [ThemeFactory, ThemeDraftFactory])
def test_a_theme_tells_of_one_of_four_things(factory):
    with pytest.raises(IntegrityError, match="tells_of"):
        factory(tells_of="weather")


def test_a_level_is_described_once_a_criterion(draft):
    described = LevelDescription.objects.filter(criterion__version=draft).first()

    with refused_by("frameworks_level_described_once"):
        LevelDescription.objects.create(
            criterion=described.criterion, level=described.level, text="Again"
        )


def test_a_prompt_is_of_a_criterion_or_of_a_lens(draft):
    with refused_by("frameworks_prompt_of_a_criterion_or_a_lens"):
        PromptFactory(criterion=draft.criteria.first(), lens=LensFactory())


def test_a_prompt_is_of_something():
    with refused_by("frameworks_prompt_of_a_criterion_or_a_lens"):
        PromptFactory(criterion=None)


def test_lineage_ties_a_pair_once():
    first = LineageFactory(kind="merged")

    with refused_by("frameworks_lineage_pair_once"):
        LineageFactory(
            version=first.version, earlier=first.earlier, later=first.later, kind="merged"
        )


@pytest.mark.parametrize(
    "fields", [{"kind": "new"}, {"kind": "dropped"}, {"earlier": None}, {"later": None}]
)
def test_lineage_has_the_ends_of_its_kind(fields):
    with refused_by("frameworks_lineage_ends_fit_its_kind"):
        LineageFactory(**fields)


def test_a_trend_runs_on_to_one_criterion_only():
    first = LineageFactory()
    other = first.version.criteria.get(code="2.1")

    with refused_by("frameworks_lineage_one_continuation"):
        LineageFactory(version=first.version, earlier=first.earlier, later=other, kind="reworded")


def test_a_standard_ends_after_it_starts():
    with refused_by("frameworks_standard_ends_after_it_starts"):
        StandardFactory(in_force_until=date(2019, 12, 2))


def test_a_clause_number_is_used_once_a_standard():
    clause = ClauseFactory()

    with refused_by("frameworks_clause_number_once"):
        ClauseFactory(standard=clause.standard, number=clause.number)


def test_a_criterion_is_tied_to_a_clause_once():
    tie = CrosswalkFactory()

    with refused_by("frameworks_crosswalk_pair_once"):
        CrosswalkFactory(criterion=tie.criterion, clause=tie.clause)


def test_a_theme_has_a_code_of_its_own():
    theme = ThemeFactory()

    with refused_by("frameworks_theme_code_once"):
        ThemeFactory(codebook=theme.codebook, code=theme.code)


# A published version never changes, whoever asks the database.

VERSION = "(SELECT id FROM frameworks_frameworkversion)"
DOMAIN = "(SELECT min(id) FROM frameworks_domain)"
CRITERION = "(SELECT min(id) FROM frameworks_criterion)"
SCALE = "(SELECT scale_id FROM frameworks_frameworkversion)"
CHANGES = {
    "frameworkversion": {
        "UPDATE": "SET change_note = 'Other words'",
        "DELETE": "",
    },
    "domain": {
        "INSERT": f"(version_id, code, name, about, position) VALUES ({VERSION}, '9', '', '', 9)",
        "UPDATE": "SET name = 'Other words'",
        "DELETE": "",
    },
    "criterion": {
        "INSERT": "(version_id, domain_id, code, name, look_for, missed, position)"
        f" VALUES ({VERSION}, {DOMAIN}, '9', '', '', '', 9)",
        "UPDATE": "SET name = 'Other words'",
        "DELETE": "",
    },
    "leveldescription": {
        "INSERT": "(criterion_id, level_id, text)"
        f" VALUES ({CRITERION}, (SELECT min(id) FROM frameworks_level), '')",
        "UPDATE": "SET text = 'Other words'",
        "DELETE": "",
    },
    "prompt": {
        "INSERT": f"(criterion_id, text, position) VALUES ({CRITERION}, '', 9)",
        "UPDATE": "SET text = 'Other words'",
        "DELETE": "",
    },
    "level": {
        "INSERT": "(scale_id, position, code, name, description)"
        f" VALUES ({SCALE}, 9, 'other', '', '')",
        "UPDATE": "SET name = 'Other words'",
        "DELETE": "",
    },
    "lineage": {
        "INSERT": f"(version_id, kind, later_id) VALUES ({VERSION}, 'new', {CRITERION})",
    },
    "frameworkversion_causes": {
        "INSERT": "(frameworkversion_id, cause_id)"
        f" VALUES ({VERSION}, (SELECT min(id) FROM frameworks_cause))",
        "DELETE": "",
    },
    "frameworkversion_lenses": {
        "INSERT": "(frameworkversion_id, lens_id)"
        f" VALUES ({VERSION}, (SELECT min(id) FROM frameworks_lens))",
        "DELETE": "",
    },
}
VERBS = {"INSERT": "INSERT INTO", "UPDATE": "UPDATE", "DELETE": "DELETE FROM"}


@pytest.mark.parametrize(
    ("table", "verb"), [(table, verb) for table, verbs in CHANGES.items() for verb in verbs]
)
def test_a_published_version_and_its_parts_never_change(framework_version, table, verb):
    with refused_by("never changes"), connection.cursor() as cursor:
        cursor.execute(f"{VERBS[verb]} frameworks_{table} {CHANGES[table][verb]}")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE frameworks_lineage SET kind = 'reworded'", "DELETE FROM frameworks_lineage"],
)
def test_the_lineage_of_a_published_version_never_changes(statement):
    draft = LineageFactory().version
    FrameworkVersion.objects.filter(pk=draft.pk).update(
        published_at=timezone.now(), published_by=UserFactory()
    )

    with refused_by("never changes"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_part_can_not_be_moved_into_a_published_version(framework_version, draft):
    with refused_by("never changes"):
        draft.domains.update(version=framework_version)


def test_a_published_version_can_not_become_a_draft_again(framework_version):
    with refused_by("never changes"):
        FrameworkVersion.objects.update(published_at=None, published_by=None)


def test_a_published_version_may_retire(framework_version):
    FrameworkVersion.objects.update(retired_on=date(2026, 9, 1))

    framework_version.refresh_from_db()
    assert framework_version.retired_on == date(2026, 9, 1)


def test_a_draft_and_its_parts_may_change_and_go(framework_version, draft):
    draft.domains.update(name="Other words")
    draft.criteria.update(name="Other words")
    draft.causes.clear()

    draft.delete()

    assert FrameworkVersion.objects.get() == framework_version


def test_an_example_may_join_a_published_criterion(framework_version):
    example = ExampleFactory(criterion=framework_version.criteria.first())

    assert example.pk


def test_the_prompts_of_a_lens_may_grow_while_versions_use_it(framework_version):
    lens = framework_version.lenses.get()

    PromptFactory(criterion=None, lens=lens)

    assert Prompt.objects.filter(lens=lens).exists()


def test_an_unused_framework_may_go():
    framework = FrameworkFactory()

    framework.delete()

    assert not type(framework).objects.exists()
