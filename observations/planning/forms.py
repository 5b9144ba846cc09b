"""Planning a visit, saying what to look at, and calling a visit off."""

import uuid

from crispy_forms_gds.layout import Field
from django import forms

from frameworks.lists.offered import lists_for
from frameworks.models.lists import ListOf
from observations.form_parts import (
    OneListed,
    TeamChoice,
    free_text,
    kinds_by_team,
    offer_teams,
    teams_of,
)
from observations.models import Observation, PlannedVisit
from observations.models.choices import FamilyAsked
from observations.notes.last_time import usual_teams
from practicelens.days import DayField, ask_days_in, begins
from practicelens.forms import helper, with_blank
from practicelens.lengths import LENGTH_HINT, LengthField
from practicelens.people.models import User

# Of a family that said no there is nothing to plan: such a visit is cancelled.
ASKED = [
    ("", "Not asked yet"),
    (FamilyAsked.AGREED, FamilyAsked.AGREED.label),
    (FamilyAsked.NOT_POSSIBLE, FamilyAsked.NOT_POSSIBLE.label),
    (FamilyAsked.NO_FAMILY, FamilyAsked.NO_FAMILY.label),
]
BOTH_READ = "You and the practitioner read this, nobody else. Use roles, not names."
CLOCK = ["%H:%M", "%I:%M%p", "%I%p", "%H%M", "%H"]


class ClockField(forms.TimeField):
    """A time as people write it: 10:30, 10.30am, 2pm."""

    def __init__(self, **kwargs):
        said = {"invalid": "Type the time like 10:30 or 2pm"}
        super().__init__(input_formats=CLOCK, error_messages=said, **kwargs)
        self.widget = forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input govuk-input--width-5"}
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.lower().split()).replace(".m", "m").replace("m.", "m")
            value = value.replace(".", ":")
        return super().to_python(value)


