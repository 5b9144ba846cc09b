"""Forms of a verdict file: what it is about, its words, that they name no one, and the decision."""

from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.core.validators import MaxLengthValidator

from frameworks.models import Criterion, Domain, Framework, FrameworkVersion
from observations.redaction.finding import found_in, people_known, places_known
from practicelens.days import DayField, ask_days_in, seen
from practicelens.forms import helper, with_blank
from practicelens.people.models import Unit
from practicelens.people.permissions import Act
from reports.briefings.decision_forms import NamesNobody, ask_whom_it_names
from reports.models import Course, Verdict, VerdictDecision
from reports.models.verdicts import LONGEST_ADVICE, LONGEST_CASE, LONGEST_REASON
from reports.verdicts.wording import CASES

FIRST = "First words by rule, from the counts: make them your own."


class OpenForm(forms.Form):
    """A unit, and a framework version, one of its domains or one of its criteria."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="For which part of the service?",
        empty_label="Choose",
        error_messages={"required": "Choose the part of the service"},
    )
    about = forms.ChoiceField(
        label="What is it about?",
        help_text="A framework in its version, one of its domains, or one of its criteria.",
        error_messages={"required": "Choose what it is about"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.reach(Act.WRITE_VERDICTS), closed_on=None)
        self.fields["unit"].queryset = units.order_by("name")
        self.found = subjects_for(user)
        self.fields["about"].choices = with_blank(grouped(self.found))
        self.helper = helper(Field.select("unit"), Field.select("about"))

    def clean(self):
        given = super().clean()
        unit, about = given.get("unit"), self.found.get(given.get("about"))
        if unit and about:
            framework = about["version"].framework_id
            if not Framework.objects.for_unit(unit).filter(pk=framework).exists():
                self.add_error("about", "That framework is not for this part of the service")
        return given

    @property
    def chosen(self):
        return {"unit": self.cleaned_data["unit"], **self.found[self.cleaned_data["about"]]}


def subjects_for(user):
    """{value of a choice: what it is about}, version after version in their order."""
    versions = FrameworkVersion.objects.visible_to(user).followed().select_related("framework")
    found = {}
    for version in versions.order_by("framework__name", "framework", "-number"):
        found[f"version-{version.pk}"] = {"version": version}
        for domain in Domain.objects.filter(version=version).order_by("position"):
            found[f"domain-{domain.pk}"] = {"version": version, "domain": domain}
            for criterion in Criterion.objects.filter(domain=domain).order_by("position"):
                found[f"criterion-{criterion.pk}"] = {"version": version, "criterion": criterion}
    return found


def grouped(found):
    """The choices under their versions."""
    groups = {}
    for value, about in found.items():
        label = about.get("criterion") or about.get("domain") or "The whole of it"
        groups.setdefault(str(about["version"]), []).append((value, str(label)))
    return list(groups.items())


class WordsForm(forms.ModelForm):
    """The three cases, each with its opposite; the advice; and words that leaders were told before."""

    WRITTEN = (*CASES, "advice", "advice_text")

    quotations = forms.MultipleChoiceField(
        label="Words from practice",
        help_text="Quotations that issued briefings told before. Tick those that bear on it.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Verdict
        fields = [*CASES, "advice", "advice_text"]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 6}) for name in CASES},
            "advice": forms.RadioSelect,
            "advice_text": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        first = self.instance.figures["first_words"]
        for name in CASES:
            is_first = first[name] and getattr(self.instance, name) == first[name]
            hint = FIRST if is_first else "Argued from the evidence."
            self.fields[name].help_text = f"{hint} Up to {LONGEST_CASE} characters."
        self.fields["advice"].choices = Course.choices
        self.fields[
            "advice_text"
        ].help_text = f"Yours alone: no rule writes it. Up to {LONGEST_ADVICE} characters."
        quoted = self.fields["quotations"]
        quoted.choices = [(str(each.release.pk), each.release.words) for each in offers]
        self.initial["quotations"] = (
            [str(pk) for pk in self.instance.quotations.values_list("pk", flat=True)]
            if self.instance.pk
            else []
        )
        asked = [Field.checkboxes("quotations")] if offers else []
        self.helper = helper(*self.cases(), *asked, Field.radios("advice"), "advice_text")
        if not offers:
            del self.fields["quotations"]

    def cases(self):
        for course in Course:
            yield HTML(f'<h2 class="pl-h3">{course.label} it</h2>')
            yield f"{course}_for"
            yield f"{course}_against"

    def clean(self):
        given = super().clean()
        given.setdefault("quotations", [])
        return given


class IssueForm(forms.Form):
    """Whether its words name someone is asked once more before leaders read them."""

    names_nobody = NamesNobody()

    def __init__(self, *args, verdict, **kwargs):
        super().__init__(*args, **kwargs)
        words = "\n\n".join(getattr(verdict, name) for name in WordsForm.WRITTEN)
        self.found = list(
            dict.fromkeys(each.words for each in found_in(words, people_known(), places_known()))
        )
        if not self.found:
            del self.fields["names_nobody"]
        self.helper = helper(*([Field.checkbox("names_nobody")] if self.found else []))

    def clean(self):
        given = super().clean()
        if self.found and not given.get("names_nobody"):
            told = ", ".join(f"“{each}”" for each in self.found)
            message = f"{told} may name someone. Change the words, or tick that no one is named"
            self.add_error("names_nobody", message)
        return given


class DecideForm(forms.ModelForm):
    """Keep, adapt or drop, why, and on which day; none is chosen at the start."""

    decided_on = DayField(
        of=seen,
        label="When was it decided?",
        error_messages={"required": "Type the day on which it was decided"},
    )
    names_nobody = NamesNobody()

    class Meta:
        model = VerdictDecision
        fields = ["course", "reason", "decided_on"]
        labels = {"course": "The decision", "reason": "Why, and what happens next"}
        help_texts = {
            "reason": "Everybody who works there can read it. Use roles, not names. "
            f"Up to {LONGEST_REASON} characters."
        }
        widgets = {"course": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 5})}
        error_messages = {
            "course": {"required": "Choose keep, adapt or drop"},
            "reason": {"required": "Say why, and what happens next"},
        }

    def __init__(self, *args, verdict, **kwargs):
        super().__init__(*args, **kwargs)
        self.verdict = verdict
        ask_days_in(self, verdict.unit)
        self.fields["course"].choices = Course.choices
        self.fields["reason"].validators.append(MaxLengthValidator(LONGEST_REASON))
        self.helper = helper(
            Field.radios("course"), Field.textarea("reason", rows=5), Field.text("decided_on")
        )

    def clean_decided_on(self):
        day, unit = self.cleaned_data["decided_on"], self.verdict.unit
        if day and day > unit.today():
            raise forms.ValidationError("The date can’t be after today")
        if day and day < unit.day_of(self.verdict.issued_at):
            raise forms.ValidationError("The date can’t be before it was put before leaders")
        return day

    def clean(self):
        given = super().clean()
        ask_whom_it_names(self, "reason")
        return given
