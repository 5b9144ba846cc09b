"""A phone on which observations are written without a signal, as the tests handle it."""

import time

from django.urls import reverse
from playwright.sync_api import expect

SHELL = reverse("observations:offline")
ASKING = "**/observations/offline/*/"
SENDING = "**/observations/offline/send/"
SOON = 40  # seconds; only a fault waits so long


class Phone:
    """The page that opens without a signal, in one tab."""

    def __init__(self, page, is_open=False):
        self.page, self.posts = page, []
        page.context.on("request", self.note)
        if is_open:
            return
        expect(page.get_by_role("link", name="New observation")).to_be_visible()
        self.until(lambda: page.evaluate(IS_READY))

    def note(self, request):
        if request.url.endswith("/offline/send/"):
            self.posts.append(request.url)

    def begin(self):
        self.page.get_by_role("link", name="New observation").click()
        self.page.get_by_label("Which team?").select_option(label=self.team())
        self.page.get_by_label("What kind of work?").select_option("home_visit")
        self.page.get_by_role("button", name="Begin").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Home visit")

    def team(self):
        return self.page.get_by_label("Which team?").locator("option").nth(1).inner_text()

    def write(self, text):
        box(self.page).fill(text)
        expect(self.status).to_contain_text("Saved on this device")
        self.until(lambda: self.page.evaluate(KEPT, text))

    def finish(self, how="Send as a draft"):
        self.page.get_by_role("button", name=how).click()
        expect(self.page.get_by_role("link", name="New observation")).to_be_visible()

    def put_down(self, text):
        """Begun, written and finished."""
        self.begin()
        self.write(text)
        self.finish()

    def lose_signal(self):
        self.page.context.set_offline(True)

    def find_signal(self):
        self.page.context.set_offline(False)

    def until(self, holds):
        until(holds, self.page)

    def look_again(self, page=None):
        (page or self.page).evaluate("() => void dispatchEvent(new Event('focus'))")

    def held(self):
        return self.page.evaluate(HELD)

    @property
    def status(self):
        return self.page.locator("[data-save-words]")

    @property
    def waits(self):
        return self.page.locator("[data-waits-words]")


def box(page):
    return page.get_by_label("What happened?").last


def until(holds, page):
    """Wait for what no locator can see: a row, a worker. Meanwhile the page's requests go on."""
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end, "it never came"
        page.wait_for_timeout(50)


IS_READY = f"""async () => Boolean(
  navigator.serviceWorker.controller && await caches.match("{SHELL}"))"""

STORE = 'const store = await import("/static/js/offline/store.js");'

HELD = f"""async () => {{ {STORE}
  return (await store.items()).map(({{id, state, turn}}) => ({{id, state, turn}})); }}"""

# Whether some draft holds this text, read from what is stored.
KEPT = f"""async (text) => {{ {STORE}
  const typed = new URLSearchParams({{text}}).toString().slice(5);
  for (const each of await store.items()) {{
    const content = await store.contentOf(each).catch(() => null);
    if (JSON.stringify(content)?.includes(typed)) return true;
  }}
  return false; }}"""

# So many finished observations, as if they had been written one after the other.
QUEUE = f"""async ([number, unit]) => {{ {STORE}
  const kit = await store.kitOf(await store.fact("person"));
  const {{version, set}} = kit.teams[unit];
  for (let at = 0; at < number; at += 1) {{
    const where = new URLSearchParams({{unit, kind_of_work: "home_visit"}}).toString();
    const seen = new URLSearchParams({{kind: "seen", text: `What was seen, ${{at}}. `.repeat(20)}});
    const sections = {{where, [`passages/${{crypto.randomUUID()}}`]: seen.toString()}};
    const draft = store.newDraft(kit.person, {{version, set, title: "Home visit", sections}});
    await store.put(draft, kit.seal, {{state: "leaving"}});
  }} }}"""

# Everything that a look into the device's stores would find, as text.
DUMP = f"""async () => {{ {STORE}
  const base = await store.base();
  const found = [];
  for (const name of base.objectStoreNames) found.push(...await base.getAll(name));
  const asText = (key, value) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  const kept = [];
  for (const name of await caches.keys()) {{
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {{
      kept.push(request.url, await (await cache.match(request)).text());
    }}
  }}
  const keys = found.filter(each => each.key).map(each => each.key.extractable);
  return [JSON.stringify(found, asText), kept.join("\\n"), keys,
          JSON.stringify([{{...localStorage}}, {{...sessionStorage}}])]; }}"""
