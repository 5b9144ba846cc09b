"""What stands round every page: whose it is, its language, and the doors that open."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from practicelens.people.kept_words import waiting_for
from practicelens.people.models import Role, Unit

# Each door with the name of its address. Where another door has the name already, the last word.
DOORS = {
    Role.Kind.PSW: [
        ("Home", "home"),
        ("Observations", "observations:list"),
        ("Themes", "observations:review"),
        ("Summaries", "reports:summary"),
        ("Briefings", "reports:briefings"),
        ("Framework", "frameworks:list"),
    ],
    Role.Kind.PRACTITIONER: [
        ("Shared with me", "observations:shared"),
        ("What is held on me", "observations:held"),
    ],
    Role.Kind.LEADER: [("Briefings", "reports:briefings"), ("Asks", "reports:asks")],
    Role.Kind.FRAMEWORK_ADMIN: [
        ("Frameworks", "frameworks:list"),
        ("Themes", "frameworks:themes", "Codebook"),
        ("Standards", "frameworks:standards"),
        ("Change notes", "frameworks:change_notes"),
    ],
    Role.Kind.GOVERNANCE: [("Audit log", "audit:log")],
    Role.Kind.SYSTEM_ADMIN: [
        ("People", "people:list"),
        ("Units", "people:units"),
        ("Runs", "reports:runs"),
    ],
}

# Pages that lie behind a door though their addresses do not begin with its own: the first door
# that somebody has is theirs.
BEHIND = {
    ("observations:review", "frameworks:themes"): [
        "observations:themes",
        "observations:signals",
        "observations:emerging",
        "observations:recodings",
    ]
}


def furniture(request):
    """Read only when a template asks, and then in two queries at most; none for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        nothing = {"organisation": "PracticeLens", "navigation": [], "lang": "en-GB"}
        return nothing | {"words_wait": False}
    top = SimpleLazyObject(lambda: top_unit(user) or Unit(name="PracticeLens"))
    return {
        "organisation": SimpleLazyObject(lambda: top.name),
        "navigation": SimpleLazyObject(lambda: doors_for(user.role_kinds, request.path)),
        "lang": SimpleLazyObject(lambda: top.language),
        "words_wait": SimpleLazyObject(lambda: words_wait(request)),
    }


def words_wait(request):
    """Whether something that was kept over an ended session is not saved yet; asked after signing in."""
    return bool(request.session.get("words_wait")) and waiting_for(request).exists()


def top_unit(user):
    """The top of the tree in which the user holds a role."""
    held = user.roles.held().values("unit")
    return Unit.objects.filter(parent=None, reaches__below__in=held).order_by("name").first()


def doors_for(kinds, path):
    """The doors of these roles, joined: no address and no name twice."""
    doors = {}
    for kind in Role.Kind:
        for name, address, *another in DOORS[kind] if kind in kinds else []:
            if address not in doors:
                doors[address] = another[0] if another and name in doors.values() else name
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
