"""Words that are nowhere else: one for each text field of each kind of row and where it came from.

A mark says which field it was written into, and of what: `zqabcdqz` is field "ab" of origin "cd".
Whatever a page, a file or a log holds of a note can so be told from everything else. Round each mark
stand characters that mean something to browsers and to typesetters.
"""

import re
from itertools import product
from string import ascii_lowercase

from django.apps import apps
from django.db import models

APPS = ["people", "audit", "frameworks", "observations", "reports"]
CODES = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]
HOSTILE = ("<u>", "'\"&#*")
MARK = re.compile(r"zq([a-z]{2})([a-z]{2})qz")

# Text that nobody writes about practice or people, by why it bears no mark.
WITHOUT = {
    "a code that stands in addresses or is counted by": [
        "people.Unit.code",
        "people.Unit.time_zone",
        "people.Unit.region",
        "frameworks.Scale.code",
        "frameworks.Level.code",
        "frameworks.Lens.code",
        "frameworks.Lens.kinds",
        "frameworks.ListEntry.code",
        "frameworks.ListEntry.about",
        "observations.Observation.kind_of_work",
        "observations.PlannedVisit.kind_of_work",
        "observations.Observation.setting",
        "observations.MeetingFacts.asked_first",
        "observations.MeetingFacts.account",
        "observations.MeetingFacts.counted",
        "observations.TalkShare.role",
        "observations.Voice.who",
        "frameworks.Cause.code",
        "frameworks.Framework.code",
        "frameworks.Domain.code",
        "frameworks.Criterion.code",
        "frameworks.Standard.code",
        "frameworks.Clause.number",
        "frameworks.Codebook.code",
        "frameworks.Theme.code",
        "frameworks.Framework.address",
        "frameworks.Codebook.address",
        "frameworks.Scale.address",
        "frameworks.Lens.address",
        "frameworks.Cause.address",
        "frameworks.Standard.address",
        "frameworks.SecondLanguage.tag",
        "observations.FamilyCard.language",
        "observations.FamilyCardLanguage.tag",
        "people.User.reads_in",
        "people.KeptWords.path",
        "people.Press.leads_to",
        "observations.Redaction.kind",
        "observations.SectionSave.section",
        "people.LastWindow.row",
        "reports.PartSave.part",
        "reports.Sentence.place",
        "reports.Question.place",
        "reports.ToldGroup.work",
        "reports.SavedView.page",
        "observations.OtherCopy.section",
        "observations.Mention.engine",
        "observations.RecodingChange.engine",
    ],
    "a text that comes with PracticeLens": ["observations.FamilyCardText.first"],
    "a number of words or characters, or a fingerprint": [
        "people.Press.key",
        "observations.FamilyCard.link_hash",
        "observations.FamilyCard.withdrawal_hash",
        "people.SignInTries.key",
        "observations.NoteRole.names",
        "observations.Mention.words",
        "observations.Passage.perhaps",
        "observations.Card.was",
        "observations.EarlySign.reasons",
        "observations.CodingModel.trained_on",
        "observations.RecodingChange.words",
        "observations.RecodingChange.text_sha256",
        "observations.Recoding.fingerprint",
        "observations.Arrival.digest",
        "observations.ImportFile.digest",
        "observations.ImportRow.digest",
        "observations.ImportMapping.shape",
        "observations.Arrival.sections",
        "reports.Briefing.sha256",
        "reports.Verdict.sha256",
        "reports.WordTemplate.sha256",
        "reports.PublicEdition.sha256",
    ],
    "digits of a telephone, and nothing else": ["people.SafeguardingStep.telephone"],
    "a secret of its own, which no page reads": ["people.User.password"],
    "codes that files are matched by, and words of theirs that no page shows": [
        "observations.Import.columns",
        "observations.Import.same",
        "observations.Import.values",
        "observations.ImportMapping.columns",
        "observations.ImportMapping.same",
        "observations.ImportMapping.values",
    ],
    "names what kind of row it was, and which": [
        "audit.Entry.what",
        "audit.Entry.object_pk",
        "frameworks.Change.part_of",
        "frameworks.Change.what",
    ],
    "made from other rows, whose marks it then bears": [
        "reports.ToldGroup.name",
        "reports.SavedView.query",
        "reports.Sentence.words",
        "reports.Sentence.because",
        "reports.Sentence.second",
        "reports.Sentence.lead",
        "reports.Sentence.others",
        "reports.Sentence.anew",
        "observations.Observation.labels",
        "observations.PlannedVisit.labels",
        "observations.CodingModel.content",
        "observations.CodingModel.themes_then",
        "observations.CodingModel.measures",
        "observations.CodingModel.because",
        "observations.Recoding.parts",
        "observations.Recoding.why",
        "observations.Recoding.effect",
        "frameworks.Change.named",
        "frameworks.Change.before",
        "frameworks.Change.after",
        "reports.Briefing.figures",
        "reports.CriterionCell.outcome",
        "observations.EmergingTheme.terms",
        "reports.Briefing.content",
        "reports.Verdict.figures",
        "reports.Verdict.content",
        "reports.PublicEdition.content",
        "reports.PublicEdition.left_out",
        "reports.Release.original",
        "reports.Release.words",
        "reports.Release.original_answer",
        "reports.Release.answer",
        "reports.Release.looked_at",
    ],
}


def free_text():
    """The fields of every model in which a person may write, as app.Model.field."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for model in apps.get_models()
        if model._meta.app_label in APPS and model._meta.managed
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not field.choices
    }


def marked_fields():
    """Those of them that bear a mark, in a fixed order."""
    without = {name for names in WITHOUT.values() for name in names}
    return sorted(free_text().keys() - without)


class Marks:
    """Makes marks, and says of a text which marks are in it."""

    def __init__(self):
        self.fields = marked_fields()
        self.origins = []

    def of(self, field, origin):
        if origin not in self.origins:
            self.origins.append(origin)
        return f"zq{CODES[self.fields.index(field)]}{CODES[self.origins.index(origin)]}qz"

    def text(self, field, origin):
        """A mark as it is written into a text."""
        return f"{HOSTILE[0]}{self.of(field, origin)}{HOSTILE[1]}"

    def words_for(self, model, origin, given):
        """A value with its mark for each text field of a model that is not given."""
        label = f"{model._meta.app_label}.{model.__name__}"
        fields = [name for name in self.fields if name.rpartition(".")[0] == label]
        return {
            field.rpartition(".")[2]: self.value(model, field, origin)
            for field in fields
            if field.rpartition(".")[2] not in given
        }

    def value(self, model, field, origin):
        mark, text = self.of(field, origin), self.text(field, origin)
        kind = model._meta.get_field(field.rpartition(".")[2])
        if isinstance(kind, models.EmailField):
            return f"{mark}@example.org"
        return [text] if isinstance(kind, models.JSONField) else text

    def within(self, text):
        """The (field, origin) of each mark in a text; line breaks and hyphens hide none."""
        return {
            (self.fields[CODES.index(field)], self.origins[CODES.index(origin)])
            for field, origin in MARK.findall(text)
        }
