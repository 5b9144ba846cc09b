"""What a person says of a passage and a theme: which, how, and where the quote is."""

from crispy_forms_gds.layout import Field
from django import forms
from django.db.models import Q

from frameworks.models import Theme
from observations.mentions import quotes
from observations.models import Mention
from observations.models.choices import Stance
from practicelens.forms import helper, with_blank


class AddMentionForm(forms.Form):
    """A theme that nobody suggested, for one passage."""

    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        label="Add a theme",
        empty_label="Choose a theme",
        error_messages={"required": "Choose a theme"},
    )
    stance = forms.ChoiceField(
        label="What did it do to practice here?",
        choices=with_blank(Stance.choices),
        error_messages={"required": "Say whether it helps or hinders"},
    )

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes
        self.helper = helper(Field.select("theme"), Field.select("stance"))


class QuoteForm(forms.Form):
    """Where a quote starts and ends in its passage; what is not said stays as it is shown."""

    start = forms.IntegerField(required=False, error_messages={"invalid": "Choose the start"})
    end = forms.IntegerField(required=False, error_messages={"invalid": "Choose the end"})

    def __init__(self, *args, passage, edges, **kwargs):
        super().__init__(*args, **kwargs)
        self.text, self.edges = passage.text, edges

    @property
    def chosen(self):
        """The edges as they were sent, if they lie in the passage; else as they were."""
        sent = [self.data.get(name, "") for name in ("start", "end")]
        if not all(each.isdecimal() and len(each) < 9 for each in sent):
            return self.edges
        start, end = map(int, sent)
        return (start, end) if max(start, end) <= len(self.text) else self.edges

    @property
    def quote(self):
        """The edges to show a quote by: as they were chosen, if there is anything between them."""
        start, end = self.chosen
        return (start, end) if start < end else self.edges

    def shown(self, marks=()):
        """The quote as `quotes.shown` says it, with what was chosen."""
        return quotes.shown(self.text, *self.quote, marks, chosen=self.chosen)

    def clean(self):
        data = super().clean()
        given = [data.get("start"), data.get("end")]
        edges = tuple(
            old if new is None else new for new, old in zip(given, self.edges, strict=True)
        )
        if edges != self.edges and not self.errors:
            for name, words in quotes.faults(self.text, *edges).items():
                self.add_error(name, words)
            edges = quotes.trimmed(self.text, *edges)
        data["edges"] = edges
        return data


class DecisionForm(QuoteForm):
    """A decision about a mention. `known` is when it had been decided as the person saw it."""

    SKIPPED = "skipped"

    status = forms.ChoiceField(
        choices=[*Mention.Status.choices[1:], (SKIPPED, "Skip for now")],
        error_messages={"required": "Confirm it, or say that it is not this theme"},
    )
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose a theme from the list"},
    )
    stance = forms.ChoiceField(choices=Stance.choices, required=False)
    known = forms.DateTimeField(required=False)

    def __init__(self, *args, mention, themes, **kwargs):
        edges = mention.start, mention.end
        super().__init__(*args, passage=mention.passage, edges=edges, **kwargs)
        self.mention = mention
        # The theme that it has may be a draft, or retired since.
        own = Q(pk=mention.theme_id)
        self.fields["theme"].queryset = Theme.objects.filter(Q(pk__in=themes) | own)

    def clean(self):
        data = super().clean()
        if data.get("status") != Mention.Status.CONFIRMED:
            # The quote of what is not confirmed stays as it was.
            self.errors.pop("start", None)
            self.errors.pop("end", None)
            data["edges"] = self.edges
        return data

    @property
    def decision(self):
        """What `deciding.decide` takes of it."""
        names = ["status", "theme", "known", "edges"]
        said = {name: self.cleaned_data[name] for name in names}
        return said | {"stance": self.cleaned_data["stance"] or self.mention.stance}


class AddThemeForm(QuoteForm, AddMentionForm):
    """A theme that nobody suggested, for a quote of one passage."""

    def __init__(self, *args, passage, perhaps=None, **kwargs):
        """`perhaps` is what was chosen of what is less likely there: its theme and its quote."""
        edges = (perhaps.start, perhaps.end) if perhaps else (0, len(passage.text))
        chosen = {"theme": str(perhaps.theme.pk)} if perhaps else {}
        super().__init__(*args, passage=passage, edges=edges, initial=chosen, **kwargs)
