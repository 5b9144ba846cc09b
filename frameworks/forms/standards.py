"""Forms of standards: typed, loaded from a file, and tied to criteria."""

from django import forms

from frameworks.forms.drafting import Lines, area
from frameworks.forms.sharing import LinesShown, OwnerForm
from frameworks.models import Clause, Standard
from frameworks.standards import read
from frameworks.starter_files import StarterFault

LARGEST = 500_000  # bytes of a file


def day():
    return forms.DateInput(
        attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"
    )


class StandardForm(LinesShown):
    class Meta:
        model = Standard
        fields = ["name", "body", "source", "in_force_from", "in_force_until", "note"]
        labels = {
            "body": "Who publishes it",
            "source": "Where it is from: title and year",
            "in_force_from": "In force from",
            "in_force_until": "Replaced on",
            "note": "About it, and its licence or trade mark",
        }
        help_texts = {
            "in_force_until": "The first day on which it no longer holds. Leave it empty while it "
            "does. It stays for what it covered.",
        }
        widgets = {"note": area(3), "in_force_from": day(), "in_force_until": day()}
        error_messages = {
            "name": {"required": "Give the standard a name"},
            "body": {"required": "Say whose it is"},
            "source": {"required": "Say where it is from"},
            "in_force_from": {"required": "Give the day from which it holds"},
        }

    clauses = Lines(
        label="Its clauses", help_text="One a line, number first: “1.1 Listening to children”."
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("in_force_from"), data.get("in_force_until")
        if start and end and end <= start:
            self.add_error("in_force_until", "Give a day after the one from which it holds")
        return data

    def clean_clauses(self):
        """[(number, name)]."""
        clauses = [tuple(line.partition(" ")[::2]) for line in self.cleaned_data["clauses"]]
        clauses = [(number, name.strip()) for number, name in clauses]
        for line, (number, name) in enumerate(clauses, start=1):
            if not name:
                raise forms.ValidationError(f"Line {line}: give a number, a space and a name")
            if len(number) > 10:
                raise forms.ValidationError(
                    f"Line {line}: the number “{number}” is longer than 10 characters"
                )
        numbers = [number for number, _ in clauses]
        if twice := next((each for each in numbers if numbers.count(each) > 1), None):
            raise forms.ValidationError(f"The number “{twice}” is there twice")
        self._refuse_if_tied(numbers)
        return clauses

    def _refuse_if_tied(self, numbers):
        leaving = Clause.objects.filter(standard=self.instance.pk).exclude(number__in=numbers)
        if tied := leaving.filter(crosswalks__isnull=False).order_by("position").first():
            raise forms.ValidationError(
                f"Criteria are tied to {tied}: untie them before it leaves, or keep its number"
            )

    def beside(self, standard):
        return {"clauses": [str(clause) for clause in standard.clauses.order_by("position")]}

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
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    field_order = ["file", "unit"]

    def clean_file(self):
        """The file, read."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError("The file is larger than half a megabyte")
        try:
            return read(sent.read(), sent.name)
        except StarterFault as fault:
            raise forms.ValidationError(str(fault)) from fault
