{% autoescape off %}{% if sending %}import { flush } from "{{ sending }}";

{% endif %}// Keeps one page and its files, for when there is no signal. No page with anybody's data is kept.
// A newer worker waits until no page uses this one, or until whoever writes says that it may come.

const KEPT = "practicelens-{{ version }}";
const PAGE = "{{ page }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 3000;

// A hotel's network answers whatever is asked with a page of its own.
const isOurs = (path, response) =>
  response.ok &&
  !response.redirected &&
  (path === PAGE
    ? response.headers.has("Offline-Page")
    : !response.headers.get("Content-Type")?.includes("html"));

async function keep(path, cache) {
  const response = await fetch(path, { cache: "reload", credentials: "omit", redirect: "error" });
  if (!isOurs(path, response)) throw new Error(`${path} did not come`);
  await cache.put(path, response);
}

const kept = async (path) => (await caches.open(KEPT)).match(path);

async function pageSoon() {
  const signal = AbortSignal.timeout(PATIENCE);
  const fresh = await fetch(PAGE, { signal, redirect: "error" }).catch(() => null);
  return fresh && isOurs(PAGE, fresh) ? fresh : ((await kept(PAGE)) ?? Response.error());
}

addEventListener("install", (event) =>
  event.waitUntil(caches.open(KEPT).then((cache) => Promise.all(FILES.map((path) => keep(path, cache))))),
);
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("practicelens-") && name !== KEPT;
  const forget = async () => Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
  event.waitUntil(forget().then(() => clients.claim()));
});
{% if sending %}// There is a signal again, though perhaps no page is open: what waits is sent, by the same lock as
// pages send by. Where the server can't be reached the browser asks again.
async function sendWhatWaits() {
  if ((await flush()) === null) throw new Error("not reached");
  new BroadcastChannel("practicelens").postMessage("sent");
}
addEventListener("sync", (event) => event.waitUntil(sendWhatWaits()));
{% endif %}addEventListener("message", (event) => event.data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(pageSoon());
  else if (request.mode === "navigate")
    event.respondWith(fetch(request).catch(async () => (await kept(PAGE)) ?? Response.error()));
  else if (FILES.includes(pathname))
    event.respondWith(kept(pathname).then((file) => file ?? fetch(request)));
});
{% endautoescape %}
