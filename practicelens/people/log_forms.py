from datetime import datetime, time

from django import forms
from django.db.models import Q
from django.utils.timezone import make_aware

from practicelens.audit.models import Entry
from practicelens.days import DayField, looked_for


def start_of(day):
    return make_aware(datetime.combine(day, time.min))


def end_of(day):
    return make_aware(datetime.combine(day, time.max))


class LogFilter(forms.Form):
    """Narrows the log by what is in the address."""

    who = forms.CharField(required=False, label="Who (name or email)")
    action = forms.ChoiceField(required=False, label="What they did")
    since = DayField(of=looked_for, required=False, label="From")
    until = DayField(of=looked_for, required=False, label="To")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "Anything"), *Entry.Action.choices]
        self.fields["who"].widget.attrs["class"] = "govuk-input"
        self.fields["action"].widget.attrs["class"] = "govuk-select"

    def filter(self, entries):
        """The entries asked for; a part that can't be read narrows nothing, and its field says so."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("who"):
            entries = entries.filter(
                Q(by__name__icontains=asked["who"]) | Q(by__email__icontains=asked["who"])
            )
        if asked.get("action"):
            entries = entries.filter(action=asked["action"])
        if asked.get("since"):
            entries = entries.filter(at__gte=start_of(asked["since"]))
        if asked.get("until"):
            entries = entries.filter(at__lte=end_of(asked["until"]))
        return entries
