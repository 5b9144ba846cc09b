"""Forms of lenses, causes and scales."""

from django import forms

from frameworks.codes import code_from
from frameworks.lists.offered import kinds_of_work_within
from frameworks.models import Cause, Lens, Level, LevelDescription, Prompt, Scale
from practicelens.forms import Lines, area
from practicelens.people.models import Unit
from practicelens.people.permissions import Act

FEWEST, MOST = 1, 15
PARKED = 1000  # places that no level has, while they change places


class LinesShown(forms.ModelForm):
    """A form with lists, which are shown one item a line. `user` is who fills it in."""

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= self.beside(self.instance)

    def get_initial_for_field(self, field, field_name):
        value = super().get_initial_for_field(field, field_name)
        return "\n".join(value) if isinstance(field, Lines) and value else value

    def beside(self, row):
        return {}


class LensForm(LinesShown):
    class Meta:
        model = Lens
        fields = ["name", "about"]
        labels = {"about": "About it, in a sentence"}
        widgets = {"about": area(2)}
        error_messages = {
            "name": {"required": "Give the lens a name"},
            "about": {"required": "Say in a sentence what it looks at"},
        }

    prompts = Lines(label="Its prompts", help_text="One a line: questions that ask for a story.")
    kinds = forms.MultipleChoiceField(
        label="The kinds of work it is offered in",
        help_text="Leave all empty to offer it everywhere.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = Unit.objects.where(self.user, Act.KEEP_FRAMEWORKS)
        self.fields["kinds"].choices = kinds_of_work_within(kept.values("organisation"))

    def clean_prompts(self):
        """A question asked twice would be one row in the list of an observer."""
        prompts = list(dict.fromkeys(self.cleaned_data["prompts"]))
        if not prompts:
            raise forms.ValidationError("Write at least one prompt")
        return prompts

    def beside(self, lens):
        asked = lens.prompts.asked().order_by("position").values_list("text", flat=True)
        return {"prompts": list(asked), "kinds": lens.kinds}

    def save(self, commit=True):
        self.instance.kinds = self.cleaned_data["kinds"]
        lens = super().save(commit)
        if "prompts" in self.changed_data:
            self._write_prompts(lens)
        return lens

    def _write_prompts(self, lens):
        """Prompts that stay keep their rows; one that passages began from is put away."""
        wanted = self.cleaned_data["prompts"]
        there = {prompt.text: prompt for prompt in lens.prompts.order_by("-pk")}
        gone = lens.prompts.exclude(text__in=wanted)
        gone.filter(passages__isnull=False).update(is_put_away=True)
        gone.filter(passages__isnull=True).delete()
        for position, text in enumerate(wanted, start=1):
            prompt = there.get(text) or Prompt(lens=lens, text=text)
            prompt.position, prompt.is_put_away = position, False
            prompt.save()


class CauseForm(LinesShown):
    class Meta:
        model = Cause
        fields = ["name", "description"]
        labels = {"description": "What it means, in a sentence"}
        help_texts = {
            "name": "Something in the practice system, never about a person’s worth.",
        }
        widgets = {"description": area(2)}
        error_messages = {"name": {"required": "Give the cause a name"}}


class ScaleForm(LinesShown):
    class Meta:
        model = Scale
        fields = ["name", "description", "is_described"]
        labels = {
            "description": "About it, in a sentence or two",
            "is_described": "Each criterion says what each level looks like",
        }
        widgets = {"description": area(3)}
        error_messages = {"name": {"required": "Give the scale a name"}}

    levels = Lines(
        label="Its levels, weakest first",
        help_text="One a line. What it means may follow after a colon: “Evident: it was there”. "
        "“Not seen” is always offered, and is no level.",
    )

    def clean_levels(self):
        """[(name, what it means)]."""
        lines = [line.partition(":") for line in self.cleaned_data["levels"]]
        levels = [(name.strip(), means.strip()) for name, _, means in lines]
        if not FEWEST <= len(levels) <= MOST:
            raise forms.ValidationError(f"Give from {FEWEST} to {MOST} levels, one a line")
        for number, (name, _) in enumerate(levels, start=1):
            if not 0 < len(name) <= 40:
                raise forms.ValidationError(
                    f"Line {number}: give the level a name of up to 40 characters"
                )
        names = [name.lower() for name, _ in levels]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise forms.ValidationError(f"“{twice}” is there twice: each level needs its own name")
        self._refuse_if_described(levels)
        return levels

    def _refuse_if_described(self, levels):
        leaving = self._pair(levels)[1] if self.instance.pk else []
        if told := LevelDescription.objects.filter(level__in=leaving).select_related("level")[:1]:
            raise forms.ValidationError(
                f"A draft says what “{told[0].level}” looks like: empty that there first"
            )

    def beside(self, scale):
        return {
            "levels": [
                f"{level.name}: {level.description}" if level.description else level.name
                for level in scale.levels.order_by("position")
            ]
        }

    def save(self, commit=True):
        scale = super().save(commit)
        if "levels" in self.changed_data:
            self._write_levels(scale)
        return scale

    def _pair(self, wanted):
        """([the row that each line is of, or None], [rows that leave]).

        A line with a name that is there keeps its row; then lines and rows left are paired in
        order, as renamed.
        """
        rows = list(self.instance.levels.order_by("position"))
        by_name = {row.name.lower(): row for row in rows}
        paired = [by_name.get(name.lower()) for name, _ in wanted]
        left = [row for row in rows if row not in paired]
        paired = [row or (left.pop(0) if left else None) for row in paired]
        return paired, left

    def _write_levels(self, scale):
        wanted = self.cleaned_data["levels"]
        paired, leaving = self._pair(wanted)
        Level.objects.filter(pk__in=[row.pk for row in leaving]).delete()
        for row in filter(None, paired):
            Level.objects.filter(pk=row.pk).update(position=PARKED + row.position)
        taken = {row.code for row in paired if row}
        for position, ((name, means), row) in enumerate(zip(wanted, paired, strict=True), start=1):
            row = row or Level(scale=scale, code=code_from(name, taken, otherwise="level"))
            taken.add(row.code)
            row.position, row.name, row.description = position, name, means
            row.save()
