"""What comes after submission: conversation, reply, withdrawal."""

from crispy_forms_gds.layout import Field
from django import forms

from observations.form_parts import free_text, tell_readers
from observations.models import Conversation, ConversationAddition, Reply
from observations.readers import words_for
from practicelens.days import DayField, ahead, ask_days_in
from practicelens.forms import folded, helper

VERDICTS = [
    (Reply.Verdict.AGREED, "Yes, I agree"),
    (Reply.Verdict.DISAGREED, "No, I see it differently"),
]


VERDICTS_BESIDE = [
    (Reply.Verdict.AGREED, "I agree"),
    (Reply.Verdict.DISAGREED, "I see it differently"),
]


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


class BesidePassages:
    """Boxes beside each passage of an observation: whether it was so, in a word and in own words.

    Each is optional. `beside` is what was said, once the form is valid.
    """

    def ask_beside(self, passages):
        """Make the boxes; `rows` are (passage, the helper that draws its boxes)."""
        self.passages = list(passages)
        for passage in self.passages:
            verdict, words = names_beside(passage)
            self.fields[verdict] = forms.ChoiceField(
                label="Is this passage how it was?",
                choices=VERDICTS_BESIDE,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[words] = forms.CharField(
                label="What you would say of this passage",
                help_text=f"Needed if you see it differently. {words_for('ReplyPart.words')}",
                widget=free_text(2),
                required=False,
            )

    @property
    def rows(self):
        return [(passage, self.helper_beside(passage)) for passage in self.passages]

    def helper_beside(self, passage):
        verdict, words = names_beside(passage)
        is_open = any(self[name].value() or self.errors.get(name) for name in (verdict, words))
        boxes = (Field.radios(verdict, small=True), words)
        return helper(folded("Reply to this passage", *boxes, is_open=is_open))

    def clean(self):
        data = super().clean()
        for passage in self.passages:
            verdict, words = names_beside(passage)
            said = data.get(words, "").strip()
            if data.get(verdict) == Reply.Verdict.DISAGREED and not said:
                self.add_error(words, "Say in your own words what you see differently")
            if said and not data.get(verdict):
                self.add_error(verdict, "Say whether you agree with this passage")
        return data

    @property
    def beside(self):
        said = [(each, *map(self.cleaned_data.get, names_beside(each))) for each in self.passages]
        return [(passage, verdict, words) for passage, verdict, words in said if verdict]


def names_beside(passage):
    return f"verdict_{passage.pk}", f"words_{passage.pk}"


class ReplyForm(BesidePassages, forms.ModelForm):
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

    def __init__(self, *args, passages=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = VERDICTS
        self.fields["fairness"].choices = Reply.Fairness.choices
        tell_readers(self, "Reply")
        self.ask_beside(passages)
        self.helper = helper(Field.radios("verdict"), "words", Field.radios("fairness"))

    def clean(self):
        data = super().clean()
        if data.get("verdict") == Reply.Verdict.DISAGREED and not data.get("words", "").strip():
            self.add_error("words", "Say in your own words what you see differently")
        return data


class ReplyAdditionForm(BesidePassages, forms.Form):
    """What the practitioner adds to their reply: about the whole, or beside a passage."""

    words = forms.CharField(
        label="What you would add",
        help_text="About the observation as a whole. Beside each passage below there is a box too.",
        widget=free_text(4),
        required=False,
    )

    def __init__(self, *args, passages=(), **kwargs):
        super().__init__(*args, **kwargs)
        tell_readers(self, "ReplyPart")
        self.ask_beside(passages)
        self.helper = helper("words")

    def clean(self):
        data = super().clean()
        if not self.errors and not data["words"].strip() and not self.beside:
            self.add_error("words", "Write what you would add, here or beside a passage")
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
