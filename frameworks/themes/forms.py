"""Forms of a codebook's themes."""

from django import forms

from frameworks.models import Lens, Theme, ThemeDraft, ThemeMapping
from frameworks.owners import OwnerForm
from frameworks.themes import editing
from practicelens.forms import Lines, area

# A word of three themes points to none of them.
MOST_THEMES = 2
TOO_LONG = "Use at most %(limit_value)d characters: these are %(show_value)d"
LABELS = {
    "short": "Short name, for charts",
    "definition": "What it is, in a sentence or two",
    "use_when": "When to use it",
    "not_when": "When not to",
    "helps_means": "What “helps” means here",
    "hinders_means": "What “hinders” means here",
    "lens": "Lens",
    "tells_of": "What it is about, for leaders",
}
WIDGETS = {name: area(2) for name in ("definition", "use_when", "not_when")}
ERRORS = {
    "name": {"required": "Give the theme a name", "max_length": TOO_LONG},
    "short": {"required": "Give it a short name for charts", "max_length": TOO_LONG},
    "definition": {"required": "Say what the theme is"},
    "helps_means": {"max_length": TOO_LONG},
    "hinders_means": {"max_length": TOO_LONG},
    "code": {
        "max_length": TOO_LONG,
        "invalid": "Use letters, numbers and hyphens only, such as family-voice",
    },
}


class ThemeLines(Lines):
    """Lines of a theme: the same line twice is once."""

    def clean(self, value):
        return list(dict.fromkeys(super().clean(value)))


class ThemeFields(forms.ModelForm):
    """What a theme says, as it is to be."""

    keywords = ThemeLines(
        label="Words that bring it up",
        help_text="One word or phrase a line. Endings do not matter.",
    )
    examples = ThemeLines(label="Example phrases")

    def __init__(self, *args, codebook, **kwargs):
        super().__init__(*args, **kwargs)
        self.codebook = codebook
        lenses = Lens.objects.for_unit(codebook.unit).order_by("name")
        self.fields["lens"].queryset = lenses
        self.fields["lens"].empty_label = "None"
        self.fields["tells_of"].required = False  # a condition, unless someone says otherwise

    def get_initial_for_field(self, field, field_name):
        """Lines are shown one below the other."""
        value = super().get_initial_for_field(field, field_name)
        return "\n".join(value) if isinstance(value, list) else value

    def others(self):
        """The other themes, as they would be if all that waits were in use."""
        mine = self.instance.pk if isinstance(self.instance, Theme) else self.instance.theme_id
        return [theme for theme in editing.told_apart(self.codebook) if theme.pk != mine]

    def clean_name(self):
        return self.not_taken("name", "is called that")

    def clean_short(self):
        return self.not_taken("short", "has this short name")

    def not_taken(self, name, said):
        value = self.cleaned_data[name]
        for theme in self.others():
            if getattr(theme, name).casefold() == value.casefold():
                raise forms.ValidationError(
                    f"Another theme {said}: “{theme}”. Choose a different one"
                )
        return value

    def clean_keywords(self):
        """Words that are put on the list now; those that are there already may stay."""
        words, holders_of = self.cleaned_data["keywords"], self.holders_of()
        before = {word.casefold() for word in self.instance.keywords}
        for word in words:
            holders = [theme.name for theme in holders_of(word)]
            if word.casefold() not in before and len(holders) >= MOST_THEMES:
                raise forms.ValidationError(
                    f"“{word}” stands in {' and '.join(holders)} already, and a word of three "
                    "themes points to none. Take it out here or there"
                )
        return words

    def holders_of(self):
        """What tells of a word which other themes have it on their list."""
        holders = holders_by_word(self.others())
        return lambda word: holders.get(word.casefold(), [])


def holders_by_word(themes):
    """{word: the themes whose list it is on}."""
    holders = {}
    for theme in themes:
        for word in {word.casefold() for word in theme.keywords}:
            holders.setdefault(word, []).append(theme)
    return holders


class WaitingForm(ThemeFields):
    """A theme in use, as it is to be worded."""

    class Meta:
        model = ThemeDraft
        fields = editing.WORDS
        labels, widgets, error_messages = LABELS, WIDGETS, ERRORS


class NewThemeForm(ThemeFields):
    """A theme that is not in use yet."""

    class Meta:
        model = Theme
        fields = editing.WORDS
        labels, widgets, error_messages = LABELS, WIDGETS, ERRORS


class FirstThemeForm(NewThemeForm):
    """The same when it is added: its code is chosen once and stays."""

    class Meta(NewThemeForm.Meta):
        fields = [*editing.WORDS, "code"]
        labels = LABELS | {"code": "Code, for files"}
        help_texts = {
            "code": "Leave it empty and it is made of the name. It can’t be changed later."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and (other := self.codebook.themes.filter(code=code).first()):
            raise forms.ValidationError(
                f"“{other}” has this code. Choose a different one, or leave it empty"
            )
        return code


class NewCodebookForm(OwnerForm):
    """A codebook that an admin begins: one for a unit."""

    name = forms.CharField(max_length=100, error_messages={"required": "Give the codebook a name"})
    description = forms.CharField(
        label="What it is for, in a sentence", widget=area(2), required=False
    )
    field_order = ["name", "description", "unit"]

    def clean_unit(self):
        unit = self.cleaned_data["unit"]
        if there := unit.codebooks.first():
            raise forms.ValidationError(f"{unit} has a codebook already: {there}")
        return unit


class EndForm(forms.Form):
    """Why a theme is to be used no longer."""

    kind = ThemeMapping.Kind.RETIRED
    why = forms.CharField(
        label="Why, in a sentence",
        help_text="It is shown on the theme’s page and in the history.",
        max_length=250,
        widget=area(2),
        error_messages={"required": "Say why", "max_length": TOO_LONG},
    )

    def __init__(self, *args, theme, **kwargs):
        super().__init__(*args, **kwargs)
        self.theme = theme

    def others(self):
        return self.theme.codebook.themes.to_stay().exclude(pk=self.theme.pk)

    @property
    def wanted(self):
        """What a valid form asks for, as `theming.end` takes it."""
        return {"kind": self.kind, **self.cleaned_data}


class MergeForm(EndForm):
    """Which theme is to count its mentions."""

    kind = ThemeMapping.Kind.MERGED
    into = forms.ModelChoiceField(
        label="Count it with",
        queryset=Theme.objects.none(),
        empty_label="Choose a theme",
        error_messages={
            "required": "Choose the theme that it is counted with",
            "invalid_choice": "That theme is to go itself by now. Choose a different one",
        },
    )
    takes_words = forms.BooleanField(
        label="Put its words and examples with those of that theme", required=False, initial=True
    )
    field_order = ["into", "takes_words", "why"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = self.others()

    @property
    def wanted(self):
        return super().wanted | {"into": [self.cleaned_data["into"]]}


class SplitForm(EndForm):
    """Which themes are to be in its place."""

    kind = ThemeMapping.Kind.SPLIT
    into = forms.ModelMultipleChoiceField(
        label="It is split into",
        help_text="Two or more. Add new ones first: they come into use with the split.",
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose two or more themes",
            "invalid_choice": "One of these is to go itself by now. Choose again",
        },
    )
    field_order = ["into", "why"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = self.others()

    def clean_into(self):
        into = self.cleaned_data["into"]
        if len(into) < 2:
            raise forms.ValidationError("Choose two or more themes. For one, merge it instead")
        return into
