"""What is shown round every page: whose it is, its language, and the doors that open."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from practicelens.people import telling
from practicelens.people.devices import device_of
from practicelens.people.kept_words import waiting_for
from practicelens.people.permissions import Act

# Each door: whoever can do this has it, under this name, at this address.
DOORS = [
    (Act.WRITE_OBSERVATIONS, "Home", "home"),
    (Act.READ_OBSERVATIONS, "Observations", "observations:list"),
    (Act.DECIDE_THEMES, "Review themes", "observations:review"),
    (Act.READ_SUMMARIES, "Summaries", "reports:summary"),
    (Act.WRITE_BRIEFINGS, "Briefings", "reports:briefings"),
    (Act.WRITE_OBSERVATIONS, "Framework", "frameworks:list"),
    (Act.BE_OBSERVED, "My observations", "observations:shared"),
    (Act.BE_OBSERVED, "My data", "observations:held"),
    (Act.BE_OBSERVED, "What leaders decided", "reports:decided"),
    (Act.READ_BRIEFINGS, "Briefings", "reports:briefings"),
    (Act.DECIDE_RECOMMENDATIONS, "Decisions", "reports:recommendations"),
    (Act.KEEP_FRAMEWORKS, "Frameworks", "frameworks:list"),
    (Act.KEEP_FRAMEWORKS, "Codebooks", "frameworks:themes"),
    (Act.KEEP_FRAMEWORKS, "Standards", "frameworks:standards"),
    (Act.KEEP_FRAMEWORKS, "What changed", "frameworks:change_notes"),
    (Act.READ_LOG, "Audit log", "audit:log"),
    (Act.READ_LOG, "Roles that wait", "people:waiting"),
    (Act.KEEP_PEOPLE, "People", "people:list"),
    (Act.KEEP_PEOPLE, "Teams and services", "people:units"),
    (Act.KEEP_PEOPLE, "Background jobs", "reports:runs"),
]

# Pages that lie behind a door though their addresses do not begin with its own: the first door
# that someone has is theirs.
BEHIND = {
    ("observations:review", "frameworks:themes"): [
        "observations:themes",
        "observations:early_signs",
        "observations:emerging",
        "observations:recodings",
    ],
    ("frameworks:list",): ["observations:systems"],
    ("people:list",): ["people:set_up"],
}


def furniture(request):
    """Read only when a template asks, and then in two queries at most; none for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "organisation": "PracticeLens",
            "navigation": [],
            "lang": "en-GB",
            "words_wait": False,
            "mail_is_off": telling.mail_is_off(),
            "is_known_device": device_of(request) is not None,
        }
    top = SimpleLazyObject(lambda: user.organisation)
    return {
        "organisation": SimpleLazyObject(lambda: top.name),
        "navigation": SimpleLazyObject(lambda: doors_for(user.acts, request.path)),
        "lang": SimpleLazyObject(lambda: top.language),
        "words_wait": SimpleLazyObject(lambda: words_wait(request)),
        "mail_is_off": telling.mail_is_off(),
        "is_known_device": device_of(request) is not None,
    }


def words_wait(request):
    """Whether words are kept that this page does not show; asked once something was kept."""
    if not request.session.get("words_wait"):
        return False
    shown = getattr(request, "kept_words", None)
    waiting = waiting_for(request)
    return (waiting if shown is None else waiting.exclude(pk__in=shown.values("pk"))).exists()


def doors_for(acts, path):
    """The doors of whoever can do all this: no address and no name twice."""
    doors = {}
    for act, name, address in DOORS:
        if act in acts and address not in doors:
            doors[address] = name
    shown = [{"name": name, "url": reverse(address)} for address, name in doors.items()]
    urls = [door["url"] for door in shown]
    here = behind(path, urls) or door_of(path, urls)
    return [door | {"current": door["url"] == here} for door in shown]


def behind(path, urls):
    """The door that BEHIND gives a page, if it is among these; else None."""
    for names, pages in BEHIND.items():
        if any(path.startswith(reverse(page)) for page in pages):
            return next((url for url in map(reverse, names) if url in urls), None)
    return None


def door_of(path, urls):
    """The door behind which a page lies: the longest address that its own begins with."""
    above = [url for url in urls if url == path or (url != "/" and path.startswith(url))]
    return max(above, key=len, default=None)
