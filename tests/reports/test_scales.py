"""Each shipped scale, from an observer's form to a summary: of one, of four and of eleven levels."""

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Scale
from frameworks.starters import loading
from frameworks.versions import checking
from observations.notes import actions
from reports import figures
from reports.cells.rollup import recount_all
from reports.charts import draw
from reports.periods import rolling
from reports.summaries import summarise
from tests.factories import FrameworkVersionFactory, ObservationFactory, PassageFactory

pytestmark = pytest.mark.django_db

SCALES = {"strengths-only": 1, "five-words": 4, "ofsted-four": 4, "safety-0-10": 11}


@pytest.fixture(params=SCALES)
def scale(request):
    loading.load_shared()
    return Scale.objects.get(code=request.param)


@pytest.fixture
def version(organisation, scale):
    made = FrameworkVersionFactory(framework__unit=organisation, scale=scale, draft=True)
    if not scale.is_described:
        for criterion in made.criteria.all():
            criterion.level_descriptions.all().delete()
    assert checking.what_stops(made) == []
    return made


@pytest.fixture
def published(version, framework_admin):
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()
    return version


def rated(client, version, team, psw, level):
    """A note whose first criterion is rated in the browser, submitted."""
    reflection = {"reflection_effect": "Quieter.", "reflection_asks": "Patience."}
    note = ObservationFactory(unit=team, observer=psw, framework_version=version, **reflection)
    passage = PassageFactory(observation=note, text="She said it in her own words.", kind="seen")
    criterion = version.criteria.order_by("position").first()
    address = reverse("observations:section", args=[note.key, f"ratings-{criterion.domain.code}"])
    shown = client.get(address).content.decode()
    data = {f"answer_{criterion.pk}": f"level-{level.pk}", f"passages_{criterion.pk}": passage.pk}
    client.post(address, data)
    note.refresh_from_db()
    actions.submit(observation=note, by=psw)
    return shown


def test_a_note_rated_on_it_reaches_the_summary(psw_client, psw, team, published, scale):
    levels = list(scale.levels.order_by("position"))
    assert len(levels) == SCALES[scale.code]

    for level in (levels[0], levels[-1], levels[-1]):
        shown = rated(psw_client, published, team, psw, level)
    recount_all()

    assert all(f">{level.name}</label>" in shown for level in levels)
    row = summarise(team.parent, rolling(timezone.localdate())).criteria[0]
    assert row.seen == sum(row.counts) == 3
    assert row.counts[-1] >= 2
    page = psw_client.get(reverse("reports:summary"))
    assert page.status_code == 200
    assert levels[-1].name in page.content.decode()
    criterion = psw_client.get(reverse("reports:summary_criterion", args=[row.criterion.pk]))
    assert criterion.status_code == 200


def test_its_chart_is_drawn_and_told_in_a_table(psw_client, psw, team, published, scale):
    levels = list(scale.levels.order_by("position"))
    for level in [levels[0]] * 2 + [levels[-1]] * 6:
        rated(psw_client, published, team, psw, level)
    recount_all()
    summary = summarise(team.parent, rolling(timezone.localdate()))

    for for_leaders in (False, True):
        chart = figures.levels(summary, for_leaders=for_leaders)
        drawn = [draw(chart, size) for size in ("wide", "narrow", "print")]
        assert all("<svg" in each for each in drawn)
        widths = {len(cells) for cells in chart["table"]["rows"]}
        assert widths == {len(chart["table"]["head"])}
        assert widths <= {4, 5, 7} or not for_leaders
