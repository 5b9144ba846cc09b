// Saves a form as it is written. The words stay on the page whatever the server answers, and
// are sent again until they are taken.

const AFTER_LAST_KEY = 2000;
const BEFORE_SAYING_SAVING = 1000;
const BETWEEN_TRIES = 10000;
const LONGEST_WAIT = 15000;

const NO_SIGNAL =
  "No signal. Keep writing: it is kept on this page and saved when there is signal";
const REFUSED =
  "Not saved yet. Keep writing: it is kept on this page, and saving is tried again by itself";

export function keepSaving(form) {
  const status = new Status(form);
  let dirty = false; // something typed that the server has not taken
  let failing = ""; // why the last save failed, if it did: "unreachable" or "refused"
  let running = null; // the save under way, if any: there is never a second beside it
  let timer = null;
  let lettingGo = false; // a form is on its way, now that saving was tried

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  function save() {
    clearTimeout(timer);
    if (!running && dirty) {
      running = send().finally(() => {
        running = null;
        if (dirty) wait(failing ? BETWEEN_TRIES : AFTER_LAST_KEY);
      });
    }
    return running ?? Promise.resolve();
  }

  async function send() {
    dirty = false;
    const slow = setTimeout(() => status.show("saving", "Saving…"), BEFORE_SAYING_SAVING);
    try {
      failing = take(await post(form)) ? "" : "refused";
    } catch {
      status.show("offline", NO_SIGNAL);
      failing = "unreachable";
    } finally {
      clearTimeout(slow);
    }
    dirty ||= Boolean(failing);
  }

  // What the server says of the save; true when the words are safe there.
  function take({ code, answer }) {
    if (answer.csrf) setToken(form, answer.csrf);
    if (code === 401) {
      status.show("signed-out", "You have been signed out. ", {
        url: answer.sign_in_url,
        words: "Sign in again in another tab",
        after: ", then carry on here",
        elsewhere: true,
      });
      return false;
    }
    if (code === 409) {
      status.show("conflict", `This note was also changed at ${answer.changed_at}. Both are kept. `, {
        url: answer.conflict_url,
        words: "Choose what to keep",
      });
      return true;
    }
    if (!answer.saved_at) {
      status.show("offline", REFUSED);
      return false;
    }
    const base = form.elements.namedItem("base_revision");
    if (base && answer.revision !== undefined) base.value = answer.revision;
    status.show("saved", `Saved ${answer.saved_at}`);
    return true;
  }

  // Saves until nothing is left, or until a save fails.
  async function settle() {
    do await save();
    while (!failing && (dirty || running));
  }

  // Saved first: with no signal the browser would show a page of its own instead of the words,
  // and another form of the page (one that settles a name, say) may change the same text.
  async function submitAfterSaving(other, submitter) {
    await settle();
    if (failing === "unreachable") return;
    lettingGo = true;
    other.requestSubmit(submitter);
    lettingGo = false;
  }

  form.addEventListener("input", () => {
    dirty = true;
    wait(failing ? BETWEEN_TRIES : AFTER_LAST_KEY);
  });
  form.addEventListener("change", () => {
    dirty = true;
    save();
  });
  document.addEventListener("submit", (event) => {
    if (!lettingGo && (dirty || running)) {
      event.preventDefault();
      submitAfterSaving(event.target, event.submitter);
    } else if (event.target === form) {
      clearTimeout(timer);
      dirty = false;
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!(dirty || running) || !leavesPage(event, link)) return;
    event.preventDefault();
    settle().then(() => location.assign(link.href));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  // The last moment: better two saves at once, and two versions to choose from, than words lost.
  window.addEventListener("pagehide", () => {
    if (running && dirty) request(form).catch(() => {});
    else save();
  });
  for (const moment of ["online", "focus"]) {
    window.addEventListener(moment, () => failing && save());
  }
  window.addEventListener("beforeunload", (event) => {
    if (dirty && failing) event.preventDefault();
  });
}

// One post, and a second with a new token if the first was out of date after signing in again.
async function post(form) {
  let response = await request(form);
  if (response.status === 403) {
    await renewToken(form);
    response = await request(form);
  }
  const json = response.headers.get("Content-Type")?.includes("json");
  return { code: response.status, answer: json ? await response.json() : {} };
}

// `keepalive` lets a save outlive its page, but browsers refuse it for long notes.
async function request(form) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.getAttribute("action") || location.href, {
    method: "POST",
    body,
    headers: { "X-Autosave": "1", Accept: "application/json" },
    credentials: "same-origin",
    keepalive: body.toString().length < 60000,
    signal: AbortSignal.timeout(LONGEST_WAIT),
  });
}

async function renewToken(form) {
  const page = await (await fetch(location.href, { credentials: "same-origin" })).text();
  const fresh = new DOMParser()
    .parseFromString(page, "text/html")
    .querySelector("input[name=csrfmiddlewaretoken]");
  if (fresh) setToken(form, fresh.value);
}

function setToken(form, token) {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (field) field.value = token;
}

function leavesPage(event, link) {
  return (
    link &&
    event.button === 0 &&
    !(event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
    !link.target &&
    !link.download &&
    link.href.split("#")[0] !== location.href.split("#")[0]
  );
}

// What is shown, and the quieter matter of what is said aloud: a state once, not at each save.
class Status {
  constructor(form) {
    this.place =
      form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]");
    this.said = "";
    this.voice = document.createElement("span");
    this.voice.className = "govuk-visually-hidden";
    this.voice.setAttribute("role", "status");
    form.append(this.voice);
  }

  show(state, words, link) {
    if (this.place) {
      this.place.dataset.state = state;
      const line = this.place.querySelector("[data-save-words]") ?? this.place;
      line.replaceChildren(words, ...(link ? [anchor(link), link.after ?? ""] : []));
    }
    if (state === "saving" || state === this.said) return;
    this.said = state;
    this.voice.textContent = words + (link ? link.words + (link.after ?? "") : "");
  }
}

function anchor({ url, words, elsewhere }) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = url;
  link.textContent = words;
  if (elsewhere) link.target = "_blank";
  return link;
}
