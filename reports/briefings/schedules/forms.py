from crispy_forms_gds.layout import Field, Fixed
from django import forms

from practicelens.forms import helper, with_blank
from practicelens.people.models import User
from practicelens.people.permissions import Act
from reports.models.briefings import named_or_writers
from reports.periods import month_of, month_words, months_after

LAST_DAY = 28  # of every month
MONTHS_BACK, MONTHS_AHEAD = 12, 12


class PersonChoice(forms.ModelChoiceField):
    """People with their post, since two may have one name."""

    def label_from_instance(self, person):
        return f"{person}, {person.post}" if person.post else str(person)


class ScheduleForm(forms.Form):
    """When the drafts of a unit are made, from which month on, and who approves them."""

    day = forms.IntegerField(
        label="On which day of the month?",
        help_text=f"From 1 to {LAST_DAY}. The month before is drafted then.",
        min_value=1,
        max_value=LAST_DAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter the day of the month",
            "invalid": f"Enter the day as a number from 1 to {LAST_DAY}",
            "min_value": f"Enter a day from 1 to {LAST_DAY}",
            "max_value": f"Enter a day from 1 to {LAST_DAY}, so that every month has it",
        },
    )
    first_month = forms.ChoiceField(
        label="What is the first month to report?",
        help_text="Every month since then that has no briefing is drafted as well.",
        error_messages={
            "required": "Choose the first month",
            "invalid_choice": "Choose one of the months",
        },
    )
    approver = PersonChoice(
        queryset=User.objects.none(),
        label="Who approves the drafts?",
        help_text="They get a mail when a draft is sent for approval. Nobody approves what they wrote.",
        empty_label="Choose",
        error_messages={
            "required": "Choose who approves the drafts",
            "invalid_choice": "Choose a person who approves briefings for this part of the service",
        },
    )

    def __init__(self, *args, unit, schedule=None, **kwargs):
        super().__init__(*args, initial=as_it_is(schedule), **kwargs)
        self.months = months_around(unit.today(), schedule)
        months = [(code, month_words(month)) for code, month in self.months.items()]
        self.fields["first_month"].choices = with_blank(months)
        self.fields["approver"].queryset = named_or_writers(Act.APPROVE_BRIEFINGS, unit)
        day = Field.text("day", field_width=Fixed.TWO)
        self.helper = helper(day, "first_month", "approver")

    @property
    def chosen(self):
        """What the actions want to know."""
        return {
            "day": self.cleaned_data["day"],
            "starts_on": self.months[self.cleaned_data["first_month"]],
            "approver": self.cleaned_data["approver"],
        }


def as_it_is(schedule):
    if schedule is None:
        return {"day": 2}
    return {
        "day": schedule.day,
        "first_month": f"{schedule.starts_on:%Y-%m}",
        "approver": schedule.approver_id,
    }


def months_around(today, schedule):
    """{its code: the month}, newest first; one that was chosen long ago stays among them."""
    running = month_of(today)
    months = {months_after(running, at) for at in range(-MONTHS_BACK, MONTHS_AHEAD + 1)}
    if schedule:
        months.add(month_of(schedule.starts_on))
    return {f"{month:%Y-%m}": month for month in sorted(months, reverse=True)}
