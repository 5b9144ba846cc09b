"""Forms of standards: typed, loaded from a file, and tied to criteria."""

from collections import Counter

from django import forms

from frameworks.models import Clause, Standard
from frameworks.owners import OwnerForm
from frameworks.shared.forms import LinesShown
from frameworks.standards.files import MOST_CLAUSES, Faults, read
from practicelens.days import DayField, ask_days_in, holds
from practicelens.forms import Lines, area

LARGEST = 500_000  # bytes of a file
FAULTS_SHOWN = 100
LONGEST_NUMBER = Clause._meta.get_field("number").max_length
LONGEST_NAME = Clause._meta.get_field("name").max_length


def wrong_lines(clauses):
    """What is wrong with clauses that were typed, a line each."""
    if len(clauses) > MOST_CLAUSES:
        yield (
            f"{len(clauses):,} clauses are too many: {MOST_CLAUSES} are the most. Write the "
            "headings, and leave out the text under them"
        )
        return
    for line, (number, name) in enumerate(clauses, start=1):
        if not name:
            yield f"Line {line}: give a number, a space and a name"
        if len(number) > LONGEST_NUMBER:
            yield f"Line {line}: the number “{number}” is longer than {LONGEST_NUMBER} characters"
        if len(name) > LONGEST_NAME:
            yield f"Line {line}: the name is longer than {LONGEST_NAME} characters"
    for number, times in Counter(number for number, _ in clauses).items():
        if times > 1:
            yield f"The number “{number}” is there twice"


class StandardForm(LinesShown):
    class Meta:
        model = Standard
        fields = [
            "name",
            "body",
            "source",
            "in_force_from",
            "in_force_until",
            "followed_by",
            "note",
        ]
        labels = {
            "body": "Who publishes it",
            "source": "Where it is from: title and year",
            "followed_by": "What takes its place",
            "note": "About it, and its licence or trade mark",
        }
        widgets = {"note": area(3)}
        error_messages = {
            "name": {"required": "Give the standard a name"},
            "body": {"required": "Say whose it is"},
            "source": {"required": "Say where it is from"},
        }

    in_force_from = DayField(
        of=holds,
        label="In force from",
        error_messages={"required": "Type the day from which it applies"},
    )
    in_force_until = DayField(
        of=holds,
        label="Replaced on",
        help_text="The first day on which it no longer applies. Leave it empty while it does. It stays "
        "for what it covered.",
        required=False,
    )

    clauses = Lines(
        label="Its clauses",
        help_text="One a line, number first: “1.1 Listening to children”.",
        longest=LONGEST_NUMBER + 1 + LONGEST_NAME,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        ask_days_in(self, self.instance.unit or user)
        self.fields["clauses"].widget.attrs["rows"] = 10
        if self.instance.pk:
            others = Standard.objects.for_unit(self.instance.unit).exclude(pk=self.instance.pk)
            self.fields["followed_by"].queryset = others.order_by("name", "pk")
            self.fields["followed_by"].empty_label = "Nothing, or not known yet"
            self.initial["followed_by"] = self.instance.followed_by_id
        else:  # what comes after is not there yet
            del self.fields["followed_by"]

    def clean(self):
        data = super().clean()
        start, end = data.get("in_force_from"), data.get("in_force_until")
        if start and end and end <= start:
            self.add_error("in_force_until", "Give a day after the one from which it applies")
        if follower := data.get("followed_by"):
            if not end and "in_force_until" not in self.errors:
                self.add_error("in_force_until", f"Give the day on which {follower} replaces it")
            if start and follower.in_force_from <= start:
                self.add_error(
                    "followed_by", f"{follower} applies from an earlier day than this one"
                )
        return data

    def clean_clauses(self):
        """[(number, name)]."""
        clauses = [tuple(line.partition(" ")[::2]) for line in self.cleaned_data["clauses"]]
        clauses = [(number, name.strip()) for number, name in clauses]
        if faults := list(wrong_lines(clauses)):
            raise forms.ValidationError(faults)
        self._refuse_if_tied([number for number, _ in clauses])
        return clauses

    def _refuse_if_tied(self, numbers):
        leaving = Clause.objects.filter(standard=self.instance.pk).exclude(number__in=numbers)
        if tied := leaving.filter(crosswalks__isnull=False).order_by("position").first():
            raise forms.ValidationError(
                f"Criteria are linked to {tied}: unlink them before it leaves, or keep its number"
            )

    def beside(self, standard):
        """Its clauses, and the name of what follows it: a history tells names, not numbers."""
        clauses = [str(clause) for clause in standard.clauses.order_by("position")]
        return {"clauses": clauses, "followed_by": str(standard.followed_by or "")}

    def save(self, commit=True):
        standard = super().save(commit)
        if "clauses" in self.changed_data:
            self._write_clauses(standard)
        return standard

    def _write_clauses(self, standard):
        """A clause with a number that is there keeps its row, and so its ties."""
        wanted = self.cleaned_data["clauses"]
        standard.clauses.exclude(number__in=[number for number, _ in wanted]).delete()
        for position, (number, name) in enumerate(wanted, start=1):
            Clause.objects.update_or_create(
                standard=standard, number=number, defaults={"name": name, "position": position}
            )


class LoadForm(OwnerForm):
    """A standard in a file, as the starters have it."""

    file = forms.FileField(
        label="A TOML or JSON file",
        widget=forms.FileInput(attrs={"accept": ".toml,.json", "class": "govuk-file-upload"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    field_order = ["file", "unit"]
    faults = ()  # of a file that was read: [(where, what is wrong)]; and how many more there are
    more_faults = 0

    def clean(self):
        """With the `standard` that the file holds; all that is wrong with it is said at once."""
        data = super().clean()
        if sent := data.get("file"):
            data["standard"] = self._read(sent, data.get("unit"))
        return data

    def _read(self, sent, unit):
        if sent.size > LARGEST:
            self.add_error("file", "The file is larger than half a megabyte")
            return None
        codes = unit and set(Standard.objects.for_unit(unit).values_list("code", flat=True))
        try:
            return read(sent.read(), sent.name, codes)
        except Faults as found:
            self.faults = found.faults[:FAULTS_SHOWN]
            self.more_faults = len(found.faults) - len(self.faults)
            self.add_error("file", "Nothing was loaded. Mend the file, then choose it again")
            return None
