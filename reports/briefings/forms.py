"""Forms of a briefing's words, of what it asks, and of the answers."""

import hashlib
import re

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field
from django import forms

from frameworks.models import Codebook, Criterion, FrameworkVersion, Theme
from practicelens.days import DayField, ahead, ask_days_in
from practicelens.forms import helper, with_blank
from practicelens.numbers import count_words
from practicelens.people import two_windows
from practicelens.people.models import Unit, User
from practicelens.people.permissions import Act
from reports.briefings.checking import LIMITS
from reports.briefings.recommendations import UNSETTLED
from reports.briefings.releasing import what_is_left
from reports.models import Briefing, Finding, PartSave, Recommendation, Scene, Section
from reports.periods import month_of, month_words, months_after, rolling


def words(label, limit, rows=0, hint="", longest=None):
    """A text of a briefing: too long is kept and the page says so, unless the row itself can't hold it."""
    said = f"{hint} Up to {limit} characters.".strip()
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
    return forms.CharField(
        label=label, help_text=said, widget=widget, required=False, max_length=longest
    )


FINGERPRINT = re.compile(r"[0-9a-f]{12,64}")


class WordsForm(forms.Form):
    """The words of one row, which save themselves; `saves` counts how often they were saved."""

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        briefing = instance if isinstance(instance, Briefing) else instance.briefing
        self.saves = PartSave.last_of(briefing, self.part)
        initial = {name: getattr(instance, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = helper(*self.base_fields)

    @property
    def part(self):
        """What the saves of these words are counted under."""
        raise NotImplementedError

    def theirs(self):
        """[(label, words)] of what the row has where it differs from what was sent."""
        return [
            (field.label, getattr(self.instance, name))
            for name, field in self.fields.items()
            if (self.cleaned_data.get(name) or "") != str(getattr(self.instance, name) or "")
        ]

    def save(self, base):
        """Save the words that were read at `base`."""
        for name in self.cleaned_data:
            setattr(self.instance, name, self.cleaned_data[name])
        is_new = self.instance.pk is None
        self.instance.save(update_fields=None if is_new else list(self.cleaned_data))
        self.saves.count_on()
        two_windows.remember(self.saves, base)


class AnswersForm(WordsForm):
    part = "answers"
    title = words(
        "Title",
        LIMITS["title"],
        2,
        "The month’s good news and its difficulty, two sentences.",
        longest=95,
    )
    alert = words(
        "Alert: what needs leaders now",
        LIMITS["alert"],
        2,
        "Grave, clearly worse, or overdue. Empty: the paper leaves the line out.",
    )
    advise = words("Advise: what to watch", LIMITS["advise"], 2)
    assure = words("Assure: what has held or become better", LIMITS["assure"], 2)
    know = words("What do we know?", LIMITS["know"], 4, "Count first, then what it means.")
    how = words("How do we know it?", LIMITS["how"], 4, "Who was there, and what was answered.")
    doing = words("What are we doing?", LIMITS["doing"], 4)
    confidence = words(
        "How far to trust it, in a line",
        LIMITS["confidence"],
        2,
        "What was seen well, and what not at all.",
        longest=160,
    )


HEADING = "A finding with a verb, not a topic."


class WordsOfSectionForm(WordsForm):
    @property
    def part(self):
        return self.instance.key


class SectionForm(WordsOfSectionForm):
    heading = words("The section in one sentence", LIMITS["heading"], 2, HEADING, longest=70)
    text = words("What leaders need to know", LIMITS["section"], 6, "Each line is a paragraph.")


class GoodWorkForm(WordsOfSectionForm):
    heading = words("The section in one sentence", LIMITS["heading"], 2, HEADING, longest=70)
    text = words(
        "One thing a line",
        LIMITS["line"],
        10,
        "In brackets at its end, how it is known: (Seen: home visit).",
    )


class LimitsForm(WordsOfSectionForm):
    heading = words("The section in one sentence", LIMITS["heading"], 2, HEADING, longest=70)
    text = words(
        "One limit a line", LIMITS["line"], 8, "What was not seen, by whom, at which hours."
    )


class LinesForm(WordsOfSectionForm):
    """Lines without a heading of their own: the paper's own stands above them."""

    text = words("One thing a line", LIMITS["line"], 6, "Nothing here: the paper leaves it out.")


class MembersQuestionsForm(WordsOfSectionForm):
    text = words(
        "One question a line, and its answer behind it",
        LIMITS["line"],
        8,
        "Up to the question mark it is the question. Nothing here: the paper leaves it out.",
    )


class SceneForm(WordsForm):
    part = "scene"
    text = words(
        "The scene",
        LIMITS["scene"],
        7,
        "One short moment of practice. Nothing here: the paper leaves it out.",
        longest=600,
    )
    altered = words(
        "What was altered, so that nobody in it can be known",
        LIMITS["altered"],
        2,
        "Leaders read that it is altered, and not what.",
        longest=200,
    )
    asked = forms.ChoiceField(
        label="Were the practitioner and the family asked?",
        choices=Scene.Asked.choices,
        required=False,
    )


def form_for(section):
    """The form of a part of a briefing, by its code."""
    special = {
        "answers": AnswersForm,
        "scene": SceneForm,
        Section.Key.GOOD_WORK: GoodWorkForm,
        Section.Key.PRACTITIONERS: LinesForm,
        Section.Key.EARLY_SIGNS: LinesForm,
        Section.Key.QUESTIONS: MembersQuestionsForm,
        Section.Key.LIMITS: LimitsForm,
    }
    return special.get(section, SectionForm)


class FindingForm(WordsForm):
    @property
    def part(self):
        return f"finding-{self.instance.pk}"

    claim = words("The claim, in one sentence", LIMITS["claim"], 2, longest=140)
    text = words("What leaders need to know", LIMITS["text"], 7, "Each line is a paragraph.")
    sure = forms.ChoiceField(label="How sure are we?", choices=Finding.Sure.choices)
    sure_because = words(
        "Because",
        LIMITS["sure_because"],
        2,
        "How often, by how many people, in how many teams.",
        longest=140,
    )
    section = forms.ChoiceField(
        label="In which part?", choices=[(key, key.label) for key in Finding.WITH_FINDINGS]
    )


class LookedForm(WordsForm):
    @property
    def part(self):
        return f"looked-{self.instance.pk}"

    looked = words("Say where you looked, or what you found", LIMITS["looked"], 4)


class SubjectChoice(forms.ChoiceField):
    """A theme, or a criterion in use at the end of a month, as "theme-3" or "criterion-12"."""

    def offer(self, unit, month):
        self.choices = with_blank(
            [("Themes", themes_of(unit)), ("What good looks like", criteria_of(unit, month))]
        )


def themes_of(unit):
    codebook = Codebook.objects.for_unit(unit).first()
    themes = Theme.objects.filter(codebook=codebook).in_use()
    return [(f"theme-{theme.pk}", theme.name) for theme in themes]


def criteria_of(unit, month):
    """Those whose counts the briefing of the month tells, whatever version is in use by now."""
    version = FrameworkVersion.objects.live_for(unit, rolling(month).last_day)
    criteria = Criterion.objects.filter(version=version).order_by("position")
    return [(f"criterion-{each.pk}", f"{each.code} {each.name}") for each in criteria]


SIDES = {
    "theme": [("helps", "It helps practice"), ("hinders", "It gets in the way")],
    "criterion": [("for", "It is seen"), ("against", "It is not there yet")],
}


class NewFindingForm(forms.Form):
    claim = forms.CharField(
        label="The claim, in one sentence",
        max_length=140,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Up to 140 characters.",
        error_messages={"required": "Write the claim in one sentence"},
    )
    section = forms.ChoiceField(
        label="In which part?", choices=[(key, key.label) for key in Finding.WITH_FINDINGS]
    )
    about = SubjectChoice(
        label="What is it about?",
        help_text="Evidence and its opposite are looked for there.",
        error_messages={"required": "Choose what it is about"},
    )
    is_good = forms.ChoiceField(
        label="Which way does it point?",
        choices=[("yes", "It is there, or it helps"), ("no", "It is not there, or it hinders")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say which way it points"},
    )

    def __init__(self, *args, briefing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(briefing.unit, briefing.month)
        self.helper = helper("claim", "section", "about", Field.radios("is_good"))

    @property
    def subject(self):
        kind, pk = self.cleaned_data["about"].split("-")
        good, bad = (code for code, _ in SIDES[kind])
        return {kind: int(pk), "side": good if self.cleaned_data["is_good"] == "yes" else bad}


CHANGED = "The observation has changed since this page was opened. Look at the words again"


class QuotationForm(forms.Form):
    """What was looked at in one quotation, and what happens to it: nothing, until someone says."""

    RELEASE, LEAVE_OUT, LATER = "release", "leave_out", "later"

    seen = forms.CharField(widget=forms.HiddenInput)
    ticks = forms.MultipleChoiceField(
        label="Tick each once you have looked at it",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": CHANGED},
    )
    what = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Say what happens to it, or not yet"}
    )

    def __init__(self, data, *, check):
        self.check = check
        self.stamp = hashlib.sha256(f"{check.words}{check.answer}".encode()).hexdigest()[:16]
        initial = {"seen": self.stamp, "ticks": [], "what": self.LATER}
        super().__init__(data, prefix=check.quotation.key, initial=initial)
        self.fields["ticks"].choices = [
            Choice(tick.code, f"“{tick.words}”", hint=tick.why) for tick in check.ticks
        ]
        self.fields["what"].label = self._question()
        self.fields["what"].choices = list(self._answers())
        shown = [Field.checkboxes("ticks")] if check.ticks and not check.cannot_go else []
        self.helper = helper("seen", *shown, Field.radios("what"))

    def _question(self):
        people = self.check.small_team
        if people is None:
            return "What happens to it?"
        there = {0: "nobody is known to work", 1: "one person works"}.get(
            people, f"{count_words(people)} people work"
        )
        return f"This team is small: {there} there. Could someone there tell who this is about?"

    def _answers(self):
        is_asked = self.check.small_team is not None
        if not self.check.cannot_go:
            changed = " with the words changed" if self.check.found else ""
            yield self.RELEASE, f"No, release it{changed}" if is_asked else f"Release it{changed}"
        if self.check.quotation.can_be_left_out:
            yield self.LEAVE_OUT, "Yes, leave it out" if is_asked else "Leave it out"
        yield self.LATER, "Not decided yet"

    def clean(self):
        data = super().clean()
        if data.get("what") == self.RELEASE and "ticks" in data:
            if data.get("seen") != self.stamp:
                self.add_error("what", CHANGED)
            # Releasing it is the answer to what is asked of a small team.
            for code, words in what_is_left(self.check, data["ticks"], nobody_could_tell=True):
                self.add_error("ticks" if code else "what", words)
        return data


class OwnerChoice(forms.ModelChoiceField):
    """A leader over the unit, with their post."""

    def label_from_instance(self, user):
        return f"{user.name}, {user.post}" if user.post else user.name


class RecommendationForm(forms.ModelForm):
    owner = OwnerChoice(
        queryset=User.objects.none(),
        label="Who decides?",
        required=False,
        empty_label="Choose one person",
    )
    due_on = DayField(of=ahead, is_for_work=True, label="By when?", required=False)

    class Meta:
        model = Recommendation
        fields = ["question", "what", "cost", "equality", "owner", "due_on"]
        labels = {
            "question": "The decision, as a question",
            "what": "What would be done",
            "cost": "What it costs, if known",
            "equality": "Equality: who gains by it, and who could lose",
        }
        help_texts = {
            "question": "Up to 120 characters.",
            "what": "Up to 300 characters.",
            "cost": "Such as £6,000, once; or nothing.",
            "equality": "Such as families who speak another language at home. Up to 200 characters.",
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2}),
            "what": forms.Textarea(attrs={"rows": 4}),
            "equality": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {"question": {"required": "Write the decision as a question"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.instance.briefing.unit
        ask_days_in(self, unit)
        self.fields["owner"].queryset = User.objects.who_may(Act.DECIDE_RECOMMENDATIONS, unit)
        self.helper = helper("question", "what", "cost", "equality", "owner", Field.text("due_on"))


class ComposeForm(forms.Form):
    """A unit and one of the last months to draft a briefing for."""

    MONTHS = 6

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="For which part of the service?",
        empty_label="Choose",
        error_messages={"required": "Choose the part of the service"},
    )
    month = forms.TypedChoiceField(
        label="Which month?", error_messages={"required": "Choose the month"}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.where(user, Act.WRITE_BRIEFINGS)
        self.fields["unit"].queryset = units.order_by("name")
        last = months_after(month_of(user.today()), -1)
        self.months = {
            f"{month:%Y-%m}": month
            for month in (months_after(last, -at) for at in range(self.MONTHS))
        }
        self.fields["month"].choices = [
            (code, month_words(month)) for code, month in self.months.items()
        ]
        self.helper = helper("unit", "month")

    @property
    def chosen(self):
        return {"unit": self.cleaned_data["unit"], "month": self.months[self.cleaned_data["month"]]}


STATES = {
    "draft": {"issued_at": None},
    "issued": {"issued_at__isnull": False},
}


class FingerprintForm(forms.Form):
    """A fingerprint as it is typed from a paper: in parts or whole, in large or small letters."""

    typed = forms.CharField(
        label="The fingerprint on the paper",
        help_text="The 12 at the foot of a page, or all 64. Spaces don’t matter.",
        max_length=200,
        error_messages={
            "required": "Type the fingerprint",
            "max_length": "Type at most 64 letters and digits",
        },
    )

    def clean_typed(self):
        typed = "".join(self.cleaned_data["typed"].split()).lower()
        if not FINGERPRINT.fullmatch(typed):
            raise forms.ValidationError("Type 12 to 64 of the digits 0 to 9 and the letters a to f")
        return typed


class BriefingFilter(forms.Form):
    """The filters of the list of briefings; they stay in the address."""

    unit = forms.ModelChoiceField(
        label="For", queryset=Unit.objects.none(), required=False, empty_label="Everybody"
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=with_blank([("draft", "Being written"), ("issued", "Issued")], "Any"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Briefing.objects.visible_to(user)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=seen.values("unit")).order_by(
            "name"
        )
        if not user.can(Act.WRITE_BRIEFINGS):
            del self.fields["state"]

    def filter(self, briefings):
        self.is_valid()
        if unit := self.cleaned_data.get("unit"):
            briefings = briefings.filter(unit=unit)
        return briefings.filter(**STATES.get(self.cleaned_data.get("state"), {}))


class RecommendationFilter(forms.Form):
    """The filters of the list of recommendations; they stay in the address."""

    STATES = [("open", "Not settled"), ("settled", "Settled")]

    owner = OwnerChoice(
        queryset=User.objects.none(), label="Who decides", required=False, empty_label="Everybody"
    )
    state = forms.ChoiceField(label="State", required=False, choices=with_blank(STATES, "Any"))

    def __init__(self, *args, recommendations, **kwargs):
        super().__init__(*args, **kwargs)
        owners = User.objects.filter(pk__in=recommendations.values("owner"))
        self.fields["owner"].queryset = owners.order_by("name")

    def filter(self, recommendations):
        self.is_valid()
        if owner := self.cleaned_data.get("owner"):
            recommendations = recommendations.filter(owner=owner)
        state = self.cleaned_data.get("state")
        if state == "open":
            return recommendations.filter(UNSETTLED)
        return recommendations.exclude(UNSETTLED) if state == "settled" else recommendations
