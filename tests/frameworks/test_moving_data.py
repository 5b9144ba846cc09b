"""What migrations do to rows that were there before them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from frameworks.models import FrameworkVersion, Theme, ThemeDraft
from tests.factories import FrameworkVersionFactory, ThemeDraftFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def migration(name):
    return import_module(f"frameworks.migrations.{name}")


def test_themes_that_briefings_knew_by_their_codes_say_what_they_tell_of():
    for code in ("family-voice", "good-work", "computer", "process", "travel"):
        ThemeDraftFactory(theme=ThemeFactory(code=code))

    migration("0017_themes_that_came_with_it").say_what_they_tell_of(apps, connection)

    told = {
        "family-voice": "family",
        "good-work": "good work",
        "computer": "system",
        "process": "system",
        "travel": "condition",
    }
    assert dict(Theme.objects.values_list("code", "tells_of")) == told
    assert dict(ThemeDraft.objects.values_list("theme__code", "tells_of")) == told


@pytest.mark.parametrize(("code", "first"), [("working-alongside", "1.3"), ("another", None)])
def test_published_versions_that_came_with_it_show_first_what_they_did(code, first):
    version = FrameworkVersionFactory(framework__code=code, draft=True)
    criterion = version.criteria.get(code="1.2")
    criterion.code = "1.3"
    criterion.save()
    other = FrameworkVersionFactory()
    version.published_at, version.published_by = other.published_at, other.published_by
    version.save()

    with connection.cursor() as cursor:
        cursor.execute(migration("0019_shown_first_of_working_alongside").SET)

    version = FrameworkVersion.objects.get(pk=version.pk)
    assert (version.shown_first and version.shown_first.code) == first