class VisitForm(forms.ModelForm):
    """Who, where, when, what kind of work, and what for."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    visit_on = DayField(
        of=begins, label="Which day?", error_messages={"required": "Type the day of the visit"}
    )
    visit_at = ClockField(
        label="At what time? (optional)", help_text="Such as 10:30 or 2pm.", required=False
    )
    minutes = LengthField(
        label="For how long? (optional)", help_text=LENGTH_HINT, least=1, required=False
    )
    family_asked = forms.ChoiceField(
        label="Has the family been asked whether you can be there?",
        choices=ASKED,
        widget=forms.RadioSelect,
        required=False,
    )
    follows = forms.ModelChoiceField(
        queryset=Observation.objects.none(),
        to_field_name="key",
        widget=forms.HiddenInput,
        required=False,
    )

    class Meta:
        model = PlannedVisit
        fields = [
            "unit",
            "practitioner",
            "kind_of_work",
            "visit_on",
            "visit_at",
            "minutes",
            "observers_focus",
            "practitioners_focus",
            "family_asked",
            "family_how",
            "message",
            "follows",
        ]
        field_classes = {"unit": TeamChoice, "kind_of_work": OneListed}
        labels = {
            "unit": "Which team?",
            "practitioner": "With whom?",
            "kind_of_work": "What kind of work?",
            "observers_focus": "What you would like to look at (optional)",
            "practitioners_focus": "What the practitioner would like you to look at (optional)",
            "family_how": "How were they asked, or how will they be? (optional)",
            "message": "A few words to the practitioner (optional)",
        }
        help_texts = {
            "practitioner": "They get a mail that a visit is planned, and can say not today.",
            "observers_focus": BOTH_READ,
            "practitioners_focus": f"They can say it themselves too. {BOTH_READ}",
            "family_how": "Such as: by their social worker, by telephone. No names.",
            "message": "Such as where to meet. No names of a family.",
        }
        widgets = {
            "kind_of_work": forms.Select,
            "observers_focus": free_text(3),
            "practitioners_focus": free_text(3),
            "message": free_text(2),
        }
        error_messages = {
            "unit": {"required": "Choose the team"},
            "kind_of_work": {"required": "Choose the kind of work"},
        }

    def __init__(self, *args, user, **kwargs):
        if kwargs["instance"].pk is None:
            kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        row = self.instance
        self.user = user
        ask_days_in(self, row.unit if row.pk else user)
        teams = teams_of(user)
        self.fields["unit"].queryset = teams
        self.fields["unit"].empty_label = "Choose the team"
        offer_teams(self.fields["unit"], usual_teams(user))
        self.offer_kinds(teams)
        people = User.objects.practitioners_of(teams).exclude(pk=user.pk)
        self.fields["practitioner"].queryset = people
        self.fields["practitioner"].empty_label = "No one practitioner, or not known yet"
        self.fields["follows"].queryset = Observation.objects.in_hands_of(user).counted()
        if row.follows:
            self.initial["follows"] = row.follows.key
        self.helper = helper(
            "key",
            "follows",
            Field.select("unit"),
            Field.select("practitioner"),
            Field.select("kind_of_work"),
            "visit_on",
            "visit_at",
            "minutes",
            "observers_focus",
            "practitioners_focus",
            Field.radios("family_asked", small=True),
            "family_how",
            "message",
        )

    def offer_kinds(self, teams):
        """What the teams' lists offer, and what was chosen before though it is retired."""
        row = self.instance
        self.offered, kinds = kinds_by_team(teams)
        if row.pk:
            self.offered.setdefault(row.unit, set()).add(row.kind_of_work)
            if not is_among(row.kind_of_work, kinds):
                kinds = [(row.kind_of_work, row.get_kind_of_work_display()), *kinds]
        self.fields["kind_of_work"].choices = with_blank(kinds, "Choose the kind of work")

    def clean(self):
        given = super().clean()
        unit, kind, day = map(given.get, ("unit", "kind_of_work", "visit_on"))
        if unit and kind and kind not in self.offered[unit]:
            self.add_error("kind_of_work", f"Choose a kind of work of {unit}")
        if unit and given.get("practitioner") and not self.is_there(given["practitioner"], unit):
            self.add_error(
                "practitioner",
                f"Choose someone of {unit}, or the team that {given['practitioner']} is in",
            )
        if day and day < (unit or self.user).today() and day != self.instance.visit_on:
            self.add_error("visit_on", "Choose today or a later day")
        return given

    def is_there(self, practitioner, unit):
        """Whether they are observed in the team, or were when this was planned."""
        row = self.instance
        if row.pk and (row.practitioner, row.unit) == (practitioner, unit):
            return True
        return User.objects.practitioners_of([unit]).filter(pk=practitioner.pk).exists()

    def told(self):
        """What the form says of a visit, as its actions take it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


def is_among(code, choices):
    """Whether a code is among choices, which may stand in groups."""
    return any(
        is_among(code, each) if isinstance(each, (list, tuple)) else value == code
        for value, each in choices
    )


def begun_from(user, query):
    """What a link to the form has filled in: an observation to look at again, or a team and its work."""
    return after(user, query.get("again", "")) or where(user, query)


def after(user, sent):
    """A visit after an agreed next step: there, with the same person, to look at that step."""
    try:
        key = uuid.UUID(sent)
    except ValueError:
        return {}
    own = Observation.objects.in_hands_of(user).counted().select_related("conversation")
    found = own.filter(key=key).first()
    if found is None:
        return {}
    conversation = getattr(found, "conversation", None)
    return {
        "unit": found.unit_id,
        "practitioner": found.practitioner_id,
        "kind_of_work": found.kind_of_work,
        "observers_focus": conversation.next_step[:1000] if conversation else "",
        "follows": found.key,
    }


def where(user, query):
    """A team, and the first kind of work on its list that is about what was named."""
    sent = query.get("team", "")
    team = teams_of(user).filter(pk=sent).first() if sent.isdecimal() and len(sent) < 10 else None
    if team is None:
        return {}
    kinds = lists_for(team).offered(ListOf.KIND_OF_WORK)
    abouts = query.getlist("about")
    return {
        "unit": team.pk,
        "kind_of_work": next((each.code for each in kinds if each.about in abouts), ""),
    }


class FocusForm(forms.ModelForm):
    """What the practitioner would like to be looked at."""

    class Meta:
        model = PlannedVisit
        fields = ["practitioners_focus"]
        labels = {"practitioners_focus": "What would you like the observer to look at?"}
        help_texts = {
            "practitioners_focus": "You and the observer read this, nobody else. Use roles, not names."
        }
        widgets = {"practitioners_focus": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("practitioners_focus")


class CallOffForm(forms.Form):
    """Why a visit is called off, in one word and in one's own."""

    why = forms.ChoiceField(
        label="Why is it cancelled?",
        choices=PlannedVisit.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why the visit is cancelled"},
    )
    because = forms.CharField(
        label="In your own words (optional)",
        help_text="You and the practitioner read this, nobody else. No names.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.radios("why"), "because")


class DeclineForm(CallOffForm):
    """Not today: a reason is welcome, and none is needed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        why = self.fields["why"]
        why.label, why.required = "Why not today? (optional)", False
        why.choices = [("", "I would rather not say"), *PlannedVisit.Why.choices]
        self.initial.setdefault("why", "")
        self.fields["because"].help_text = "You and the observer read this, nobody else. No names."
