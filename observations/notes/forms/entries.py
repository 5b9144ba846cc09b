"""Passages, friction entries and voices: as many as there were, one open at a time."""

from functools import partial

from crispy_forms_gds.choices import Choice
from django import forms
from django.db.models import Exists, OuterRef, Q

from frameworks.languages.wordings import option_said
from frameworks.lists.offered import lists_for
from frameworks.models import FirstFor, Prompt
from frameworks.models.lists import ListOf
from observations.form_parts import (
    LOOKED_AT,
    LOOKED_AT_AGAIN,
    OneListed,
    SavesWhatIsValid,
    free_text,
    tell_readers,
)
from observations.models import Friction, Passage, Voice
from observations.models.choices import RiskStatement
from observations.systems.offered import systems_called
from practicelens.forms import Offering, SelectInWords, with_blank
from practicelens.lengths import LENGTH_HINT, LengthField

KINDS = [
    Choice(Passage.Kind.SEEN.value, "Seen", hint="I saw it happen"),
    Choice(Passage.Kind.HEARD.value, "Heard", hint="Someone said it"),
    Choice(
        Passage.Kind.READING.value, "My reading", hint="What I make of it. Never quoted to leaders"
    ),
]


class EntryForm(SavesWhatIsValid):
    """One of several entries; an entry with nothing in it is not kept."""

    def __init__(self, *args, observation, **kwargs):
        self.observation = observation
        super().__init__(*args, **kwargs)
        tell_readers(self, self._meta.model.__name__, is_trial=observation.is_trial)

    def save_valid(self):
        if not self.instance.pk:
            if not (any(self.cleaned_data.values()) or self.errors):
                return
            self.instance.position = self.observation.passages.count() + 1
        super().save_valid()


class PassageForm(EntryForm):
    risk = forms.MultipleChoiceField(
        choices=RiskStatement.choices,
        widget=forms.CheckboxSelectMultiple,
        label="How was risk spoken of?",
        help_text="Tick what was said here, or nothing.",
    )

    class Meta:
        model = Passage
        fields = ["prompt", "text", "kind", "risk", "is_marked"]
        labels = {
            "prompt": "A question to start from",
            "text": "What happened?",
            "kind": "How do you know?",
            "is_marked": "This may matter on its own, whatever the rest adds up to",
        }
        help_texts = {
            "text": "What was said or done, in order. Use roles, not names: the mother, the "
            "school nurse.",
        }
        widgets = {
            "prompt": SelectInWords(attrs={"class": "govuk-select"}),
            "text": free_text(7, LOOKED_AT_AGAIN),
            "kind": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["is_marked"]
        field.help_text = (
            "One odd or grave thing is enough. It then waits with the early signs until someone "
            "decides about it. This is no referral: if a child may be at risk, "
            f"{self.observation.unit.if_a_child_is_at_risk}. {field.help_text}"
        ).strip()
        if not (self.instance.risk or asks_of_risk(self.observation)):
            del self.fields["risk"]
        prompts = prompts_for(self.observation)
        self.fields["prompt"].queryset = Prompt.objects.filter(
            pk__in=[prompt.pk for _, group in prompts for prompt in group]
        )
        self.fields["prompt"].choices = [
            ("", "None: in my own order"),
            *[self.offered(name, group) for name, group in prompts],
        ]
        self.fields["kind"].choices = KINDS

    def offered(self, name, prompts):
        """A group of questions as it is read."""
        words = self.observation.framework_version.wordings
        return (
            option_said(name, words),
            [(prompt.pk, option_said(prompt.text, words)) for prompt in prompts],
        )


RISK_LENS = "risk"  # its code, shipped and in an organisation's own copy


def asks_of_risk(observation):
    """Whether the lens on how risk was talked about is switched on for this kind of work."""
    lenses = offered_lenses(observation.framework_version, observation.kind_of_work)
    return lenses.filter(code=RISK_LENS).exists()


def offered_lenses(version, kind_of_work):
    """The lenses that are switched on in a version for a kind of work; for none yet, all of them."""
    offered = Q(kinds=[]) | Q(kinds__contains=[kind_of_work])
    return version.lenses.filter(offered) if kind_of_work else version.lenses.all()


def roles_offered(observation, kept):
    """The roles of the unit's own list to choose one from, and what was chosen of it before."""
    kept = [code for code in kept if code]
    return with_blank(lists_for(observation.unit).choices(ListOf.ROLE, kept))


def prompts_for(observation):
    """The prompts offered, and the one that a passage began from if the kind of work changed since."""
    chosen = Prompt.objects.filter(passages__observation=observation) if observation.pk else ()
    version, kind = observation.framework_version, observation.kind_of_work
    return prompts_of(version, kind, chosen, about=observation.is_about)


def lens_questions(observation):
    """The questions of the lenses that are switched on, as (lens, questions)."""
    return [(name, asked) for name, asked in prompts_for(observation) if asked[0].lens_id]


def prompts_of(version, kind_of_work, chosen=(), about=""):
    """The questions of a version's criteria, and of its lenses for a kind of work.

    As (name, prompts) groups: those come first whose criteria do, for what the work is about.
    """
    first = FirstFor.objects.filter(criterion=OuterRef("criterion"), about=about)
    of_criteria = (
        Prompt.objects.filter(criterion__version=version)
        .select_related("criterion__domain")
        .order_by(Exists(first).desc(), "criterion__position", "position")
    )
    offered = Q(lens__kinds=[]) | Q(lens__kinds__contains=[kind_of_work])
    of_lenses = (
        Prompt.objects.filter(lens__framework_versions=version)
        .filter(offered & Q(is_put_away=False) | Q(pk__in=chosen))
        .select_related("lens")
        .order_by("lens", "position")
    )
    groups = {}
    for prompt in of_criteria:
        groups.setdefault(prompt.criterion.domain.name, []).append(prompt)
    for prompt in of_lenses:
        groups.setdefault(prompt.lens.name, []).append(prompt)
    return list(groups.items())


class FrictionForm(EntryForm):
    minutes = LengthField(label="Time lost or gained", help_text=LENGTH_HINT)

    class Meta:
        model = Friction
        fields = ["system", "called", "step", "effect", "minutes", "family", "workaround"]
        labels = {
            "system": "What was it?",
            "called": "What is it called here?",
            "step": "Which step?",
            "effect": "Did it help?",
            "family": "What did it do to the family?",
            "workaround": "The way round it, if there was one",
        }
        help_texts = {
            "called": "Such as the name of the system. Never a person’s name: what is written twice "
            "is offered to everyone here."
        }
        widgets = {
            "effect": forms.RadioSelect,
            "called": Offering(attrs={"class": "govuk-input", **LOOKED_AT}),
            "step": forms.TextInput(attrs=LOOKED_AT),
            "family": free_text(3),
            "workaround": free_text(2),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["effect"].choices = Friction.Effect.choices
        self.fields["called"].widget.offered = partial(systems_called, self.observation.unit)


class VoiceForm(EntryForm):
    class Meta:
        model = Voice
        fields = ["who", "words"]
        field_classes = {"who": OneListed}
        labels = {"who": "Who said it?", "words": "What they said"}
        help_texts = {"words": "As they said it, in their language. No names, no case number."}
        widgets = {
            "who": forms.Select(attrs={"class": "govuk-select"}),
            "words": free_text(4, LOOKED_AT_AGAIN),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = roles_offered(self.observation, [self.instance.who])
