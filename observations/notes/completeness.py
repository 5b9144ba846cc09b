"""What is done and what is left of a draft: the task list, and what stops a submission."""

from dataclasses import dataclass

from django.urls import reverse

from frameworks.models import Codebook
from observations.form_parts import except_words
from observations.life import Do
from observations.models import Rating
from observations.models.choices import NotShared
from practicelens.lengths import length_words

CRITERIA = (
    "criteria"  # the section in which all criteria are rated, those that come first before others
)
RATINGS = "domain-"  # and the key of a domain: a section in which its criteria are rated
WHERE_FIELDS = {
    "part_of_day": "when in the day it was",
    "minutes": "how long it was",
    "setting": "where it was",
    "proximity": "how you observed it",
    "mode": "whether it was in person",
    "family_asked": "whether the family was asked",
}


# What the task list calls each part.
NAMES = {
    "where": "Where and who",
    "passages": "What was seen and heard",
    CRITERIA: "What was seen, by criterion",
    "my-part": "My reflection",
    "meeting": "The meeting",
    "friction": "What helped and got in the way",
    "voices": "What people said",
    "sharing": "Sharing with the practitioner",
    "themes": "Themes, while it is fresh",
}


@dataclass(frozen=True)
class Left:
    """One thing still to do, in words, and the page on which to do it."""

    words: str
    url: str


@dataclass(frozen=True)
class Task:
    """One row of the task list."""

    code: str
    name: str
    hint: str
    status: str  # "Done", "To do", "Optional", "Later", or words such as "1 to check"
    url: str = ""

    @property
    def is_to_do(self):
        return self.status not in ("Done", "Optional", "Later")


def next_after(observation, section):
    """(address, name) of the part that comes after a section; after the last, themes or the check."""
    parts = ["where", "passages", CRITERIA]
    parts += ["meeting"] * observation.has_meeting + ["my-part"]
    kind = CRITERIA if is_of_criteria(section) else section.partition("/")[0]
    if kind not in parts or kind == parts[-1]:
        if asks_for_themes(observation):
            return reverse("observations:fresh_themes", args=[observation.key]), NAMES["themes"]
        return reverse("observations:check", args=[observation.key]), "Check"
    following = parts[parts.index(kind) + 1]
    at = entries_url if following == "passages" else section_url
    return at(observation, following), NAMES[following]


def asks_for_themes(observation):
    """Whether its observer can decide what its passages speak to before it is submitted."""
    if not observation.allows(Do.CODE_FRESH, observation.observer):
        return False
    return Codebook.objects.for_unit(observation.unit).exists()


def section_url(observation, section):
    return reverse("observations:section", args=[observation.key, section])


def is_of_criteria(section):
    """Whether criteria are rated in a section: all of them, or those of a domain."""
    return section == CRITERIA or section.startswith(RATINGS)


def ratings_section(domain):
    """The section in which a domain is rated. A code can hold what no address can: it is not asked."""
    return f"{RATINGS}{domain.pk}"


def entries_url(observation, kind):
    return reverse("observations:entries", args=[observation.key, kind])


def what_is_left(observation):
    """Everything that stops this draft from being submitted, as a list of Left; often empty."""
    return [
        *unread_left(observation),
        *where_left(observation),
        *passages_left(observation),
        *ratings_left(observation),
        *reflection_left(observation),
        *sharing_left(observation),
        *copies_left(observation),
    ]


def copies_left(observation):
    """Parts that were written in two windows, until someone chooses."""
    return [
        Left(f"Choose what to keep of “{name_of(copy.section)}”, written in two windows", url)
        for copy in observation.other_copies.open().order_by("made_at", "pk")
        if (url := reverse("observations:copy", args=[observation.key, copy.pk]))
    ]


def name_of(section):
    """What the task list calls the part that a section is in."""
    kind, _, _ = section.partition("/")
    return NAMES.get(kind, NAMES[CRITERIA])


def unread_left(observation):
    """What was typed and could not be read: it is put right, or taken out of its box."""
    saves = observation.section_saves.exclude(unread={}).order_by("pk")
    return [
        Left(f"{as_quoted(typed)} could not be read: put right {except_words({label: typed})}", url)
        for save in saves
        if (url := url_of(observation, save.section))
        for label, typed in save.unread.items()
    ]


def as_quoted(typed):
    """What is in the boxes of a field, as a quotation."""
    words = " ".join(" ".join(value for values in typed.values() for value in values).split())
    return f"“{words[:40]}{'…' if len(words) > 40 else ''}”"


def url_of(observation, section):
    """The page of a section or of one entry; none of a meeting, where it is none any more."""
    kind, _, key = section.partition("/")
    if kind == "meeting" and not observation.has_meeting:
        return ""
    if key:
        return reverse("observations:entry", args=[observation.key, kind, key])
    return section_url(observation, section)


def where_left(observation):
    url = section_url(observation, "where")
    return [
        Left(f"Say {words}", url)
        for field, words in WHERE_FIELDS.items()
        if getattr(observation, field) in ("", None)
        and not (field == "family_asked" and observation.meets_no_family)
    ]


def passages_left(observation):
    url = entries_url(observation, "passages")
    passages = [passage for passage in observation.passages.by_observer() if passage.text.strip()]
    left = [
        Left(f"Say how you know passage {number}", url)
        for number, passage in enumerate(passages, start=1)
        if not passage.kind
    ]
    if not any(passage.is_quotable_kind for passage in passages) and not left:
        left.append(Left("Write down one thing seen or heard", url))
    return left


def ratings_left(observation):
    url = section_url(observation, CRITERIA)
    ratings = observation.ratings.select_related("criterion").prefetch_related("passages")
    return [
        Left(words, f"{url}#id_answer_{rating.criterion_id}")
        for rating in sorted(ratings, key=lambda rating: rating.criterion.position)
        if (words := rating_lacks(rating))
    ]


