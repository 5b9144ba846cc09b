"""Forms of a version's second language: which it is, and what is said in it."""

import re

from django import forms

from frameworks.languages.texts import key_of
from frameworks.models import SecondLanguage
from frameworks.plain_text import LONGEST, composed

OTHER = "other"
KNOWN = {"mi": "te reo Māori", "cy": "Cymraeg"}
OFFERED = [("mi", "te reo Māori"), ("cy", "Cymraeg (Welsh)"), (OTHER, "Another language")]
PARTS_OF_A_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")


class LanguageForm(forms.ModelForm):
    """A language that is offered, or any other by its name and its tag."""

    which = forms.ChoiceField(
        label="Which language?",
        choices=OFFERED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a language"},
    )

    class Meta:
        model = SecondLanguage
        fields = ["name", "tag"]
        labels = {"name": "Another: its name, as its speakers call it", "tag": "Its tag"}
        help_texts = {
            "tag": "As web pages carry it, such as ga for Gaeilge, pl for polski or zh-Hant."
        }

    field_order = ["which", "name", "tag"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = self.fields["tag"].required = False
        if self.instance.pk:
            is_known = KNOWN.get(self.instance.tag) == self.instance.name
            self.initial["which"] = self.instance.tag if is_known else OTHER

    def get_initial_for_field(self, field, field_name):
        """The name and the tag are boxes for another language than those offered."""
        if field_name in ("name", "tag") and self.initial.get("which") in KNOWN:
            return ""
        return super().get_initial_for_field(field, field_name)

    @property
    def changed_data(self):
        """By what they come to, whichever boxes were filled in."""
        names = [name for name in ("name", "tag") if name in getattr(self, "cleaned_data", {})]
        return [name for name in names if self.cleaned_data[name] != self.initial.get(name)]

    def clean_name(self):
        return composed(self.cleaned_data["name"])

    def clean_tag(self):
        """mi, MI and Mi are one language; the form of a tag is RFC 5646, section 2.1.1."""
        found = PARTS_OF_A_TAG.fullmatch(self.cleaned_data["tag"].strip())
        if not found:
            return self.cleaned_data["tag"].strip()
        language, script, region = found.groups(default="")
        parts = [language.lower(), script.title(), region.upper()]
        return "-".join(part for part in parts if part)

    def clean(self):
        which = self.cleaned_data.get("which")
        if which in KNOWN:
            self.cleaned_data.update(name=KNOWN[which], tag=which)
            for name in ("name", "tag"):
                self.errors.pop(name, None)
        elif which == OTHER:
            self._needed("name", "Give the language’s name")
            self._needed("tag", "Give the language’s tag")
        return self.cleaned_data

    def _needed(self, name, words):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)


class WordsForm(forms.Form):
    """A box in the second language for each of some texts; `seconds` is what is said now."""

    def __init__(self, data=None, *, texts, language, seconds):
        super().__init__(data)
        self.texts = list(texts)
        self.reads = {text.key: self._read(text, seconds) for text in self.texts}
        for text in self.texts:
            self.fields[name_of(text)] = forms.CharField(
                label=f"In {language}",
                initial=seconds.get(text.words, ""),
                required=False,
                max_length=LONGEST,
                error_messages={
                    "max_length": f"{text.place}: say it in at most {LONGEST:,} characters"
                },
                widget=forms.Textarea(attrs=attributes(text, language)),
            )

    def _read(self, text, seconds):
        """The fingerprint of what the person had read there."""
        now = key_of(seconds.get(text.words, ""))
        return self.data.get(f"read-{text.key}", now) if self.is_bound else now

    def rows(self, theirs, left_over):
        """[(text, box, what was read, what someone else saved, words left over that are like it)]"""
        return [
            (
                text,
                self[name_of(text)],
                self.reads[text.key],
                theirs.get(text.words),
                left_over.get(text.words),
            )
            for text in self.texts
        ]

    def typed(self):
        """[(text, what was typed, what was read)] of a valid form."""
        return [
            (text, composed(self.cleaned_data[name_of(text)]), self.reads[text.key])
            for text in self.texts
        ]


def name_of(text):
    return f"say-{text.key}"


def attributes(text, language):
    rows = min(8, 1 + len(text.words) // 45)
    return {"rows": rows, "lang": language.tag, "spellcheck": "true", "dir": "auto"} | {
        "class": "govuk-textarea"
    }
