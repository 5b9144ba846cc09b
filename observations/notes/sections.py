"""The sections of an observation by their code: which form each has, and where it is."""

from dataclasses import dataclass

from django.http import Http404

from observations.models import Friction, MeetingFacts, Passage, Voice
from observations.notes.completeness import CRITERIA, NAMES, RATINGS, ratings_section
from observations.notes.forms.entries import FrictionForm, PassageForm, VoiceForm
from observations.notes.forms.sections import MeetingForm, MyPartForm, RatingsForm, WhereForm
from observations.notes.forms.sharing import SharingForm


@dataclass(frozen=True)
class EntryKind:
    """A section with as many entries as there were."""

    code: str
    title: str
    one: str
    many: str
    model: type
    form: type
    intro: str

    def entries(self, observation):
        order = ["position", "pk"] if self.model is Passage else ["pk"]
        found = self.model.objects.filter(observation=observation).order_by(*order)
        return found.by_observer() if self.model is Passage else found

    def blank(self, observation, key):
        """A new, unsaved entry of this observation with the client's key."""
        place = {"observation": observation} if self.model is Voice else observation.place
        return self.model(**place, key=key)

    def entry(self, observation, key):
        """The entry of a key, or a new one; 404 where a family's words have that key."""
        found = self.model.objects.filter(observation=observation, key=key).first()
        if found and self.model is Passage and found.kind == Passage.Kind.FAMILY:
            raise Http404
        return found or self.blank(observation, key)


ENTRY_KINDS = {
    kind.code: kind
    for kind in [
        EntryKind(
            "passages",
            NAMES["passages"],
            "passage",
            "passages",
            Passage,
            PassageForm,
            "Short pieces, each one thing, and how you know it. Or write or dictate it all in one, "
            "and cut it up afterwards.",
        ),
        EntryKind(
            "friction",
            NAMES["friction"],
            "entry",
            "entries",
            Friction,
            FrictionForm,
            "A step in a system or a process, the minutes it took or gave, and what it did to "
            "the family.",
        ),
        EntryKind(
            "voices",
            NAMES["voices"],
            "entry",
            "entries",
            Voice,
            VoiceForm,
            "What the child, the family or the practitioner said of it. Leave it out if nobody "
            "did.",
        ),
    ]
}


def entry_kind(code):
    if code not in ENTRY_KINDS:
        raise Http404
    return ENTRY_KINDS[code]


def is_of_ratings(section):
    return section.startswith(RATINGS)


def domain_of(observation, section):
    pk = section.removeprefix(RATINGS)
    domains = observation.framework_version.domains
    domain = domains.filter(pk=pk).first() if is_key(pk) else None
    if domain is None:
        raise Http404
    return domain


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 19


def section_named(observation, name):
    """The section that an address names; one of before says “ratings-” and the code of a domain."""
    if not name.startswith("ratings-"):
        return name
    code = name.removeprefix("ratings-")
    domain = observation.framework_version.domains.filter(code=code).first()
    if domain is None:
        raise Http404
    return ratings_section(domain)


def title_of(observation, section):
    if is_of_ratings(section):
        return domain_of(observation, section).name
    kind, _, _ = section.partition("/")
    return NAMES[kind]


def build_form(observation, section, data=None):
    """The form of a section, filled from what is saved, or bound to `data`. 404 if there is none."""
    kind, _, key = section.partition("/")
    if kind in ENTRY_KINDS and key:
        made = ENTRY_KINDS[kind]
        return made.form(data, instance=made.entry(observation, key), observation=observation)
    if kind == "where":
        return WhereForm(data, instance=observation)
    if kind == "my-part":
        return MyPartForm(data, instance=observation)
    if kind == "sharing" and not observation.is_trial:
        return SharingForm(data, instance=observation)
    if kind == "meeting" and observation.has_meeting:
        return meeting_form(observation, data)
    if kind == CRITERIA:
        return RatingsForm(data, instance=observation)
    if is_of_ratings(kind):
        return RatingsForm(data, instance=observation, domain=domain_of(observation, kind))
    raise Http404


def meeting_form(observation, data=None):
    """The facts of its meeting; they stay with it, hidden, where its kind of work has none."""
    meeting = MeetingFacts.objects.filter(observation=observation).first()
    return MeetingForm(data, instance=meeting, observation=observation)
