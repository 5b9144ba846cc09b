"""Whether an observation is shared with its practitioner, and if not, why."""

from crispy_forms_gds.layout import Field
from django import forms
from django.utils.html import format_html

from observations.form_parts import SavesWhatIsValid, free_text, tell_readers
from observations.models import Observation
from observations.models.choices import NotShared
from practicelens.forms import helper
from practicelens.numbers import lowered

SHARE = "share"  # what is sent where it is to be shared
SAY_WHY = "Say in your own words why it is not shared"


class SharingForm(SavesWhatIsValid):
    """What a draft says of it; where it says nothing, it is to be shared."""

    not_shared_because = forms.ChoiceField(
        label="Share it with the practitioner?", widget=forms.RadioSelect
    )

    class Meta:
        model = Observation
        fields = ["not_shared_because", "not_shared_words"]
        labels = {"not_shared_words": "If not yet: why, in your own words"}
        help_texts = {"not_shared_words": "Needed for another reason. Roles, never names."}
        widgets = {"not_shared_words": free_text(2)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["not_shared_because"]
        reason.choices = self.offered()
        if practitioner := self.instance.practitioner:
            reason.label = format_html("Share it with {}?", practitioner)
        self.initial["not_shared_because"] = self.instance.not_shared_because or SHARE
        tell_readers(self, "Observation")
        reason.help_text = self.told()
        self.helper = helper(Field.radios("not_shared_because", small=True), "not_shared_words")

    def told(self):
        """What sharing does, beside the choice; who reads the reason is told beside its box."""
        if self.instance.practitioner is None:
            return "Where one is named. They get a mail, and have ten working days to reply."
        return "They get a mail, and have ten working days to reply."

    def offered(self):
        reasons = [(each.value, f"Not yet: {lowered(each.label)}") for each in NotShared.to_pick()]
        return [(SHARE, "Yes, when I submit it"), *reasons]

    def clean_not_shared_because(self):
        reason = self.cleaned_data["not_shared_because"]
        return "" if reason == SHARE else reason

    def clean(self):
        data = super().clean()
        if not data.get("not_shared_because"):
            data["not_shared_words"] = ""
        elif data["not_shared_because"] == NotShared.OTHER and not data["not_shared_words"].strip():
            self.add_error("not_shared_words", SAY_WHY)
        return data

    @property
    def not_shared(self):
        """(reason, own words), once it is valid: the reason is empty where it is to be shared."""
        return self.cleaned_data["not_shared_because"], self.cleaned_data["not_shared_words"]


class SubmitForm(SharingForm):
    """As it is submitted, the choice is sent: a page of before did not say that it is shared."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["not_shared_because"]
        reason.required = True
        reason.error_messages["required"] = "Choose whether to share it"


class TakeBackForm(SharingForm):
    """Asked where the sharing is taken back."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {}  # what kept it back before is another matter
        reason = self.fields["not_shared_because"]
        reason.help_text = ""
        reason.label, reason.required = "Why is it not to be shared yet?", True
        reason.error_messages["required"] = "Choose why it is not to be shared yet"
        self.fields["not_shared_words"].label = "In your own words"

    def offered(self):
        return [(each.value, each.label) for each in NotShared.to_pick()]