def rating_lacks(rating):
    """What a rating still needs before it may count, in words, or an empty string."""
    return answer_lacks(rating, rating.passages.all() if rating.pk else [])


def answer_lacks(rating, passages):
    """What a rating needs before it may count, in words; it may be unsaved, with passages ticked
    for it.

    A level needs one thing seen or heard, a line or a passage of either kind; a miss its cause.
    """
    code = rating.criterion.code
    is_shown = rating.evidence.strip() or any(each.is_quotable_kind for each in passages)
    if rating.outcome == Rating.Outcome.LEVEL and not is_shown:
        return f"{code}: say what shows it, or choose Not seen"
    if rating.outcome == Rating.Outcome.MISSED and rating.cause_id is None:
        return f"{code}: say what got in the way"
    return ""


def reflection_left(observation):
    if observation.reflection_effect.strip():
        return []
    return [Left("Say what your presence may have changed", section_url(observation, "my-part"))]


def sharing_left(observation):
    """A reason of one's own why it is not to be shared wants words."""
    lacks = is_of_someone(observation) and not observation.not_shared_words.strip()
    if not lacks or observation.not_shared_because != NotShared.OTHER:
        return []
    url = reverse("observations:check", args=[observation.key])
    return [Left("Say why it is not shared", f"{url}#id_not_shared_words")]


def is_of_someone(observation):
    """Whether it is of the practice of someone, with whom it can be shared."""
    return observation.practitioner_id is not None and not observation.is_trial


def tasks_needed(observation):
    return [
        where_task(observation),
        passages_task(observation),
        ratings_task(observation),
        Task(
            "my-part",
            NAMES["my-part"],
            "Two short questions about your presence",
            "To do" if reflection_left(observation) else "Done",
            section_url(observation, "my-part"),
        ),
    ]


def where_task(observation):
    facts = [
        observation.get_proximity_display(),
        length_words(observation.minutes) if observation.minutes else "",
        count_of(len(observation.present), "role there", "roles there"),
    ]
    return Task(
        "where",
        NAMES["where"],
        ", ".join(fact for fact in facts if fact) or "When, where, how observed, who was there",
        "To do" if where_left(observation) else "Done",
        section_url(observation, "where"),
    )


def passages_task(observation):
    passages = observation.passages.by_observer().exclude(text="").count()
    to_check = observation.redactions.filter(settled_at=None, passage__isnull=False).count()
    hint = count_of(passages, "passage", "passages") or "What happened, in short pieces"
    if to_check:
        hint += f". {to_check} may name someone"
    status = "To do" if passages_left(observation) else "Done"
    return Task(
        "passages",
        NAMES["passages"],
        hint,
        f"{to_check} to check" if to_check and status == "Done" else status,
        entries_url(observation, "passages"),
    )


def ratings_task(observation):
    total = observation.framework_version.criteria.count()
    seen = observation.ratings.exclude(outcome=Rating.Outcome.NOT_SEEN).count()
    return Task(
        CRITERIA,
        NAMES[CRITERIA],
        f"{seen} of {total} seen, {total - seen} not seen",
        "To do" if ratings_left(observation) else "Done",
        section_url(observation, CRITERIA),
    )


def tasks_if_part_of_it(observation):
    tasks = []
    if observation.has_meeting:
        tasks.append(meeting_task(observation))
    return [
        *tasks,
        entries_task(observation, "friction", NAMES["friction"], "Systems, forms, panels"),
        entries_task(observation, "voices", NAMES["voices"], "Child, family or practitioner"),
        *family_task(observation),
        *([themes_task(observation)] if asks_for_themes(observation) else []),
    ]


def themes_task(observation):
    passages = observation.passages.to_code_fresh()
    total, decided = passages.count(), passages.filter(mentions__isnull=False).distinct().count()
    hint = "What each passage may speak to"
    return Task(
        "themes",
        NAMES["themes"],
        f"{decided} of {count_of(total, 'passage', 'passages')} decided" if total else hint,
        "Done" if total and decided == total else "Optional",
        reverse("observations:fresh_themes", args=[observation.key]),
    )


def meeting_task(observation):
    meeting = getattr(observation, "meeting", None)
    shares = list(meeting.shares.all()) if meeting else []
    minutes = sum(share.minutes for share in shares)
    return Task(
        "meeting",
        NAMES["meeting"],
        f"{minutes} minutes of talk noted" if minutes else "Who spoke, who was asked, how decided",
        "Done" if meeting and (shares or meeting.decided) else "Optional",
        section_url(observation, "meeting"),
    )


def entries_task(observation, kind, name, empty):
    rows = {"friction": observation.frictions, "voices": observation.voices}[kind].count()
    return Task(
        kind,
        name,
        count_of(rows, "entry", "entries") or empty,
        "Done" if rows else "Optional",
        entries_url(observation, kind),
    )


def family_task(observation):
    """A card for the family, where one is met and the observation is to count."""
    if observation.meets_no_family or observation.is_trial:
        return []
    cards = list(observation.family_cards.values_list("used_at", flat=True))
    came_in = sum(bool(used_at) for used_at in cards)
    hint = f"{count_of(len(cards), 'card', 'cards')}, {came_in} came in" if cards else ""
    return [
        Task(
            "family-cards",
            "Ask the family",
            hint or "Three short questions on a card, answered without signing in",
            "Done" if came_in else "Optional",
            reverse("observations:family_cards", args=[observation.key]),
        )
    ]


def count_of(number, one, many):
    """Such as 3 passages or 1 passage; nothing for zero."""
    return f"{number} {one if number == 1 else many}" if number else ""
