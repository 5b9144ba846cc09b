"""What comes after submission: conversation, answer, withdrawal, identifiers, filters."""

from crispy_forms_gds.layout import Field
from django import forms

from observations.form_parts import free_text, tell_readers
from observations.models import Conversation, ConversationAddition, Reply
from practicelens.days import DayField, ahead, ask_days_in
from practicelens.forms import helper


class ConversationForm(forms.ModelForm):
    look_again_on = DayField(of=ahead, label="When to look again", required=False)

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
        ask_days_in(self, self.instance.observation.unit)
        tell_readers(self, "Conversation")
        self.helper = helper("strengths", "questions", "next_step", "look_again_on")


class AdditionForm(forms.ModelForm):
    """What one of the two adds to the conversation."""

    class Meta:
        model = ConversationAddition
        fields = ["words"]
        labels = {"words": "What you would add"}
        widgets = {"words": free_text(4)}
        error_messages = {"words": {"required": "Write what you would add"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tell_readers(self, "ConversationAddition")
        self.helper = helper("words")


class AgreementForm(AdditionForm):
    """Whether the conversation says what was agreed; if not, what is missing."""

    YES, NO = "yes", "no"
    is_agreed = forms.ChoiceField(
        label="Is this what you agreed?",
        choices=[(YES, "Yes, and it stays as it is from now on"), (NO, "Not quite")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is what you agreed"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.required = False
        words.help_text = f"Needed if it is not quite what you agreed. {words.help_text}".strip()
        self.helper = helper(Field.radios("is_agreed"), "words")

    def clean(self):
        data = super().clean()
        if data.get("is_agreed") == self.NO and not data.get("words", "").strip():
            self.add_error("words", "Write what is missing or not as you agreed it")
        return data


class ReplyForm(forms.ModelForm):
    class Meta:
        model = Reply
        fields = ["verdict", "words", "fairness"]
        labels = {
            "verdict": "Is this how it was?",
            "words": "In your own words",
            "fairness": "How did being observed feel?",
        }
        help_texts = {
            "words": "Needed if you see it differently; welcome if you agree.",
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
            (Reply.Verdict.AGREED, "Yes, I agree"),
            (Reply.Verdict.DISAGREED, "No, I see it differently"),
        ]
        self.fields["fairness"].choices = Reply.Fairness.choices
        tell_readers(self, "Reply")
        self.helper = helper(Field.radios("verdict"), "words", Field.radios("fairness"))

    def clean(self):
        data = super().clean()
        if data.get("verdict") == Reply.Verdict.DISAGREED and not data.get("words", "").strip():
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
        tell_readers(self, "Observation", named={"because": "withdrawn_because"})
        self.helper = helper("because")
