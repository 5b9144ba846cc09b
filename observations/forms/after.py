"""What comes after submission: conversation, answer, withdrawal, identifiers, filters."""

from crispy_forms_gds.layout import Field
from django import forms

from frameworks.forms.fields import DayField, helper, with_blank
from frameworks.models import Theme
from observations.forms.base import free_text
from observations.forms.starting import teams_of
from observations.models import Answer, Conversation
from observations.models.choices import KindOfWork, Stance


class ConversationForm(forms.ModelForm):
    look_again_on = DayField(label="When to look again", required=False)

    class Meta:
        model = Conversation
        fields = ["strengths", "questions", "next_step", "look_again_on"]
        labels = {
            "strengths": "Strengths you both saw",
            "questions": "Questions to think about",
            "next_step": "One next step",
        }
        widgets = dict.fromkeys(["strengths", "questions", "next_step"], free_text(4))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("strengths", "questions", "next_step", "look_again_on")


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Answer
        fields = ["verdict", "words", "fairness"]
        labels = {
            "verdict": "Is this how it was?",
            "words": "In your own words",
            "fairness": "How did being observed feel?",
        }
        help_texts = {
            "verdict": "Your answer stays with the note wherever it is used.",
            "words": "Needed if you see it differently; welcome if you agree.",
            "fairness": "The observer and the briefing see how many felt what, never who.",
        }
        widgets = {
            "verdict": forms.RadioSelect,
            "fairness": forms.RadioSelect,
            "words": free_text(5),
        }
        error_messages = {
            "verdict": {"required": "Say whether you agree"},
            "fairness": {"required": "Say how being observed felt"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [
            (Answer.Verdict.AGREED, "Yes, I agree"),
            (Answer.Verdict.DISPUTED, "No, I see it differently"),
        ]
        self.fields["fairness"].choices = Answer.Fairness.choices
        self.helper = helper(Field.radios("verdict"), "words", Field.radios("fairness"))

    def clean(self):
        data = super().clean()
        if data.get("verdict") == Answer.Verdict.DISPUTED and not data.get("words", "").strip():
            self.add_error("words", "Say in your own words what you see differently")
        return data


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why, if you want to say",
        required=False,
        widget=free_text(3),
        help_text="For example: the family changed its mind. No names.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("because")


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


STATES = [
    ("draft", "My drafts"),
    ("submitted", "Submitted"),
    ("waiting", "Waiting for an answer"),
    ("disputed", "Disputed"),
    ("tried", "Finished in a trial"),
    ("withdrawn", "Withdrawn by me"),
]


class FilterForm(forms.Form):
    """The filters of the list of observations; they stay in the address."""

    words = forms.CharField(label="Words in a passage", required=False)
    unit = forms.ModelChoiceField(
        label="Team", queryset=None, required=False, empty_label="All teams"
    )
    kind_of_work = forms.ChoiceField(
        label="Kind of work",
        choices=with_blank(KindOfWork.choices, "Everything"),
        required=False,
    )
    state = forms.ChoiceField(label="State", choices=with_blank(STATES, "Any"), required=False)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = teams_of(user)

    def filter(self, observations):
        """The observations that fit what is valid in the filters."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("words"):
            observations = observations.searched(wanted["words"])
        if wanted.get("unit"):
            observations = observations.filter(unit=wanted["unit"])
        if wanted.get("kind_of_work"):
            observations = observations.filter(kind_of_work=wanted["kind_of_work"])
        return self.in_state(observations, wanted.get("state"))

    def in_state(self, observations, state):
        if state == "draft":
            return observations.unfinished()
        if state == "tried":
            return observations.tried()
        if state == "submitted":
            return observations.counted()
        if state == "waiting":
            return observations.waiting_for_answer()
        if state == "disputed":
            return observations.filter(answer__verdict=Answer.Verdict.DISPUTED)
        if state == "withdrawn":
            return observations.filter(withdrawn_at__isnull=False)
        return observations
