"""What the words of a file can mean here: teams, people, lists, levels; and which they seem to."""

from functools import cached_property

from frameworks.lists.offered import lists_by_unit
from frameworks.models import FrameworkVersion, Level
from frameworks.models.lists import ListOf
from observations.form_parts import teams_of
from observations.imports.parts import CRITERION, Part, folded
from observations.models import Rating, choices
from practicelens.people.models import User, know_zones
from practicelens.people.permissions import Act

LEVEL = "level"  # the words of every criterion are matched together
NOBODY, NOT_SEEN = "nobody", Rating.Outcome.NOT_SEEN.value
BLANK_LEVELS = {"not seen", "n/a", "na", "none", "-", "not applicable", "not observed"}
FIXED = {
    Part.PART_OF_DAY: choices.PartOfDay,
    Part.MODE: choices.Mode,
    Part.PROXIMITY: choices.Proximity,
    Part.FAMILY_ASKED: choices.FamilyAsked,
}


def choice_of(part):
    """Under which name the words of a column are matched."""
    return LEVEL if part.startswith(CRITERION) else part


class Offered:
    """What a person can import to: read once for an import, each thing in one query."""

    def __init__(self, user):
        self.user = user
        self.versions, self.writers, self.known = {}, {}, {}

    @cached_property
    def teams(self):
        teams = {str(team.pk): team for team in teams_of(self.user)}
        know_zones(teams.values())
        return teams

    @cached_property
    def lists(self):
        return lists_by_unit(self.teams.values())

    @cached_property
    def practitioners(self):
        found = User.objects.practitioners_of([team.pk for team in self.teams.values()])
        return {str(each.pk): each for each in found}

    @cached_property
    def observers(self):
        """Whoever writes observations in one of the teams."""
        found = {str(self.user.pk): self.user}
        for team in self.teams.values():
            found |= {str(each.pk): each for each in self.writers_of(team)}
        return found

    def writers_of(self, team):
        """Who can write observations in a team; the roles of a service are those of all its teams."""
        if team.parent_id not in self.writers:
            above = User.objects.who_may(Act.WRITE_OBSERVATIONS, team.parent)
            self.writers[team.parent_id] = list(above) if team.parent_id else []
        if team.pk not in self.writers:
            self.writers[team.pk] = list(User.objects.who_may(Act.WRITE_OBSERVATIONS, team))
        return self.writers[team.pk]

    @cached_property
    def criteria(self):
        """[(code, name)] of the frameworks in force over the teams, each code once."""
        over = self.user.reach_and_above(Act.WRITE_OBSERVATIONS)
        live = FrameworkVersion.objects.live(self.user.today()).filter(framework__unit__in=over)
        found = {}
        for version in live.order_by("framework", "number"):
            for code, name in version.criteria.order_by("position").values_list("code", "name"):
                found.setdefault(code, name)
        self.scales = set(live.values_list("scale", flat=True))
        return list(found.items())

    def version_for(self, team):
        """The version in force in a team, with its criteria by code."""
        if team.pk not in self.versions:
            version = FrameworkVersion.objects.live_for(team)
            if version:
                version.by_code = {each.code: each for each in version.criteria.all()}
                version.levels = {each.code: each for each in version.scale.levels.all()}
            self.versions[team.pk] = version
        return self.versions[team.pk]

    def choices(self, what):
        """[(code, label)] of what the words of a column, or a level, can mean."""
        if what not in self.known:
            self.known[what] = list(self.read(what))
        return self.known[what]

    def read(self, what):
        if what == Part.UNIT:
            return [(code, team_words(team)) for code, team in self.teams.items()]
        if what == Part.PRACTITIONER:
            people = [(code, str(each)) for code, each in self.practitioners.items()]
            return [(NOBODY, "No one practitioner"), *people]
        if what == Part.OBSERVER:
            return [(code, str(each)) for code, each in self.observers.items()]
        if what == LEVEL:
            return [(NOT_SEEN, "Not seen"), *self.levels()]
        if what in FIXED:
            return FIXED[what].choices
        of = ListOf(what)
        several = dict.fromkeys(self.lists.values())
        return dict(row for each in several for row in each.choices(of)).items()

    def levels(self):
        _ = self.criteria
        rows = Level.objects.filter(scale__in=self.scales).order_by("scale", "position")
        return dict(rows.values_list("code", "name")).items()

    def meant(self, what, text, values):
        """The code of what a text means: as a person chose, or as it is called here; else None."""
        words = folded(text)
        chosen = values.get(what, {}).get(words)
        offered = dict(self.choices(what))
        return chosen if chosen in offered else self.called(what).get(words)

    def called(self, what):
        """{words, folded: code} of what can be told without asking; a name of two is neither's."""
        key = ("called", what)
        if key not in self.known:
            found, twice = {}, set()
            for words, code in self.names(what):
                twice |= {words} if found.get(words, code) != code else set()
                found[words] = code
            self.known[key] = {words: code for words, code in found.items() if words not in twice}
        return self.known[key]

    def names(self, what):
        for code, label in self.choices(what):
            yield folded(label), code
        if what == Part.UNIT:
            for code, team in self.teams.items():
                yield from [(folded(team.name), code), (folded(team.code), code)]
        elif what in (Part.PRACTITIONER, Part.OBSERVER):
            people = self.practitioners if what == Part.PRACTITIONER else self.observers
            yield from ((folded(each.email), code) for code, each in people.items())
        elif what == LEVEL:
            yield from ((words, NOT_SEEN) for words in BLANK_LEVELS)
        else:
            yield from ((folded(code), code) for code, _ in self.choices(what))


def team_words(team):
    return f"{team.name} ({team.parent.name})" if team.parent else team.name
