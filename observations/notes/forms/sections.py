from urllib.parse import parse_qsl

from crispy_forms_gds.layout import HTML, Field, Fieldset, Size
from django import forms
from django.template.loader import render_to_string
from django.utils.html import escape

from frameworks.lists.offered import first_of, lists_for
from frameworks.models.lists import FAMILY, ListOf
from observations import meeting_facts
from observations.form_parts import (
    OneListed,
    SavesWhatIsValid,
    TeamChoice,
    free_text,
    offer_teams,
    teams_of,
    tell_readers,
)
from observations.models import MeetingFacts, Observation, Rating, TalkShare
from observations.notes.completeness import CRITERIA, RATINGS, rating_lacks
from observations.notes.forms.ratings import SHOWS, AnswersForm, criteria_of, in_short, outcome_of
from observations.notes.last_time import usual_teams
from practicelens.days import DayField, ask_days_in, seen
from practicelens.forms import escaped, folded, helper, side_by_side, with_blank
from practicelens.lengths import LENGTH_HINT, LengthField
from practicelens.numbers import number_sent
from practicelens.people.models import User

NOT_SEEN = Rating.Outcome.NOT_SEEN.value
# What is asked of each criterion.
ANSWERED = ("answer", "passages", "evidence", "cause")
BEGUN = ["unit", "kind_of_work", "observed_on"]  # where a draft begins, so mostly right by now
RADIOS = ["part_of_day", "mode", "proximity", "family_asked"]


