"""Two organisations with everybody and everything in them, for asking who may see and do what.

Its units and its people are those of people.py. Every object stands in each state that it can be
in, and each text bears a mark.
"""

from django.utils import timezone

from reports.cells import rollup
from reports.periods import month_of, months_after
from tests.access.marks import Marks
from tests.access.world import frameworks, observations, people, reports

# The key of the other organisation's first row of each model that is sent where it does not belong:
# the same for all, so that one press tries it as a row of each.
FAR = 7_000_000
SENT_ELSEWHERE = {
    "people.User",
    "people.Unit",
    "frameworks.Theme",
    "frameworks.FrameworkVersion",
    "frameworks.Criterion",
    "observations.Observation",
    "observations.Passage",
}


class World:
    """What there is: `people` by their code, and `objects` by kind and state, as address parts."""

    def __init__(self):
        self.marks = Marks()
        self.objects = {}
        self.sent_elsewhere = set()
        self.last_month = months_after(month_of(timezone.localdate()), -1)
        people.add_units(self)
        people.add_people(self)
        frameworks.add_frameworks(self)
        frameworks.add_files(self)
        frameworks.add_shared(self)
        frameworks.add_lists(self)
        self.notes = {state: observations.add_note(self, state) for state in observations.NOTES}
        observations.add_groups(self)
        observations.add_pairs(self)
        observations.add_imports(self)
        observations.add_visits(self)
        observations.add_card_languages(self)
        observations.add_systems(self)
        observations.add_cpd_note(self)
        rollup.recount_all()
        reports.add_briefings(self)
        reports.add_verdicts(self)
        reports.add_saved_views(self)
        observations.add_recodings(self)
        reports.add_runs(self)
        people.add_files(self)
        people.add_steps(self)
        people.add_entries(self)
        people.add_what_waits(self)

    def made(self, factory, origin, **given):
        """A row of a factory, with a mark in every text that is not given."""
        words = self.marks.words_for(factory._meta.model, origin, given)
        return factory(**words, **given, **self.key_of(factory._meta.model._meta.label, origin))

    def key_of(self, label, origin):
        """FAR, if this is to be the first row of a model that the other organisation has."""
        is_far = origin == "elsewhere" or origin.startswith("far")
        if not is_far or label not in SENT_ELSEWHERE - self.sent_elsewhere:
            return {}
        self.sent_elsewhere.add(label)
        return {"pk": FAR}

    def row(self, model, origin, **given):
        return model.objects.create(**self.marks.words_for(model, origin, given), **given)

    def have(self, kind, state, /, **parts):
        """Keep an object under its kind and state: the parts of an address that lead to it."""
        self.objects.setdefault(kind, {})[state] = parts
