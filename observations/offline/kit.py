"""What a device needs without a signal: teams, the forms themselves, and the safeguarding steps.

The forms are those of the pages, drawn once and empty, so that both ask the same. They name people:
the device keeps them sealed.
"""

from hashlib import sha256

from crispy_forms.utils import render_crispy_form
from django.template.loader import render_to_string

from frameworks.languages.wordings import read_by, said
from frameworks.lists.offered import lists_by_unit
from frameworks.models import FrameworkVersion
from frameworks.models.lists import MEETINGS, ListOf
from observations.form_parts import teams_of, tell_readers
from observations.models import Observation
from observations.notes.completeness import NAMES, ratings_section
from observations.notes.forms.ratings import AnswersForm, criteria_of
from observations.notes.forms.sections import MeetingForm, MyPartForm, WhereForm
from observations.notes.forms.sharing import SharingForm
from observations.notes.forms.starting import StartForm
from observations.notes.sections import ENTRY_KINDS
from observations.offline.sealing import public_key
from practicelens.people.safeguarding.showing import places_of


class Kit:
    """What one person is given. The same form is given once, under a name of what it says."""

    def __init__(self, user):
        self.user, self.forms, self.sets, self.drawn = user, {}, {}, {}

    def as_json(self):
        self.lists = lists_by_unit(teams_of(self.user))
        teams = {str(unit.pk): self.team(unit) for unit in self.lists}
        return {
            "person": str(self.user.pk),
            "seal": public_key(),
            "begin": self.named(begin_form(self.user)),
            "worried": self.named(places_drawn(places_of(self.user))),
            "teams": {pk: team for pk, team in teams.items() if team},
            "sets": self.sets,
            "forms": self.forms,
        }

    def team(self, unit):
        """The version in use and the parts to fill in; None where no framework is in use."""
        version = FrameworkVersion.objects.live_for(unit)
        if version is None:
            return None
        risk = unit.if_a_child_is_at_risk
        return {
            "name": unit.name,
            "version": version.pk,
            "set": self.once(
                (version.pk, risk, self.lists[unit]), lambda: self.parts(unit, version)
            ),
        }

    def once(self, key, draw):
        if key not in self.drawn:
            self.drawn[key] = draw()
        return self.drawn[key]

    def parts(self, unit, version):
        """The name of a set: code, title and form of each part, in their order.

        A part with as many entries as there were says what one of them is called; one that only
        some kinds of work have says which.
        """
        read_by(version, self.user)
        blank = Observation(unit=unit, observer=self.user, framework_version=version)
        where = drawn(WhereForm(instance=blank))
        meeting = drawn(MeetingForm(observation=blank))
        mine = drawn(MyPartForm(instance=blank))
        about_meetings = self.lists[unit].codes_about(ListOf.KIND_OF_WORK, MEETINGS)
        parts = [
            self.part("where", NAMES["where"], where),
            self.entries("passages", blank),
            *[self.ratings(version, domain) for domain in version.domains.order_by("position")],
            self.part("meeting", NAMES["meeting"], meeting) | {"kinds": sorted(about_meetings)},
            self.entries("friction", blank),
            self.entries("voices", blank),
            self.part("my-part", NAMES["my-part"], mine),
            self.part("sharing", NAMES["sharing"], drawn(SharingForm(instance=blank))),
        ]
        name = name_of(repr(parts))
        self.sets[name] = parts
        return name

    def entries(self, code, blank):
        kind = ENTRY_KINDS[code]
        form = kind.form(instance=kind.model(), observation=blank)
        return self.part(code, kind.title, drawn_entry(form)) | {"one": kind.one}

    def ratings(self, version, domain):
        return self.part(
            ratings_section(domain),
            str(said(domain.name, version.wordings)),
            drawn_ratings(version, domain),
        )

    def part(self, code, title, html):
        return {"code": code, "title": title, "form": self.named(html)}

    def named(self, html):
        name = name_of(html)
        self.forms[name] = html
        return name


def name_of(text):
    return sha256(text.encode()).hexdigest()[:16]


def begin_form(user):
    form = StartForm(user=user)
    del form.fields["trial"]
    return "".join(boxed(form[name]) for name in ("unit", "kind_of_work", "observed_on"))


def boxed(field):
    return render_to_string("observations/offline/field.html", {"field": field})


def places_drawn(places):
    return render_to_string("people/_safeguarding_places.html", {"places": places})


def drawn(form):
    return render_crispy_form(form)


def drawn_entry(form):
    return "".join(map(boxed, form.visible_fields()))


def drawn_ratings(version, domain):
    """The criteria of a domain, each with a line for what shows it; no passage is there to tick."""
    form = AnswersForm(version=version, criteria=criteria_of(domain=domain), told=[])
    named = {f"evidence_{each.pk}": "evidence" for each in form.criteria}
    tell_readers(form, "Rating", named=named)
    rows = [{"row": row} for row in form.rows()]
    return "".join(render_to_string("observations/_criterion.html", row) for row in rows)