class WhereForm(SavesWhatIsValid):
    """Where and who."""

    observed_on = DayField(of=seen, label="When was it?")
    minutes = LengthField(label="How long?", help_text=LENGTH_HINT, least=1)
    present = forms.MultipleChoiceField(
        label="Who was there?",
        help_text="Roles, never names.",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Observation
        fields = [
            "unit",
            "practitioner",
            "kind_of_work",
            "observed_on",
            "part_of_day",
            "minutes",
            "setting",
            "mode",
            "proximity",
            "present",
            "family_asked",
        ]
        field_classes = {
            "unit": TeamChoice,
            "kind_of_work": OneListed,
            "setting": OneListed,
        }
        labels = {
            "unit": "Which team?",
            "practitioner": "Whose practice was it?",
            "kind_of_work": "What kind of work?",
            "part_of_day": "When in the day?",
            "setting": "Where was it?",
            "mode": "In person, or remote?",
            "proximity": "How did you observe it?",
            "family_asked": "Was the family asked whether you could be there?",
        }
        help_texts = {
            "practitioner": "They see the observation once you submit it, unless you say why not yet. Leave it empty for your "
            "own practice, or where there was no one practitioner.",
        }
        widgets = {
            **dict.fromkeys(["kind_of_work", "setting"], forms.Select),
            **dict.fromkeys(RADIOS, forms.RadioSelect),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        observer = self.instance.observer
        teams = teams_of(observer)
        ask_days_in(self, self.instance.unit)
        self.fields["unit"].queryset = teams
        self.fields["unit"].empty_label = None
        offer_teams(self.fields["unit"], usual_teams(observer))
        practitioners = User.objects.practitioners_of(teams).exclude(pk=observer.pk)
        self.fields["practitioner"].queryset = practitioners
        self.fields["practitioner"].empty_label = "No one practitioner"
        for name in RADIOS:
            self.fields[name].choices = [
                (value, label) for value, label in self.fields[name].choices if value
            ]
        self.offer_lists(lists_for(self.unit_chosen(teams)))
        self.helper = helper(*self.laid_out())

    def laid_out(self):
        """What is chosen already is folded, unless it is in error; what is needed comes first."""
        begun = [Field.select("unit"), Field.select("kind_of_work"), "observed_on"]
        is_open = any(name in self.errors for name in BEGUN)
        family = [side_by_side("family_asked")]
        met = self.instance.meets_no_family
        return [
            folded(self.begun_in_words(), *begun, is_open=is_open),
            Field.select("practitioner"),
            side_by_side("part_of_day"),
            "minutes",
            Field.select("setting"),
            side_by_side("mode"),
            side_by_side("proximity"),
            Field("present", context={"checkboxes_small": True, "wrapper_class": "pl-many"}),
            *([folded("If a family was there", *family)] if met else family),
        ]

    def begun_in_words(self):
        row = self.instance
        if row.pk is None:
            return "Team, kind of work and day"
        return f"{row.get_kind_of_work_display()}, {row.unit}, {row.observed_on:%-d %B %Y}"

    def unit_chosen(self, teams):
        """The team whose lists are offered: that which was sent, or the observation's own."""
        sent = number_sent(self.data.get(self.add_prefix("unit"), ""))
        is_other = sent not in (0, self.instance.unit_id)
        return (teams.filter(pk=sent).first() if is_other else None) or self.instance.unit

    def offer_lists(self, lists):
        """What the team's own lists offer, and what was chosen before though it is retired."""
        row = self.instance
        kind, setting = ListOf.KIND_OF_WORK, [row.setting] if row.setting else []
        kinds = lists.choices(kind, [row.kind_of_work] if row.kind_of_work else [])
        self.fields["kind_of_work"].choices = kinds if row.kind_of_work else with_blank(kinds)
        self.fields["setting"].choices = with_blank(lists.choices(ListOf.SETTING, setting))
        self.fields["present"].choices = self.roles_first(lists)

    def roles_first(self, lists):
        """The roles there may be; where no family is met, those of the family come last."""
        roles = lists.choices(ListOf.ROLE, self.instance.present)
        if self.instance.meets_no_family:
            roles.sort(key=lambda role: lists.about(ListOf.ROLE, role[0]) in FAMILY)
        return roles

    def clean_unit(self):
        unit = self.cleaned_data["unit"] or self.instance.unit
        if self.instance.is_trial and unit != self.instance.unit:
            self._refuse_outside_the_trial(unit)
        return unit

    def _refuse_outside_the_trial(self, unit):
        version = self.instance.framework_version
        if not version.trial.covers(unit):
            where, number = version.trial.where, version.number
            raise forms.ValidationError(
                f"Version {number} is tried only in {where}. Choose a team there, or start another "
                f"note for {unit.name}"
            )

    def clean_kind_of_work(self):
        return self.cleaned_data["kind_of_work"] or self.instance.kind_of_work

    def clean_observed_on(self):
        day = self.cleaned_data["observed_on"] or self.instance.observed_on
        unit = self.cleaned_data.get("unit") or self.instance.unit
        if day > unit.today():
            raise forms.ValidationError("The date can't be after today")
        return day


class MyPartForm(SavesWhatIsValid):
    """My reflection."""

    class Meta:
        model = Observation
        fields = ["reflection_effect", "reflection_asks", "shows_reflection"]
        labels = {
            "reflection_effect": "Your part in what happened",
            "reflection_asks": "Your reflection",
            "shows_reflection": "Show my reflection to everybody who reads this observation",
        }
        help_texts = {
            "reflection_effect": "How your presence may have changed it: think of what people did "
            "or left out because you were there.",
            "reflection_asks": "What it stirred, what you are unsure of, what you should do.",
        }
        widgets = {
            "reflection_effect": free_text(5),
            "reflection_asks": free_text(5),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tell_readers(self, "Observation", is_trial=self.instance.is_trial)
        self.helper = helper("reflection_effect", "reflection_asks", "shows_reflection")


class RatingsForm(AnswersForm):
    """The criteria of an observation, or of one domain of it."""

    is_looked_at = True

    def __init__(self, *args, instance, domain=None, **kwargs):
        self.observation, self.domain = instance, domain
        of = {"domain": domain} if domain else {"version": instance.framework_version_id}
        passages = [row for row in instance.passages.order_by("position", "pk") if row.text]
        rated = instance.ratings.filter(**{f"criterion__{key}": row for key, row in of.items()})
        super().__init__(
            *args,
            version=instance.framework_version,
            criteria=criteria_of(**of),
            told=[(row.pk, in_short(at, row)) for at, row in enumerate(passages, start=1)],
            saved={each.criterion_id: each for each in rated.prefetch_related("passages")},
            **kwargs,
        )
        tell_readers(
            self,
            "Rating",
            is_trial=instance.is_trial,
            named={f"evidence_{each.pk}": "evidence" for each in self.criteria},
        )

    def passages_told(self):
        """[(number, words)] of the passages that can be ticked."""
        rows = self.observation.passages.exclude(text="").order_by("position", "pk")
        return [(at, f"{row.get_kind_display()}: {row.text}") for at, row in enumerate(rows, 1)]

    def parted(self):
        """The rows that come first for what the work is about, and the others, as two lists.

        What was answered, and what is in error, is never folded away.
        """
        version, about = self.version, self.observation.is_about
        first = set(first_of(version, about)) or {each.pk for each in self.criteria}
        rows = ([], [])
        for row in self.rows():
            is_open = row["answer"].value() != NOT_SEEN or row["answer"].errors
            rows[row["criterion"].pk not in first and not is_open].append(row)
        return rows

    def passages_field(self, rating):
        field = forms.ModelMultipleChoiceField(
            label=SHOWS,
            queryset=self.observation.passages.all(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[row.pk for row in rating.passages.all()] if rating else [],
        )
        field.choices = self.told
        return field

    def save_valid(self):
        changed = set(self.changed_data)
        for criterion in self.criteria:
            pk = criterion.pk
            if f"answer_{pk}" in self.cleaned_data and self.is_to_save(pk, changed):
                self.save_rating(criterion)

    def is_to_save(self, pk, changed):
        """What says something else than what is saved; what was never answered has no row yet."""
        return not changed.isdisjoint(f"{name}_{pk}" for name in ANSWERED)

    def save_rating(self, criterion):
        pk = criterion.pk
        outcome, level = outcome_of(self.cleaned_data[f"answer_{pk}"])
        given = {"outcome": outcome, "level_id": level}
        if outcome != Rating.Outcome.MISSED:
            given["cause"] = None
        elif f"cause_{pk}" in self.cleaned_data:
            given["cause"] = self.cleaned_data[f"cause_{pk}"]
        if f"evidence_{pk}" in self.cleaned_data:
            given["evidence"] = self.cleaned_data[f"evidence_{pk}"]
        rating, _ = Rating.objects.update_or_create(
            observation=self.observation,
            criterion=criterion,
            defaults=given,
            create_defaults={**self.observation.place, **given},
        )
        if f"passages_{pk}" in self.cleaned_data:
            rating.passages.set(self.cleaned_data[f"passages_{pk}"])
        self.saved[pk] = rating

    def shown_elsewhere(self):
        """The codes of the other sections that show what was changed in this one."""
        if self.domain:
            return [CRITERIA] if self.changed_data else []
        changed = set(self.changed_data)
        rows = [each for each in self.criteria if self.is_to_save(each.pk, changed)]
        return [f"{RATINGS}{pk}" for pk in dict.fromkeys(row.domain_id for row in rows)]

    def add_what_lacks(self):
        """After saving: an error on each criterion that could not be submitted as it is."""
        for criterion in self.criteria:
            rating = self.saved.get(criterion.pk)
            words = rating_lacks(rating) if rating else ""
            if words:
                place = "cause" if rating.outcome == Rating.Outcome.MISSED else "answer"
                self.add_error(f"{place}_{criterion.pk}", words)


FEW = 5  # choices that are read at a glance


class MeetingForm(SavesWhatIsValid):
    """The meeting: who spoke for how long, who was asked first, whose account held.

    A live tally fills it, where there are scripts, and puts into `counted` what it filled in.
    """

    works_out = ("is_changed",)

    class Meta:
        model = MeetingFacts
        fields = [*meeting_facts.NAMES, *meeting_facts.MOMENT_NAMES, "counted"]
        labels = {
            **{fact.name: fact.question for fact in meeting_facts.FACTS},
            **{moment.name: moment.question for moment in meeting_facts.MOMENTS},
            "counted": "What the live tally counted",
        }
        widgets = {"counted": forms.HiddenInput}

    def __init__(self, *args, observation, **kwargs):
        self.observation = observation
        super().__init__(*args, **kwargs)
        saved = (
            {share.role: share.minutes for share in self.instance.shares.all()}
            if self.instance.pk
            else {}
        )
        lists = lists_for(observation.unit)
        self.offer_roles(lists)
        there, others = roles_in(observation, saved, lists)
        self.roles = [*there, *others]
        for role in self.roles:
            label = lists.label(ListOf.ROLE, role)
            self.fields[f"minutes_{role}"] = minutes_field(label, saved.get(role))
        for name in meeting_facts.MOMENT_NAMES:
            self.fields[name] = times_field(self.fields[name].label)
        self.helper = helper(
            HTML(escaped(self.tally(lists, there))),
            "counted",
            Fieldset(
                *[f"minutes_{role}" for role in there],
                *self.folded_minutes(others),
                legend="About how long did each speak?",
                legend_size=Size.MEDIUM,
                css_class="govuk-fieldset pl-beside",
            ),
            *map(self.boxes, meeting_facts.NAMES),
            Fieldset(
                *meeting_facts.MOMENT_NAMES,
                legend="Moments that say who holds the power",
                legend_size=Size.MEDIUM,
                css_class="govuk-fieldset pl-beside",
            ),
        )

    def tally(self, lists, there):
        """The live tally as it is drawn; a script brings it to life, and without one it is hidden."""
        return render_to_string(
            "observations/_tally.html",
            {
                "person": self.observation.observer_id,
                "roles": [(code, lists.label(ListOf.ROLE, code)) for code in self.roles],
                "there": there,
                "moments": meeting_facts.MOMENTS,
            },
        )

    def folded_minutes(self, roles):
        """The minutes of those who are not ticked as there: someone may have come in late."""
        names = [f"minutes_{role}" for role in roles]
        is_open = any(name in self.errors for name in names)
        return [folded("Someone else spoke", *names, is_open=is_open)] if names else []

    def offer_roles(self, lists):
        """The answers that are roles are those of the unit's own list."""
        for fact in meeting_facts.FACTS:
            if fact.is_role:
                kept = [code for code in [getattr(self.instance, fact.name)] if code]
                roles = with_blank(lists.choices(ListOf.ROLE, kept))
                self.fields[fact.name] = forms.ChoiceField(
                    label=fact.question, choices=roles, required=False
                )

    def boxes(self, name):
        """Few choices are shown at once; many open from a box."""
        field = self.fields[name]
        answers = [(value, label) for value, label in field.choices if value]
        if len(answers) > FEW:
            return Field.select(name)
        field.widget, field.choices = forms.RadioSelect(), answers
        return Field.radios(name)

    def clean(self):
        """What a page does not send of a tally stays; what no tally can have filled in is refused."""
        given = super().clean()
        text = given.pop("counted", "")
        if any(not self.can_be_counted(*each) for each in parse_qsl(text)):
            self.add_error(
                None, "What the live tally counted can’t be read. Type the minutes instead"
            )
        elif "counted" in self.data:
            given["counted"] = text
        return given

    def can_be_counted(self, name, value):
        if name == "asked_first":
            return value in self.roles
        is_box = name in meeting_facts.MOMENT_NAMES or name.removeprefix("minutes_") in self.roles
        return is_box and value.isascii() and value.isdecimal() and len(value) < 5

    def is_changed_by_hand(self):
        """Whether the boxes say something else than the tally did, or minutes that it has not."""
        counted = dict(parse_qsl(self.cleaned_data.get("counted", self.instance.counted)))
        if not counted:
            return False
        minutes = [f"minutes_{role}" for role in self.roles]
        is_more = any(self.cleaned_data.get(name) for name in minutes if name not in counted)
        return is_more or any(self.said(name) != value for name, value in counted.items())

    def said(self, name):
        value = self.cleaned_data.get(name)
        return "" if value is None else str(value)

    def save_valid(self):
        self.instance.observation = self.observation
        self.instance.is_changed = self.is_changed_by_hand()
        super().save_valid()
        for role in self.roles:
            if f"minutes_{role}" in self.cleaned_data:
                self.save_share(role, self.cleaned_data[f"minutes_{role}"])

    def save_share(self, role, minutes):
        if minutes:
            TalkShare.objects.update_or_create(
                meeting=self.instance, role=role, defaults={"minutes": minutes}
            )
        else:
            self.instance.shares.filter(role=role).delete()


def times_field(label):
    """How many times something happened."""
    most = meeting_facts.MOST_MOMENTS
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-3", "inputmode": "numeric"}
        ),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"],
            f"{label} Type a whole number from 0 to {most}",
        ),
    )


def minutes_field(label, minutes):
    """The label is a role of the organisation's own list, and the form's templates trust labels."""
    return LengthField(label=escape(label), required=False, initial=minutes)


def roles_in(observation, saved, lists):
    """The roles to ask minutes of, families first: who was there, or all where nobody is ticked.

    And the others of the list.
    """
    known = [code for code, _ in lists.choices(ListOf.ROLE, [*observation.present, *saved])]
    known.sort(key=lambda role: lists.about(ListOf.ROLE, role) not in FAMILY)
    there = set(observation.present) | set(saved) or set(known)
    return [role for role in known if role in there], [role for role in known if role not in there]
