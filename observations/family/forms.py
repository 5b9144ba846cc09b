from uuid import uuid4

from django import forms

from observations.family.wordings import ENGLISH
from observations.models import FamilyCard, FamilyCardLanguage
from practicelens.forms import area, helper

QUESTIONS = tuple(FamilyCard.QUESTIONS)
LONGEST = 3000
DAYS = [(7, "1 week"), (14, "2 weeks"), (28, "4 weeks"), (56, "8 weeks")]


class MakeForm(forms.Form):
    """How long a card can be used, and in which language it opens."""

    days = forms.TypedChoiceField(
        label="How long can it be used?",
        choices=DAYS,
        coerce=int,
        initial=28,
        help_text="The card says its last day.",
        error_messages={"required": "Choose how long it can be used"},
    )
    language = forms.ChoiceField(label="Which language does it open in?", required=False)

    def __init__(self, *args, wordings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(each.tag, each.name) for each in wordings]
        if len(wordings) == 1:
            del self.fields["language"]
        self.helper = helper(*self.fields)


class CardForm(forms.Form):
    """What a family says. Every question can be left out; saying yes to its use can't."""

    drawing = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(required=False, widget=forms.Textarea)
    way = forms.ChoiceField(choices=FamilyCard.Way, initial=FamilyCard.Way.ALONE)
    agree = forms.BooleanField()

    def __init__(self, *args, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.wording = wording
        for name in QUESTIONS:
            self.fields[name] = forms.ChoiceField(choices=FamilyCard.Answer, required=False)
        self.fields["agree"].error_messages["required"] = wording.must_agree

    def clean_words(self):
        words = self.cleaned_data["words"].strip()
        if len(words) > LONGEST:
            raise forms.ValidationError(self.wording.too_long)
        return words

    def clean(self):
        data = super().clean()
        if "words" in data and not any(data.get(name) for name in (*QUESTIONS, "words")):
            self.add_error("words", self.wording.skip_all)
        return data

    @property
    def said(self):
        """What the family said, as `actions.answer` takes it."""
        return {name: self.cleaned_data[name] for name in (*QUESTIONS, "words", "way", "drawing")}

    @property
    def questions(self):
        """[(name, the question, [(value, its words, whether it is chosen)])]."""
        words = self.wording
        return [
            (
                name,
                getattr(words, name),
                [
                    (value, getattr(words, value), self[name].value() == value)
                    for value in FamilyCard.Answer.values
                ],
            )
            for name in QUESTIONS
        ]

    @property
    def ways(self):
        chosen = self["way"].value()
        return [
            (value, getattr(self.wording, value), value == chosen)
            for value in FamilyCard.Way.values
        ]


class LanguageForm(forms.ModelForm):
    """One more language for the cards of an organisation."""

    class Meta:
        model = FamilyCardLanguage
        fields = ["name", "tag"]
        labels = {"name": "What do its speakers call it?", "tag": "Language tag"}
        help_texts = {
            "name": "Such as Cymraeg or te reo Māori.",
            "tag": "As pages carry it: cy for Welsh, mi for te reo Māori, pa for Punjabi.",
        }
        error_messages = {
            "name": {"required": "Write what its speakers call it"},
            "tag": {"required": "Give the language tag, such as cy"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("name", "tag")

    def clean_tag(self):
        tag = self.cleaned_data["tag"]
        if tag.split("-")[0] == "en":
            raise forms.ValidationError("The card is in English already")
        if FamilyCardLanguage.objects.filter(unit=self.instance.unit, tag=tag).exists():
            raise forms.ValidationError("The card has this language already")
        return tag


class TextsForm(forms.Form):
    """Every text of the card in one language, beside the English; what is empty is not there yet."""

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        said = {text.first: text.second for text in language.texts.all()}
        for name, first in ENGLISH.items():
            self.fields[name] = forms.CharField(
                label=first, required=False, max_length=600, widget=area(2), initial=said.get(first)
            )
            self.fields[name].widget.attrs["lang"] = language.tag
        self.helper = helper(*self.fields)

    @property
    def said(self):
        """{the English: its translation}, of those that there are."""
        data = self.cleaned_data
        return {first: data[name] for name, first in ENGLISH.items() if data[name]}
