"""Every page that reads the archive, opened by whoever opens it, in archives of each size."""

from statistics import median

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.models import Codebook, Criterion, Standard, Theme
from observations.models import Mention, Observation
from practicelens.people.models import Role
from reports.models import Briefing
from tests.bench.frame import a_practitioner, head, person
from tests.bench.timing import milliseconds


def pages(size, run):
    """(name, milliseconds, queries) of each page."""
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for who, rows in addresses().items():
            client = Client()
            client.force_login(PEOPLE[who]())
            for name, address in rows:
                yield name, *opened(client, address, run.times)


PEOPLE = {
    "practice leader": head,
    "practitioner": a_practitioner,
    "leader": lambda: person(Role.Kind.LEADER),
    "framework admin": lambda: person(Role.Kind.FRAMEWORK_ADMIN),
    "governance": lambda: person(Role.Kind.GOVERNANCE),
    "system admin": lambda: person(Role.Kind.SYSTEM_ADMIN),
}


def opened(client, address, times):
    """The middle of so many times, after one that is not timed; and how many queries it took."""

    def get():
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"

    get()
    with CaptureQueriesContext(connection) as captured:
        get()
    queries = len(captured)  # now: the next request forgets them
    return median(milliseconds(get) for _ in range(times)), queries


def addresses():
    return {
        "practice leader": [
            *observing(),
            *coding(),
            *adding_up(),
            *briefing(),
        ],
        "practitioner": [
            ("shared with me", reverse("observations:shared")),
            ("what is held on me", reverse("observations:held")),
        ],
        "leader": [("briefings, of a leader", reverse("reports:briefings"))],
        "framework admin": [
            ("frameworks", reverse("frameworks:list")),
            ("codebook", reverse("frameworks:codebook", args=[Codebook.objects.get().code])),
        ],
        "governance": [("audit log", reverse("audit:log"))],
        "system admin": [
            ("people", reverse("people:list")),
            ("teams and services", reverse("people:units")),
        ],
    }


def observing():
    note = Observation.objects.counted().latest("pk")
    yield "home", reverse("home")
    yield "observations", reverse("observations:list")
    yield "observations, last page", f"{reverse('observations:list')}?page=9999999"
    yield "observations, searched: kitchen", f"{reverse('observations:list')}?words=kitchen"
    yield "observations, searched: bus late", f"{reverse('observations:list')}?words=bus+late"
    yield "one observation", reverse("observations:observation", args=[note.key])


def coding():
    theme = Theme.objects.earliest("pk")
    yield "review queue", reverse("observations:review")
    yield "one mention", reverse("observations:decide", args=[Mention.objects.latest("pk").pk])
    yield "themes learned", reverse("observations:themes")
    yield "one theme learned", reverse("observations:theme", args=[theme.pk])
    yield "emerging themes", reverse("observations:emerging")
    yield "early signs", reverse("observations:early_signs")
    yield "past observations re-checked", reverse("observations:recodings")


def adding_up():
    theme, criterion = Theme.objects.earliest("pk"), Criterion.objects.latest("pk")
    standard = Standard.objects.filter(clauses__crosswalks__isnull=False).first()
    yield "summary, all teams", reverse("reports:summary")
    yield "summary, one team", f"{reverse('reports:summary')}?unit=t0"
    yield "summary, home visits", f"{reverse('reports:summary')}?kind_of_work=home_visit"
    yield "summary, by clause", f"{reverse('reports:summary')}?read_by={standard.code}"
    yield "summary of a theme", reverse("reports:summary_theme", args=[theme.pk])
    yield "summary of a criterion", reverse("reports:summary_criterion", args=[criterion.pk])
    yield "coverage", reverse("reports:coverage")
    yield "figures.csv", reverse("reports:figures_csv")
    yield "pairs", reverse("reports:pairs")
    yield "how suggestions are made", reverse("reports:how")


def briefing():
    yield "briefings", reverse("reports:briefings")
    for draft in Briefing.objects.all()[:1]:
        yield "one briefing", draft.get_absolute_url()
        yield "one briefing, preview", reverse("reports:preview", args=[draft.key])
    yield "recommendations", reverse("reports:recommendations")
    yield "background jobs", reverse("reports:runs")
