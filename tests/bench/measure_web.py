"""Saving a section, the list, and what a page weighs, each beside the barest thing that would do.

All in this process, without a server in between: what is left is what the product adds.
"""

import gzip
import re
import uuid
from functools import partial
from urllib.parse import urljoin

from django import forms
from django.core.paginator import Paginator
from django.db import connection, models
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.templatetags.static import static
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from frameworks.models import FrameworkVersion
from observations.models import Observation, SectionSave
from practicelens.people.models import Unit
from practicelens.urls import urlpatterns as product_urls
from tests.bench.frame import head
from tests.bench.timing import all_of, counted, side_by_side

TIMES = 12  # as many as of other things: these are short
KILOBYTE = 1_000


def measure(databases, run):
    with override_settings(ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__):
        with databases.of(run.base):
            yield save_a_section(run)
        for size in run.sizes:
            with databases.of(size):
                yield list_observations(size, run)
        yield queries_of_the_list(databases, run)
        with databases.of(run.base):
            yield weight_of_a_page(run.base)
            yield weight_of_the_first_form(run.base)


def bare_client():
    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.handler.load_middleware()  # none, and none later: a handler loads them once
    return client


def signed_in():
    client = Client()
    client.force_login(head())
    return client


# Saving


def save_a_section(run):
    draft = Observation.objects.create(
        unit=Unit.objects.teams().first(),
        observer=head(),
        framework_version=FrameworkVersion.objects.latest("pk"),
        kind_of_work="home_visit",
    )
    return side_by_side(
        "saving a section, to a bare ModelForm view",
        run.base,
        saved_by_the_product(draft),
        saved_barely(draft),
        at_most=3,
        times=TIMES * run.times,
    )


def typed():
    return {"reflection_effect": f"They sat up: {uuid.uuid4()}", "reflection_asks": "To listen."}


def saved_by_the_product(draft):
    client, address = signed_in(), reverse("observations:section", args=[draft.key, "my-part"])

    def save():
        saved = SectionSave.objects.filter(observation=draft).values_list("revision", flat=True)
        sent = {"base_revision": saved.first() or 0, "window": uuid.uuid4(), **typed()}
        assert client.post(address, sent).status_code == 302

    return save


def saved_barely(draft):
    client = bare_client()

    def save():
        assert client.post(f"/bare/{draft.pk}/", typed()).status_code == 302

    return save


class BareForm(forms.ModelForm):
    class Meta:
        model = Observation
        fields = ["reflection_effect", "reflection_asks"]


def bare(request, pk):
    """As plain Django has it, which tries every constraint of the model."""
    note = Observation.objects.get(pk=pk)
    note.get_constraints = partial(models.Model.get_constraints, note)
    BareForm(request.POST, instance=note).save()
    return HttpResponseRedirect("/")


# The list


def list_observations(size, run):
    product, reference = signed_in(), bare_client()
    return side_by_side(
        "list page, with permissions, to a bare list view",
        size,
        lambda: opened(product, reverse("observations:list")),
        lambda: opened(reference, "/bare/"),
        at_most=2,
        times=TIMES * run.times // 2,
    )


def opened(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response


def queries_of_the_list(databases, run):
    """Those in the largest archive beyond those in the smallest."""
    found = []
    for size in (run.sizes[0], run.sizes[-1]):
        with databases.of(size):
            client = signed_in()
            opened(client, reverse("observations:list"))
            with CaptureQueriesContext(connection) as queries:
                opened(client, reverse("observations:list"))
            found.append(len(queries))
    more = found[1] - found[0]
    return all_of("queries of the list beyond the smallest archive's", run.sizes[-1], more, 0)


ROWS = """<!doctype html><html><body><table>{% for each in page %}<tr>
<td><a href="/observations/{{ each.key }}/">{{ each.get_kind_of_work_display }}</a></td>
<td>{{ each.unit }}</td><td>{{ each.observer }}</td><td>{{ each.practitioner }}</td>
<td>{{ each.observed_on }}</td></tr>{% endfor %}</table>
Page {{ page.number }} of {{ page.paginator.num_pages }}</body></html>"""


def bare_list(request):
    rows = Observation.objects.select_related("unit", "observer", "practitioner")
    page = Paginator(rows.filter(is_counted=True).order_by("-submitted_at"), 25).get_page(1)
    return HttpResponse(engines["django"].from_string(ROWS).render({"page": page}))


# What a page weighs


def weight_of_a_page(size):
    client = signed_in()
    page = opened(client, reverse("observations:list")).content.decode()
    parts = re.findall(r'<script[^>]+src="([^"]+)"|<link[^>]+href="([^"]+\.css)"', page)
    assert parts
    read = [b"".join(opened(client, one or other).streaming_content) for one, other in parts]
    kilobytes = sum(map(squeezed, read)) / KILOBYTE
    return counted("CSS and JavaScript of a page, by brotli, kB", size, kilobytes, at_most=25)


FONTS = [f"build/fonts/source-sans-3-latin-{weight}-normal.woff2" for weight in (400, 600, 700)]


def weight_of_the_first_form(size):
    """All that a phone fetches to begin an observation: the page, what it links, and three fonts."""
    client = signed_in()
    page = opened(client, reverse("observations:quick_note")).content
    files = linked(client, page.decode(), r'(?:src|href)="(/static/[^"]+)"')
    texts = [read for address, read in files.items() if not address.endswith(".woff2")]
    fonts = [b"".join(opened(client, static(font)).streaming_content) for font in FONTS]
    sent = sum(len(gzip.compress(text)) for text in [page, *texts]) + sum(map(len, fonts))
    kilobytes = sent / KILOBYTE
    return counted("the first page of the form with all it needs, kB", size, kilobytes, at_most=100)


def linked(client, text, pattern, base="/", found=None):
    """{address: content} of the files that a text links, and of the scripts that those import."""
    found = {} if found is None else found
    for link in re.findall(pattern, text):
        address = urljoin(base, link)
        if address in found:
            continue
        found[address] = b"".join(opened(client, address).streaming_content)
        if address.endswith(".js"):
            imported = r'(?:from|import)\s*\(?"(\.[^"]+)"'
            linked(client, found[address].decode(), imported, address, found)
    return found


def squeezed(content):
    import brotli  # of the bench's own packages, which the tests do without

    return len(brotli.compress(content))


urlpatterns = [
    path("bare/<int:pk>/", bare),
    path("bare/", bare_list),
    *product_urls,
]
