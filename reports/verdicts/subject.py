"""What a verdict file is about: its criteria in all their wordings, and since when."""

from dataclasses import dataclass
from functools import cached_property

from frameworks.models import Criterion, Level
from observations.models import Mention, Rating
from reports.summaries.lines import read_line
from reports.summaries.shape import upper_words
from reports.verdicts.counting import Mark


@dataclass(frozen=True)
class Subject:
    """A framework version, or one of its domains or criteria."""

    verdict: object

    @cached_property
    def version(self):
        return self.verdict.version

    @cached_property
    def criteria(self):
        """Those that it is about, as the version words them."""
        found = Criterion.objects.filter(version=self.version).select_related("version__framework")
        if self.verdict.criterion_id:
            found = found.filter(pk=self.verdict.criterion_id)
        elif self.verdict.domain_id:
            found = found.filter(domain=self.verdict.domain_id)
        return list(found.order_by("position"))

    @cached_property
    def line(self):
        return read_line([self.version.framework_id], None)

    @cached_property
    def wordings(self):
        """Every wording that is counted: those of other versions that a lineage joins, too."""
        return {pk for each in self.criteria for pk in self.line.wordings(each.pk)}

    @cached_property
    def began(self):
        """The day from which the earliest wording of any of its criteria applies."""
        days = [self.line.began(each) for each in self.criteria]
        return min(days, default=self.version.effective_on)

    @cached_property
    def levels(self):
        return list(Level.objects.filter(scale=self.version.scale_id).order_by("position"))

    @property
    def upper(self):
        return {level.pk for level in self.levels[len(self.levels) // 2 :]}

    @property
    def upper_words(self):
        """Evident or strong."""
        return upper_words([level.name for level in self.levels])

    def ratings(self, observations):
        """All that was marked of it in these observations."""
        found = Rating.objects.filter(is_counted=True, observation__in=observations)
        return found.filter(criterion__in=self.wordings)

    def marks(self, observations):
        """Each chance to see it, as a Mark."""
        upper, missed = self.upper, Rating.Outcome.MISSED
        rows = self.ratings(observations).exclude(outcome=Rating.Outcome.NOT_SEEN)
        rows = rows.values_list("observation_id", "level_id", "outcome", "cause__name")
        return [
            Mark(observation, level in upper, outcome == missed, cause or "")
            for observation, level, outcome, cause in rows
        ]

    def mentions(self, observations):
        """What a person confirmed of the passages that its marks rest on."""
        found = Mention.objects.confirmed().filter(is_counted=True, observation__in=observations)
        return found.filter(passage__ratings__criterion__in=self.wordings)
