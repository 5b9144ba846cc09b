"""The first page of the form on a slow phone: how long until someone can write in it.

Chromium with a processor six times slower and a line as Lighthouse's slow 4G has it: 150 ms there and
back, 1.6 megabits a second down, 0.75 up. The product serves from a thread of this process, texts
squeezed as a server would send them.
"""

import gzip
import os
from statistics import median

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.bench.frame import head
from tests.bench.timing import counted
from tests.browser.conftest import sign_in_by_cookie
from tests.browser.serving import Server

SLOWER = 6
KILOBIT = 1_000 / 8
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600 * KILOBIT,
    "uploadThroughput": 750 * KILOBIT,
}
PHONE = {"width": 360, "height": 640}
SECOND = 1_000
SQUEEZED = ("text/", "application/json", "application/manifest")

# When it is drawn, and when its scripts have run: what comes later of the two.
USABLE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [drawn] = performance.getEntriesByName("first-contentful-paint");
  const box = document.querySelector("textarea");
  return box ? Math.max(drawn.startTime, page.domContentLoadedEventEnd) : null; }"""


def measure(databases, run):
    with databases.of(run.base), override_settings(ALLOWED_HOSTS=["*"]):
        first, again = times_on_a_phone(run.times)
        name = "the first page of the form on a slow phone, ms to use"
        yield counted(f"{name}, first", run.base, median(first), at_most=SECOND)
        yield counted(f"{name}, again", run.base, median(again), at_most=SECOND)


class Squeezing(StaticFilesHandler):
    """Sends texts as a server before the product does: by gzip."""

    def get_response(self, request):
        return squeezed(super().get_response(request))


def squeezed(response):
    if not response.get("Content-Type", "").startswith(SQUEEZED) or response.status_code != 200:
        return response
    read = b"".join(response) if response.streaming else response.content
    if response.streaming:
        response.streaming_content = [gzip.compress(read)]
    else:
        response.content = gzip.compress(read)
    response["Content-Encoding"] = "gzip"
    response.headers.pop("Content-Length", None)
    return response


def times_on_a_phone(times):
    """Milliseconds of a first visit, with nothing kept, and of the next one; so many of each."""
    server = Server("127.0.0.1", static_handler=Squeezing)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=os.environ["PL_CHROMIUM"])
            pairs = [visits(browser, server) for _ in range(max(times, 1))]
            browser.close()
        server.wait_until_idle()
    finally:
        server.terminate()
    return zip(*pairs, strict=True)


def visits(browser, server):
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    sign_in_by_cookie(context, head(), server.address)
    found = [visit(context, server) for _ in range(2)]
    context.close()
    return found


def visit(context, server):
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{server.address}{reverse('observations:quick_note')}", wait_until="load")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    found = page.evaluate(USABLE)
    page.close()
    assert found, "there is no box to write in"
    return found
