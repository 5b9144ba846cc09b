"""Forms of a framework's draft."""

from django import forms
from django.utils.html import escape

from frameworks.models import (
    Cause,
    Criterion,
    Domain,
    Example,
    Framework,
    FrameworkVersion,
    Lens,
    LevelDescription,
    Prompt,
    Scale,
)
from frameworks.versions.checking import ONE_AT_A_TIME
from practicelens.forms import LONGEST_LINE, Lines, area
from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class NewFrameworkForm(forms.Form):
    """A framework that an admin begins."""

    name = forms.CharField(max_length=100, error_messages={"required": "Give the framework a name"})
    description = forms.CharField(
        label="What it is for, in a sentence or two",
        widget=area(3),
        error_messages={"required": "Say what it is for"},
    )
    unit = forms.ModelChoiceField(
        label="Whose framework it is",
        help_text=ONE_AT_A_TIME,
        queryset=Unit.objects.none(),
        empty_label="Choose a unit",
        error_messages={"required": "Choose whose framework it is"},
    )
    scale = forms.ModelChoiceField(
        label="The words for how far something was seen",
        queryset=Scale.objects.none(),
        empty_label="Choose a scale",
        error_messages={"required": "Choose a scale"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kept = Unit.objects.where(user, Act.KEEP_FRAMEWORKS).order_by("name")
        self.fields["unit"].queryset = kept
        self.fields["scale"].queryset = Scale.objects.visible_to(user).order_by("name")

    @property
    def has_scales(self):
        """Without a scale nothing can be begun, and the page says where to get one."""
        return self.fields["scale"].queryset.exists()


class AboutForm(forms.ModelForm):
    """What a draft is built with: its scale, causes and lenses, and what summaries show first."""

    class Meta:
        model = FrameworkVersion
        fields = ["scale", "causes", "lenses", "shown_first"]
        labels = {
            "scale": "The words for how far something was seen",
            "causes": "Causes an observer can give for an opportunity missed",
            "lenses": "Lenses to use with it",
            "shown_first": "The criterion that summaries show over time first",
        }
        help_texts = {"shown_first": "Whoever reads a summary can choose another there."}
        error_messages = {
            "scale": {"required": "Choose a scale"},
            "causes": {"required": "Choose at least one cause"},
        }
        widgets = {
            "causes": forms.CheckboxSelectMultiple,
            "lenses": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.instance.framework.unit
        self.fields["scale"].queryset = Scale.objects.for_unit(unit).order_by("name")
        self.fields["scale"].empty_label = None
        self.fields["causes"].queryset = Cause.objects.for_unit(unit).order_by("position")
        self.fields["lenses"].queryset = Lens.objects.for_unit(unit).order_by("name")
        self.fields["lenses"].required = False
        criteria = self.instance.criteria.order_by("position")
        self.fields["shown_first"].queryset = criteria
        self.fields["shown_first"].empty_label = "The first one"

    def clean_scale(self):
        """Level descriptions belong to their scale's levels."""
        scale = self.cleaned_data["scale"]
        if "scale" in self.changed_data and self.instance.observations.exists():
            raise forms.ValidationError(
                "Trial observations use the words of the scale as it is. Erase them before you change it"
            )
        described = LevelDescription.objects.filter(criterion__version=self.instance)
        if described.exclude(level__scale=scale).exists():
            raise forms.ValidationError(
                "Criteria are described in the words of the scale as it is. "
                "Empty their levels before you change it"
            )
        return scale


class NameForm(forms.ModelForm):
    """What the framework is called and what it is for; its address stays."""

    class Meta:
        model = Framework
        fields = ["name", "description", "source", "licence"]
        labels = {"source": "Where it is from", "licence": "Licence or trade mark"}
        widgets = {"description": area(3)}


class DomainForm(forms.ModelForm):
    class Meta:
        model = Domain
        fields = ["name", "about"]
        labels = {"about": "About it, in a sentence"}
        widgets = {"about": area(2)}
        error_messages = {"name": {"required": "Give the domain a name"}}


class CriterionForm(forms.ModelForm):
    """A criterion with its levels, prompts and examples, on one form."""

    class Meta:
        model = Criterion
        fields = ["name", "look_for", "missed", "domain"]
        labels = {
            "name": "What good looks like, in one sentence",
            "look_for": "What to look for",
            "domain": "Domain",
        }
        widgets = {"name": area(2), "look_for": area(2), "missed": area(2)}
        error_messages = {
            "name": {"required": "Say what good looks like"},
            "look_for": {"required": "Say what to look for"},
        }

    prompts = Lines(label="Prompts that help an observer to write")

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domain"].queryset = version.domains.order_by("position")
        self.fields["domain"].empty_label = None
        self.levels = list(version.scale.levels.order_by("position"))
        for level in self.levels:
            self.fields[f"level_{level.code}"] = forms.CharField(
                # An organisation's own words, in a place that the template pack takes for markup.
                label=escape(f"{level.name}: what it looks like here"),
                max_length=LONGEST_LINE,
                required=False,
                widget=area(2),
            )
        for kind, label in Example.Kind.choices:
            self.fields[f"example_{kind}"] = Lines(label=f"Examples: {label.lower()}")
        self.initial |= self.beside(self.instance) if self.instance.pk else {}
        self.order_fields([*self.first_fields, *self.level_fields])

    first_fields = ["name", "look_for"]

    @property
    def level_fields(self):
        return [f"level_{level.code}" for level in self.levels]

    @property
    def level_rows(self):
        """The bound field of each level."""
        return [self[name] for name in self.level_fields]

    @property
    def example_rows(self):
        return [self[f"example_{kind}"] for kind in Example.Kind.values]

    def get_initial_for_field(self, field, field_name):
        """Lines are shown one below the other."""
        value = super().get_initial_for_field(field, field_name)
        return "\n".join(value) if isinstance(value, list) else value

    def beside(self, criterion):
        """What is in rows of their own, by the names of this form's fields."""
        texts = {f"level_{level.code}": "" for level in self.levels}
        for each in criterion.level_descriptions.select_related("level"):
            texts[f"level_{each.level.code}"] = each.text
        examples = {f"example_{kind}": [] for kind in Example.Kind.values}
        for each in criterion.examples.order_by("pk"):
            examples[f"example_{each.kind}"].append(each.text)
        prompts = criterion.prompts.order_by("position").values_list("text", flat=True)
        return {**texts, **examples, "prompts": list(prompts)}

    def save(self, commit=True):
        """Save the criterion, and what changed of what hangs on it."""
        criterion = super().save(commit)
        changed = set(self.changed_data)
        for level in self.levels:
            if f"level_{level.code}" in changed:
                self._describe(criterion, level)
        if "prompts" in changed:
            self._write_prompts(criterion)
        for kind in Example.Kind.values:
            if f"example_{kind}" in changed:
                self._write_examples(criterion, kind)
        return criterion

    def _describe(self, criterion, level):
        text = self.cleaned_data[f"level_{level.code}"]
        described = LevelDescription.objects.filter(criterion=criterion, level=level)
        if not text:
            described.delete()
        elif not described.update(text=text):
            LevelDescription.objects.create(criterion=criterion, level=level, text=text)

    def _write_prompts(self, criterion):
        criterion.prompts.all().delete()
        Prompt.objects.bulk_create(
            Prompt(criterion=criterion, text=text, position=position)
            for position, text in enumerate(self.cleaned_data["prompts"], start=1)
        )

    def _write_examples(self, criterion, kind):
        criterion.examples.filter(kind=kind).delete()
        Example.objects.bulk_create(
            Example(criterion=criterion, kind=kind, text=text)
            for text in self.cleaned_data[f"example_{kind}"]
        )
